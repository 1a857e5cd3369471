/* SPDX-License-Identifier: MIT */
/*
 * csv -- cells of comma-separated values, as RFC 4180 has them
 *
 * A cell stands between quotes only if it needs them: where it holds a
 * comma, a quote (which is doubled), a line feed or a carriage return; and
 * where it is the empty string, so that it differs from a cell without a
 * value, which is empty.  Lines end in a line feed.  The bytes are as they
 * come, but for NUL, which readers of CSV refuse or end at: it is \x00.
 */
#ifndef TK_CSV_H
#define TK_CSV_H

#include "stream/output.h"

/* Writes one cell.  O(s.n). */
void csv_put(struct output *, struct str s);

/* Takes the first row off a text of rows, with the end of its line. */
struct str csv_cut(struct str *text);

#endif
