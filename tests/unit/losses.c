/* SPDX-License-Identifier: MIT */
/*
 * losses: what was lost is what the ring buffers counted, and is told once
 */
#include "source/losses.h"

#include <assert.h>

static struct cpu_stats
stats(int cpu, int64_t overrun, int64_t dropped)
{
	return (struct cpu_stats){ .cpu = cpu,
		.entries = -1,
		.overrun = overrun,
		.dropped = dropped,
		.read = -1 };
}

/* Asserts how many of a CPU's are unseen. */
static void
unseen(struct losses *l, int cpu, int64_t overrun, int64_t dropped,
    uint64_t count)
{
	const struct cpu_stats s = stats(cpu, overrun, dropped);

	assert(losses_unseen(l, &s) == count);
}

static void
nothing_was_told(void)
{
	struct losses l = { .n = 0 };

	unseen(&l, 0, 0, 0, 0);
	unseen(&l, 0, 5, 0, 5);
	unseen(&l, 3, 0, 7, 7); /* dropped: no form tells of these */
	unseen(&l, 3, 5, 7, 12);
	unseen(&l, 3, -1, -1, 0); /* nor do the stats */
	unseen(&l, -1, 4, -1, 4); /* of a CPU that is not known */
	unseen(&l, 9, INT64_MAX, INT64_MAX, UINT64_MAX - 1);
	losses_free(&l);
}

static void
what_was_told_is_no_more_unseen(void)
{
	struct losses l = { .n = 0 };

	losses_note(&l, 2, 3);
	losses_note(&l, 2, 4);
	losses_note(&l, 0, 100);
	unseen(&l, 2, 10, 0, 3);
	unseen(&l, 1, 10, 0, 10);  /* another CPU's */
	unseen(&l, 0, 60, 60, 20); /* of both kinds */
	unseen(&l, 0, 5, 0, 5);    /* each was told once */
	losses_clear(&l);
	unseen(&l, 2, 10, 0, 10);
	losses_note(&l, 5, 1);
	unseen(&l, 2, 10, 0, 10);
	unseen(&l, 5, 10, 0, 9);
	losses_free(&l);
	losses_free(&l);
}

/* The header line of the kernel's text: of all CPUs at once. */
static void
marks_without_a_cpu_settle_any(void)
{
	struct losses l = { .n = 0 };

	losses_note(&l, -1, 12);
	losses_note(&l, 1, 2);
	unseen(&l, 0, 5, 0, 0);
	unseen(&l, 1, 6, 3, 3); /* 2 and 4 of the 7 that are left */
	unseen(&l, 2, 10, 0, 7);
	losses_free(&l);
}

/* A mark without a number may stand for all that were overrun. */
static void
marks_without_a_count(void)
{
	struct losses l = { .n = 0 };

	losses_note(&l, 1, -1);
	unseen(&l, 1, 1000, 4, 4);
	unseen(&l, 0, 1000, 4, 1004);
	losses_note(&l, -1, -1);
	unseen(&l, 0, 1000, 4, 4);
	losses_free(&l);
}

static void
numbers_without_end(void)
{
	struct losses l = { .n = 0 };

	losses_note(&l, 65535, INT64_MAX);
	losses_note(&l, 65535, INT64_MAX);
	losses_note(&l, 65535, INT64_MAX); /* the sum stays at the most */
	unseen(&l, 65535, INT64_MAX, INT64_MAX, 0);
	losses_note(&l, INT32_MAX, 5); /* no CPU that is believed */
	unseen(&l, 1, 6, 0, 1);
	losses_free(&l);
}

int
main(void)
{
	nothing_was_told();
	what_was_told_is_no_more_unseen();
	marks_without_a_cpu_settle_any();
	marks_without_a_count();
	numbers_without_end();
	return 0;
}
