/* SPDX-License-Identifier: MIT */
#include "dataset/split.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"

struct set {
	size_t *group; /* in the order drawn */
	size_t n, cap;
	size_t spread; /* categories that have one here */
};

struct split {
	struct intern *names; /* of categories */
	size_t *category;     /* of each group, as names has it */
	unsigned char *in;    /* the set of each group */
	size_t n, cap, in_cap;
	struct str *sorted; /* the names */
	size_t unseen;      /* index in sorted, or its length */
	size_t folds;       /* 0: there are none */
	size_t next;        /* the fold that gets a group next */
	struct set set[SPLIT_SETS];
};

bool
split_ratio(const char *text, double *ratio)
{
	char *end;
	double v;

	/* What strtod reads besides: blanks, hexadecimal, inf, nan. */
	if (*text == '\0' || text[strspn(text, "0123456789.eE+-")] != '\0')
		return false;
	v = strtod(text, &end);
	if (*end != '\0' || !(v >= 0 && v <= 1))
		return false;
	*ratio = v;
	return true;
}

struct split *
split_new(void)
{
	struct split *s = mem_alloc(sizeof(*s));

	s->names = intern_new();
	return s;
}

void
split_free(struct split *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i < SPLIT_SETS; i++)
		free(s->set[i].group);
	intern_free(s->names);
	free(s->category);
	free(s->in);
	free(s->sorted);
	free(s);
}

void
split_into(struct split *s, size_t folds)
{
	assert(folds >= 2 && folds <= SPLIT_FOLDS);
	s->folds = folds;
}

size_t
split_folds(const struct split *s)
{
	return s->folds;
}

size_t
split_sets(const struct split *s)
{
	return s->folds > 0 ? s->folds + 1 : SPLIT_UNSEEN + 1;
}

void
split_name(const struct split *s, size_t set, char name[SPLIT_NAME])
{
	static const char *const usual[] = { "train", "test_seen" };

	if (set + 1 == split_sets(s))
		snprintf(name, SPLIT_NAME, "test_unseen");
	else if (s->folds == 0)
		snprintf(name, SPLIT_NAME, "%s", usual[set]);
	else /* in the order of their names */
		snprintf(name, SPLIT_NAME, "fold%0*zu", s->folds < 10 ? 1 : 2,
		    set + 1);
}

void
split_add(struct split *s, struct str category)
{
	s->category = mem_grow(s->category, &s->cap, s->n + 1,
	    sizeof(*s->category));
	s->category[s->n++] = intern_id(s->names, category);
}

static int
by_bytes(const void *left, const void *right)
{
	const struct str *a = left, *b = right;
	size_t n = a->n < b->n ? a->n : b->n;
	int order = n > 0 ? memcmp(a->p, b->p, n) : 0;

	if (order != 0)
		return order;
	return (a->n > b->n) - (a->n < b->n);
}

static void
put(struct split *s, size_t which, const size_t *group, size_t n)
{
	struct set *set = &s->set[which];

	set->group = mem_grow(set->group, &set->cap, set->n + n,
	    sizeof(*set->group));
	for (size_t i = 0; i < n; i++) {
		set->group[set->n++] = group[i];
		s->in[group[i]] = (unsigned char)which;
	}
	set->spread += n > 0;
}

/* Lays the groups out by category: those of c begin at first[c]. */
static size_t *
lay_out(const struct split *s, size_t *first, size_t categories)
{
	size_t *group = mem_alloc(s->n * sizeof(*group));

	for (size_t i = 0; i < s->n; i++)
		first[s->category[i] + 1]++;
	for (size_t c = 0; c < categories; c++)
		first[c + 1] += first[c];
	for (size_t i = 0; i < s->n; i++)
		group[first[s->category[i]]++] = i;
	/* Each was moved on to where the next begins: move them back. */
	memmove(first + 1, first, categories * sizeof(*first));
	first[0] = 0;
	return group;
}

/* Deals the n groups of a category to one fold after the other. */
static void
deal_folds(struct split *s, const size_t *group, size_t n)
{
	size_t *part = mem_alloc((n / s->folds + 1) * sizeof(*part));

	for (size_t i = 0; i < s->folds; i++) {
		size_t many = 0;

		for (size_t k = i; k < n; k += s->folds)
			part[many++] = group[k];
		put(s, (s->next + i) % s->folds, part, many);
	}
	s->next = (s->next + n) % s->folds;
	free(part);
}

/* Deals out the n groups of a category that is not held out. */
static void
deal(struct split *s, struct mt *mt, double ratio, size_t *group, size_t n)
{
	size_t train = (size_t)((double)n * ratio);

	if (train == 0)
		train = 1;
	mt_shuffle(mt, group, n);
	if (s->folds > 0) {
		deal_folds(s, group, n);
		return;
	}
	put(s, SPLIT_TRAIN, group, train);
	put(s, SPLIT_SEEN, group + train, n - train);
}

void
split_draw(struct split *s, struct mt *mt, double ratio, bool hold_out)
{
	size_t n = intern_count(s->names), id = 0, last = split_sets(s) - 1;
	size_t *first = mem_alloc((n + 1) * sizeof(*first));
	size_t *group = lay_out(s, first, n);

	assert(s->sorted == NULL && ratio >= 0 && ratio <= 1);
	s->in = mem_grow(s->in, &s->in_cap, s->n, 1);
	s->sorted = mem_alloc(n * sizeof(*s->sorted));
	for (size_t c = 0; c < n; c++)
		s->sorted[c] = intern_str(s->names, c);
	qsort(s->sorted, n, sizeof(*s->sorted), by_bytes);
	s->unseen = hold_out && n >= SPLIT_ENOUGH ? mt_below(mt, n) : n;
	for (size_t c = 0; c < n; c++) {
		size_t *mine;

		intern_find(s->names, s->sorted[c], &id);
		mine = group + first[id];
		if (c == s->unseen)
			put(s, last, mine, first[id + 1] - first[id]);
		else
			deal(s, mt, ratio, mine, first[id + 1] - first[id]);
	}
	free(group);
	free(first);
}

size_t
split_set(const struct split *s, size_t group)
{
	assert(group < s->n);
	return s->in[group];
}

const size_t *
split_groups(const struct split *s, size_t which, size_t *n)
{
	*n = s->set[which].n;
	return s->set[which].group;
}

bool
split_drawn(const struct split *s, size_t i, size_t *group, size_t *set)
{
	for (*set = 0; *set < split_sets(s); ++*set) {
		const struct set *of = &s->set[*set];

		if (i < of->n) {
			*group = of->group[i];
			return true;
		}
		i -= of->n;
	}
	return false;
}

size_t
split_spread(const struct split *s, size_t which)
{
	return s->set[which].spread;
}

const struct str *
split_categories(const struct split *s, size_t *n)
{
	*n = intern_count(s->names);
	return s->sorted;
}

struct str
split_unseen(const struct split *s)
{
	if (s->unseen == intern_count(s->names))
		return (struct str){ NULL, 0 };
	return s->sorted[s->unseen];
}
