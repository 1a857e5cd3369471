/* SPDX-License-Identifier: MIT */
/*
 * progress -- a line on the terminal that tells how far an input is read
 *
 * Programs include cli.h and need no function of this.
 */
#ifndef TK_PROGRESS_H
#define TK_PROGRESS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *name;     /* of what is shown, or NULL */
	bool visible;         /* there is a line to clear */
	int64_t began, drawn; /* ms of the monotonic clock */
};

/*
 * Draws the line on stderr, unless it was drawn a moment ago: at bytes of
 * size were read of what has this name.
 */
void progress_show(struct progress *, const char *name, uint64_t at,
    uint64_t size);

/* Draws what vprintf(3) would print, unless that was done a moment ago. */
void progress_say(struct progress *, const char *fmt, va_list)
    __attribute__((format(printf, 2, 0)));

/* Takes the line away, where there is one. */
void progress_clear(struct progress *);

#endif
