/* SPDX-License-Identifier: MIT */
#include "parquet/imprint.h"

#include <stdlib.h>

#include "base/mem.h"

/* Returns both texts, one behind the other, as long as the imprint lives. */
static struct str
join(struct imprint *f, struct str a, struct str b)
{
	char *text = mem_alloc(a.n + b.n);

	if (a.n > 0)
		memcpy(text, a.p, a.n);
	if (b.n > 0)
		memcpy(text + a.n, b.p, b.n);
	f->kept = mem_grow(f->kept, &f->kept_cap, f->kept_n + 1,
	    sizeof(*f->kept));
	f->kept[f->kept_n++] = text;
	return (struct str){ text, a.n + b.n };
}

static void
add(struct imprint *f, const char *prefix, struct str name, struct str value)
{
	f->fact = mem_grow(f->fact, &f->cap, f->n + 1, sizeof(*f->fact));
	f->fact[f->n++] = (struct file_fact){ join(f, str_of(prefix), name),
		join(f, value, str_of("")) };
}

static void
add_by(struct imprint *f, const struct heading *common, struct str command)
{
	const struct heading_field *by = heading_find(common, str_of("by"));
	char text[WIDEN_TEXT];
	struct str pipeline = str_of("");

	if (by != NULL) {
		pipeline = heading_text(by, text);
		pipeline = join(f, pipeline, str_of(" | "));
	}
	add(f, "tracekit.", str_of("by"), join(f, pipeline, command));
}

static bool
is_number(enum kind kind)
{
	return kind == KIND_INTEGER || kind == KIND_UNSIGNED ||
	    kind == KIND_DECIMAL;
}

static void
add_unit(struct imprint *f, const struct family *family, size_t i)
{
	const struct family_column *c = &family->column[i];
	struct str unit = { NULL, 0 };
	size_t n;
	char *name;

	if (c->as != NULL)
		unit = c->as->unit;
	else if (is_number(c->kind))
		unit = schema_unit(c->name);
	if (unit.n == 0)
		return;
	name = family_name(family, i, &n);
	add(f, "tracekit.unit.", (struct str){ name, n }, unit);
	free(name);
}

void
imprint_init(struct imprint *f, const struct part *p, struct str command)
{
	char text[WIDEN_TEXT];

	*f = (struct imprint){ .fact = NULL };
	add(f, "tracekit.", str_of("type"), p->family->type);
	add_by(f, &p->common, command);
	for (size_t i = 0; i < p->common.n; i++) {
		const struct heading_field *field = &p->common.field[i];

		if (!str_is(field->name, "by") && !str_is(field->name, "type"))
			add(f, "tracekit.", field->name,
			    heading_text(field, text));
	}
	for (size_t i = 0; i < p->family->n; i++)
		add_unit(f, p->family, i);
}

void
imprint_free(struct imprint *f)
{
	for (size_t i = 0; i < f->kept_n; i++)
		free(f->kept[i]);
	free(f->kept);
	free(f->fact);
}
