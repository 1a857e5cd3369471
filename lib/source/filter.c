/* SPDX-License-Identifier: MIT */
#include "source/filter.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

enum { CPUS_MAX = 1 << 16 };

static const int64_t billion = 1000000000;

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool
has(const int64_t *set, size_t n, int64_t v)
{
	return n > 0 && bsearch(&v, set, n, sizeof(v), by_number) != NULL;
}

/*
 * Splits off what stands before the next comma; p is NULL in what is left if
 * there is none.
 */
static struct str
next_part(struct str *list)
{
	const char *comma = memchr(list->p, ',', list->n);
	struct str part = *list;

	if (comma == NULL) {
		list->p = NULL;
		return part;
	}
	part.n = (size_t)(comma - list->p);
	*list = str_skip(*list, part.n + 1);
	return part;
}

/* Reads "4" or "4-7". */
static bool
read_range(struct str part, int64_t *from, int64_t *to)
{
	const char *dash = part.n > 1 ? memchr(part.p, '-', part.n) : NULL;
	size_t n = dash != NULL ? (size_t)(dash - part.p) : part.n;

	if (!num_s64((struct str){ part.p, n }, from) || *from < 0)
		return false;
	*to = *from;
	return dash == NULL ||
	    (num_s64(str_skip(part, n + 1), to) && *to >= *from);
}

bool
filter_add_cpus(struct filter *f, struct str list)
{
	int64_t from, to;

	do {
		if (!read_range(next_part(&list), &from, &to) || to >= CPUS_MAX)
			return false;
		for (; from <= to; from++) {
			f->cpu = mem_grow(f->cpu, &f->cpus_cap, f->cpus + 1,
			    sizeof(*f->cpu));
			f->cpu[f->cpus++] = from;
		}
	} while (list.p != NULL);
	qsort(f->cpu, f->cpus, sizeof(*f->cpu), by_number);
	return true;
}

bool
filter_add_pids(struct filter *f, struct str list)
{
	int64_t pid;

	do {
		if (!num_s64(next_part(&list), &pid) || pid < 0)
			return false;
		f->pid = mem_grow(f->pid, &f->pids_cap, f->pids + 1,
		    sizeof(*f->pid));
		f->pid[f->pids++] = pid;
	} while (list.p != NULL);
	qsort(f->pid, f->pids, sizeof(*f->pid), by_number);
	return true;
}

bool
filter_read_time(struct str text, struct filter_time *t)
{
	bool relative = str_starts(text, "+");
	struct str s = str_skip(text, relative);
	int64_t v;

	if (!num_time(s, &v))
		return false;
	/* Without a point num_time takes it for ns. */
	if (memchr(s.p, '.', s.n) == NULL &&
	    __builtin_mul_overflow(v, billion, &v))
		return false;
	*t = (struct filter_time){ v, true, relative };
	return true;
}

/* Returns the moment on the trace's clock; any where it was not given. */
static int64_t
moment(const struct filter_time *t, int64_t first, int64_t any)
{
	int64_t v;

	if (!t->given)
		return any;
	if (!t->relative)
		return t->ns;
	return __builtin_add_overflow(t->ns, first, &v) ? INT64_MAX : v;
}

static bool
keeps_time(const struct filter *f, int64_t ts, int64_t first)
{
	if (ts < moment(&f->since, first, INT64_MIN) ||
	    ts > moment(&f->until, first, INT64_MAX))
		return false;
	return !f->clip || (ts >= f->clip_since && ts <= f->clip_until);
}

bool
filter_keeps(const struct filter *f, const struct event *ev, int64_t first)
{
	const struct header *at = &ev->at;

	if (f->cpus > 0 && !has(f->cpu, f->cpus, at->cpu) &&
	    (ev->kind == EVENT_POINT || at->cpu >= 0))
		return false;
	if (ev->kind != EVENT_POINT)
		return at->ts < 0 || keeps_time(f, at->ts, first);
	if (f->pids > 0 && !has(f->pid, f->pids, at->tid) &&
	    !has(f->pid, f->pids, at->tgid))
		return false;
	return keeps_time(f, at->ts, first);
}

void
filter_free(struct filter *f)
{
	free(f->cpu);
	free(f->pid);
	*f = (struct filter){ .cpus = 0 };
}
