/* SPDX-License-Identifier: MIT */
/* journal: one measurement as records, as rows and as text */
#undef NDEBUG
#include "energy/journal.h"

#include "point.h"

#define S INT64_C(1000000000)

static struct sample
sample_of(const char *zone, int64_t ts, uint64_t uj)
{
	return (struct sample){ .ts = ts,
		.zone = str_of(zone),
		.has_counter = true,
		.counter_uj = uj,
		.read = -1 };
}

static void
test_records(void)
{
	struct sample_zone zone = { .zone = str_of("z") };
	struct sample s = sample_of("z", 5, 7);
	const struct frame said = { .lost = 7,
		.lost_marks = 2,
		.bad = 4,
		.short_cut = true };
	struct output out;
	struct journal j;

	output_in_memory(&out);
	journal_open(&j, FORMAT_RECORDS, &out, 0, false);
	journal_add(&j, str_of("z"));
	journal_zone(&j, &zone);
	out.n = 0;
	s.late = 3;
	journal_sample(&j, 0, &s, 99);
	wrote(&out,
	    "{\"type\":\"energy\",\"ts\":5,\"zone\":\"z\",\"counter_uj\":7,"
	    "\"delta_uj\":null,\"dur\":null,\"power_w\":null,"
	    "\"status\":\"ok\",\"late\":3}\n");
	journal_row(&j);
	journal_sample(&j, 0, &s, 99);
	assert(j.records == 3);
	out.n = 0;
	journal_end(&j, NULL, 2);
	wrote(&out,
	    "{\"type\":\"end\",\"records\":3,\"lost\":0,\"lost_marks\":0,"
	    "\"bad\":2,\"late\":6}\n");
	/* Another trace begins at nothing. */
	journal_end(&j, NULL, 0);
	wrote(&out,
	    "{\"type\":\"end\",\"records\":0,\"lost\":0,\"lost_marks\":0,"
	    "\"bad\":0,\"late\":0}\n");
	journal_end(&j, &said, 5);
	wrote(&out,
	    "{\"type\":\"end\",\"records\":0,\"lost\":7,\"lost_marks\":2,"
	    "\"bad\":9,\"late\":0,\"cut_short\":true}\n");
	columns_free(&j.columns);
	output_close(&out);
}

/* A row is as long as no zone comes again; its time is that of the last. */
static void
test_rows(void)
{
	struct sample a = sample_of("a", 5, 1), b = sample_of("b", 6, 2);
	struct sample_zone zone = { .zone = str_of("z") };
	struct output out;
	struct journal j;

	output_in_memory(&out);
	journal_open(&j, FORMAT_CSV, &out, 0, false);
	journal_add(&j, str_of("a"));
	journal_add(&j, str_of("b"));
	journal_zone(&j, &zone);
	journal_sample(&j, 0, &a, S);
	journal_sample(&j, 1, &b, 2 * S);
	wrote(&out, "");
	a.counter_uj = 3;
	journal_sample(&j, 0, &a, 3 * S);
	wrote(&out,
	    "ts,a_energy_uj,a_power_w,b_energy_uj,b_power_w\n2,1,,2,\n");
	/* Too late for a column; its samples are counted. */
	journal_add(&j, str_of("c"));
	journal_sample(&j, 2, &b, 9 * S);
	assert(j.columns.unplaced == 1);
	journal_row(&j);
	wrote(&out, "3,3,,,\n");
	journal_row(&j);
	journal_end(&j, NULL, 0);
	wrote(&out, "");
	assert(j.records == 0);
	columns_close(&j.columns);
	columns_free(&j.columns);
	output_close(&out);
}

static void
read_value(struct meter *m, size_t zone, int64_t ts, uint64_t uj)
{
	struct counter_reading r = { .ts = ts, .uj = uj };
	struct sample s[METER_SAMPLES];
	bool begins;

	meter_read(m, zone, &r, 0, true, s, &begins);
}

static void
test_text(void)
{
	const char *paths[] = { NULL, "/sys/a\nb", NULL, NULL };
	const bool summed[] = { true, true, true, false };
	struct meter m = { 0 };
	struct output out;

	output_in_memory(&out);
	meter_add(&m, str_of("still"));
	meter_add(&m, str_of("a\nb"));
	meter_add(&m, str_of("none"));
	meter_add(&m, str_of("psys"));
	read_value(&m, 0, 0, 5);
	read_value(&m, 0, 2 * S, 5);
	read_value(&m, 1, 0, 0);
	read_value(&m, 1, S, 3000000);
	read_value(&m, 1, 2 * S, 0); /* fell, and its range is not known */
	read_value(&m, 2, S, 4);
	read_value(&m, 3, 0, 0);
	read_value(&m, 3, S, UINT64_MAX);
	journal_text(&out, &m, 2 * S, summed, paths);
	wrote(&out,
	    "Duration: 2.000s\n"
	    "still: 0.000000 J   avg 0.000 W\n"
	    "a\\x0ab: 3.000000 J   avg 3.000 W   (/sys/a\\x0ab)"
	    "   unknown: 1\n"
	    "none: not measured\n"
	    "psys: 18446744073709.551615 J   avg 9223372036854.776 W\n"
	    "sum of 2: 3.000000 J   avg 3.000 W\n");
	/* A measurement that took no time has no mean. */
	journal_text(&out, &(struct meter){ .n = 0 }, 0, summed, paths);
	wrote(&out, "Duration: 0.000s\n");
	meter_close(&m);
	output_close(&out);
}

/* A whole and exact sum of more than 2^64 uJ. */
static void
test_large(void)
{
	const char *paths[] = { NULL };
	const bool summed[] = { true };
	struct meter m = { 0 };
	struct output out;

	output_in_memory(&out);
	meter_add(&m, str_of("z"));
	for (int64_t k = 0; k < 5; k++) {
		meter_restart(&m, 0);
		read_value(&m, 0, 2 * k * S, 0);
		read_value(&m, 0, (2 * k + 1) * S, UINT64_MAX);
	}
	journal_text(&out, &m, 1, summed, paths);
	wrote(&out,
	    "Duration: 0.000s\n"
	    "z: 92233720368547.758075 J   avg 92233720368547758075000.000 W"
	    "\n");
	meter_close(&m);
	output_close(&out);
}

int
main(void)
{
	test_records();
	test_rows();
	test_text();
	test_large();
	return 0;
}
