/* SPDX-License-Identifier: MIT */
/*
 * symbol -- names of values and of bits, as an event's format gives them
 *
 * The print fmt of a format is the C text by which the kernel prints the
 * event.  Fields that are shown by name are arguments of
 *
 *	__print_symbolic(REC->x, { 1, "ONE" }, { 2, "TWO" })
 *	__print_flags(REC->x & 0xff, "|", { 0x1, "A" }, { 1 << 1, "B" })
 *
 * (include/trace/stages/stage3_trace_output.h), where values are constants or
 * expressions of constants; the list ends early at a name of ((void *)0).  In
 *
 *	REC->x ? __print_flags(REC->x, "|", { 0x1, "A" }) : "none"
 *
 * 0 has a name as well.  Only these are read; the text around them may be
 * anything, so a format whose print fmt no parser understands keeps its names.
 */
#ifndef TK_SYMBOL_H
#define TK_SYMBOL_H

#include <stdint.h>

#include "base/str.h"

struct symbols; /* opaque */

/* One such call in a print fmt; points into its text. */
struct symbols_call {
	struct str field; /* whose value it names; n 0: not that of one alone */
	struct str text;  /* between its brackets */
	struct str none;  /* "name" of 0, as below; or n 0 */
	bool flags;       /* of bits, not of values */
	bool wide;        /* of 64 bits, whatever a long is */
};

/* Steps to the next call in what is left of the text; false at its end. */
bool symbols_next(struct str *rest, struct symbols_call *out);

/*
 * Steps to the next argument of the print fmt, its text of the event's fields
 * being the first; false at its end.
 */
bool symbols_argument(struct str *rest, struct str *out);

/*
 * Returns the names that a call gives, to be freed by symbols_free, for a
 * kernel with that size of long; NULL where they are not understood, or the
 * call shows something else of the field than all or some of its bits.
 */
struct symbols *symbols_new(const struct symbols_call *, unsigned long_size);
void symbols_free(struct symbols *);

/*
 * The same for the names alone, whatever the call shows by them: symbols_print
 * then takes any value.  Those whose value is no constant are left out.
 */
struct symbols *symbols_named(const struct symbols_call *, unsigned long_size);

/* Returns how many bytes the longest text of symbols_print may have. */
size_t symbols_room(const struct symbols *);

/*
 * Writes value as the kernel does (trace_print_symbols_seq and
 * trace_print_flags_seq of kernel/trace/trace_output.c): its name, or 0x and
 * the number where it has none; or the names of its bits with the call's
 * delimiter between them, and what is left as a number.  False where the call
 * shows some bits of the field only, and value has others, and where no bits
 * are no text: what is best then is the number.
 */
bool symbols_print(const struct symbols *, uint64_t value, char *out,
    size_t *n);

#endif
