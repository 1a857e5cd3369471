/* SPDX-License-Identifier: MIT */
#include "parquet/shelf.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { TREE_NAME = 512 };

/* Notes what is being done, in case that it fails. */
static void
at(struct shelf *s, const char *tree, const char *path)
{
	snprintf(s->where, sizeof(s->where), "%s/%s%s%s", s->path,
	    tree != NULL ? tree : "", tree != NULL ? "/" : "", path);
}

/* Each file is open until all are complete, and there may be many. */
static void
allow_many(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

/* Opens a folder that is there. */
static int
open_folder(struct shelf *s, char *path)
{
	s->path = path;
	s->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->dir >= 0)
		allow_many();
	return s->dir < 0 ? -1 : 0;
}

int
shelf_open(struct shelf *s, const char *path)
{
	*s = (struct shelf){ .dir = -1 };
	s->made = mkdir(path, 0777) == 0;
	if (!s->made && errno != EEXIST)
		return -1;
	return open_folder(s, mem_dup(path, strlen(path)));
}

int
shelf_open_beside(struct shelf *s, const char *path, const char **name)
{
	const char *slash = strrchr(path, '/');

	*s = (struct shelf){ .dir = -1 };
	*name = slash != NULL ? slash + 1 : path;
	if (slash == NULL)
		return open_folder(s, mem_dup(".", 1));
	return open_folder(s,
	    slash == path ? mem_dup("/", 1)
			  : mem_dup(path, (size_t)(slash - path)));
}

/*
 * Makes the hidden folder.  One of the same name is of a program that was
 * killed, or has the same number elsewhere.
 */
static int
make_nest(struct shelf *s)
{
	char name[sizeof(s->nest)];

	for (unsigned n = 0; s->nest[0] == '\0'; n++) {
		snprintf(name, sizeof(name), ".tracekit-%ld-%u", (long)getpid(),
		    n);
		if (mkdirat(s->dir, name, 0700) == 0)
			memcpy(s->nest, name, sizeof(name));
		else if (errno != EEXIST)
			return -1;
	}
	return 0;
}

/* Returns a name in the hidden folder; no tree's begins with a dot. */
static const char *
hide(const struct shelf *s, struct shelf_file *f)
{
	snprintf(f->hidden, sizeof(f->hidden), "%s/.%zu", s->nest, f->number);
	return f->hidden;
}

/* Opens a file without a name, or a hidden one if need be. */
static int
open_file(struct shelf *s, struct shelf_file *f)
{
	int fd = -1;

	errno = EOPNOTSUPP;
	if (access("/proc/self/fd", X_OK) == 0) /* see give_name */
		fd = openat(s->dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);
	if (fd >= 0 ||
	    (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
		return fd;
	if (make_nest(s) < 0)
		return -1;
	return openat(s->dir, hide(s, f),
	    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

/* Tells whether there is a folder that is not empty. */
static bool
is_full(int dir, const char *path)
{
	struct stat st;

	if (fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return false;
	if (!S_ISDIR(st.st_mode))
		return true;
	if (unlinkat(dir, path, AT_REMOVEDIR) == 0) /* to tell if it is */
		return mkdirat(dir, path, st.st_mode & 07777) < 0;
	return true;
}

/* Tells whether a name cannot be given, with errno set. */
static bool
is_taken(const struct shelf *s, const char *tree, const char *path)
{
	struct stat st;

	if (tree != NULL) {
		errno = ENOTEMPTY;
		return is_full(s->dir, tree);
	}
	errno = EISDIR;
	return fstatat(s->dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISDIR(st.st_mode);
}

/* Tells whether that tree was begun here. */
static bool
is_begun(const struct shelf *s, const char *tree)
{
	const struct shelf_file *f = s->file;

	return tree != NULL && f != NULL && f->tree != NULL &&
	    strcmp(f->tree, tree) == 0;
}

struct shelf_file *
shelf_add(struct shelf *s, const char *tree, const char *path)
{
	struct shelf_file *f;
	int fd;

	at(s, tree, path);
	if (!is_begun(s, tree) && is_taken(s, tree, path))
		return NULL;
	f = mem_alloc(sizeof(*f));
	f->number = s->n;
	fd = open_file(s, f);
	if (fd < 0) {
		free(f);
		return NULL;
	}
	f->path = mem_dup(path, strlen(path));
	f->tree = tree != NULL ? mem_dup(tree, strlen(tree)) : NULL;
	f->out = (struct output){ .name = f->path, .fd = fd };
	f->next = s->file;
	s->file = f;
	s->n++;
	return f;
}

void
shelf_blame(struct shelf *s, const struct shelf_file *f)
{
	at(s, f->tree, f->path);
}

/* The name that a tree has until its files are all there. */
static void
hidden_tree(const struct shelf *s, const char *tree, char name[TREE_NAME])
{
	snprintf(name, TREE_NAME, "%s/%s", s->nest, tree);
}

/* Makes the folders on the way to a path; it is not changed. */
static int
make_way(int dir, char *path)
{
	for (char *slash = path; (slash = strchr(slash, '/')) != NULL;) {
		int done;

		*slash = '\0';
		done = mkdirat(dir, path, 0777);
		*slash++ = '/';
		if (done < 0 && errno != EEXIST)
			return -1;
	}
	return 0;
}

/* Gives the open file, which has none, a name. */
static int
link_file(const struct shelf *s, const struct shelf_file *f, const char *path)
{
	char self[64];

	snprintf(self, sizeof(self), "/proc/self/fd/%d", f->out.fd);
	return linkat(AT_FDCWD, self, s->dir, path, AT_SYMLINK_FOLLOW);
}

/* Gives a file its name, in the place of the hidden one if it has that. */
static int
give_name(const struct shelf *s, struct shelf_file *f, const char *path)
{
	if (f->hidden[0] == '\0')
		return link_file(s, f, path);
	if (renameat(s->dir, f->hidden, s->dir, path) < 0)
		return -1;
	f->hidden[0] = '\0';
	return 0;
}

/* Puts a file where the tree is made, out of sight. */
static int
plant(struct shelf *s, struct shelf_file *f)
{
	char tree[TREE_NAME], *path;
	size_t room;
	int done;

	hidden_tree(s, f->tree, tree);
	room = strlen(tree) + strlen(f->path) + 2;
	path = mem_alloc(room);
	snprintf(path, room, "%s/%s", tree, f->path);
	done = make_way(s->dir, path);
	if (done == 0)
		done = give_name(s, f, path);
	free(path);
	return done;
}

/* Gives a file that has none a hidden name: only rename(2) replaces. */
static int
prepare(struct shelf *s, struct shelf_file *f)
{
	if (f->tree != NULL)
		return plant(s, f);
	return f->hidden[0] != '\0' ? 0 : link_file(s, f, hide(s, f));
}

/* Gives a file, or the tree that it stands in, its name. */
static int
place(struct shelf *s, struct shelf_file *f)
{
	char tree[TREE_NAME];

	if (f->tree == NULL)
		return give_name(s, f, f->path);
	hidden_tree(s, f->tree, tree);
	if (faccessat(s->dir, tree, F_OK, 0) < 0) /* with another file of it */
		return 0;
	return renameat(s->dir, tree, s->dir, f->tree);
}

static int
commit(struct shelf *s)
{
	for (struct shelf_file *f = s->file; f != NULL; f = f->next) {
		at(s, f->tree, f->path);
		if (make_nest(s) < 0 || prepare(s, f) < 0)
			return -1;
	}
	for (struct shelf_file *f = s->file; f != NULL; f = f->next) {
		at(s, f->tree, f->path);
		if (place(s, f) < 0)
			return -1;
	}
	unlinkat(s->dir, s->nest, AT_REMOVEDIR);
	return 0;
}

int
shelf_commit(struct shelf *s)
{
	sigset_t all, before;
	int done;

	for (struct shelf_file *f = s->file; f != NULL; f = f->next)
		if (output_flush(&f->out) < 0) {
			at(s, f->tree, f->path);
			errno = f->out.err;
			return -1;
		}
	/* From the first name to the last one nobody may stop us. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	done = commit(s);
	s->done = done == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return done;
}

/* Removes the folders that were made, if they are empty. */
static void
clear_away(const struct shelf *s)
{
	if (s->nest[0] != '\0')
		unlinkat(s->dir, s->nest, AT_REMOVEDIR);
	if (s->made)
		rmdir(s->path);
}

bool
shelf_interrupt(const void *shelf)
{
	const struct shelf *s = shelf;

	if (s->done)
		return false;
	for (const struct shelf_file *f = s->file; f != NULL; f = f->next)
		if (f->hidden[0] != '\0')
			unlinkat(s->dir, f->hidden, 0);
	clear_away(s);
	return true;
}

/* Removes a file of a tree that came to nothing, and the empty folders. */
static void
uproot(const struct shelf *s, const struct shelf_file *f)
{
	char tree[TREE_NAME], path[8192], *slash;

	hidden_tree(s, f->tree, tree);
	snprintf(path, sizeof(path), "%s/%s", tree, f->path);
	unlinkat(s->dir, path, 0);
	while ((slash = strrchr(path, '/')) != NULL) {
		*slash = '\0';
		unlinkat(s->dir, path, AT_REMOVEDIR);
	}
}

void
shelf_close(struct shelf *s)
{
	int why = errno;

	while (s->file != NULL) {
		struct shelf_file *f = s->file;

		s->file = f->next;
		f->out.n = 0;
		output_close(&f->out);
		if (f->hidden[0] != '\0' && !s->done)
			unlinkat(s->dir, f->hidden, 0);
		if (f->tree != NULL && !s->done)
			uproot(s, f);
		free(f->path);
		free(f->tree);
		free(f);
	}
	if (!s->done)
		clear_away(s);
	if (s->dir >= 0)
		close(s->dir);
	free(s->path);
	s->path = NULL;
	s->dir = -1;
	errno = why;
}
