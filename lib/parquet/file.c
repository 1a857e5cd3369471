/* SPDX-License-Identifier: MIT */
#include "parquet/file.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parquet/pageindex.h"

struct parquet_file {
	struct output *out;
	struct footerout_group *group;
	size_t groups, groups_cap;
};

struct parquet_file *
file_new(struct output *out)
{
	struct parquet_file *f = mem_alloc(sizeof(*f));

	f->out = out;
	output_text(out, "PAR1");
	return f;
}

void
file_free(struct parquet_file *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->groups; i++) {
		for (size_t k = 0; k < f->group[i].n; k++)
			chunk_free(&f->group[i].chunk[k].chunk);
		free(f->group[i].chunk);
	}
	free(f->group);
	free(f);
}

static uint64_t
position(const struct parquet_file *f)
{
	return f->out->bytes + f->out->n;
}

static void
put_chunk(struct parquet_file *f, struct footerout_chunk *p)
{
	const struct output *bytes = &p->chunk.bytes;

	p->at = position(f);
	p->bytes = bytes->n;
	output_pass(f->out, bytes->buf, bytes->n);
}

static void
put_bloom(struct parquet_file *f, struct footerout_chunk *p)
{
	const struct output *bloom = &p->chunk.bloom;

	if (bloom->n == 0)
		return;
	p->bloom_at = position(f);
	p->bloom_bytes = bloom->n;
	output_pass(f->out, bloom->buf, bloom->n);
}

void
file_group(struct parquet_file *f, struct chunk *chunk, size_t n, uint64_t rows)
{
	struct footerout_group *g;

	f->group = mem_grow(f->group, &f->groups_cap, f->groups + 1,
	    sizeof(*f->group));
	g = &f->group[f->groups++];
	g->chunk = mem_alloc((n > 0 ? n : 1) * sizeof(*g->chunk));
	g->n = n;
	g->rows = rows;
	for (size_t i = 0; i < n; i++) {
		assert(chunk[i].rows == rows);
		if (f->out->err == 0)
			f->out->err = chunk[i].err;
		g->chunk[i].chunk = chunk[i];
		chunk[i] = (struct chunk){ 0 };
		put_chunk(f, &g->chunk[i]);
	}
	/* Filters stand between row groups, or behind all (BloomFilter.md). */
	for (size_t i = 0; i < n; i++) {
		put_bloom(f, &g->chunk[i]);
		chunk_drop(&g->chunk[i].chunk);
	}
}

/*
 * Adds the columns that a row group lacks, and those without a value that
 * became lists.  The others stay where the row group is: parquet-mr takes the
 * place of the first for that of all, and one beyond the file's end for no
 * split's.
 */
static void
complete(struct parquet_file *f, struct footerout_group *g,
    const struct leaf *leaf, size_t n, struct chunk_coder *coder)
{
	struct footerout_chunk *all = mem_alloc((n > 0 ? n : 1) * sizeof(*all));

	memcpy(all, g->chunk, g->n * sizeof(*all));
	free(g->chunk);
	g->chunk = all;
	for (size_t i = 0; i < n; i++) {
		struct chunk *c = &all[i].chunk;

		if (i < g->n && (!c->absent || c->list == leaf[i].list))
			continue;
		chunk_free(c);
		chunk_encode_absent(coder, &leaf[i], g->rows, c);
		put_chunk(f, &all[i]);
		chunk_drop(c);
	}
	g->n = n;
}

static void
put_columns(struct parquet_file *f, const struct leaf *leaf,
    struct footerout_chunk *p)
{
	if (!pageindex_has_columns(&p->chunk))
		return;
	p->columns_at = position(f);
	pageindex_put_columns(f->out, leaf, &p->chunk);
	p->columns_bytes = position(f) - p->columns_at;
}

static void
put_offsets(struct parquet_file *f, struct footerout_chunk *p)
{
	p->offsets_at = position(f);
	pageindex_put_offsets(f->out, &p->chunk, p->at);
	p->offsets_bytes = position(f) - p->offsets_at;
}

void
file_end(struct parquet_file *f, const struct leaf *leaf, size_t n,
    const struct file_fact *fact, size_t facts, struct chunk_coder *coder)
{
	struct footerout footer = { leaf, n, f->group, f->groups, fact, facts };

	for (size_t i = 0; i < f->groups; i++)
		complete(f, &f->group[i], leaf, n, coder);
	for (size_t i = 0; i < f->groups; i++)
		for (size_t k = 0; k < n; k++)
			put_columns(f, &leaf[k], &f->group[i].chunk[k]);
	for (size_t i = 0; i < f->groups; i++)
		for (size_t k = 0; k < n; k++)
			put_offsets(f, &f->group[i].chunk[k]);
	footerout_put(f->out, &footer);
}
