/* SPDX-License-Identifier: MIT */
/* span: trees grow, are done, and go; what they count is what is in them */
#include "span.h"

#include <stdio.h>
#include <string.h>

static void
a_tree_is_stepped_through_parents_first(void)
{
	struct spans *all = spans_new();
	struct span *root = add(all, NULL, 1), *two = add(all, root, 2), *four;

	assert(STEPS(root->tree, 1, 2));
	four = add(all, root, 4);
	add(all, root, 7);
	add(all, two, 3);
	add(all, add(all, four, 5), 6);
	assert(STEPS(root->tree, 1, 2, 3, 4, 5, 6, 7));
	assert(span_depth(root) == 0 && span_depth(two) == 1);
	assert(span_depth(four->child->child) == 3);
	adds_up(root->tree);
	spans_free(all);
}

static void
spans_have_numbers_in_order(void)
{
	struct spans *all = spans_new();
	struct span *root = spans_add(all, NULL, 7, 1);

	assert(root->number == 1 && root->tree->number == 7);
	assert(add(all, root, 2)->number == 2);
	assert(add(all, NULL, 3)->number == 3);
	spans_free(all);
}

/* A closed tree is done with its last answer, and its last call's return. */
static void
a_tree_is_done_when_nothing_is_open(void)
{
	struct spans *all = spans_new();
	struct span *root = add(all, NULL, 1), *child;

	spans_call(all, root, 2);
	child = add(all, root, 3);
	spans_answer(all, root, 4);
	spans_close(all, root, 4);
	spans_close(all, child, 4); /* says nothing of the tree */
	assert(spans_next(all) == NULL);
	spans_answer(all, child, 5);
	assert(spans_next(all) == NULL);
	spans_return(all, root, 6);
	assert(spans_next(all) == root->tree);
	assert(root->end == 4 && child->end == 5);
	assert(spans_next(all) == NULL);
	spans_free(all);
}

static void
the_last_part_of_an_answer_is_its_end(void)
{
	struct spans *all = spans_new();
	struct span *s = add(all, NULL, 10);

	assert(s->end == -1 && s->arrival == -1);
	spans_answer(all, s, 20);
	spans_answer(all, s, 30);
	assert(s->end == 30 && s->tree->unanswered == 0);
	/* Where clocks of several CPUs differ, it takes no negative time. */
	spans_answer(all, s, 5);
	assert(s->end == 10);
	spans_free(all);
}

static void
a_reference_finds_nothing_once_the_tree_is_done(void)
{
	struct spans *all = spans_new();
	struct span *root = add(all, NULL, 1), *child = add(all, root, 2);
	struct span_ref ref = span_ref(child), none = span_ref(NULL);

	assert(span_get(none) == NULL);
	assert(span_get(ref) == child && span_get(span_ref(root)) == root);
	spans_finish(all);
	assert(span_get(ref) == NULL);
	assert(spans_next(all) != NULL && span_get(ref) == NULL);
	assert(spans_next(all) == NULL && span_get(ref) == NULL);
	/* Nor when the memory is used again. */
	for (int i = 0; i < 4; i++)
		add(all, NULL, 3);
	assert(span_get(ref) == NULL && span_get(span_ref(root)) != NULL);
	spans_free(all);
}

/* The tree that is heard of again waits anew, behind the others. */
static void
trees_wait_until_nothing_was_heard_for_long(void)
{
	struct spans *all = spans_new();
	struct span *one = add(all, NULL, 1), *two = add(all, NULL, 2);
	struct span *open = add(all, NULL, 3);

	spans_answer(all, one, 10);
	spans_answer(all, two, 20);
	spans_expire(all, 10);
	assert(spans_next(all) == NULL);
	spans_call(all, one, 30);
	spans_expire(all, 21);
	assert(spans_next(all) == two->tree && spans_next(all) == NULL);
	spans_expire(all, 30);
	assert(spans_next(all) == NULL);
	spans_expire(all, 31);
	assert(spans_next(all) == one->tree && spans_next(all) == NULL);
	/* One that has not answered is waited for. */
	spans_expire(all, INT64_MAX);
	assert(spans_next(all) == NULL && span_get(span_ref(open)) == open);
	spans_close(all, open, 40);
	spans_expire(all, 41);
	assert(spans_next(all) == open->tree && open->end == -1);
	spans_free(all);
}

static void
at_the_end_all_are_done_in_the_order_of_their_roots(void)
{
	struct spans *all = spans_new();
	struct tree *tree[5], *t;
	size_t n = 0;

	for (int i = 0; i < 5; i++)
		tree[i] = add(all, NULL, i + 1)->tree;
	spans_close(all, tree[3]->root, 9);
	spans_answer(all, tree[3]->root, 9); /* is done by itself */
	assert(spans_next(all) == tree[3]);
	spans_answer(all, tree[2]->root, 9); /* waits */
	spans_finish(all);
	spans_finish(all);
	while ((t = spans_next(all)) != NULL) {
		n += n == 3;
		assert(t == tree[n]);
		n++;
	}
	assert(n == 5);
	spans_expire(all, INT64_MAX);
	assert(spans_next(all) == NULL);
	spans_free(all);
}

static void
moving_keeps_all_counts(void)
{
	struct spans *all = spans_new();
	struct span *one = add(all, NULL, 1), *two = add(all, NULL, 100);
	struct span *a = add(all, one, 2), *b, *c = add(all, one, 5);

	b = add(all, a, 3);
	add(all, b, 4);
	spans_call(all, a, 5);
	spans_call(all, b, 5);
	spans_call(all, b, 5);
	spans_call(all, c, 5);
	spans_answer(all, b, 6);
	spans_move(all, a, two);
	assert(STEPS(one->tree, 1, 5) && STEPS(two->tree, 100, 2, 3, 4));
	assert(one->tree->calls == 1 && two->tree->calls == 3);
	assert(one->tree->unanswered == 2 && two->tree->unanswered == 3);
	/* It goes behind those that are there. */
	spans_move(all, c, two);
	assert(STEPS(one->tree, 1) && STEPS(two->tree, 100, 2, 3, 4, 5));
	spans_move(all, b, NULL);
	assert(STEPS(two->tree, 100, 2, 5) && STEPS(b->tree, 3, 4));
	assert(b->link == SPAN_ORPHAN && b->tree->number == 0);
	adds_up(one->tree);
	adds_up(two->tree);
	adds_up(b->tree);
	spans_free(all);
}

/* A span below the span itself moves further up, first, middle or last. */
static void
children_move_within_a_tree(void)
{
	for (int64_t which = 2; which <= 4; which++) {
		struct spans *all = spans_new();
		struct span *root = add(all, NULL, 1), *mid, *s = NULL;

		mid = add(all, root, 10);
		for (int64_t i = 2; i <= 4; i++)
			add(all, mid, i);
		while ((s = tree_step(root->tree, s))->start != which)
			;
		spans_move(all, s, root);
		add(all, mid, 5);
		if (which == 2)
			assert(STEPS(root->tree, 1, 10, 3, 4, 5, 2));
		else if (which == 3)
			assert(STEPS(root->tree, 1, 10, 2, 4, 5, 3));
		else
			assert(STEPS(root->tree, 1, 10, 2, 3, 5, 4));
		adds_up(root->tree);
		spans_free(all);
	}
}

/* A million requests, three open at a time: each comes out once. */
static void
memory_of_what_is_done_is_used_again(void)
{
	enum { MANY = 1000000, PLACES = 64 };
	struct spans *all = spans_new();
	const struct span *seen[PLACES];
	struct span *open[3] = { NULL, NULL, NULL };
	size_t given = 0, places = 0, spans = 0;

	for (int64_t i = 0; i < MANY; i++) {
		struct span **s = &open[i % 3];
		const struct tree *t;
		size_t at = 0;

		if (*s != NULL) {
			spans_answer(all, *s, i);
			spans_close(all, *s, i);
		}
		while ((t = spans_next(all)) != NULL) {
			given++;
			spans += t->spans;
		}
		*s = add(all, NULL, i);
		spans_answer(all, add(all, *s, i), i);
		while (at < places && seen[at] != *s)
			at++;
		assert(at < PLACES);
		seen[at] = *s;
		places += at == places;
	}
	assert(given == MANY - 3 && spans == 2 * given);
	assert(places <= 12);
	spans_free(all);
}

static void
each_link_has_its_word(void)
{
	assert(strcmp(span_link_name(SPAN_ROOT), "root") == 0);
	assert(strcmp(span_link_name(SPAN_DIRECT), "direct") == 0);
	assert(strcmp(span_link_name(SPAN_FIFO), "fifo") == 0);
	assert(strcmp(span_link_name(SPAN_CONNECT), "connect") == 0);
	assert(strcmp(span_link_name(SPAN_FORK), "fork") == 0);
	assert(strcmp(span_link_name(SPAN_GUESS), "guess") == 0);
	assert(strcmp(span_link_name(SPAN_ORPHAN), "orphan") == 0);
}

int
main(void)
{
	spans_free(NULL);
	a_tree_is_stepped_through_parents_first();
	spans_have_numbers_in_order();
	a_tree_is_done_when_nothing_is_open();
	the_last_part_of_an_answer_is_its_end();
	a_reference_finds_nothing_once_the_tree_is_done();
	trees_wait_until_nothing_was_heard_for_long();
	at_the_end_all_are_done_in_the_order_of_their_roots();
	moving_keeps_all_counts();
	children_move_within_a_tree();
	memory_of_what_is_done_is_used_again();
	each_link_has_its_word();
	return 0;
}
