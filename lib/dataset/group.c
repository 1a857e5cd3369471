/* SPDX-License-Identifier: MIT */
#include "dataset/group.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "record/json.h"

enum kind { KIND_STREAM, KIND_REQUEST, KIND_TREE };

/* What makes a group what it is: equal bytes, equal group. */
struct identity {
	uint64_t stream;
	uint64_t kind;
	int64_t number; /* of the request or the tree */
};

/* What of its category was told; 0, or 1 more than its number in names. */
struct category {
	size_t own;  /* by a record of the group */
	size_t told; /* by its stream */
};

struct groups {
	struct intern *streams;    /* 'i' and a trace_id, or 'n' and a number */
	struct intern *identities; /* of the groups, in their order */
	struct intern *names;      /* of categories */
	struct intern *workloads;
	struct intern *tree;  /* spans of the last tree without request */
	struct identity last; /* which was found last: most often the next */
	size_t last_group;
	struct category *category; /* of each group */
	const char *field;         /* which tells it, or NULL: the usual ones */
	size_t cap;
	uint64_t begun;      /* streams so far */
	size_t stream;       /* the present one */
	struct str trace_id; /* and its id, in streams, */
	struct str workload; /* and what ran, in workloads; or p NULL */
	size_t told;         /* the category that it tells, or 0 */
	int64_t trees;       /* without a request, so far */
	char *text;          /* for what is taken out of its quotes */
	size_t text_cap;
};

struct groups *
groups_new(void)
{
	struct groups *g = mem_alloc(sizeof(*g));

	g->streams = intern_new();
	g->identities = intern_new();
	g->names = intern_new();
	g->workloads = intern_new();
	g->tree = intern_new();
	return g;
}

void
groups_free(struct groups *g)
{
	if (g == NULL)
		return;
	intern_free(g->streams);
	intern_free(g->identities);
	intern_free(g->names);
	intern_free(g->workloads);
	intern_free(g->tree);
	free(g->category);
	free(g->text);
	free(g);
}

/* Takes the text of a string or an integer, behind one byte of mark. */
static bool
take_text(struct groups *g, const struct json_field *f, char mark,
    struct str *out)
{
	if (f == NULL || (f->kind != JSON_STRING && f->kind != JSON_INTEGER))
		return false;
	g->text = mem_grow(g->text, &g->text_cap, f->value.n + 1, 1);
	g->text[0] = mark;
	out->p = g->text;
	out->n = 1;
	if (f->escaped) {
		out->n += json_unescape(f->value, g->text + 1);
	} else if (f->value.n > 0) {
		memcpy(g->text + 1, f->value.p, f->value.n);
		out->n += f->value.n;
	}
	return true;
}

static size_t
number_of(struct groups *g, struct str category)
{
	return category.n > 0 ? intern_id(g->names, category) + 1 : 0;
}

/* Returns the number of a category, 0 if the field has none. */
static size_t
category_of(struct groups *g, const struct json_field *f)
{
	struct str name;

	if (f != NULL &&
	    (f->kind == JSON_DECIMAL || f->kind == JSON_TRUE ||
		f->kind == JSON_FALSE))
		return number_of(g, f->value);
	return take_text(g, f, '.', &name) ? number_of(g, str_skip(name, 1))
					   : 0;
}

void
groups_ask(struct groups *g, const char *field)
{
	g->field = field;
}

void
groups_stream(struct groups *g, const struct json *rec)
{
	const struct json_field *id = NULL, *category = NULL, *workload = NULL;
	char name[1 + sizeof(g->begun)] = "n";
	struct str text;

	if (rec != NULL) {
		id = json_get(rec, "trace_id");
		category = json_get(rec,
		    g->field != NULL ? g->field : "category");
		workload = json_get(rec, "workload_type");
	}
	g->begun++;
	if (take_text(g, id, 'i', &text)) {
		g->stream = intern_id(g->streams, text);
		g->trace_id = str_skip(intern_str(g->streams, g->stream), 1);
	} else {
		memcpy(name + 1, &g->begun, sizeof(g->begun));
		text = (struct str){ name, sizeof(name) };
		g->stream = intern_id(g->streams, text);
		g->trace_id = (struct str){ NULL, 0 };
	}
	g->workload = (struct str){ NULL, 0 };
	if (take_text(g, workload, '.', &text) && text.n > 1)
		g->workload = intern_str(g->workloads,
		    intern_id(g->workloads, str_skip(text, 1)));
	g->told = category_of(g, category);
	intern_free(g->tree);
	g->tree = intern_new();
}

void
groups_tell(struct groups *g, struct str category)
{
	if (g->told == 0)
		g->told = number_of(g, category);
}

/* Finds or makes the group; a category that is told later is taken then. */
static size_t
find(struct groups *g, const struct identity *id, size_t own, size_t told)
{
	struct category *category;
	struct str bytes = { (const char *)id, sizeof(*id) };
	size_t group = g->last_group;

	if (g->cap == 0 || memcmp(id, &g->last, sizeof(*id)) != 0) {
		group = intern_id(g->identities, bytes);
		g->category = mem_grow(g->category, &g->cap, group + 1,
		    sizeof(*g->category));
		g->last = *id;
		g->last_group = group;
	}
	category = &g->category[group];
	if (category->own == 0)
		category->own = own;
	if (category->told == 0)
		category->told = told;
	return group;
}

/* Reads a number that may be null or absent; false where it is neither. */
static bool
read_number(const struct json_field *f, int64_t *v, bool *there)
{
	*there = f != NULL && f->kind != JSON_NULL;
	return !*there || json_s64(f, v);
}

/* Makes a span without request part of the last tree, or begins another. */
static void
grow_tree(struct groups *g, const int64_t *parent, const int64_t *span)
{
	struct str key = { (const char *)parent, sizeof(*parent) };
	size_t id;

	if (parent == NULL || !intern_find(g->tree, key, &id)) {
		g->trees++;
		intern_free(g->tree);
		g->tree = intern_new();
	}
	key.p = (const char *)span;
	if (span != NULL)
		intern_id(g->tree, key);
}

static const char *
find_span(struct groups *g, const struct json *rec, struct identity *id,
    size_t *group)
{
	const struct json_field *service = json_get(rec,
	    g->field != NULL ? g->field : "service");
	int64_t parent = 0, span = 0;
	bool request, child, numbered;

	if (!read_number(json_get(rec, "trace"), &id->number, &request))
		return "trace is no number";
	if (!read_number(json_get(rec, "parent"), &parent, &child))
		return "parent is no number";
	if (!read_number(json_get(rec, "span"), &span, &numbered))
		return "span is no number";
	id->kind = KIND_REQUEST;
	if (!request) {
		grow_tree(g, child ? &parent : NULL, numbered ? &span : NULL);
		id->kind = KIND_TREE;
		id->number = g->trees;
	}
	/* A tree has the category of its first span, a request of its root. */
	*group = find(g, id, request && child ? 0 : category_of(g, service),
	    g->field != NULL ? g->told : 0);
	return NULL;
}

const char *
groups_find(struct groups *g, const struct json *rec, bool span, size_t *group)
{
	struct identity id = { .stream = g->stream, .kind = KIND_STREAM };
	size_t own = 0;
	struct str name;

	if (rec != NULL && take_text(g, json_get(rec, "trace_id"), 'i', &name))
		id.stream = intern_id(g->streams, name);
	if (span)
		return find_span(g, rec, &id, group);
	if (rec != NULL && g->field != NULL)
		own = category_of(g, json_get(rec, g->field));
	*group = find(g, &id, own, g->told);
	return NULL;
}

void
groups_restart(struct groups *g)
{
	intern_free(g->identities);
	intern_free(g->tree);
	g->identities = intern_new();
	g->tree = intern_new();
	free(g->category);
	g->category = NULL;
	g->cap = 0; /* so that none is the last */
}

struct str
groups_trace_id(const struct groups *g)
{
	return g->trace_id;
}

struct str
groups_workload(const struct groups *g)
{
	return g->workload;
}

size_t
groups_count(const struct groups *g)
{
	return intern_count(g->identities);
}

struct str
groups_name(const struct groups *g, size_t group)
{
	struct identity id;
	struct str stream;

	memcpy(&id, intern_str(g->identities, group).p, sizeof(id));
	stream = intern_str(g->streams, id.stream);
	return *stream.p == 'i' ? str_skip(stream, 1) : (struct str){ NULL, 0 };
}

struct str
groups_category(const struct groups *g, size_t group)
{
	const struct category *c = &g->category[group];
	size_t number = c->own > 0 ? c->own : c->told;

	return number > 0 ? intern_str(g->names, number - 1)
			  : str_of("unknown");
}
