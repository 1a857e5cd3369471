/* SPDX-License-Identifier: MIT */
#include "parquet/foldersin.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/str.h"

/* More keys than these are a link that leads back. */
enum { DEEPEST = 64 };

void
foldersin_add(struct foldersin *f, const char *path)
{
	f->path = mem_grow(f->path, &f->cap, f->n + 2, sizeof(*f->path));
	f->path[f->n++] = mem_dup(path, strlen(path));
	f->path[f->n] = NULL;
}

static void
add_folder(struct foldersin *f, const char *path, unsigned depth)
{
	f->folder = mem_grow(f->folder, &f->folder_cap, f->folders + 1,
	    sizeof(*f->folder));
	f->depth = mem_grow(f->depth, &f->depth_cap, f->folders + 1,
	    sizeof(*f->depth));
	f->depth[f->folders] = depth;
	f->folder[f->folders++] = mem_dup(path, strlen(path));
}

/* Returns folder/name, to be freed. */
static char *
join(const char *folder, const char *name)
{
	size_t n = strlen(folder), m = strlen(name);
	char *path = mem_alloc(n + m + 2);

	memcpy(path, folder, n);
	if (n > 0 && path[n - 1] != '/')
		path[n++] = '/';
	memcpy(path + n, name, m);
	return path;
}

/* The folder of a key may begin with _: KEY=VALUE is for reading. */
static bool
is_hidden(const char *name)
{
	return *name == '.' || (*name == '_' && strchr(name, '=') == NULL);
}

/*
 * Takes what has that name, if it is a file or a folder to be read.  plain: it
 * is in a folder that is not KEY=VALUE, nor the one that was named.
 */
static void
take(struct foldersin *f, const char *path, const char *name, unsigned depth,
    bool plain)
{
	struct stat st;

	if (is_hidden(name) || stat(path, &st) != 0)
		return;
	if (S_ISDIR(st.st_mode)) {
		if ((depth == 0 || strchr(name, '=') != NULL) &&
		    depth < DEEPEST)
			add_folder(f, path, depth + 1);
	} else if (!plain && str_ends(str_of(name), ".parquet")) {
		foldersin_add(f, path);
	}
}

/* Reads a folder; -1 with errno if it cannot be read. */
static int
read_folder(struct foldersin *f, const char *folder, unsigned depth)
{
	DIR *dir = opendir(folder);
	const char *slash = strrchr(folder, '/');
	bool plain = depth == 1 && slash != NULL && strchr(slash, '=') == NULL;
	struct dirent *entry;
	int err;

	if (dir == NULL)
		return -1;
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		char *path = join(folder, entry->d_name);

		take(f, path, entry->d_name, depth, plain);
		free(path);
	}
	err = errno;
	closedir(dir);
	errno = err;
	return err != 0 ? -1 : 0;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/*
 * Tells where the files of a type stand, from what is below the folder: "trace"
 * begins a stream of records, and "end" ends it.
 */
static int
turn_of(const char *below)
{
	struct str name;

	below += strspn(below, "/");
	name = (struct str){ below, strcspn(below, "/") };
	if (str_is(name, "trace.parquet") || str_is(name, "trace"))
		return 0;
	if (str_is(name, "end.parquet") || str_is(name, "end"))
		return 2;
	return 1;
}

/* Sorts paths that begin with so many bytes of a folder. */
static void
sort(char **path, size_t n, size_t folder)
{
	char **all = mem_alloc(n * sizeof(*all));
	size_t to = 0;

	memcpy(all, path, n * sizeof(*all));
	qsort(all, n, sizeof(*all), compare);
	for (int turn = 0; turn <= 2; turn++)
		for (size_t i = 0; i < n; i++)
			if (turn_of(all[i] + folder) == turn)
				path[to++] = all[i];
	free(all);
}

long
foldersin_read(struct foldersin *f, const char *folder)
{
	size_t before = f->n;
	int status = 0;

	add_folder(f, folder, 0);
	while (status == 0 && f->folders > 0) {
		char *next = f->folder[--f->folders];
		unsigned depth = f->depth[f->folders];

		status = read_folder(f, next, depth);
		/* One that is merely beside the files does not matter. */
		if (status < 0 && depth == 1 && errno == EACCES &&
		    strchr(strrchr(next, '/'), '=') == NULL)
			status = 0;
		free(f->where);
		f->where = next;
	}
	if (status < 0)
		return -1;
	if (f->n > before)
		sort(f->path + before, f->n - before, strlen(folder));
	return (long)(f->n - before);
}

void
foldersin_free(struct foldersin *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->path[i]);
	for (size_t i = 0; i < f->folders; i++)
		free(f->folder[i]);
	free(f->path);
	free(f->folder);
	free(f->depth);
	free(f->where);
}
