/* SPDX-License-Identifier: MIT */
/*
 * rules -- what the fields of the kernel's events are, where looks mislead
 *
 * Some values do not show what they are: 1200000 may be hexadecimal, a name
 * may stand for a number.  For these there are rules, by the event and the
 * key; they are from the TP_printk of include/trace/events of Linux 6.18.
 */
#ifndef TK_RULES_H
#define TK_RULES_H

#include "base/str.h"

/* What a field is. */
enum what {
	LOOKS,    /* whatever it looks like */
	SIGNED,   /* of 64 bits; hexadecimal as those of a negative one too */
	SIGNED32, /* some print the bits of a negative one in decimal */
	HEX,      /* a number in hexadecimal without 0x */
	OCTAL,    /* one in octal, with or without 0 */
	POINTER,
	BOOLEAN,
	STATE,
	ADDRESS,
	ADDRESS6, /* one of 16 bytes whatever its name */
	SYMBOL,   /* a name that stands for a number */
	FUTEX,    /* the same, or an argument */
	ARGUMENT, /* of a system call: hexadecimal, with or without 0x */
};

/* The rules for an event, found once for each; constant. */
struct canon_kind;
const struct canon_kind *rules_for(struct str event);

/* Finds what a field of that name is. */
enum what rules_what(const struct canon_kind *, struct str key);

#endif
