/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "workload/forms.h"

/* Writes how many there are of something, if any. */
static void
note(struct output *out, uint64_t n, const char *what)
{
	if (n > 0)
		output_printf(out, "%" PRIu64 " %s\n", n, what);
}

static void
note_log(struct output *out, const struct joblog *l)
{
	note(out, l->partial, "lines are of parts of jobs: left out");
	note(out, l->no_run, "jobs do not tell their run time: 0 assumed");
	note(out, l->no_cpus,
	    "jobs do not tell their processors: those requested, or 1, "
	    "assumed");
	note(out, l->no_memory,
	    "jobs do not tell their memory: that requested, or 0, assumed");
	note(out, l->no_cpu_time,
	    "jobs do not tell their CPU time: all that they have assumed");
	note(out, l->too_much,
	    "jobs tell more CPU time than they have: what they have "
	    "assumed");
	if (l->jobs > 0)
		output_printf(out, "%g MHz of a core assumed\n", l->mhz);
}

static void
note_workflows(struct output *out, const struct wfformat *w)
{
	note(out, w->bad,
	    "tasks without an id, or with one of another: left "
	    "out");
	note(out, w->wrong, "values are none that can be: left out");
	note(out, w->no_time, "workflows do not tell when they began: --epoch");
	note(out, w->no_run, "tasks do not tell their run time: 0 assumed");
	note(out, w->no_cpus, "tasks do not tell their cores: 1 assumed");
	note(out, w->no_memory, "tasks do not tell their memory: 0 assumed");
	note(out, w->no_cpu_time,
	    "tasks do not tell their usage: all that they have assumed");
	note(out, w->too_much,
	    "tasks tell more usage than they have: what they have assumed");
	note(out, w->several,
	    "tasks were on several machines: the first "
	    "counts");
	if (w->no_mhz > 0)
		output_printf(out,
		    "%" PRIu64 " tasks do not tell the MHz of their machine: "
		    "%g assumed\n",
		    w->no_mhz, w->mhz);
}

static void
note_trace(struct output *out, const struct lifetimes_counts *n)
{
	note(out, n->unborn,
	    "threads were there before: they begin where "
	    "they are first seen");
	note(out, n->unended, "threads do not end in the trace");
	note(out, n->losses, "marks of events that were lost");
	note(out, n->broken,
	    "switches do not fit the one before: some are "
	    "missing");
	if (n->unknown_ns > 0)
		output_printf(out,
		    "nobody knows who had a CPU for %" PRId64 ".%03d ms\n",
		    n->unknown_ns / 1000000,
		    (int)(n->unknown_ns / 1000 % 1000));
	note(out, n->raised, "fragments had less than the floor");
}

static void
note_bag(struct output *out, const struct bag_counts *n)
{
	basis_put_notes(&n->basis, out);
	note(out, n->empty, "tasks took no time: they have no fragment");
	note(out, n->twice, "tasks have the name of another one");
	note(out, n->strange, "dependencies on tasks that are not there");
	note(out, n->waived,
	    "dependencies on tasks that OpenDC does not run: not kept");
	note(out, n->circular, "tasks wait for each other: none can begin");
}

static void
note_written(struct output *out, const struct forms *f)
{
	if (f->to == FORM_SWF) {
		const struct swf_written *w = &f->swf_written;

		note(out, w->texts,
		    "users, groups, executables, queues or "
		    "partitions are no number: -1 written");
		note(out, w->parents,
		    "tasks have several parents: one "
		    "written");
		if (w->renumbered)
			output_text(out, "jobs have new numbers\n");
	} else if (f->to == FORM_WFFORMAT) {
		note(out, f->wfformat_written.failed, "failed tasks left out");
		if (f->wfformat_written.renumbered)
			output_text(out, "tasks have new ids\n");
	}
}

void
forms_put_notes(const struct forms *f, struct output *out)
{
	if (f->from == FORM_SWF)
		note_log(out, &f->swf.log);
	else if (f->from == FORM_GWF)
		note_log(out, &f->gwf.log);
	else if (f->from == FORM_WFFORMAT)
		note_workflows(out, &f->wfformat);
	else if (f->from == FORM_TRACE)
		note_trace(out, lifetimes_counts(f->traced.lives));
	if (f->frame.short_cut)
		output_text(out, "the end of the records is missing\n");
	note_bag(out, bag_counts(f->bag));
	note_written(out, f);
}
