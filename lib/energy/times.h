/* SPDX-License-Identifier: MIT */
/*
 * times -- whether the times of two streams can be compared
 *
 * A "trace" record may tell the clock and, as boot_id, the boot of the machine
 * (/proc/sys/kernel/random/boot_id).  Where both streams tell one of them, it
 * has to be the same.
 */
#ifndef TK_TIMES_H
#define TK_TIMES_H

#include "record/json.h"
#include "stream/output.h"

struct times {
	char *clock, *boot, *host; /* NULL where it is not known */
};

/* Keeps what a trace record tells; the first one counts. */
void times_keep(struct times *, const struct json *trace);

/*
 * Writes why the times of one stream, from a file of that name, say nothing of
 * another's, with a NUL behind it; nothing if they do.
 */
void times_compare(const struct times *, const char *name,
    const struct times *samples, struct output *why);

/* Tells whether a trace record names another clock, boot or host. */
bool times_differ(const struct times *, const struct json *trace);

/* Frees what it holds. */
void times_free(struct times *);

#endif
