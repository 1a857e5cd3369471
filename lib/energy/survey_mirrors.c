/* SPDX-License-Identifier: MIT */
#include "energy/survey.h"

#include <fcntl.h>
#include <time.h>

#include "base/now.h"
#include "energy/counter.h"
#include "energy/reading.h"

enum {
	ROUNDS = 3,
	PAUSE_NS = 5 * 1000 * 1000,
	/*
	 * How far apart in time two readings of one counter may be besides
	 * the time between them: it is written each ms or so.
	 */
	SLACK_NS = 2 * 1000 * 1000,
};

static bool
read_die(const struct zone *z, uint64_t *uj)
{
	bool raw;

	return reading_number(AT_FDCWD, z->path, 0, uj, &raw);
}

/* Tells whether two values, in uJ, are at most so many nJ apart. */
static bool
is_near(const struct counter_law *law, uint64_t a, uint64_t b, wide nj)
{
	wide apart = (wide)(a > b ? a - b : b - a) * 1000;

	return apart <= nj || (apart <= law->round && law->round - apart <= nj);
}

/*
 * Tells whether a die has the counter of the first one, of which it lies
 * between two readings.  Two of their own are joules apart soon after boot.
 */
static bool
is_mirror(const struct zone *z, const struct zone *first, uint64_t limit_w)
{
	int64_t begin = now_of(CLOCK_MONOTONIC);
	uint64_t before, value, after;
	struct counter_law law;
	wide most;

	if (z->has_range != first->has_range || z->range_uj != first->range_uj)
		return false;
	if (!read_die(first, &before) || !read_die(z, &value) ||
	    !read_die(first, &after))
		return false;
	counter_law(&law, z->has_range ? z->range_uj : 0, limit_w);
	most = (wide)limit_w *
	    (uint64_t)(now_of(CLOCK_MONOTONIC) - begin + SLACK_NS);
	return is_near(&law, before, value, most) &&
	    is_near(&law, value, after, most);
}

void
survey_mirrors(struct zones *zs, uint64_t limit_w)
{
	const struct timespec pause = { .tv_nsec = PAUSE_NS };
	size_t left = 0;

	zone_locate(zs);
	for (size_t i = 0; i < zs->n; i++) {
		zs->zone[i].mirrors = zone_first_die(zs, &zs->zone[i]) != NULL;
		left += zs->zone[i].mirrors;
	}
	for (int round = 0; round < ROUNDS && left > 0; round++) {
		if (round > 0)
			nanosleep(&pause, NULL);
		for (size_t i = 0; i < zs->n; i++) {
			struct zone *z = &zs->zone[i];

			if (!z->mirrors ||
			    is_mirror(z, zone_first_die(zs, z), limit_w))
				continue;
			z->mirrors = false;
			left--;
		}
	}
}
