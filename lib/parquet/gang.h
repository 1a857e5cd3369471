/* SPDX-License-Identifier: MIT */
/*
 * gang -- threads that do jobs, begun in the order in which they are given
 *
 * There is a thread for each processor that the process may use, up to
 * GANG_MAX; with one processor there is none, and a job is done when it is
 * given.  What comes out of a job must not depend on that.
 */
#ifndef TK_GANG_H
#define TK_GANG_H

#include <stdbool.h>

enum { GANG_MAX = 4 };

struct gang; /* opaque */

/*
 * A job, the giver's, which stays where it is until it is done.  who is the
 * number of the thread that does it, from 0 to below gang_size.
 */
struct gang_job {
	void (*work)(void *arg, unsigned who);
	void *arg;
	/* gang's own: */
	struct gang_job *next;
	bool done;
};

/* Returns a gang of so many threads; 0: the usual number. */
struct gang *gang_new(unsigned threads);

/* Ends the threads, when all jobs are done. */
void gang_free(struct gang *);

unsigned gang_size(const struct gang *);

void gang_give(struct gang *, struct gang_job *);

/* Tells whether a job is done; wait for that. */
bool gang_is_done(struct gang *, const struct gang_job *);
void gang_wait(struct gang *, const struct gang_job *);

#endif
