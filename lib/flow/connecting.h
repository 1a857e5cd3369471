/* SPDX-License-Identifier: MIT */
/*
 * connecting -- connections that are being opened, until they are open
 *
 * When a client begins, its end has no port yet, so there is no connection to
 * speak of.
 */
#ifndef TK_CONNECTING_H
#define TK_CONNECTING_H

#include "flow/span.h"

struct opening {
	uint64_t pointer; /* of the socket, or 0 */
	struct endpoint remote;
	int64_t tid;           /* who opens it */
	struct span_ref bound; /* for which span, if any */
	uint32_t candidates;
};

/* All of them, the oldest first; starts zeroed. */
struct connecting {
	struct opening *item;
	size_t n, cap;
};

/* So many at once; should there be more, the oldest is forgotten. */
enum { CONNECTING_MAX = 4096 };

void connecting_add(struct connecting *, const struct opening *);

/*
 * Takes out the one with that pointer or, where none is told (0), the oldest
 * with that remote end; false if there is none.
 */
bool connecting_take(struct connecting *, uint64_t pointer,
    const struct endpoint *remote, struct opening *out);

/* Forgets them all. */
void connecting_free(struct connecting *);

#endif
