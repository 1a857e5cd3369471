/* SPDX-License-Identifier: MIT */
/*
 * thread -- the threads of an application, and what each is doing
 */
#ifndef TK_THREAD_H
#define TK_THREAD_H

#include "flow/connection.h"
#include "flow/continuation.h"
#include "flow/duty.h"

enum thread_call {
	THREAD_NO_CALL,
	THREAD_SENDS,    /* in a system call that may send */
	THREAD_RECEIVES, /* in one that may receive */
};

enum { THREAD_RECENT = 8 };

struct thread {
	int64_t tid;
	int service;         /* number, SERVICE_UNKNOWN or SERVICE_OUTSIDE */
	int cpu;             /* where it was seen last */
	int64_t seen;        /* and when */
	uint64_t interrupts; /* how many there had been there */
	struct continuations next;
	struct duties duties;
	struct socket served; /* on which it received a request last */

	enum thread_call call;
	int64_t fd;           /* of the call; -1: its entry was not seen */
	struct socket socket; /* of the call, once an event in it told */
	int64_t socket_ts;    /* when that was */
	int64_t entered;      /* when the call was */
	bool file;            /* it is for files as well as sockets */

	struct socket connected; /* by a connect() just now, not used yet */
	struct descriptor *descriptors;           /* its own list in threads */
	struct descriptor *recent[THREAD_RECENT]; /* by their last bits */
};

struct threads; /* opaque */

struct threads *threads_new(void);
void threads_free(struct threads *);

/* Returns the thread of that number, or NULL if it was not seen. */
struct thread *threads_find(struct threads *, int64_t tid);

/* Returns it in any case; a new one has SERVICE_UNKNOWN. */
struct thread *threads_get(struct threads *, int64_t tid);

/* Forgets a thread: it has exited. */
void threads_remove(struct threads *, int64_t tid);

/*
 * Says that events were lost on a CPU, or on any (-1): nobody knows in which
 * calls the threads are that were last seen there.  O(1), see threads_meet.
 */
void threads_interrupt(struct threads *, int cpu);

/*
 * Says that a thread is seen on a CPU (-1: not told) at ts.  If events were
 * lost since then where it was seen last, it is taken to be in no call.
 */
void threads_meet(struct threads *, struct thread *, int cpu, int64_t ts);

/*
 * Forgets threads that were not seen for long, now and then, if there are
 * many: their exits may not be in the trace.  Amortised O(1).
 */
void threads_sweep(struct threads *, int64_t now);

/* Remembers which socket a descriptor is, as this thread used it last. */
void threads_set_socket(struct threads *, struct thread *, int64_t fd,
    const struct socket *);

/* Finds that socket; false where there is none (any more). */
bool threads_get_socket(struct threads *, const struct thread *, int64_t fd,
    struct socket *out);

#endif
