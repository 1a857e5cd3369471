/* SPDX-License-Identifier: MIT */
/*
 * gather -- find the threads of services, in one of four ways
 *
 * What is found goes into the table.  A thread's id is that of its container,
 * where a control group has it, or else its network namespace as readlink(1)
 * shows it, "net:[4026532177]".  This process itself is left out, unless it is
 * named.
 */
#ifndef TK_GATHER_H
#define TK_GATHER_H

#include "pids/inspected.h"
#include "pids/roster.h"

struct gather {
	struct roster *roster;
	/* What went wrong: a line each, in memory. */
	struct output why;
	/* What is no failure, but should be known: likewise. */
	struct output notes;
	/* Processes that could not be looked at, and why. */
	size_t refused;
	int refused_err;
	/* Threads whose addresses could not be asked for, and why. */
	size_t blind;
	int blind_err;

	/* gather's own: */
	struct spaces *spaces;
	struct output text;
};

/* A process, and the name of its service, which has no white space. */
struct named {
	struct str name;
	int32_t pid;
};

void gather_open(struct gather *);
void gather_close(struct gather *);

/*
 * Adds the threads of processes and of what descends from them.  A process
 * that descends from several belongs to the nearest.
 */
void gather_named(struct gather *, const struct named *, size_t n);

/*
 * Adds all threads in network namespaces of ip-netns(8), whose names are
 * those of the services, NULL-terminated.
 */
void gather_spaces(struct gather *, char *const *name);

/*
 * Adds all threads in the control groups of these paths, NULL-terminated, and
 * below; the last name of each path, without white space, is the service's.
 */
void gather_groups(struct gather *, char *const *path);

/*
 * Adds the threads of containers: of the processes in their control groups,
 * of those that descend from their first processes, and of those in the
 * namespaces of processes that these have.
 */
void gather_containers(struct gather *, const struct containers *);

/* Returns the last name of a path; of no bytes where it has none. */
struct str gather_last(const char *path);

#endif
