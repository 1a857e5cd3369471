/* SPDX-License-Identifier: MIT */
/*
 * state -- prev_state of sched_switch, in one alphabet whatever the kernel
 *
 * Which bit is which state differs between kernels: 16 is X since 4.14 and
 * was Z before, and the bit of a preempted task moved three times.  The
 * event's own print fmt has the letters, include/trace/events/sched.h.
 */
#ifndef TK_STATE_H
#define TK_STATE_H

#include <stdint.h>

#include "base/str.h"

struct states; /* opaque */

/*
 * Returns the states that the print fmt of sched_switch names, to be freed by
 * states_free; those of Linux 4.14 and newer where it names none.
 */
struct states *states_new(struct str print_fmt);
void states_free(struct states *);

/*
 * Writes a prev_state in the letters that tk-record(5) names: R S D T t X Z P
 * I, with | between several, and + behind them for a task that was preempted.
 * What else kernels print is no state of its own: x is X; K (a fatal signal
 * wakes it), W (it is being woken) and N (it adds no load) are left out where
 * they stand beside others, but D|N is I (TASK_IDLE of include/linux/sched.h).
 * Returns how many bytes of out, which has room for STATES_TEXT, it wrote.
 */
enum { STATES_TEXT = 24 };
size_t states_print(const struct states *, uint64_t value, char *out);

#endif
