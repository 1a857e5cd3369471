/* SPDX-License-Identifier: MIT */
#include "energy/schedule.h"

#include "base/wide.h"

void
schedule_begin(struct schedule *s, int64_t begin, int64_t interval,
    uint64_t ticks)
{
	*s = (struct schedule){ begin, interval, ticks, 1 };
}

/* Returns how far a time is behind an earlier one: more than an int64_t. */
static uint64_t
behind(int64_t earlier, int64_t later)
{
	return (uint64_t)later - (uint64_t)earlier;
}

bool
schedule_ended(const struct schedule *s)
{
	return s->ticks > 0 && s->tick > s->ticks;
}

int64_t
schedule_next(const struct schedule *s)
{
	wide after = (wide)s->tick * (uint64_t)s->interval;

	if (schedule_ended(s) || after > behind(s->begin, INT64_MAX))
		return INT64_MAX;
	return (int64_t)((uint64_t)s->begin + (uint64_t)after);
}

uint64_t
schedule_take(struct schedule *s, int64_t now)
{
	uint64_t last = behind(s->begin, now) / (uint64_t)s->interval, others;

	if (s->ticks > 0 && last > s->ticks)
		last = s->ticks;
	others = last > s->tick ? last - s->tick : 0;
	s->tick += others + 1;
	return others;
}
