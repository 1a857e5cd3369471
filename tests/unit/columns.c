/* SPDX-License-Identifier: MIT */
/* columns: rows of CSV, in one output and in a file for each zone */
#undef NDEBUG
#include "energy/columns.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "point.h"

#define S INT64_C(1000000000)

static char dir[] = "/tmp/tk-columns-XXXXXX";
static const struct owner nobody = { false, 0, 0 };

static const struct sample good = { .has_counter = true,
	.counter_uj = UINT64_MAX,
	.has_power = true,
	.power_uw = 1234567,
	.has_smoothed = true,
	.smoothed_uw = 9,
	.smooth = 4 };
static const struct sample unreadable = { .status = ENERGY_UNREADABLE,
	.counter_uj = 7,
	.power_uw = 7,
	.smoothed_uw = 7 };

static void
test_rows(void)
{
	struct output out;
	struct columns c;

	output_in_memory(&out);
	columns_open(&c, &out, 0, false);
	columns_add(&c, str_of("L"));
	columns_add(&c, str_of("M"));
	columns_row(&c, 5);
	wrote(&out, "");
	columns_put(&c, 1, &good);
	assert(columns_filled(&c, 1) && !columns_filled(&c, 0));
	assert(!columns_filled(&c, 2));
	columns_row(&c, 1789977600 * S + 999999999);
	wrote(&out,
	    "ts,L_energy_uj,L_power_w,M_energy_uj,M_power_w\n"
	    "1789977600,,,18446744073709551615,1.234567\n");
	/* What the last row had is in no other one. */
	columns_put(&c, 0, &good);
	columns_put(&c, 1, &unreadable);
	columns_row(&c, 0);
	wrote(&out, "0,18446744073709551615,1.234567,,\n");
	columns_row(&c, S);
	wrote(&out, "");
	assert(columns_flush(&c));
	columns_close(&c);
	wrote(&out, "");
	assert(c.error == 0 && c.unplaced == 0);
	columns_free(&c);
	output_close(&out);
}

static void
test_smoothed_and_fine(void)
{
	struct output out;
	struct columns c;

	output_in_memory(&out);
	columns_open(&c, &out, 4, true);
	columns_add(&c, str_of("a,b\"c\nd"));
	columns_put(&c, 0, &good);
	columns_row(&c, S + 1999);
	wrote(&out,
	    "ts,\"a,b\"\"c\nd_energy_uj\",\"a,b\"\"c\nd_power_w\","
	    "\"a,b\"\"c\nd_power_w_sma4\"\n"
	    "1.000001,18446744073709551615,1.234567,0.000009\n");
	columns_put(&c, 0, &unreadable);
	columns_row(&c, INT64_MAX);
	wrote(&out, "9223372036.854775,,,\n");
	columns_close(&c);
	columns_free(&c);
	output_close(&out);
}

static void
test_no_rows(void)
{
	struct output out;
	struct columns c;

	output_in_memory(&out);
	columns_open(&c, &out, UINT32_MAX, false);
	columns_add(&c, str_of(""));
	/* A zone that there is no place for is counted. */
	columns_put(&c, 1, &good);
	columns_row(&c, S);
	assert(c.unplaced == 1);
	columns_close(&c);
	wrote(&out, "ts,_energy_uj,_power_w,_power_w_sma4294967295\n");
	columns_free(&c);
	output_close(&out);
}

/* Returns a path in the folder of the test. */
static const char *
in(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

/* Asserts that a file holds just that, and removes it. */
static void
held(const char *name, const char *want)
{
	char got[1024] = "";
	FILE *f = fopen(in(name), "r");

	assert(f != NULL);
	assert(fread(got, 1, sizeof(got) - 1, f) == strlen(want));
	assert(strcmp(got, want) == 0);
	fclose(f);
	assert(remove(in(name)) == 0);
}

static void
test_separate(void)
{
	struct columns c;
	char base[256];

	snprintf(base, sizeof(base), "%s", in("run.csv"));
	columns_open(&c, NULL, 2, false);
	columns_separate(&c, base, &nobody);
	columns_add(&c, str_of("../intel\nrapl:0"));
	columns_add(&c, str_of("a/b"));
	columns_add(&c, str_of("a_b"));
	columns_add(&c, str_of("a_b_2"));
	columns_put(&c, 0, &good);
	columns_put(&c, 2, &unreadable);
	columns_row(&c, 7 * S);
	columns_put(&c, 0, &unreadable);
	columns_row(&c, 8 * S);
	assert(columns_flush(&c));
	columns_close(&c);
	assert(c.error == 0);
	columns_free(&c);
	held("run_.._intel_rapl:0.csv",
	    "ts,\"../intel\nrapl:0_energy_uj\",\"../intel\nrapl:0_power_w\","
	    "\"../intel\nrapl:0_power_w_sma2\"\n"
	    "7,18446744073709551615,1.234567,0.000009\n8,,,\n");
	held("run_a_b.csv", "ts,a/b_energy_uj,a/b_power_w,a/b_power_w_sma2\n");
	held("run_a_b_2.csv",
	    "ts,a_b_energy_uj,a_b_power_w,a_b_power_w_sma2\n7,,,\n");
	held("run_a_b_2_2.csv",
	    "ts,a_b_2_energy_uj,a_b_2_power_w,a_b_2_power_w_sma2\n");
}

static void
test_names(void)
{
	static const char *const names[][2] = {
		{ "x", "x_z.csv" },
		{ ".csv", "_z.csv" },
		{ "a.csv.csv", "a.csv_z.csv" },
		{ "a.CSV", "a.CSV_z.csv" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct columns c;
		char base[256];

		snprintf(base, sizeof(base), "%s", in(names[i][0]));
		columns_open(&c, NULL, 0, false);
		columns_separate(&c, base, &nobody);
		columns_add(&c, str_of("z"));
		columns_close(&c);
		assert(c.error == 0);
		columns_free(&c);
		held(names[i][1], "ts,z_energy_uj,z_power_w\n");
	}
}

/* Opens files of which that of zone b cannot be written. */
static void
open_full(struct columns *c)
{
	static char base[256];

	assert(symlink("/dev/full", in("run_b.csv")) == 0);
	snprintf(base, sizeof(base), "%s", in("run"));
	columns_open(c, NULL, 0, false);
	columns_separate(c, base, &nobody);
}

/* The first file that fails is told; what the others hold is not lost. */
static void
test_full(void)
{
	struct columns c;

	open_full(&c);
	columns_add(&c, str_of("a"));
	columns_add(&c, str_of("b"));
	columns_put(&c, 0, &good);
	columns_put(&c, 1, &good);
	columns_row(&c, S);
	assert(!columns_flush(&c) && c.error == ENOSPC);
	assert(strcmp(c.error_path, in("run_b.csv")) == 0);
	columns_close(&c);
	assert(c.error == ENOSPC);
	columns_free(&c);
	held("run_a.csv",
	    "ts,a_energy_uj,a_power_w\n1,18446744073709551615,1.234567\n");
	assert(unlink(in("run_b.csv")) == 0);
}

/* An error that only closing shows; and a file that cannot be made. */
static void
test_late_errors(void)
{
	struct columns c;
	char base[256];

	open_full(&c);
	columns_add(&c, str_of("b"));
	columns_close(&c);
	assert(c.error == ENOSPC);
	columns_free(&c);
	assert(unlink(in("run_b.csv")) == 0);

	snprintf(base, sizeof(base), "%s", in("missing/run"));
	columns_open(&c, NULL, 0, false);
	columns_separate(&c, base, &nobody);
	columns_add(&c, str_of("a"));
	columns_add(&c, str_of("a"));
	assert(c.error == ENOENT && !columns_flush(&c));
	assert(strcmp(c.error_path, in("missing/run_a.csv")) == 0);
	columns_put(&c, 0, &good);
	columns_put(&c, 1, &good);
	columns_row(&c, S);
	columns_close(&c);
	assert(c.error == ENOENT);
	columns_free(&c);
}

int
main(void)
{
	assert(mkdtemp(dir) != NULL);
	test_rows();
	test_smoothed_and_fine();
	test_no_rows();
	test_separate();
	test_names();
	test_full();
	test_late_errors();
	assert(rmdir(dir) == 0);
	return 0;
}
