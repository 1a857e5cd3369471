/* SPDX-License-Identifier: MIT */
#include "base/below.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
below_is_name(const char *name)
{
	return name[0] != '\0' && strchr(name, '/') == NULL &&
	    strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* Closes, and leaves errno as it is. */
static void
close_quietly(int fd)
{
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
}

static int
give(int fd, const struct below_owner *owner)
{
	bool nobody = owner == NULL ||
	    (owner->uid == (uid_t)-1 && owner->gid == (gid_t)-1);

	if (fd < 0 || nobody || fchown(fd, owner->uid, owner->gid) == 0)
		return fd;
	close_quietly(fd);
	return -1;
}

/* Opens one part of a path; Linux says ENOTDIR of a link in its place, too. */
static int
step(int at, const char *name, int flags)
{
	struct stat st;
	int fd = openat(at, name, flags | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd >= 0 || errno != ENOTDIR)
		return fd;
	errno = fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
		S_ISLNK(st.st_mode)
	    ? ELOOP
	    : ENOTDIR;
	return -1;
}

int
below_reach(int at, const char *path, int flags)
{
	const char *next = path + strspn(path, "/");
	char name[NAME_MAX + 1];
	int fd;

	if (path[0] == '\0') {
		errno = ENOENT;
		return -1;
	}
	fd = step(at, path[0] == '/' ? "/" : ".", *next ? O_PATH : flags);
	while (fd >= 0 && *next != '\0') {
		size_t n = strcspn(next, "/");
		int before = fd;

		if (n > NAME_MAX) {
			errno = ENAMETOOLONG;
			close_quietly(fd);
			return -1;
		}
		memcpy(name, next, n);
		name[n] = '\0';
		next += n + strspn(next + n, "/");
		fd = step(before, name, *next != '\0' ? O_PATH : flags);
		close_quietly(before);
	}
	return fd;
}

/* Opens the folder name, which is made first if make says so. */
static int
enter(int folder, const char *name, bool make, const struct below_owner *owner)
{
	const int flags = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_RDONLY;
	bool made = make && mkdirat(folder, name, 0777) == 0;
	int fd;

	if (make && !made && errno != EEXIST)
		return -1;
	fd = openat(folder, name, flags);
	return made ? give(fd, owner) : fd;
}

/* Copies the part of a path up to the next slash; returns what is behind. */
static const char *
part(const char *path, char name[NAME_MAX + 1])
{
	const char *slash = strchr(path, '/');
	size_t n = slash != NULL ? (size_t)(slash - path) : strlen(path);

	if (n > NAME_MAX) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	memcpy(name, path, n);
	name[n] = '\0';
	if (!below_is_name(name)) {
		errno = EINVAL;
		return NULL;
	}
	return slash != NULL ? slash + 1 : path + n;
}

static int
descend(int folder, const char *path, int flags, bool make,
    const struct below_owner *owner)
{
	char name[NAME_MAX + 1];
	int at = folder, fd = -1;

	while ((path = part(path, name)) != NULL && path[-1] == '/') {
		fd = enter(at, name, make, owner);
		if (at != folder)
			close_quietly(at);
		if (fd < 0)
			return -1;
		at = fd;
	}
	fd = -1;
	if (path != NULL)
		fd = openat(at, name, flags | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (at != folder)
		close_quietly(at);
	return make ? give(fd, owner) : fd;
}

int
below_open(int folder, const char *path, int flags)
{
	return descend(folder, path, flags & ~O_CREAT, false, NULL);
}

int
below_make(int folder, const char *path, const struct below_owner *owner)
{
	return descend(folder, path, O_WRONLY | O_CREAT | O_EXCL, true, owner);
}
