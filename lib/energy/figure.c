/* SPDX-License-Identifier: MIT */
#include "energy/figure.h"

#include <assert.h>
#include <inttypes.h>

#include "energy/label.h"
#include "energy/scale.h"

/*
 * The points across, about one to a pixel, and the size without the legend, in
 * pixels.
 */
enum { PARTS = 800, WIDTH = 960, HEIGHT = 500, LEGEND = 18 };
enum { WATT = 1000000 };

static void
put_decimal(struct output *out, wide v, unsigned places)
{
	output_used(out,
	    wide_put_decimal(output_room(out, SCALE_TEXT), v, places));
}

/*
 * Writes a name as a string of gnuplot's, which takes all digits behind a
 * backslash: so digits are escaped as well.
 */
static void
put_name(struct output *out, struct str name)
{
	struct output label;

	output_in_memory(&label);
	label_put(&label, name);
	output_byte(out, '"');
	for (size_t i = 0; i < label.n; i++) {
		unsigned char c = (unsigned char)label.buf[i];

		if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			output_byte(out, (char)c);
		else
			output_printf(out, "\\%03o", c);
	}
	output_byte(out, '"');
	output_close(&label);
}

/* The time where a part begins, in ns since the first record. */
static wide
time_of(const struct graph *g, size_t part)
{
	return (wide)((uint64_t)g->end - (uint64_t)g->begin) * part / PARTS;
}

static void
put_point(struct output *out, wide time, wide power)
{
	put_decimal(out, time, 9);
	output_byte(out, ' ');
	put_decimal(out, power, 6);
	output_byte(out, '\n');
}

/*
 * A point where each part begins and one where the last before a gap ends: a
 * step is as long as its part.  An empty line is a gap.
 */
static void
put_points(const struct graph *g, size_t zone, struct output *out)
{
	wide power = 0;
	bool on = false;

	for (size_t i = 0; i <= PARTS; i++) {
		struct graph_bucket part = { 0, 0 };

		if (i < PARTS)
			part = graph_part(g, zone, i, PARTS);
		if (part.time > 0) {
			power = graph_power(&part);
			put_point(out, time_of(g, i), power);
		} else if (on) {
			put_point(out, time_of(g, i), power);
			output_byte(out, '\n');
		}
		on = part.time > 0;
	}
}

static void
put_axes(const struct graph *g, size_t lines, struct output *out)
{
	struct scale scale;
	wide top = 0;

	for (size_t i = 0; i < g->zones; i++) {
		wide most = graph_top(g, i, PARTS);

		if (most > top)
			top = most;
	}
	/* A twentieth is left free: no line is to lie on the frame. */
	scale_to(&scale, top > 0 ? top + top / 20 : WATT);
	output_printf(out,
	    "set encoding utf8\n"
	    "set terminal svg size %d,%zu noenhanced font \"sans-serif,12\" "
	    "background \"white\"\n"
	    "set key below vertical maxcols 1 left Left reverse\n"
	    "set grid\n"
	    "set ylabel \"power (W)\"\n"
	    "set xlabel \"time since ",
	    WIDTH, HEIGHT + lines * LEGEND);
	if (g->begin < 0)
		output_byte(out, '-');
	put_decimal(out, g->begin < 0 ? 0 - (wide)g->begin : (wide)g->begin, 9);
	output_text(out, " s (s)\"\nset xrange [0:");
	put_decimal(out, (uint64_t)g->end - (uint64_t)g->begin, 9);
	output_text(out, "]\nset yrange [0:");
	put_decimal(out, scale.step * scale.steps, 6);
	output_text(out, "]\n");
}

void
figure_script(const struct graph *g, struct output *out)
{
	size_t lines = 0;

	assert(graph_measured(g));
	for (size_t i = 0; i < g->zones; i++)
		lines += g->zone[i].all.time > 0;
	put_axes(g, lines, out);
	for (size_t i = 0; i < g->zones; i++) {
		if (g->zone[i].all.time == 0)
			continue;
		output_printf(out, "$zone%zu << END\n", i);
		put_points(g, i, out);
		output_text(out, "END\n");
	}
	lines = 0;
	for (size_t i = 0; i < g->zones; i++) {
		if (g->zone[i].all.time == 0)
			continue;
		output_text(out, lines++ == 0 ? "plot " : ", \\\n");
		output_printf(out,
		    "$zone%zu using 1:2 with steps linewidth 1.5 title ", i);
		put_name(out, g->zone[i].name);
	}
	output_byte(out, '\n');
}
