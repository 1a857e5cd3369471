/* SPDX-License-Identifier: MIT */
/*
 * text -- lines of trace text: of the kernel, of trace-cmd report, or of perf
 * script
 *
 * An event usually is a line.  It is several where a comm or the bytes of an
 * address hold newlines; such an event is put together again, by looking
 * whether the next line begins something new.
 */
#ifndef TK_TEXT_H
#define TK_TEXT_H

#include "source/item.h"
#include "source/refused.h"
#include "source/wanted.h"
#include "stream/input.h"

/* What is remembered from line to line; starts zeroed, needs no end. */
struct text {
	struct header_prefix prefix;
	struct header ahead;   /* of the line after the present one */
	struct str ahead_line; /* that line; p NULL: its header is not known */
	char name[2][HEADER_NAME_MAX]; /* for the present one, and ahead */
	unsigned turn;                 /* which of them is the present one's */
	bool perf;                     /* the last event was of perf script */
	bool opened;                   /* a trace began, and had no event yet */
	bool any;                      /* there was an event since then */
	enum refused like; /* what the last line that was none looked like */
};

/*
 * Reads the present line of in, with those that belong to it, into item; what
 * that points to lives until the input moves on.  ITEM_REFUSED where what
 * begins here, before any event, is text that says too little (refused.h).
 */
void text_read(struct text *, struct wanted *, struct input *in,
    struct item *item);

#endif
