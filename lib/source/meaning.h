/* SPDX-License-Identifier: MIT */
/*
 * meaning -- what the text of a field means, where its layout says so
 *
 * A kind of more than one letter in a layout (layout.h), and some of one, say
 * how a field is printed and what it is in the event's format:
 *
 *	x X	a number in hexadecimal, with or without 0x
 *	x32 x64	the bits of one of so many with a sign, so; also X32 and X64
 *	peek	the same as X32, of flags that have MSG_PEEK; no others fit
 *	o O	a number in octal
 *	u32 u64	one without a sign, printed as if it had one
 *	s32 s64	one with a sign, printed as if it had none
 *	b	true or false, or 1 or 0
 *	p	a pointer
 *	a	a number, printed as a pointer
 *	f F	a pointer, or a number, printed as function+0x12/0x34, where
 *		/0x34 may be missing, and " [MODULE]" may follow
 *	dev	a device, as major,minor or major:minor: the kernel's number
 *	handle	major:minor in hexadecimal, of a queueing discipline: the same
 *	page	a number of pages of 4 KiB, printed as bytes
 *	ioprio	class,hint,level of a priority of I/O: the number of the three
 *	timer	CPU idx=SLOT flags=NAMES, of a timer: its flags
 *	array	numbers of 64 bits, or of 32, in hexadecimal with commas or
 *	array32	blanks between, with or without braces around
 *	list	numbers with signs, in decimal with commas between
 *	bytes	bytes in hexadecimal of two digits, with anything between
 *	ip ip6	an address, of IPv4 and of IPv6
 *	v	text, of which nothing more is known
 *	t	text of which the format has the address only
 *
 * or else the set (sets.h) of which the text has names.  In key=value, as
 * trace-cmd report -R prints events, x and o are decimal, and X and O are not.
 */
#ifndef TK_MEANING_H
#define TK_MEANING_H

#include "source/field.h"
#include "source/sets.h"
#include "source/value.h"

enum sense {
	SENSE_HEX,
	SENSE_HEX32,
	SENSE_PEEK,
	SENSE_HEX64,
	SENSE_OCTAL,
	SENSE_UNSIGNED32,
	SENSE_UNSIGNED,
	SENSE_SIGNED32,
	SENSE_SIGNED,
	SENSE_BOOLEAN,
	SENSE_POINTER,
	SENSE_NUMBER,
	SENSE_FUNCTION,
	SENSE_PLACE,
	SENSE_DEVICE,
	SENSE_HANDLE,
	SENSE_PAGES,
	SENSE_PRIORITY,
	SENSE_TIMER,
	SENSE_ARRAY,
	SENSE_ARRAY32,
	SENSE_LIST,
	SENSE_BYTES,
	SENSE_ADDRESS,
	SENSE_ADDRESS6,
	SENSE_TEXT,
	SENSE_STRING,
	SENSE_SET,
};

struct meaning {
	enum sense sense;
	bool bare; /* it is printed so in key=value, too */
	char span; /* how long it is, see span.h */
	const struct set *set;
	bool module; /* the name of a module may follow */
	bool plain;  /* text of no form of its own */
};

/* Finds what a kind means; false where it is none of these. */
bool meaning_find(struct str kind, struct meaning *out);

/* Tells whether text may be of that meaning, where others mean otherwise. */
bool meaning_fits(const struct meaning *, struct str text);

/*
 * Gives a field of that meaning its one form; pair tells that it comes from
 * key=value.  False where its text is not of the kind.
 */
bool meaning_take(const struct meaning *, struct value_room *, struct field *,
    bool pair);

#endif
