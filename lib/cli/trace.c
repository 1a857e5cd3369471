/* SPDX-License-Identifier: MIT */
#include "cli/trace.h"

#include <inttypes.h>
#include <stdlib.h>

#include "source/preview.h"
#include "source/tree.h"

void
trace_take(struct trace *t, struct event_reader *r, char **operands)
{
	t->reader = r;
	t->reading.tmp = cli_tmp();
	event_set_options(r, &t->reading);
	cli_set_operands(operands);
}

/* Ends the present trace. */
static void
end(struct trace *t)
{
	const char *why = event_refusal(t->reader);

	if (t->in == NULL)
		return;
	if (why != NULL && t->in->why == NULL)
		cli_errx("%s: %s", t->in->name, why);
	if (t->again != NULL)
		preview_close(t->again, t->inputs, t->n);
	t->again = NULL;
	t->in = NULL;
	metadata_free(&t->metadata);
}

/* Reads a trace to find its window; false where it cannot be read twice. */
static bool
find_window(struct trace *t)
{
	struct window window = { .n = 0 };

	t->again = preview_open(t->inputs, t->n, t->reading.tmp);
	if (t->again == NULL)
		return false;
	preview_window(&t->reading, t->again, t->n, &window);
	window_get(&window, &t->since, &t->until);
	window_free(&window);
	preview_close(t->again, t->inputs, t->n);
	t->again = preview_open(t->inputs, t->n, t->reading.tmp);
	return t->again != NULL;
}

/* Reads what stands beside the trace. */
static void
read_metadata(struct trace *t)
{
	char *where;
	const char *why = metadata_read(&t->metadata, t->in->path, &where);

	if (why != NULL)
		cli_errx("%s: %s", where, why);
	free(where);
}

bool
trace_next(struct trace *t, struct event_reader *r)
{
	if (t->reader == NULL)
		trace_take(t, r, tree_operands(cli_operands()));
	end(t);
	do {
		t->inputs = cli_inputs(&t->n, event_is_raw, r);
		if (t->inputs == NULL)
			return false;
	} while (t->clip && !find_window(t));
	t->in = t->again != NULL ? t->again[0] : t->inputs[0];
	event_open_all(r, t->again != NULL ? t->again : t->inputs, t->n);
	t->size = 0;
	for (size_t i = 0; i < t->n; i++)
		t->size += input_size(t->inputs[i]);
	read_metadata(t);
	event_set_stats(r, t->metadata.stats, t->metadata.stats_n);
	return true;
}

void
trace_progress(const struct trace *t)
{
	cli_progress(t->in->name, event_at(t->reader), t->size);
}

void
trace_doubts(struct trace *t, const struct event_counts *n)
{
	if (n->cut_short && t->in->why == NULL)
		cli_note("%s: the input was cut short: its end is missing",
		    t->in->name);
	if (n->backwards > 0)
		cli_note("%s: %" PRIu64 " events are earlier than the one "
			 "before: the trace is not in the order of time",
		    t->in->name, n->backwards);
	if (n->doubtful > 0 && !t->doubt_told)
		cli_note("%s: trace-cmd report may have printed the state X "
			 "as Z and Z as X (libtraceevent before 1.8)",
		    t->in->name);
	t->doubt_told |= n->doubtful > 0;
}

void
trace_bad(const struct trace *t, const struct event *ev, const char *why)
{
	cli_bad_event(t->in, ev->at.cpu, why);
}
