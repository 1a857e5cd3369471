/* SPDX-License-Identifier: MIT */
#include "tracefs/mount.h"

#include <errno.h>
#include <linux/magic.h>
#include <stddef.h>
#include <sys/vfs.h>
#include <unistd.h>

const char *
mount_find(void)
{
	static const char *const places[] = { "/sys/kernel/tracing",
		"/sys/kernel/debug/tracing" };
	int error = ENOENT;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct statfs fs;

		if (statfs(places[i], &fs) != 0) {
			if (errno == EACCES)
				error = EACCES;
		} else if (fs.f_type == TRACEFS_MAGIC) {
			if (access(places[i], X_OK) == 0)
				return places[i];
			error = errno;
		}
	}
	errno = error;
	return NULL;
}

const char *
mount_advice(int error)
{
	switch (error) {
	case ENOENT:
		return "mount it: sudo mount -t tracefs tracefs "
		       "/sys/kernel/tracing";
	case EACCES:
	case EPERM:
		return "recording needs root: put sudo before the command";
	case EROFS:
		return "make it writable: sudo mount -o remount,rw "
		       "/sys/kernel/tracing";
	default:
		return NULL;
	}
}
