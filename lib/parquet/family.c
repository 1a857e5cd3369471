/* SPDX-License-Identifier: MIT */
#include "parquet/family.h"

#include <stdlib.h>

#include "base/mem.h"

/* Returns the number of a name in the table, which has its kind before it. */
static size_t
number(struct intern *names, struct str name, bool of_trace, bool make)
{
	char *key = mem_alloc(name.n + 1);
	struct str s = { key, name.n + 1 };
	size_t id = SIZE_MAX;

	key[0] = of_trace ? 't' : 'r';
	if (name.n > 0)
		memcpy(key + 1, name.p, name.n);
	if (make)
		id = intern_id(names, s);
	else if (!intern_find(names, s, &id))
		id = SIZE_MAX;
	free(key);
	return id;
}

struct family *
family_new(struct str type, const struct schema_type *schema)
{
	struct family *f = mem_alloc(sizeof(*f));

	f->type = (struct str){ mem_dup(type.p, type.n), type.n };
	f->names = intern_new();
	f->schema = schema;
	for (size_t i = 0; schema != NULL && i < schema->n; i++) {
		const struct schema_column *c = &schema->column[i];
		size_t id;

		if (c->in_path)
			continue;
		id = family_column(f, c->name, c->of_trace, f->n);
		f->column[id].as = c;
		f->column[id].kind = c->kind->kind;
	}
	return f;
}

void
family_free(struct family *f)
{
	if (f == NULL)
		return;
	free((char *)(uintptr_t)f->type.p);
	free(f->column);
	intern_free(f->names);
	free(f);
}

size_t
family_column(struct family *f, struct str name, bool of_trace, size_t hint)
{
	struct family_column *c;
	size_t id;

	if (hint < f->n && f->column[hint].of_trace == of_trace &&
	    str_eq(f->column[hint].name, name))
		return hint;
	id = number(f->names, name, of_trace, true);
	if (id < f->n)
		return id;
	f->column = mem_grow(f->column, &f->cap, f->n + 1, sizeof(*f->column));
	c = &f->column[f->n++];
	*c = (struct family_column){ .of_trace = of_trace };
	c->name = str_skip(intern_str(f->names, id), 1);
	return id;
}

/* Tells whether what was written can be read as of that kind. */
static bool
is_still(const struct family_column *c, enum kind kind)
{
	if (c->written == kind || c->written == KIND_NOTHING)
		return true;
	return c->written == KIND_INTEGER && kind == KIND_UNSIGNED &&
	    (c->written_facts & KIND_BELOW) == 0;
}

bool
family_widen(struct family_column *c, enum kind kind, unsigned facts)
{
	enum kind wider;

	c->facts |= facts;
	if (kind == KIND_NOTHING || c->as != NULL)
		return true;
	wider = kind_join(c->kind, kind, c->facts);
	if (!is_still(c, wider))
		return false;
	c->kind = wider;
	return true;
}

void
family_written(struct family_column *c)
{
	c->written = c->kind;
	c->written_facts |= c->facts;
}

void
family_leaf(const struct family_column *c, struct leaf *leaf)
{
	const struct schema_kind *k = c->as != NULL ? c->as->kind
						    : schema_usual(c->kind);

	*leaf = (struct leaf){ .type = k->type,
		.logical = k->logical,
		.list = k->list,
		.required = c->as != NULL && c->as->required };
}

/* Tells whether another column than this one has that name. */
static bool
is_taken(const struct family *f, size_t column, struct str name)
{
	size_t record = number(f->names, name, false, false);
	size_t trace = number(f->names, name, true, false);

	return record != SIZE_MAX || (trace != SIZE_MAX && trace != column);
}

char *
family_name(const struct family *f, size_t column, size_t *length)
{
	static const char prefix[] = "trace_";
	const struct family_column *c = &f->column[column];
	size_t skip = sizeof(prefix) - 1, n = c->name.n;
	char *name = mem_dup(c->name.p, c->name.n);

	/* With a schema no two have the same name. */
	while (c->of_trace && c->as == NULL &&
	    is_taken(f, column, (struct str){ name, n })) {
		char *longer = mem_alloc(n + skip + 1);

		memcpy(longer, prefix, skip);
		memcpy(longer + skip, name, n + 1);
		free(name);
		name = longer;
		n += skip;
	}
	*length = n;
	return name;
}
