/* SPDX-License-Identifier: MIT */
#include "parquet/retell.h"

#include "record/frame.h"
#include "source/print.h"
#include "source/title.h"

static void
begin(struct retell *r, const struct event *ev, const struct metadata *beside)
{
	static const struct title title;

	r->records = r->lost = r->marks = 0;
	title_put(r->out, &title, ev, beside, (struct str){ NULL, 0 });
}

static void
end(const struct retell *r)
{
	const struct event_counts *n = event_counts(r->reader);

	frame_open_end(r->out, r->records, r->lost, r->marks, n->bad);
	if (n->cut_short)
		json_put_bool(r->out, "cut_short", true);
	json_close(r->out);
}

static void
put_lost(struct retell *r, const struct event *ev)
{
	r->marks++;
	if (ev->count > 0 &&
	    __builtin_add_overflow(r->lost, (uint64_t)ev->count, &r->lost))
		r->lost = UINT64_MAX;
	frame_put_lost(r->out, ev->at.ts, ev->at.cpu, ev->count);
}

static void
take(struct retell *r, const struct metadata *beside, struct event *ev)
{
	switch (ev->kind) {
	case EVENT_TRACE:
		begin(r, ev, beside);
		break;
	case EVENT_POINT:
		r->records++;
		event_canon(r->reader, ev);
		print_point(r->out, ev);
		break;
	case EVENT_LOST:
		put_lost(r, ev);
		break;
	case EVENT_END:
		end(r);
		break;
	case EVENT_LINE:
	case EVENT_BAD:
		break;
	}
}

bool
retell_more(struct retell *r, struct input *in, const struct metadata *beside,
    struct event *ev)
{
	while (r->out->n < r->piece) {
		while (r->out->n < r->piece &&
		    crew_pass(r->crew, r->reader, in, r->out, &r->records))
			;
		if (!event_next(r->reader, ev)) {
			crew_rest(r->crew);
			return false;
		}
		take(r, beside, ev);
		if (ev->kind == EVENT_BAD || ev->kind == EVENT_END)
			return true;
	}
	ev->kind = EVENT_LINE;
	return true;
}
