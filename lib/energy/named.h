/* SPDX-License-Identifier: MIT */
/*
 * named -- what the names of recorded zones tell of them
 *
 * A line of a recording has no more of a zone than its name.  Where that is
 * the id of a powercap zone, or the kernel's name of one, behind whatever ends
 * in a slash, it tells which other zone counts the same energy.
 */
#ifndef TK_NAMED_H
#define TK_NAMED_H

#include "base/intern.h"
#include "energy/zone.h"

enum { NAMED_NONE = -1 };

struct named {
	enum zone_role role; /* ZONE_OTHER: the name tells nothing */
	bool summed;
	int64_t of; /* the zone that it is part of or a twin of, or none */
};

/*
 * Judges a zone, by its number, among all that are known so far.  A zone whose
 * id is below that of another one, as intel-rapl:0:1 is below intel-rapl:0, is
 * part of it; what is called core or uncore is part of its package; and
 * intel-rapl-mmio:N is the twin of intel-rapl:N.  These are not summed, nor is
 * psys; all others are.  O(length of the name, for each colon in it).
 */
void named_judge(const struct intern *zones, size_t zone, struct named *);

#endif
