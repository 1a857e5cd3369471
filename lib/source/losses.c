/* SPDX-License-Identifier: MIT */
#include "source/losses.h"

#include <stdlib.h>

#include "base/mem.h"

enum { CPUS_MAX = 1 << 16 };

void
losses_note(struct losses *l, int cpu, int64_t count)
{
	struct told *told = &l->anywhere;

	if (cpu >= 0 && cpu < CPUS_MAX) {
		l->told = mem_grow(l->told, &l->cap, (size_t)cpu + 1,
		    sizeof(*l->told));
		if ((size_t)cpu >= l->n)
			l->n = (size_t)cpu + 1;
		told = &l->told[cpu];
	}
	if (count < 0)
		told->uncounted = true;
	else if (__builtin_add_overflow(told->count, (uint64_t)count,
		     &told->count))
		told->count = UINT64_MAX;
}

/* Takes from what was told as much as there is, up to n; returns the rest. */
static uint64_t
settle(struct told *told, uint64_t n)
{
	uint64_t part = told->count < n ? told->count : n;

	told->count -= part;
	return n - part;
}

uint64_t
losses_unseen(struct losses *l, const struct cpu_stats *s)
{
	uint64_t overrun = s->overrun > 0 ? (uint64_t)s->overrun : 0;
	uint64_t dropped = s->dropped > 0 ? (uint64_t)s->dropped : 0;
	struct told none = { 0, false }, *told = &none;

	if (s->cpu >= 0 && (size_t)s->cpu < l->n)
		told = &l->told[s->cpu];
	if (told->uncounted || l->anywhere.uncounted)
		overrun = 0;
	overrun = settle(&l->anywhere, settle(told, overrun));
	return overrun + settle(told, dropped);
}

void
losses_clear(struct losses *l)
{
	if (l->n > 0)
		memset(l->told, 0, l->n * sizeof(*l->told));
	l->n = 0;
	l->anywhere = (struct told){ 0, false };
}

void
losses_free(struct losses *l)
{
	free(l->told);
	*l = (struct losses){ .n = 0 };
}
