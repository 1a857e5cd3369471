/* SPDX-License-Identifier: MIT */
/*
 * window: from the latest of the first events to the earliest of the last
 */
#include "source/window.h"

#include <assert.h>

static void
is(const struct window *w, int64_t since, int64_t until)
{
	int64_t a, b;

	window_get(w, &a, &b);
	assert(a == since && b == until);
}

int
main(void)
{
	struct window w = { .n = 0 };

	is(&w, 0, INT64_MAX); /* no event: all of time */
	window_note(&w, 3, 100);
	is(&w, 100, 100);
	window_note(&w, 3, 300);
	window_note(&w, 3, 50); /* in any order */
	is(&w, 50, 300);
	window_note(&w, 0, 40);
	window_note(&w, 0, 200);
	is(&w, 50, 200); /* 1 and 2 have none, and do not count */
	window_note(&w, 2, 60);
	is(&w, 60, 60);
	window_note(&w, 2, INT64_MAX);
	is(&w, 60, 200);
	window_note(&w, -1, 70); /* of no CPU, or of no time */
	window_note(&w, 1, -1);
	window_note(&w, INT32_MAX, 70);
	is(&w, 60, 200);
	window_note(&w, 1, 201); /* CPUs that have no time in common */
	is(&w, 201, 200);
	window_free(&w);
	is(&w, 0, INT64_MAX);
	window_free(&w);

	window_note(&w, 65535, 0);
	is(&w, 0, 0);
	window_free(&w);
	return 0;
}
