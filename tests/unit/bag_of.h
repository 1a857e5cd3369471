/* SPDX-License-Identifier: MIT */
/* bag_of.h -- a bag of the lines of a log, and the text that is written */
#ifndef TK_TEST_BAG_OF_H
#define TK_TEST_BAG_OF_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "workload/bag.h"

/*
 * Has each line taken, in memory of just its length, and counts those that are
 * bad.
 */
static inline struct bag *
bag_of(const char *text,
    const char *(*take)(void *log, struct str line, struct bag *), void *log,
    uint64_t *bad)
{
	struct bag *bag = bag_new();
	struct str rest = str_of(text), line;

	*bad = 0;
	while (str_line(&rest, &line)) {
		char *exact = malloc(line.n > 0 ? line.n : 1);

		assert(exact != NULL);
		if (line.n > 0)
			memcpy(exact, line.p, line.n);
		*bad += take(log, (struct str){ exact, line.n }, bag) != NULL;
		free(exact);
	}
	bag_settle(bag, BAG_BY_SUBMISSION);
	return bag;
}

/* What was written is this; shows both where it is not. */
static inline void
has_text(const struct output *out, const char *text)
{
	bool same = str_is((struct str){ out->buf, out->n }, text);

	if (!same)
		fprintf(stderr, "%.*snot\n%s", (int)out->n, out->buf, text);
	assert(same);
}

#endif
