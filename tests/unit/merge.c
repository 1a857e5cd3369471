/* SPDX-License-Identifier: MIT */
/* merge: the calls of two requests or more in one span are taken apart */
#include "flow/merge.h"

#include <string.h>

#include "span.h"

enum { CALLS_MAX = 16 };

struct merged {
	struct spans *all;
	struct span *first, *second, *call[CALLS_MAX];
	size_t n, orphans;
};

/*
 * A span that calls services, a letter each, at 1, 2, 3, ...; and another,
 * which takes what is its own.
 */
static struct merged
merge(const char *services, int64_t since)
{
	struct merged m = { .all = spans_new(), .n = strlen(services) };

	m.first = add(m.all, NULL, 100);
	for (size_t i = 0; i < m.n; i++) {
		m.call[i] = add(m.all, m.first, 1 + (int64_t)i);
		m.call[i]->local.port = (uint16_t)services[i];
	}
	m.second = add(m.all, NULL, 200);
	m.orphans = merge_undo(m.all, m.first, m.second, since);
	adds_up(m.first->tree);
	adds_up(m.second->tree);
	return m;
}

/*
 * Tells who has each call, a digit: the first, the second, or 0 where it is
 * an orphan now.
 */
static bool
owned(const char *services, int64_t since, const char *owners)
{
	struct merged m = merge(services, since);
	bool same = strlen(owners) == m.n;

	for (size_t i = 0; same && i < m.n; i++) {
		const struct span *s = m.call[i];

		same = owners[i] == '1' ? s->parent == m.first
		    : owners[i] == '2'  ? s->parent == m.second
					: s->parent == NULL;
		m.orphans -= owners[i] == '0';
		if (s->parent == NULL) {
			assert(s->link == SPAN_ORPHAN && s->tree->root == s);
			adds_up(s->tree);
		}
	}
	same = same && m.orphans == 0;
	spans_free(m.all);
	return same;
}

static void
what_was_called_before_begins_a_request(void)
{
	assert(owned("abab", -1, "1122"));
	assert(owned("abcab", -1, "11122"));
	assert(owned("aa", -1, "12"));
	assert(owned("abb", -1, "112"));
}

static void
between_the_first_and_the_last_request_nobody_can_be_named(void)
{
	assert(owned("ababab", -1, "110022"));
	assert(owned("aaaa", -1, "1002"));
	assert(owned("abacab", -1, "110022"));
}

static void
without_a_repeated_service_nothing_is_known(void)
{
	assert(owned("ab", -1, "00"));
	assert(owned("a", -1, "0"));
	assert(owned("", -1, ""));
}

static void
the_time_of_the_second_request_decides(void)
{
	assert(owned("ab", 2, "12"));
	assert(owned("abab", 2, "1222"));
	assert(owned("ab", 0, "22"));
	assert(owned("ab", 3, "11"));
	assert(owned("", 3, ""));
}

/* Those that move keep their order, and stand behind what was there. */
static void
order_is_kept(void)
{
	struct merged m = merge("abcabc", -1);

	assert(STEPS(m.first->tree, 100, 1, 2, 3));
	assert(STEPS(m.second->tree, 200, 4, 5, 6));
	spans_free(m.all);
}

/* The second request is one of the first's own calls, or one below those. */
static void
a_call_does_not_move_below_itself(void)
{
	for (int below = 0; below < 2; below++) {
		struct spans *all = spans_new();
		struct span *first = add(all, NULL, 1);
		struct span *second = add(all, first, 2);

		add(all, first, 5);
		if (below)
			second = add(all, second, 3);
		assert(merge_undo(all, first, second, below) == 0);
		if (below)
			assert(STEPS(first->tree, 1, 2, 3, 5));
		else
			assert(STEPS(first->tree, 1, 2, 5));
		adds_up(first->tree);
		spans_free(all);
	}
}

int
main(void)
{
	what_was_called_before_begins_a_request();
	between_the_first_and_the_last_request_nobody_can_be_named();
	without_a_repeated_service_nothing_is_known();
	the_time_of_the_second_request_decides();
	order_is_kept();
	a_call_does_not_move_below_itself();
	return 0;
}
