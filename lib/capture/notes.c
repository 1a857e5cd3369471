/* SPDX-License-Identifier: MIT */
#include "capture/notes.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"
#include "capture/place.h"
#include "tracefs/mount.h"

enum { EVERY_MS = 200 };

void
notes_failure(const struct job *j, struct output *out)
{
	const struct trouble *t = &j->session.trouble;
	const char *where = t->where, *advice = NULL;

	if (t->what == NULL)
		return;
	if (*where == '\0')
		where = j->path != NULL ? j->path : "standard output";
	output_printf(out, "%s: %s", where, t->what);
	if (t->why[0] != '\0')
		output_printf(out, ": %s", t->why);
	else if (t->error != 0)
		output_printf(out, ": %s", strerror(t->error));
	output_byte(out, '\n');
	if (t->kernel)
		advice = mount_advice(t->error);
	if (advice != NULL)
		output_printf(out, "%s\n", advice);
}

static void
put_losses(const struct job *j, struct output *out)
{
	const struct session_result *r = &j->result;

	if (j->lost == 0)
		return;
	output_printf(out,
	    "%" PRIu64 " of %" PRIu64 " events lost: use a larger buffer "
	    "(-b, now %" PRIu64 " KB), or record fewer events\n",
	    j->lost, j->lost + j->events, j->plan.setup.kilobytes);
	for (size_t i = 0; i < r->n; i++) {
		const struct counts *c = &r->counts[i];

		if (counts_lost(c) > 0)
			output_printf(out,
			    "CPU %d: %" PRIu64 " lost, %" PRIu64 " read\n",
			    c->cpu, counts_lost(c), c->read);
	}
}

void
notes_put(const struct job *j, struct output *out)
{
	const struct session_result *r = &j->result;
	const struct writer_counts *n = &r->written.counts;

	put_losses(j, out);
	if (n->bad > 0)
		output_printf(out, "%" PRIu64 " events cannot be read: %s\n",
		    n->bad, n->why);
	if (r->stuck)
		output_text(out,
		    "who reads the output takes nothing: the rest of the "
		    "recording was given up\n");
	if (r->timed_out)
		output_text(out, "the command was ended at its time limit\n");
	if (j->plan.last > 0 && r->kept < j->plan.last)
		output_printf(out,
		    "the buffer held no more than the last %.3f s: use a "
		    "larger one (-b, now %" PRIu64 " KB)\n",
		    (double)r->kept / 1e9, j->plan.setup.kilobytes);
}

static void
put_state(const struct workload *w, struct output *out)
{
	const char *missing;
	size_t at = 0, n = 0;

	while ((missing = place_missing(w->needs, &at)) != NULL)
		output_printf(out, "%s%s", n++ == 0 ? "needs " : ", ", missing);
	if (n == 0)
		output_text(out, "ready");
}

void
notes_list(const struct batch *b, struct output *out)
{
	struct output state;

	output_in_memory(&state);
	output_printf(out, "%-24s %-18s %4s  %-18s %s\n", "workload",
	    "category", "s", "state", "description");
	for (size_t i = 0; i < b->n; i++) {
		const struct workload *w = b->chosen[i];

		state.n = 0;
		put_state(w, &state);
		output_byte(&state, '\0');
		output_printf(out, "%-24s %-18s ", w->name, w->category);
		if (w->duration > 0)
			output_printf(out, "%4" PRIu64, w->duration);
		else
			output_text(out, "   -");
		output_printf(out, "  %-18s %s\n", state.buf, w->description);
	}
	output_close(&state);
}

bool
notes_progress(const struct job *j, const char *name, struct notes_pace *pace,
    struct output *out)
{
	const struct session *s = &j->session;
	struct timespec t;
	int64_t now, ms;

	clock_gettime(CLOCK_MONOTONIC, &t);
	now = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
	ms = now - pace->at;
	if (ms < EVERY_MS)
		return false;
	output_printf(out, "%s: ", name);
	if (j->expected > s->elapsed)
		output_printf(out, "about %" PRId64 " s left, ",
		    (j->expected - s->elapsed) / NS_PER_S + 1);
	else if (j->expected == 0 && s->left >= 0)
		output_printf(out, "%" PRId64 " s left, ", s->left / NS_PER_S);
	if (pace->at > 0)
		output_printf(out, "%" PRIu64 " events/s, ",
		    (s->sum.events - pace->sum.events) * 1000 / (uint64_t)ms);
	output_printf(out, "%" PRIu64 " lost", s->sum.lost);
	*pace = (struct notes_pace){ s->sum, now };
	return true;
}
