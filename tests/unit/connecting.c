/* SPDX-License-Identifier: MIT */
/* connecting: what is being opened is found by pointer, or by its far end */
#include "flow/connecting.h"

#include "flow.h"

static void
add(struct connecting *all, uint64_t pointer, const char *remote, int64_t tid)
{
	struct opening o = { .pointer = pointer,
		.remote = end_of(remote),
		.tid = tid };

	connecting_add(all, &o);
}

/* Takes one out; returns who opens it, or 0. */
static int64_t
take(struct connecting *all, uint64_t pointer, const char *remote)
{
	struct endpoint e = end_of(remote);
	struct opening o;

	return connecting_take(all, pointer, &e, &o) ? o.tid : 0;
}

static void
a_pointer_tells_two_to_the_same_end_apart(void)
{
	struct connecting all = { .item = NULL };

	assert(take(&all, 1, "10.0.0.3:80") == 0);
	add(&all, 1, "10.0.0.3:80", 11);
	add(&all, 2, "10.0.0.3:80", 12);
	assert(take(&all, 3, "10.0.0.3:80") == 0);
	assert(take(&all, 2, "10.0.0.3:80") == 12);
	assert(take(&all, 2, "10.0.0.3:80") == 0);
	/* With a pointer the end does not matter: it may be unreadable. */
	assert(take(&all, 1, "10.0.0.4:80") == 11);
	connecting_free(&all);
}

static void
without_a_pointer_the_oldest_to_that_end_is_taken(void)
{
	struct connecting all = { .item = NULL };

	add(&all, 0, "10.0.0.3:80", 11);
	add(&all, 0, "10.0.0.3:81", 12);
	add(&all, 0, "10.0.0.3:80", 13);
	assert(take(&all, 0, "10.0.0.4:80") == 0);
	assert(take(&all, 0, "10.0.0.3:81") == 12);
	assert(take(&all, 0, "10.0.0.3:80") == 11);
	assert(take(&all, 0, "10.0.0.3:80") == 13);
	assert(take(&all, 0, "10.0.0.3:80") == 0);
	connecting_free(&all);
	assert(all.item == NULL && all.n == 0);
}

static void
of_too_many_the_oldest_are_forgotten(void)
{
	struct connecting all = { .item = NULL };

	for (int i = 1; i <= CONNECTING_MAX + 10; i++)
		add(&all, (uint64_t)i, "10.0.0.3:80", i);
	assert(all.n == CONNECTING_MAX);
	assert(take(&all, 10, "10.0.0.3:80") == 0);
	assert(take(&all, 11, "10.0.0.3:80") == 11);
	assert(take(&all, CONNECTING_MAX + 10, "10.0.0.3:80") ==
	    CONNECTING_MAX + 10);
	connecting_free(&all);
}

int
main(void)
{
	a_pointer_tells_two_to_the_same_end_apart();
	without_a_pointer_the_oldest_to_that_end_is_taken();
	of_too_many_the_oldest_are_forgotten();
	return 0;
}
