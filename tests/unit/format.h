/* SPDX-License-Identifier: MIT */
/*
 * format -- what the tests of formats share: formats made of a few fields
 */
#ifndef TK_TEST_FORMAT_H
#define TK_TEST_FORMAT_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "source/format.h"

#define COMMON                                                                 \
	"\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n" \
	"\tfield:unsigned char common_flags;\toffset:2;\tsize:1;\tsigned:0;\n" \
	"\tfield:unsigned char common_preempt_count;\toffset:3;\tsize:1;\t"    \
	"signed:0;\n"                                                          \
	"\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n\n"

/* A line of a field. */
#define FIELD(declaration, offset, size, is_signed)                            \
	"\tfield:" declaration ";\toffset:" #offset ";\tsize:" #size ";"       \
	"\tsigned:" #is_signed ";\n"

/* A whole format, whose number is 7. */
#define FORMAT(name, fields, print_fmt)                                        \
	"name: " name "\nID: 7\nformat:\n" COMMON fields "\n"                  \
	"print fmt: " print_fmt "\n"

/* The whole of a file; false where it cannot be read. */
static inline bool
read_file(const char *path, char *text, size_t size)
{
	FILE *f = fopen(path, "r");
	size_t n;

	if (f == NULL)
		return false;
	n = fread(text, 1, size - 1, f);
	text[n] = '\0';
	fclose(f);
	return n > 0;
}

/* Returns the field with that key. */
static inline const struct format_field *
field_named(const struct format *f, const char *key)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_is(f->field[i].key, key))
			return &f->field[i];
	return NULL;
}

#endif
