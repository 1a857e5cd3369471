/* SPDX-License-Identifier: MIT */
#include "capture/batch.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "capture/place.h"

static char *
print_place(const char *path, size_t line)
{
	size_t room = strlen(path) + 32;
	char *text = mem_alloc(room);

	if (line > 0)
		snprintf(text, room, "%s:%zu", path, line);
	else
		snprintf(text, room, "%s", path);
	return text;
}

static const char *
load(struct batch *b, const char *path, char **where)
{
	char *own = path == NULL ? place_catalogue() : NULL;
	const char *why;
	size_t line;

	if (path == NULL && own == NULL) {
		*where = mem_dup("workloads.yaml", 14);
		return "is not where tracekit was installed: use --catalogue";
	}
	why = catalogue_load(&b->catalogue, path != NULL ? path : own, &line);
	if (why != NULL)
		*where = print_place(path != NULL ? path : own, line);
	free(own);
	return why;
}

static void
choose(struct batch *b, const struct workload *w)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->chosen[i] == w)
			return;
	b->chosen[b->n++] = w;
}

static const char *
choose_names(struct batch *b, struct str names, char **where)
{
	bool more;

	do {
		const char *comma = memchr(names.p, ',', names.n);
		struct str name = names;
		const struct workload *w;

		if (comma != NULL)
			name.n = (size_t)(comma - names.p);
		more = comma != NULL;
		names = str_skip(names, name.n + more);
		w = catalogue_find(&b->catalogue, name);
		if (w == NULL) {
			*where = mem_dup(name.p, name.n);
			return "is no workload of the catalogue";
		}
		choose(b, w);
	} while (more);
	return NULL;
}

const char *
batch_open(struct batch *b, const char *path, const char *names, uint64_t runs,
    char **where)
{
	const char *why;

	*b = (struct batch){ .runs = runs };
	*where = NULL;
	why = load(b, path, where);
	if (why != NULL)
		return why;
	b->chosen = mem_alloc((b->catalogue.n + 1) * sizeof(*b->chosen));
	if (strcmp(names, "all") != 0)
		return choose_names(b, str_of(names), where);
	for (size_t i = 0; i < b->catalogue.n; i++)
		choose(b, &b->catalogue.workload[i]);
	return NULL;
}

bool
batch_next(struct batch *b)
{
	size_t room;

	if (b->workload != NULL && ++b->run == b->runs)
		b->at++;
	if (b->at == b->n)
		return false;
	if (b->workload != b->chosen[b->at]) {
		b->workload = b->chosen[b->at];
		b->run = 0;
	}
	assert(b->workload != NULL); /* each that was chosen is one */
	room = strlen(b->workload->name) + 32;
	free(b->trace_id);
	b->trace_id = mem_alloc(room);
	snprintf(b->trace_id, room, "%s_run%" PRIu64, b->workload->name,
	    b->run);
	return true;
}

void
batch_skip(struct batch *b)
{
	b->run = b->runs - 1;
}

void
batch_close(struct batch *b)
{
	free(b->trace_id);
	free(b->chosen);
	catalogue_free(&b->catalogue);
	*b = (struct batch){ .n = 0 };
}
