/* SPDX-License-Identifier: MIT */
/*
 * thriftin -- read Thrift's compact protocol out of bytes in memory
 *
 * A struct is read field by field; what is not known is skipped:
 *
 *	struct thriftin_field f = { 0 };
 *
 *	while (thriftin_next(in, &f))
 *		switch (f.id) {
 *		case 3:
 *			rows = thriftin_integer(in, &f);
 *			break;
 *		default:
 *			thriftin_skip(in, &f);
 *		}
 *
 * Nothing is read beyond the end.  The first thing that is wrong is kept in
 * why; from then on there are no more fields and all values are 0, so that
 * only the end need look.  The format is that of apache/thrift,
 * doc/specs/thrift-compact-protocol.md.
 */
#ifndef TK_THRIFTIN_H
#define TK_THRIFTIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct thriftin {
	const char *p, *end; /* what is not read yet */
	const char *why;     /* what is wrong, or NULL */
	/*
	 * It is wrong because it ends too soon: with more bytes it may not
	 * be.
	 */
	bool cut;
};

/* A field of a struct; starts zeroed with each struct. */
struct thriftin_field {
	int32_t id;
	unsigned type; /* thriftin's own, as is the next */
	unsigned element;
};

/* Steps to the next field; false at the end of the struct, or if wrong. */
bool thriftin_next(struct thriftin *, struct thriftin_field *);

/* Return the value of a field; it is wrong if that is of another type. */
int64_t thriftin_integer(struct thriftin *, const struct thriftin_field *);
int32_t thriftin_int32(struct thriftin *, const struct thriftin_field *);
bool thriftin_boolean(struct thriftin *, const struct thriftin_field *);
struct str thriftin_bytes(struct thriftin *, const struct thriftin_field *);

/*
 * Says that the value of the field is a struct, whose fields come next, or
 * that a struct is the field's element of a list.
 */
void thriftin_struct(struct thriftin *, const struct thriftin_field *);

/*
 * Returns how many elements the list of a field has, never more than bytes
 * are left.  The elements follow, and are read with *element as their field.
 */
size_t thriftin_list(struct thriftin *, const struct thriftin_field *,
    struct thriftin_field *element);

/* Skips the value of a field, whatever it is. */
void thriftin_skip(struct thriftin *, const struct thriftin_field *);

#endif
