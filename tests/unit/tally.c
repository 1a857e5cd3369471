/* SPDX-License-Identifier: MIT */
/*
 * tally: what the table says, with its numbers worked out by hand
 */
#include "source/tally.h"

#include "point.h"

enum { LINES = 12, LINE = 200 };

/* The table, a line each, with one blank between its words. */
struct table {
	char line[LINES][LINE];
	size_t n;
};

static struct table
print(const struct tally *t)
{
	struct table table = { .n = 0 };
	struct output out;
	size_t at = 0;

	output_in_memory(&out);
	tally_print(t, &out);
	for (size_t i = 0; i < out.n; i++) {
		char *line = table.line[table.n], c = out.buf[i];

		assert(table.n < LINES && at < LINE - 1);
		if (c == '\n') {
			if (at > 0 && line[at - 1] == ' ')
				line[at - 1] = '\0';
			table.n++;
			at = 0;
		} else if (c != ' ' || (at > 0 && line[at - 1] != ' ')) {
			line[at++] = c;
		}
	}
	output_close(&out);
	return table;
}

static void
says(const struct table *t, size_t n, const char *const line[])
{
	for (size_t i = 0; i < n; i++)
		if (i >= t->n || strcmp(t->line[i], line[i]) != 0) {
			fprintf(stderr, "%zu: %s, not %s\n", i, t->line[i],
			    line[i]);
			abort();
		}
	assert(t->n == n);
}

static void
take(struct tally *t, const char *name, int cpu, int64_t ts, size_t bytes)
{
	struct fields f = { .n = 0 };
	struct event ev = point(name, ts, &f);

	ev.at.cpu = cpu;
	ev.bytes = bytes;
	tally_take(t, &ev);
}

static void
lose(struct tally *t, int cpu, int64_t count)
{
	const struct event ev = { .kind = EVENT_LOST,
		.at = { .cpu = cpu, .ts = 7 },
		.count = count };

	tally_take(t, &ev);
}

static void
types_and_cpus(struct tally *t)
{
	static const char *const lines[] = {
		"type count rate_hz first last bytes",
		"wake 3 1.5 1.000000000 3.000000001 60",
		"exec 1 0.5 2.500000000 2.500000000 7",
		"exit 1 0.5 2.000000000 2.000000000 1000",
		"all 5 2.5 1.000000000 3.000000001 1067", "",
		"cpu count lost marks", "0 2 0 0", "1 0 12+ 3", "2 3 0 0",
		"unknown 0 4 1"
	};
	struct table table;

	take(t, "wake", 0, 1000000000, 20);
	take(t, "exit", 2, 2000000000, 1000);
	take(t, "wake", 2, 3000000001, 30);
	take(t, "exec", 2, 2500000000, 7); /* earlier than the one before */
	take(t, "wake", 0, 2900000000, 10);
	lose(t, 1, 5);
	lose(t, 1, -1);
	lose(t, 1, 7);
	lose(t, -1, 4);
	table = print(t);
	says(&table, sizeof(lines) / sizeof(lines[0]), lines);
}

/* The next trace has nothing of the one before; one moment has no rate. */
static void
the_next_trace(struct tally *t)
{
	static const char *const lines[] = {
		"type count rate_hz first last bytes",
		"wake 1 - 9223372036.854775807 9223372036.854775807 3",
		"all 1 - 9223372036.854775807 9223372036.854775807 3", "",
		"cpu count lost marks", "0 1 0 0"
	};
	struct table table;

	tally_clear(t);
	take(t, "wake", 0, INT64_MAX, 3);
	table = print(t);
	says(&table, sizeof(lines) / sizeof(lines[0]), lines);
}

static void
nothing(struct tally *t)
{
	static const char *const lines[] = {
		"type count rate_hz first last bytes", "all 0 - - - 0", "",
		"cpu count lost marks"
	};
	struct table table;

	tally_clear(t);
	tally_clear(t);
	table = print(t);
	says(&table, sizeof(lines) / sizeof(lines[0]), lines);
}

/* Those that count the same stand by name; no name leaves its line. */
static void
hostile_names(struct tally *t)
{
	static const char *const lines[] = {
		"type count rate_hz first last bytes",
		"?[31m?red? 1 10.0 0.000000000 0.000000000 1",
		"a 1 10.0 0.000000000 0.000000000 1",
		"aa 1 10.0 0.000000000 0.000000000 1",
		"more_than_twenty_4_letters 1 10.0 0.100000000 0.100000000 1",
		"all 4 40.0 0.000000000 0.100000000 4", "",
		"cpu count lost marks", "unknown 4 0 0"
	};
	struct table table;

	tally_clear(t);
	take(t, "more_than_twenty_4_letters", -1, 100000000, 1);
	take(t, "aa", -1, 0, 1);
	take(t, "\x1b[31m\nred\x7f", INT32_MAX, 0, 1);
	take(t, "a", -1, 0, 1);
	table = print(t);
	says(&table, sizeof(lines) / sizeof(lines[0]), lines);
}

static void
counts_without_end(struct tally *t)
{
	struct table table;

	tally_clear(t);
	lose(t, 0, INT64_MAX);
	lose(t, 0, INT64_MAX);
	lose(t, 0, INT64_MAX);
	table = print(t);
	assert(strcmp(table.line[4], "0 0 18446744073709551615 3") == 0);
}

/* A trace may have any number of names; the table has not.  Nothing is lost. */
static void
names_without_end(void)
{
	struct tally *t = tally_new();
	struct output out;
	char name[32];

	for (int i = 0; i < TALLY_NAMES + 3; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		take(t, name, 0, i, 1);
	}
	take(t, "n5", 0, 5, 1);
	output_in_memory(&out);
	tally_print(t, &out);
	output_byte(&out, '\0');
	assert(strstr(out.buf, "\n(other)                             3 ") !=
	    NULL);
	assert(strstr(out.buf, "\nn5                                  2 ") !=
	    NULL);
	assert(strstr(out.buf, "\nall                             65540 ") !=
	    NULL);
	output_close(&out);
	tally_free(t);
}

int
main(void)
{
	struct tally *t = tally_new();

	nothing(t);
	types_and_cpus(t);
	the_next_trace(t);
	hostile_names(t);
	counts_without_end(t);
	names_without_end();
	tally_free(t);
	tally_free(NULL);
	return 0;
}
