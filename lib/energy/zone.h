/* SPDX-License-Identifier: MIT */
/*
 * zone -- what has an energy counter, and which of them make up a machine
 *
 * The kernel's powercap folders (Documentation/power/powercap) are zones, and
 * so is any other file with a number of microjoules, such as those that
 * Scaphandre writes of virtual machines.  Zones overlap: the cores are part
 * of their package, psys of the whole board holds all, the mmio interface
 * shows the packages once more, and on some processors each die shows the
 * counter of its socket.  zone_choose tells which of them add up to the whole
 * without counting anything twice.
 *
 * What is here opens no file: energy/survey finds the zones of a machine.
 */
#ifndef TK_ZONE_H
#define TK_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "energy/powercap.h"
#include "stream/output.h"

enum zone_role {
	ZONE_PACKAGE, /* a socket, or a die of it with a counter of its own */
	ZONE_DRAM,    /* memory, which is not part of the package */
	ZONE_PSYS,    /* the whole board, and so all of the above */
	ZONE_PART,    /* core, uncore, or whatever is below a package */
	ZONE_TWIN,    /* of the mmio interface: the same zone once more */
	ZONE_MIRROR,  /* a die that shows the counter of its socket */
	ZONE_SHARE,   /* of a virtual machine: a share of what others count */
	ZONE_FILE,    /* a file that nothing more is known of */
	ZONE_OTHER,   /* with a name that is not known */
	ZONE_ROLES,
};

struct zone {
	char *label; /* as records name it; no other zone has it */
	char *id;    /* its folder's name: intel-rapl:0:2 */
	char *name;  /* the kernel's: package-0, dram ...; NULL: none */
	char *path;  /* of the file with the counter */
	bool has_range;
	uint64_t range_uj;
	bool has_value; /* it could be read when it was found */
	uint64_t value_uj;
	int error;        /* errno, if it could not; EINVAL: no number */
	bool named;       /* on the command line, not found in a folder */
	bool virtual;     /* below a folder that is called scaphandre */
	bool written_raw; /* a file without a newline, as Scaphandre writes */
	bool mirrors;     /* its counter is that of zone_first_die */
	/* Set by zone_choose: */
	enum zone_role role;
	bool summed;           /* part of the sum of all zones */
	bool left_out;         /* not to be recorded */
	const struct zone *of; /* the one that it is part of, or a twin of */

	/* For survey: the same zone has the same of both. */
	char *real; /* path without links; NULL: path is */
	uint64_t device, file;

	/* zone's own: */
	struct powercap place; /* in the tree of its control type */
	struct str tree;       /* the folder that tree is in */
	size_t order;          /* in which they were added */
};

struct zones {
	struct zone *zone; /* found ones are sorted by zone_choose */
	size_t n, cap;

	/* Folders that survey could not look into: what is there is missing. */
	size_t shut;
	char *shut_path; /* of the first one, or NULL */
	int shut_error;

	size_t orders; /* zone's own */
};

/* Returns the word of a role, as records have it. */
const char *zone_role_word(enum zone_role);

/*
 * Adds a zone, with copies of these; name may be NULL.  Returns it, good until
 * the next is added.
 */
struct zone *zone_add(struct zones *, const char *path, const char *name);

/* Says that a zone was named on the command line, behind those before it. */
void zone_name(struct zones *, struct zone *);

/* Finds where each zone is, as zone_choose does: for zone_first_die. */
void zone_locate(struct zones *);

/*
 * Returns the first die of the package that a zone is another die of, or NULL.
 * O(zones).
 */
const struct zone *zone_first_die(const struct zones *, const struct zone *);

/*
 * Says what each zone is, and gives it a label: the name of its virtual
 * machine or folder, with as much of the path before it as makes it unique.
 * Zones of the command line come first, in their order; found ones are sorted,
 * hexadecimal numbers as numbers.  Zones that only count others' energy once
 * more are left out, unless all is set or they were named, but never summed.
 */
void zone_choose(struct zones *, bool all);

/*
 * Writes a line, for people, for each zone that is left out or not summed, and
 * why, in a form that can do a terminal no harm.
 */
void zone_explain(const struct zones *, struct output *);

/*
 * Writes the table of --list likewise: zones, names, roles, ranges, units, the
 * time to go round at 400 W, whether they are summed, recorded but not summed,
 * or left out, and where they are.  What is not known is "-".
 */
void zone_list(const struct zones *, struct output *);

/* Frees all of them, so that it is empty as at first. */
void zones_free(struct zones *);

#endif
