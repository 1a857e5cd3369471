/* SPDX-License-Identifier: MIT */
#include "parquet/reader.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "parquet/columnin.h"
#include "parquet/plainin.h"

/* At the end there are the footer's length, and four letters. */
enum { MAGIC = 4, TAIL = 8 };

/*
 * Rows are read so many at a time, if columns are few, and fewer if there are
 * many; likewise what a list may have.
 */
enum { PIECE = 4096, PIECE_LEAST = 64, PIECES = 1 << 22 };
enum { ELEMENTS = 1 << 20, ELEMENTS_LEAST = 1024, ALL_ELEMENTS = 1 << 24 };

static bool
read_at(struct reader *r, char *to, size_t n, uint64_t at)
{
	while (n > 0) {
		ssize_t got = pread(r->fd, to, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			output_text(&r->trouble,
			    got < 0 ? strerror(errno)
				    : "the file has become shorter");
			return false;
		}
		to += got;
		n -= (size_t)got;
		at += (uint64_t)got;
	}
	return true;
}

/* Reads the footer; what is wrong is trouble. */
static void
read_footer(struct reader *r)
{
	char head[MAGIC], tail[TAIL];
	const char *why;
	uint32_t n;

	if (r->size < MAGIC + TAIL) {
		output_text(&r->trouble, "it is too short for a Parquet file");
		return;
	}
	if (!read_at(r, head, MAGIC, 0) ||
	    !read_at(r, tail, TAIL, r->size - TAIL))
		return;
	if (memcmp(tail + 4, "PARE", MAGIC) == 0) {
		output_text(&r->trouble, "its footer is encrypted");
		return;
	}
	if (memcmp(head, "PAR1", MAGIC) != 0) {
		output_text(&r->trouble, "it is no Parquet file");
		return;
	}
	n = plainin_u32(tail);
	if (memcmp(tail + 4, "PAR1", MAGIC) != 0 ||
	    n > r->size - MAGIC - TAIL) {
		output_text(&r->trouble,
		    "it does not end as a Parquet file does: it was cut off");
		return;
	}
	r->bytes = mem_alloc(n);
	r->size -= TAIL + n;
	if (!read_at(r, r->bytes, n, r->size))
		return;
	why = footerin_read(&r->footer, (struct str){ r->bytes, n });
	if (why != NULL)
		output_printf(&r->trouble, "its footer: %s", why);
}

struct reader *
reader_new(int fd, uint64_t size)
{
	struct reader *r = mem_alloc(sizeof(*r));

	r->fd = fd;
	r->size = size;
	output_in_memory(&r->trouble);
	read_footer(r);
	if (r->trouble.n > 0) /* nothing of it is to be believed */
		r->footer.groups = 0;
	r->column = mem_alloc((r->footer.columns + 1) * sizeof(*r->column));
	r->room = codec_new();
	return r;
}

void
reader_free(struct reader *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->footer.columns; i++)
		columnin_free(r->column[i]);
	free(r->column);
	codec_free(r->room);
	footerin_free(&r->footer);
	free(r->bytes);
	output_close(&r->trouble);
	free(r);
}

/* Says where something is wrong, up to the column. */
static void
say_where(struct reader *r, size_t column)
{
	output_printf(&r->trouble, "row group %zu", r->group + 1);
	if (column < r->footer.columns) {
		output_text(&r->trouble, ", column ");
		output_in_line(&r->trouble, r->footer.column[column].leaf.name);
	}
}

static void
say(struct reader *r, const char *why)
{
	output_text(&r->trouble, ": ");
	output_text(&r->trouble, *why == '\0' ? strerror(errno) : why);
}

bool
reader_seek(struct reader *r, size_t group)
{
	const char *why;
	size_t column;

	if (group >= r->footer.groups || r->trouble.n > 0)
		return false;
	r->group = group;
	r->chunk = footerin_chunks(&r->footer, group, r->size, &why, &column);
	if (r->chunk == NULL) {
		say_where(r, column);
		say(r, why);
	}
	return r->chunk != NULL;
}

/* Returns how many each of n columns may have: of all, most and least. */
static size_t
share(size_t all, size_t n, size_t least, size_t most)
{
	size_t each = all / (n > 0 ? n : 1);

	return each < least ? least : each > most ? most : each;
}

bool
reader_choose(struct reader *r, size_t column)
{
	const struct footerin *f = &r->footer;
	const char *why;

	if (r->column[column] == NULL)
		r->column[column] = columnin_new(&f->column[column],
		    share(PIECES, f->columns, PIECE_LEAST, PIECE),
		    share(ALL_ELEMENTS, f->columns, ELEMENTS_LEAST, ELEMENTS));
	why = columnin_open(r->column[column], r->fd, r->room,
	    &r->chunk[column], f->group[r->group].rows);
	if (why == NULL)
		return true;
	say_where(r, column);
	say(r, why);
	return false;
}

bool
reader_read(struct reader *r, size_t column, uint64_t most, struct vector *v)
{
	uint64_t page, place;
	const char *why;

	if (r->trouble.n > 0)
		return false;
	why = columnin_read(r->column[column], most, v);
	if (why == NULL)
		return v->rows > 0;
	say_where(r, column);
	page = columnin_page(r->column[column], &place);
	if (page > 0)
		output_printf(&r->trouble,
		    ", page %" PRIu64 " at byte %" PRIu64, page, place);
	say(r, why);
	return false;
}

struct str
reader_fact(const struct reader *r, const char *key)
{
	for (size_t i = 0; i < r->footer.facts; i++)
		if (str_is(r->footer.fact[i].key, key))
			return r->footer.fact[i].value;
	return (struct str){ NULL, 0 };
}
