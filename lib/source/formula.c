/* SPDX-License-Identifier: MIT */
#include "source/formula.h"

#include <stdlib.h>

#include "base/mem.h"

enum { OPS_MAX = 256 };

static uint64_t
divide(const struct formula_op *op, uint64_t a, uint64_t b)
{
	bool rest = op->code == FORMULA_MODULO;

	if (b == 0)
		return 0;
	if (!op->of.is_signed)
		return rest ? a % b : a / b;
	if (b == UINT64_MAX) /* a might be the lowest number */
		return rest ? 0 : 0 - a;
	return (
	    uint64_t)(rest ? (int64_t)a % (int64_t)b : (int64_t)a / (int64_t)b);
}

static uint64_t
shift(const struct formula_op *op, uint64_t a, uint64_t b)
{
	if (b > 63)
		return 0;
	if (op->code == FORMULA_LEFT)
		return a << b;
	return op->of.is_signed ? (uint64_t)((int64_t)a >> b) : a >> b;
}

static bool
is_less(const struct formula_op *op, uint64_t a, uint64_t b)
{
	return op->of.is_signed ? (int64_t)a < (int64_t)b : a < b;
}

static uint64_t
apply_binary(const struct formula_op *op, uint64_t a, uint64_t b)
{
	switch (op->code) {
	case FORMULA_OR:
		return a != 0 || b != 0;
	case FORMULA_AND:
		return a != 0 && b != 0;
	case FORMULA_BIT_OR:
		return a | b;
	case FORMULA_BIT_XOR:
		return a ^ b;
	case FORMULA_BIT_AND:
		return a & b;
	case FORMULA_EQUAL:
		return a == b;
	case FORMULA_UNEQUAL:
		return a != b;
	case FORMULA_LESS:
		return is_less(op, a, b);
	case FORMULA_MORE:
		return is_less(op, b, a);
	case FORMULA_AT_MOST:
		return !is_less(op, b, a);
	case FORMULA_AT_LEAST:
		return !is_less(op, a, b);
	case FORMULA_LEFT:
	case FORMULA_RIGHT:
		return shift(op, a, b);
	case FORMULA_PLUS:
		return a + b;
	case FORMULA_MINUS:
		return a - b;
	case FORMULA_TIMES:
		return a * b;
	default:
		return divide(op, a, b);
	}
}

static uint64_t
apply_unary(const struct formula_op *op, uint64_t v)
{
	if (op->code == FORMULA_NEGATE)
		return 0 - v;
	if (op->code == FORMULA_INVERT)
		return ~v;
	return op->code == FORMULA_NOT ? v == 0 : v;
}

/* Does a step on the stack whose top is there; returns the new top. */
static inline uint64_t *
step(const struct formula_op *op, uint64_t *top)
{
	if (op->code <= FORMULA_NOT) {
		*top = ctype_convert(op->to,
		    apply_unary(op, ctype_convert(op->of, *top)));
		return top;
	}
	if (op->code == FORMULA_CHOOSE) {
		top -= 2;
		*top = ctype_convert(op->to, top[*top != 0 ? 1 : 2]);
		return top;
	}
	top--;
	*top = ctype_convert(op->to,
	    apply_binary(op, ctype_convert(op->of, top[0]),
		ctype_convert(op->of, top[1])));
	return top;
}

uint64_t
formula_value_slow(const struct formula *f, const uint8_t *data, bool swap)
{
	uint64_t stack[FORMULA_STACK + 1] = { 0 }, *top = stack;

	for (size_t i = 0; i < f->n; i++) {
		const struct formula_op *op = &f->op[i];

		if (op->code == FORMULA_VALUE)
			*++top = op->v;
		else if (op->code == FORMULA_LOAD)
			*++top = ctype_convert(op->to,
			    raw_load(data + op->offset, op->to.size, swap));
		else
			top = step(op, top);
	}
	return *top;
}

/* Tells whether the last steps are that many values. */
static bool
are_values(const struct formula *f, size_t n)
{
	if (f->n < n)
		return false;
	for (size_t i = f->n - n; i < f->n; i++)
		if (f->op[i].code != FORMULA_VALUE)
			return false;
	return true;
}

bool
formula_add(struct formula *f, const struct formula_op *op)
{
	unsigned takes = formula_takes(op->code);
	uint64_t stack[4];

	if (f->n == OPS_MAX)
		return false;
	if (takes > 0 && are_values(f, takes)) {
		f->n -= takes;
		for (unsigned i = 0; i < takes; i++)
			stack[i] = f->op[f->n + i].v;
		f->op[f->n++].v = *step(op, stack + takes - 1);
		return true;
	}
	if (op->code == FORMULA_LOAD && op->offset + op->to.size > f->need)
		f->need = op->offset + op->to.size;
	f->op = mem_grow(f->op, &f->cap, f->n + 1, sizeof(*f->op));
	f->op[f->n++] = *op;
	return true;
}

void
formula_end(struct formula *f)
{
	if (f->n == 1 && f->op[0].code == FORMULA_LOAD) {
		f->mask = UINT64_MAX;
	} else if (f->n == 3 && f->op[0].code == FORMULA_LOAD &&
	    f->op[1].code == FORMULA_VALUE &&
	    f->op[2].code == FORMULA_BIT_AND && (int64_t)f->op[1].v >= 0 &&
	    f->op[1].v <= UINT32_MAX) {
		f->mask = f->op[1].v;
	} else {
		return;
	}
	f->plain = true;
	f->load = f->op[0].to;
	f->offset = f->op[0].offset;
}

void
formula_free(struct formula *f)
{
	free(f->op);
	f->op = NULL;
}

bool
formula_constant(const struct formula *f, uint64_t *v)
{
	if (f->n != 1 || f->op[0].code != FORMULA_VALUE)
		return false;
	*v = f->op[0].v;
	return true;
}
