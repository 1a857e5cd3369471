/* SPDX-License-Identifier: MIT */
/*
 * steps -- how an event becomes text: what to do, one after the other
 *
 * A print fmt is compiled into these once (printfmt.h); an event then costs a
 * walk through them.  Each has text to write first, and then a field, a
 * number, or what else its kind says.  Jumps go forward only.
 */
#ifndef TK_STEPS_H
#define TK_STEPS_H

#include "source/conversion.h"
#include "source/dump.h"
#include "source/formula.h"
#include "source/plan.h"
#include "source/symbol.h"

enum step_kind {
	STEP_TEXT,    /* nothing but its text */
	STEP_COMM,    /* 16 bytes at an offset, up to the first NUL */
	STEP_DECIMAL, /* a number without anything else */
	STEP_NUMBER,  /* one by its conversion */
	STEP_CHAR,    /* a byte */
	STEP_POINTER, /* a number behind 0x */
	STEP_NAMES,   /* of a value or its bits */
	STEP_DUMP,    /* bytes, of which a formula may tell how many */
	STEP_MARK,    /* here begins a text that is to be cut or padded */
	STEP_CUT,     /* it has so many bytes at most */
	STEP_PAD,     /* it is as wide as a conversion says */
	STEP_UNLESS,  /* goes on elsewhere if a number is 0 */
	STEP_GOTO,    /* goes on elsewhere */
};

struct step {
	enum step_kind kind;
	struct ctype type; /* DECIMAL */
	bool limited;      /* DUMP: value tells how much of it */
	unsigned scale;    /* DUMP: bytes to one of value */
	struct str text;   /* which is the steps' */
	struct formula value;
	const struct symbols *names;
	struct conversion conversion;
	struct dump dump;
	enum field_place place; /* of COMM and DUMP */
	unsigned offset, size;
	size_t to; /* UNLESS, GOTO: the number of a step */
};

/* Begins zeroed. */
struct steps {
	struct step *step;
	size_t n, cap;
	char *text; /* that no step has yet */
	size_t text_n, text_cap;
	size_t room, wide; /* bytes of text: in all, and for each of data */
};

/*
 * Adds a step, of which all but text is given; what its pointers point to
 * becomes the steps'.  Returns its number.
 */
size_t steps_add(struct steps *, const struct step *);

/* Adds text. */
void steps_text(struct steps *, const char *p, size_t n);

/* Returns the number of the step that will be next, to jump to it. */
size_t steps_here(struct steps *);

/* Says that there are no more; false where they would need too much room. */
bool steps_end(struct steps *);
void steps_free(struct steps *);

/*
 * Writes the text of an event, whose data is at least as long as its format
 * says, to out, which has room for room + wide * n bytes.  Returns the place
 * behind, or NULL where a field lies outside the data.
 */
char *steps_run(const struct steps *, const uint8_t *data, size_t n, bool swap,
    char *out);

#endif
