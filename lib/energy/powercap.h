/* SPDX-License-Identifier: MIT */
/*
 * powercap -- what the names of the kernel's powercap zones say
 *
 * A zone's folder is intel-rapl:0:a: its control type, then the number of the
 * zone in it, of the zone in that and so on, in hexadecimal
 * (drivers/powercap/powercap_sys.c: powercap_register_zone).  What it is stands
 * in its file name: package-0, or package-0-die-1 of a socket with several
 * dies (intel_rapl_common.c: rapl_detect_domains).
 */
#ifndef TK_POWERCAP_H
#define TK_POWERCAP_H

#include "base/str.h"

enum { POWERCAP_DEEP = 8 };

struct powercap {
	struct str type; /* all of the id if it is not a zone's */
	unsigned n;      /* how many numbers: 1 at the top, 0: no zone's */
	uint64_t number[POWERCAP_DEEP];
};

/* Takes an id apart, which has to stay. */
void powercap_read(struct powercap *, struct str id);

/* Tells whether a zone is, at any depth, in another one. */
bool powercap_is_in(const struct powercap *, const struct powercap *other);

/*
 * Compares as strcmp(3) does: types by their bytes, numbers as numbers, and
 * what is in a zone behind it.
 */
int powercap_compare(const struct powercap *, const struct powercap *);

/*
 * Takes the name of a package apart; false if it is none.  die is -1 where the
 * name does not tell it.
 */
bool powercap_package(struct str name, uint64_t *package, int64_t *die);

#endif
