/* SPDX-License-Identifier: MIT */
#include "parquet/chunk.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parquet/bitpack.h"
#include "parquet/bloom.h"
#include "parquet/chooser.h"
#include "parquet/cutting.h"
#include "parquet/hybrid.h"
#include "parquet/pageheadout.h"

enum { PAGE_BYTES = 1 << 20, TEXTS_MOST = 1 << 16 };

/* Sizes of pages are int32, in the page index those with the header. */
enum { PAGE_MOST = INT32_MAX - 1024 };

struct chunk_coder {
	struct chunk_options options;
	struct gathering *gathering;
	struct chooser *chooser;
	struct codec_room *codec;
	struct bloom *bloom;
	struct coding_room room;
	struct output page;
	struct cut *cut;
	size_t cuts_cap;
	uint32_t *level; /* levels as numbers */
	size_t level_cap;
	uint8_t *used; /* of texts: 1 for those a page has */
	size_t used_cap;
};

/* What is being encoded, and into what. */
struct job {
	struct chunk_coder *coder;
	const struct leaf *leaf;
	const struct gathered *g;
	struct coding coding;
	struct chunk *chunk;
	struct bounds_found found;
};

struct chunk_coder *
chunk_coder_new(const struct chunk_options *options)
{
	struct chunk_coder *c = mem_alloc(sizeof(*c));

	c->options = *options;
	if (c->options.page_bytes == 0)
		c->options.page_bytes = PAGE_BYTES;
	if (c->options.version != 1)
		c->options.version = 2;
	c->gathering = gathering_new();
	c->chooser = chooser_new();
	c->bloom = bloom_new();
	c->codec = codec_new();
	output_in_memory(&c->page);
	return c;
}

void
chunk_coder_free(struct chunk_coder *c)
{
	if (c == NULL)
		return;
	gathering_free(c->gathering);
	chooser_free(c->chooser);
	bloom_free(c->bloom);
	free(c->room.word);
	codec_free(c->codec);
	output_close(&c->page);
	free(c->cut);
	free(c->level);
	free(c->used);
	free(c);
}

/* What is zeroed would close the standard input. */
static void
drop(struct output *out)
{
	if (out->buf != NULL)
		output_close(out);
	*out = (struct output){ 0 };
}

void
chunk_drop(struct chunk *c)
{
	drop(&c->bytes);
	drop(&c->bloom);
}

void
chunk_free(struct chunk *c)
{
	chunk_drop(c);
	free(c->page);
	free(c->room);
	*c = (struct chunk){ 0 };
}

/* Makes room for a length that is told by end_length. */
static size_t
begin_length(struct output *out)
{
	output_put(out, "\0\0\0\0", 4);
	return out->n;
}

static void
end_length(struct output *out, size_t from)
{
	uint32_t n = (uint32_t)(out->n - from);

	memcpy(out->buf + from - 4, &n, 4);
}

/* Writes a page's levels; returns of how many bytes they are. */
static size_t
put_levels(struct job *j, const uint8_t *level, size_t n, unsigned most,
    unsigned usual)
{
	struct chunk_coder *c = j->coder;
	unsigned width = bitpack_width(most);
	bool framed = c->options.version == 1;
	size_t from = c->page.n;

	if (most == 0)
		return 0;
	if (framed)
		from = begin_length(&c->page);
	if (level == NULL) {
		hybrid_run(&c->page, usual, n, width);
	} else {
		c->level = mem_grow(c->level, &c->level_cap, n,
		    sizeof(*c->level));
		for (size_t i = 0; i < n; i++)
			c->level[i] = level[i];
		hybrid_put(&c->page, c->level, n, width);
	}
	if (framed)
		end_length(&c->page, from);
	return c->page.n - from;
}

/* Each text that a page has is looked at once, if there are not too many. */
static void
text_bounds(struct job *j, const struct cut *cut, struct bounds_found *found)
{
	struct chunk_coder *c = j->coder;
	const uint32_t *index = j->g->index + cut->at;
	size_t texts = j->g->texts;

	if (cut->n < texts) {
		for (size_t i = 0; i < cut->n; i++)
			bounds_text(found, j->g->text[index[i]]);
		return;
	}
	if (cut->n == 0)
		return;
	c->used = mem_grow(c->used, &c->used_cap, texts, 1);
	memset(c->used, 0, texts);
	for (size_t i = 0; i < cut->n; i++)
		c->used[index[i]] = 1;
	for (size_t i = 0; i < texts; i++)
		if (c->used[i])
			bounds_text(found, j->g->text[i]);
}

static void
find_bounds(struct job *j, const struct cut *cut, struct chunk_page *page)
{
	const struct gathered *g = j->g;
	struct bounds_found found = { 0 };
	char *room = j->chunk->room + j->chunk->pages * BOUNDS_ROOM;

	if (cut->n > 0 && g->same && j->leaf->type == LEAF_BYTES)
		bounds_text(&found, g->text[0]);
	else if (cut->n > 0 && g->same)
		bounds_words(&found, j->leaf, g->word, 1);
	else if (j->leaf->type == LEAF_BYTES)
		text_bounds(j, cut, &found);
	else
		bounds_words(&found, j->leaf, g->word + cut->at, cut->n);
	page->bounds = bounds_of(&found, j->leaf, room);
	bounds_join(&j->found, j->leaf, &found);
}

/*
 * Compresses what is in the coder's page behind its levels, and adds it to the
 * chunk.  Of version 2, levels stay as they are, and so does what does not
 * become smaller.
 */
static void
add_page(struct job *j, struct pageheadout *head)
{
	struct chunk_coder *c = j->coder;
	struct str all = { c->page.buf, c->page.n };
	size_t levels = head->version == 2 ? head->defined + head->repeated : 0;
	size_t before = j->chunk->bytes.n;
	struct str rest = str_skip(all, levels);

	head->unpacked = all.n;
	head->levels = (struct str){ all.p, levels };
	head->rest = rest;
	if (rest.n > 0 || head->version != 2)
		head->rest = codec_pack(c->codec, c->options.codec,
		    c->options.level, rest);
	head->compressed = c->options.codec != CODEC_NONE && rest.n > 0;
	if (head->version == 2 && head->rest.n >= rest.n) {
		head->rest = rest;
		head->compressed = false;
	}
	if (all.n > PAGE_MOST || levels + head->rest.n > PAGE_MOST)
		j->chunk->err = EFBIG;
	else if (head->rest.p == NULL)
		j->chunk->err = ENOMEM;
	else
		pageheadout_put(&j->chunk->bytes, head);
	j->chunk->unpacked += j->chunk->bytes.n - before + head->unpacked -
	    levels - head->rest.n;
}

static void
put_page(struct job *j, const struct cut *cut)
{
	struct chunk *chunk = j->chunk;
	struct chunk_page *page = &chunk->page[chunk->pages];
	const struct gathered *g = j->g;
	unsigned version = j->coder->options.version;
	struct pageheadout head = { .version = version,
		.how = j->coding.how,
		.values = cut->levels,
		.nulls = cut->levels - cut->n,
		.rows = cut->rows };
	const uint8_t *repeated = g->repeated, *defined = g->defined;

	j->coder->page.n = 0;
	if (repeated != NULL)
		repeated += cut->level;
	if (defined != NULL)
		defined += cut->level;
	head.repeated = put_levels(j, repeated, cut->levels,
	    leaf_repeated(j->leaf), 0);
	head.defined = put_levels(j, defined, cut->levels, g->greatest,
	    g->usual);
	coding_put(&j->coder->page, j->leaf, &j->coding, g, cut->at, cut->n,
	    &j->coder->room);
	find_bounds(j, cut, page);
	page->at = chunk->bytes.n;
	page->first_row = cut->row;
	page->nulls = head.nulls;
	page->all_null = cut->n == 0;
	add_page(j, &head);
	page->bytes = chunk->bytes.n - page->at;
	chunk->pages++;
}

static void
put_dictionary(struct job *j)
{
	struct chunk_coder *c = j->coder;
	struct pageheadout head = { .values = j->coding.entries };

	c->page.n = 0;
	coding_put_entries(&c->page, j->leaf, &j->coding, j->g,
	    j->coding.entries);
	add_page(j, &head);
	j->chunk->data_at = j->chunk->bytes.n;
	j->chunk->dictionary = true;
	j->chunk->encodings |= 1U << CODING_PLAIN;
}

static size_t
cut_pages(struct job *j)
{
	struct chunk_coder *c = j->coder;
	struct cut cut = { 0 };
	size_t n = 0;

	while (cutting_next(&cut, j->g, &j->coding, c->options.page_bytes)) {
		c->cut = mem_grow(c->cut, &c->cuts_cap, n + 1, sizeof(*c->cut));
		c->cut[n++] = cut;
	}
	return n;
}

static void
put_pages(struct job *j)
{
	struct chunk *chunk = j->chunk;
	size_t n = cut_pages(j);

	chunk->page = mem_alloc((n + 1) * sizeof(*chunk->page));
	chunk->room = mem_alloc((n + 1) * BOUNDS_ROOM);
	if (j->coding.how == CODING_DICTIONARY)
		put_dictionary(j);
	for (size_t i = 0; i < n; i++)
		put_page(j, &j->coder->cut[i]);
	chunk->bounds = bounds_of(&j->found, j->leaf,
	    chunk->room + n * BOUNDS_ROOM);
}

static void
encode(struct chunk_coder *c, const struct leaf *leaf, const struct gathered *g,
    struct chunk *chunk)
{
	struct job j = { .coder = c, .leaf = leaf, .g = g, .chunk = chunk };
	struct chooser_for what = { leaf, c->codec, c->options.codec,
		c->options.level, c->options.version };

	j.coding = chooser_pick(c->chooser, &what, c->gathering, g);
	output_in_memory(&chunk->bytes);
	chunk->codec = c->options.codec;
	chunk->version = c->options.version;
	chunk->how = j.coding.how;
	chunk->rows = j.g->rows;
	chunk->values = j.g->levels;
	chunk->nulls = j.g->levels - j.g->n;
	chunk->encodings |= 1U << j.coding.how;
	if (leaf_defined(leaf) + leaf_repeated(leaf) > 0)
		chunk->encodings |= 1U << CODING_RLE;
	put_pages(&j);
	if (!leaf->bloom)
		return;
	output_in_memory(&chunk->bloom);
	bloom_put(c->bloom, &chunk->bloom, leaf, &j.coding, g);
}

void
chunk_encode(struct chunk_coder *c, const struct leaf *leaf,
    const struct vector *v, size_t n, struct chunk *chunk)
{
	encode(c, leaf, gathering_take(c->gathering, leaf, v, n, TEXTS_MOST),
	    chunk);
}

void
chunk_encode_absent(struct chunk_coder *c, const struct leaf *leaf,
    uint64_t rows, struct chunk *chunk)
{
	struct leaf plain = { .type = LEAF_INT32, .list = leaf->list };

	assert(!leaf->required);
	encode(c, &plain, gathering_nothing(c->gathering, &plain, rows), chunk);
	chunk->absent = true;
	chunk->list = leaf->list;
}
