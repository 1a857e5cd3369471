/* SPDX-License-Identifier: MIT */
#include "parquet/part.h"

#include <stdlib.h>

#include "base/mem.h"

struct part *
part_new(struct family *f, struct str path)
{
	struct part *p = mem_alloc(sizeof(*p));

	p->family = f;
	p->path = path.p != NULL ? mem_dup(path.p, path.n) : NULL;
	return p;
}

void
part_free(struct part *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		hoard_free(&p->column[i]);
	free(p->column);
	heading_free(&p->common);
	if (p->file != NULL)
		file_free(p->file);
	free(p->path);
	free(p);
}

/* Returns a column, with nulls up to the rows that ended. */
static struct hoard *
column_of(struct part *p, size_t column)
{
	struct hoard *h;

	if (column >= p->n) {
		struct hoard *more;

		more = mem_alloc(p->family->n * sizeof(*more));
		if (p->n > 0)
			memcpy(more, p->column, p->n * sizeof(*more));
		free(p->column);
		p->column = more;
		p->bytes += (p->family->n - p->n) * sizeof(*more);
		p->n = p->family->n;
	}
	h = &p->column[column];
	if (h->rows < p->rows) {
		p->bytes -= h->bytes;
		hoard_add_nulls(h, p->rows - h->rows);
		p->bytes += h->bytes;
	}
	return h;
}

void
part_add(struct part *p, size_t column, enum kind kind, const struct vector *v,
    const struct part_rows *rows, struct hoard_room *room)
{
	struct hoard *h = column_of(p, column);

	p->bytes -= h->bytes;
	if (rows->row == NULL)
		hoard_add(h, kind, v);
	else
		hoard_pick(h, kind, v, rows->row, rows->n, room);
	p->bytes += h->bytes;
}

void
part_end_rows(struct part *p, size_t rows)
{
	p->rows += rows;
}

void
part_release(struct part *p)
{
	p->written += p->rows;
	p->column = NULL;
	p->n = p->rows = p->bytes = 0;
}
