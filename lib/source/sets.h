/* SPDX-License-Identifier: MIT */
/*
 * sets -- the numbers of which the kernel's events print names
 *
 * A set holds the names that the print fmt of an event's format gives to the
 * values of a field (__print_symbolic) or to its bits (__print_flags), by
 * which text is turned into the number that the trace had.  They are those of
 * Linux 6.18, of constants that keep their numbers from version to version;
 * names of others, such as the reasons for which the network drops packets,
 * are left as they are.
 */
#ifndef TK_SETS_H
#define TK_SETS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum set_kind {
	SET_ONE,     /* one of the names */
	SET_FLAGS,   /* names with a bar or a colon between; none is 0 */
	SET_LETTERS, /* letters, and blanks for bits that are not set */
	SET_BOOLEAN, /* one of the names, for true or false */
};

/*
 * NUMBER=NAME with a comma between, in one string; a number is in decimal or
 * in hexadecimal after 0x.
 */
struct set {
	const char *name;
	enum set_kind kind;
	const char *names;
};

/* Returns the set of that name, or NULL. */
const struct set *sets_find(struct str name);

/*
 * Finds the number that the text of a field stands for.  Numbers are as good
 * as names: the kernel prints those that have none.  False where the text has
 * other names.
 */
bool sets_number(const struct set *, struct str text, int64_t *out);

#endif
