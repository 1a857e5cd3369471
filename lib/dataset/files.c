/* SPDX-License-Identifier: MIT */
#include "dataset/files.h"

#include <assert.h>
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
files_open(struct files *files, const char *path)
{
	*files = (struct files){ .path = path, .dir = -1 };
	snprintf(files->where, sizeof(files->where), "%s", path);
	files->made = mkdir(path, 0777) == 0;
	if (!files->made && errno != EEXIST)
		return -1;
	files->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return files->dir < 0 ? -1 : 0;
}

static void
temporary_name(const char *name, char temporary[FILES_NAME])
{
	snprintf(temporary, FILES_NAME, ".%.32s.%ld", name, (long)getpid());
}

/* Opens a file without a name, or with the temporary one if need be. */
static int
open_file(const struct files *files, struct file *f)
{
	int fd = -1;

	if (access("/proc/self/fd", X_OK) == 0) /* see name_file */
		fd = openat(files->dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC,
		    0666);
	if (fd >= 0 ||
	    (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	temporary_name(f->name, f->temporary);
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
	if (fstatat(files->dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISDIR(st.st_mode)) {
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

void
files_remove(struct files *files, const char *name)
{
	files->older = mem_grow(files->older, &files->older_cap,
	    files->older_n + 1, sizeof(*files->older));
	files->older[files->older_n++] = mem_dup(name, strlen(name));
}

/*
 * Gives a file its temporary name: only rename(2) replaces.  One that has it
 * is closed, since some file systems tell only then what went wrong.
 */
static int
name_file(const struct files *files, struct file *f)
{
	char self[64];

	if (f->temporary[0] != '\0') {
		int done = output_close(&f->out);

		f->out.fd = -1;
		return done;
	}
	snprintf(self, sizeof(self), "/proc/self/fd/%d", f->out.fd);
	temporary_name(f->name, f->temporary);
	unlinkat(files->dir, f->temporary, 0);
	if (linkat(AT_FDCWD, self, files->dir, f->temporary,
		AT_SYMLINK_FOLLOW) == 0)
		return 0;
	f->temporary[0] = '\0';
	return -1;
}

static int
exchange(const struct files *files, const struct file *f)
{
	return renameat2(files->dir, f->temporary, files->dir, f->name,
	    RENAME_EXCHANGE);
}

/* Gives a file its name; what had that has the temporary one then. */
static int
replace(const struct files *files, struct file *f)
{
	if (exchange(files, f) == 0) {
		f->placed = true;
		return 0;
	}
	if (errno != ENOENT && errno != EINVAL && errno != ENOSYS)
		return -1;
	if (renameat(files->dir, f->temporary, files->dir, f->name) < 0)
		return -1;
	f->placed = true;
	f->temporary[0] = '\0';
	return 0;
}

/* Takes it back, as if it had never been. */
static void
undo(const struct files *files, struct file *f)
{
	if (!f->placed)
		return;
	f->placed = false;
	if (f->temporary[0] != '\0')
		exchange(files, f);
	else
		unlinkat(files->dir, f->name, 0);
}

/* Gives an older file a temporary name, if it is there. */
static int
set_aside(struct files *files, const char *name)
{
	char temporary[FILES_NAME];
	struct stat st;

	if (fstatat(files->dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    S_ISDIR(st.st_mode))
		return 0;
	temporary_name(name, temporary);
	if (renameat(files->dir, name, files->dir, temporary) < 0)
		return -1;
	files->gone = mem_grow(files->gone, &files->gone_cap, files->gone_n + 1,
	    sizeof(*files->gone));
	files->gone[files->gone_n++] = mem_dup(name, strlen(name));
	return 0;
}

/* Puts the older files back, or removes them. */
static void
settle(struct files *files, bool back)
{
	for (size_t i = 0; i < files->gone_n; i++) {
		char temporary[FILES_NAME];

		temporary_name(files->gone[i], temporary);
		if (back)
			renameat(files->dir, temporary, files->dir,
			    files->gone[i]);
		else
			unlinkat(files->dir, temporary, 0);
	}
}

/* Tells whether a file of this name is made. */
static bool
is_made(const struct files *files, const char *name)
{
	for (size_t i = 0; i < files->n; i++)
		if (strcmp(files->file[i].name, name) == 0)
			return !files->file[i].dropped;
	return false;
}

static int
set_all_aside(struct files *files)
{
	for (size_t i = 0; i < files->older_n; i++) {
		at(files, files->older[i]);
		if (!is_made(files, files->older[i]) &&
		    set_aside(files, files->older[i]) < 0)
			return -1;
	}
	for (size_t i = 0; i < files->n; i++) {
		at(files, files->file[i].name);
		if (files->file[i].dropped &&
		    set_aside(files, files->file[i].name) < 0)
			return -1;
	}
	return 0;
}

static int
place_all(struct files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		at(files, files->file[i].name);
		if (!files->file[i].dropped &&
		    name_file(files, &files->file[i]) < 0)
			return -1;
	}
	for (size_t i = 0; i < files->n; i++) {
		at(files, files->file[i].name);
		if (!files->file[i].dropped &&
		    replace(files, &files->file[i]) < 0)
			return -1;
	}
	return set_all_aside(files);
}

/* All or nothing: what was done is undone where something fails. */
static int
commit(struct files *files)
{
	int done = place_all(files), why = errno;

	for (size_t i = files->n; done < 0 && i > 0; i--)
		undo(files, &files->file[i - 1]);
	settle(files, done < 0);
	errno = why;
	return done;
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
	for (size_t i = 0; i < files->older_n; i++)
		free(files->older[i]);
	free(files->gone);
	free(files->older);
	files->gone = files->older = NULL;
	files->gone_n = files->older_n = 0;
}
