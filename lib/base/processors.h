/* SPDX-License-Identifier: MIT */
/*
 * processors -- how many threads can run at once
 */
#ifndef TK_PROCESSORS_H
#define TK_PROCESSORS_H

/*
 * Returns how many processors this process may use (sched_getaffinity(2)), or
 * 1 where there are more than a cpu_set_t holds.
 */
unsigned processors(void);

#endif
