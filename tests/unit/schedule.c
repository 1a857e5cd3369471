/* SPDX-License-Identifier: MIT */
/* schedule: when ticks are, and which of them came too late */
#undef NDEBUG
#include "energy/schedule.h"

#include <assert.h>
#include <stdlib.h>

static void
test_no_drift(void)
{
	struct schedule s;

	schedule_begin(&s, 1000, 10, 4);
	for (int64_t k = 1; k <= 4; k++) {
		assert(!schedule_ended(&s));
		assert(schedule_next(&s) == 1000 + 10 * k);
		/* However late each is, so long as it is not the next. */
		assert(schedule_take(&s, 1000 + 10 * k + 2 * k) == 0);
	}
	assert(schedule_ended(&s));
	assert(schedule_next(&s) == INT64_MAX);
}

static void
test_late(void)
{
	struct schedule s;

	schedule_begin(&s, 0, 10, 0);
	assert(schedule_take(&s, 19) == 0);
	assert(schedule_next(&s) == 20);
	assert(schedule_take(&s, 49) == 2); /* 30 and 40 */
	assert(schedule_next(&s) == 50);
	assert(schedule_take(&s, 60) == 1); /* 60 is there just now */
	assert(schedule_next(&s) == 70);
	assert(!schedule_ended(&s));
}

static void
test_late_at_the_end(void)
{
	struct schedule s;

	schedule_begin(&s, 0, 10, 5);
	assert(schedule_take(&s, 20) == 1);
	assert(schedule_take(&s, 1000000) == 2); /* 4 and 5; no more */
	assert(schedule_ended(&s));
}

/* However long the pauses are: what is taken and what is late are all. */
static void
test_sum(void)
{
	srand(7);
	for (int round = 0; round < 2000; round++) {
		uint64_t ticks = 1 + (uint64_t)rand() % 1000, sum = 0;
		int64_t interval = 1 + rand() % 1000, next;
		struct schedule s;

		schedule_begin(&s, rand(), interval, ticks);
		while (!schedule_ended(&s)) {
			next = schedule_next(&s);
			sum += 1 +
			    schedule_take(&s, next + rand() % (3 * interval));
		}
		assert(sum == ticks);
	}
}

static void
test_extremes(void)
{
	struct schedule s;

	/* No interval: no tick comes. */
	schedule_begin(&s, 5, INT64_MAX, 0);
	assert(schedule_next(&s) == INT64_MAX && !schedule_ended(&s));
	schedule_begin(&s, INT64_MAX - 20, 10, UINT64_MAX);
	assert(schedule_next(&s) == INT64_MAX - 10);
	assert(schedule_take(&s, INT64_MAX - 10) == 0);
	assert(schedule_next(&s) == INT64_MAX);
	assert(schedule_take(&s, INT64_MAX) == 0);
	assert(schedule_next(&s) == INT64_MAX && !schedule_ended(&s));
	/* From one end of time to the other. */
	schedule_begin(&s, INT64_MIN, INT64_MAX, 0);
	assert(schedule_next(&s) == -1);
	assert(schedule_take(&s, -1) == 0);
	assert(schedule_next(&s) == INT64_MAX - 1);
	assert(schedule_take(&s, INT64_MAX) == 0);
	assert(schedule_next(&s) == INT64_MAX);
	schedule_begin(&s, INT64_MIN, 2, 0);
	assert(schedule_take(&s, INT64_MAX) == INT64_MAX - 1);
	assert(schedule_next(&s) == INT64_MAX);
}

int
main(void)
{
	test_no_drift();
	test_late();
	test_late_at_the_end();
	test_sum();
	test_extremes();
	return 0;
}
