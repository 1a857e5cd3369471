/* SPDX-License-Identifier: MIT */
/* gauge: what is read of a counter's file, whatever becomes of the file */
#undef NDEBUG
#include "energy/gauge.h"
#include "energy/reading.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MS INT64_C(1000000)

static char dir[] = "/tmp/tk-gauge-XXXXXX";
static char path[64], other[64];

/* Writes a file in place, as it is open elsewhere. */
static void
write_text(const char *file, const char *text)
{
	FILE *f = fopen(file, "w");

	assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

static struct counter_reading
read_at(struct gauge *g, int64_t ts)
{
	struct counter_reading r = { .ts = ts };

	gauge_read(g, &r);
	assert(r.ts == ts && (r.kind == COUNTER_VALUE) == (g->error == 0));
	return r;
}

static bool
is_value(struct counter_reading r, uint64_t uj)
{
	return r.kind == COUNTER_VALUE && r.uj == uj;
}

static bool
is_none(const struct gauge *g, struct counter_reading r, int error)
{
	return r.kind == COUNTER_NONE && g->error == error;
}

static void
test_numbers(void)
{
	static const struct {
		const char *text;
		bool good;
		uint64_t uj;
	} all[] = {
		{ "0", true, 0 },
		{ "123\n", true, 123 },
		{ "123 \t\r\n", true, 123 },
		{ "123\n\n", true, 123 },
		{ "007", true, 7 },
		{ "18446744073709551615\n", true, UINT64_MAX },
		{ "18446744073709551616\n", false, 0 },
		{ "99999999999999999999999", false, 0 },
		{ "-1", false, 0 },
		{ "+1", false, 0 },
		{ " 1\n", true, 1 },
		{ "1 2", false, 0 },
		{ "0x10", false, 0 },
		{ "1.5", false, 0 },
		{ "1e3", false, 0 },
		{ "watts", false, 0 },
		{ "\n", false, 0 },
		{ " ", false, 0 },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		uint64_t uj = 0;
		struct gauge g;
		struct counter_reading r;

		assert(reading_parse(str_of(all[i].text), &uj) == all[i].good);
		assert(uj == all[i].uj);
		write_text(path, all[i].text);
		gauge_open(&g, path, false);
		r = read_at(&g, MS);
		assert(all[i].good ? is_value(r, all[i].uj)
				   : is_none(&g, r, EINVAL));
		gauge_close(&g);
	}
	assert(!reading_parse((struct str){ "1\0", 2 }, &(uint64_t){ 0 }));
	assert(!reading_parse((struct str){ NULL, 0 }, &(uint64_t){ 0 }));
}

/* A number is not cut off where its place ends. */
static void
test_over_long(void)
{
	char text[300];
	struct gauge g;

	for (size_t n = 100; n < sizeof(text); n++) {
		memset(text, '0', n - 1);
		text[n - 1] = '7';
		text[n] = '\0';
		write_text(path, text);
		gauge_open(&g, path, false);
		if (n < 128)
			assert(is_value(read_at(&g, MS), 7));
		else
			assert(is_none(&g, read_at(&g, MS), EINVAL));
		gauge_close(&g);
	}
}

static void
test_written_in_place(void)
{
	struct gauge g;
	struct counter_reading r;

	write_text(path, "1\n");
	gauge_open(&g, path, false);
	assert(is_value(read_at(&g, 1), 1));
	write_text(path, "");
	r = read_at(&g, 2);
	assert(r.kind == COUNTER_EMPTY && r.uj == 0);
	write_text(path, "22");
	assert(is_value(read_at(&g, 3), 22));
	write_text(path, "x");
	assert(is_none(&g, read_at(&g, 4), EINVAL));
	write_text(path, "3");
	assert(is_value(read_at(&g, 5), 3));
	gauge_close(&g);
	gauge_close(&g);
}

static void
test_missing(void)
{
	struct gauge g;

	unlink(path);
	gauge_open(&g, path, false);
	assert(is_none(&g, read_at(&g, 1), ENOENT));
	assert(is_none(&g, read_at(&g, 2), ENOENT));
	write_text(path, "5\n");
	assert(is_value(read_at(&g, 3), 5));
	gauge_close(&g);
}

/* How a file gives way to another one of its name. */
enum change { REMOVED, RENAMED_OVER, MOVED_AWAY, LINKED, CHANGES };

static void
change_file(enum change how, const char *text)
{
	switch (how) {
	case REMOVED:
		assert(unlink(path) == 0);
		break;
	case RENAMED_OVER:
		write_text(other, text);
		assert(rename(other, path) == 0);
		return;
	case MOVED_AWAY:
		assert(rename(path, other) == 0);
		break;
	default:
		unlink(other);
		assert(link(path, other) == 0 && unlink(path) == 0);
		break;
	}
	write_text(path, text);
}

/*
 * A successor is seen at the first reading that is 100 ms behind the last
 * look, whether the file left was good, empty or no number.
 */
static void
test_replaced(bool dates)
{
	static const char *const last[] = { "7\n", "", "x", "0" };

	for (int how = 0; how < CHANGES; how++)
		for (int i = 0; i < 4; i++) {
			struct gauge g;

			write_text(path, last[i]);
			gauge_open(&g, path, dates);
			read_at(&g, 1000 * MS);
			change_file((enum change)how, "8\n");
			read_at(&g, 1050 * MS);
			assert(is_value(read_at(&g, 1100 * MS), 8));
			change_file((enum change)how, "3\n");
			read_at(&g, 1150 * MS);
			assert(is_value(read_at(&g, 1200 * MS), 3));
			gauge_close(&g);
		}
}

static void
test_removed(void)
{
	struct gauge g;

	write_text(path, "7\n");
	gauge_open(&g, path, false);
	assert(is_value(read_at(&g, 1000 * MS), 7));
	assert(unlink(path) == 0);
	read_at(&g, 1001 * MS);
	assert(is_none(&g, read_at(&g, 1101 * MS), ENOENT));
	write_text(path, "2\n");
	assert(is_value(read_at(&g, 1102 * MS), 2));
	gauge_close(&g);
}

static void
test_no_files(void)
{
	struct gauge g;

	gauge_open(&g, dir, true);
	assert(is_none(&g, read_at(&g, 1), EISDIR));
	gauge_close(&g);
	/* Nobody writes to it, and still it is not waited for. */
	unlink(path);
	assert(mkfifo(path, 0600) == 0);
	gauge_open(&g, path, true);
	assert(is_none(&g, read_at(&g, 1), ESPIPE));
	assert(is_none(&g, read_at(&g, 2), ESPIPE));
	gauge_close(&g);
	unlink(path);
	gauge_open(&g, "/proc/self/mem", false);
	assert(read_at(&g, 1).kind == COUNTER_NONE);
	gauge_close(&g);
}

static void
set_times(int64_t ns)
{
	struct timespec t = { .tv_sec = ns / 1000000000,
		.tv_nsec = ns % 1000000000 };

	assert(utimensat(AT_FDCWD, path, (struct timespec[]){ t, t }, 0) == 0);
}

static void
test_dates(void)
{
	const int64_t then = INT64_C(1789977600123456789);
	struct gauge g;

	write_text(path, "1");
	set_times(then);
	gauge_open(&g, path, true);
	assert(read_at(&g, 1000 * MS).written == then);
	write_text(path, "2");
	set_times(then + 5);
	assert(read_at(&g, 1001 * MS).written == then + 5);
	/* A value that stands still was written when it was. */
	assert(read_at(&g, 1002 * MS).written == then + 5);
	gauge_close(&g);
	gauge_open(&g, path, false);
	assert(read_at(&g, 1003 * MS).written == 0);
	gauge_close(&g);
}

static void
test_not_allowed(void)
{
	struct gauge g;

	if (geteuid() != 0)
		return;
	write_text(path, "5\n");
	assert(chmod(path, 0400) == 0 && chmod(dir, 0755) == 0);
	assert(seteuid(65534) == 0);
	gauge_open(&g, path, false);
	assert(is_none(&g, read_at(&g, 1), EACCES));
	assert(seteuid(0) == 0);
	assert(is_value(read_at(&g, 2), 5));
	gauge_close(&g);
}

int
main(void)
{
	assert(mkdtemp(dir) != NULL);
	snprintf(path, sizeof(path), "%s/energy_uj", dir);
	snprintf(other, sizeof(other), "%s/other", dir);
	test_numbers();
	test_over_long();
	test_written_in_place();
	test_missing();
	test_replaced(false);
	test_replaced(true);
	test_removed();
	test_no_files();
	test_dates();
	test_not_allowed();
	unlink(path);
	unlink(other);
	assert(rmdir(dir) == 0);
	return 0;
}
