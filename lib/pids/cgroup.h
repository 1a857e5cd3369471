/* SPDX-License-Identifier: MIT */
/*
 * cgroup -- control groups: the threads in them, and containers' names there
 *
 * A container's group has its full id in its name, as the whole name or
 * behind the name of its engine: "docker/ID", "docker-ID.scope",
 * "libpod-ID.scope", "cri-containerd-ID.scope".  What watches over a container
 * has a group as well, "libpod-conmon-ID.scope", which is not the container's.
 */
#ifndef TK_CGROUP_H
#define TK_CGROUP_H

#include <stdbool.h>

#include "pids/process.h"

/*
 * Returns the id in the last of the names in a path that has one; absent
 * where none has.
 */
struct str cgroup_id(struct str path);

/* The same of the text of /proc/PID/cgroup, which has a path in each line. */
struct str cgroup_container(struct str text);

/* Tells whether a path in such a text leads into the container of that id. */
bool cgroup_within(struct str text, struct str id);

/*
 * Returns the path of a group's folder, to be freed: path if that is one, or
 * else below /sys/fs/cgroup, as /proc/PID/cgroup has it.  NULL if there is
 * none.
 */
char *cgroup_find(const char *path);

/*
 * Adds the threads in a group, whose folder it is, and in those below, of
 * version 1 or 2 (cgroups(7)).  Returns 0, or -1 with errno set.
 */
int cgroup_threads(const char *path, struct numbers *);

#endif
