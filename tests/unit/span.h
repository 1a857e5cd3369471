/* SPDX-License-Identifier: MIT */
/* span -- trees made by hand, for the tests of those that hold spans */
#ifndef TK_TEST_SPAN_H
#define TK_TEST_SPAN_H

#undef NDEBUG
#include "flow/span.h"

#include <assert.h>

/* Adds a span whose start is also its name. */
static inline struct span *
add(struct spans *all, struct span *parent, int64_t start)
{
	return spans_add(all, parent, 0, start);
}

/* Tells whether a tree has spans of these starts, in that order; 0 ends. */
static inline bool
steps(const struct tree *t, const int64_t *starts)
{
	const struct span *s = NULL;

	while ((s = tree_step(t, s)) != NULL)
		if (*starts == 0 || *starts++ != s->start)
			return false;
	return *starts == 0;
}

#define STEPS(t, ...) steps(t, (const int64_t[]){ __VA_ARGS__, 0 })

/* Checks the sums that a tree keeps against what is in it. */
static inline void
adds_up(const struct tree *t)
{
	size_t n = 0, unanswered = 0, calls = 0;

	for (const struct span *s = NULL; (s = tree_step(t, s)) != NULL; n++) {
		assert(s->tree == t);
		assert((s->parent == NULL) == (s == t->root));
		unanswered += s->end < 0;
		calls += s->calls;
	}
	assert(n == t->spans && unanswered == t->unanswered);
	assert(calls == t->calls);
}

#endif
