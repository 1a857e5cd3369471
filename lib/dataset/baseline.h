/* SPDX-License-Identifier: MIT */
/*
 * baseline -- rows as the older pipeline of KernelOracle reads them
 *
 *	task_code,time,name,pid
 *
 * Its convert_to_baseline.py makes such a file of another data set: the code is
 * 0, the time is when the switch was.  The document of collect_traces.py
 * (paragraph 8) says otherwise: the code is a character that stands for the
 * name, the time is that since the row before.  There is a kind for each.
 */
#ifndef TK_BASELINE_H
#define TK_BASELINE_H

#include "stream/output.h"

enum baseline_kind {
	BASELINE_NONE,
	BASELINE_TIME, /* as the script has it */
	BASELINE_DIFF, /* as the document does */
};

enum { BASELINE_COLUMNS = 4 };
extern const char *const baseline_column[BASELINE_COLUMNS];

/* Finds a kind by its name, "time" or "diff"; NULL is the first. */
bool baseline_kind(const char *name, enum baseline_kind *);

struct baseline; /* opaque */

/* Returns what such rows are written with, to be freed; of no kind NULL. */
struct baseline *baseline_new(enum baseline_kind);
void baseline_free(struct baseline *);

/* Tells whether a row holds the time since the one before. */
bool baseline_tells_difference(const struct baseline *);

/*
 * Writes a row of what the other columns hold: a time, or a difference, in
 * seconds with places.  Zeros at the end of a time are left out, but for the
 * first place, as a number loses them that Python prints.
 *
 * Codes are given in the order in which names come: A to Z, a to z, 0 to 9;
 * then AA, AB, ..., 99; then those of three characters, and so on.
 */
void baseline_put(struct baseline *, struct output *, struct str time,
    struct str name, struct str pid);

#endif
