/* SPDX-License-Identifier: MIT */
#include "energy/schedule.h"

#include "base/wide.h"

void
schedule_begin(struct schedule *s, int64_t begin, int64_t interval,
    uint64_t ticks)
{
	*s = (struct schedule){ begin, interval, ticks, 1 };
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

	if (schedule_ended(s) || after > (wide)(INT64_MAX - s->begin))
		return INT64_MAX;
	return s->begin + (int64_t)after;
}

uint64_t
schedule_take(struct schedule *s, int64_t now)
{
	uint64_t last = (uint64_t)((now - s->begin) / s->interval), others;

	if (s->ticks > 0 && last > s->ticks)
		last = s->ticks;
	others = last > s->tick ? last - s->tick : 0;
	s->tick += others + 1;
	return others;
}
