/* SPDX-License-Identifier: MIT */
#include "parquet/cutting.h"

/*
 * Of a page, though its values be small: an engine that skips by the page
 * index, or that reads pages by several threads, should have some to choose.
 */
enum { ROWS_MOST = 1 << 17 };

static size_t
smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t
sum_of(const uint8_t *p, size_t n)
{
	size_t sum = 0;

	while (n >= 255) {
		uint8_t part = 0;

		for (size_t i = 0; i < 255; i++)
			part += p[i];
		sum += part;
		p += 255;
		n -= 255;
	}
	for (size_t i = 0; i < n; i++)
		sum += p[i];
	return sum;
}

/* One value a row, all of about one size. */
static void
cut_even(struct cut *c, const struct gathered *g, const struct coding *coding,
    size_t page_bytes)
{
	size_t fit = ROWS_MOST;

	if (coding->bits > 0 && page_bytes * 8 / coding->bits < fit)
		fit = page_bytes * 8 / coding->bits + 1;
	c->rows = smaller(fit, g->rows - c->row);
	c->levels = c->n = c->rows;
	if (g->n == 0)
		c->n = 0;
	else if (g->defined != NULL)
		c->n = sum_of(g->defined + c->level, c->rows);
}

/* Adds a row to the page; returns its size, in bits. */
static size_t
add_row(struct cut *c, const struct gathered *g, const struct coding *coding)
{
	size_t levels = g->length != NULL ? g->length[c->row + c->rows] : 1;
	size_t first = c->at + c->n, bits = 0;

	for (size_t i = 0; i < levels; i++) {
		unsigned defined = g->usual;

		if (g->defined != NULL)
			defined = g->defined[c->level + c->levels + i];
		c->n += defined == g->greatest;
	}
	c->rows++;
	c->levels += levels;
	if (coding->bits > 0)
		return levels + (c->at + c->n - first) * coding->bits;
	for (size_t i = first; i < c->at + c->n; i++)
		bits += 8 * (4 + g->text[g->index[i]].n);
	return levels + bits;
}

/* As many rows as fit, and one at least. */
static void
cut_uneven(struct cut *c, const struct gathered *g, const struct coding *coding,
    size_t page_bytes)
{
	size_t bits = 0;

	c->rows = c->levels = c->n = 0;
	while (c->rows < smaller(ROWS_MOST, g->rows - c->row)) {
		struct cut before = *c;

		bits += add_row(c, g, coding);
		if (bits > page_bytes * 8 && before.rows > 0) {
			*c = before;
			break;
		}
	}
}

bool
cutting_next(struct cut *c, const struct gathered *g,
    const struct coding *coding, size_t page_bytes)
{
	c->row += c->rows;
	c->level += c->levels;
	c->at += c->n;
	if (c->row == g->rows)
		return false;
	if (g->n == 0 || (g->length == NULL && coding->bits > 0))
		cut_even(c, g, coding, page_bytes);
	else
		cut_uneven(c, g, coding, page_bytes);
	return true;
}
