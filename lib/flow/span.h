/* SPDX-License-Identifier: MIT */
/*
 * span -- the work of a service on one request, and trees of such work
 *
 * A span begins when a request's data are in the hands of a thread and ends
 * when the last byte of the answer was sent.  The requests that the service
 * makes meanwhile have spans of their own, its children; the tree grows from
 * the request that came from outside, or from one whose origin is not known
 * (an orphan).
 *
 * A tree is open while anything may still be added to it, then done, and
 * goes as a whole.  Others who keep a span use a span_ref, which finds
 * nothing once the span is gone.  Memory of spans and trees is used again.
 */
#ifndef TK_FLOW_SPAN_H
#define TK_FLOW_SPAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"

/* How the parent of a span was found. */
enum span_link {
	SPAN_ROOT,    /* it has none: the request came from the gateway */
	SPAN_DIRECT,  /* the only span that the calling thread worked on */
	SPAN_FIFO,    /* the oldest of several, as they take turns */
	SPAN_CONNECT, /* the one for which the connection was opened */
	SPAN_FORK,    /* the one at which the calling thread was forked */
	SPAN_GUESS,   /* the calling thread's, though its call was not seen */
	SPAN_ORPHAN,  /* not found */
};

struct span {
	uint64_t number; /* from 1; 0: this memory is free */
	struct tree *tree;
	struct span *parent;          /* NULL at the root of a tree */
	struct span *child, *sibling; /* its first; the parent's next */
	struct span *last_child;
	size_t service; /* number, see service.h */
	int64_t tid;    /* of the thread that received it */
	struct endpoint local, peer;
	int64_t start, end; /* ns; end is -1 while no answer was sent */
	int64_t arrival;    /* when the data came to the socket; -1: unseen */
	enum span_link link;
	uint32_t candidates; /* how many parents were possible */
	bool lost;           /* events were lost while it was open */
	bool over;           /* a newer request came after it */
	bool called;         /* a call was made for it since it was received */
	size_t calls;        /* that are not answered yet */
	uint64_t lost_marks; /* how many there had been when it began */
	uint64_t armed;      /* when last, see continuation.h; 0: never */
};

struct tree {
	struct span *root;
	uint64_t number; /* of the request, from 1; 0: an orphan's */
	size_t spans;
	size_t unanswered; /* spans without an end */
	size_t calls;      /* that were made and not answered yet */
	bool closed;       /* the root has ended for good */
	bool done;         /* nothing more is added */
	int64_t active;    /* when something last happened to it */
	/* Among all that are open, in the order of their roots. */
	struct tree *before, *after;
	/* Among those that wait for a while to pass, the longest first. */
	struct tree *sooner, *later;
	bool waits;
};

struct span_ref {
	struct span *span;
	uint64_t number;
};

struct spans; /* opaque: all of them */

/* Returns no spans, to be freed by spans_free; they go with it. */
struct spans *spans_new(void);
void spans_free(struct spans *);

/*
 * Returns a new span that begins at start: below parent, or at the root of a
 * tree of its own if that is NULL, with the number of the request (0 for an
 * orphan).  Its other fields are the caller's to fill.
 */
struct span *spans_add(struct spans *, struct span *parent, uint64_t request,
    int64_t start);

static inline struct span_ref
span_ref(struct span *s)
{
	return (struct span_ref){ s, s != NULL ? s->number : 0 };
}

/* Returns the span, or NULL if its tree is done or there was none. */
static inline struct span *
span_get(struct span_ref ref)
{
	if (ref.span == NULL || ref.span->number != ref.number ||
	    ref.span->tree->done)
		return NULL;
	return ref.span;
}

/* Says that part of an answer was sent at ts. */
void spans_answer(struct spans *, struct span *, int64_t ts);

/* Say that a call was made for a span, or that one was answered, at ts. */
void spans_call(struct spans *, struct span *, int64_t ts);
void spans_return(struct spans *, struct span *, int64_t ts);

/*
 * Moves a child, and all below it, below another span that has no parent
 * among those, as its last child; or to a tree of its own as an orphan, if
 * parent is NULL.
 */
void spans_move(struct spans *, struct span *child, struct span *parent);

/*
 * Says that nothing more will be sent in answer to this request.  If it is
 * the root, the tree is done as soon as nothing is open in it.
 */
void spans_close(struct spans *, struct span *, int64_t ts);

/*
 * Lets trees be done whose root has answered, or is closed, and of which
 * nothing was heard since before.
 */
void spans_expire(struct spans *, int64_t before);

/* Lets all trees be done. */
void spans_finish(struct spans *);

/*
 * Returns the next tree that is done, or NULL.  It and its spans are gone
 * with the next call.
 */
struct tree *spans_next(struct spans *);

/* Steps through a tree, parents before children, from NULL to NULL. */
struct span *tree_step(const struct tree *, const struct span *);

/* Returns how far below the root a span is: 0 for the root itself. */
unsigned span_depth(const struct span *);

/* Returns the word for a link, as records have it. */
const char *span_link_name(enum span_link);

#endif
