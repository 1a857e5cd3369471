/* SPDX-License-Identifier: MIT */
#include "parquet/branch.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "parquet/hive.h"
#include "parquet/imprint.h"

/* All rows that wait in memory take as much as so many row groups. */
enum { GROUPS_OPEN = 2 };

void
branches_init(struct branches *b, struct gang *gang,
    const struct branch_options *options)
{
	*b = (struct branches){ .options = options };
	b->press = press_new(gang, &options->press);
	b->types = intern_new();
	for (size_t i = 0; options->schema != NULL && i < options->schema->n;
	     i++)
		if (branches_want(b, options->schema->type[i].type))
			branches_of(b, options->schema->type[i].type);
}

bool
branches_want(const struct branches *b, struct str type)
{
	const struct branch_options *o = b->options;

	return (o->only.p == NULL || str_eq(o->only, type)) &&
	    (o->schema == NULL || schema_find(o->schema, type) != NULL);
}

static void
free_branch(struct branch *b)
{
	for (size_t i = 0; i < b->n; i++)
		part_free(b->part[i]);
	free(b->part);
	family_free(b->family);
	intern_free(b->paths);
	free(b);
}

void
branches_free(struct branches *b)
{
	press_free(b->press);
	for (size_t i = 0; i < b->n; i++)
		free_branch(b->branch[i]);
	free(b->branch);
	intern_free(b->types);
}

struct branch *
branches_of(struct branches *b, struct str type)
{
	const struct schema *schema = b->options->schema;
	size_t id = intern_id(b->types, type);
	struct branch *new;

	if (id < b->n)
		return b->branch[id];
	b->branch = mem_grow(b->branch, &b->cap, b->n + 1, sizeof(*b->branch));
	new = mem_alloc(sizeof(*new));
	new->family = family_new(type,
	    schema != NULL ? schema_find(schema, type) : NULL);
	new->paths = intern_new();
	b->branch[b->n++] = new;
	return new;
}

struct part *
branch_part(struct branch *b, size_t path)
{
	b->part = mem_grow(b->part, &b->cap, path + 1, sizeof(struct part *));
	if (path >= b->n)
		b->n = path + 1;
	if (b->part[path] == NULL)
		b->part[path] = part_new(b->family, intern_str(b->paths, path));
	return b->part[path];
}

/* Returns a type's name as a file or a folder, to be freed. */
static char *
type_name(const struct branches *b, const struct part *p, const char *suffix)
{
	const struct schema_type *s = p->family->schema;
	struct output name;
	char *text;

	if (b->options->file != NULL)
		return mem_dup(b->options->file, strlen(b->options->file));
	output_in_memory(&name);
	hive_put_type(&name,
	    s != NULL && s->file.p != NULL ? s->file : p->family->type);
	output_text(&name, suffix);
	text = mem_dup(name.buf, name.n);
	output_close(&name);
	return text;
}

/* Opens the file of a part, if that was not done. */
static bool
open_part(struct branches *b, struct part *p)
{
	static const char file[] = "/part-0.parquet";
	bool in_tree = b->options->partitioned;
	char *type, *path;

	if (p->out != NULL)
		return true;
	if (b->options->shelf == NULL) {
		p->out = b->options->out;
		return true;
	}
	type = type_name(b, p, in_tree ? "" : ".parquet");
	path = mem_alloc(strlen(p->path) + sizeof(file));
	memcpy(path, p->path, strlen(p->path));
	memcpy(path + strlen(p->path), file, sizeof(file));
	p->shelved = in_tree ? shelf_add(b->options->shelf, type, path)
			     : shelf_add(b->options->shelf, NULL, type);
	if (p->shelved == NULL)
		b->err = errno;
	else
		p->out = &p->shelved->out;
	free(path);
	free(type);
	return p->out != NULL;
}

/* Tells whether a file was written without a failure. */
static bool
is_well(struct branches *b, const struct part *p)
{
	if (p->out == NULL || p->out->err == 0)
		return true;
	b->err = p->out->err;
	if (p->shelved != NULL)
		shelf_blame(b->options->shelf, p->shelved);
	return false;
}

static bool
press(struct branches *b, struct part *p)
{
	b->bytes -= p->bytes;
	if (!open_part(b, p))
		return false;
	press_take(b->press, p);
	return is_well(b, p);
}

static struct part *
largest(const struct branches *b)
{
	struct part *most = NULL;

	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->branch[i]->n; j++) {
			struct part *p = b->branch[i]->part[j];

			if (p != NULL &&
			    (most == NULL || p->bytes > most->bytes))
				most = p;
		}
	return most;
}

bool
branches_added(struct branches *b, struct part *p, size_t before)
{
	b->bytes += p->bytes - before;
	press_poll(b->press);
	if (p->bytes >= b->options->row_group && !press(b, p))
		return false;
	while (b->bytes > GROUPS_OPEN * b->options->row_group)
		if (!press(b, largest(b)))
			return false;
	return true;
}

/* Does something with each part, as long as that is well. */
static bool
each(struct branches *b, bool (*act)(struct branches *, struct part *))
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->branch[i]->n; j++) {
			struct part *p = b->branch[i]->part[j];

			if (p != NULL && !act(b, p))
				return false;
		}
	return true;
}

static bool
end(struct branches *b, struct part *p)
{
	struct imprint imprint;

	if (!open_part(b, p))
		return false;
	imprint_init(&imprint, p, b->options->command);
	press_end(b->press, p, imprint.fact, imprint.n);
	imprint_free(&imprint);
	return is_well(b, p);
}

bool
branches_end(struct branches *b)
{
	if (b->options->shelf == NULL && b->options->out == NULL)
		return true;
	/* With a schema there is a file even where there is no record. */
	for (size_t i = 0; i < b->n && !b->options->partitioned; i++)
		if (b->branch[i]->n == 0)
			branch_part(b->branch[i],
			    intern_id(b->branch[i]->paths, str_of("")));
	if (!each(b, press))
		return false;
	press_finish(b->press);
	return each(b, end);
}
