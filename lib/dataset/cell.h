/* SPDX-License-Identifier: MIT */
/*
 * cell -- cells of CSV written in place, for the inner loops of data sets
 *
 * A row is written into room that was made for all of it at once (output.h).
 * Only a name that has to be quoted leaves that way, which few have.
 */
#ifndef TK_CELL_H
#define TK_CELL_H

#include "base/num.h"
#include "record/csv.h"

/* Says that out was filled up to p. */
static inline void
cell_fill(struct output *out, const char *p)
{
	output_used(out, (size_t)(p - out->buf) - out->n);
}

/*
 * Tells whether one of eight bytes may need quoting: a comma, a quote, a
 * control character.
 */
static inline bool
cell_odd(uint64_t w)
{
	const uint64_t ones = UINT64_MAX / 255, high = ones << 7;
	uint64_t control = (w - ones * 0x20) & ~w;
	uint64_t comma = w ^ ones * ',', quote = w ^ ones * '"';

	comma = (comma - ones) & ~comma;
	quote = (quote - ones) & ~quote;
	return ((control | comma | quote) & high) != 0;
}

/* The same of a name of less than eight bytes. */
static inline bool
cell_is_odd_short(struct str s)
{
	uint64_t w = UINT64_MAX / 255 * ' ';
	uint32_t front, back;

	if (s.n >= 4) {
		memcpy(&front, s.p, 4);
		memcpy(&back, s.p + s.n - 4, 4);
		w = (uint64_t)front << 32 | back;
	} else {
		for (size_t i = 0; i < s.n; i++)
			w = w << 8 | (unsigned char)s.p[i];
	}
	return cell_odd(w);
}

/* Tells whether a name is written as it is; its words may overlap. */
static inline bool
cell_is_plain(struct str s)
{
	uint64_t w;

	if (s.n < 8)
		return !cell_is_odd_short(s);
	for (size_t i = 0; i + 8 < s.n; i += 8) {
		memcpy(&w, s.p + i, 8);
		if (cell_odd(w))
			return false;
	}
	memcpy(&w, s.p + s.n - 8, 8);
	return !cell_odd(w);
}

/*
 * Writes a name at p, where there is room for it; returns the next place,
 * where there are room bytes again.
 */
char *cell_put_odd(struct output *, char *p, struct str s, size_t room);
static inline char *
cell_put(struct output *out, char *p, struct str s, size_t room)
{
	if (s.n > 0 && cell_is_plain(s))
		return str_copy(p, s);
	return cell_put_odd(out, p, s, room);
}

/* Write exactly six digits, or nine, of a number that has no more. */
static inline char *
cell_six(char *p, uint32_t v)
{
	memcpy(p, num_pairs + 2 * (v / 10000), 2);
	memcpy(p + 2, num_pairs + 2 * (v / 100 % 100), 2);
	memcpy(p + 4, num_pairs + 2 * (v % 100), 2);
	return p + 6;
}

static inline char *
cell_nine(char *p, uint32_t v)
{
	uint32_t low = v % 100;

	p = cell_six(p, v / 1000);
	*p = (char)('0' + v / 100 % 10);
	memcpy(p + 1, num_pairs + 2 * low, 2);
	return p + 3;
}

#endif
