/* SPDX-License-Identifier: MIT */
/*
 * gauge -- a file with a counter, read again and again
 *
 * The file stays open and is read from its first byte.  One that vanishes, or
 * is replaced by another of its name, is opened anew.
 */
#ifndef TK_GAUGE_H
#define TK_GAUGE_H

#include "energy/counter.h"

struct gauge {
	const char *path; /* must outlive the gauge */
	int error;        /* errno of the last reading, if there was none */
	uint64_t uj;      /* the last value */

	/* gauge's own: */
	int fd;          /* -1: not open */
	bool dates;      /* when the file was written is wanted */
	bool dated;      /* and the file system knows it */
	int64_t checked; /* when it was last found to have a name */
	int64_t written;
};

/*
 * Begins; the file is opened by the first reading.  dates: the time when it
 * was written is wanted, too.
 */
void gauge_open(struct gauge *, const char *path, bool dates);

/*
 * Reads it: sets what a reading has of kind, uj and written.  Its ts must be
 * set: a value that stands still is doubted now and then.  Never waits.
 */
void gauge_read(struct gauge *, struct counter_reading *);

/* Closes the file. */
void gauge_close(struct gauge *);

#endif
