/* SPDX-License-Identifier: MIT */
/*
 * link -- what the rules work on that find out which request belongs where
 *
 * A message is data that a thread sent or received on a socket: the first of
 * its direction on a connection, or more of the same.  The first from the
 * client is a request: where the sender is traced, the span that it works for
 * becomes the parent (call.h); at the server it becomes a span (serve.h).
 * The first from the server is the answer, which ends the span, and lets the
 * caller go on.
 *
 * A rule that knows more of who hands what to whom arms a span for another
 * thread, or chooses among those that are armed (continuation.h).
 */
#ifndef TK_LINK_H
#define TK_LINK_H

#include "flow/service.h"
#include "flow/thread.h"

/* What happened, for those who want to follow (tk-krflow -V). */
enum step_kind {
	STEP_REQUEST_SENT,
	STEP_REQUEST_RECEIVED,
	STEP_ANSWER_SENT,
	STEP_ANSWER_RECEIVED,
	STEP_FORK,
};

struct step {
	enum step_kind kind;
	int64_t ts;
	int service;
	int64_t tid, child;       /* child: the thread that was forked */
	struct endpoint from, to; /* of the message */
};

struct link {
	struct services *services;
	struct threads *threads;
	struct connections *connections;
	struct spans *spans;

	uint64_t armed;      /* counts the arming of spans */
	uint64_t lost_marks; /* in the trace, so far */
	uint64_t gaps;       /* calls whose return was not seen */
	uint64_t requests;   /* numbers of roots */

	/* Counts of what was given. */
	uint64_t span_count, orphans;

	struct step step; /* of the event that was fed last */
	bool has_step;
};

/* Sets it up; services are the caller's. */
void link_start(struct link *, struct services *);
void link_stop(struct link *);

/*
 * Returns the service that a thread belongs to, by its socket if need be.  It
 * is remembered if sure: the thread has read from that socket.
 */
int link_service(struct link *, struct thread *, const struct endpoint *local,
    bool sure);

/* Finds out which side of a new connection is the client. */
void link_roles(struct link *, struct connection *);

/* Says that a span can be gone on with by a thread. */
void link_arm(struct link *, struct thread *, struct span *);

/* Says that the last call of a connection is over, answered or not. */
void link_end_call(struct link *, struct connection *, int64_t ts);

/*
 * Says that a thread begins to send a message to a side, in its present call:
 * an arrival there that was noted before is that of another message.
 */
void link_begin_message(const struct thread *, struct connection *,
    unsigned to);

/* Keeps as a step what a thread did; the message is from that side. */
void link_note(struct link *, enum step_kind, struct thread *,
    const struct connection *, unsigned from, int64_t ts);

#endif
