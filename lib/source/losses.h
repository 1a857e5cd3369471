/* SPDX-License-Identifier: MIT */
/*
 * losses -- what the ring buffers lost, and the trace did not say
 *
 * In nooverwrite mode the kernel drops what finds no place, and no line and
 * no page tells of it: only per_cpu/cpuN/stats does.  Of events that newer
 * ones took the place of (overrun) most forms tell some or all.  So what is
 * unseen is the sum of both less what the trace told.
 */
#ifndef TK_LOSSES_H
#define TK_LOSSES_H

#include "source/metadata.h"

/* What the trace told of a CPU. */
struct told {
	uint64_t count;
	bool uncounted; /* there was a mark that tells no count */
};

struct losses {
	struct told *told; /* by CPU */
	size_t n, cap;
	struct told anywhere; /* marks that do not tell which CPU */
};

/* Notes a mark; cpu and count are below 0 where it does not tell. */
void losses_note(struct losses *, int cpu, int64_t count);

/*
 * Returns how many events of the CPU of these stats were lost and not told.
 * Each is to be asked for once.
 */
uint64_t losses_unseen(struct losses *, const struct cpu_stats *);

/* Forgets all; keeps the memory until losses_free. */
void losses_clear(struct losses *);
void losses_free(struct losses *);

#endif
