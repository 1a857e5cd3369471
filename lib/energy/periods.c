/* SPDX-License-Identifier: MIT */
#include "energy/periods.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const uint64_t MIDDLE = (uint64_t)1 << 63;

void
periods_begin(struct periods *p, int64_t origin)
{
	uint64_t length = (uint64_t)p->length;
	uint64_t phase = ((uint64_t)origin + MIDDLE) % length;

	p->lead = phase > 0 ? length - phase : 0;
}

/* Returns the number of the window that begins at a time or has it within. */
static uint64_t
number_of(const struct periods *p, int64_t t)
{
	uint64_t since = (uint64_t)t + MIDDLE, lead = p->lead;

	if (since + lead < since)
		return (uint64_t)(((wide)since + lead) / (uint64_t)p->length);
	return (since + lead) / (uint64_t)p->length;
}

/* Returns the time at which a window begins, cut to the range. */
static int64_t
begin_of(const struct periods *p, wide number)
{
	wide since = number * (uint64_t)p->length, lead = p->lead;
	int64_t t;

	if (since <= lead)
		t = INT64_MIN;
	else if (since - lead > UINT64_MAX)
		t = INT64_MAX;
	else
		t = (int64_t)((uint64_t)(since - lead) - MIDDLE);
	if (t < p->range.from)
		return p->range.from;
	return t > p->range.to ? p->range.to : t;
}

static struct account_range
range_of(const struct periods *p, uint64_t number)
{
	return (struct account_range){ begin_of(p, number),
		begin_of(p, (wide)number + 1) };
}

static struct period *
place_of(const struct periods *p, uint64_t number)
{
	return &p->ring[number & (p->cap - 1)];
}

/* Hands on the first window, and closes it; spare memory is kept. */
static void
close_first(struct periods *p)
{
	struct period *w = place_of(p, p->first);

	if (w->n > 0) {
		p->passed = true;
		p->last_passed = p->first;
		p->done(p->arg, w);
	}
	w->n = 0;
	p->first++;
	p->n--;
	if (p->held <= PERIODS_HELD)
		return;
	p->held -= w->cap;
	free(w->share);
	*w = (struct period){ 0 };
}

/* Makes the ring large enough for n windows. */
static void
make_ring(struct periods *p, uint64_t n)
{
	struct periods was = *p;

	if (n <= p->cap)
		return;
	p->cap = p->cap > 0 ? p->cap : 16;
	while (p->cap < n)
		p->cap *= 2;
	p->ring = mem_alloc(p->cap * sizeof(*p->ring));
	for (uint64_t i = p->first; i - p->first < p->n; i++) {
		*place_of(p, i) = *place_of(&was, i);
		*place_of(&was, i) = (struct period){ 0 };
	}
	for (size_t i = 0; i < was.cap; i++) {
		p->held -= was.ring[i].cap;
		free(was.ring[i].share);
	}
	free(was.ring);
}

/* Opens a window, and those between it and others; false if it cannot be. */
static bool
open_window(struct periods *p, uint64_t number)
{
	if (p->passed && number <= p->last_passed) {
		p->again++;
		return false;
	}
	while (
	    p->n > 0 && number >= p->first && number - p->first >= PERIODS_OPEN)
		close_first(p);
	if (p->n == 0) {
		make_ring(p, 1);
		p->first = number;
		p->n = 1;
	} else if (number >= p->first) {
		make_ring(p, number - p->first + 1);
		p->n = number - p->first + 1;
	} else {
		if (p->first - number > PERIODS_OPEN - p->n)
			return false;
		make_ring(p, p->first - number + p->n);
		p->n += p->first - number;
		p->first = number;
	}
	return true;
}

/* Returns the place of a zone's share, or where it would be. */
static size_t
find(const struct period *w, size_t zone)
{
	size_t from = 0, to = w->n;

	if (to == 0 || w->share[to - 1].zone < zone)
		return to;
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (w->share[middle].zone < zone)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Returns a zone's account in an open window. */
static struct account *
account_in(struct periods *p, uint64_t number, size_t zone)
{
	struct period *w = place_of(p, number);
	size_t at = find(w, zone);

	if (at < w->n && w->share[at].zone == zone)
		return &w->share[at].account;
	if (w->n == 0)
		w->range = range_of(p, number);
	p->held -= w->cap;
	if (w->cap == 0) { /* many windows have one zone, or few */
		w->cap = 2;
		w->share = mem_alloc(w->cap * sizeof(*w->share));
	}
	w->share = mem_grow(w->share, &w->cap, w->n + 1, sizeof(*w->share));
	p->held += w->cap;
	memmove(&w->share[at + 1], &w->share[at],
	    (w->n - at) * sizeof(*w->share));
	w->n++;
	w->share[at] = (struct share){ .zone = zone, .account.zones = 1 };
	return &w->share[at].account;
}

/* Adds what a sample has in a window; it is counted in its last one. */
static void
add(struct periods *p, uint64_t number, size_t zone, const struct sample *s,
    bool counts)
{
	bool is_open = number >= p->first && number - p->first < p->n;
	struct share alone = { .zone = zone, .account.zones = 1 };
	struct period one = { .share = &alone, .n = 1 };
	struct account *a = &alone.account;

	if (is_open || open_window(p, number)) {
		a = account_in(p, number, zone);
		one.range = place_of(p, number)->range;
	} else {
		one.range = range_of(p, number);
	}
	account_add(a, s, one.range);
	if (counts)
		account_count(a, s);
	if (a == &alone.account)
		p->done(p->arg, &one);
}

/* Returns the number of the last window that a sample is in. */
static uint64_t
last_of(const struct periods *p, const struct sample *s)
{
	int64_t to = s->ts < p->range.to ? s->ts : p->range.to;

	return number_of(p, to > INT64_MIN ? to - 1 : to);
}

/* Returns that of the first which the sample has energy of. */
static uint64_t
first_of(const struct periods *p, const struct sample *s)
{
	int64_t from = s->ts - s->dur;

	if (s->dur == 0 || !account_measures(s))
		return last_of(p, s);
	return number_of(p, from > p->range.from ? from : p->range.from);
}

uint64_t
periods_count(const struct periods *p, const struct sample *s)
{
	return last_of(p, s) - first_of(p, s) + 1;
}

void
periods_add(struct periods *p, size_t zone, const struct sample *s,
    int64_t others)
{
	uint64_t last = last_of(p, s);

	for (uint64_t i = first_of(p, s);; i++) {
		add(p, i, zone, s, i == last);
		if (i == last)
			break;
		while (p->n > 0 && p->first <= i &&
		    (p->held > PERIODS_HELD || periods_first(p) <= others))
			close_first(p);
	}
	while (p->held > PERIODS_HELD && p->n > 1 && p->first < last)
		close_first(p);
}

int64_t
periods_first(const struct periods *p)
{
	return p->n > 0 ? begin_of(p, (wide)p->first + 1) : INT64_MAX;
}

void
periods_pass(struct periods *p, int64_t until)
{
	while (p->n > 0 && periods_first(p) <= until)
		close_first(p);
}

void
periods_turn(struct periods *p)
{
	while (p->n > 0)
		close_first(p);
	p->passed = false;
}

void
periods_free(struct periods *p)
{
	for (size_t i = 0; i < p->cap; i++)
		free(p->ring[i].share);
	free(p->ring);
	*p = (struct periods){ 0 };
}
