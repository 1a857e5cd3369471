/* SPDX-License-Identifier: MIT */
#include "source/stats.h"

#include <stdlib.h>

#include "base/mem.h"

/* Adds a count to another; -1 is none. */
static void
add_count(int64_t *to, int64_t n)
{
	if (*to < 0 || n < 0)
		*to = *to < 0 ? n : *to;
	else if (__builtin_add_overflow(*to, n, to))
		*to = INT64_MAX;
}

static void
add_counts(struct cpu_stats *to, const struct cpu_stats *s)
{
	add_count(&to->entries, s->entries);
	add_count(&to->overrun, s->overrun);
	add_count(&to->dropped, s->dropped);
	add_count(&to->read, s->read);
}

void
stats_add(struct metadata *to, const struct metadata *more)
{
	size_t n = 0, i = 0, k = 0, cap = to->stats_n + more->stats_n;
	struct cpu_stats *sum = mem_alloc((cap + 1) * sizeof(*sum));

	while (i + k < cap) {
		const struct cpu_stats *s = k == more->stats_n ||
			(i < to->stats_n &&
			    (unsigned)to->stats[i].cpu <=
				(unsigned)more->stats[k].cpu)
		    ? &to->stats[i++]
		    : &more->stats[k++];

		if (n > 0 && sum[n - 1].cpu == s->cpu)
			add_counts(&sum[n - 1], s);
		else
			sum[n++] = *s;
	}
	free(to->stats);
	to->stats = sum;
	to->stats_n = n;
	to->stats_cap = cap + 1;
}
