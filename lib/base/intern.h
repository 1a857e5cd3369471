/* SPDX-License-Identifier: MIT */
/*
 * intern -- give each distinct run of bytes a small number
 *
 * Numbers count up from 0, so what a program keeps for each name goes into
 * a plain array with the number as its index, and a name that recurs costs
 * no memory.
 */
#ifndef TK_INTERN_H
#define TK_INTERN_H

#include <stddef.h>

#include "base/str.h"

struct intern; /* opaque */

/* Returns an empty table, to be freed with intern_free. */
struct intern *intern_new(void);

/* Frees the table and its bytes.  t may be NULL. */
void intern_free(struct intern *t);

/* Returns the number of s, a new one where it was not seen before.  O(s.n). */
size_t intern_id(struct intern *t, struct str s);

/* Stores the number of s in *id and returns true, or false if it has none. */
bool intern_find(const struct intern *t, struct str s, size_t *id);

/*
 * Returns the bytes numbered id < intern_count(t), with a NUL behind them.
 * They are t's, and stay where they are until it is freed.
 */
struct str intern_str(const struct intern *t, size_t id);

/* Returns how many numbers were given. */
size_t intern_count(const struct intern *t);

#endif
