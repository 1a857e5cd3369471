/* SPDX-License-Identifier: MIT */
/*
 * value -- the forms that the text of a field may have, and its one form
 *
 * Each function gives a field its form if its text is of the kind that the
 * function is for, and tells whether it was.
 */
#ifndef TK_VALUE_H
#define TK_VALUE_H

#include "source/field.h"

/* Where what has to be printed is put; starts zeroed. */
struct value_room {
	char *text;
	size_t n, cap;
};

/*
 * Makes room for the fields of one event, of which each needs what value_need
 * says; those of the event before are gone.
 */
size_t value_need(struct str value);
void value_begin(struct value_room *, size_t need);
void value_free(struct value_room *);

/* A number in decimal.  One that no 64 bits hold is none. */
bool value_decimal(struct value_room *, struct field *);

/* A number in hexadecimal, with or without 0x. */
bool value_hexadecimal(struct value_room *, struct field *);

/* The same in octal, with or without 0. */
bool value_octal(struct value_room *, struct field *);

/* A number, in hexadecimal the bits of one of 64 with a sign. */
bool value_signed(struct value_room *, struct field *);

/* A number that is above INT32_MAX if it is a negative one of 32 bits. */
bool value_signed32(struct value_room *, struct field *);

/* A pointer: sixteen digits, or any number behind 0x, or (null), or (nil). */
bool value_pointer(struct value_room *, struct field *);

/*
 * One that can be nothing else: (nil), or 0x and sixteen digits of the upper
 * half of the addresses, where the kernel is; the last page of them is left to
 * errors and to masks.
 */
bool value_kernel_pointer(struct value_room *, struct field *);

/* True or false, or also 1 or 0. */
bool value_boolean(struct field *, bool digits);

/*
 * Bytes as ARRAY[61, 20, ...]: of a name those up to the first zero, otherwise
 * [97,32,...].
 */
bool value_array(struct value_room *, struct field *, bool name);

/*
 * Numbers as "{0x1,0x2}", "1, 2" or "1 2", in hexadecimal unless they have
 * signs; or as an array of bytes like that, so many each, 8 at most.
 */
bool value_numbers(struct value_room *, struct field *, unsigned size,
    bool is_signed);

/* A name, or its bytes so. */
void value_name(struct value_room *, struct field *);

/*
 * An address, or its bytes, of which there are 4 or 16.  trace-cmd report -R
 * prints these as a string, up to the first zero, if they look like one: the
 * address is known where at most one of them is missing, and null otherwise.
 */
void value_address(struct value_room *, struct field *, size_t size);

/* Set a field to text, to a number, to a pointer. */
void value_set(struct field *, const char *p, size_t n, enum field_kind);
void value_set_u64(struct value_room *, struct field *, uint64_t);
void value_set_s64(struct value_room *, struct field *, int64_t);
void value_set_pointer(struct value_room *, struct field *, uint64_t);

/* The same to the n bytes that were printed to text + n. */
void value_printed(struct value_room *, struct field *, size_t n,
    enum field_kind);

#endif
