/* SPDX-License-Identifier: MIT */
/*
 * mem -- memory that is there, or the program ends
 *
 * A filter that gets no memory has nothing useful left to do, so none of
 * these returns NULL: they print "out of memory" and exit 1.  Apart from
 * cli, no other module ends the program or prints.
 */
#ifndef TK_MEM_H
#define TK_MEM_H

#include <stddef.h>

/* Returns n zeroed bytes, to be freed by the caller. */
void *mem_alloc(size_t n);

/* Returns a NUL-terminated copy of the n bytes at s, to be freed likewise. */
char *mem_dup(const char *s, size_t n);

/*
 * Returns the array p of items of size bytes, moved where it must be, with
 * room for at least need of them; *cap is its capacity in items.  New items
 * are zeroed.  p may be NULL if *cap is 0.  Amortised O(1) an item.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);

#endif
