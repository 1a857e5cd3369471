/* SPDX-License-Identifier: MIT */
#include "workload/lifetimes.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/intern.h"
#include "base/mem.h"

#define HASH_FUNCTION(key, n, out) ((out) = hash_bytes(key, n))
#define uthash_malloc(n) mem_alloc(n)
#include <uthash.h>

enum { CPUS_MAX = 1 << 16, NONE = -1 };

static const int64_t ns_per_ms = 1000000;

/* A thread that lives. */
struct life {
	int64_t tid; /* the key */
	int32_t id;
	struct course course;
	int64_t since; /* when it got its CPU; below 0: it has none */
	size_t place;  /* which one that is */
	bool runnable, exiting;
	UT_hash_handle hh;
};

/* What becomes of a thread. */
struct record {
	size_t name, trace_id,
	    node; /* of the table of texts, from 1; 0: none */
	int64_t tid, begin, first_run; /* ns; first_run below 0: never */
	int64_t duration_ms, cpu_ns;
};

/* A CPU: who is on it, as far as that is known. */
struct place {
	struct life *life; /* NULL: the idle thread, or not known */
	bool known;
	int64_t since; /* the last switch */
	int64_t dark;  /* since when it is not known; below 0: since ever */
};

struct lifetimes {
	struct lifetimes_rules rules;
	struct lifetimes_counts counts;
	struct life *table;
	struct place *place;
	size_t places, place_cap;
	struct record *record; /* by id */
	size_t record_cap;
	struct intern *texts;
	size_t trace_id, node;
};

struct lifetimes *
lifetimes_new(const struct lifetimes_rules *rules)
{
	struct lifetimes *l = mem_alloc(sizeof(*l));

	l->rules = *rules;
	l->texts = intern_new();
	return l;
}

static void
forget(struct lifetimes *l, struct life *life)
{
	HASH_DEL(l->table, life);
	free(life);
}

void
lifetimes_free(struct lifetimes *l)
{
	struct life *life, *next;

	if (l == NULL)
		return;
	HASH_ITER (hh, l->table, life, next)
		forget(l, life);
	intern_free(l->texts);
	free(l->place);
	free(l->record);
	free(l);
}

static size_t
keep(struct lifetimes *l, struct str s)
{
	return s.p == NULL ? 0 : intern_id(l->texts, s) + 1;
}

static struct str
kept(const struct lifetimes *l, size_t text)
{
	return text == 0 ? (struct str){ NULL, 0 }
			 : intern_str(l->texts, text - 1);
}

void
lifetimes_begin(struct lifetimes *l, struct str trace_id, struct str node)
{
	l->trace_id = keep(l, trace_id);
	l->node = keep(l, node);
	l->places = 0;
}

static struct life *
find(const struct lifetimes *l, int64_t tid)
{
	struct life *life;

	HASH_FIND(hh, l->table, &tid, sizeof(tid), life);
	return life;
}

/* Begins the life of a thread. */
static struct life *
bear(struct lifetimes *l, int64_t tid, int64_t ts, bool is_new)
{
	struct life *life = mem_alloc(sizeof(*life));
	int32_t id = (int32_t)l->counts.threads;
	struct record *r;

	l->record = mem_grow(l->record, &l->record_cap, l->counts.threads + 1,
	    sizeof(*l->record));
	r = &l->record[l->counts.threads++];
	*r = (struct record){ .tid = tid,
		.begin = ts,
		.first_run = NONE,
		.trace_id = l->trace_id,
		.node = l->node };
	l->counts.unborn += !is_new;
	*life = (struct life){ .tid = tid, .id = id, .since = NONE };
	course_begin(&life->course, id, ts);
	HASH_ADD(hh, l->table, tid, sizeof(life->tid), life);
	return life;
}

/* Ends the life of a thread where its course stands. */
static void
bury(struct lifetimes *l, struct life *life)
{
	struct record *r = &l->record[life->id];

	course_end(&life->course, &l->rules.form);
	r->duration_ms = life->course.duration_ms;
	r->cpu_ns = life->course.cpu_ns;
	l->counts.fragments += life->course.fragments;
	l->counts.raised += life->course.raised;
	forget(l, life);
}

/* Returns a CPU, or NULL where there can be none of that number. */
static struct place *
place_of(struct lifetimes *l, int cpu)
{
	if (cpu < 0 || cpu >= CPUS_MAX)
		return NULL;
	l->place = mem_grow(l->place, &l->place_cap, (size_t)cpu + 1,
	    sizeof(*l->place));
	for (; l->places <= (size_t)cpu; l->places++)
		l->place[l->places] = (struct place){ .dark = NONE };
	return &l->place[cpu];
}

static void
add_unknown(struct lifetimes *l, int64_t from, int64_t to)
{
	if (from < 0 || to <= from ||
	    __builtin_add_overflow(l->counts.unknown_ns, to - from,
		&l->counts.unknown_ns))
		return;
}

/* Says that nobody knows for how long a thread still had its CPU. */
static void
darken(struct lifetimes *l, struct place *p, int64_t ts)
{
	if (p->life != NULL) {
		course_go(&p->life->course, &l->rules.form, ts, true);
		p->life->since = NONE;
	}
	if (p->known)
		p->dark = ts;
	*p = (struct place){ .dark = p->dark };
}

/* Takes a thread off the CPU where it was last seen to be. */
static void
uproot(struct lifetimes *l, struct life *life)
{
	l->counts.broken++;
	darken(l, &l->place[life->place], life->since);
}

/* Takes the CPU from the thread that a switch says had it. */
static void
leave(struct lifetimes *l, struct place *p, const struct lifetimes_switch *s)
{
	struct life *life = s->prev == 0 ? NULL : find(l, s->prev);

	if (p->known && p->life != life) {
		/* The switch between was lost, and nobody said so. */
		l->counts.broken++;
		darken(l, p, p->since);
	}
	if (life != NULL && life->since >= 0 && p->life != life)
		uproot(l, life);
	if (!p->known)
		add_unknown(l, p->dark, s->ts);
	if (s->prev == 0)
		return;
	if (life == NULL)
		life = bear(l, s->prev, s->ts, false);
	course_go(&life->course, &l->rules.form, s->ts,
	    p->known && p->life == life);
	l->record[life->id].name = keep(l, s->prev_name);
	life->since = NONE;
	life->runnable = s->runnable;
	if (s->dead || (life->exiting && !s->runnable))
		bury(l, life);
}

/* Gives the CPU to the next one. */
static void
arrive(struct lifetimes *l, struct place *p, const struct lifetimes_switch *s)
{
	struct life *life;

	*p = (struct place){ .known = true, .since = s->ts, .dark = NONE };
	if (s->next == 0)
		return;
	life = find(l, s->next);
	if (life == NULL)
		life = bear(l, s->next, s->ts, false);
	if (life->since >= 0)
		uproot(l, life);
	course_go(&life->course, &l->rules.form, s->ts, false);
	l->record[life->id].name = keep(l, s->next_name);
	if (l->record[life->id].first_run < 0)
		l->record[life->id].first_run = life->course.at;
	life->since = s->ts;
	life->place = (size_t)s->cpu;
	p->life = life;
}

void
lifetimes_switch(struct lifetimes *l, const struct lifetimes_switch *s)
{
	struct place *p = place_of(l, s->cpu);

	if (p == NULL || s->ts < 0)
		return;
	leave(l, p, s);
	arrive(l, p, s);
}

void
lifetimes_wake(struct lifetimes *l, int64_t ts, int64_t tid, struct str name,
    bool is_new)
{
	struct life *life = tid == 0 || ts < 0 ? NULL : find(l, tid);

	if (tid == 0 || ts < 0)
		return;
	/* The end of the one before with its tid was not seen. */
	if (life != NULL && is_new && life->since < 0 &&
	    l->record[life->id].first_run >= 0) {
		l->counts.unended++;
		bury(l, life);
		life = NULL;
	}
	if (life == NULL) {
		life = bear(l, tid, ts, is_new);
		l->record[life->id].name = keep(l, name);
	}
	if (life->since >= 0)
		return;
	course_go(&life->course, &l->rules.form, ts, false);
	life->runnable = true;
}

void
lifetimes_exit(struct lifetimes *l, int64_t ts, int64_t tid)
{
	struct life *life = tid == 0 || ts < 0 ? NULL : find(l, tid);

	if (life != NULL)
		life->exiting = true;
}

void
lifetimes_lost(struct lifetimes *l, int64_t ts, int cpu)
{
	l->counts.losses++;
	for (size_t i = 0; i < l->places; i++)
		if (cpu < 0 || cpu == (int)i)
			darken(l, &l->place[i], ts);
}

void
lifetimes_end(struct lifetimes *l, int64_t ts)
{
	struct life *life, *next;

	HASH_ITER (hh, l->table, life, next) {
		if (life->since >= 0 || life->runnable)
			course_go(&life->course, &l->rules.form, ts,
			    life->since >= 0);
		l->counts.unended++;
		bury(l, life);
	}
	for (size_t i = 0; i < l->places; i++)
		if (!l->place[i].known)
			add_unknown(l, l->place[i].dark, ts);
	l->places = 0;
}

void
lifetimes_give(struct lifetimes *l, struct bag *bag)
{
	const struct str no_key = { NULL, 0 };
	struct task t;

	for (size_t i = 0; i < l->counts.threads; i++) {
		const struct record *r = &l->record[i];

		task_clear(&t);
		t.name = kept(l, r->name);
		t.trace_id = kept(l, r->trace_id);
		t.node = kept(l, r->node);
		t.submission_ms = r->begin / ns_per_ms + l->rules.epoch_ms;
		t.duration_ms = r->duration_ms;
		t.cpu_count = 1;
		t.cpu_mhz = l->rules.form.mhz;
		t.mem_kb = 0;
		t.assumed = TASK_ASSUMED_MEMORY |
		    (l->rules.mhz_assumed ? TASK_ASSUMED_MHZ : 0);
		t.pid = r->tid;
		if (r->first_run >= 0)
			t.start_ms = r->first_run / ns_per_ms +
			    l->rules.epoch_ms;
		t.cpu_ns = r->cpu_ns;
		bag_add(bag, &t, no_key, NULL);
	}
}

const struct lifetimes_counts *
lifetimes_counts(const struct lifetimes *l)
{
	return &l->counts;
}

void
lifetimes_add_basis(const struct lifetimes *l, struct basis *b)
{
	b->fragments += l->counts.fragments;
	b->raised += l->counts.raised;
	for (size_t i = 0; i < l->counts.threads; i++)
		b->ms[FRAGMENT_SAMPLE] += l->record[i].duration_ms;
}
