/* SPDX-License-Identifier: MIT */
/*
 * formula -- a number made of the integers of an event
 *
 * It is a few steps over the data, on a stack (formulate.h makes them of C).
 * Types are those that C gives: they decide how numbers are compared, shifted,
 * divided and cut.  expression.h is for what needs none of that.
 */
#ifndef TK_FORMULA_H
#define TK_FORMULA_H

#include "source/ctype.h"
#include "source/raw.h"

enum { FORMULA_STACK = 24 };

enum formula_code {
	FORMULA_OPEN, /* a bracket, and ? without its :, which wait only */
	FORMULA_ASK,
	FORMULA_VALUE,
	FORMULA_LOAD,
	FORMULA_CAST, /* from here on it takes one value, */
	FORMULA_NEGATE,
	FORMULA_INVERT,
	FORMULA_NOT,
	FORMULA_CHOOSE, /* here three, */
	FORMULA_OR,     /* and from here on two */
	FORMULA_AND,
	FORMULA_BIT_OR,
	FORMULA_BIT_XOR,
	FORMULA_BIT_AND,
	FORMULA_EQUAL,
	FORMULA_UNEQUAL,
	FORMULA_LESS,
	FORMULA_MORE,
	FORMULA_AT_MOST,
	FORMULA_AT_LEAST,
	FORMULA_LEFT,
	FORMULA_RIGHT,
	FORMULA_PLUS,
	FORMULA_MINUS,
	FORMULA_TIMES,
	FORMULA_OVER,
	FORMULA_MODULO,
};

/* A step: of what is on the stack, converted to one type, a value of another.
 */
struct formula_op {
	enum formula_code code;
	struct ctype of, to;
	unsigned offset; /* LOAD */
	uint64_t v;      /* VALUE */
};

struct formula {
	struct ctype type; /* of its value */
	unsigned need;     /* how many bytes of data it reads */

	/* formula's own, here for the inline function below: */
	bool plain; /* it is a field, or some of its bits */
	struct ctype load;
	unsigned offset;
	uint64_t mask;
	struct formula_op *op;
	size_t n, cap;
};

/*
 * Adds a step, which takes values off the stack, and leaves one; of constants
 * alone it is done at once.  False where there are too many steps.
 */
bool formula_add(struct formula *, const struct formula_op *);

/* Returns how many values a step takes. */
static inline unsigned
formula_takes(enum formula_code code)
{
	if (code <= FORMULA_LOAD)
		return 0;
	return code <= FORMULA_NOT ? 1 : code == FORMULA_CHOOSE ? 3 : 2;
}

/* Says that there are no more; type is the caller's to set. */
void formula_end(struct formula *);

void formula_free(struct formula *);

/* Tells whether it is the same for all events, and then what. */
bool formula_constant(const struct formula *, uint64_t *v);

/*
 * Returns its value, extended to 64 bits as its type says.  data has need bytes
 * at least; what is divided by 0 is 0.
 */
uint64_t formula_value_slow(const struct formula *, const uint8_t *data,
    bool swap);
static inline uint64_t
formula_value(const struct formula *f, const uint8_t *data, bool swap)
{
	if (!f->plain)
		return formula_value_slow(f, data, swap);
	return ctype_convert(f->load,
		   raw_load(data + f->offset, f->load.size, swap)) &
	    f->mask;
}

#endif
