/* SPDX-License-Identifier: MIT */
#include "source/tally.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"

enum { CPUS_MAX = 1 << 16, NAME_WIDTH = 24 };

struct kind {
	struct str name;
	uint64_t count, bytes;
	int64_t first, last; /* ns */
};

struct cpu {
	uint64_t events, lost, marks, uncounted;
};

struct tally {
	struct intern *names;
	struct kind *kind; /* by number of the name */
	size_t cap;
	struct kind all;
	struct kind other; /* those with other names than TALLY_NAMES */
	size_t recent;     /* kind of the last event */

	struct cpu *cpu;
	size_t cpus, cpus_cap;
	struct cpu nowhere; /* losses of no known CPU */
};

struct tally *
tally_new(void)
{
	struct tally *t = mem_alloc(sizeof(*t));

	t->names = intern_new();
	return t;
}

void
tally_free(struct tally *t)
{
	if (t == NULL)
		return;
	intern_free(t->names);
	free(t->kind);
	free(t->cpu);
	free(t);
}

void
tally_clear(struct tally *t)
{
	size_t n = intern_count(t->names);

	if (n > 0)
		memset(t->kind, 0, n * sizeof(*t->kind));
	if (t->cpus > 0)
		memset(t->cpu, 0, t->cpus * sizeof(*t->cpu));
	t->all = t->other = (struct kind){ .count = 0 };
	t->nowhere = (struct cpu){ 0 };
	t->cpus = t->recent = 0;
}

static struct cpu *
cpu_of(struct tally *t, int cpu)
{
	if (cpu < 0 || cpu >= CPUS_MAX)
		return &t->nowhere;
	t->cpu = mem_grow(t->cpu, &t->cpus_cap, (size_t)cpu + 1,
	    sizeof(*t->cpu));
	if ((size_t)cpu >= t->cpus)
		t->cpus = (size_t)cpu + 1;
	return &t->cpu[cpu];
}

static struct kind *
kind_of(struct tally *t, struct str name)
{
	size_t id;

	if (t->recent < intern_count(t->names) &&
	    str_eq(t->kind[t->recent].name, name))
		return &t->kind[t->recent];
	if (intern_count(t->names) < TALLY_NAMES)
		id = intern_id(t->names, name);
	else if (!intern_find(t->names, name, &id))
		return &t->other;
	t->recent = id;
	t->kind = mem_grow(t->kind, &t->cap, id + 1, sizeof(*t->kind));
	t->kind[id].name = intern_str(t->names, id);
	return &t->kind[id];
}

static void
add(struct kind *k, const struct event *ev)
{
	int64_t ts = ev->at.ts;

	if (k->count == 0 || ts < k->first)
		k->first = ts;
	if (k->count == 0 || ts > k->last)
		k->last = ts;
	k->count++;
	k->bytes += ev->bytes;
}

void
tally_take(struct tally *t, const struct event *ev)
{
	struct cpu *cpu = cpu_of(t, ev->at.cpu);

	if (ev->kind == EVENT_POINT) {
		add(kind_of(t, ev->at.name), ev);
		add(&t->all, ev);
		cpu->events++;
		return;
	}
	cpu->marks++;
	cpu->uncounted += ev->count < 0;
	if (ev->count > 0 &&
	    __builtin_add_overflow(cpu->lost, (uint64_t)ev->count, &cpu->lost))
		cpu->lost = UINT64_MAX;
}

static int
by_count(const void *a, const void *b)
{
	const struct kind *x = *(const struct kind *const *)a;
	const struct kind *y = *(const struct kind *const *)b;
	size_t n = x->name.n < y->name.n ? x->name.n : y->name.n;
	int order;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	order = n > 0 ? memcmp(x->name.p, y->name.p, n) : 0;
	return order != 0 ? order : (x->name.n > y->name.n) * 2 - 1;
}

/* Prints ns as seconds, with nine places. */
static void
print_time(struct output *out, int64_t ns)
{
	output_printf(out, " %10" PRId64 ".%09" PRId64, ns / 1000000000,
	    ns % 1000000000);
}

/* Prints a name, which is any text where it came as a record. */
static void
print_name(struct output *out, struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		output_byte(out, c < ' ' || c == 0x7f ? '?' : (char)c);
	}
	for (size_t i = name.n; i < NAME_WIDTH; i++)
		output_byte(out, ' ');
}

static void
print_kind(struct output *out, const struct kind *k, int64_t duration)
{
	print_name(out, k->name);
	output_printf(out, " %12" PRIu64, k->count);
	if (duration > 0)
		output_printf(out, " %12.1f",
		    (double)k->count * 1e9 / (double)duration);
	else
		output_printf(out, " %12s", "-");
	if (k->count > 0) {
		print_time(out, k->first);
		print_time(out, k->last);
	} else {
		output_printf(out, " %20s %20s", "-", "-");
	}
	output_printf(out, " %13" PRIu64 "\n", k->bytes);
}

static void
print_cpu(struct output *out, const char *name, const struct cpu *c)
{
	output_printf(out, "%-*s %12" PRIu64 " %12" PRIu64 "%s %9" PRIu64 "\n",
	    NAME_WIDTH, name, c->events, c->lost, c->uncounted > 0 ? "+" : " ",
	    c->marks);
}

static void
print_kinds(const struct tally *t, struct output *out)
{
	size_t n = intern_count(t->names), used = 0;
	const struct kind **sorted = mem_alloc((n + 1) * sizeof(struct kind *));
	int64_t duration = t->all.last - t->all.first;
	struct kind all = t->all, other = t->other;

	for (size_t i = 0; i < n; i++)
		if (t->kind[i].count > 0)
			sorted[used++] = &t->kind[i];
	qsort(sorted, used, sizeof(*sorted), by_count);
	other.name = str_of("(other)");
	output_printf(out, "%-*s %12s %12s %20s %20s %13s\n", NAME_WIDTH,
	    "type", "count", "rate_hz", "first", "last", "bytes");
	for (size_t i = 0; i < used; i++)
		print_kind(out, sorted[i], duration);
	if (other.count > 0)
		print_kind(out, &other, duration);
	all.name = str_of("all");
	print_kind(out, &all, duration);
	free(sorted);
}

void
tally_print(const struct tally *t, struct output *out)
{
	char name[32];

	print_kinds(t, out);
	output_printf(out, "\n%-*s %12s %12s  %9s\n", NAME_WIDTH, "cpu",
	    "count", "lost", "marks");
	for (size_t i = 0; i < t->cpus; i++) {
		if (t->cpu[i].marks + t->cpu[i].events == 0)
			continue;
		snprintf(name, sizeof(name), "%zu", i);
		print_cpu(out, name, &t->cpu[i]);
	}
	if (t->nowhere.marks + t->nowhere.events > 0)
		print_cpu(out, "unknown", &t->nowhere);
}
