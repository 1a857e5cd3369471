/* SPDX-License-Identifier: MIT */
#include "dataset/files.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

/* Notes what is being done, in case that it fails. */
static void
at(struct files *files, const char *name)
{
	snprintf(files->where, sizeof(files->where), "%s/%s", files->path,
	    name);
}

int
files_open(struct files *files, const char *path,
    bool (*older)(const char *name))
{
	*files = (struct files){ .path = path, .dir = -1, .older = older };
	snprintf(files->where, sizeof(files->where), "%s", path);
	files->made = mkdir(path, 0777) == 0;
	if (!files->made && errno != EEXIST)
		return -1;
	files->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return files->dir < 0 ? -1 : 0;
}

/* Opens a file without a name, or with the temporary one if need be. */
static int
open_file(const struct files *files, struct file *f)
{
	int fd = openat(files->dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);

	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd;
	snprintf(f->temporary, sizeof(f->temporary), ".%s.%ld", f->name,
	    (long)getpid());
	return openat(files->dir, f->temporary,
	    O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
}

struct output *
files_add(struct files *files, const char *name)
{
	struct file *f = &files->file[files->n];
	struct stat st;
	int fd;

	assert(files->n < FILES_MAX && strlen(name) <= FILES_NAME / 2);
	f->name = name;
	at(files, name);
	f->was = fstatat(files->dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
	if (f->was && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		return NULL;
	}
	fd = open_file(files, f);
	if (fd < 0)
		return NULL;
	output_on(&f->out, fd, name);
	files->n++;
	return &f->out;
}

void
files_blame(struct files *files, const char *name)
{
	at(files, name);
}

void
files_drop(struct files *files, const struct output *out)
{
	size_t i = 0;

	while (i < files->n && &files->file[i].out != out)
		i++;
	assert(i < files->n);
	files->file[i].dropped = true;
}

/* Gives a nameless file its temporary name: only rename(2) replaces. */
static int
name_file(const struct files *files, struct file *f)
{
	char self[64];
	int n;

	if (f->temporary[0] != '\0')
		return 0;
	snprintf(self, sizeof(self), "/proc/self/fd/%d", f->out.fd);
	snprintf(f->temporary, sizeof(f->temporary), ".%s.%ld", f->name,
	    (long)getpid());
	unlinkat(files->dir, f->temporary, 0);
	n = linkat(AT_FDCWD, self, files->dir, f->temporary, AT_SYMLINK_FOLLOW);
	if (n < 0)
		f->temporary[0] = '\0';
	return n;
}

/* Tells whether a file of this name was just made. */
static bool
is_made(const struct files *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->file[i].name, name) == 0)
			return !files->file[i].dropped;
	return false;
}

static bool
is_dropped(const struct files *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->file[i].name, name) == 0)
			return files->file[i].dropped;
	return false;
}

static int
remove_file(struct files *files, const char *name)
{
	at(files, name);
	if (unlinkat(files->dir, name, 0) < 0)
		return errno == ENOENT || errno == EISDIR ? 0 : -1;
	files->gone = mem_grow(files->gone, &files->gone_cap, files->gone_n + 1,
	    sizeof(*files->gone));
	files->gone[files->gone_n++] = mem_dup(name, strlen(name));
	return 0;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Removes the files of an earlier time that were not made again. */
static int
remove_older(struct files *files)
{
	bool all = files->n > 0 && files->file[files->n - 1].was;
	int fd = openat(files->dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;
	int done = 0;

	at(files, ".");
	if (dir == NULL) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	while (done == 0 && (entry = readdir(dir)) != NULL) {
		const char *name = entry->d_name;

		if (is_dropped(files, name) ||
		    (all && files->older(name) && !is_made(files, name)))
			done = remove_file(files, name);
	}
	closedir(dir);
	if (files->gone_n > 0)
		qsort(files->gone, files->gone_n, sizeof(*files->gone),
		    by_bytes);
	return done;
}

static int
commit(struct files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		at(files, files->file[i].name);
		if (!files->file[i].dropped &&
		    name_file(files, &files->file[i]) < 0)
			return -1;
	}
	for (size_t i = 0; i < files->n; i++) {
		struct file *f = &files->file[i];

		if (f->dropped)
			continue;
		at(files, f->name);
		if (renameat(files->dir, f->temporary, files->dir, f->name) < 0)
			return -1;
		f->temporary[0] = '\0';
	}
	return remove_older(files);
}

/* Closes what is open, and removes what still has a temporary name. */
static void
shut(struct files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		struct file *f = &files->file[i];

		f->out.n = 0;
		output_close(&f->out);
		if (f->temporary[0] != '\0')
			unlinkat(files->dir, f->temporary, 0);
	}
	files->n = 0;
	if (files->dir >= 0)
		close(files->dir);
	files->dir = -1;
}

int
files_commit(struct files *files)
{
	sigset_t all, before;
	int done;

	for (size_t i = 0; i < files->n; i++) {
		struct file *f = &files->file[i];

		at(files, f->name);
		if (!f->dropped && output_flush(&f->out) < 0) {
			errno = f->out.err;
			return -1;
		}
	}
	/* From the first name to the last one nobody may stop us. */
	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, &before);
	done = commit(files);
	files->done = done == 0;
	if (done == 0)
		shut(files);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return done;
}

void
files_abandon(struct files *files)
{
	int why = errno;

	shut(files);
	if (files->made)
		rmdir(files->path);
	files->made = false;
	errno = why;
}

bool
files_interrupt(const struct files *files)
{
	if (files->done)
		return false;
	for (size_t i = 0; i < files->n; i++)
		if (files->file[i].temporary[0] != '\0')
			unlinkat(files->dir, files->file[i].temporary, 0);
	if (files->made)
		rmdir(files->path);
	return true;
}

void
files_close(struct files *files)
{
	for (size_t i = 0; i < files->gone_n; i++)
		free(files->gone[i]);
	free(files->gone);
	files->gone = NULL;
	files->gone_n = 0;
}
