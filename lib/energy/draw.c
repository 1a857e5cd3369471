/* SPDX-License-Identifier: MIT */
#include "energy/draw.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "energy/label.h"
#include "energy/scale.h"

/*
 * Of a cell of Braille.  No axis goes beyond TOP_MOST: its numbers would leave
 * no room for the graph.
 */
enum { ACROSS = 2, HIGH = 4, BRAILLE = 0x2800, WATT = 1000000 };
static const wide TOP_MOST = (wide)1000000000 * 1000000000; /* uW */

/* One zone's block. */
struct block {
	const struct graph *g;
	size_t zone;
	struct output *out;
	struct scale scale;   /* of power, in uW */
	unsigned rows, cells; /* in characters */
	unsigned rows_each;   /* rows to a step */
	unsigned margin;      /* what the numbers take */
	unsigned *level;      /* dots of each column; 0: a gap */
};

static void
put_spaces(struct output *out, size_t n)
{
	while (n-- > 0)
		output_byte(out, ' ');
}

/* Writes v, of which 10^places make one, rounded to three places. */
static void
put_rounded(struct output *out, wide v, unsigned places)
{
	wide one = 1;

	for (; places > 3; places--)
		one *= 10;
	v = (v + one / 2) / one;
	output_used(out, wide_put_decimal(output_room(out, SCALE_TEXT), v, 3));
}

static void
put_title(struct output *out, const struct graph_zone *z)
{
	struct graph_bucket most = { z->most_uj, (uint64_t)z->most_dur };

	label_put(out, z->name);
	if (z->all.time == 0) {
		output_text(out, ": nothing was measured\n");
		return;
	}
	output_text(out, ": mean ");
	put_rounded(out, graph_power(&z->all), 6);
	output_text(out, " W, max ");
	put_rounded(out, graph_power(&most), 6);
	output_text(out, " W, ");
	output_used(out,
	    wide_put_decimal(output_room(out, SCALE_TEXT), z->all.uj, 6));
	output_text(out, " J in ");
	put_rounded(out, z->all.time, 9);
	output_text(out, " s\n");
}

/* ---- the area ---- */

static void
set_levels(struct block *b)
{
	const wide top = b->scale.step * b->scale.steps;
	const unsigned dots = b->rows * HIGH;
	const size_t columns = (size_t)b->cells * ACROSS;

	for (size_t i = 0; i < columns; i++) {
		struct graph_bucket part = graph_part(b->g, b->zone, i,
		    columns);
		wide power, level;

		b->level[i] = 0;
		if (part.time == 0)
			continue;
		power = graph_power(&part);
		level = power < top ? wide_scale(power, dots, top) : dots;
		b->level[i] = level > 0 ? (unsigned)level : 1;
	}
}

/* Returns the dots of one side of a cell, of which this many are filled. */
static unsigned
side(unsigned level, unsigned below, const unsigned char dots[HIGH])
{
	unsigned mask = 0;

	for (unsigned i = 0; i < HIGH; i++)
		if (level > below + i)
			mask |= dots[i];
	return mask;
}

/* Writes a row of cells, without the empty ones at its end. */
static void
put_cells(const struct block *b, unsigned row)
{
	/* The dots from below (Unicode, Braille Patterns). */
	static const unsigned char left[] = { 0x40, 0x04, 0x02, 0x01 };
	static const unsigned char right[] = { 0x80, 0x20, 0x10, 0x08 };
	const unsigned below = (b->rows - 1 - row) * HIGH;
	size_t empty = 0;

	for (size_t i = 0; i < b->cells; i++) {
		const unsigned *level = b->level + i * ACROSS;
		unsigned code = BRAILLE + side(level[0], below, left) +
		    side(level[1], below, right);

		if (code == BRAILLE) {
			empty++;
			continue;
		}
		put_spaces(b->out, empty);
		empty = 0;
		output_byte(b->out, (char)(0xe0 | code >> 12));
		output_byte(b->out, (char)(0x80 | (code >> 6 & 0x3f)));
		output_byte(b->out, (char)(0x80 | (code & 0x3f)));
	}
}

/* ---- the axes ---- */

/* Writes the number of a line of the power's axis, and the axis. */
static void
put_number(const struct block *b, unsigned steps, const char *axis)
{
	char text[SCALE_TEXT];
	size_t n = scale_put(text, b->scale.step * steps, b->scale.step, 6);

	put_spaces(b->out, b->margin - n);
	output_put(b->out, text, n);
	output_text(b->out, " W ");
	output_text(b->out, axis);
}

static void
put_area(const struct block *b)
{
	for (unsigned row = 0; row < b->rows; row++) {
		if (row % b->rows_each == 0) {
			put_number(b, b->scale.steps - row / b->rows_each,
			    "\u2524");
		} else {
			put_spaces(b->out, b->margin + strlen(" W "));
			output_text(b->out, "\u2502");
		}
		put_cells(b, row);
		output_byte(b->out, '\n');
	}
}

/* Returns the step of the time's axis whose numbers have room, in ns. */
static wide
time_step(uint64_t span, unsigned cells)
{
	char text[SCALE_TEXT];
	wide step = 1;

	for (;; step = scale_step(step + 1))
		if (step * cells / span >= scale_put(text, span, step, 9) + 2)
			return step;
}

static void
put_times(const struct block *b)
{
	const uint64_t span = (uint64_t)b->g->end - (uint64_t)b->g->begin;
	const wide step = time_step(span, b->cells);
	char text[SCALE_TEXT];
	size_t at = 0;

	put_number(b, 0, "\u253c");
	for (size_t i = 0, tick = 1; i < b->cells; i++) {
		bool is_tick = i == step * tick * b->cells / span;

		output_text(b->out, is_tick ? "\u252c" : "\u2500");
		tick += is_tick;
	}
	output_byte(b->out, '\n');
	put_spaces(b->out, b->margin + strlen(" W ") + 1);
	for (wide t = 0; t < span; t += step) {
		size_t cell = (size_t)(t * b->cells / span);
		size_t n = scale_put(text, t, step, 9);

		if (cell + n > b->cells)
			break;
		put_spaces(b->out, cell - at);
		output_put(b->out, text, n);
		at = cell + n;
	}
	output_byte(b->out, '\n');
}

/* ---- all of it ---- */

static void
put_block(struct block *b, unsigned columns)
{
	char text[SCALE_TEXT];
	wide top;

	/* The numbers' width is not known before their scale. */
	top = graph_top(b->g, b->zone, (size_t)columns * ACROSS);
	/* The energy of a part is rounded: that is not to be another step. */
	top = top > 0 ? top - top / 1000 : WATT;
	scale_to(&b->scale, top < TOP_MOST ? top : TOP_MOST);
	b->rows_each = b->scale.steps <= 3 ? 3 : 2;
	b->rows = b->scale.steps * b->rows_each;
	b->margin = (unsigned)scale_put(text, b->scale.step * b->scale.steps,
	    b->scale.step, 6);
	b->cells = columns - b->margin - (unsigned)strlen(" W ") - 1;
	set_levels(b);
	put_area(b);
	put_times(b);
}

void
draw_graph(const struct graph *g, unsigned columns, struct output *out)
{
	struct block b = { .g = g, .out = out };
	char text[SCALE_TEXT];
	wide since = g->begin < 0 ? 0 - (wide)g->begin : (wide)g->begin;

	assert(g->any && g->end > g->begin);
	if (columns < DRAW_LEAST)
		columns = DRAW_LEAST;
	if (columns > DRAW_MOST)
		columns = DRAW_MOST;
	b.level = mem_alloc((size_t)columns * ACROSS * sizeof(*b.level));
	for (b.zone = 0; b.zone < g->zones; b.zone++) {
		put_title(out, &g->zone[b.zone]);
		if (g->zone[b.zone].all.time > 0)
			put_block(&b, columns);
		output_byte(out, '\n');
	}
	output_text(out, "time in s since ");
	if (g->begin < 0)
		output_byte(out, '-');
	output_put(out, text, wide_put_decimal(text, since, 9));
	output_byte(out, '\n');
	free(b.level);
}
