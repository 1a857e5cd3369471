/* SPDX-License-Identifier: MIT */
#include "workload/issued.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "record/frame.h"
#include "workload/nodenames.h"

/* What Tracekit's exporter takes for the memory of a task, at least. */
enum { MEMORY_LEAST_KB = 1024, MEMORY_ASSUMED_KB = 65536 };

static bool
has_failed(const struct invocation *v)
{
	return v->has_status && v->status != 0;
}

static int
compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int
by_submission(const void *a, const void *b)
{
	const struct invocation *x = a, *y = b;
	int order = compare(has_failed(x), has_failed(y));

	order = order != 0 ? order : compare(x->enqueue, y->enqueue);
	order = order != 0 ? order : compare(x->node, y->node);
	order = order != 0 ? order : compare(x->start, y->start);
	return order != 0 ? order : compare(x->pid, y->pid);
}

static int
by_line(const void *a, const void *b)
{
	const struct invocation *x = a, *y = b;
	int order = compare(x->node, y->node);

	return order != 0 ? order : compare(x->line, y->line);
}

static void
count_wrong(struct assembled *a)
{
	for (size_t i = 0; i < a->tasks.n; i++) {
		const struct invocation *v = &a->tasks.list[i];

		a->counts.early += v->start < v->enqueue;
		a->counts.instant += v->start == v->end;
		a->counts.overlap += v->before > v->start;
	}
}

/* Sets the memory of a task: the greatest that was seen. */
static void
set_memory(struct task *t, const struct invocation *v,
    const struct sample *sample, size_t n)
{
	int64_t most = -1, kb;

	for (size_t i = 0; i < n; i++)
		if (sample[i].rss_kb > most)
			most = sample[i].rss_kb;
	if (most >= 0) {
		t->mem_kb = most > MEMORY_LEAST_KB ? most : MEMORY_LEAST_KB;
		return;
	}
	t->assumed |= TASK_ASSUMED_MEMORY;
	t->mem_kb = MEMORY_ASSUMED_KB;
	if (v->bytes_in < 0 || v->bytes_out < 0)
		return;
	/* Twice the sum in KiB, which by itself may be too large to add. */
	kb = v->bytes_in / 512 + v->bytes_out / 512 +
	    (v->bytes_in % 512 + v->bytes_out % 512) / 512;
	if (kb > t->mem_kb)
		t->mem_kb = kb;
}

/* Sets what tells it from all others. */
static void
identify(const struct issued *s, struct task *t, const struct invocation *v)
{
	const struct assembled *a = s->assembled;

	task_clear(t);
	t->id = (int32_t)(v - a->tasks.list) + s->first;
	t->failed = !a->rules.fragments.compat && has_failed(v);
	if (v->trace_id != SIZE_MAX)
		t->name = t->trace_id = intern_str(a->names, v->trace_id);
	t->node = str_of(s->node_name[v->node]);
	t->pid = v->pid;
	t->start_ms = v->start;
}

/* Rounds what is from 0 on. */
static int64_t
whole(double v)
{
	return v > 0 ? (int64_t)fmin(rint(v), 9e18) : 0;
}

/* Says how much CPU time there is in its fragments. */
static void
set_cpu_time(struct task *t, const struct fragmented *f)
{
	if (f->measured)
		t->cpu_ns = whole(f->used_ms * 1e6);
	else
		t->assumed |= TASK_ASSUMED_CPUS | TASK_ASSUMED_MHZ;
}

/* Makes its fragments as well; returns the samples in its time, and sets *n. */
static const struct sample *
set_task(struct issued *s, struct task *t, const struct invocation *v,
    size_t *n)
{
	struct assembled *a = s->assembled;
	const struct assembled_node *node = &a->node[v->node];
	struct core core = { node->meta.mhz, node->meta.cores };
	const struct sample *sample;

	identify(s, t, v);
	t->submission_ms = v->enqueue;
	t->duration_ms = v->end - v->start;
	t->status = v->status;
	t->has_status = v->has_status;
	t->read_bytes = v->bytes_in;
	t->written_bytes = v->bytes_out;
	sample = assembled_make(a, v, n);
	fragmented_capacity(&a->fragmented, &a->rules.fragments, core, t);
	set_cpu_time(t, &a->fragmented);
	set_memory(t, v, sample, *n);
	return sample;
}

/* Takes away the tasks of which too much is assumed. */
static void
refuse(struct issued *s)
{
	struct assembled *a = s->assembled;
	const struct basis_refusal *r = &a->rules.refuse;
	size_t kept = 0;
	struct task t;

	if (r->assumed == 0 && r->kinds == 0 && !r->cpu_time)
		return;
	for (size_t i = 0; i < a->tasks.n; i++) {
		size_t n;

		set_task(s, &t, &a->tasks.list[i], &n);
		if (basis_refuses(r, &t, a->fragmented.fragment,
			a->fragmented.n))
			a->counts.outside -= (int64_t)n;
		else
			a->tasks.list[kept++] = a->tasks.list[i];
	}
	a->counts.basis.refused = a->tasks.n - kept;
	a->tasks.n = kept;
	a->fragmented.mixed = 0;
	a->fragmented.raised = 0;
	a->fragmented.over_ms = 0;
}

void
issued_open(struct issued *s, struct assembled *a)
{
	bool compat = a->rules.fragments.compat;

	*s = (struct issued){ .assembled = a, .first = compat };
	s->node_name = nodenames(a);
	refuse(s);
	count_wrong(a);
	if (a->tasks.n > 0)
		qsort(a->tasks.list, a->tasks.n, sizeof(*a->tasks.list),
		    compat ? by_line : by_submission);
}

void
issued_meter(struct issued *s, const struct metered *m)
{
	const struct assembled *a = s->assembled;
	struct nodetimes t;

	if (a->rules.fragments.compat)
		return;
	s->share = mem_alloc((a->nodes + 1) * sizeof(*s->share));
	for (size_t i = 0; i < a->nodes; i++) {
		nodetimes_open(&t, &a->node[i].samples, s->node_name[i],
		    a->nodes == 1, m);
		energyshare_open(&s->share[i], &t, m);
		nodetimes_close(&t);
	}
}

void
issued_close(struct issued *s)
{
	for (size_t i = 0; s->share != NULL && i < s->assembled->nodes; i++)
		energyshare_close(&s->share[i]);
	free(s->share);
	nodenames_free(s->node_name);
	*s = (struct issued){ 0 };
}

/*
 * Sets what its samples used, where all of that is known.  Those that are of
 * the process before as well are nobody's.
 */
static void
set_energy(struct issued *s, struct task *t, const struct invocation *v,
    const struct sample *sample, size_t n)
{
	double uj = 0;

	if (s->share == NULL)
		return;
	for (size_t i = 0; i < n && uj >= 0; i++) {
		double one;

		if (!fragmented_counts(&sample[i], v->before))
			continue;
		one = energyshare_of(&s->share[v->node], &sample[i]);
		uj = one < 0 ? -1 : uj + one;
	}
	if (uj < 0 || t->cpu_ns < 0) {
		s->no_energy++;
		return;
	}
	t->energy_uj = whole(uj);
	s->tasks_uj += uj;
}

static void
put_task(struct issued *s, struct output *out, const struct invocation *v)
{
	struct assembled *a = s->assembled;
	struct fragmented *f = &a->fragmented;
	const struct sample *sample;
	struct task t;
	size_t n;

	sample = set_task(s, &t, v, &n);
	a->counts.outside -= (int64_t)n;
	set_energy(s, &t, v, sample, n);
	task_put(out, &t);
	for (size_t i = 0; i < f->n; i++) {
		f->fragment[i].id = t.id;
		f->fragment[i].failed = t.failed;
		f->fragment[i].cpu_count = t.cpu_count;
		fragment_put(out, &f->fragment[i]);
	}
	basis_add(&a->counts.basis, &t, f->fragment, f->n);
}

void
issued_put(struct issued *s, struct output *out)
{
	struct assembled *a = s->assembled;

	for (size_t i = 0; i < a->tasks.n; i++)
		put_task(s, out, &a->tasks.list[i]);
	a->counts.mixed = a->fragmented.mixed;
	a->counts.over_ms = a->fragmented.over_ms;
	a->counts.basis.raised = a->fragmented.raised;
}

void
issued_put_ids(const struct issued *s, struct output *out)
{
	const struct assembled *a = s->assembled;
	struct task t;

	task_put_ids(out, NULL);
	for (size_t i = 0; i < a->tasks.n; i++) {
		identify(s, &t, &a->tasks.list[i]);
		task_put_ids(out, &t);
	}
}

static void
note(struct output *out, uint64_t n, const char *what, const char *more)
{
	if (n > 0)
		output_printf(out, "%" PRIu64 " %s%s%s\n", n, what,
		    n == 1 ? "" : "s", more);
}

void
issued_put_notes(const struct issued *s, struct output *out)
{
	const struct assembled_counts *c = &s->assembled->counts;
	const struct basis *b = &c->basis;

	note(out, b->failed, "task", " failed: records of their own types");
	note(out, b->unmeasured, "task",
	    " without a sample: half a core is assumed");
	note(out, basis_assumed(b, TASK_ASSUMED_MEMORY), "task",
	    " whose memory is not known: assumed");
	basis_put_notes(b, out);
	note(out, s->no_energy, "task",
	    " whose energy is not known: no meter, or not at all times");
	note(out, c->instant, "task",
	    " that took no time: without a fragment, OpenDC runs none");
	note(out, c->early, "task",
	    " that began before being queued: ts_start < ts_enqueue");
	note(out, c->overlap, "task",
	    " that began before the last of that pid and node had ended");
	note(out, c->twice, "task",
	    " of a pid and start that were there: "
	    "left out");
	note(out, c->alone, "event", " of a task that is none of the run's");
	note(out, c->no_status, "task", " without an event: status not known");
	note(out, c->others, "sample", " of no task's pid");
	/* With overlapping tasks of the original's rules they count twice. */
	note(out, c->outside > 0 ? (uint64_t)c->outside : 0, "sample",
	    " at a time when no task had its pid");
	note(out, c->mixed, "sample",
	    " between two processes of one pid: not used");
	note(out, (uint64_t)c->over_ms, "millisecond",
	    " of CPU time were more than all cores had: not in a fragment");
}

/* Writes what was measured, and how much of it the tasks have. */
static void
put_energy(const struct issued *s, struct output *out)
{
	double uj = 0;

	if (s->share == NULL)
		return;
	for (size_t i = 0; i < s->assembled->nodes; i++)
		uj += s->share[i].uj;
	json_put_s64(out, "energy_uj", whole(uj));
	json_put_s64(out, "tasks_energy_uj", whole(s->tasks_uj));
}

void
issued_put_stream(struct issued *issued, struct output *out, struct str command,
    uint64_t bad)
{
	const struct assembled_counts *n = &issued->assembled->counts;

	frame_put_trace(out, &(struct frame_trace){ 0 }, command);
	issued_put(issued, out);
	frame_open_end(out, n->basis.tasks + n->basis.fragments, 0, 0, bad);
	basis_put(&n->basis, out);
	put_energy(issued, out);
	json_close(out);
}
