/* SPDX-License-Identifier: MIT */
/*
 * owner -- what is made behind sudo(8) belongs to who typed it
 *
 * Whoever has to be root to record does not want files of root's.  Files are
 * given away through descriptors of our own, never by a path, in which the
 * other one may have put a link meanwhile; and only what is newly made, since
 * that may also be another name of a file that is not theirs.
 *
 * If there is somebody to give to, no symbolic link is followed in any part of
 * a path: each is opened by itself, from the one before, which any kernel can
 * (openat2(2) takes Linux 5.6), and a link makes errno ELOOP.  Else links are
 * followed as a shell does.
 *
 *	owner_find(&owner);
 *	dir = owner_make_directory(&owner, AT_FDCWD, "traces/raw");
 *	fd = owner_create(&owner, dir, "a_run1.txt", O_WRONLY);
 */
#ifndef TK_OWNER_H
#define TK_OWNER_H

#include <stdbool.h>
#include <sys/types.h>

struct owner {
	bool give; /* there is somebody to give to */
	uid_t uid;
	gid_t gid;
};

/*
 * Finds who is behind sudo: SUDO_UID, which is not 0, and SUDO_GID are both
 * numbers, and we are root.  Else nothing is given away.
 */
void owner_find(struct owner *);

/*
 * Gives a file or directory that we have made away, if there is somebody; any
 * other kind of file, or one that is not ours, stays as it is.  Returns 0, or
 * -1 with errno set; EPERM if a file has other names.
 */
int owner_give(const struct owner *, int fd);

/*
 * Makes the directory path, below the directory at if it is relative, and
 * those above it that are missing, with the permissions that umask leaves of
 * 0777; new ones are given away.  Returns a descriptor of it, to be closed, or
 * -1 with errno set.
 */
int owner_make_directory(const struct owner *, int at, const char *path);

/* The same, but makes none: one that is missing makes errno ENOENT. */
int owner_open_directory(const struct owner *, int at, const char *path);

/*
 * Creates the file path likewise, with the permissions that umask leaves of
 * 0666, and gives it away; flags are those of open(2), with O_EXCL if it must
 * be new.  One that is there is emptied and not given away.  Returns a
 * descriptor, or -1 with errno set: if there is somebody to give to, to EPERM
 * for a file with other names, which stays untouched.
 */
int owner_create(const struct owner *, int at, const char *path, int flags);

#endif
