/* SPDX-License-Identifier: MIT */
/*
 * drain: of as many events as were written to an instance, each is read or
 * told to be lost, once
 */
#include "tracefs/drain.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

#include "live.h"

enum { MANY = 20000, CPUS_MAX = 1024, SHARE = 1 << 20 };

extern long __sysconf(int name);

static const char *tracefs;
static long pretended; /* CPUs online; 0: those that are */

/* Lets a drain have fewer readers than there are CPUs. */
__attribute__((no_sanitize("thread", "address"))) long
sysconf(int name)
{
	if (name == _SC_NPROCESSORS_ONLN && pretended > 0)
		return pretended;
	return __sysconf(name);
}

struct recording {
	struct instance in;
	struct drain *drain;
	int file[CPUS_MAX];
	int before; /* descriptors */
};

static void
begin(struct recording *r, const char *kilobytes, const char *overwrite)
{
	const struct page_shape shape = page_shape_usual();

	r->before = live_descriptors();
	assert(instance_make(&r->in, tracefs) == 0);
	assert(instance_write(&r->in, "trace_clock", "mono") == 0);
	assert(instance_write(&r->in, "buffer_size_kb", kilobytes) == 0);
	assert(instance_write(&r->in, "options/overwrite", overwrite) == 0);
	r->drain = drain_new(&r->in, &shape);
	assert(r->drain != NULL && drain_cpus(r->drain) <= CPUS_MAX);
	assert(instance_write(&r->in, "tracing_on", "1") == 0);
}

static void
end(struct recording *r)
{
	drain_free(r->drain);
	assert(instance_remove(&r->in) == 0);
	assert(live_descriptors() == r->before);
}

/* Writes that many events from each of the CPUs; returns how many. */
static uint64_t
print_on_all(struct instance *in, size_t n)
{
	cpu_set_t all, one;
	uint64_t sum = 0;

	assert(sched_getaffinity(0, sizeof(all), &all) == 0);
	for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (!CPU_ISSET(cpu, &all))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		assert(sched_setaffinity(0, sizeof(one), &one) == 0);
		live_print(in, n);
		sum += n;
	}
	assert(sched_setaffinity(0, sizeof(all), &all) == 0);
	return sum;
}

/* What pages say. */
struct seen {
	uint64_t events, lost, untold, pages;
	uint64_t last; /* time of the last event */
};

static void
look(struct seen *s, const uint8_t *bytes)
{
	const struct page_shape shape = page_shape_usual();
	struct page_event ev;
	struct page page;

	page_open(&page, &shape, bytes, shape.size);
	s->pages++;
	s->untold += page.missed < 0;
	s->lost += page.missed > 0 ? (uint64_t)page.missed : 0;
	while (page_next(&page, &ev)) {
		assert(ev.ts >= s->last);
		s->last = ev.ts;
		s->events++;
	}
	assert(page.why == NULL);
}

static void
nothing(void *arg)
{
	assert(arg == NULL);
}

/* Takes what is left of the lanes, from the last on. */
static struct seen
take_all(struct feed *f, size_t lanes)
{
	struct seen sum = { 0 };

	for (size_t i = lanes; i-- > 0;) {
		const uint8_t *page;

		sum.last = 0;
		while ((page = feed_next(f, i, nothing, NULL)) != NULL)
			look(&sum, page);
	}
	return sum;
}

static void
stop(struct recording *r)
{
	assert(instance_write(&r->in, "tracing_on", "0") == 0);
	drain_end(r->drain);
}

/* What the kernel has counted at the end. */
static void
counts_are(struct recording *r, uint64_t written, uint64_t lost)
{
	uint64_t read = 0, sum = 0, left = 0;

	for (size_t i = 0; i < drain_cpus(r->drain); i++) {
		const struct counts *c = drain_counts(r->drain, i);

		read += c->read;
		sum += counts_lost(c);
		left += c->entries;
	}
	assert(left == 0 && sum == lost && read + lost == written);
	assert(drain_sum(r->drain).events == read);
	assert(drain_sum(r->drain).lost == lost);
	assert(drain_error(r->drain) == 0);
}

static void
into_files(void)
{
	struct recording r;
	struct seen seen = { 0 };
	uint64_t n, bytes;

	begin(&r, "4096", "0");
	for (size_t i = 0; i < drain_cpus(r.drain); i++) {
		r.file[i] = memfd_create("pages", MFD_CLOEXEC);
		drain_into_file(r.drain, i, r.file[i]);
	}
	assert(drain_start(r.drain) == 0);
	n = print_on_all(&r.in, MANY);
	stop(&r);
	drain_join(r.drain);
	for (size_t i = 0; i < drain_cpus(r.drain); i++) {
		uint8_t page[4096];

		seen.last = 0;
		bytes = 0;
		while (pread(r.file[i], page, sizeof(page), (off_t)bytes) ==
		    sizeof(page)) {
			look(&seen, page);
			bytes += sizeof(page);
		}
		assert(bytes == drain_bytes(r.drain, i));
		close(r.file[i]);
	}
	assert(seen.events == n && seen.lost == 0 && seen.untold == 0);
	counts_are(&r, n, 0);
	end(&r);
}

static void *
print_later(void *in)
{
	print_on_all(in, MANY);
	return NULL;
}

/* Who takes is slower than who writes; a second start does nothing. */
static void
into_a_feed(size_t share, long readers)
{
	struct recording r;
	struct seen seen;
	struct feed *feed;
	uint64_t n;

	pretended = readers;
	begin(&r, "8192", "0");
	feed = drain_into_feed(r.drain, share);
	n = print_on_all(&r.in, MANY);
	assert(drain_start(r.drain) == 0);
	assert(drain_start(r.drain) == 0);
	stop(&r);
	seen = take_all(feed, drain_cpus(r.drain));
	drain_join(r.drain);
	assert(seen.events == n && seen.lost == 0 && seen.untold == 0);
	counts_are(&r, n, 0);
	end(&r);
	pretended = 0;
}

/* While nobody takes and nothing happens, nothing is piled up. */
static void
idling(void)
{
	struct recording r;
	struct seen seen;
	struct feed *feed;

	begin(&r, "64", "0");
	feed = drain_into_feed(r.drain, SHARE);
	assert(drain_start(r.drain) == 0);
	usleep(600000); /* a dozen rounds, of which one leaves a mark */
	stop(&r);
	seen = take_all(feed, drain_cpus(r.drain));
	drain_join(r.drain);
	assert(seen.pages <= drain_cpus(r.drain));
	assert(seen.events == 0 && seen.lost == 0);
	counts_are(&r, 0, 0);
	end(&r);
}

/* One who reads several CPUs goes on with others where a lane is full. */
static void
one_reader_of_several(void)
{
	struct recording r;
	struct seen seen = { 0 };
	struct feed *feed;
	pthread_t thread;
	size_t last;
	uint64_t n;

	pretended = 1;
	begin(&r, "8192", "0");
	feed = drain_into_feed(r.drain, 1);
	last = drain_cpus(r.drain) - 1;
	n = print_on_all(&r.in, MANY);
	assert(pthread_create(&thread, NULL, print_later, &r.in) == 0);
	assert(drain_start(r.drain) == 0);
	/* The first lane is full long before this. */
	while (seen.events < MANY / 2) {
		const uint8_t *page = feed_next(feed, last, nothing, NULL);

		assert(page != NULL);
		look(&seen, page);
	}
	pthread_join(thread, NULL);
	stop(&r);
	for (size_t i = last + 1; i-- > 0; seen.last = 0) {
		const uint8_t *page;

		while ((page = feed_next(feed, i, nothing, NULL)) != NULL)
			look(&seen, page);
	}
	drain_join(r.drain);
	assert(seen.events + seen.lost == 2 * n);
	counts_are(&r, 2 * n, seen.lost);
	end(&r);
	pretended = 0;
}

/* Where there is no room some are lost: pages tell of each, once. */
static void
losses_are_told_exactly(const char *overwrite, bool live)
{
	struct recording r;
	struct seen seen;
	struct feed *feed;
	uint64_t n;

	begin(&r, "8", overwrite);
	feed = drain_into_feed(r.drain, SHARE);
	if (live)
		assert(drain_start(r.drain) == 0);
	n = print_on_all(&r.in, MANY);
	assert(drain_start(r.drain) == 0);
	stop(&r);
	seen = take_all(feed, drain_cpus(r.drain));
	drain_join(r.drain);
	assert(live || seen.lost > 0);
	assert(seen.events + seen.lost == n);
	counts_are(&r, n, seen.lost);
	end(&r);
}

static void
only_what_is_in_the_window(bool to_the_end)
{
	struct recording r;
	struct drain_window w = { 0, UINT64_MAX };
	struct feed *feed;
	struct seen seen;
	uint64_t n, middle, outside;

	begin(&r, "8192", "1");
	feed = drain_into_feed(r.drain, 64 * SHARE);
	outside = print_on_all(&r.in, MANY / 10);
	usleep(2000);
	middle = drain_now(r.drain);
	usleep(2000);
	n = print_on_all(&r.in, MANY / 4);
	if (to_the_end)
		w.since = middle;
	else
		w.until = middle;
	drain_set_window(r.drain, &w);
	assert(drain_whole(r.drain) == 0); /* nothing was overwritten */
	assert(drain_start(r.drain) == 0);
	stop(&r);
	seen = take_all(feed, drain_cpus(r.drain));
	drain_join(r.drain);
	assert(seen.events == (to_the_end ? n : outside) && seen.lost == 0);
	counts_are(&r, n + outside, 0);
	end(&r);
}

/* From when on all CPUs have all of theirs, nothing is missing. */
static void
the_whole_part_of_a_ring(void)
{
	struct recording r;
	struct feed *feed;
	struct seen seen;
	struct drain_window w = { 0, UINT64_MAX };

	begin(&r, "64", "1");
	feed = drain_into_feed(r.drain, SHARE);
	print_on_all(&r.in, MANY);
	assert(instance_write(&r.in, "tracing_on", "0") == 0);
	w.since = drain_whole(r.drain);
	assert(w.since > 0 && w.since <= drain_now(r.drain));
	drain_set_window(r.drain, &w);
	assert(drain_start(r.drain) == 0);
	drain_end(r.drain);
	seen = take_all(feed, drain_cpus(r.drain));
	drain_join(r.drain);
	/* What was overwritten is none of it, so that it is no loss. */
	assert(seen.events > 0 && seen.lost == 0 && seen.untold == 0);
	end(&r);
}

/* Who does not take any more keeps no reader. */
static void
given_up(void)
{
	struct recording r;

	begin(&r, "8192", "0");
	drain_into_feed(r.drain, 1);
	assert(drain_start(r.drain) == 0);
	print_on_all(&r.in, MANY);
	stop(&r);
	drain_give_up(r.drain);
	drain_join(r.drain);
	end(&r);
}

static void
a_file_that_cannot_be_written(void)
{
	struct recording r;
	int full;

	begin(&r, "1024", "0");
	full = open("/dev/full", O_WRONLY | O_CLOEXEC);
	assert(drain_error(r.drain) == 0);
	for (size_t i = 0; i < drain_cpus(r.drain); i++)
		drain_into_file(r.drain, i, full);
	print_on_all(&r.in, 1000);
	assert(drain_start(r.drain) == 0);
	stop(&r);
	drain_join(r.drain);
	assert(drain_error(r.drain) == ENOSPC);
	close(full);
	end(&r);
}

int
main(void)
{
	tracefs = live_tracefs();
	alarm(100); /* rather than to hang */
	into_files();
	into_a_feed(SHARE, 0);
	into_a_feed(1, 0);
	into_a_feed(1, 1);
	idling();
	one_reader_of_several();
	losses_are_told_exactly("0", false);
	losses_are_told_exactly("0", true);
	losses_are_told_exactly("1", false);
	only_what_is_in_the_window(true);
	only_what_is_in_the_window(false);
	the_whole_part_of_a_ring();
	given_up();
	a_file_that_cannot_be_written();
	return 0;
}
