/* SPDX-License-Identifier: MIT */
/*
 * verify -- whether a data set is still what it was when it was made
 *
 * dataset_meta.json tells the digests of the files, and of the traces or the
 * inputs (meta.h); those are computed again.
 */
#ifndef TK_VERIFY_H
#define TK_VERIFY_H

#include "stream/output.h"

/*
 * Checks the data set in a directory.  Writes a line for each file and trace
 * that is not there or differs, or for what is wrong with the document, and a
 * line of how many are as they were.  Traces are looked for where they were,
 * as seen from the present directory; one that is gone is told and does no
 * harm.  Tells whether all is well.  O(bytes of them all).
 */
bool verify_set(const char *dir, struct output *);

#endif
