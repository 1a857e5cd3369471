/* SPDX-License-Identifier: MIT */
#include "energy/survey.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/intern.h"
#include "base/mem.h"
#include "energy/alias.h"
#include "energy/reading.h"

enum { DEEP = 8, NAME_TEXT = 256 };

static const char counter[] = "energy_uj";

/* Reads the counter, and again if it is being written. */
static void
read_value(struct zone *z, int folder, const char *path, int flags)
{
	const struct timespec pause = { .tv_nsec = READING_RETRY_NS };

	for (int i = 0; i <= READING_RETRIES; i++) {
		if (i > 0)
			nanosleep(&pause, NULL);
		z->has_value = reading_number(folder, path, flags, &z->value_uj,
		    &z->written_raw);
		z->error = z->has_value ? 0 : errno;
		if (z->error != ENODATA)
			break;
	}
}

/* Reads a zone's name; NULL where it has none. */
static char *
read_name(int folder, int flags)
{
	char text[NAME_TEXT];
	ssize_t n = reading_text(folder, "name", flags, text, sizeof(text));
	struct str name;

	if (n <= 0)
		return NULL;
	name = reading_trim((struct str){ text, (size_t)n });
	name.n = strnlen(name.p, name.n);
	return name.n > 0 ? mem_dup(name.p, name.n) : NULL;
}

/* Returns the zone with this file, or NULL. */
static struct zone *
find_file(const struct zones *zs, const struct stat *st)
{
	for (size_t i = 0; i < zs->n; i++)
		if (zs->zone[i].device == st->st_dev &&
		    zs->zone[i].file == st->st_ino)
			return &zs->zone[i];
	return NULL;
}

static struct zone *
add(struct zones *zs, const char *path, const char *name, const struct stat *st)
{
	struct zone *z = zone_add(zs, path, name);

	z->device = st->st_dev;
	z->file = st->st_ino;
	z->real = realpath(path, NULL);
	return z;
}

/* Adds the zone that a folder is, with what stands beside its counter. */
static struct zone *
add_folder(struct zones *zs, int folder, const char *path,
    const struct stat *st, int flags)
{
	char *name = read_name(folder, flags);
	struct zone *z = add(zs, path, name, st);
	bool raw;

	free(name);
	z->has_range = reading_number(folder, "max_energy_range_uj", flags,
			   &z->range_uj, &raw) &&
	    z->range_uj > 0;
	read_value(z, folder, counter, flags);
	return z;
}

static char *
join(const char *folder, const char *name)
{
	size_t n = strlen(folder), size;
	char *path;

	while (n > 0 && folder[n - 1] == '/')
		n--;
	size = n + strlen(name) + 2;
	path = mem_alloc(size);
	snprintf(path, size, "%.*s/%s", (int)n, folder, name);
	return path;
}

/* A walk through a tree, folder by folder, from the top. */
struct walk {
	struct zones *zones;
	struct intern *seen; /* folders, by device and inode */
	struct visit {
		char *path;
		unsigned depth;
	} * visit;
	size_t n, cap;
	int found, added;
};

static bool
is_new(struct walk *w, const struct stat *st)
{
	uint64_t key[2] = { st->st_dev, st->st_ino };
	size_t before = intern_count(w->seen);

	return intern_id(w->seen,
		   (struct str){ (const char *)key, sizeof(key) }) == before;
}

/* Adds the folder's zone, if it is one that is not known. */
static void
look(struct walk *w, int folder, const char *path, int flags)
{
	char *file = join(path, counter);
	struct stat st;

	if (fstatat(folder, counter, &st,
		flags & O_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0) == 0 &&
	    (S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode))) {
		w->found++;
		if (find_file(w->zones, &st) == NULL) {
			add_folder(w->zones, folder, file, &st, flags);
			w->added++;
		}
	}
	free(file);
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int
may_be_folder(const struct dirent *entry)
{
	const char *name = entry->d_name;

	return (entry->d_type == DT_DIR || entry->d_type == DT_LNK ||
		   entry->d_type == DT_UNKNOWN) &&
	    strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

/* Lets the folders in a folder be visited; false with errno. */
static bool
list(struct walk *w, int folder, const char *path, unsigned depth)
{
	struct dirent **entry;
	int n = scandirat(folder, ".", &entry, may_be_folder, by_name);

	for (int i = 0; i < n; i++) {
		if (depth > 0 && entry[i]->d_type == DT_LNK) {
			free(entry[i]);
			continue;
		}
		w->visit = mem_grow(w->visit, &w->cap, w->n + 1,
		    sizeof(*w->visit));
		w->visit[w->n++] = (struct visit){ join(path, entry[i]->d_name),
			depth + 1 };
		free(entry[i]);
	}
	if (n >= 0)
		free(entry);
	return n >= 0;
}

/* Visits a folder; -1 with errno if it is one that cannot be looked into. */
static int
visit(struct walk *w, const char *path, unsigned depth)
{
	const int flags = depth > 1 ? O_NOFOLLOW : 0;
	int fd, error = 0;
	struct stat st;

	fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC | flags);
	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0) {
		error = errno;
	} else if (is_new(w, &st)) {
		look(w, fd, path, depth > 0 ? O_NOFOLLOW : 0);
		if (depth < DEEP && !list(w, fd, path, depth))
			error = errno;
	}
	close(fd);
	errno = error;
	return error == 0 ? 0 : -1;
}

static void
note_shut(struct zones *zs, const char *path, int error)
{
	/* No folder at all, or one that is gone by now. */
	if (error == ENOTDIR || error == ELOOP || error == ENOENT)
		return;
	if (zs->shut++ > 0)
		return;
	zs->shut_path = mem_dup(path, strlen(path));
	zs->shut_error = error;
}

/* Walks through root; how many zones are new and, in *found, are there. */
static int
walk(struct zones *zs, const char *root, int *found)
{
	struct walk w = { .zones = zs, .seen = intern_new() };
	int error = visit(&w, root, 0) < 0 ? errno : 0;

	/* Level by level, so that a zone is known by its shortest path. */
	for (size_t i = 0; i < w.n; i++) {
		struct visit v = w.visit[i];

		if (visit(&w, v.path, v.depth) < 0)
			note_shut(zs, v.path, errno);
		free(v.path);
	}
	free(w.visit);
	intern_free(w.seen);
	*found = w.found;
	errno = error;
	return error == 0 ? w.added : -1;
}

int
survey_root(struct zones *zs, const char *root)
{
	int found;

	return walk(zs, root, &found);
}

/* Tells whether a path names the folder that its file is in. */
static bool
tells_folder(const char *path)
{
	struct str folder = alias_folder(path);
	const char *slash = strrchr(path, '/');

	return slash != NULL && folder.p < slash && !str_is(folder, "..");
}

/* Adds a file that is not known yet; what stands beside a counter belongs to
 * it. */
static struct zone *
add_file(struct zones *zs, const char *path, const struct stat *st)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	struct zone *z;
	int folder = -1;

	if (strcmp(name, counter) == 0) {
		char *text = mem_dup(path, (size_t)(name - path));

		folder = open(*text != '\0' ? text : ".",
		    O_PATH | O_DIRECTORY | O_CLOEXEC);
		free(text);
	}
	if (folder >= 0) {
		z = add_folder(zs, folder, path, st, 0);
		close(folder);
	} else {
		z = add(zs, path, NULL, st);
		read_value(z, AT_FDCWD, path, 0);
	}
	return z;
}

static int
name_file(struct zones *zs, const char *path, const struct stat *st)
{
	struct zone *z = find_file(zs, st);
	bool added = z == NULL;
	char *real = NULL;

	if (added && !tells_folder(path))
		real = realpath(path, NULL);
	if (added)
		z = add_file(zs, real != NULL ? real : path, st);
	if (!z->named)
		zone_name(zs, z);
	free(real);
	return added;
}

int
survey_named(struct zones *zs, const char *path)
{
	int n, found;
	struct stat st;
	char *file;

	if (stat(path, &st) < 0)
		return -1;
	if (!S_ISDIR(st.st_mode))
		return name_file(zs, path, &st);
	file = join(path, counter);
	if (stat(file, &st) == 0 && !S_ISDIR(st.st_mode)) {
		n = name_file(zs, file, &st);
	} else {
		n = walk(zs, path, &found);
		if (n == 0 && found == 0) {
			errno = ENODATA;
			n = -1;
		}
	}
	free(file);
	return n;
}
