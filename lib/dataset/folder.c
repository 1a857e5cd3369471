/* SPDX-License-Identifier: MIT */
#include "dataset/folder.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "source/tree.h"

static bool
ends_in(struct str s, const char *z)
{
	size_t n = strlen(z);

	return s.n > n && memcmp(s.p + s.n - n, z, n) == 0;
}

/* Returns a name without what says that the file is packed. */
static struct str
unpacked(struct str name)
{
	if (ends_in(name, ".gz"))
		name.n -= strlen(".gz");
	else if (ends_in(name, ".zst"))
		name.n -= strlen(".zst");
	return name;
}

static struct str
last_part(const char *path)
{
	struct str name = str_of(path);
	const char *slash;

	while (name.n > 1 && name.p[name.n - 1] == '/')
		name.n--;
	slash = memrchr(name.p, '/', name.n);
	return slash != NULL ? str_skip(name, (size_t)(slash - name.p) + 1)
			     : name;
}

static int
compare(struct str a, struct str b)
{
	int order = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return order != 0 ? order : (a.n > b.n) - (a.n < b.n);
}

struct str
folder_name(const char *path)
{
	return unpacked(last_part(path));
}

int
folder_order(const char *a, const char *b)
{
	int order = compare(folder_name(a), folder_name(b));

	return order != 0 ? order : strcmp(a, b);
}

static int
by_name(const void *a, const void *b)
{
	return folder_order(*(char *const *)a, *(char *const *)b);
}

bool
folder_is(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
folder_is_tree(const char *path)
{
	char **files;

	if (!tree_files(path, &files))
		return false;
	for (char **file = files; *file != NULL; file++)
		free(*file);
	free(files);
	return true;
}

/* Tells whether that is there, and nothing that a trace can be in. */
static bool
is_special(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

char **
folder_list(const char *path)
{
	DIR *dir = opendir(path);
	const struct dirent *d;
	char **list = NULL;
	size_t n = 0, cap = 0;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		struct str name = unpacked(str_of(d->d_name));
		char *file;

		if (name.p[0] == '.' ||
		    (!ends_in(name, ".txt") && !ends_in(name, ".dat")))
			continue;
		file = tree_path(path, d->d_name);
		if (is_special(file)) {
			free(file);
			continue;
		}
		list = mem_grow(list, &cap, n + 2, sizeof(*list));
		list[n++] = file;
	}
	if (dir != NULL)
		closedir(dir);
	if (n > 0)
		list[n] = NULL;
	if (n > 0)
		qsort(list, n, sizeof(*list), by_name);
	return list;
}
