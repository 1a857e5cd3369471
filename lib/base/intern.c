/* SPDX-License-Identifier: MIT */
#include "base/intern.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

#define HASH_FUNCTION(key, n, out) ((out) = hash_bytes(key, n))
#define uthash_malloc(n) mem_alloc(n)
#include <uthash.h>

struct entry {
	char *bytes;
	size_t n;
	size_t id;
	UT_hash_handle hh;
};

struct intern {
	struct entry *head; /* uthash's table of all entries */
	struct entry **by_id;
	size_t n, cap;
};

struct intern *
intern_new(void)
{
	return mem_alloc(sizeof(struct intern));
}

void
intern_free(struct intern *t)
{
	if (t == NULL)
		return;
	HASH_CLEAR(hh, t->head);
	for (size_t i = 0; i < t->n; i++) {
		free(t->by_id[i]->bytes);
		free(t->by_id[i]);
	}
	free(t->by_id);
	free(t);
}

static struct entry *
find(const struct intern *t, struct str s)
{
	struct entry *e;

	HASH_FIND(hh, t->head, s.n > 0 ? s.p : "", s.n, e);
	return e;
}

bool
intern_find(const struct intern *t, struct str s, size_t *id)
{
	const struct entry *e = find(t, s);

	if (e != NULL)
		*id = e->id;
	return e != NULL;
}

size_t
intern_id(struct intern *t, struct str s)
{
	struct entry *e = find(t, s);

	if (e != NULL)
		return e->id;
	e = mem_alloc(sizeof(*e));
	e->bytes = mem_dup(s.p, s.n);
	e->n = s.n;
	e->id = t->n;
	HASH_ADD_KEYPTR(hh, t->head, e->bytes, e->n, e);
	t->by_id = mem_grow(t->by_id, &t->cap, t->n + 1, sizeof(*t->by_id));
	t->by_id[t->n++] = e;
	return e->id;
}

struct str
intern_str(const struct intern *t, size_t id)
{
	return (struct str){ t->by_id[id]->bytes, t->by_id[id]->n };
}

size_t
intern_count(const struct intern *t)
{
	return t->n;
}
