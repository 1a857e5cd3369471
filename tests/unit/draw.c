/* SPDX-License-Identifier: MIT */
/*
 * scale and label, which draw and figure stand on: round numbers that are as
 * few as they can be, and names that are one line of harmless text; and that
 * nothing, however large or small, leads draw or figure astray
 */
#include "energy/draw.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "energy/figure.h"
#include "energy/label.h"
#include "energy/scale.h"

static struct graph graph;

static void
test_step(void)
{
	static const struct {
		uint64_t least, step;
	} cases[] = { { 0, 1 }, { 1, 1 }, { 2, 2 }, { 3, 5 }, { 5, 5 },
		{ 6, 10 }, { 10, 10 }, { 11, 20 }, { 21, 50 }, { 50, 50 },
		{ 51, 100 }, { 99, 100 }, { 101, 200 }, { 4999999, 5000000 },
		{ 5000001, 10000000 },
		{ UINT64_C(10000000000000000000),
		    UINT64_C(10000000000000000000) } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert(scale_step(cases[i].least) == cases[i].step);
}

static void
test_scale(void)
{
	struct scale s;

	for (wide top = 1; top < 200000; top++) {
		scale_to(&s, top);
		assert(s.steps >= 1 && s.steps <= SCALE_STEPS);
		assert(s.step * s.steps >= top);
		assert(s.step * (s.steps - 1) < top);
		assert(top < 5 || s.steps >= 3);
	}
	scale_to(&s, 50000000);
	assert(s.step == 10000000 && s.steps == 5);
	scale_to(&s, 51000000);
	assert(s.step == 20000000 && s.steps == 3);
}

static void
number(uint64_t v, uint64_t step, unsigned places, const char *want)
{
	char text[SCALE_TEXT];
	struct str got = { text, scale_put(text, v, step, places) };

	assert(str_is(got, want));
}

static void
test_numbers(void)
{
	number(50000000, 10000000, 6, "50");
	number(500000, 100000, 6, "0.5");
	number(1000000, 500000, 6, "1.0");
	number(1500000, 250000, 6, "1.50");
	number(7, 1, 6, "0.000007");
	number(0, 20000000, 6, "0");
	number(20000000000, 5000000000, 9, "20");
}

static void
label(struct str name, const char *want)
{
	struct output out;

	output_in_memory(&out);
	label_put(&out, name);
	assert(str_is((struct str){ out.buf, out.n }, want));
	output_close(&out);
}

static void
test_labels(void)
{
	char name[300], want[300];

	label(str_of("intel-rapl:0"), "intel-rapl:0");
	label(str_of(""), "\"\"");
	label(str_of("Z\u00fcrich \u2800"), "Z\u00fcrich \u2800");
	label(str_of("a\nb\tc\033"), "a\\nb\\tc\\u001b");
	label(str_of("\xff"), "\\\\xff");
	label(str_of("\xc2\x9b\x7f"), "\\xc2\\x9b\\x7f");
	label(str_of("\ufffe\uffff\ufffd"),
	    "\\xef\\xbf\\xbe\\xef\\xbf\\xbf"
	    "\ufffd");
	label(str_of("a]]>b]>"), "a]]\\x3eb]>");
	memset(name, 'a', sizeof(name));
	memset(want, 'a', sizeof(want));
	memcpy(want + LABEL_MAX, "...", 4);
	label((struct str){ name, LABEL_MAX + 1 }, want);
	label((struct str){ name, sizeof(name) }, want);
	want[LABEL_MAX] = '\0';
	label((struct str){ name, LABEL_MAX }, want);
}

/* Draws one record in every form; returns how many bytes that are. */
static size_t
draw(int64_t ts, int64_t dur, uint64_t uj, unsigned columns)
{
	struct sample s = { .ts = ts,
		.zone = str_of("a"),
		.has_delta = true,
		.has_dur = true,
		.dur = dur,
		.delta_uj = uj };
	struct output out;
	size_t n;

	graph_open(&graph, INT64_MIN, INT64_MAX);
	assert(graph_add(&graph, &s) == NULL);
	output_in_memory(&out);
	draw_graph(&graph, columns, &out);
	figure_script(&graph, &out);
	n = out.n;
	output_close(&out);
	graph_close(&graph);
	return n;
}

static void
test_extremes(void)
{
	static const int64_t times[] = { 1, 2, 999, 1000000007, INT64_MAX };
	static const uint64_t energies[] = { 0, 1, 12345678901, UINT64_MAX };
	static const unsigned columns[] = { 0, 1, 39, 80, 5000, 1u << 31 };

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		for (size_t j = 0; j < sizeof(energies) / sizeof(*energies);
		     j++)
			for (size_t k = 0;
			     k < sizeof(columns) / sizeof(*columns); k++) {
				draw(0, times[i], energies[j], columns[k]);
				draw(INT64_MAX, times[i], energies[j],
				    columns[k]);
				draw(INT64_MIN + times[i], times[i],
				    energies[j], columns[k]);
			}
}

int
main(void)
{
	test_step();
	test_scale();
	test_numbers();
	test_labels();
	test_extremes();
	return 0;
}
