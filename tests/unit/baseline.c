/* SPDX-License-Identifier: MIT */
/* baseline: times as Python prints them, and a code for each name */
#include "dataset/baseline.h"

#include <stdio.h>

#include "point.h"

static void
put(struct baseline *b, struct output *out, const char *time, const char *name)
{
	baseline_put(b, out, str_of(time), str_of(name), str_of("7"));
}

static void
times_lose_the_zeros_that_a_number_has_not(void)
{
	/* Each as repr(float(time)) of CPython 3 has it. */
	static const char *const time[][2] = { { "12.500000", "12.5" },
		{ "100.000000", "100.0" }, { "0.000000", "0.0" },
		{ "1609.706250", "1609.70625" }, { "0.000100", "0.0001" },
		{ "1.000000001", "1.000000001" }, { "10.000000", "10.0" },
		{ "5.000000010", "5.00000001" }, { "inf", "inf" } };
	struct baseline *b = baseline_new(BASELINE_TIME);
	struct output out;
	char want[64];

	output_in_memory(&out);
	assert(!baseline_tells_difference(b));
	for (size_t i = 0; i < sizeof(time) / sizeof(time[0]); i++) {
		put(b, &out, time[i][0], "a");
		snprintf(want, sizeof(want), "0,%s,a,7\n", time[i][1]);
		wrote(&out, want);
	}
	output_close(&out);
	baseline_free(b);
}

static void
differences_are_as_they_are_and_codes_stay(void)
{
	struct baseline *b = baseline_new(BASELINE_DIFF);
	struct output out;

	output_in_memory(&out);
	assert(baseline_tells_difference(b));
	put(b, &out, "0.000000", "a");
	put(b, &out, "-1.500000000", "b,\"c\"");
	put(b, &out, "2.000000", "a");
	wrote(&out,
	    "A,0.000000,a,7\nB,-1.500000000,\"b,\"\"c\"\"\",7\n"
	    "A,2.000000,a,7\n");
	/* No name, and the empty one, are one name. */
	baseline_put(b, &out, str_of("0.0"), (struct str){ NULL, 0 },
	    (struct str){ NULL, 0 });
	put(b, &out, "0.0", "");
	wrote(&out, "C,0.0,,\nC,0.0,\"\",7\n");
	output_close(&out);
	baseline_free(b);
}

static void
codes_count_up(void)
{
	/* 62 of one character, 62 * 62 of two. */
	static const struct {
		int nth;
		const char *code;
	} some[] = { { 0, "A" }, { 25, "Z" }, { 26, "a" }, { 51, "z" },
		{ 52, "0" }, { 61, "9" }, { 62, "AA" }, { 63, "AB" },
		{ 123, "A9" }, { 124, "BA" }, { 3905, "99" }, { 3906, "AAA" },
		{ 3907, "AAB" }, { 7750, "BAA" } };
	struct baseline *b = baseline_new(BASELINE_DIFF);
	char name[16], want[64];
	struct output out;
	size_t next = 0;

	output_in_memory(&out);
	for (int i = 0; next < sizeof(some) / sizeof(some[0]); i++) {
		snprintf(name, sizeof(name), "n%d", i);
		put(b, &out, "0.5", name);
		if (i == some[next].nth) {
			snprintf(want, sizeof(want), "%s,0.5,n%d,7\n",
			    some[next++].code, i);
			wrote(&out, want);
		}
		out.n = 0;
	}
	output_close(&out);
	baseline_free(b);
}

static void
kinds_have_names(void)
{
	enum baseline_kind kind = BASELINE_NONE;

	assert(baseline_kind(NULL, &kind) && kind == BASELINE_TIME);
	assert(baseline_kind("diff", &kind) && kind == BASELINE_DIFF);
	assert(!baseline_kind("", &kind) && !baseline_kind("dif", &kind));
	assert(kind == BASELINE_DIFF);
	assert(baseline_kind("time", &kind) && kind == BASELINE_TIME);
	assert(baseline_new(BASELINE_NONE) == NULL);
	baseline_free(NULL);
}

int
main(void)
{
	times_lose_the_zeros_that_a_number_has_not();
	differences_are_as_they_are_and_codes_stay();
	codes_count_up();
	kinds_have_names();
	return 0;
}
