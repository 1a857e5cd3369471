/* SPDX-License-Identifier: MIT */
/*
 * plan -- how a field of an event is to be shown
 *
 * What it is shows in its declaration, in its name where the type says bytes
 * and no more, and in how the event's print fmt prints it.
 */
#ifndef TK_PLAN_H
#define TK_PLAN_H

#include "base/str.h"
#include "source/state.h"
#include "source/symbol.h"

/* How the bytes of a field are shown, see render.h. */
enum field_form {
	FORM_UNSIGNED,
	FORM_SIGNED,
	FORM_BOOL,
	FORM_POINTER,
	FORM_CHARS,    /* text up to the first NUL, or all of it */
	FORM_ADDRESS,  /* 4 or 16 bytes in network order */
	FORM_SOCKADDR, /* struct sockaddr_in or sockaddr_in6, else an array */
	FORM_BITMASK,  /* of longs, whose size is element */
	FORM_ARRAY,    /* of integers */
	FORM_STATE,    /* prev_state of sched_switch */
};

/* Where the bytes of a field are. */
enum field_place {
	PLACE_HERE,     /* at its offset */
	PLACE_DYNAMIC,  /* __data_loc: there is where, from the front */
	PLACE_RELATIVE, /* __rel_loc: the same, from behind this field */
	PLACE_REST,     /* from its offset to the end of the data */
};

struct format_field {
	struct str key;
	struct str label; /* see field_label */
	enum field_form form;
	enum field_place place;
	unsigned offset, size;         /* in bytes */
	unsigned element;              /* size of what is in it, of an array */
	bool is_signed;                /* what is in it */
	const struct symbols *symbols; /* or NULL */
	const struct states *states;   /* of FORM_STATE */
};

/* What the declaration of a field says. */
struct plan {
	struct str type, name; /* as in C; type with its brackets */
	unsigned offset, size, element;
	bool is_array, is_dynamic, is_relative, is_signed;
};

/*
 * Fills in *out but key, symbols and states.  False where there is nothing to
 * show: it has no bytes.
 */
bool plan_make(const struct plan *, struct str print_fmt, unsigned long_size,
    struct format_field *out);

/*
 * Returns how many bytes its text has at most, apart from its symbols; 0 where
 * nothing is printed, or the data of the event tells.  PLAN_BYTE is the text
 * of a byte of the latter.
 */
size_t plan_room(const struct format_field *);
enum { PLAN_BYTE = 6 };

/* Tells whether its text grows with the data of the event. */
bool plan_is_wide(const struct format_field *);

#endif
