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
	size_t sweep_at;    /* how many there must be for a search */

	/* How often events were lost on all CPUs, and on each. */
	uint64_t interrupts, *on_cpu;
	size_t cpus;
};

enum {
	CPUS_MAX = 1 << 16, /* losses on others are taken to be on all */
	SWEEP_MIN = 4096,   /* fewer threads than these are not searched */
};

static const int64_t idle_max = 60 * 1000000000LL; /* ns */

struct threads *
threads_new(void)
{
	struct threads *all = mem_alloc(sizeof(*all));

	all->sweep_at = SWEEP_MIN;
	return all;
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
	free(all->on_cpu);
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
	if (cpu < 0 || cpu >= CPUS_MAX) {
		all->interrupts++;
		return;
	}
	all->on_cpu = mem_grow(all->on_cpu, &all->cpus, (size_t)cpu + 1,
	    sizeof(*all->on_cpu));
	all->on_cpu[cpu]++;
}

/* Returns how many interrupts there were of what runs on a CPU. */
static uint64_t
interrupts(const struct threads *all, int cpu)
{
	if (cpu < 0 || (size_t)cpu >= all->cpus)
		return all->interrupts;
	return all->interrupts + all->on_cpu[cpu];
}

void
threads_meet(struct threads *all, struct thread *t, int cpu, int64_t ts)
{
	if (t->interrupts != interrupts(all, t->cpu)) {
		t->call = THREAD_NO_CALL;
		t->socket.connection = NULL;
		t->connected.connection = NULL;
	}
	t->cpu = cpu;
	t->seen = ts;
	t->interrupts = interrupts(all, cpu);
}

void
threads_sweep(struct threads *all, int64_t now)
{
	struct entry *e, *next;

	if (HASH_COUNT(all->table) < all->sweep_at)
		return;
	HASH_ITER (hh, all->table, e, next) {
		if (now - e->t.seen > idle_max)
			free_thread(all, e);
	}
	all->last = NULL;
	all->sweep_at = 2 * HASH_COUNT(all->table);
	if (all->sweep_at < SWEEP_MIN)
		all->sweep_at = SWEEP_MIN;
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
