/* SPDX-License-Identifier: MIT */
#include "tracefs/drain.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"

enum {
	TICK = 50, /* ms */
	/* Where nothing was found: so long an event may wait to be read, or
	 * for the mark of another CPU; 100 ms with all that comes then. */
	IDLE_TICK = 80,
	FULL_MS = 1, /* to wait for room */
};

struct reader {
	struct drain *drain;
	size_t first; /* of its CPUs; then every threads-th */
	pthread_t thread;
	struct pollfd *poll;
};

struct drain {
	struct page_shape shape;
	struct bucket *bucket;
	size_t n, cap;
	struct feed *feed;
	const struct drain_window *window; /* or NULL: all */

	struct reader *reader;
	size_t threads, started;
	int stop, alarm;
	atomic_bool stopping;
	atomic_int error;

	pthread_mutex_t lock;  /* of sum */
	struct drain_sum *sum; /* of each CPU */
};

static int
compare(const void *a, const void *b)
{
	const struct bucket *x = a, *y = b;

	return x->cpu < y->cpu ? -1 : x->cpu > y->cpu;
}

/* Opens the buffers of all CPUs that there may be. */
static int
open_buckets(struct drain *d, struct instance *in)
{
	int fd = instance_open(in, "per_cpu", O_RDONLY | O_DIRECTORY), r = 0;
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;

	if (dir == NULL)
		return -1;
	while (r == 0 && (entry = readdir(dir)) != NULL) {
		int cpu;

		if (!counts_cpu(entry->d_name, &cpu))
			continue;
		d->bucket = mem_grow(d->bucket, &d->cap, d->n + 1,
		    sizeof(*d->bucket));
		r = bucket_open(&d->bucket[d->n++], in, cpu);
	}
	closedir(dir);
	qsort(d->bucket, d->n, sizeof(*d->bucket), compare);
	return r;
}

struct drain *
drain_new(struct instance *in, const struct page_shape *shape)
{
	struct drain *d = mem_alloc(sizeof(*d));
	int error;

	d->shape = *shape;
	d->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	d->alarm = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	pthread_mutex_init(&d->lock, NULL);
	if (d->stop >= 0 && d->alarm >= 0 && open_buckets(d, in) == 0) {
		d->sum = mem_alloc((d->n + 1) * sizeof(*d->sum));
		return d;
	}
	error = errno;
	drain_free(d);
	errno = error;
	return NULL;
}

void
drain_close(struct drain *d)
{
	for (size_t i = 0; i < d->n; i++)
		bucket_close(&d->bucket[i]);
}

void
drain_free(struct drain *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < d->n; i++)
		bucket_free(&d->bucket[i]);
	for (size_t i = 0; i < d->threads; i++)
		free(d->reader[i].poll);
	if (d->stop >= 0)
		close(d->stop);
	if (d->alarm >= 0)
		close(d->alarm);
	pthread_mutex_destroy(&d->lock);
	feed_free(d->feed);
	free(d->reader);
	free(d->bucket);
	free(d->sum);
	free(d);
}

size_t
drain_cpus(const struct drain *d)
{
	return d->n;
}

int
drain_cpu(const struct drain *d, size_t i)
{
	return d->bucket[i].cpu;
}

void
drain_into_file(struct drain *d, size_t i, int fd)
{
	d->bucket[i].out = fd;
}

struct feed *
drain_into_feed(struct drain *d, size_t share)
{
	d->feed = feed_new(d->n, d->shape.size, share);
	return d->feed;
}

/* Notes the first error, and wakes whom it may concern. */
static void
fail(struct drain *d, int error)
{
	const uint64_t one = 1;
	int none = 0;

	if (atomic_compare_exchange_strong(&d->error, &none, error) &&
	    write(d->alarm, &one, sizeof(one)) < 0)
		return; /* it is full, and so awake */
}

/* Tells others how it goes with a CPU. */
static void
publish(struct drain *d, size_t i)
{
	const struct bucket *b = &d->bucket[i];

	pthread_mutex_lock(&d->lock);
	d->sum[i] = (struct drain_sum){ b->counts.read, counts_lost(&b->counts),
		b->bytes };
	pthread_mutex_unlock(&d->lock);
	if (b->error != 0)
		fail(d, b->error);
}

/* Waits until there is something to do. */
static void
rest(struct reader *r)
{
	struct drain *d = r->drain;
	bool idle = true;
	nfds_t n = 1;

	r->poll[0] = (struct pollfd){ .fd = d->stop, .events = POLLIN };
	for (size_t i = r->first; i < d->n; i += d->threads) {
		r->poll[n++] = (struct pollfd){ .fd = d->bucket[i].raw,
			.events = POLLIN };
		idle &= d->bucket[i].idle;
	}
	poll(r->poll, n, idle ? IDLE_TICK : TICK);
}

/* Waits a moment if a lane was full. */
static void
pause_if_full(const struct reader *r)
{
	for (size_t i = r->first; i < r->drain->n; i += r->drain->threads)
		if (bucket_is_full(&r->drain->bucket[i])) {
			poll(NULL, 0, FULL_MS);
			return;
		}
}

/*
 * Takes what is in the buffers of all its CPUs, and ends those of which it is
 * the last; false where there was too much of one.
 */
static bool
take_turn(const struct reader *r, bool last)
{
	struct drain *d = r->drain;
	bool all = true;

	for (size_t i = r->first; i < d->n; i += d->threads) {
		struct bucket *b = &d->bucket[i];

		if (b->ended)
			continue;
		if (!bucket_empty(b, last))
			all = false;
		else if (last)
			bucket_finish(b);
		publish(d, i);
	}
	return all;
}

static void *
run(void *arg)
{
	struct reader *r = arg;
	bool last, all;

	do {
		last = r->drain->stopping;
		all = take_turn(r, last);
		if (!all)
			pause_if_full(r);
		else if (!last)
			rest(r);
	} while (!all || !last);
	return NULL;
}

int
drain_start(struct drain *d)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = online > 0 && (size_t)online < d->n ? (size_t)online : d->n;
	int error = 0;

	if (d->reader != NULL)
		return 0;
	for (size_t i = 0; i < d->n; i++) {
		d->bucket[i].shape = &d->shape;
		d->bucket[i].window = d->window;
		d->bucket[i].feed = d->feed;
		d->bucket[i].lane = i;
		d->bucket[i].several = n < d->n;
	}
	d->reader = mem_alloc((n + 1) * sizeof(*d->reader));
	d->threads = n;
	for (size_t i = 0; i < n; i++) {
		struct reader *r = &d->reader[i];

		r->drain = d;
		r->first = i;
		r->poll = mem_alloc((d->n + 1) * sizeof(*r->poll));
	}
	for (d->started = 0; d->started < n && error == 0; d->started += !error)
		error = pthread_create(&d->reader[d->started].thread, NULL, run,
		    &d->reader[d->started]);
	if (error == 0)
		return 0;
	drain_end(d);
	drain_give_up(d);
	drain_join(d);
	/* Who takes must not wait for lanes that have no reader. */
	for (size_t i = 0; d->feed != NULL && i < d->n; i++)
		feed_push(d->feed, i, true);
	errno = error;
	return -1;
}

void
drain_end(struct drain *d)
{
	const uint64_t one = 1;

	d->stopping = true;
	if (write(d->stop, &one, sizeof(one)) < 0)
		return; /* it is full: there are readers to wake already */
}

void
drain_join(struct drain *d)
{
	for (size_t i = 0; i < d->started; i++)
		pthread_join(d->reader[i].thread, NULL);
	d->started = 0;
}

void
drain_give_up(struct drain *d)
{
	if (d->feed != NULL)
		feed_close(d->feed);
}

bool
drain_ticks(const struct drain *d)
{
	return d->n > 0 && d->bucket[0].counts.ticks;
}

uint64_t
drain_now(struct drain *d)
{
	uint64_t last = 0;

	for (size_t i = 0; i < d->n; i++) {
		bucket_count(&d->bucket[i]);
		if (d->bucket[i].counts.now > last)
			last = d->bucket[i].counts.now;
	}
	return last;
}

uint64_t
drain_whole(struct drain *d)
{
	uint64_t since = 0;

	for (size_t i = 0; i < d->n; i++) {
		struct counts *c = &d->bucket[i].counts;

		bucket_count(&d->bucket[i]);
		/* It is told in us, cut off. */
		if (c->overrun > 0 && c->oldest + 1000 > since)
			since = c->oldest + 1000;
	}
	return since;
}

void
drain_set_window(struct drain *d, const struct drain_window *w)
{
	d->window = w;
}

int
drain_alarm(const struct drain *d)
{
	return d->alarm;
}

int
drain_error(const struct drain *d)
{
	return d->error;
}

struct drain_sum
drain_sum(struct drain *d)
{
	struct drain_sum all = { 0, 0, 0 };

	pthread_mutex_lock(&d->lock);
	for (size_t i = 0; i < d->n; i++) {
		all.events += d->sum[i].events;
		all.lost += d->sum[i].lost;
		all.bytes += d->sum[i].bytes;
	}
	pthread_mutex_unlock(&d->lock);
	return all;
}

const struct counts *
drain_counts(const struct drain *d, size_t i)
{
	return &d->bucket[i].counts;
}

uint64_t
drain_bytes(const struct drain *d, size_t i)
{
	return d->bucket[i].bytes;
}

uint64_t
drain_kept(const struct drain *d, size_t i)
{
	return d->bucket[i].kept;
}
