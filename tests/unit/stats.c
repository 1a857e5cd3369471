/* SPDX-License-Identifier: MIT */
/* stats: counts of several buffers, by CPU; and ticks as ns, CPUs apart */
#include "source/stats.h"

#include <assert.h>

#include "source/clock.h"
#include "source/parts.h"

static void
buffers_add_up(void)
{
	struct metadata all = { NULL }, one = { NULL }, two = { NULL };

	metadata_add_stats(&one,
	    str_of("CPU: 1\nentries: 3\ndropped events: 5\n"), 0);
	metadata_add_stats(&two,
	    str_of("CPU: 0\nentries: 1\nCPU: 1\nentries: 4\n"
		   "overrun: 9\ndropped events: 7\n"),
	    0);
	stats_add(&all, &one);
	stats_add(&all, &two);
	assert(all.stats_n == 2 && all.stats[0].cpu == 0);
	assert(all.stats[0].entries == 1 && all.stats[0].dropped == -1);
	assert(all.stats[1].cpu == 1 && all.stats[1].entries == 7);
	assert(all.stats[1].dropped == 12 && all.stats[1].overrun == 9);
	assert(all.stats[1].read == -1);
	metadata_free(&one);
	metadata_free(&two);
	metadata_free(&all);
}

static void
ticks(void)
{
	uint64_t ns;

	assert(clock_scale(1ull << 40, 3u << 30, 30, &ns) && ns == 3ull << 40);
	assert(clock_scale(UINT64_MAX, UINT32_MAX, 32, &ns));
	assert(ns == 0xfffffffeffffffff);
	assert(clock_scale(UINT64_MAX, UINT32_MAX, 95, &ns) && ns == 1);
	assert(clock_scale(UINT64_MAX, UINT32_MAX, 96, &ns) && ns == 0);
	assert(clock_scale(UINT64_MAX, 1, 0, &ns) && ns == UINT64_MAX);
	assert(!clock_scale(UINT64_MAX, 2, 0, &ns));
	assert(clock_scale(UINT64_MAX, 2, 1, &ns) && ns == UINT64_MAX);
}

static void
each_has_pages_of_its_own(void)
{
	struct dat_cpu cpu[] = { { .cpu = 0, .offset = 100, .size = 50 },
		{ .cpu = 1, .offset = 150, .size = 50 },
		{ .cpu = 2, .offset = 120, .size = 0 },
		{ .cpu = 3, .offset = 199, .size = 9 },
		{ .cpu = 4, .offset = 0, .size = 101 } };
	const struct dat_buffer b = { .cpu = cpu, .n = 5 };
	struct parts parts;

	parts_begin(&parts);
	assert(parts_add(&parts, &b) != NULL);
	assert(parts.n == 2 && parts.cpu[1]->cpu == 1);
	parts_free(&parts);
}

int
main(void)
{
	buffers_add_up();
	ticks();
	each_has_pages_of_its_own();
	return 0;
}
