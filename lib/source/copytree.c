/* SPDX-License-Identifier: MIT */
#include "source/copytree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/output.h"

/* Keeps the path of what failed; errno stays.  Returns -1. */
static int
fails(char **where, const char *path)
{
	int why = errno;

	*where = mem_dup(path, strlen(path));
	errno = why;
	return -1;
}

static bool
is_empty(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *d;
	bool empty = dir != NULL;

	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while (empty && (d = readdir(dir)) != NULL)
		empty = strcmp(d->d_name, ".") == 0 ||
		    strcmp(d->d_name, "..") == 0;
	closedir(dir);
	return empty;
}

/* Opens the folder path; one that was there may be used if it is empty. */
static int
open_folder(int at, const char *path, const struct below_owner *owner,
    bool mine)
{
	bool made = mkdirat(at, path, 0777) == 0;
	int fd;

	if (!made && errno != EEXIST)
		return -1;
	fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		if (errno == ENOTDIR || errno == ELOOP)
			errno = EEXIST;
		return -1;
	}
	if (!made && !is_empty(fd)) {
		close(fd);
		errno = EEXIST;
		return -1;
	}
	if (made && mine && fchown(fd, owner->uid, owner->gid) < 0) {
		int why = errno;

		close(fd);
		errno = why;
		return -1;
	}
	return fd;
}

/* The same, and if it is to be somebody's without a link on the way. */
static int
open_path(const char *path, const struct below_owner *owner)
{
	bool mine = owner->uid != (uid_t)-1 || owner->gid != (gid_t)-1;
	const char *slash = strrchr(path, '/');
	int above, fd, why;
	char *text;

	if (!mine || slash == NULL || slash[1] == '\0')
		return open_folder(AT_FDCWD, path, owner, mine);
	text = mem_dup(path, (size_t)(slash + 1 - path));
	above = below_reach(AT_FDCWD, text, O_PATH);
	free(text);
	if (above < 0)
		return -1;
	fd = open_folder(above, slash + 1, owner, mine);
	why = errno;
	close(above);
	errno = why;
	return fd;
}

int
copytree_open(struct copytree *t, const char *path, struct below_owner owner,
    char **where)
{
	size_t n = strlen(path);
	char *name;
	int why;

	/* With a slash behind it a link would be followed. */
	while (n > 1 && path[n - 1] == '/')
		n--;
	name = mem_dup(path, n);
	*where = NULL;
	*t = (struct copytree){ .owner = owner };
	t->folder = open_path(name, &owner);
	why = errno;
	free(name);
	errno = why;
	return t->folder < 0 ? fails(where, path) : 0;
}

int
copytree_pages(const struct copytree *t, const int *cpu, size_t n, int *fd,
    char **where)
{
	char path[64];
	size_t done;
	int why;

	*where = NULL;
	for (done = 0; done < n; done++) {
		snprintf(path, sizeof(path), "per_cpu/cpu%d/trace_pipe_raw",
		    cpu[done]);
		fd[done] = below_make(t->folder, path, &t->owner);
		if (fd[done] < 0)
			break;
	}
	if (done == n)
		return 0;
	why = errno;
	while (done-- > 0)
		close(fd[done]);
	errno = why;
	return fails(where, path);
}

static int
put(const struct copytree *t, const char *path, struct str text, char **where)
{
	struct output out;
	int fd;

	if (text.p == NULL)
		return 0;
	fd = below_make(t->folder, path, &t->owner);
	if (fd < 0)
		return fails(where, path);
	output_on(&out, fd, path);
	output_pass(&out, text.p, text.n);
	return output_close(&out) < 0 ? fails(where, path) : 0;
}

static int
put_event(const struct copytree *t, const struct texts_event *event,
    char **where)
{
	size_t size = strlen(event->system) + strlen(event->name) + 32;
	char *path = mem_alloc(size);
	int done, why;

	snprintf(path, size, "events/%s/%s/format", event->system, event->name);
	done = put(t, path, event->format, where);
	why = errno;
	free(path);
	errno = why;
	return done;
}

static int
put_stats(const struct copytree *t, const struct texts_cpu *cpu, char **where)
{
	char path[64];

	snprintf(path, sizeof(path), "per_cpu/cpu%d/stats", cpu->cpu);
	return put(t, path, cpu->stats, where);
}

int
copytree_texts(const struct copytree *t, const struct texts *texts,
    char **where)
{
	const struct {
		const char *path;
		struct str text;
	} file[] = {
		{ "events/header_page", texts->header_page },
		{ "events/header_event", texts->header_event },
		{ "trace_clock", texts->clock },
		{ "saved_cmdlines", texts->cmdlines },
		{ "printk_formats", texts->printk },
	};

	*where = NULL;
	for (size_t i = 0; i < sizeof(file) / sizeof(*file); i++)
		if (put(t, file[i].path, file[i].text, where) < 0)
			return -1;
	for (size_t i = 0; i < texts->events; i++)
		if (put_event(t, &texts->event[i], where) < 0)
			return -1;
	for (size_t i = 0; i < texts->cpus; i++)
		if (put_stats(t, &texts->cpu[i], where) < 0)
			return -1;
	return 0;
}

void
copytree_close(struct copytree *t)
{
	if (t->folder >= 0)
		close(t->folder);
	t->folder = -1;
}
