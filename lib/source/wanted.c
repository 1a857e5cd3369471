/* SPDX-License-Identifier: MIT */
#include "source/wanted.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/word.h"
#include "record/frame.h"

/* No trace has so many events; so memory stays bounded if it pretends to. */
enum { NUMBERS_MAX = 1 << 16, RECENT = 64 };

struct recent {
	struct str event;
	int number;
};

struct wanted {
	struct layouts *layouts;
	struct intern *names;
	struct body_kind *kinds; /* by number */
	struct str *labels;      /* the same */
	size_t cap, labels_cap;
	bool all;
	wanted_test *test; /* of lines that are wanted as well, or NULL */
	struct recent recent[RECENT]; /* by recent_of: found the last time */
};

static const struct body_kind unknown = { .layout = -1 };

struct wanted *
wanted_new(void)
{
	struct wanted *w = mem_alloc(sizeof(*w));

	w->layouts = layouts_new();
	w->names = intern_new();
	w->all = true;
	return w;
}

void
wanted_free(struct wanted *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; i < intern_count(w->names); i++)
		free((char *)w->labels[i].p);
	layouts_free(w->layouts);
	intern_free(w->names);
	free(w->labels);
	free(w->kinds);
	free(w);
}

/* Makes the label of an event, where its name is plain. */
static struct str
make_label(struct str event)
{
	static const char front[] = "{\"type\":\"", back[] = "\",\"ts\":";
	size_t n = sizeof(front) - 1, m = sizeof(back) - 1;
	char *p;

	if (frame_is_taken(event))
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < event.n; i++)
		if (!word_is(event.p[i]))
			return (struct str){ NULL, 0 };
	p = mem_alloc(n + event.n + m);
	memcpy(p, front, n);
	memcpy(p + n, event.p, event.n);
	memcpy(p + n + event.n, back, m);
	return (struct str){ p, n + event.n + m };
}

/* Gives the event its number, or -1 where there are too many. */
static int
number_of(struct wanted *w, struct str event)
{
	size_t had = intern_count(w->names), id;

	if (had >= NUMBERS_MAX)
		return intern_find(w->names, event, &id) ? (int)id : -1;
	id = intern_id(w->names, event);
	if (id == had) {
		w->kinds = mem_grow(w->kinds, &w->cap, id + 1,
		    sizeof(*w->kinds));
		w->kinds[id] = body_kind(w->layouts, event);
		w->labels = mem_grow(w->labels, &w->labels_cap, id + 1,
		    sizeof(*w->labels));
		w->labels[id] = make_label(event);
	}
	return (int)id;
}

int
wanted_add(struct wanted *w, struct str event)
{
	w->all = false;
	return number_of(w, event);
}

struct wanted *
wanted_like(const struct wanted *other)
{
	struct wanted *w = wanted_new();

	for (size_t i = 0; !other->all && i < intern_count(other->names); i++)
		wanted_add(w, intern_str(other->names, i));
	w->test = other->test;
	return w;
}

void
wanted_set_test(struct wanted *w, wanted_test *test)
{
	w->test = test;
}

bool
wanted_line(const struct wanted *w, struct str line)
{
	return w->test != NULL && w->test(line);
}

/* Finds the place of an event among the recent ones; names differ in these. */
static struct recent *
recent_of(struct wanted *w, struct str event)
{
	unsigned char last = (unsigned char)event.p[event.n - 1];
	unsigned char middle = (unsigned char)event.p[event.n / 2];

	return &w->recent[(event.n * 7 + last * 3u + middle) % RECENT];
}

bool
wanted_find(struct wanted *w, struct str event, int *number)
{
	struct recent *recent = recent_of(w, event);
	size_t id;

	if (recent->event.n == event.n &&
	    memcmp(recent->event.p, event.p, event.n) == 0) {
		*number = recent->number;
		return true;
	}
	if (w->all)
		*number = number_of(w, event);
	else if (intern_find(w->names, event, &id))
		*number = (int)id;
	else
		return false;
	if (*number >= 0)
		*recent = (struct recent){
			intern_str(w->names, (size_t)*number), *number
		};
	return true;
}

bool
wanted_all(const struct wanted *w)
{
	return w->all;
}

const struct body_kind *
wanted_kind(const struct wanted *w, int number)
{
	return number < 0 ? &unknown : &w->kinds[number];
}

const struct str *
wanted_label(const struct wanted *w, int number)
{
	return number < 0 || w->labels[number].p == NULL ? NULL
							 : &w->labels[number];
}

const struct layouts *
wanted_layouts(const struct wanted *w)
{
	return w->layouts;
}
