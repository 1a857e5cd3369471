/* SPDX-License-Identifier: MIT */
/*
 * uthash.h -- what make lint shows static analysis in the place of uthash
 *
 * uthash is macros that keep pointers in many places, which analysers follow
 * wrongly: they see memory used that was freed.  This has the same macros,
 * as calls of functions of which nothing is known.
 */
#ifndef TK_LINT_UTHASH_H
#define TK_LINT_UTHASH_H

#include <stddef.h>

typedef struct {
	void *next;
} UT_hash_handle;

void *lint_find(const void *head, const void *key, size_t n);
void *lint_first(const void *head);
void *lint_next(const void *item);
void *lint_add(const void *head, const void *key, size_t n, void *item);
void *lint_del(const void *head, const void *item);
unsigned lint_count(const void *head);

#define HASH_FIND(hh, head, key, n, out) ((out) = lint_find(head, key, n))
#define HASH_FIND_BYHASHVALUE(hh, head, key, n, value, out)                    \
	((void)(value), (out) = lint_find(head, key, n))
#define HASH_FIND_STR(head, key, out) ((out) = lint_find(head, key, 1))
#define HASH_FIND_INT(head, key, out) ((out) = lint_find(head, key, 4))
#define HASH_ADD_KEYPTR(hh, head, key, n, item)                                \
	((head) = lint_add(head, key, n, item))
#define HASH_ADD_KEYPTR_BYHASHVALUE(hh, head, key, n, value, item)             \
	((void)(value), (head) = lint_add(head, key, n, item))
#define HASH_ADD(hh, head, field, n, item)                                     \
	((head) = lint_add(head, &(item)->field, n, item))
#define HASH_ADD_BYHASHVALUE(hh, head, field, n, value, item)                  \
	((void)(value), (head) = lint_add(head, &(item)->field, n, item))
#define HASH_ADD_INT(head, field, item) HASH_ADD(hh, head, field, 4, item)
#define HASH_VALUE(key, n, value)                                              \
	((value) = lint_count(lint_find(NULL, key, n)))
#define HASH_DELETE(hh, head, item) ((head) = lint_del(head, item))
#define HASH_DEL(head, item) HASH_DELETE(hh, head, item)
#define HASH_CLEAR(hh, head) ((head) = NULL)
#define HASH_CNT(hh, head) lint_count(head)
#define HASH_COUNT(head) lint_count(head)
#define LINT_STEP(item, next) ((item) && ((next) = lint_next(item), 1))
#define HASH_ITER(hh, head, item, next)                                        \
	for ((item) = lint_first(head); LINT_STEP(item, next); (item) = (next))

#endif
