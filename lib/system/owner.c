/* SPDX-License-Identifier: MIT */
#include "system/owner.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/below.h"
#include "base/mem.h"
#include "base/num.h"

/* Reads an id; the highest one tells chown(2) to leave it alone. */
static bool
read_id(const char *name, uint32_t *id)
{
	const char *text = getenv(name);
	uint64_t v;

	if (text == NULL || !num_u64(str_of(text), &v) || v >= UINT32_MAX)
		return false;
	*id = (uint32_t)v;
	return true;
}

void
owner_find(struct owner *owner)
{
	uint32_t uid = 0, gid = 0;

	owner->give = geteuid() == 0 && read_id("SUDO_UID", &uid) &&
	    read_id("SUDO_GID", &gid) && uid > 0;
	owner->uid = uid;
	owner->gid = gid;
}

int
owner_give(const struct owner *owner, int fd)
{
	struct stat st;

	if (!owner->give)
		return 0;
	if (fstat(fd, &st) < 0)
		return -1;
	if ((!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) ||
	    st.st_uid != geteuid())
		return 0;
	if (S_ISREG(st.st_mode) && st.st_nlink > 1) {
		errno = EPERM;
		return -1;
	}
	return fchown(fd, owner->uid, owner->gid);
}

/* Closes a descriptor, for a failure that errno tells; returns -1. */
static int
give_up(int fd)
{
	int why = errno;

	close(fd);
	errno = why;
	return -1;
}

static int
no_follow(const struct owner *owner)
{
	return owner->give ? O_NOFOLLOW : 0;
}

static int
make(const struct owner *owner, int at, const char *name)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
	int fd;

	if (mkdirat(at, name, 0777) < 0)
		return -1;
	fd = openat(at, name, flags);
	if (fd >= 0 && owner_give(owner, fd) < 0)
		return give_up(fd);
	return fd;
}

static bool
is_link(int at, const char *name)
{
	struct stat st;

	return fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(st.st_mode);
}

/* Opens one part of a path, and makes it if need be; flags as in open(2). */
static int
step(const struct owner *owner, int at, const char *name, int flags)
{
	int fd;

	flags |= O_DIRECTORY | O_CLOEXEC | no_follow(owner);
	fd = openat(at, name, flags);
	if (fd < 0 && errno == ENOENT) {
		fd = make(owner, at, name);
		if (fd < 0 && errno == EEXIST) /* somebody was faster */
			fd = openat(at, name, flags);
	}
	/* Linux says ENOTDIR of a link, too. */
	if (fd < 0 && errno == ENOTDIR && (flags & O_NOFOLLOW))
		errno = is_link(at, name) ? ELOOP : ENOTDIR;
	return fd;
}

/* Ends the part at p with a NUL; returns the next one, NULL at the end. */
static char *
next_part(char *p)
{
	char *slash = strchr(p, '/');

	if (slash == NULL)
		return NULL;
	*slash++ = '\0';
	slash += strspn(slash, "/");
	return *slash != '\0' ? slash : NULL;
}

int
owner_make_directory(const struct owner *owner, int at, const char *path)
{
	char *text = mem_dup(path, strlen(path));
	char *part = text + strspn(text, "/");
	int fd;

	fd = openat(at, path[0] == '/' ? "/" : ".",
	    (part[0] != '\0' ? O_PATH : O_RDONLY) | O_DIRECTORY | O_CLOEXEC);
	if (path[0] == '\0' && fd >= 0) {
		errno = ENOENT;
		fd = give_up(fd);
	}
	if (part[0] == '\0')
		part = NULL;
	while (fd >= 0 && part != NULL) {
		char *next = next_part(part);
		int before = fd;

		fd = step(owner, before, part,
		    next != NULL ? O_PATH : O_RDONLY);
		give_up(before);
		part = next;
	}
	free(text);
	return fd;
}

int
owner_open_directory(const struct owner *owner, int at, const char *path)
{
	if (owner->give)
		return below_reach(at, path, O_RDONLY);
	return openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* Empties a file that is there, if that may be done for somebody else. */
static int
take_over(const struct owner *owner, int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return give_up(fd);
	if (!S_ISREG(st.st_mode))
		return fd;
	if (owner->give && st.st_nlink > 1) {
		errno = EPERM;
		return give_up(fd);
	}
	return ftruncate(fd, 0) < 0 ? give_up(fd) : fd;
}

static int
create(const struct owner *owner, int at, const char *name, int flags)
{
	const int known = flags & ~(O_CREAT | O_EXCL | O_TRUNC);
	int fd;

	fd = openat(at, name, known | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd >= 0)
		return owner_give(owner, fd) < 0 ? give_up(fd) : fd;
	if (errno != EEXIST || (flags & O_EXCL))
		return -1;
	/* O_CREAT: a link may lead to what is not there yet. */
	fd = openat(at, name,
	    known | O_CLOEXEC | (owner->give ? O_NOFOLLOW : O_CREAT), 0666);
	return fd < 0 ? -1 : take_over(owner, fd);
}

int
owner_create(const struct owner *owner, int at, const char *path, int flags)
{
	const char *slash = strrchr(path, '/');
	int folder, fd;
	char *text;

	if (!owner->give || slash == NULL)
		return create(owner, at, path, flags);
	text = mem_dup(path, (size_t)(slash + 1 - path));
	folder = below_reach(at, text, O_PATH);
	free(text);
	if (folder < 0)
		return -1;
	/* With nothing behind the slash it is the folder itself. */
	fd = create(owner, folder, slash[1] != '\0' ? slash + 1 : ".", flags);
	give_up(folder);
	return fd;
}
