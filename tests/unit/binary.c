/* SPDX-License-Identifier: MIT */
/*
 * binary: events of all CPUs by time, losses and damage before the event that
 * they came before, clocks, and the names that events teach
 */
#include "source/binary.h"

#include "format.h"
#include "ring.h"

enum { TICK = 8, SWITCH = 9, UNKNOWN = 10, LANES = 4 };

static const char tick[] =
    "name: tick\nID: 8\nformat:\n" COMMON FIELD("int value", 8, 4,
	1) "\nprint fmt: \"%d\", REC->value\n";
static const char sched_switch[] =
    "name: sched_switch\nID: 9\nformat:\n" COMMON FIELD("char prev_comm[16]", 8,
	16, 0) FIELD("pid_t prev_pid", 24, 4, 1)
	FIELD("char next_comm[16]", 28, 16, 0)
	    FIELD("pid_t next_pid", 44, 4, 1) "\nprint fmt: \"\"\n";

/* A trace in the making, and its reading. */
struct trace {
	struct ring ring[LANES];
	int fd[LANES];
	size_t lanes;
	struct formats *formats;
	struct tasks *tasks;
	struct wanted *wanted;
	struct binary *binary;
	struct item item;
	struct header at; /* of the item */
};

/* Adds an event of a task to a lane. */
static void
put_tick(struct ring *r, uint32_t delta, uint16_t type, int32_t tid,
    int32_t value)
{
	uint8_t data[12] = { (uint8_t)type };

	memcpy(data + 4, &tid, 4);
	memcpy(data + 8, &value, 4);
	ring_event(r, delta, data, sizeof(data));
}

static void
put_switch(struct ring *r, int32_t prev, const char *prev_comm, int32_t next,
    const char *next_comm)
{
	char data[48] = { SWITCH };

	memcpy(data + 4, &prev, 4);
	memcpy(data + 8, prev_comm, strnlen(prev_comm, 16));
	memcpy(data + 24, &prev, 4);
	memcpy(data + 28, next_comm, strnlen(next_comm, 16));
	memcpy(data + 44, &next, 4);
	ring_event(r, 1, data, sizeof(data));
}

static void
read_lanes(struct trace *t, bool learn, const struct binary_clock *clock)
{
	const struct page_shape shape = page_shape_usual();

	t->formats = formats_new(false, 8, false);
	assert(!formats_add(t->formats, str_of("test"), str_of(tick)));
	assert(!formats_add(t->formats, str_of("sched"), str_of(sched_switch)));
	t->tasks = tasks_new();
	if (t->wanted == NULL)
		t->wanted = wanted_new();
	t->binary = binary_new(t->formats, t->tasks, false, learn);
	t->item.at = &t->at;
	if (clock != NULL)
		binary_set_clock(t->binary, clock);
	for (size_t i = 0; i < t->lanes; i++)
		binary_add(t->binary, (int)i + 10,
		    ring_read(&t->ring[i], 0, &t->fd[i]), &shape);
}

static void
end(struct trace *t)
{
	assert(!binary_read(t->binary, t->wanted, &t->item));
	assert(!binary_read(t->binary, t->wanted, &t->item));
	binary_free(t->binary);
	tasks_free(t->tasks);
	formats_free(t->formats);
	wanted_free(t->wanted);
	fields_free(&t->item.fields);
	for (size_t i = 0; i < t->lanes; i++) {
		free(t->ring[i].p);
		close(t->fd[i]);
	}
}

static void
next_is(struct trace *t, enum item_kind kind, int cpu)
{
	assert(binary_read(t->binary, t->wanted, &t->item));
	assert(t->item.kind == kind && t->item.at->cpu == cpu);
}

/* Asserts that the next one is a tick. */
static void
tick_is(struct trace *t, int cpu, int64_t ts, const char *value)
{
	const struct fields *f = &t->item.fields;

	next_is(t, ITEM_POINT, cpu);
	assert(t->item.at->ts == ts && str_is(t->item.at->name, "tick"));
	assert(f->n == 1 && str_is(f->field[0].key, "value"));
	assert(str_is(f->field[0].value, value));
	assert(t->item.at->tgid == -1 && t->item.bytes == 12);
}

static void
bad_is(struct trace *t, int cpu, const char *why)
{
	next_is(t, ITEM_BAD, cpu);
	assert(strcmp(t->item.why, why) == 0);
}

static void
by_time_and_of_equal_ones_by_lane(void)
{
	struct trace t = { .lanes = 4 };

	ring_page(&t.ring[0], 10);
	put_tick(&t.ring[0], 0, TICK, 1, 1);
	put_tick(&t.ring[0], 20, TICK, 1, -4);
	put_tick(&t.ring[0], 0, TICK, 1, 5);
	ring_page(&t.ring[1], 20);
	put_tick(&t.ring[1], 0, TICK, 1, 3);
	put_tick(&t.ring[1], 10, TICK, 1, 6);
	ring_page(&t.ring[2], 10);
	put_tick(&t.ring[2], 0, TICK, 1, 2);
	put_tick(&t.ring[2], 30, TICK, 1, 7);
	read_lanes(&t, false, NULL);
	tick_is(&t, 10, 10, "1");
	tick_is(&t, 12, 10, "2");
	tick_is(&t, 11, 20, "3");
	tick_is(&t, 10, 30, "-4");
	tick_is(&t, 10, 30, "5");
	tick_is(&t, 11, 30, "6");
	tick_is(&t, 12, 40, "7");
	end(&t);
}

static void
losses_and_damage_stand_where_they_happened(void)
{
	struct trace t = { .lanes = 2 };

	ring_page(&t.ring[0], 10);
	put_tick(&t.ring[0], 0, TICK, 1, 1);
	ring_damage(&t.ring[0]);
	ring_page(&t.ring[0], 30);
	put_tick(&t.ring[0], 0, TICK, 1, 3);
	ring_missed(&t.ring[0], 17);
	ring_page(&t.ring[0], 40);
	ring_missed(&t.ring[0], -1);
	ring_page(&t.ring[1], 20);
	put_tick(&t.ring[1], 0, TICK, 1, 2);
	ring_damage(&t.ring[1]);
	read_lanes(&t, false, NULL);
	tick_is(&t, 10, 10, "1");
	tick_is(&t, 11, 20, "2");
	next_is(&t, ITEM_LOST, 10);
	assert(t.item.count == 17 && t.item.at->ts == -1);
	bad_is(&t, 10, "an event reaches beyond the end of its page");
	tick_is(&t, 10, 30, "3");
	next_is(&t, ITEM_LOST, 10);
	assert(t.item.count == -1);
	bad_is(&t, 11, "an event reaches beyond the end of its page");
	end(&t);
}

static void
an_event_that_cannot_be_read_does_not_end_it(void)
{
	struct trace t = { .lanes = 1 };
	const uint32_t nothing = TICK;

	ring_page(&t.ring[0], 10);
	put_tick(&t.ring[0], 0, UNKNOWN, 1, 1);
	ring_event(&t.ring[0], 0, &nothing, 4);
	put_tick(&t.ring[0], 0, UNKNOWN, 1, 1);
	put_tick(&t.ring[0], 0, TICK, 1, 2);
	read_lanes(&t, false, NULL);
	bad_is(&t, 10, "an event of which there is no format");
	next_is(&t, ITEM_BAD, 10);
	bad_is(&t, 10, "an event of which there is no format");
	tick_is(&t, 10, 10, "2");
	end(&t);
}

/* Reads one tick at a time of the trace's clock; -1: out of range. */
static void
time_is(uint64_t ts, struct binary_clock clock, int64_t ns)
{
	struct trace t = { .lanes = 1 };

	ring_page(&t.ring[0], ts);
	put_tick(&t.ring[0], 0, TICK, 1, 1);
	read_lanes(&t, false, &clock);
	if (ns >= 0)
		tick_is(&t, 10, ns, "1");
	else
		bad_is(&t, 10, "a time out of range");
	end(&t);
}

static void
clocks(void)
{
	const struct binary_clock ns = { 0, 0, 0, NULL };
	const struct binary_clock later = { 2000, 0, 0, NULL };
	const struct binary_clock sooner = { -2000, 0, 0, NULL };
	const struct binary_clock ticks = { 0, 3000000000, 30, NULL };
	const struct binary_clock both = { -93, 3000000000, 30, NULL };
	const struct binary_clock most = { 0, UINT32_MAX, 32, NULL };
	const struct binary_clock least = { INT64_MIN, 0, 0, NULL };

	time_is(0, ns, 0);
	time_is((UINT64_C(1) << 53) + 1, ns, (INT64_C(1) << 53) + 1);
	time_is(INT64_MAX, ns, INT64_MAX);
	time_is((uint64_t)INT64_MAX + 1, ns, -1);
	time_is(5, later, 2005);
	time_is(INT64_MAX, later, -1);
	time_is(2000, sooner, 0);
	time_is(1999, sooner, -1);
	time_is((uint64_t)INT64_MAX + 2000, sooner, INT64_MAX);
	time_is(1000, ticks, 2793); /* 3e12 / 2^30 = 2793.97 */
	time_is(1000, both, 2700);
	time_is(UINT64_C(1) << 63, most, INT64_C(9223372034707292160));
	time_is(UINT64_MAX, ticks, -1);
	time_is(UINT64_C(1) << 63, least, 0);
}

static void
task_is(struct trace *t, const char *name)
{
	next_is(t, ITEM_POINT, 10);
	assert((t->item.at->task.p == NULL) == (name == NULL));
	assert(name == NULL || str_is(t->item.at->task, name));
}

/* Ticks and switches of tasks 5, 6 and 0. */
static void
make_names(struct trace *t)
{
	struct ring *r = &t->ring[0];

	t->lanes = 1;
	ring_page(r, 10);
	put_tick(r, 1, TICK, 5, 0);
	put_switch(r, 5, "five", 6, "a name of 16 byt");
	put_tick(r, 1, TICK, 5, 0);
	put_switch(r, 5, "other", 6, "six");
	put_tick(r, 1, TICK, 5, 0);
	put_tick(r, 1, TICK, 6, 0);
	put_tick(r, 1, TICK, 0, 0);
}

static void
names_are_learnt(void)
{
	struct trace t = { .lanes = 0 };

	make_names(&t);
	read_lanes(&t, true, NULL);
	task_is(&t, NULL);
	task_is(&t, NULL); /* it is learnt from the event, for the next */
	task_is(&t, "five");
	task_is(&t, "five");
	task_is(&t, "five"); /* the first name stands */
	task_is(&t, "six");
	task_is(&t, "<idle>");
	end(&t);

	t = (struct trace){ .lanes = 0 };
	make_names(&t);
	read_lanes(&t, false, NULL);
	for (int i = 0; i < 6; i++)
		task_is(&t, NULL);
	task_is(&t, "<idle>");
	end(&t);
}

/* Also from events that are not wanted. */
static void
what_is_not_wanted_is_counted_and_learnt_from(void)
{
	struct trace t = { .wanted = wanted_new() };
	int number = wanted_add(t.wanted, str_of("tick"));

	make_names(&t);
	read_lanes(&t, true, NULL);
	task_is(&t, NULL);
	assert(t.item.number == number && t.item.at->tid == 5);
	next_is(&t, ITEM_UNWANTED, 10);
	assert(str_is(t.item.at->name, "sched_switch") && t.item.at->ts == 12);
	task_is(&t, "five");
	next_is(&t, ITEM_UNWANTED, 10);
	task_is(&t, "five");
	task_is(&t, "six");
	task_is(&t, "<idle>");
	end(&t);
}

/* Who brings pages of a lane, and may not be asked for more yet. */
struct giver {
	struct ring *ring;
	size_t given, ready;
};

static const uint8_t *
give(void *arg)
{
	struct giver *g = arg;

	if (g->given == g->ring->pages)
		return NULL;
	assert(g->given < g->ready);
	return g->ring->p + g->given++ * RING_PAGE;
}

/* Opens lanes of pages that are being recorded, the first of each there. */
static void
record_lanes(struct trace *t, struct giver *giver)
{
	const struct page_shape shape = page_shape_usual();
	size_t lanes = t->lanes;

	t->lanes = 0;
	read_lanes(t, false, NULL);
	for (size_t i = 0; i < lanes; i++) {
		giver[i] = (struct giver){ &t->ring[i], 0, 1 };
		binary_add_recording(t->binary, (int)i + 10,
		    pages_of_caller(give, &giver[i], RING_PAGE), &shape);
	}
}

/* No page is asked for before what it is needed for. */
static void
what_is_recorded_comes_as_soon_as_it_can(void)
{
	struct trace t = { .lanes = 2 };
	struct giver giver[LANES];

	ring_page(&t.ring[0], 10);
	put_tick(&t.ring[0], 0, TICK, 1, 1);
	put_tick(&t.ring[0], 30, TICK, 1, 3);
	ring_page(&t.ring[0], 60); /* has none */
	ring_missed(&t.ring[0], 5);
	ring_page(&t.ring[0], 80);
	put_tick(&t.ring[0], 0, TICK, 1, 5);
	ring_page(&t.ring[1], 20); /* has none */
	ring_page(&t.ring[1], 30);
	put_tick(&t.ring[1], 0, TICK, 1, 2);
	ring_missed(&t.ring[1], 17);
	ring_page(&t.ring[1], 70);
	put_tick(&t.ring[1], 0, TICK, 1, 4);
	record_lanes(&t, giver);
	tick_is(&t, 10, 10, "1");
	giver[1].ready = 2;
	next_is(&t, ITEM_LOST, 11);
	assert(t.item.count == 17);
	tick_is(&t, 11, 30, "2");
	giver[1].ready = 3;
	tick_is(&t, 10, 40, "3");
	giver[0].ready = 2;
	next_is(&t, ITEM_LOST, 10); /* with the page that tells of it */
	assert(t.item.count == 5);
	giver[0].ready = 3;
	tick_is(&t, 11, 70, "4");
	tick_is(&t, 10, 80, "5");
	assert(!binary_read(t.binary, t.wanted, &t.item));
	for (size_t i = 0; i < 2; i++)
		free(t.ring[i].p);
	end(&t);
}

int
main(void)
{
	by_time_and_of_equal_ones_by_lane();
	losses_and_damage_stand_where_they_happened();
	an_event_that_cannot_be_read_does_not_end_it();
	clocks();
	names_are_learnt();
	what_is_not_wanted_is_counted_and_learnt_from();
	what_is_recorded_comes_as_soon_as_it_can();
	binary_free(NULL);
	return 0;
}
