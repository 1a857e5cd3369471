/* SPDX-License-Identifier: MIT */
/* duty: the one request that a thread owes an answer, if it is one */
#include "flow/duty.h"

#include <stdlib.h>

#include "span.h"

static void
only_one_that_is_owed_is_told(void)
{
	struct spans *all = spans_new();
	struct span *a = add(all, NULL, 1), *b = add(all, NULL, 2);
	struct duties d = { .item = NULL };

	assert(duties_only(&d) == NULL);
	duties_add(&d, a);
	assert(duties_only(&d) == a && duties_only(&d) == a);
	duties_add(&d, b);
	assert(duties_only(&d) == NULL);
	spans_answer(all, a, 5);
	assert(duties_only(&d) == b);
	b->over = true;
	assert(duties_only(&d) == NULL);
	duties_add(&d, add(all, NULL, 3));
	assert(duties_only(&d) != NULL);
	spans_finish(all);
	assert(duties_only(&d) == NULL);
	duties_free(&d);
	assert(d.item == NULL && d.n == 0);
	spans_free(all);
}

/* A million requests, of which one is never answered. */
static void
the_list_does_not_grow_with_time(void)
{
	struct spans *all = spans_new();
	struct span *kept = add(all, NULL, 1);
	struct duties d = { .item = NULL };

	duties_add(&d, kept);
	for (int i = 0; i < 1000000; i++) {
		struct span *s = add(all, NULL, i);

		duties_add(&d, s);
		assert(duties_only(&d) == NULL);
		spans_answer(all, s, i);
		spans_close(all, s, i);
		assert(duties_only(&d) == kept);
		while (spans_next(all) != NULL)
			;
	}
	assert(d.cap <= 64);
	duties_free(&d);
	spans_free(all);
}

int
main(void)
{
	only_one_that_is_owed_is_told();
	the_list_does_not_grow_with_time();
	return 0;
}
