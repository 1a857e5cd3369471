/* SPDX-License-Identifier: MIT */
/*
 * below -- files below a folder that is open, without a link on the way
 *
 * Whoever writes as root into a folder that another user owns must not be
 * led elsewhere.  So each part of a path is opened by itself, from the
 * descriptor of the one before, and a symbolic link is refused (ELOOP, or
 * ENOTDIR in place of a folder), as are "..", "." and parts without a name
 * (EINVAL).
 */
#ifndef TK_BELOW_H
#define TK_BELOW_H

#include <stdbool.h>
#include <sys/types.h>

/* Whose the things are to be that are made; -1 leaves it as it comes. */
struct below_owner {
	uid_t uid;
	gid_t gid;
};

/* Tells whether that can be the name of a file, and is not "." or "..". */
bool below_is_name(const char *name);

/*
 * Opens the folder path with flags of open(2), and close-on-exec: wherever it
 * is, below at only if it is relative and has no "..".  Returns its
 * descriptor, or -1 with errno: ELOOP where any part of it is a link.
 */
int below_reach(int at, const char *path, int flags);

/*
 * Opens the file path below folder with flags of open(2), and close-on-exec.
 * Returns its descriptor, or -1 with errno.
 */
int below_open(int folder, const char *path, int flags);

/*
 * Makes a new file to write to, and each folder on its way that is not there
 * yet, and gives all that it makes to that owner.  Returns its descriptor, or
 * -1 with errno: EEXIST where it is there.
 */
int below_make(int folder, const char *path, const struct below_owner *);

#endif
