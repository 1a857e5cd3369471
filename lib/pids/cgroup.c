/* SPDX-License-Identifier: MIT */
#include "pids/cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

enum { ID = 64, AT_ONCE = 4096 };

/* Splits off the next name of a path; false at its end. */
static bool
take_name(struct str *path, struct str *name)
{
	const char *slash;

	if (path->n == 0)
		return false;
	slash = memchr(path->p, '/', path->n);
	*name = *path;
	if (slash != NULL)
		name->n = (size_t)(slash - path->p);
	*path = str_skip(*path, name->n + (slash != NULL));
	return true;
}

/* Returns the id that the name of a group has; absent if it has none. */
static struct str
id_in(struct str name)
{
	static const char scope[] = ".scope";
	const size_t end = sizeof(scope) - 1;
	struct str before, none = { NULL, 0 };

	if (name.n > end && memcmp(name.p + name.n - end, scope, end) == 0)
		name.n -= end;
	if (name.n < ID)
		return none;
	before = (struct str){ name.p, name.n - ID };
	name = str_skip(name, before.n);
	for (size_t i = 0; i < ID; i++)
		if (num_hex_digit(name.p[i]) < 0)
			return none;
	if (before.n == 0)
		return name;
	if (before.p[before.n - 1] != '-' ||
	    memmem(before.p, before.n, "conmon", 6) != NULL)
		return none;
	return name;
}

struct str
cgroup_id(struct str path)
{
	struct str last = { NULL, 0 }, name, id;

	while (take_name(&path, &name))
		if ((id = id_in(name)).p != NULL)
			last = id;
	return last;
}

/* Splits off the path of the next line: "NUMBER:CONTROLLERS:PATH". */
static bool
take_path(struct str *text, struct str *path)
{
	const char *colon;

	if (!str_line(text, path))
		return false;
	for (int i = 0; i < 2; i++) {
		colon = memchr(path->p, ':', path->n);
		if (colon == NULL)
			path->n = 0;
		else
			*path = str_skip(*path, (size_t)(colon + 1 - path->p));
		if (path->n == 0)
			break;
	}
	return true;
}

struct str
cgroup_container(struct str text)
{
	struct str path, id;

	while (take_path(&text, &path))
		if ((id = cgroup_id(path)).p != NULL)
			return id;
	return (struct str){ NULL, 0 };
}

bool
cgroup_within(struct str text, struct str id)
{
	struct str path, name;

	while (take_path(&text, &path))
		while (take_name(&path, &name)) {
			struct str one = id_in(name);

			if (one.p != NULL && str_eq(one, id))
				return true;
		}
	return false;
}

/* Returns dir/name, to be freed. */
static char *
join(const char *dir, const char *name)
{
	size_t n = strlen(dir) + strlen(name) + 2;
	char *path = mem_alloc(n);

	snprintf(path, n, "%s/%s", dir, name);
	return path;
}

/* Opens the list of threads of a group: version 2 calls it otherwise. */
static int
open_threads(const char *path)
{
	char *list = join(path, "cgroup.threads");
	int fd = open(list, O_RDONLY | O_CLOEXEC), err;

	free(list);
	if (fd >= 0 || errno != ENOENT)
		return fd;
	list = join(path, "tasks");
	fd = open(list, O_RDONLY | O_CLOEXEC);
	err = errno;
	free(list);
	errno = err;
	return fd;
}

char *
cgroup_find(const char *path)
{
	static const char *const under[] = { "/sys/fs/cgroup",
		"/sys/fs/cgroup/unified" };
	char *group = mem_dup(path, strlen(path));
	int fd = open_threads(group);

	for (size_t i = 0; fd < 0 && i < 2; i++) {
		free(group);
		group = join(under[i], path);
		fd = open_threads(group);
	}
	if (fd >= 0) {
		close(fd);
		return group;
	}
	free(group);
	return NULL;
}

/* Adds the threads of one group; none if it is gone. */
static int
read_threads(const char *path, struct numbers *list)
{
	int fd = open_threads(path), err;
	struct output text;
	struct str rest, line;
	uint64_t tid;
	ssize_t n;

	if (fd < 0)
		return process_gone(errno) ? 0 : -1;
	output_in_memory(&text);
	while ((n = read(fd, output_room(&text, AT_ONCE), AT_ONCE)) > 0)
		output_used(&text, (size_t)n);
	err = n < 0 && errno != ENODEV ? errno : 0; /* ENODEV: it is gone */
	close(fd);
	rest = (struct str){ text.buf, text.n };
	/* 0 is a thread outside of our namespace of numbers. */
	while (str_line(&rest, &line))
		if (num_u64(line, &tid) && tid > 0 && tid <= INT32_MAX)
			numbers_add(list, (int32_t)tid);
	output_close(&text);
	errno = err;
	return err != 0 ? -1 : 0;
}

/* Folders that are still to be looked at. */
struct waiting {
	char **path;
	size_t n, cap;
};

static void
add_folders(struct waiting *waiting, const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *d;

	if (dir == NULL)
		return; /* gone, or its threads could not be read either */
	while ((d = readdir(dir)) != NULL) {
		if (d->d_type != DT_DIR || strcmp(d->d_name, ".") == 0 ||
		    strcmp(d->d_name, "..") == 0)
			continue;
		waiting->path = mem_grow(waiting->path, &waiting->cap,
		    waiting->n + 1, sizeof(*waiting->path));
		waiting->path[waiting->n++] = join(path, d->d_name);
	}
	closedir(dir);
}

int
cgroup_threads(const char *path, struct numbers *list)
{
	struct waiting waiting = { 0 };
	int status = read_threads(path, list), err = errno;

	add_folders(&waiting, path);
	while (waiting.n > 0) {
		char *next = waiting.path[--waiting.n];

		if (read_threads(next, list) < 0 && status == 0) {
			status = -1;
			err = errno;
		}
		add_folders(&waiting, next);
		free(next);
	}
	free(waiting.path);
	errno = err;
	return status;
}
