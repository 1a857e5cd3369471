/* SPDX-License-Identifier: MIT */
#include "flow/merge.h"

/* Tells whether a child before this one, from the given on, is of its service.
 */
static bool
is_repeated(const struct span *from, const struct span *child)
{
	for (; from != child; from = from->sibling)
		if (endpoint_eq(&from->local, &child->local))
			return true;
	return false;
}

/*
 * Finds the first and the last child that begin a new request, by what was
 * called before; NULL if none does.
 */
static void
find_requests(const struct span *s, struct span **first, struct span **last)
{
	const struct span *from = s->child;

	*first = *last = NULL;
	for (struct span *c = s->child; c != NULL; c = c->sibling) {
		if (!is_repeated(from, c))
			continue;
		from = *last = c;
		if (*first == NULL)
			*first = c;
	}
}

/* Finds the first child that began no earlier. */
static struct span *
find_since(const struct span *s, int64_t since)
{
	struct span *c = s->child;

	while (c != NULL && c->start < since)
		c = c->sibling;
	return c;
}

/* Returns the child of first that second is or is below; NULL if none is. */
static const struct span *
find_branch(const struct span *first, const struct span *second)
{
	while (second != NULL && second->parent != first)
		second = second->parent;
	return second;
}

size_t
merge_undo(struct spans *all, struct span *first, struct span *second,
    int64_t since)
{
	const struct span *branch = find_branch(first, second);
	struct span *begin, *last;
	size_t orphans = 0;

	if (since >= 0)
		begin = last = find_since(first, since);
	else
		find_requests(first, &begin, &last);
	if (begin == NULL && since < 0)
		begin = first->child;
	for (struct span *c = begin, *next; c != NULL; c = next) {
		bool seconds = c == last;

		next = c->sibling;
		if (seconds)
			last = next;
		if (c == branch)
			continue; /* a call of first itself */
		spans_move(all, c, seconds ? second : NULL);
		orphans += !seconds;
	}
	return orphans;
}
