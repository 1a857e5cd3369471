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
#include "source/clip.h"
#include "source/pagemark.h"

enum {
	TICK = 50,              /* ms */
	FILE_BYTES = 256 << 10, /* that go to a file at once */
	ROUND_PAGES = 4096,     /* no more in a round: others wait */
	/*
	 * ns by which the end of a round is earlier than it seems: an event
	 * that has its time may not yet be in the buffer.
	 */
	SLACK = 1000000,
};

/* The buffer of a CPU.  Only its reader touches it until it has stopped. */
struct bucket {
	int cpu, raw, stats;
	int out;       /* a file, or -1: the feed */
	uint8_t *page; /* for the file: room, of which n bytes are used */
	size_t n;
	uint64_t bytes; /* of pages */
	struct counts counts;
	uint64_t told;   /* events lost of which pages tell how many */
	uint64_t untold; /* those the next page is to tell of */
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

static int
open_bucket(struct bucket *b, struct instance *in, int cpu)
{
	char file[64];

	*b = (struct bucket){ .cpu = cpu, .out = -1, .stats = -1 };
	b->counts.cpu = cpu;
	snprintf(file, sizeof(file), "per_cpu/cpu%d/trace_pipe_raw", cpu);
	b->raw = instance_open(in, file, O_RDONLY | O_NONBLOCK);
	snprintf(file, sizeof(file), "per_cpu/cpu%d/stats", cpu);
	if (b->raw >= 0)
		b->stats = instance_open(in, file, O_RDONLY);
	return b->stats < 0 ? -1 : counts_read(&b->counts, b->stats);
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
		int cpu, end = 0;

		if (sscanf(entry->d_name, "cpu%d%n", &cpu, &end) != 1 ||
		    entry->d_name[end] != '\0')
			continue;
		d->bucket = mem_grow(d->bucket, &d->cap, d->n + 1,
		    sizeof(*d->bucket));
		r = open_bucket(&d->bucket[d->n++], in, cpu);
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
	for (size_t i = 0; i < d->n; i++) {
		struct bucket *b = &d->bucket[i];

		if (b->raw >= 0)
			close(b->raw);
		if (b->stats >= 0)
			close(b->stats);
		b->raw = b->stats = -1;
	}
}

void
drain_free(struct drain *d)
{
	if (d == NULL)
		return;
	drain_close(d);
	for (size_t i = 0; i < d->n; i++)
		free(d->bucket[i].page);
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
	d->bucket[i].page = mem_alloc(FILE_BYTES + d->shape.size);
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

/* Writes the pages that are waiting for the file. */
static void
write_pages(struct drain *d, struct bucket *b)
{
	for (size_t at = 0; at < b->n && d->error == 0;) {
		ssize_t r = write(b->out, b->page + at, b->n - at);

		if (r >= 0)
			at += (size_t)r;
		else if (errno != EINTR)
			fail(d, errno);
	}
	b->bytes += b->n;
	b->n = 0;
}

/* Returns a place for a page of the i-th CPU; NULL: nobody wants it. */
static uint8_t *
room_for(struct drain *d, size_t i)
{
	struct bucket *b = &d->bucket[i];

	if (b->out < 0)
		return feed_room(d->feed, i);
	if (b->n >= FILE_BYTES)
		write_pages(d, b);
	return b->page + b->n;
}

static void
keep(struct drain *d, size_t i)
{
	struct bucket *b = &d->bucket[i];

	if (b->out < 0)
		feed_keep(d->feed, i);
	else
		b->n += d->shape.size;
}

/* Puts a page without events into the feed, which tells what was lost. */
static void
put_mark(struct drain *d, size_t i, uint64_t ts)
{
	struct bucket *b = &d->bucket[i];
	uint8_t *page = feed_room(d->feed, i);

	if (page == NULL)
		return;
	pagemark_empty(&d->shape, page, ts);
	if (b->untold > 0 && pagemark_set(&d->shape, page, b->untold)) {
		b->told += b->untold;
		b->untold = 0;
	}
	feed_keep(d->feed, i);
}

/* Looks at what a page tells of losses, and lets it tell more. */
static void
look_at_losses(struct drain *d, struct bucket *b, uint8_t *page)
{
	int64_t missed = pagemark_missed(&d->shape, page);

	if (missed > 0)
		b->told += (uint64_t)missed;
	if (missed != 0 || b->untold == 0 ||
	    pagemark_time(&d->shape, page) <= b->counts.now)
		return;
	if (pagemark_set(&d->shape, page, b->untold)) {
		b->told += b->untold;
		b->untold = 0;
	}
}

/* Reads a page to a place; false where there is none. */
static bool
read_page(struct drain *d, struct bucket *b, uint8_t *page)
{
	ssize_t r;

	do
		r = read(b->raw, page, d->shape.size);
	while (r < 0 && errno == EINTR);
	if (r < 0 && errno != EAGAIN)
		fail(d, errno);
	return r == (ssize_t)d->shape.size;
}

/* Notes what the buffer has counted, and what is new of it. */
static void
look_at_counts(struct drain *d, size_t i)
{
	struct bucket *b = &d->bucket[i];
	uint64_t dropped = b->counts.dropped;

	if (counts_read(&b->counts, b->stats) != 0) {
		fail(d, errno);
		return;
	}
	b->untold += b->counts.dropped - dropped;
	pthread_mutex_lock(&d->lock);
	d->sum[i].events = b->counts.read;
	d->sum[i].lost = counts_lost(&b->counts);
	d->sum[i].bytes = b->bytes;
	pthread_mutex_unlock(&d->lock);
}

static uint64_t
end_of_round(const struct counts *c)
{
	return c->ticks || c->now < SLACK ? c->now : c->now - SLACK;
}

/* Cuts off a page what is not in the window; false where nothing is left. */
static bool
is_wanted(const struct drain *d, uint8_t *page)
{
	const char *why;

	return d->window == NULL ||
	    clip_page(&d->shape, page, d->shape.size, d->window->since,
		d->window->until, &why) > 0 ||
	    why != NULL;
}

/* Takes what is in the buffer of a CPU; false where there was too much. */
static bool
take_round(struct drain *d, size_t i)
{
	struct bucket *b = &d->bucket[i];
	size_t pages = 0;
	uint8_t *page;

	look_at_counts(d, i);
	while (pages < ROUND_PAGES && (page = room_for(d, i)) != NULL &&
	    read_page(d, b, page)) {
		pages++;
		if (!is_wanted(d, page))
			continue;
		look_at_losses(d, b, page);
		keep(d, i);
	}
	if (b->out >= 0) {
		write_pages(d, b);
	} else if (pages < ROUND_PAGES) {
		put_mark(d, i, end_of_round(&b->counts));
		feed_push(d->feed, i, false);
	}
	return pages < ROUND_PAGES;
}

/* Reads the last counts; what no page could tell is told behind them. */
static void
finish(struct drain *d, size_t i)
{
	struct bucket *b = &d->bucket[i];
	uint64_t lost;

	look_at_counts(d, i);
	if (b->out >= 0)
		return;
	lost = counts_lost(&b->counts);
	if (d->window != NULL)
		lost -= b->counts.overrun; /* as it was to be */
	b->untold = lost > b->told ? lost - b->told : 0;
	if (b->untold > 0)
		put_mark(d, i, b->counts.now);
	feed_push(d->feed, i, true);
}

/* Waits until there is something to do. */
static void
rest(struct reader *r)
{
	struct drain *d = r->drain;
	nfds_t n = 1;

	r->poll[0] = (struct pollfd){ .fd = d->stop, .events = POLLIN };
	for (size_t i = r->first; i < d->n; i += d->threads)
		r->poll[n++] = (struct pollfd){ .fd = d->bucket[i].raw,
			.events = POLLIN };
	poll(r->poll, n, TICK);
}

static void *
run(void *arg)
{
	struct reader *r = arg;
	struct drain *d = r->drain;
	bool last, all;

	do {
		last = d->stopping;
		all = true;
		for (size_t i = r->first; i < d->n; i += d->threads)
			all &= take_round(d, i);
		if (all && !last)
			rest(r);
	} while (!all || !last);
	for (size_t i = r->first; i < d->n; i += d->threads)
		finish(d, i);
	return NULL;
}

int
drain_start(struct drain *d)
{
	long online = sysconf(_SC_NPROCESSORS_ONLN);
	size_t n = online > 0 && (size_t)online < d->n ? (size_t)online : d->n;
	int error = 0;

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
		counts_read(&d->bucket[i].counts, d->bucket[i].stats);
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

		counts_read(c, d->bucket[i].stats);
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
