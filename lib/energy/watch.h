/* SPDX-License-Identifier: MIT */
/*
 * watch -- the counters of this machine, read as long as is wanted
 *
 *	watch_open(&w, &zones, &plan, &journal);
 *	watch_begin(&w);
 *	while (watch_next(&w))
 *		(show how it goes)
 *	watch_close(&w);
 *
 * Samples are taken on a schedule, and in between the counters are read often
 * enough that none goes round twice.  Before and behind each read the clock is
 * read, too.
 */
#ifndef TK_WATCH_H
#define TK_WATCH_H

#include "energy/gauge.h"
#include "energy/journal.h"
#include "energy/meter.h"
#include "energy/schedule.h"
#include "energy/waiting.h"
#include "energy/zone.h"

struct watch_plan {
	int64_t interval; /* ns between samples; 0: one, at the end */
	uint64_t samples; /* 0: until it is stopped */
	clockid_t clock;  /* of the times; the schedule is CLOCK_MONOTONIC's */
	uint64_t watts;   /* no zone draws more */
	bool often;       /* read at least each second, to show it */
	bool enter; /* a line on the standard input, or its end, ends it */
	bool fix;   /* see counter.h */
	struct command *command; /* it ends when this does, or NULL */
};

/* A counter of the watch; numbers are those of the meter. */
struct watch_gauge {
	const struct zone *zone;
	struct gauge gauge;
	struct counter_reading reading;
	int64_t took;
	bool was_empty; /* the reading before, which was not repeated then */
};

struct watch {
	struct meter meter;
	struct watch_gauge *gauge; /* as many as zones of the meter */
	int64_t begin, end;        /* of all, in ns of the plan's clock */
	bool stuck; /* a signal came while nobody took what was written */

	struct waiting waiting; /* tells what ended it */

	/* watch's own: */
	struct watch_plan plan;
	struct journal *journal;
	struct schedule schedule;
	int64_t last, often; /* when counters were read, and how often to */
	int64_t flushed, shown, asleep;
	bool file; /* it is written to a file, which takes all at once */
	char boot_id[64];
};

/*
 * Begins with the zones that are not left out.  All must outlive it.  From
 * here on, signals are blocked as system/signals.h has it.  Returns 0, or -1
 * with errno if signals cannot be waited for; it is to be closed all the same.
 */
int watch_open(struct watch *, const struct zones *, const struct watch_plan *,
    struct journal *);

/* Reads all for the first time, and starts the schedule. */
void watch_begin(struct watch *);

/*
 * Waits until it is time to read, and does so.  False when that was the last
 * time: all is written to the journal then, unless it is stuck.
 */
bool watch_next(struct watch *);

/*
 * When all is in the journal: hands it on, as long as somebody reads; else it
 * is stuck.
 */
void watch_finish(struct watch *);

/*
 * Tells whether it is time to show people how it goes: at most five times a
 * second.
 */
bool watch_shows(struct watch *);

/* Returns the id of this boot, "" if it is not known. */
const char *watch_boot_id(const struct watch *);

/* Frees what it holds. */
void watch_close(struct watch *);

#endif
