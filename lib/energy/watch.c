/* SPDX-License-Identifier: MIT */
#include "energy/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/now.h"
#include "energy/reading.h"

enum {
	NS_PER_MS = 1000000,
	HOLD_NS = 100 * NS_PER_MS, /* what is written is not held longer */
	SHOW_NS = 200 * NS_PER_MS,
};

/* A zone that steps is read at least each second, and others each ten. */
static const int64_t step_ns = NS_PER_S;
static const int64_t quiet_ns = INT64_C(10) * NS_PER_S;

/* Reads the id of this boot, 0-terminated; "" if there is none. */
static void
read_boot_id(char *id, size_t size)
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, id, size - 1);

	if (fd >= 0)
		close(fd);
	id[n > 0 ? n : 0] = '\0';
	id[strcspn(id, "\n")] = '\0';
}

const char *
watch_boot_id(const struct watch *w)
{
	return w->boot_id;
}

static void
add_zone(struct watch *w, const struct zone *zone, size_t i)
{
	bool steps = zone->virtual || (zone->written_raw && !zone->has_range);
	struct watch_gauge *g = &w->gauge[i];
	int64_t half;

	g->zone = zone;
	gauge_open(&g->gauge, zone->path, steps);
	meter_add(&w->meter, str_of(zone->label));
	journal_add(w->journal, str_of(zone->label));
	meter_set_law(&w->meter, i, zone->has_range ? zone->range_uj : 0,
	    w->plan.watts);
	meter_set_steps(&w->meter, i, steps, steps && w->plan.fix);
	half = w->meter.zone[i].round_time / 2;
	if (half < w->often)
		w->often = half;
	if (steps && w->often > step_ns)
		w->often = step_ns;
}

/* Makes room for a descriptor of each counter, as far as we may. */
static void
raise_limit(size_t n)
{
	const rlim_t others = 64;
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
	    limit.rlim_cur >= n + others)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int
watch_open(struct watch *w, const struct zones *zones,
    const struct watch_plan *plan, struct journal *journal)
{
	struct stat st;
	size_t n = 0;

	*w = (struct watch){ .plan = *plan,
		.journal = journal,
		.often = plan->often ? step_ns : quiet_ns };
	w->meter.smooth = journal->columns.smooth;
	for (size_t i = 0; i < zones->n; i++)
		n += !zones->zone[i].left_out;
	raise_limit(n);
	w->gauge = mem_alloc((n + 1) * sizeof(*w->gauge));
	for (size_t i = 0, to = 0; i < zones->n; i++)
		if (!zones->zone[i].left_out)
			add_zone(w, &zones->zone[i], to++);
	if (w->often < NS_PER_MS)
		w->often = NS_PER_MS;
	read_boot_id(w->boot_id, sizeof(w->boot_id));
	w->waiting = (struct waiting){ .enter = plan->enter,
		.command = plan->command };
	w->file = fstat(journal->out->fd, &st) == 0 && S_ISREG(st.st_mode);
	/* Else the kernel wakes us up to 50 us after the time. */
	prctl(PR_SET_TIMERSLACK, 1ul);
	return waiting_open(&w->waiting);
}

/*
 * Reads a counter from a time on, which is now; sets how long it took, and
 * returns the time behind it.
 */
static int64_t
read_gauge(const struct watch *w, struct watch_gauge *g, int64_t before)
{
	int64_t behind;

	g->reading.ts = before;
	gauge_read(&g->gauge, &g->reading);
	behind = now_of(w->plan.clock);
	g->took = behind - before;
	return behind;
}

/* Tells whether a counter is being written, and was not at the last tick. */
static bool
is_new_empty(const struct watch_gauge *g)
{
	return g->reading.kind == COUNTER_EMPTY && !g->was_empty;
}

/*
 * Reads those again that are being written, a few times; but not one that
 * stays empty, which would take time from the others at each tick.
 */
static void
retry_empty(struct watch *w)
{
	const struct timespec pause = { .tv_nsec = READING_RETRY_NS };
	bool empty = true;

	for (int i = 0; i < READING_RETRIES && empty; i++) {
		empty = false;
		for (size_t z = 0; z < w->meter.n; z++)
			empty |= is_new_empty(&w->gauge[z]);
		if (!empty)
			return;
		nanosleep(&pause, NULL);
		for (size_t z = 0; z < w->meter.n; z++)
			if (is_new_empty(&w->gauge[z]))
				read_gauge(w, &w->gauge[z],
				    now_of(w->plan.clock));
	}
}

/*
 * Tells whether the machine slept since the last call: the monotonic clock
 * stands still then, and that of the boot does not.  We may be kept waiting
 * between any two clocks, so how long it slept is only known to lie between
 * two times; asleep is the least that the later one ever was.
 */
static bool
has_slept(struct watch *w)
{
	int64_t before = now_of(CLOCK_MONOTONIC);
	int64_t boot = now_of(CLOCK_BOOTTIME);
	int64_t after = now_of(CLOCK_MONOTONIC);
	bool slept = boot - after > w->asleep + NS_PER_MS;

	if (slept || boot - before < w->asleep)
		w->asleep = boot - before;
	return slept;
}

/* Tells whether this is another boot than at the begin: in a container that
 * was moved to another machine, say. */
static bool
has_booted(const struct watch *w)
{
	char id[sizeof(w->boot_id)];

	read_boot_id(id, sizeof(id));
	return strcmp(id, w->boot_id) != 0;
}

static void
tell_zone(struct watch *w, size_t i)
{
	const struct watch_gauge *g = &w->gauge[i];
	const struct zone *z = g->zone;
	struct sample_zone told = { .ts = g->reading.ts,
		.zone = str_of(z->label),
		.path = str_of(z->path),
		.role = str_of(zone_role_word(z->role)),
		.has_range = z->has_range,
		.range_uj = z->range_uj,
		.has_counter = g->reading.kind == COUNTER_VALUE,
		.counter_uj = g->reading.uj,
		.summed = z->summed };

	if (z->name != NULL)
		told.name = str_of(z->name);
	journal_zone(w->journal, &told);
}

/* Makes samples of what was read of a zone, and writes them. */
static void
take(struct watch *w, size_t i, bool tick, int64_t wall)
{
	struct watch_gauge *g = &w->gauge[i];
	const struct counter *c = &w->meter.zone[i].counter;
	struct sample samples[METER_SAMPLES];
	size_t n;
	bool begins;

	if (g->reading.kind == COUNTER_VALUE && c->begun &&
	    g->reading.uj < c->uj)
		g->reading.booted = has_booted(w);
	n = meter_read(&w->meter, i, &g->reading, g->took, tick, samples,
	    &begins);
	if (begins)
		tell_zone(w, i);
	if (g->reading.kind == COUNTER_NONE)
		w->meter.zone[i].error = g->gauge.error;
	for (size_t s = 0; s < n; s++)
		journal_sample(w->journal, i, &samples[s], wall);
}

/* Reads all counters; late is how many ticks passed before this one. */
static void
read_all(struct watch *w, bool tick, uint64_t late)
{
	bool slept = has_slept(w);
	int64_t wall = now_of(CLOCK_REALTIME), now = now_of(w->plan.clock);

	for (size_t i = 0; i < w->meter.n; i++) {
		w->gauge[i].reading = (struct counter_reading){ .late = late,
			.slept = slept };
		now = read_gauge(w, &w->gauge[i], now);
	}
	retry_empty(w);
	w->last = now_of(CLOCK_MONOTONIC);
	w->end = now_of(w->plan.clock);
	for (size_t i = 0; i < w->meter.n; i++)
		take(w, i, tick, wall);
	for (size_t i = 0; i < w->meter.n; i++)
		w->gauge[i].was_empty = w->gauge[i].reading.kind ==
		    COUNTER_EMPTY;
	if (tick)
		journal_row(w->journal);
}

void
watch_begin(struct watch *w)
{
	const struct watch_plan *p = &w->plan;
	int64_t now = now_of(CLOCK_MONOTONIC);

	w->begin = now_of(p->clock);
	has_slept(w);
	/* Ticks without an end, and no interval, are no ticks. */
	schedule_begin(&w->schedule, now,
	    p->interval > 0 ? p->interval : INT64_MAX, p->samples);
	read_all(w, false, 0);
	for (size_t i = 0; i < w->meter.n; i++)
		if (!w->meter.zone[i].counter.begun)
			tell_zone(w, i);
	w->flushed = now;
}

/*
 * Hands on what was written, unless there is time for it later.  A pipe that
 * can be written to takes PIPE_BUF bytes without a wait: so there are not
 * more, as far as that is in our hands.
 */
static void
flush(struct watch *w, int64_t until)
{
	struct journal *j = w->journal;

	if (until - w->flushed < HOLD_NS &&
	    (w->file || j->out->n < PIPE_BUF / 2))
		return;
	if (j->out->n > 0 && !waiting_to_write(&w->waiting, j->out->fd)) {
		w->stuck = true;
		return;
	}
	if (output_flush(j->out) != 0 || !columns_flush(&j->columns))
		/* A command goes on, and is waited for. */
		w->waiting.stopped = w->plan.command == NULL;
	w->flushed = w->last;
}

bool
watch_next(struct watch *w)
{
	int64_t tick = schedule_next(&w->schedule);
	int64_t between = w->last + w->often;
	int64_t until = tick < between ? tick : between, now;
	uint64_t late = 0;

	flush(w, until);
	if (w->stuck)
		return false;
	waiting_until(&w->waiting, until);
	now = now_of(CLOCK_MONOTONIC);
	if (!w->waiting.stopped && now >= tick)
		late = schedule_take(&w->schedule, now);
	else
		tick = INT64_MAX;
	read_all(w, w->waiting.stopped || tick != INT64_MAX, late);
	return !w->waiting.stopped && !schedule_ended(&w->schedule);
}

void
watch_finish(struct watch *w)
{
	struct output *out = w->journal->out;

	if (w->stuck || out->n == 0)
		return;
	if (waiting_to_write(&w->waiting, out->fd))
		output_flush(out);
	else
		w->stuck = true;
}

bool
watch_shows(struct watch *w)
{
	if (w->last - w->shown < SHOW_NS)
		return false;
	w->shown = w->last;
	return true;
}

void
watch_close(struct watch *w)
{
	for (size_t i = 0; i < w->meter.n; i++)
		gauge_close(&w->gauge[i].gauge);
	free(w->gauge);
	waiting_release(&w->waiting);
	meter_close(&w->meter);
}
