/* SPDX-License-Identifier: MIT */
#include "energy/account.h"

#include "base/duration.h"

/* Tells whether a zone only stood still, and nothing of it is missing. */
static bool
is_idle(const struct account *zone)
{
	return !zone->known && zone->status[ENERGY_RESET] == 0 &&
	    zone->status[ENERGY_UNKNOWN] == 0 &&
	    zone->status[ENERGY_UNREADABLE] == 0;
}

void
account_join(struct account *a, const struct account *zone)
{
	bool first = a->zones == 0;
	wide uw;

	if (account_mean(zone, &uw)) {
		a->mean_uw += uw;
		a->has_mean = true;
	}
	a->uj += zone->uj;
	if (!is_idle(zone) && (!a->timed || zone->measured < a->measured)) {
		a->measured = zone->measured;
		a->timed = true;
	}
	a->known |= zone->known;
	a->samples += zone->samples;
	for (unsigned i = 0; i < ENERGY_STATUSES; i++)
		a->status[i] += zone->status[i];
	a->zones += zone->zones;
	a->has_power = first && zone->has_power;
	a->least_uw = zone->least_uw;
	a->most_uw = zone->most_uw;
}

bool
account_mean(const struct account *a, wide *uw)
{
	*uw = a->mean_uw;
	if (a->has_mean || a->zones > 1)
		return a->has_mean;
	if (!a->known || a->measured == 0)
		return false;
	*uw = wide_scale(a->uj, NS_PER_S, a->measured);
	return true;
}
