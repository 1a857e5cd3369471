/* SPDX-License-Identifier: MIT */
/* continuation: a thread goes on with what it could go on with first */
#include "flow/continuation.h"

#include <stdlib.h>

#include "span.h"

struct given {
	struct spans *all;
	struct span *a, *b, *c;
	struct continuations q;
	uint64_t order;
};

static struct given
given(void)
{
	struct given g = { .all = spans_new() };

	g.a = add(g.all, NULL, 1);
	g.b = add(g.all, NULL, 2);
	g.c = add(g.all, NULL, 3);
	return g;
}

static void
end(struct given *g)
{
	continuations_free(&g->q);
	assert(g->q.item == NULL && g->q.n == 0);
	spans_free(g->all);
}

static void
arm(struct given *g, struct span *s)
{
	continuations_arm(&g->q, s, ++g->order);
}

/* Takes the oldest, which must be this, one of so many. */
static bool
takes(struct given *g, const struct span *s, uint32_t candidates)
{
	uint32_t n = 77;
	bool inherited = true;

	return continuations_take(&g->q, &n, &inherited) == s &&
	    n == candidates && !inherited;
}

static void
the_oldest_comes_first(void)
{
	struct given g = given();

	assert(takes(&g, NULL, 0) && continuations_only(&g.q) == NULL);
	arm(&g, g.a);
	assert(continuations_only(&g.q) == g.a);
	arm(&g, g.b);
	arm(&g, g.c);
	assert(continuations_only(&g.q) == NULL);
	assert(takes(&g, g.a, 3) && takes(&g, g.b, 2));
	assert(continuations_only(&g.q) == g.c && takes(&g, g.c, 1));
	assert(takes(&g, NULL, 0));
	end(&g);
}

static void
what_is_armed_again_is_the_newest(void)
{
	struct given g = given();

	arm(&g, g.a);
	arm(&g, g.b);
	arm(&g, g.a);
	assert(takes(&g, g.b, 2) && takes(&g, g.a, 1) && takes(&g, NULL, 0));
	/* Twice the same is one. */
	arm(&g, g.c);
	arm(&g, g.c);
	assert(continuations_only(&g.q) == g.c);
	assert(takes(&g, g.c, 1) && takes(&g, NULL, 0));
	end(&g);
}

static void
an_answer_passes_over_what_is_older(void)
{
	struct given g = given();

	arm(&g, g.a);
	arm(&g, g.b);
	arm(&g, g.c);
	continuations_answer(&g.q, g.b);
	assert(takes(&g, g.c, 1) && takes(&g, NULL, 0));
	/* What was taken was armed then, too. */
	arm(&g, g.a);
	arm(&g, g.b);
	assert(takes(&g, g.a, 2));
	continuations_answer(&g.q, g.a);
	assert(takes(&g, g.b, 1));
	/* One that never was armed passes over nothing. */
	arm(&g, g.a);
	continuations_answer(&g.q, add(g.all, NULL, 4));
	assert(takes(&g, g.a, 1));
	end(&g);
}

static void
what_is_gone_or_disarmed_is_not_taken(void)
{
	struct given g = given();

	arm(&g, g.a);
	arm(&g, g.b);
	arm(&g, g.c);
	spans_answer(g.all, g.a, 5);
	spans_close(g.all, g.a, 5);
	g.b->armed = 0;
	assert(continuations_only(&g.q) == g.c && takes(&g, g.c, 1));
	arm(&g, g.b);
	spans_finish(g.all);
	assert(continuations_only(&g.q) == NULL && takes(&g, NULL, 0));
	end(&g);
}

static void
a_forked_thread_goes_on_with_the_oldest_until_it_has_its_own(void)
{
	struct given g = given();
	struct continuations child = { .item = NULL };
	uint32_t n;
	bool inherited;

	continuations_inherit(&child, &g.q); /* of nothing */
	assert(continuations_take(&child, &n, &inherited) == NULL);
	arm(&g, g.a);
	arm(&g, g.b);
	continuations_inherit(&child, &g.q);
	/* As often as it likes, and whatever the parent does. */
	assert(takes(&g, g.a, 2));
	arm(&g, g.a);
	for (int i = 0; i < 3; i++) {
		assert(continuations_take(&child, &n, &inherited) == g.a);
		assert(inherited && n == 1);
	}
	continuations_arm(&child, g.c, ++g.order);
	assert(continuations_take(&child, &n, &inherited) == g.c);
	assert(!inherited && n == 1);
	assert(continuations_take(&child, &n, &inherited) == NULL);
	continuations_free(&child);
	end(&g);
}

static void
an_answer_ends_what_was_inherited(void)
{
	struct given g = given();
	struct continuations child = { .item = NULL };

	arm(&g, g.a);
	continuations_inherit(&child, &g.q);
	continuations_answer(&child, g.a);
	assert(continuations_only(&child) == NULL);
	continuations_free(&child);
	end(&g);
}

static void
candidates_are_counted_so_far(void)
{
	struct given g = given();

	for (int i = 0; i < 3 * CANDIDATES_MAX; i++)
		arm(&g, add(g.all, NULL, 9));
	for (int i = 3 * CANDIDATES_MAX; i > 0; i--) {
		uint32_t n;
		bool inherited;

		assert(continuations_take(&g.q, &n, &inherited) != NULL);
		assert(
		    n == (uint32_t)(i < CANDIDATES_MAX ? i : CANDIDATES_MAX));
	}
	end(&g);
}

/* Three that are armed in turns a million times stay three. */
static void
the_queue_does_not_grow_with_time(void)
{
	struct given g = given();

	for (int i = 0; i < 1000000; i++) {
		arm(&g, g.a);
		arm(&g, i % 2 ? g.b : g.c);
	}
	assert(g.q.cap <= 64);
	assert(takes(&g, g.c, 3) && takes(&g, g.a, 2) && takes(&g, g.b, 1));
	end(&g);
}

int
main(void)
{
	the_oldest_comes_first();
	what_is_armed_again_is_the_newest();
	an_answer_passes_over_what_is_older();
	what_is_gone_or_disarmed_is_not_taken();
	a_forked_thread_goes_on_with_the_oldest_until_it_has_its_own();
	an_answer_ends_what_was_inherited();
	candidates_are_counted_so_far();
	the_queue_does_not_grow_with_time();
	return 0;
}
