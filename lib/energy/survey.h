/* SPDX-License-Identifier: MIT */
/*
 * survey -- find the zones of this machine, or of a tree that looks like one
 *
 *	survey_root(&zones, "/sys/class/powercap");
 *	survey_mirrors(&zones, 1000);
 *	zone_choose(&zones, false);
 *
 * A counter that cannot be read is a zone all the same, which has no value.
 */
#ifndef TK_SURVEY_H
#define TK_SURVEY_H

#include "energy/zone.h"

/*
 * Adds each folder with an energy_uj in it that is found below root, at most
 * eight folders deep: links are followed in root itself, as they are in
 * /sys/class/powercap, and nowhere below; a file that was found by two ways is
 * one zone, with the shortest of its paths.  Reads what stands beside it
 * (name, max_energy_range_uj).  Returns how many were new, or -1 with errno if
 * root cannot be read.  Folders below it that cannot be read are counted.
 */
int survey_root(struct zones *, const char *root);

/*
 * Adds a file, or the zone that is a folder, or those below it.  Returns how
 * many were new (0: it was there already), or -1 with errno: ENODATA for a
 * folder without zones.
 */
int survey_named(struct zones *, const char *path);

/*
 * After zone_add of all: tells the dies that mirror their socket's counter
 * apart from those with one of their own, by reading each a few times, which
 * takes some ms if there are any.  No zone draws more than limit_w.
 */
void survey_mirrors(struct zones *, uint64_t limit_w);

/*
 * Writes a message for people, of some lines, on why a file or a folder cannot
 * be read, with what can be done about it; error is errno, EINVAL for one that
 * holds no number, ENODATA for one that holds nothing.
 */
void survey_advice(const char *path, int error, struct output *);

#endif
