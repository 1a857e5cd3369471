/* SPDX-License-Identifier: MIT */
/*
 * report -- what a data set is, in words for those who made it
 */
#ifndef TK_REPORT_H
#define TK_REPORT_H

#include "dataset/meta.h"

/*
 * Writes a table of the files: rows, traces or other groups, categories,
 * events lost where they are known by trace.
 */
void report_table(struct output *, const struct meta *);

/*
 * Writes what those who use the data set should know of it, a line each.  told
 * is how many bad lines were told already.
 */
void report_warnings(struct output *, const struct meta *, uint64_t told);

/*
 * Writes the traces whose category no document tells, and what was taken for
 * it: the first few of them, and how many more there are.
 */
void report_inferred(struct output *, const struct collection *);

#endif
