/* SPDX-License-Identifier: MIT */
#include "pids/roster.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"

struct row {
	size_t service, id, place;
	int32_t pid, tid;
	struct addresses at;
};

struct counts {
	size_t threads, bare, added;
};

struct roster {
	struct intern *names, *ids;
	struct row *row;
	size_t n, cap;
	struct counts *count; /* by service */
	size_t counts;
};

struct roster *
roster_new(void)
{
	struct roster *t = mem_alloc(sizeof(*t));

	t->names = intern_new();
	t->ids = intern_new();
	return t;
}

void
roster_free(struct roster *t)
{
	if (t == NULL)
		return;
	intern_free(t->names);
	intern_free(t->ids);
	free(t->row);
	free(t->count);
	free(t);
}

bool
roster_takes(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (c <= ' ' || c == 0x7f)
			return false;
	}
	return name.n > 0;
}

size_t
roster_service(struct roster *t, struct str name)
{
	size_t service = intern_id(t->names, name);

	t->count = mem_grow(t->count, &t->counts, service + 1,
	    sizeof(*t->count));
	return service;
}

const char *
roster_name(const struct roster *t, size_t service)
{
	return intern_str(t->names, service).p;
}

static void
count(struct roster *t, const struct row *row)
{
	t->count[row->service].threads++;
	t->count[row->service].bare += !row->at.has_v4 && !row->at.has_v6;
}

void
roster_add(struct roster *t, size_t service, int32_t pid, int32_t tid,
    struct str id, const struct addresses *at)
{
	t->row = mem_grow(t->row, &t->cap, t->n + 1, sizeof(*t->row));
	t->row[t->n] = (struct row){
		.service = service,
		.id = intern_id(t->ids, id),
		.place = t->n,
		.pid = pid,
		.tid = tid,
		.at = *at,
	};
	count(t, &t->row[t->n++]);
	t->count[service].added++;
}

size_t
roster_count(const struct roster *t, size_t service)
{
	return t->count[service].threads;
}

size_t
roster_bare(const struct roster *t, size_t service)
{
	return t->count[service].bare;
}

bool
roster_is_double(const struct roster *t, size_t service)
{
	return t->count[service].added > 0 && t->count[service].threads == 0;
}

size_t
roster_total(const struct roster *t)
{
	return t->n;
}

size_t
roster_services(const struct roster *t)
{
	return intern_count(t->names);
}

static int
by_thread(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->tid != y->tid)
		return x->tid < y->tid ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static int
by_service(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->service != y->service)
		return x->service < y->service ? -1 : 1;
	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	return (x->tid > y->tid) - (x->tid < y->tid);
}

void
roster_join(struct roster *t)
{
	size_t kept = 0;

	if (t->n == 0)
		return;
	qsort(t->row, t->n, sizeof(*t->row), by_thread);
	for (size_t i = 0; i < t->n; i++)
		if (kept == 0 || t->row[kept - 1].tid != t->row[i].tid)
			t->row[kept++] = t->row[i];
	t->n = kept;
	for (size_t i = 0; i < roster_services(t); i++)
		t->count[i].threads = t->count[i].bare = 0;
	for (size_t i = 0; i < t->n; i++)
		count(t, &t->row[i]);
}

static void
put_line(const struct roster *t, struct output *out, const struct row *row,
    const struct address *at)
{
	char text[ADDRESS_TEXT];

	output_s64(out, row->tid);
	output_byte(out, '\t');
	output_str(out, intern_str(t->names, row->service));
	output_byte(out, '\t');
	if (at != NULL) {
		output_put(out, text, address_print(at, text));
		output_byte(out, '\t');
	}
	output_str(out, intern_str(t->ids, row->id));
	output_byte(out, '\n');
}

void
roster_put(struct roster *t, struct output *out, bool both)
{
	if (t->n == 0)
		return;
	roster_join(t);
	qsort(t->row, t->n, sizeof(*t->row), by_service);
	for (size_t i = 0; i < t->n; i++) {
		const struct row *row = &t->row[i];
		const struct addresses *at = &row->at;

		if (at->has_v4)
			put_line(t, out, row, &at->v4);
		if (at->has_v6 && (both || !at->has_v4))
			put_line(t, out, row, &at->v6);
		if (!at->has_v4 && !at->has_v6)
			put_line(t, out, row, NULL);
	}
}
