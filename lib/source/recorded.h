/* SPDX-License-Identifier: MIT */
/*
 * recorded -- events that come as records, as tk-record(5) has them
 */
#ifndef TK_RECORDED_H
#define TK_RECORDED_H

#include "source/item.h"
#include "source/wanted.h"

/* Room for the strings that had to be unescaped; starts zeroed. */
struct recorded {
	char *bytes;
	size_t n, cap;
	bool kernel; /* the present record is an event of the kernel */
};

/*
 * Reads a line that is to be a record into item; what that points to lives
 * as long as the line and until the next call.
 */
void recorded_read(struct recorded *, struct wanted *, struct str line,
    struct item *item);

void recorded_free(struct recorded *);

#endif
