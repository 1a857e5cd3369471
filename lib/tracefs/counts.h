/* SPDX-License-Identifier: MIT */
/*
 * counts -- what the ring buffer of a CPU has counted
 *
 * per_cpu/cpuN/stats tells it (tracing_stats_read of kernel/trace/trace.c).
 * Of all events that were written those that are not read yet are entries,
 * and for ever lost are the sum of overrun, commit_overrun and dropped.
 */
#ifndef TK_COUNTS_H
#define TK_COUNTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct counts {
	int cpu;
	uint64_t entries;        /* events in the buffer */
	uint64_t overrun;        /* that newer ones took the place of */
	uint64_t commit_overrun; /* nested, that found no place */
	uint64_t dropped;        /* that found no place: nooverwrite mode */
	uint64_t read;           /* that were read out of it */
	uint64_t oldest; /* time of the oldest, in ns, at most a us before */
	uint64_t now;    /* of the trace's clock, the same */
	bool ticks;      /* these two are no ns, but units of the clock */
};

/*
 * Reads the text of a stats file; what it does not have stays as it was.
 * False where it has no number of read events.
 */
bool counts_parse(struct counts *, struct str text);

/* Reads it from its descriptor, from the front.  0, or -1 with errno. */
int counts_read(struct counts *, int fd);

/* Reads the name of a CPU's folder in per_cpu, "cpuN"; false if it is none. */
bool counts_cpu(const char *name, int *cpu);

/* Returns how many events were lost. */
uint64_t counts_lost(const struct counts *);

#endif
