/* SPDX-License-Identifier: MIT */
#include "source/recast.h"

#include <assert.h>

#include "source/print.h"

/* Begins a line. */
static struct output *
begin(struct recast *r)
{
	if (r->line.name == NULL)
		output_in_memory(&r->line);
	r->line.n = 0;
	return &r->line;
}

/* Reads the line that was written, without its newline. */
static const struct json *
read_back(struct recast *r)
{
	const char *why = json_parse(&r->record,
	    (struct str){ r->line.buf, r->line.n - 1 });

	assert(why == NULL);
	(void)why;
	return &r->record;
}

const struct json *
recast_trace(struct recast *r, const struct event *ev,
    const struct metadata *beside)
{
	static const struct title title;

	if (ev->record != NULL || ev->line.p != NULL)
		return ev->record;
	title_put(begin(r), &title, ev, beside, (struct str){ NULL, 0 });
	return read_back(r);
}

const struct json *
recast_point(struct recast *r, struct event_reader *reader, struct event *ev)
{
	if (ev->record != NULL)
		return ev->record;
	event_canon(reader, ev);
	print_point(begin(r), ev);
	return read_back(r);
}

void
recast_free(struct recast *r)
{
	json_free(&r->record);
	if (r->line.name != NULL)
		output_close(&r->line);
	*r = (struct recast){ .record = { 0 } };
}
