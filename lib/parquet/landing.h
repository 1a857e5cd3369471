/* SPDX-License-Identifier: MIT */
/*
 * landing -- where the files go: to a folder, or one to a file or a stream
 *
 * A file that is none of the file system's own, such as a pipe, is written as
 * it is; all others are put on a shelf.
 */
#ifndef TK_LANDING_H
#define TK_LANDING_H

#include "parquet/shelf.h"

/* Starts zeroed. */
struct landing {
	struct output *out; /* what is written, or NULL */
	bool shelved;       /* it is in the shelf */
	struct shelf shelf;
	const char *file; /* the name of the only one, or NULL */

	/* landing's own: */
	struct output direct;
};

/*
 * Opens path, which is a folder unless there is but one file to be written,
 * and neither is it there as a folder nor ends in a slash.
 * 0, or -1 with errno.
 */
int landing_open(struct landing *, const char *path, bool one);

/* Gives the files their names.  0, or -1 with errno. */
int landing_commit(struct landing *);

void landing_close(struct landing *);

#endif
