/* SPDX-License-Identifier: MIT */
/*
 * zones -- look up a zone by its label, which is there or the test ends
 */
#ifndef TK_UNIT_ZONES_H
#define TK_UNIT_ZONES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "energy/zone.h"

static const struct zone *
zone_labelled(const struct zones *zs, const char *label)
{
	for (size_t i = 0; i < zs->n; i++)
		if (strcmp(zs->zone[i].label, label) == 0)
			return &zs->zone[i];
	fprintf(stderr, "no zone %s\n", label);
	abort();
}

#endif
