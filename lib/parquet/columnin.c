/* SPDX-License-Identifier: MIT */
#include "parquet/columnin.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parquet/dictionaryin.h"
#include "parquet/levelsin.h"

static const char NULL_ELEMENT[] = "a list with an element that is null";

struct columnin {
	const struct footerin_column *column;
	size_t piece, elements;

	struct pagein page;
	uint64_t pages;     /* that were begun */
	uint64_t values;    /* of the chunk, in pages to come */
	uint64_t rows_left; /* of the row group */
	uint64_t page_rows; /* that began in the page */
	struct levelsin levels;
	struct valuesin *decode;
	struct dictionaryin dictionary;

	/* The rows that were read. */
	uint64_t *word;
	size_t word_cap;
	uint8_t *defined;
	uint32_t *length;
	struct str *text;
	size_t room, text_room; /* of the former two; in rows, in texts */
};

struct columnin *
columnin_new(const struct footerin_column *column, size_t piece,
    size_t elements)
{
	struct columnin *c = mem_alloc(sizeof(*c));

	c->column = column;
	c->piece = piece;
	c->elements = elements;
	c->decode = valuesin_new(&column->leaf);
	return c;
}

void
columnin_free(struct columnin *c)
{
	if (c == NULL)
		return;
	dictionaryin_drop(&c->dictionary);
	valuesin_free(c->decode);
	pagein_free(&c->page);
	free(c->word);
	free(c->text);
	free(c->defined);
	free(c->length);
	free(c);
}

const char *
columnin_open(struct columnin *c, int fd, struct codec_room *room,
    const struct footerin_chunk *chunk, uint64_t rows)
{
	dictionaryin_drop(&c->dictionary);
	pagein_open(&c->page, fd, room, chunk->codec, chunk->at,
	    chunk->at + chunk->bytes);
	c->pages = 0;
	c->values = chunk->values;
	c->rows_left = rows;
	c->levels.left = 0;
	if (chunk->values < rows ||
	    (!c->column->leaf.list && chunk->values != rows))
		return "it has not as many values as there are rows";
	return NULL;
}

uint64_t
columnin_page(const struct columnin *c, uint64_t *place)
{
	*place = c->page.place;
	return c->pages;
}

static const char *
take_page(struct columnin *c)
{
	const struct pageheadin *h = &c->page.head;

	if (h->values > c->values)
		return "its pages have more values than the footer tells";
	if (h->type == PAGEHEAD_DATA_V2 && !c->column->leaf.list &&
	    h->rows != h->values)
		return "a page with not as many values as rows";
	c->values -= h->values;
	c->page_rows = 0;
	levelsin_open(&c->levels, h->values, c->page.repetition,
	    c->page.definition, c->column->definition);
	return valuesin_open(c->decode, h->encoding, c->page.values,
	    c->dictionary.there ? &c->dictionary.values : NULL);
}

/* Tells whether the present page had as many rows as it said. */
static bool
rows_agree(const struct columnin *c)
{
	return c->pages == 0 || !c->column->leaf.list ||
	    c->page.head.type != PAGEHEAD_DATA_V2 ||
	    c->page.head.rows == c->page_rows;
}

/* Steps to the next page that has values. */
static const char *
next_page(struct columnin *c)
{
	const char *why = NULL;

	if (!rows_agree(c))
		return "a page with not as many rows as it says";

	while (c->levels.left == 0 && why == NULL) {
		if (c->values == 0)
			return "its pages have fewer rows than the row group";
		c->pages++;
		why = pagein_next(&c->page, c->column->repetition > 0,
		    c->column->definition > 0);
		if (why != NULL)
			return why;
		if (c->page.head.type != PAGEHEAD_DICTIONARY)
			why = take_page(c);
		else if (c->pages > 1)
			why = "a dictionary that is not in front";
		else
			why = dictionaryin_take(&c->dictionary,
			    &c->column->leaf, &c->page);
	}
	return why;
}

static void
make_text_room(struct columnin *c, size_t texts)
{
	if (texts <= c->text_room)
		return;
	free(c->text);
	c->text = mem_alloc(texts * sizeof(*c->text));
	c->text_room = texts;
}

static void
make_room(struct columnin *c, size_t rows)
{
	if (c->column->leaf.type == LEAF_BYTES)
		make_text_room(c, rows);
	if (rows <= c->room)
		return;
	free(c->defined);
	free(c->length);
	c->room = rows;
	c->defined = mem_alloc(rows);
	c->length = NULL;
	if (c->column->leaf.list)
		c->length = mem_alloc(rows * sizeof(uint32_t));
	c->word = mem_grow(c->word, &c->word_cap, rows, sizeof(*c->word));
}

/* Tells where the texts of n words are. */
static void
put_texts(const struct columnin *c, size_t n, struct vector *v)
{
	if (c->column->leaf.type != LEAF_BYTES)
		return;
	v->text = c->text;
	v->texts = n;
	if (valuesin_indexed(c->decode)) {
		v->text = c->dictionary.values.text;
		v->texts = c->dictionary.values.n;
	}
}

/* Reads rows of one value each, all of one page. */
static const char *
read_flat(struct columnin *c, size_t n, struct vector *v)
{
	const char *why = NULL;
	size_t count;

	if (n > c->levels.left)
		n = (size_t)c->levels.left;
	n = valuesin_ready(c->decode, n);
	count = n;
	if (c->column->definition > 0)
		why = levelsin_defined(&c->levels, n, c->defined, &count);
	else
		c->levels.left -= n;
	if (why == NULL)
		why = valuesin_read(c->decode, count, c->word, c->text);
	if (why != NULL)
		return why;
	c->rows_left -= n;
	*v = (struct vector){
		.rows = n,
		.n = count,
		.word = c->word,
		.defined = c->column->definition > 0 ? c->defined : NULL,
	};
	put_texts(c, count, v);
	return NULL;
}

/*
 * Reads the levels of elements as long as they are of one row; counts those
 * that have a value.
 */
static const char *
read_elements(struct columnin *c, uint32_t *count)
{
	const char *why = NULL;
	uint32_t rep, def;

	while (c->levels.left > 0) {
		why = levelsin_look(&c->levels, &rep, &def);
		if (why != NULL || rep == 0)
			return why;
		if (def < c->column->element)
			return "a list that goes on without an element";
		if (def < c->column->definition)
			return NULL_ELEMENT;
		levelsin_take(&c->levels);
		if (++*count > c->elements)
			return "a list of too many elements";
	}
	return NULL;
}

/* Reads the values of a row's elements behind n words that are there. */
static const char *
read_words(struct columnin *c, size_t n, size_t count)
{
	if (count == 0)
		return NULL;
	c->word = mem_grow(c->word, &c->word_cap, n + count, sizeof(*c->word));
	if (c->column->leaf.type == LEAF_BYTES) {
		/* A piece is one row then; see columnin_read. */
		assert(n == 0);
		make_text_room(c, count);
		if (valuesin_ready(c->decode, count) < count)
			return "a list of texts that is too large";
	}
	return valuesin_read(c->decode, count, c->word + n, c->text);
}

/*
 * Reads the first of a row's levels.  Sets *count to 1 if there is an
 * element, and whether the row is not null.
 */
static const char *
begin_row(struct columnin *c, uint32_t *count, uint8_t *defined)
{
	uint32_t rep, def;
	const char *why = levelsin_look(&c->levels, &rep, &def);

	if (why != NULL)
		return why;
	if (rep != 0)
		return "a page that begins in the middle of a row";
	*defined = def + 1 >= c->column->element;
	*count = def >= c->column->element;
	if (*count > 0 && def < c->column->definition)
		return NULL_ELEMENT;
	levelsin_take(&c->levels);
	c->page_rows++;
	return NULL;
}

/*
 * Reads a row, whose elements go behind n words.  In version 1 it may go over
 * several pages; its texts would not then be at hand.
 */
static const char *
read_row(struct columnin *c, size_t n, size_t row)
{
	const char *why = begin_row(c, &c->length[row], &c->defined[row]);
	uint32_t count = c->length[row], done = 0, rep = 1, def;

	while (why == NULL) {
		if (count > 0)
			why = read_elements(c, &count);
		if (why == NULL)
			why = read_words(c, n + done, count - done);
		done = count;
		if (why != NULL || c->levels.left > 0 || c->values == 0 ||
		    c->page.head.type == PAGEHEAD_DATA_V2 ||
		    c->column->leaf.type == LEAF_BYTES)
			break;
		why = next_page(c);
		if (why == NULL)
			why = levelsin_look(&c->levels, &rep, &def);
		if (rep == 0)
			break;
		if (why == NULL && count == 0)
			why = "a list that goes on without an element";
	}
	c->length[row] = count;
	return why;
}

static const char *
read_lists(struct columnin *c, size_t most, struct vector *v)
{
	bool texts = c->column->leaf.type == LEAF_BYTES;
	size_t rows = 0, n = 0;

	while (rows < most && n < c->piece && (rows == 0 || !texts)) {
		const char *why = c->levels.left == 0 ? next_page(c) : NULL;

		if (why == NULL)
			why = read_row(c, n, rows);
		if (why != NULL)
			return why;
		n += c->length[rows++];
	}
	c->rows_left -= rows;
	*v = (struct vector){
		.rows = rows,
		.n = n,
		.word = c->word,
		.defined = c->column->leaf.required ? NULL : c->defined,
		.length = c->length,
	};
	put_texts(c, n, v);
	return NULL;
}

/* At its end a column has as many values as it said. */
static const char *
check_end(const struct columnin *c)
{
	if (c->rows_left == 0 && (c->levels.left > 0 || c->values > 0))
		return "its pages have more rows than the row group";
	if (c->rows_left == 0 && !rows_agree(c))
		return "a page with not as many rows as it says";
	return NULL;
}

const char *
columnin_read(struct columnin *c, uint64_t most, struct vector *v)
{
	size_t n = most < c->piece ? (size_t)most : c->piece;
	const char *why = NULL;

	*v = (struct vector){ .rows = 0 };
	if (n > c->rows_left)
		n = (size_t)c->rows_left;
	if (n == 0)
		return NULL;
	make_room(c, n);
	if (c->levels.left == 0)
		why = next_page(c);
	if (why == NULL)
		why = c->column->leaf.list ? read_lists(c, n, v)
					   : read_flat(c, n, v);
	return why != NULL ? why : check_end(c);
}
