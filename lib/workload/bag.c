/* SPDX-License-Identifier: MIT */
#include "workload/bag.h"

#include <assert.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"

struct item {
	struct task task;
	size_t arrival;
	double mhz;
	enum fragment_kind kind;
	bool has_fragment;
};

/* A dependency: by the numbers of keys, then by arrivals, then by ids. */
struct edge {
	size_t child, parent;
};

struct bag {
	struct item *item;
	size_t n, cap;
	struct edge *edge;
	size_t edges, edge_cap;
	struct intern *texts, *keys;
	size_t *owner; /* of a key: the arrival of its task, from 1; 0: none */
	size_t owner_cap;
	int32_t *list; /* first of parents, then of children */
	int32_t *kept; /* those of a task that are written */
	size_t kept_cap;
	struct bag_counts counts;
	double floor_mhz;
	struct basis_refusal refuse;
};

struct bag *
bag_new(void)
{
	struct bag *b = mem_alloc(sizeof(*b));

	b->texts = intern_new();
	b->keys = intern_new();
	return b;
}

void
bag_free(struct bag *b)
{
	if (b == NULL)
		return;
	intern_free(b->texts);
	intern_free(b->keys);
	free(b->item);
	free(b->edge);
	free(b->owner);
	free(b->list);
	free(b->kept);
	free(b);
}

void
bag_rule(struct bag *b, double floor_mhz, const struct basis_refusal *refuse)
{
	b->floor_mhz = floor_mhz;
	b->refuse = *refuse;
}

static void
keep(struct bag *b, struct str *s)
{
	if (s->p != NULL)
		*s = intern_str(b->texts, intern_id(b->texts, *s));
}

static void
own(struct bag *b, struct str key, size_t arrival)
{
	size_t id = intern_id(b->keys, key);

	b->owner = mem_grow(b->owner, &b->owner_cap, id + 1, sizeof(*b->owner));
	if (b->owner[id] == 0)
		b->owner[id] = arrival + 1;
	else
		b->counts.twice++;
}

/* Sees to it that its fragment uses enough. */
static void
raise_usage(struct bag *b, struct item *item)
{
	struct fragment f = { .duration_ms = item->task.duration_ms,
		.cpu_mhz = item->mhz };

	if (!item->has_fragment)
		return;
	b->counts.basis.raised += fragment_raise(&f, b->floor_mhz);
	item->mhz = f.cpu_mhz;
}

void
bag_add(struct bag *b, const struct task *t, struct str key,
    const struct fragment *f)
{
	struct item *item;

	if (basis_refuses(&b->refuse, t, f, f != NULL)) {
		b->counts.basis.refused++;
		return;
	}
	b->item = mem_grow(b->item, &b->cap, b->n + 1, sizeof(*b->item));
	item = &b->item[b->n];
	*item = (struct item){ .task = *t, .arrival = b->n };
	item->task.parents = item->task.children = 0;
	keep(b, &item->task.name);
	keep(b, &item->task.trace_id);
	keep(b, &item->task.node);
	keep(b, &item->task.outcome);
	keep(b, &item->task.workflow);
	keep(b, &item->task.user);
	keep(b, &item->task.group);
	keep(b, &item->task.executable);
	keep(b, &item->task.queue);
	keep(b, &item->task.partition);
	if (f != NULL) {
		item->mhz = f->cpu_mhz;
		item->kind = f->kind;
		item->has_fragment = t->duration_ms > 0;
		raise_usage(b, item);
	}
	if (key.p != NULL)
		own(b, key, b->n);
	b->n++;
	basis_add(&b->counts.basis, t, f, item->has_fragment);
	b->counts.empty += t->duration_ms == 0;
}

void
bag_depend(struct bag *b, struct str child, struct str parent)
{
	struct edge *e;

	b->edge = mem_grow(b->edge, &b->edge_cap, b->edges + 1,
	    sizeof(*b->edge));
	e = &b->edge[b->edges++];
	e->child = intern_id(b->keys, child);
	e->parent = intern_id(b->keys, parent);
}

static int
by_submission(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int64_t s = x->task.submission_ms, t = y->task.submission_ms;

	if (s != t)
		return s < t ? -1 : 1;
	return x->arrival < y->arrival ? -1 : 1;
}

static int
by_failure(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->task.failed != y->task.failed)
		return x->task.failed ? 1 : -1;
	return by_submission(a, b);
}

static int
compare(const struct edge *x, const struct edge *y)
{
	if (x->child != y->child)
		return x->child < y->child ? -1 : 1;
	return (x->parent > y->parent) - (x->parent < y->parent);
}

static int
by_child(const void *a, const void *b)
{
	return compare(a, b);
}

static int
by_parent(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	struct edge turned = { x->parent, x->child },
		    other = { y->parent, y->child };

	return compare(&turned, &other);
}

/* Drops the dependencies of which an end is not there, and gives ids. */
static void
resolve(struct bag *b, const size_t *id_of)
{
	size_t kept = 0;

	b->owner = mem_grow(b->owner, &b->owner_cap, intern_count(b->keys) + 1,
	    sizeof(*b->owner));
	for (size_t i = 0; i < b->edges; i++) {
		size_t child = b->owner[b->edge[i].child];
		size_t parent = b->owner[b->edge[i].parent];

		if (child == 0 || parent == 0 || child == parent)
			b->counts.strange++;
		else
			b->edge[kept++] = (struct edge){ id_of[child - 1],
				id_of[parent - 1] };
	}
	b->edges = kept;
}

/* Sorts them; what was said twice is said once. */
static void
sort_edges(struct bag *b)
{
	size_t kept = 0;

	if (b->edges == 0)
		return;
	qsort(b->edge, b->edges, sizeof(*b->edge), by_child);
	for (size_t i = 0; i < b->edges; i++)
		if (i == 0 || compare(&b->edge[i], &b->edge[kept - 1]) != 0)
			b->edge[kept++] = b->edge[i];
	b->edges = kept;
}

/* Hands out the lists of parents and children, each in the order of ids. */
static void
give_lists(struct bag *b)
{
	int32_t *to;

	if (b->edges == 0)
		return;
	b->list = to = mem_alloc(2 * b->edges * sizeof(*b->list));
	for (size_t i = 0; i < b->edges; i++, to++) {
		struct task *t = &b->item[b->edge[i].child].task;

		if (t->parents++ == 0)
			t->parent = to;
		*to = (int32_t)b->edge[i].parent;
	}
	qsort(b->edge, b->edges, sizeof(*b->edge), by_parent);
	for (size_t i = 0; i < b->edges; i++, to++) {
		struct task *t = &b->item[b->edge[i].parent].task;

		if (t->children++ == 0)
			t->child = to;
		*to = (int32_t)b->edge[i].child;
	}
}

/* Counts the tasks that can never begin: no order of all of them is one. */
static void
count_circular(struct bag *b)
{
	size_t *left = mem_alloc((b->n + 1) * sizeof(*left));
	size_t *ready = mem_alloc((b->n + 1) * sizeof(*ready));
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		left[i] = b->item[i].task.parents;
		if (left[i] == 0)
			ready[n++] = i;
	}
	for (size_t done = 0; done < n; done++) {
		const struct task *t = &b->item[ready[done]].task;

		for (size_t i = 0; i < t->children; i++)
			if (--left[t->child[i]] == 0)
				ready[n++] = (size_t)t->child[i];
	}
	b->counts.circular = b->n - n;
	free(left);
	free(ready);
}

void
bag_settle(struct bag *b, enum bag_order order)
{
	size_t *id_of = mem_alloc((b->n + 1) * sizeof(*id_of));

	assert(b->n <= INT32_MAX);
	if (b->n > 0 && order != BAG_AS_ADDED)
		qsort(b->item, b->n, sizeof(*b->item),
		    order == BAG_FAILED_LAST ? by_failure : by_submission);
	for (size_t i = 0; i < b->n; i++) {
		b->item[i].task.id = (int32_t)i;
		id_of[b->item[i].arrival] = i;
	}
	resolve(b, id_of);
	free(id_of);
	sort_edges(b);
	give_lists(b);
	count_circular(b);
}

size_t
bag_length(const struct bag *b)
{
	return b->n;
}

const struct task *
bag_task(const struct bag *b, size_t id)
{
	return &b->item[id].task;
}

bool
bag_fragment(const struct bag *b, size_t id, struct fragment *f)
{
	const struct item *item = &b->item[id];

	*f = (struct fragment){
		.id = item->task.id,
		.failed = item->task.failed,
		.cpu_count = item->task.cpu_count,
		.duration_ms = item->task.duration_ms,
		.cpu_mhz = item->mhz,
		.kind = item->kind,
	};
	return item->has_fragment;
}

const struct bag_counts *
bag_counts(const struct bag *b)
{
	return &b->counts;
}

static bool
is_run(const struct item *item)
{
	return item->has_fragment && !item->task.failed;
}

/* Copies the ids of tasks that are run, and returns how many. */
static size_t
keep_run(const struct bag *b, const int32_t *id, size_t n, int32_t *to)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (is_run(&b->item[id[i]]))
			to[kept++] = id[i];
	return kept;
}

/* Takes what is not run away from a task that is. */
static void
waive(struct bag *b, struct task *t)
{
	size_t parents;

	b->kept = mem_grow(b->kept, &b->kept_cap, t->parents + t->children + 1,
	    sizeof(*b->kept));
	parents = keep_run(b, t->parent, t->parents, b->kept);
	b->counts.waived += t->parents - parents;
	t->parent = b->kept;
	t->parents = parents;
	t->children = keep_run(b, t->child, t->children, b->kept + parents);
	t->child = b->kept + parents;
}

void
bag_put(struct bag *b, struct output *out)
{
	struct fragment f;

	for (size_t i = 0; i < b->n; i++) {
		struct task t = b->item[i].task;

		if (is_run(&b->item[i]))
			waive(b, &t);
		task_put(out, &t);
		if (bag_fragment(b, i, &f))
			fragment_put(out, &f);
	}
}
