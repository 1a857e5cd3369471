/* SPDX-License-Identifier: MIT */
#include "tracefs/flight.h"

struct drain_window
flight_window(struct drain *d, int64_t last, int64_t late, int64_t *kept)
{
	struct drain_window w = { 0, UINT64_MAX };
	uint64_t end = drain_now(d), whole = drain_whole(d);

	if (late > 0 && end > (uint64_t)late)
		end -= (uint64_t)late;
	if (end > (uint64_t)last)
		w.since = end - (uint64_t)last;
	if (whole > w.since)
		w.since = whole;
	*kept = end > w.since ? (int64_t)(end - w.since) : 0;
	return w;
}
