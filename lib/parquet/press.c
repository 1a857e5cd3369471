/* SPDX-License-Identifier: MIT */
#include "parquet/press.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

/* A row group of fewer bytes is one job; else each column is one. */
enum { TOGETHER = 1 << 20 };

/* Columns from first up to end. */
struct press_job {
	struct gang_job job;
	struct load *load;
	size_t first, end;
};

/* A row group under way. */
struct load {
	struct press *press;
	struct part *part;
	struct load *next;
	size_t rows, bytes, n;
	struct hoard *column;
	struct leaf *leaf;
	enum kind *kind;
	struct chunk *chunk;
	struct press_job *job;
	size_t jobs;
};

struct press {
	struct gang *gang;
	const struct press_options *options;
	struct chunk_coder *coder[GANG_MAX];
	struct load *first, **last;
	size_t bytes; /* under way */
};

struct press *
press_new(struct gang *gang, const struct press_options *options)
{
	struct press *p = mem_alloc(sizeof(*p));

	p->gang = gang;
	p->options = options;
	p->last = &p->first;
	for (unsigned i = 0; i < gang_size(gang); i++)
		p->coder[i] = chunk_coder_new(&options->chunk);
	return p;
}

static void
encode(struct load *l, size_t i, struct chunk_coder *coder)
{
	struct hoard *h = &l->column[i];
	struct widen_room *rooms;
	struct vector *v;
	size_t n;

	if (h->values == 0) {
		chunk_encode_absent(coder, &l->leaf[i], l->rows, &l->chunk[i]);
		return;
	}
	/* Only here: many columns that have little need not all be long. */
	hoard_add_nulls(h, l->rows - h->rows);
	n = hoard_vectors(h, l->kind[i], &v, &rooms);
	chunk_encode(coder, &l->leaf[i], v, n, &l->chunk[i]);
	hoard_free_rooms(rooms, n);
	free(v);
	hoard_free(h);
}

/* Encodes some columns: a job. */
static void
work(void *arg, unsigned who)
{
	struct press_job *job = arg;

	for (size_t i = job->first; i < job->end; i++)
		encode(job->load, i, job->load->press->coder[who]);
}

/* Sets what of a column depends on its name. */
static void
name_leaf(const struct press *p, const struct family_column *c,
    struct leaf *leaf)
{
	family_leaf(c, leaf);
	leaf->name = c->name;
	leaf->bloom = c->as != NULL && c->as->bloom;
	for (size_t i = 0; i < p->options->blooms; i++)
		leaf->bloom |= str_eq(c->name, p->options->bloom[i]);
	if (leaf->list || leaf->type == LEAF_BOOLEAN)
		leaf->bloom = false;
}

/* Takes over the columns of an open row group. */
static struct load *
seal(struct press *p, struct part *part)
{
	struct load *l = mem_alloc(sizeof(*l));

	l->press = p;
	l->part = part;
	l->rows = part->rows;
	l->bytes = part->bytes;
	l->n = part->n;
	l->column = part->column;
	l->leaf = mem_alloc(l->n * sizeof(*l->leaf));
	l->kind = mem_alloc(l->n * sizeof(*l->kind));
	l->chunk = mem_alloc(l->n * sizeof(*l->chunk));
	for (size_t i = 0; i < l->n; i++) {
		struct family_column *c = &part->family->column[i];

		name_leaf(p, c, &l->leaf[i]);
		l->kind[i] = c->kind;
		if (l->column[i].values > 0)
			family_written(c);
	}
	part_release(part);
	return l;
}

static void
give(struct press *p, struct load *l)
{
	l->jobs = l->bytes < TOGETHER ? 1 : l->n;
	l->job = mem_alloc(l->jobs * sizeof(*l->job));
	for (size_t i = 0; i < l->jobs; i++) {
		struct press_job *j = &l->job[i];

		j->job = (struct gang_job){ .work = work, .arg = j };
		j->load = l;
		j->first = i;
		j->end = l->jobs == 1 ? l->n : i + 1;
		gang_give(p->gang, &j->job);
	}
	p->bytes += l->bytes;
	*p->last = l;
	p->last = &l->next;
}

/* Hands on what was written, and frees the buffer until the next. */
static void
rest(struct part *part)
{
	if (part->shelved == NULL)
		return;
	output_flush(part->out);
	free(part->out->buf);
	part->out->buf = NULL;
	part->out->cap = 0;
}

static void
free_load(struct load *l)
{
	for (size_t i = 0; i < l->n; i++) {
		chunk_free(&l->chunk[i]);
		hoard_free(&l->column[i]);
	}
	free(l->column);
	free(l->leaf);
	free(l->kind);
	free(l->chunk);
	free(l->job);
	free(l);
}

/* Writes the first of those under way, which is encoded. */
static void
write_first(struct press *p)
{
	struct load *l = p->first;

	if (l->part->file == NULL)
		l->part->file = file_new(l->part->out);
	file_group(l->part->file, l->chunk, l->n, l->rows);
	rest(l->part);
	p->first = l->next;
	if (p->first == NULL)
		p->last = &p->first;
	p->bytes -= l->bytes;
	free_load(l);
}

static bool
is_encoded(const struct press *p, const struct load *l)
{
	for (size_t i = 0; i < l->jobs; i++)
		if (!gang_is_done(p->gang, &l->job[i].job))
			return false;
	return true;
}

static void
wait_for(const struct press *p, const struct load *l)
{
	for (size_t i = 0; i < l->jobs; i++)
		gang_wait(p->gang, &l->job[i].job);
}

void
press_poll(struct press *p)
{
	while (p->first != NULL && is_encoded(p, p->first))
		write_first(p);
}

void
press_take(struct press *p, struct part *part)
{
	if (part->rows == 0)
		return;
	while (p->first != NULL && p->bytes + part->bytes > p->options->most) {
		wait_for(p, p->first);
		write_first(p);
	}
	give(p, seal(p, part));
	press_poll(p);
}

void
press_finish(struct press *p)
{
	while (p->first != NULL) {
		wait_for(p, p->first);
		write_first(p);
	}
}

void
press_end(struct press *p, struct part *part, const struct file_fact *fact,
    size_t facts)
{
	const struct family *f = part->family;
	struct leaf *leaf = mem_alloc(f->n * sizeof(*leaf));
	char **name = mem_alloc(f->n * sizeof(*name));

	assert(p->first == NULL);
	for (size_t i = 0; i < f->n; i++) {
		name_leaf(p, &f->column[i], &leaf[i]);
		name[i] = family_name(f, i, &leaf[i].name.n);
		leaf[i].name.p = name[i];
	}
	if (part->file == NULL)
		part->file = file_new(part->out);
	file_end(part->file, leaf, f->n, fact, facts, p->coder[0]);
	rest(part);
	file_free(part->file);
	part->file = NULL;
	for (size_t i = 0; i < f->n; i++)
		free(name[i]);
	free(name);
	free(leaf);
}

void
press_free(struct press *p)
{
	if (p == NULL)
		return;
	while (p->first != NULL) {
		struct load *l = p->first;

		wait_for(p, l);
		p->first = l->next;
		free_load(l);
	}
	for (unsigned i = 0; i < gang_size(p->gang); i++)
		chunk_coder_free(p->coder[i]);
	free(p);
}
