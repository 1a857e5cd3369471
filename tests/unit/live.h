/* SPDX-License-Identifier: MIT */
/*
 * live -- instances in the tracefs of this machine, for tests that need them
 *
 * Nothing outside of the instances is written.
 */
#ifndef TK_UNIT_LIVE_H
#define TK_UNIT_LIVE_H

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tracefs/instance.h"
#include "tracefs/mount.h"

/* Returns where tracefs is; ends the test, saying so, where it is closed. */
static inline const char *
live_tracefs(void)
{
	const char *tracefs = mount_find();
	struct instance in;

	if (tracefs != NULL && instance_make(&in, tracefs) == 0) {
		assert(instance_remove(&in) == 0);
		return tracefs;
	}
	printf("skipped: no instance of tracefs can be made: %s\n",
	    strerror(errno));
	exit(0);
}

/* How many instances of that process there are. */
static inline int
live_instances(const char *tracefs, pid_t pid)
{
	char path[256], prefix[64];
	struct dirent *entry;
	int n = 0;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/instances", tracefs);
	snprintf(prefix, sizeof(prefix), "tk-capture.%d.", (int)pid);
	dir = opendir(path);
	assert(dir != NULL);
	while ((entry = readdir(dir)) != NULL)
		n += strncmp(entry->d_name, prefix, strlen(prefix)) == 0;
	closedir(dir);
	return n;
}

/* How many descriptors are open. */
static inline int
live_descriptors(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int n = 0;

	assert(dir != NULL);
	while (readdir(dir) != NULL)
		n++;
	closedir(dir);
	return n;
}

/* Writes that many lines of text as events to an instance. */
static inline void
live_print(struct instance *in, size_t n)
{
	int fd = instance_open(in, "trace_marker", O_WRONLY);

	assert(fd >= 0);
	for (size_t i = 0; i < n; i++) {
		char line[32];
		int len = snprintf(line, sizeof(line), "line %zu\n", i);

		/* Where there is no room it is lost, and counted. */
		if (write(fd, line, (size_t)len) < 0)
			assert(errno == EBADF);
	}
	close(fd);
}

#endif
