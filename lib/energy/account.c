/* SPDX-License-Identifier: MIT */
#include "energy/account.h"

void
account_join(struct account *a, const struct account *zone)
{
	bool first = a->zones == 0;

	a->uj += zone->uj;
	a->measured += zone->measured;
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
	const uint64_t ns_per_s = 1000000000;

	*uw = 0;
	if (!a->known || a->measured == 0)
		return false;
	*uw = wide_scale(a->uj * a->zones, ns_per_s, a->measured);
	return true;
}

wide
account_measured(const struct account *a)
{
	return a->zones > 0 ? a->measured / a->zones : 0;
}
