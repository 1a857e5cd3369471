/* SPDX-License-Identifier: MIT */
/*
 * shift -- the times of a virtual machine as those of its host
 *
 * trace-cmd(1) measures now and then how far the clock of a guest is from
 * that of its host, each CPU apart, and keeps that in the option TIME_SHIFT
 * of the guest's trace.dat: the id of the host's trace (8 bytes), flags (4),
 * and the count of CPUs (4); then for each its count of samples (4), and of
 * all of these, 8 bytes each, the times, the offsets, and the factors; then,
 * in files since trace-cmd 3.0, for each CPU the bits of each factor that are
 * its fraction.  This works times out as libtracecmd does, but for factors
 * that would not go into its 64 bits.
 */
#ifndef TK_SHIFT_H
#define TK_SHIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct shift; /* opaque */

/* What shift_time returns where there is no such time. */
#define SHIFT_NONE UINT64_MAX

/*
 * Reads the bytes of the option.  To be freed by shift_free; NULL where they
 * are damaged.
 */
struct shift *shift_new(struct str option, bool big_endian);
void shift_free(struct shift *);

/*
 * Returns the host's time of a CPU's time, both in the units of the clock.
 * The sample before the time counts, or the first; of the last two the first
 * goes on counting.  O(log samples).
 */
uint64_t shift_time(const struct shift *, int cpu, uint64_t ts);

#endif
