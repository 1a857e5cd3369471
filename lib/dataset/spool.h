/* SPDX-License-Identifier: MIT */
/*
 * spool -- rows that wait on disk until it is known where they belong
 *
 * They are written once and then read once, in the same order.  The file
 * has no name, so it is gone when the program is, however that ends.
 *
 *	spool_open(spool, "/var/tmp");
 *	output_str(&spool->out, text);
 *	spool_end_row(spool, group, cells, ts);
 *	...
 *	spool_rewind(spool);
 *	while (spool_next(spool, &row))
 *		...
 *	if (spool->err != 0)
 *		...
 */
#ifndef TK_SPOOL_H
#define TK_SPOOL_H

#include <stdio.h>

#include "stream/output.h"

struct spool_row {
	uint64_t group;
	struct str text;
	size_t cells; /* in text; or what else its writer wants to know */
	int64_t ts;   /* in ns, or -1 */
};

struct spool {
	struct output out; /* takes the text of a row, which has no NUL */
	int err;           /* errno of what failed, or 0; sticky */

	/* spool's own: */
	FILE *back; /* for reading */
	char *text;
	size_t cap;
};

/*
 * Makes the file in the directory dir, which must outlive the spool.  0, or
 * -1 with err and errno set.
 */
int spool_open(struct spool *, const char *dir);

/* Ends the row whose text went to out. */
void spool_end_row(struct spool *, uint64_t group, size_t cells, int64_t ts);

/* Drops all rows that were written; what fails is in err. */
void spool_restart(struct spool *);

/* Ends the writing, and begins the reading.  0, or -1 with err set. */
int spool_rewind(struct spool *);

/* Reads the next row, good until the next call; false at the end. */
bool spool_next(struct spool *, struct spool_row *);

/* Frees everything; the spool may be all zero. */
void spool_close(struct spool *);

#endif
