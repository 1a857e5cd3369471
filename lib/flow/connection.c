/* SPDX-License-Identifier: MIT */
#include "flow/connection.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

#define HASH_FUNCTION(key, n, out) ((out) = hash_bytes(key, n))
#define uthash_malloc(n) mem_alloc(n)
#include <uthash.h>

enum {
	SWEEP_MIN = 4096, /* fewer connections than these are not searched */
	LISTENERS_MAX = 65536,
};

static const int64_t idle_max = 60 * 1000000000LL; /* ns */

struct entry {
	struct connection c;    /* first: a connection is its entry */
	struct endpoint key[2]; /* the ends, the lesser first */
	struct entry *free;
	UT_hash_handle hh;
};

struct name {
	uint64_t pointer;
	struct socket socket;
	UT_hash_handle hh;
};

struct listener {
	struct endpoint end;
	UT_hash_handle hh;
};

struct connections {
	struct entry *table;
	struct name *names;
	struct listener *listeners;
	struct entry **entry; /* all memory ever taken */
	size_t n, cap;
	struct entry *free;
	uint64_t number;      /* of the last one */
	size_t sweep_at;      /* how many there must be for a search */
	struct entry *cursor; /* how far the search is */
};

struct connections *
connections_new(void)
{
	struct connections *all = mem_alloc(sizeof(*all));

	all->sweep_at = SWEEP_MIN;
	return all;
}

void
connections_free(struct connections *all)
{
	struct name *name, *next_name;
	struct listener *l, *next;

	if (all == NULL)
		return;
	HASH_ITER (hh, all->names, name, next_name) {
		HASH_DEL(all->names, name);
		free(name);
	}
	HASH_ITER (hh, all->listeners, l, next) {
		HASH_DEL(all->listeners, l);
		free(l);
	}
	HASH_CLEAR(hh, all->table);
	for (size_t i = 0; i < all->n; i++)
		free(all->entry[i]);
	free(all->entry);
	free(all);
}

static struct name *
find_name(struct connections *all, uint64_t pointer)
{
	struct name *name;

	HASH_FIND(hh, all->names, &pointer, sizeof(pointer), name);
	return name;
}

static void
forget_name(struct connections *all, uint64_t pointer)
{
	struct name *name = pointer != 0 ? find_name(all, pointer) : NULL;

	if (name == NULL)
		return;
	HASH_DEL(all->names, name);
	free(name);
}

static void
drop(struct connections *all, struct entry *e)
{
	forget_name(all, e->c.pointer[0]);
	forget_name(all, e->c.pointer[1]);
	if (all->cursor == e)
		all->cursor = e->hh.next;
	HASH_DEL(all->table, e);
	e->c.number = 0;
	e->free = all->free;
	all->free = e;
}

bool
connections_idle(struct connections *all, int64_t now, struct socket *out)
{
	if (all->cursor == NULL) {
		if (HASH_COUNT(all->table) < all->sweep_at)
			return false;
		all->cursor = all->table;
	}
	while (all->cursor != NULL) {
		struct entry *e = all->cursor;

		all->cursor = e->hh.next;
		if (now - e->c.used <= idle_max)
			continue;
		*out = socket_of(&e->c, 0);
		return true;
	}
	all->sweep_at = 2 * HASH_COUNT(all->table);
	if (all->sweep_at < SWEEP_MIN)
		all->sweep_at = SWEEP_MIN;
	return false;
}

void
connections_drop(struct connections *all, const struct socket *s)
{
	drop(all, (struct entry *)s->connection);
}

static struct connection
fresh_connection(struct connections *all)
{
	return (struct connection){ .number = ++all->number,
		.arrival = { -1, -1 } };
}

static struct entry *
take_entry(struct connections *all)
{
	struct entry *e = all->free;

	if (e != NULL) {
		all->free = e->free;
	} else {
		e = mem_alloc(sizeof(*e));
		all->entry = mem_grow(all->entry, &all->cap, all->n + 1,
		    sizeof(*all->entry));
		all->entry[all->n++] = e;
	}
	*e = (struct entry){ .c = fresh_connection(all) };
	return e;
}

void
connections_renew(struct connections *all, struct socket *s)
{
	struct connection *c = s->connection, was = *c;

	forget_name(all, was.pointer[0]);
	forget_name(all, was.pointer[1]);
	*c = fresh_connection(all);
	memcpy(c->end, was.end, sizeof(c->end));
	c->client = was.client;
	c->used = was.used;
	s->number = c->number;
}

bool
connections_find(struct connections *all, const struct endpoint *local,
    const struct endpoint *remote, int64_t ts, struct socket *out, bool *fresh)
{
	struct endpoint key[2] = { *local, *remote };
	struct entry *e;

	if (memcmp(&key[0], &key[1], sizeof(key[0])) > 0) {
		key[0] = *remote;
		key[1] = *local;
	}
	HASH_FIND(hh, all->table, key, sizeof(key), e);
	*fresh = e == NULL;
	if (e == NULL) {
		if (ts < 0)
			return false;
		e = take_entry(all);
		memcpy(e->key, key, sizeof(key));
		e->c.end[0] = *local;
		e->c.end[1] = *remote;
		HASH_ADD(hh, all->table, key, sizeof(key), e);
	}
	if (ts > e->c.used)
		e->c.used = ts;
	*out = socket_of(&e->c, !endpoint_eq(&e->c.end[0], local));
	return true;
}

void
connections_name(struct connections *all, const struct socket *s,
    uint64_t pointer)
{
	uint64_t *known = &s->connection->pointer[s->side];
	struct name *name;

	if (pointer == 0 || *known == pointer)
		return;
	forget_name(all, *known);
	*known = pointer;
	name = find_name(all, pointer);
	if (name == NULL) {
		name = mem_alloc(sizeof(*name));
		name->pointer = pointer;
		HASH_ADD(hh, all->names, pointer, sizeof(name->pointer), name);
	} else if (socket_valid(&name->socket)) {
		name->socket.connection->pointer[name->socket.side] = 0;
	}
	name->socket = *s;
}

bool
connections_named(struct connections *all, uint64_t pointer, struct socket *out)
{
	const struct name *name = pointer != 0 ? find_name(all, pointer) : NULL;

	if (name == NULL || !socket_valid(&name->socket))
		return false;
	*out = name->socket;
	return true;
}

void
connections_close(struct connections *all, const struct socket *s)
{
	struct connection *c = s->connection;

	c->closed[s->side] = true;
	/* The other side may be one that is not traced. */
	if (c->closed[!s->side] ||
	    (c->tid[!s->side] == 0 && c->pointer[!s->side] == 0))
		drop(all, (struct entry *)c);
}

static struct listener *
find_listener(struct connections *all, const struct endpoint *end)
{
	struct listener *l;

	HASH_FIND(hh, all->listeners, end, sizeof(*end), l);
	return l;
}

void
connections_listen(struct connections *all, const struct endpoint *end)
{
	struct listener *l;

	if (HASH_COUNT(all->listeners) >= LISTENERS_MAX ||
	    find_listener(all, end) != NULL)
		return;
	l = mem_alloc(sizeof(*l));
	l->end = *end;
	HASH_ADD(hh, all->listeners, end, sizeof(l->end), l);
}

bool
connections_listens(struct connections *all, const struct endpoint *end)
{
	struct endpoint any = { .port = end->port };

	return find_listener(all, end) != NULL ||
	    find_listener(all, &any) != NULL;
}
