/* SPDX-License-Identifier: MIT */
#include "energy/scale.h"

wide
scale_step(wide least)
{
	wide power = 1;

	while (power < least / 10)
		power *= 10;
	for (;; power *= 10) {
		if (least <= power)
			return power;
		if (least <= 2 * power)
			return 2 * power;
		if (least <= 5 * power)
			return 5 * power;
	}
}

void
scale_to(struct scale *s, wide top)
{
	s->step = scale_step((top + SCALE_STEPS - 1) / SCALE_STEPS);
	s->steps = (unsigned)((top + s->step - 1) / s->step);
	if (s->steps == 0)
		s->steps = 1;
}

size_t
scale_put(char *p, wide v, wide step, unsigned places)
{
	while (places > 0 && step % 10 == 0) {
		step /= 10;
		v /= 10;
		places--;
	}
	return places == 0 ? wide_put(p, v) : wide_put_decimal(p, v, places);
}
