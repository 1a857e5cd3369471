/* SPDX-License-Identifier: MIT */
#include "flow/thread.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "flow/service.h"

#define HASH_FUNCTION(key, n, out) ((out) = hash_bytes(key, n))
#define uthash_malloc(n) mem_alloc(n)
#include <uthash.h>

struct entry {
	struct thread t; /* first: a thread is its entry */
	UT_hash_handle hh;
};

struct descriptor {
	struct {
		int64_t tid, fd;
	} key;
	struct socket socket;
	struct descriptor *next; /* of the same thread */
	UT_hash_handle hh;
};

struct threads {
	struct entry *table;
	struct descriptor *descriptors;
	struct entry *last; /* that was asked for: it is most often the next */
};

struct threads *
threads_new(void)
{
	return mem_alloc(sizeof(struct threads));
}

static void
free_thread(struct threads *all, struct entry *e)
{
	struct descriptor *next;

	for (struct descriptor *d = e->t.descriptors; d != NULL; d = next) {
		next = d->next;
		HASH_DEL(all->descriptors, d);
		free(d);
	}
	continuations_free(&e->t.next);
	duties_free(&e->t.duties);
	HASH_DEL(all->table, e);
	free(e);
}

void
threads_free(struct threads *all)
{
	struct entry *e, *next;

	if (all == NULL)
		return;
	HASH_ITER (hh, all->table, e, next)
		free_thread(all, e);
	free(all);
}

struct thread *
threads_find(struct threads *all, int64_t tid)
{
	struct entry *e = all->last;

	if (e != NULL && e->t.tid == tid)
		return &e->t;
	HASH_FIND(hh, all->table, &tid, sizeof(tid), e);
	if (e == NULL)
		return NULL;
	all->last = e;
	return &e->t;
}

struct thread *
threads_get(struct threads *all, int64_t tid)
{
	struct thread *t = threads_find(all, tid);
	struct entry *e;

	if (t != NULL)
		return t;
	e = mem_alloc(sizeof(*e));
	e->t = (struct thread){ .tid = tid,
		.service = SERVICE_UNKNOWN,
		.cpu = -1,
		.fd = -1 };
	HASH_ADD(hh, all->table, t.tid, sizeof(e->t.tid), e);
	return &e->t;
}

void
threads_remove(struct threads *all, int64_t tid)
{
	struct thread *t = threads_find(all, tid);

	all->last = NULL;
	if (t != NULL)
		free_thread(all, (struct entry *)t);
}

void
threads_interrupt(struct threads *all, int cpu)
{
	struct entry *e, *next;

	HASH_ITER (hh, all->table, e, next) {
		if (cpu >= 0 && e->t.cpu != cpu)
			continue;
		e->t.call = THREAD_NO_CALL;
		e->t.socket.connection = NULL;
		e->t.connected.connection = NULL;
	}
}

static struct descriptor *
find_descriptor(struct threads *all, const struct thread *t, int64_t fd)
{
	struct descriptor *d = t->recent[fd % THREAD_RECENT];
	struct descriptor key = { .key = { t->tid, fd } };

	if (d != NULL && d->key.fd == fd)
		return d;
	HASH_FIND(hh, all->descriptors, &key.key, sizeof(key.key), d);
	return d;
}

void
threads_set_socket(struct threads *all, struct thread *t, int64_t fd,
    const struct socket *s)
{
	struct descriptor *d;

	if (fd < 0)
		return;
	if ((d = find_descriptor(all, t, fd)) == NULL) {
		d = mem_alloc(sizeof(*d));
		d->key.tid = t->tid;
		d->key.fd = fd;
		d->next = t->descriptors;
		t->descriptors = d;
		HASH_ADD(hh, all->descriptors, key, sizeof(d->key), d);
	}
	t->recent[fd % THREAD_RECENT] = d;
	d->socket = *s;
}

bool
threads_get_socket(struct threads *all, const struct thread *t, int64_t fd,
    struct socket *out)
{
	const struct descriptor *d = fd >= 0 ? find_descriptor(all, t, fd)
					     : NULL;

	if (d == NULL || !socket_valid(&d->socket))
		return false;
	if (d->socket.connection->closed[d->socket.side])
		return false;
	*out = d->socket;
	return true;
}
