/* SPDX-License-Identifier: MIT */
#include "pids/space.h"

#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <limits.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/magic.h>
#include <linux/nsfs.h>

#include "base/mem.h"

struct spaces {
	struct space **space; /* each by itself: they must not move */
	size_t n, cap;
};

struct spaces *
spaces_new(void)
{
	return mem_alloc(sizeof(struct spaces));
}

void
spaces_free(struct spaces *all)
{
	if (all == NULL)
		return;
	for (size_t i = 0; i < all->n; i++)
		free(all->space[i]);
	free(all->space);
	free(all);
}

static int
identify(int fd, struct space *out)
{
	struct statfs fs;
	struct stat st;

	if (fstatfs(fd, &fs) < 0 || fstat(fd, &st) < 0)
		return -1;
	if (fs.f_type != NSFS_MAGIC) {
		errno = EINVAL;
		return -1;
	}
	*out = (struct space){ .dev = st.st_dev, .ino = st.st_ino };
	return 0;
}

int
space_identify(const char *path, struct space *out)
{
	/* It may be any file: a pipe must not keep us waiting. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	int status, err;

	if (fd < 0)
		return -1;
	status = identify(fd, out);
	err = errno;
	close(fd);
	errno = err;
	return status;
}

bool
space_same(const struct space *a, const struct space *b)
{
	return a->dev == b->dev && a->ino == b->ino;
}

/* Tells whether others reach a machine at this address of its. */
static bool
is_reached(const struct sockaddr *at)
{
	const struct in6_addr *v6;
	uint32_t v4;

	if (at->sa_family == AF_INET) {
		v4 = ntohl(((const struct sockaddr_in *)at)->sin_addr.s_addr);
		return v4 >> 24 != 127 && v4 >> 16 != 0xa9fe && v4 != 0;
	}
	v6 = &((const struct sockaddr_in6 *)at)->sin6_addr;
	return !IN6_IS_ADDR_LOOPBACK(v6) && !IN6_IS_ADDR_LINKLOCAL(v6) &&
	    !IN6_IS_ADDR_UNSPECIFIED(v6);
}

static struct address
address_of(const struct sockaddr *at)
{
	if (at->sa_family == AF_INET)
		return address_from((const uint8_t *)&(
					(const struct sockaddr_in *)at)
					->sin_addr,
		    4);
	return address_from(((const struct sockaddr_in6 *)at)
				->sin6_addr.s6_addr,
	    16);
}

/* Finds the addresses of this process's namespace; an errno if it cannot. */
static int
find_addresses(struct addresses *found)
{
	unsigned best[2] = { UINT_MAX, UINT_MAX };
	struct ifaddrs *all;

	if (getifaddrs(&all) < 0)
		return errno;
	for (const struct ifaddrs *i = all; i != NULL; i = i->ifa_next) {
		const struct sockaddr *at = i->ifa_addr;
		unsigned index;
		bool v4;

		if (at == NULL || (i->ifa_flags & IFF_LOOPBACK) != 0 ||
		    (at->sa_family != AF_INET && at->sa_family != AF_INET6) ||
		    !is_reached(at))
			continue;
		v4 = at->sa_family == AF_INET;
		index = if_nametoindex(i->ifa_name);
		if (index == 0 || index >= best[v4])
			continue;
		best[v4] = index;
		*(v4 ? &found->v4 : &found->v6) = address_of(at);
		*(v4 ? &found->has_v4 : &found->has_v6) = true;
	}
	freeifaddrs(all);
	return 0;
}

/* Enters a namespace; that of a user's own, as its owner.  An errno or 0. */
static int
enter(int ns)
{
	struct space own, wanted;
	int owner;

	if (identify(ns, &wanted) == 0 &&
	    space_identify("/proc/self/ns/net", &own) == 0 &&
	    space_same(&own, &wanted))
		return 0;
	if (setns(ns, CLONE_NEWNET) == 0)
		return 0;
	owner = errno == EPERM ? ioctl(ns, NS_GET_USERNS) : -1;
	if (owner < 0 || setns(owner, CLONE_NEWUSER) < 0 ||
	    setns(ns, CLONE_NEWNET) < 0)
		return errno;
	return 0;
}

/* What the child tells: it enters the namespace, and stays there. */
struct told {
	struct addresses at;
	int err;
};

static _Noreturn void
tell(int ns, int to)
{
	struct told told = { .err = enter(ns) };

	if (told.err == 0)
		told.err = find_addresses(&told.at);
	/* Fewer bytes than a pipe takes at once. */
	_exit(write(to, &told, sizeof(told)) == sizeof(told) ? 0 : 1);
}

static int
ask(int ns, struct told *told)
{
	int end[2], status;
	ssize_t n;
	pid_t child;

	if (pipe2(end, O_CLOEXEC) < 0)
		return -1;
	child = fork();
	if (child == 0)
		tell(ns, end[1]);
	close(end[1]);
	do
		n = child < 0 ? -1 : read(end[0], told, sizeof(*told));
	while (n < 0 && child > 0 && errno == EINTR);
	close(end[0]);
	if (child < 0)
		return -1;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (n == sizeof(*told))
		return 0;
	errno = EIO; /* somebody killed it */
	return -1;
}

const struct space *
spaces_at(struct spaces *all, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK), err;
	struct told told = { .err = 0 };
	struct space here, *kept;

	if (fd < 0)
		return NULL;
	if (identify(fd, &here) < 0) {
		err = errno;
		close(fd);
		errno = err;
		return NULL;
	}
	for (size_t i = 0; i < all->n; i++)
		if (space_same(all->space[i], &here)) {
			close(fd);
			return all->space[i];
		}
	if (ask(fd, &told) < 0)
		told.err = errno;
	close(fd);
	kept = mem_alloc(sizeof(*kept));
	*kept = here;
	kept->at = told.at;
	kept->err = told.err;
	all->space = mem_grow(all->space, &all->cap, all->n + 1,
	    sizeof(*all->space));
	all->space[all->n++] = kept;
	return kept;
}
