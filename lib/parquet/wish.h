/* SPDX-License-Identifier: MIT */
/*
 * wish -- what a command line asks for, as a list of names or a size
 */
#ifndef TK_WISH_H
#define TK_WISH_H

#include "base/str.h"

enum { WISH_NAMES = 64 };

/* Names, which point into the text that they were read from. */
struct wish_names {
	struct str name[WISH_NAMES];
	size_t n;
};

/*
 * Reads names with commas between them.  Returns NULL, or what is wrong: a
 * phrase.
 */
const char *wish_names(struct wish_names *, const char *list);

/* Reads a number of bytes from 1 to 1024G, which may end in k, M or G. */
bool wish_bytes(const char *text, size_t *bytes);

#endif
