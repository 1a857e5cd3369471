/* SPDX-License-Identifier: MIT */
/*
 * ctype -- the integer types of C, as print fmts name them
 */
#ifndef TK_CTYPE_H
#define TK_CTYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct ctype {
	uint8_t size; /* 1, 2, 4 or 8 bytes; 0: not known */
	bool is_signed;
};

/*
 * Returns the type of that name, such as "unsigned long long" or "u32"; any
 * pointer has the size of a long.
 */
struct ctype ctype_of(struct str name, unsigned long_size);

/* Returns the type in which an operand of that type is worked with. */
struct ctype ctype_promote(struct ctype);

/* Returns the type in which two operands meet. */
struct ctype ctype_common(struct ctype a, struct ctype b);

/*
 * Converts a value to the type: in the 64 bits that hold it, its sign is in
 * all the higher ones.
 */
static inline uint64_t
ctype_convert(struct ctype t, uint64_t v)
{
	unsigned shift = 64 - 8u * t.size;

	if (t.is_signed)
		return (uint64_t)((int64_t)(v << shift) >> shift);
	return v << shift >> shift;
}

/*
 * Reads a number as C has it, 0x1f, 017, 15, 'a', with U and L behind, and
 * what its type is.  False where it is none.
 */
bool ctype_number(struct str word, unsigned long_size, uint64_t *v,
    struct ctype *type);

#endif
