/* SPDX-License-Identifier: MIT */
#include "capture/catalogue.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/mem.h"
#include "base/num.h"

struct reading {
	yaml_parser_t parser;
	yaml_event_t event; /* the present one */
	const char *why;
	size_t line;
	struct catalogue *to;
};

enum kind { NAME, LABEL, LIST, SECONDS };

/* What a workload says of itself; all but NAME and LIST may be absent. */
static const struct key {
	const char *name;
	enum kind kind;
	size_t at;
	const char *absent; /* what is wrong where it is not there, or NULL */
} keys[] = {
	{ "name", NAME, offsetof(struct workload, name),
	    "a workload without a name" },
	{ "category", LABEL, offsetof(struct workload, category),
	    "a workload without a category" },
	{ "description", LABEL, offsetof(struct workload, description), NULL },
	{ "command", LIST, offsetof(struct workload, argv),
	    "a workload without a command" },
	{ "needs", LIST, offsetof(struct workload, needs), NULL },
	{ "duration", SECONDS, offsetof(struct workload, duration), NULL },
	{ "timeout", SECONDS, offsetof(struct workload, timeout), NULL },
};
enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

/* Returns false, so that the reading ends; the first complaint stays. */
static bool
wrong(struct reading *r, size_t line, const char *why)
{
	if (r->why == NULL) {
		r->why = why;
		r->line = line;
	}
	return false;
}

/* The same of the present event. */
static bool
wrong_here(struct reading *r, const char *why)
{
	return wrong(r, r->event.start_mark.line + 1, why);
}

static bool
is_marked(const yaml_event_t *e)
{
	switch (e->type) {
	case YAML_ALIAS_EVENT:
		return true;
	case YAML_SCALAR_EVENT:
		return e->data.scalar.anchor != NULL ||
		    e->data.scalar.tag != NULL;
	case YAML_SEQUENCE_START_EVENT:
		return e->data.sequence_start.anchor != NULL ||
		    e->data.sequence_start.tag != NULL;
	case YAML_MAPPING_START_EVENT:
		return e->data.mapping_start.anchor != NULL ||
		    e->data.mapping_start.tag != NULL;
	default:
		return false;
	}
}

/*
 * Says what libyaml found.  It notices the lack of a ':' behind a key a line
 * or more too late, and knows where the key was.
 */
static bool
wrong_yaml(struct reading *r)
{
	const yaml_parser_t *p = &r->parser;
	size_t line = p->problem_mark.line;

	if (p->context != NULL && strstr(p->context, "simple key") != NULL)
		line = p->context_mark.line;
	return wrong(r, line + 1,
	    p->problem != NULL ? p->problem : "this is no YAML");
}

/* Takes the next event. */
static bool
next(struct reading *r)
{
	yaml_event_delete(&r->event);
	if (!yaml_parser_parse(&r->parser, &r->event))
		return wrong_yaml(r);
	if (is_marked(&r->event))
		return wrong_here(r, "anchors, aliases and tags are not read");
	return true;
}

/* Takes the next event, which must be of that type. */
static bool
expect(struct reading *r, yaml_event_type_t type, const char *why)
{
	return next(r) && (r->event.type == type || wrong_here(r, why));
}

static struct str
scalar(const struct reading *r)
{
	return (struct str){ (const char *)r->event.data.scalar.value,
		r->event.data.scalar.length };
}

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return true;
	return false;
}

/* What is shown in a line, and written into tables. */
static bool
read_label(struct reading *r, char **to)
{
	const struct str s = scalar(r);

	if (has_control(s))
		return wrong_here(r, "a control character");
	if (s.n == 0)
		return wrong_here(r, "there is no text behind the key");
	*to = mem_dup(s.p, s.n);
	return true;
}

static bool
read_name(struct reading *r, char **to)
{
	const struct str s = scalar(r);

	if (s.n > CATALOGUE_NAME_MAX)
		return wrong_here(r, "the name has more than 200 bytes");
	if (memchr(s.p, '/', s.n) != NULL || memchr(s.p, ',', s.n) != NULL)
		return wrong_here(r, "a name with '/' or ','");
	if (s.n > 0 && (s.p[0] == '.' || str_trim(s).n != s.n))
		return wrong_here(r,
		    "a name that begins with '.' or a blank, "
		    "or ends with a blank");
	if (catalogue_find(r->to, s) != NULL)
		return wrong_here(r, "another workload has this name");
	return read_label(r, to);
}

static bool
read_seconds(struct reading *r, uint64_t *to)
{
	uint64_t n;

	if (!num_u64(scalar(r), &n) || n == 0 || n > CATALOGUE_SECONDS_MAX)
		return wrong_here(r,
		    "a time is whole seconds, from 1 to 1000000");
	*to = n;
	return true;
}

/* Reads what stands between [ and ]. */
static bool
read_list(struct reading *r, char ***to)
{
	size_t n = 0, cap = 0;

	for (;;) {
		*to = mem_grow(*to, &cap, n + 1, sizeof(**to));
		if (!next(r))
			return false;
		if (r->event.type == YAML_SEQUENCE_END_EVENT)
			break;
		if (r->event.type != YAML_SCALAR_EVENT)
			return wrong_here(r, "a list of words is expected");
		if (memchr(scalar(r).p, '\0', scalar(r).n) != NULL)
			return wrong_here(r, "a word with a NUL");
		if (scalar(r).n == 0 &&
		    (n == 0 || r->event.data.scalar.plain_implicit))
			return wrong_here(r, "a word without text");
		*to = mem_grow(*to, &cap, n + 2, sizeof(**to));
		(*to)[n++] = mem_dup(scalar(r).p, scalar(r).n);
	}
	return true;
}

static bool
read_value(struct reading *r, const struct key *key, struct workload *w)
{
	void *to = (char *)w + key->at;

	if (!next(r))
		return false;
	if (key->kind == LIST) {
		if (r->event.type != YAML_SEQUENCE_START_EVENT)
			return wrong_here(r,
			    "this is a list, as in [PROGRAM, ARGUMENT]; "
			    "a string is not split");
		return read_list(r, to);
	}
	if (r->event.type != YAML_SCALAR_EVENT)
		return wrong_here(r, "a text or a number is expected");
	if (key->kind == NAME)
		return read_name(r, to);
	if (key->kind == LABEL)
		return read_label(r, to);
	return read_seconds(r, to);
}

static const struct key *
key_of(struct str name)
{
	for (size_t i = 0; i < KEYS; i++)
		if (str_is(name, keys[i].name))
			return &keys[i];
	return NULL;
}

/* What was not said. */
static bool
complete(struct reading *r, struct workload *w, unsigned seen, size_t line)
{
	for (size_t i = 0; i < KEYS; i++)
		if (keys[i].absent != NULL && !(seen & 1u << i))
			return wrong(r, line, keys[i].absent);
	if (w->argv[0] == NULL)
		return wrong(r, line, "the command is an empty list");
	if (w->description == NULL)
		w->description = mem_dup("", 0);
	if (w->timeout == 0)
		w->timeout = CATALOGUE_TIMEOUT;
	if (w->needs == NULL) {
		size_t cap = 0;

		w->needs = mem_grow(NULL, &cap, 2, sizeof(*w->needs));
		w->needs[0] = mem_dup(w->argv[0], strlen(w->argv[0]));
	}
	return true;
}

static bool
read_workload(struct reading *r, struct workload *w)
{
	const size_t line = r->event.start_mark.line + 1;
	const struct key *key;
	unsigned seen = 0;

	while (next(r) && r->event.type != YAML_MAPPING_END_EVENT) {
		key = r->event.type == YAML_SCALAR_EVENT ? key_of(scalar(r))
							 : NULL;
		if (key == NULL)
			return wrong_here(r,
			    "unknown key: there are name, category, "
			    "description, command, needs, duration, timeout");
		if (seen & 1u << (key - keys))
			return wrong_here(r, "this key was there before");
		seen |= 1u << (key - keys);
		if (!read_value(r, key, w))
			return false;
	}
	return r->why == NULL && complete(r, w, seen, line);
}

static void
free_list(char **list)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		free(list[i]);
	free(list);
}

static void
free_workload(struct workload *w)
{
	free(w->name);
	free(w->category);
	free(w->description);
	free_list(w->argv);
	free_list(w->needs);
}

static bool
read_workloads(struct reading *r)
{
	struct catalogue *c = r->to;

	if (!expect(r, YAML_SEQUENCE_START_EVENT, "a list is expected"))
		return false;
	while (next(r) && r->event.type != YAML_SEQUENCE_END_EVENT) {
		struct workload w = { .name = NULL };

		if (r->event.type != YAML_MAPPING_START_EVENT)
			return wrong_here(r,
			    "a workload is expected, which "
			    "begins with \"- name:\"");
		if (c->n == CATALOGUE_WORKLOADS_MAX)
			return wrong_here(r, "more than 1000 workloads");
		if (!read_workload(r, &w)) {
			free_workload(&w);
			return false;
		}
		c->workload = mem_grow(c->workload, &c->cap, c->n + 1,
		    sizeof(*c->workload));
		c->workload[c->n++] = w;
	}
	return r->why == NULL;
}

static bool
read_document(struct reading *r)
{
	const char *top = "a catalogue is \"workloads:\" and a list of them";

	return expect(r, YAML_STREAM_START_EVENT, top) &&
	    expect(r, YAML_DOCUMENT_START_EVENT, top) &&
	    expect(r, YAML_MAPPING_START_EVENT, top) &&
	    expect(r, YAML_SCALAR_EVENT, top) &&
	    (str_is(scalar(r), "workloads") || wrong_here(r, top)) &&
	    read_workloads(r) && expect(r, YAML_MAPPING_END_EVENT, top) &&
	    expect(r, YAML_DOCUMENT_END_EVENT, top) &&
	    expect(r, YAML_STREAM_END_EVENT, "a second document");
}

const char *
catalogue_read(struct catalogue *c, struct str text, size_t *line)
{
	struct reading r = { .to = c };

	*c = (struct catalogue){ .n = 0 };
	*line = 1;
	if (text.n > CATALOGUE_SIZE_MAX)
		return "the catalogue has more than 1 MiB";
	if (!yaml_parser_initialize(&r.parser))
		return "libyaml has no memory";
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.p,
	    text.n);
	if (!read_document(&r)) {
		*line = r.line;
		catalogue_free(c);
	}
	yaml_event_delete(&r.event);
	yaml_parser_delete(&r.parser);
	return r.why;
}

const char *
catalogue_load(struct catalogue *c, const char *path, size_t *line)
{
	char *text = mem_alloc(CATALOGUE_SIZE_MAX + 1);
	FILE *f = fopen(path, "re");
	const char *why = NULL;
	size_t n = 0;

	*c = (struct catalogue){ .n = 0 };
	*line = 0;
	if (f != NULL)
		n = fread(text, 1, CATALOGUE_SIZE_MAX + 1, f);
	if (f == NULL || ferror(f))
		why = strerror(errno);
	if (f != NULL)
		fclose(f);
	if (why == NULL)
		why = catalogue_read(c, (struct str){ text, n }, line);
	free(text);
	return why;
}

const struct workload *
catalogue_find(const struct catalogue *c, struct str name)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_is(name, c->workload[i].name))
			return &c->workload[i];
	return NULL;
}

void
catalogue_free(struct catalogue *c)
{
	for (size_t i = 0; i < c->n; i++)
		free_workload(&c->workload[i]);
	free(c->workload);
	*c = (struct catalogue){ .n = 0 };
}
