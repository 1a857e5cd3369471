/* SPDX-License-Identifier: MIT */
#include "parquet/schemain.h"

/* Repetition types, converted and logical types as parquet.thrift has them. */
enum { REQUIRED, OPTIONAL, REPEATED };
enum { OLD_UTF8 = 0, OLD_LIST = 3, OLD_ENUM = 4, OLD_DECIMAL = 5 };
enum { OLD_TIMESTAMP_MS = 9, OLD_TIMESTAMP_US = 10, OLD_UINT8 = 11 };
enum { OLD_INT64 = 18, OLD_JSON = 19 };
enum {
	STRING = 1,
	LIST = 3,
	ENUM = 4,
	DECIMAL = 5,
	TIMESTAMP = 8,
	INTEGER = 10,
	JSON = 12,
};

struct element {
	int32_t type; /* physical, or -1: it is a group */
	int32_t repetition;
	struct str name;
	int32_t children;
	int32_t old;     /* its converted type, or -1 */
	int32_t logical; /* the number of that, or 0 */
	enum leaf_logical what;
};

/* Reads TimestampType: isAdjustedToUTC, and a union of units. */
static enum leaf_logical
read_timestamp(struct thriftin *in)
{
	struct thriftin_field f = { 0 }, unit = { 0 };
	enum leaf_logical what = LEAF_AS_IT_IS;

	while (thriftin_next(in, &f)) {
		if (f.id != 2) {
			thriftin_skip(in, &f);
			continue;
		}
		thriftin_struct(in, &f);
		unit = (struct thriftin_field){ 0 };
		while (thriftin_next(in, &unit)) {
			if (unit.id >= 1 && unit.id <= 3)
				what = LEAF_TIMESTAMP_MS +
				    (enum leaf_logical)(unit.id - 1);
			thriftin_skip(in, &unit);
		}
	}
	return what;
}

/* Reads IntType: bitWidth, isSigned. */
static enum leaf_logical
read_integer(struct thriftin *in)
{
	struct thriftin_field f = { 0 };
	int64_t bits = 0;
	bool is_signed = true;

	while (thriftin_next(in, &f))
		if (f.id == 1)
			bits = thriftin_integer(in, &f);
		else if (f.id == 2)
			is_signed = thriftin_boolean(in, &f);
		else
			thriftin_skip(in, &f);
	switch (bits) {
	case 8:
		return is_signed ? LEAF_INT8 : LEAF_UINT8;
	case 16:
		return is_signed ? LEAF_INT16 : LEAF_UINT16;
	case 32:
		return is_signed ? LEAF_INT32_LOGICAL : LEAF_UINT32;
	case 64:
		return is_signed ? LEAF_INT64_LOGICAL : LEAF_UINT64;
	default:
		return LEAF_AS_IT_IS;
	}
}

/* Reads LogicalType, a union. */
static void
read_logical(struct thriftin *in, const struct thriftin_field *field,
    struct element *e)
{
	struct thriftin_field f = { 0 };

	thriftin_struct(in, field);
	while (thriftin_next(in, &f)) {
		e->logical = f.id;
		if (f.id == TIMESTAMP) {
			thriftin_struct(in, &f);
			e->what = read_timestamp(in);
		} else if (f.id == INTEGER) {
			thriftin_struct(in, &f);
			e->what = read_integer(in);
		} else {
			thriftin_skip(in, &f);
			if (f.id == STRING || f.id == ENUM || f.id == JSON)
				e->what = LEAF_STRING;
		}
	}
}

/* What older files say: they have only a converted type. */
static enum leaf_logical
old_logical(int32_t old)
{
	static const enum leaf_logical integer[] = { LEAF_UINT8, LEAF_UINT16,
		LEAF_UINT32, LEAF_UINT64, LEAF_INT8, LEAF_INT16,
		LEAF_INT32_LOGICAL, LEAF_INT64_LOGICAL };

	if (old == OLD_UTF8 || old == OLD_ENUM || old == OLD_JSON)
		return LEAF_STRING;
	if (old == OLD_TIMESTAMP_MS)
		return LEAF_TIMESTAMP_MS;
	if (old == OLD_TIMESTAMP_US)
		return LEAF_TIMESTAMP_US;
	if (old >= OLD_UINT8 && old <= OLD_INT64)
		return integer[old - OLD_UINT8];
	return LEAF_AS_IT_IS;
}

static void
read_field(struct thriftin *in, const struct thriftin_field *f,
    struct element *e)
{
	switch (f->id) {
	case 1:
		e->type = thriftin_int32(in, f);
		break;
	case 3:
		e->repetition = thriftin_int32(in, f);
		break;
	case 4:
		e->name = thriftin_bytes(in, f);
		break;
	case 5:
		e->children = thriftin_int32(in, f);
		break;
	case 6:
		e->old = thriftin_int32(in, f);
		break;
	case 10:
		read_logical(in, f, e);
		break;
	default:
		thriftin_skip(in, f);
	}
}

static void
read_element(struct thriftin *in, const struct thriftin_field *element,
    size_t *left, struct element *e)
{
	struct thriftin_field f = { 0 };

	*e = (struct element){ .type = -1, .repetition = -1, .old = -1 };
	if (*left == 0 && in->why == NULL)
		in->why = "a schema that lacks some of its elements";
	if (in->why != NULL)
		return;
	(*left)--;
	thriftin_struct(in, element);
	while (thriftin_next(in, &f))
		read_field(in, &f, e);
	if (in->why != NULL)
		return;
	if (e->name.p == NULL || e->children < 0)
		in->why = "a schema with an element without a name";
	if (e->children > 0)
		e->type = -1;
	if (e->logical == 0)
		e->what = old_logical(e->old);
}

void
schemain_root(struct thriftin *in, const struct thriftin_field *element,
    size_t *left)
{
	struct element e;

	read_element(in, element, left, &e);
}

static bool
is_list(const struct element *e)
{
	return e->type < 0 && (e->logical == LIST || e->old == OLD_LIST) &&
	    e->children == 1 && e->repetition != REPEATED;
}

/* Makes a column of an element that has values. */
static void
take_leaf(const struct element *e, struct schemain_column *c)
{
	bool number = e->type == LEAF_INT32 || e->type == LEAF_INT64;

	c->leaf.type = (enum leaf_type)e->type;
	c->leaf.logical = e->what;
	if (e->what == LEAF_STRING ? e->type != LEAF_BYTES : !number)
		c->leaf.logical = LEAF_AS_IT_IS;
	if (e->type == 3)
		c->why = "it is of type INT96";
	else if (e->type == 7)
		c->why = "it is of type FIXED_LEN_BYTE_ARRAY";
	else if (e->type < 0 || e->type > 7)
		c->why = "it is of no known type";
	else if (e->logical == DECIMAL || e->old == OLD_DECIMAL)
		c->why = "it is a DECIMAL";
	if (e->repetition < REQUIRED || e->repetition > REPEATED)
		c->why = "it is neither required nor optional nor repeated";
}

/* Skips what is below an element of so many children; counts the leaves. */
static void
skip_below(struct thriftin *in, const struct thriftin_field *element,
    size_t *left, uint64_t children, struct schemain_column *c)
{
	struct element e;

	c->leaves = 0;
	while (children > 0 && in->why == NULL) {
		children--;
		read_element(in, element, left, &e);
		children += (uint64_t)e.children;
		c->leaves += e.type >= 0;
	}
	c->why = "it is nested";
}

/* Tells whether a repeated group of a LIST is its element, by its name. */
static bool
is_element(const struct element *middle, struct str list)
{
	struct str name = middle->name;

	if (str_is(name, "array"))
		return true;
	if (!str_ends(name, "_tuple"))
		return false;
	name.n -= strlen("_tuple");
	return str_eq(name, list);
}

/* Reads what is below a LIST; see LogicalTypes.md for its older forms. */
static void
read_list(struct thriftin *in, const struct thriftin_field *element,
    size_t *left, struct schemain_column *c)
{
	struct element middle, e;

	read_element(in, element, left, &middle);
	if (in->why != NULL)
		return;
	if (middle.repetition != REPEATED ||
	    (middle.type < 0 &&
		(middle.children != 1 || is_element(&middle, c->leaf.name)))) {
		skip_below(in, element, left, (uint64_t)middle.children, c);
		c->leaves += middle.type >= 0;
		return;
	}
	c->leaf.list = true;
	c->repetition = 1;
	c->element = c->definition = c->leaf.required ? 1 : 2;
	if (middle.type >= 0) {
		take_leaf(&middle, c);
		return;
	}
	read_element(in, element, left, &e);
	if (in->why != NULL)
		return;
	if (e.type < 0 || e.repetition == REPEATED) {
		skip_below(in, element, left, (uint64_t)e.children, c);
		c->leaves += e.type >= 0;
		return;
	}
	c->definition += e.repetition == OPTIONAL;
	take_leaf(&e, c);
}

void
schemain_next(struct thriftin *in, const struct thriftin_field *element,
    size_t *left, struct schemain_column *c)
{
	struct element e;

	*c = (struct schemain_column){ .leaves = 1 };
	read_element(in, element, left, &e);
	if (in->why != NULL)
		return;
	c->leaf.name = e.name;
	c->leaf.required = e.repetition != OPTIONAL;
	if (is_list(&e)) {
		read_list(in, element, left, c);
		return;
	}
	if (e.type < 0) {
		skip_below(in, element, left, (uint64_t)e.children, c);
		return;
	}
	take_leaf(&e, c);
	c->definition = e.repetition != REQUIRED;
	if (e.repetition == REPEATED) {
		c->leaf.list = true;
		c->repetition = 1;
		c->element = 1;
	}
}
