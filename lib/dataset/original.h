/* SPDX-License-Identifier: MIT */
/*
 * original -- a switch in a line, as collect_traces.py of KernelOracle finds it
 *
 * That program searches each line that does not begin with #, behind white
 * space, for this regular expression of Python (without the blanks):
 *
 *	\[(\d+)\] .+? (\d+\.\d+):\s+ sched_switch:\s+ prev_comm=(.+?)\s+
 *	prev_pid=(\d+)\s+ prev_prio=(\d+)\s+ prev_state=(\S+)\s+ ==>\s+
 *	next_comm=(.+?)\s+ next_pid=(\d+)\s+ next_prio=(\d+)
 *
 * So a switch of a priority below 0 or of a task without a name is not found,
 * a CPU may be found in the name of a task, and names lose the white space at
 * their ends.  \s and \d are of Unicode (character.h).
 */
#ifndef TK_ORIGINAL_H
#define TK_ORIGINAL_H

#include "base/str.h"

/* What the groups of the expression hold, within the line. */
struct original_switch {
	struct str cpu, time, prev_comm, prev_state, next_comm, next_pid;
};

/*
 * Splits the first line off *rest, without its end: \n, \r or both.  False at
 * the end.
 */
bool original_line(struct str *rest, struct str *line);

/*
 * Tells, quickly, whether there may be a switch in some lines: in most that
 * have none there is not.
 */
bool original_may(struct str lines);

/* Finds the switch in a line; false if there is none.  O(line.n). */
bool original_find(struct str line, struct original_switch *);

#endif
