/* SPDX-License-Identifier: MIT */
#include "flow/span.h"

#include <stdlib.h>

#include "base/mem.h"

struct spans {
	/* All memory ever taken, and how much of it is not in use. */
	struct span **span, **free_span;
	struct tree **tree, **free_tree;
	size_t n, cap, unused, unused_cap;
	size_t trees, trees_cap, unused_trees, unused_trees_cap;

	uint64_t number;               /* of the last span */
	struct tree *first, *last;     /* open, in order */
	struct tree *waiting, *newest; /* to be done when time has passed */
	struct tree *done, *done_last; /* through after */
	struct tree *given;            /* to the caller of spans_next */
};

struct spans *
spans_new(void)
{
	return mem_alloc(sizeof(struct spans));
}

void
spans_free(struct spans *all)
{
	if (all == NULL)
		return;
	for (size_t i = 0; i < all->n; i++)
		free(all->span[i]);
	for (size_t i = 0; i < all->trees; i++)
		free(all->tree[i]);
	free(all->span);
	free(all->free_span);
	free(all->tree);
	free(all->free_tree);
	free(all);
}

static struct span *
take_span(struct spans *all)
{
	struct span *s;

	if (all->unused > 0) {
		s = all->free_span[--all->unused];
	} else {
		s = mem_alloc(sizeof(*s));
		all->span = mem_grow(all->span, &all->cap, all->n + 1,
		    sizeof(*all->span));
		all->span[all->n++] = s;
	}
	*s = (struct span){ .number = ++all->number };
	return s;
}

static struct tree *
take_tree(struct spans *all)
{
	struct tree *t;

	if (all->unused_trees > 0) {
		t = all->free_tree[--all->unused_trees];
	} else {
		t = mem_alloc(sizeof(*t));
		all->tree = mem_grow(all->tree, &all->trees_cap, all->trees + 1,
		    sizeof(*all->tree));
		all->tree[all->trees++] = t;
	}
	*t = (struct tree){ .before = all->last };
	if (all->last != NULL)
		all->last->after = t;
	else
		all->first = t;
	all->last = t;
	return t;
}

/* Gives back a tree that was handed out. */
static void
release(struct spans *all, struct tree *t)
{
	struct span *next;

	for (struct span *s = t->root; s != NULL; s = next) {
		next = tree_step(t, s);
		/* The links stay, for tree_step, until it is taken again. */
		s->number = 0;
		all->free_span = mem_grow(all->free_span, &all->unused_cap,
		    all->unused + 1, sizeof(*all->free_span));
		all->free_span[all->unused++] = s;
	}
	all->free_tree = mem_grow(all->free_tree, &all->unused_trees_cap,
	    all->unused_trees + 1, sizeof(*all->free_tree));
	all->free_tree[all->unused_trees++] = t;
}

static void
add_child(struct span *parent, struct span *s)
{
	s->parent = parent;
	if (parent->last_child != NULL)
		parent->last_child->sibling = s;
	else
		parent->child = s;
	parent->last_child = s;
}

struct span *
spans_add(struct spans *all, struct span *parent, uint64_t request,
    int64_t start)
{
	struct span *s = take_span(all);

	s->start = start;
	s->end = s->arrival = -1;
	if (parent == NULL) {
		s->tree = take_tree(all);
		s->tree->root = s;
		s->tree->number = request;
	} else {
		s->tree = parent->tree;
		add_child(parent, s);
	}
	s->tree->spans++;
	s->tree->unanswered++;
	s->tree->active = start;
	return s;
}

static void
stop_waiting(struct spans *all, struct tree *t)
{
	if (!t->waits)
		return;
	*(t->sooner != NULL ? &t->sooner->later : &all->waiting) = t->later;
	*(t->later != NULL ? &t->later->sooner : &all->newest) = t->sooner;
	t->waits = false;
}

static void
begin_waiting(struct spans *all, struct tree *t)
{
	t->sooner = all->newest;
	t->later = NULL;
	*(all->newest != NULL ? &all->newest->later : &all->waiting) = t;
	all->newest = t;
	t->waits = true;
}

/* Moves a tree from those that are open to those that are done. */
static void
finish(struct spans *all, struct tree *t)
{
	stop_waiting(all, t);
	*(t->before != NULL ? &t->before->after : &all->first) = t->after;
	*(t->after != NULL ? &t->after->before : &all->last) = t->before;
	t->after = NULL;
	*(all->done_last != NULL ? &all->done_last->after : &all->done) = t;
	all->done_last = t;
	t->done = true;
}

/* Sees what became of a tree to which something happened at ts. */
static void
touch(struct spans *all, struct tree *t, int64_t ts)
{
	t->active = ts;
	stop_waiting(all, t);
	if (t->closed && t->unanswered == 0 && t->calls == 0)
		finish(all, t);
	else if (t->closed || t->root->end >= 0)
		begin_waiting(all, t);
}

void
spans_answer(struct spans *all, struct span *s, int64_t ts)
{
	if (s->end < 0)
		s->tree->unanswered--;
	s->end = ts > s->start ? ts : s->start;
	touch(all, s->tree, ts);
}

void
spans_call(struct spans *all, struct span *s, int64_t ts)
{
	s->calls++;
	s->tree->calls++;
	touch(all, s->tree, ts);
}

void
spans_return(struct spans *all, struct span *s, int64_t ts)
{
	s->calls--;
	s->tree->calls--;
	touch(all, s->tree, ts);
}

/* Takes a child off its parent's list. */
static void
unlink_child(struct span *child)
{
	struct span *parent = child->parent, *before = NULL;

	for (struct span *s = parent->child; s != child; s = s->sibling)
		before = s;
	*(before != NULL ? &before->sibling : &parent->child) = child->sibling;
	if (parent->last_child == child)
		parent->last_child = before;
	child->sibling = child->parent = NULL;
}

/* Counts a span, and all below it, in another tree. */
static void
count_in(struct span *top, struct tree *to)
{
	struct span *s = top, *next;

	for (; s != NULL; s = next) {
		s->tree->spans--;
		s->tree->unanswered -= s->end < 0;
		s->tree->calls -= s->calls;
		s->tree = to;
		to->spans++;
		to->unanswered += s->end < 0;
		to->calls += s->calls;
		next = s->child;
		while (next == NULL && s != top) {
			next = s->sibling;
			s = s->parent;
		}
	}
}

void
spans_move(struct spans *all, struct span *child, struct span *parent)
{
	struct tree *from = child->tree, *to;

	unlink_child(child);
	if (parent != NULL) {
		to = parent->tree;
		add_child(parent, child);
	} else {
		to = take_tree(all);
		to->root = child;
		child->link = SPAN_ORPHAN;
		child->candidates = 0;
	}
	count_in(child, to);
	touch(all, to, from->active);
}

void
spans_close(struct spans *all, struct span *s, int64_t ts)
{
	if (s->parent != NULL)
		return;
	s->tree->closed = true;
	touch(all, s->tree, ts);
}

void
spans_expire(struct spans *all, int64_t before)
{
	while (all->waiting != NULL && all->waiting->active < before)
		finish(all, all->waiting);
}

void
spans_finish(struct spans *all)
{
	while (all->first != NULL)
		finish(all, all->first);
}

struct tree *
spans_next(struct spans *all)
{
	struct tree *t = all->done;

	if (all->given != NULL)
		release(all, all->given);
	all->given = t;
	if (t != NULL) {
		all->done = t->after;
		if (all->done == NULL)
			all->done_last = NULL;
	}
	return t;
}

struct span *
tree_step(const struct tree *t, const struct span *s)
{
	if (s == NULL)
		return t->root;
	if (s->child != NULL)
		return s->child;
	while (s->sibling == NULL && s->parent != NULL)
		s = s->parent;
	return s->sibling;
}

unsigned
span_depth(const struct span *s)
{
	unsigned depth = 0;

	while ((s = s->parent) != NULL)
		depth++;
	return depth;
}

const char *
span_link_name(enum span_link link)
{
	static const char *const name[] = {
		[SPAN_ROOT] = "root",
		[SPAN_DIRECT] = "direct",
		[SPAN_FIFO] = "fifo",
		[SPAN_CONNECT] = "connect",
		[SPAN_FORK] = "fork",
		[SPAN_GUESS] = "guess",
		[SPAN_ORPHAN] = "orphan",
	};

	return name[link];
}
