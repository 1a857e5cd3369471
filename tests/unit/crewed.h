/* SPDX-License-Identifier: MIT */
/*
 * crewed -- all that comes out of a file of trace text, with a crew or without
 */
#ifndef TK_TEST_CREWED_H
#define TK_TEST_CREWED_H

#include <inttypes.h>

#include "input_of.h"
#include "source/crew.h"
#include "source/print.h"

/* Writes an event that is no EVENT_POINT, and what was counted up to it. */
static inline void
put_other(struct output *out, const struct event_reader *r,
    const struct event *ev)
{
	const struct event_counts *n = event_counts(r);

	output_printf(out, "%d %d %" PRId64 " %s\n", ev->kind, ev->at.cpu,
	    ev->kind == EVENT_LOST ? ev->at.ts : 0,
	    ev->kind == EVENT_BAD ? ev->why : "");
	output_printf(out,
	    "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRId64
	    " %" PRId64 " %d\n",
	    n->events, n->bad, n->backwards, n->doubtful, n->first, n->last,
	    n->cut_short);
	if (ev->kind == EVENT_END)
		output_printf(out, "%" PRIu64 " lines\n", n->lines);
}

/* Writes all; returns how many records a crew made of it. */
static inline uint64_t
put_all(struct output *out, const char *p, size_t n, struct filter *filter,
    struct crew *crew)
{
	struct event_reader *r = event_reader_new();
	struct input in = input_of(p, n);
	uint64_t records = 0;
	struct event ev;

	event_open(r, &in);
	for (;;) {
		while (crew != NULL && crew_pass(crew, r, &in, out, &records))
			;
		if (!event_next(r, &ev))
			break;
		if (ev.kind != EVENT_POINT) {
			put_other(out, r, &ev);
		} else if (filter_keeps(filter, &ev, event_counts(r)->first)) {
			event_canon(r, &ev);
			print_point(out, &ev);
		}
	}
	if (crew != NULL)
		crew_rest(crew);
	output_printf(out, "%" PRIu64 "\n", event_counts(r)->lines);
	event_reader_free(r);
	input_close(&in);
	return records;
}

/*
 * Tells whether all is the same with a crew of that shape; *records are those
 * that it made.
 */
static inline bool
same_with_crew(const char *p, size_t n, struct filter *filter,
    const struct crew_shape *shape, uint64_t *records)
{
	struct crew *crew = crew_new(filter, shape);
	struct output with, without;
	bool same;

	output_in_memory(&with);
	output_in_memory(&without);
	put_all(&without, p, n, filter, NULL);
	*records = put_all(&with, p, n, filter, crew);
	same = with.n == without.n &&
	    memcmp(with.buf, without.buf, with.n) == 0;
	if (!same)
		fprintf(stderr, "%.*s\nwithout a crew:\n%.*s\n", (int)with.n,
		    with.buf, (int)without.n, without.buf);
	crew_free(crew);
	output_close(&with);
	output_close(&without);
	return same;
}

#endif
