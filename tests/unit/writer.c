/* SPDX-License-Identifier: MIT */
/*
 * writer: events of made-up pages as records, by time, losses in place; and
 * that it ends where nobody reads them
 */
#include "capture/writer.h"

#include <poll.h>
#include <signal.h>

#include "format.h"
#include "live.h"
#include "ring.h"
#include "source/pagemark.h"

enum { TICK = 7, UNKNOWN = 9, LOST = 17 };

static const char tick[] = FORMAT("tick", FIELD("int value", 8, 4, 1),
    "\"%d\", REC->value");

/* A writer of what the test puts into the lanes of a feed. */
struct bench {
	struct instance in;
	struct drain *drain;
	struct feed *feed;
	struct formats *formats;
	struct page_shape shape;
	struct output out;
	struct writer *writer;
	size_t lanes;
};

static void
start(struct bench *b, const char *tracefs, int fd)
{
	struct writer_plan plan;

	b->shape = page_shape_usual();
	assert(instance_make(&b->in, tracefs) == 0);
	b->drain = drain_new(&b->in, &b->shape);
	assert(b->drain != NULL);
	b->lanes = drain_cpus(b->drain);
	b->feed = feed_new(b->lanes, RING_PAGE, 1 << 20);
	b->formats = formats_new(false, 8, false);
	assert(!formats_add(b->formats, str_of("test"), str_of(tick)));
	output_on(&b->out, fd, "out");
	plan = (struct writer_plan){ .drain = b->drain,
		.feed = b->feed,
		.formats = b->formats,
		.shape = &b->shape,
		.out = &b->out,
		.records = true,
		.about = { .clock = str_of("mono"), .cpus = 3 },
		.command = str_of("test") };
	b->writer = writer_start(&plan);
	assert(b->writer != NULL);
}

static void
end(struct bench *b)
{
	drain_free(b->drain);
	assert(instance_remove(&b->in) == 0);
	feed_free(b->feed);
	formats_free(b->formats);
}

static void
put_tick(struct ring *r, uint32_t delta, uint16_t type, int32_t value)
{
	uint8_t data[12] = { (uint8_t)type, 0, 0, 0, 5 };

	memcpy(data + 8, &value, 4);
	ring_event(r, delta, data, sizeof(data));
}

/* Brings the last page of a ring. */
static void
bring(struct bench *b, size_t lane, struct ring *r)
{
	memcpy(feed_room(b->feed, lane), ring_last(r), RING_PAGE);
	feed_keep(b->feed, lane);
	feed_push(b->feed, lane, false);
}

/* Brings a page without events, if it is still taken. */
static void
mark(struct bench *b, size_t lane, uint64_t ts)
{
	uint8_t *page = feed_room(b->feed, lane);

	if (page == NULL)
		return;
	pagemark_empty(&b->shape, page, ts);
	feed_keep(b->feed, lane);
	feed_push(b->feed, lane, false);
}

#define RECORD(ts, cpu, value)                                                 \
	"{\"type\":\"tick\",\"ts\":" ts ",\"cpu\":" cpu                        \
	",\"tid\":5,\"flags\":\".....\",\"value\":" value "}\n"

/* The letter of what has no flags is the kernel's: dots. */
static const char want[] =
    "{\"type\":\"trace\",\"version\":1,\"clock\":\"mono\",\"cpus\":3,"
    "\"by\":\"test\"}\n" RECORD("1000010", "0", "1") RECORD("2000000", "1",
	"-2") "{\"type\":\"lost\",\"ts\":2000000,"
	      "\"cpu\":0,\"count\":17}\n" RECORD("3000000", "0", "3")
		  RECORD("4000000", "1",
		      "4") "{\"type\":\"end\",\"records\":4,\"lost\":17,"
			   "\"lost_marks\":1,\"bad\":1}\n";

/* What is in the file so far; polls until it has that many bytes. */
static size_t
contents(int fd, char *text, size_t room, size_t least)
{
	ssize_t n;

	for (int i = 0; i < 10000; i++) {
		n = pread(fd, text, room - 1, 0);
		assert(n >= 0);
		if ((size_t)n >= least)
			break;
		usleep(1000);
	}
	text[n] = '\0';
	return (size_t)n;
}

static void
by_time_as_soon_as_all_cpus_are_known(const char *tracefs)
{
	struct ring r = { .p = NULL };
	int fd = memfd_create("records", MFD_CLOEXEC);
	struct writer_counts counts;
	struct bench b;
	char text[2048];
	size_t first = (size_t)(strstr(want, "{\"type\":\"lost\"") - want);

	start(&b, tracefs, fd);
	ring_page(&r, 1000000);
	put_tick(&r, 10, TICK, 1);
	bring(&b, 0, &r);
	ring_page(&r, 2000000);
	put_tick(&r, 0, TICK, -2);
	bring(&b, 1, &r);
	for (size_t i = 2; i < b.lanes; i++)
		mark(&b, i, 5000000);
	mark(&b, 0, 2500000);
	/* What is known to be first is written while others go on. */
	assert(contents(fd, text, sizeof(text), first) == first);
	assert(strncmp(text, want, first) == 0);
	ring_page(&r, 3000000);
	put_tick(&r, 0, TICK, 3);
	ring_missed(&r, LOST);
	bring(&b, 0, &r);
	ring_page(&r, 3500000);
	put_tick(&r, 0, UNKNOWN, 0);
	put_tick(&r, 500000, TICK, 4);
	bring(&b, 1, &r);
	for (size_t i = 0; i < b.lanes; i++)
		feed_push(b.feed, i, true);
	counts = writer_finish(b.writer);
	assert(b.out.err == 0);
	contents(fd, text, sizeof(text), 0);
	if (strcmp(text, want) != 0)
		fprintf(stderr, "%s\n%s", text, want);
	assert(strcmp(text, want) == 0);
	assert(counts.events == 4 && counts.switches == 0);
	assert(counts.lost == LOST && counts.lost_marks == 1);
	assert(counts.bad == 1 && counts.why != NULL);
	assert(output_close(&b.out) == 0);
	end(&b);
	free(r.p);
}

static bool
is_done(const struct writer *w)
{
	struct pollfd p = { .fd = writer_done(w), .events = POLLIN };

	return poll(&p, 1, 10) == 1;
}

/* It sees that though no other event comes, but the time goes on. */
static void
where_nobody_reads_it_ends(const char *tracefs)
{
	struct ring r = { .p = NULL };
	struct bench b;
	int fd[2];

	signal(SIGPIPE, SIG_IGN);
	assert(pipe(fd) == 0);
	close(fd[0]);
	start(&b, tracefs, fd[1]);
	ring_page(&r, 1000000);
	put_tick(&r, 0, TICK, 1);
	bring(&b, 0, &r);
	for (size_t i = 1; i < b.lanes; i++)
		mark(&b, i, 2000000);
	for (uint64_t ts = 3000000; !is_done(b.writer); ts++)
		for (size_t i = 0; i < b.lanes; i++)
			mark(&b, i, ts);
	/* Nor do its readers have to wait. */
	for (int i = 0; i < 1000; i++)
		if (feed_room(b.feed, 0) != NULL)
			feed_keep(b.feed, 0);
	writer_finish(b.writer);
	assert(b.out.err == EPIPE);
	output_close(&b.out);
	end(&b);
	free(r.p);
}

int
main(void)
{
	const char *tracefs = live_tracefs();
	int before = live_descriptors();

	if (sysconf(_SC_NPROCESSORS_CONF) < 2) {
		printf("skipped: it needs two CPUs\n");
		return 0;
	}
	alarm(60); /* rather than to hang */
	by_time_as_soon_as_all_cpus_are_known(tracefs);
	where_nobody_reads_it_ends(tracefs);
	assert(live_descriptors() == before);
	return 0;
}
