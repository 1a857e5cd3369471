/* SPDX-License-Identifier: MIT */
#include "source/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

/* saved_cmdlines has a line of up to 24 bytes for each task. */
enum { TEXT_MAX = 1 << 20, CMDLINES_MAX = 64 << 20 };

char *
tree_path(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	char *path = mem_alloc(n + m + 2);

	memcpy(path, a, n);
	path[n] = '/';
	memcpy(path + n + 1, b, m);
	return path;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Reads the N of "cpuN", with whatever behind it; -1 if s is none such. */
static int
cpu_number(struct str s)
{
	size_t n = 0;
	int cpu = 0;

	if (!str_starts(s, "cpu"))
		return -1;
	for (s = str_skip(s, 3); n < s.n && n < 7; n++) {
		if (s.p[n] < '0' || s.p[n] > '9')
			break;
		cpu = cpu * 10 + (s.p[n] - '0');
	}
	return n > 0 && n < 7 ? cpu : -1;
}

/* The same for the last "cpuN" in s. */
static int
last_cpu(struct str s)
{
	for (size_t at = s.n; at-- > 0;) {
		int cpu = cpu_number(str_skip(s, at));

		if (cpu >= 0)
			return cpu;
	}
	return -1;
}

/* Splits the last name off a path. */
static struct str
last_name(struct str *path)
{
	const char *slash = memrchr(path->p, '/', path->n);
	struct str name = *path;

	if (slash == NULL) {
		path->n = 0;
		return name;
	}
	name = str_skip(name, (size_t)(slash - path->p) + 1);
	path->n = (size_t)(slash - path->p);
	return name;
}

int
tree_cpu(const char *path)
{
	struct str rest = str_of(path);
	int cpu = last_cpu(last_name(&rest));

	return cpu >= 0 ? cpu : cpu_number(last_name(&rest));
}

char *
tree_root(const char *path)
{
	struct str rest = str_of(path), folder;

	last_name(&rest);
	folder = last_name(&rest);
	if (cpu_number(folder) < 0)
		return NULL;
	folder = last_name(&rest);
	if (!str_is(folder, "per_cpu"))
		return NULL;
	if (rest.n == 0) /* it began with per_cpu, or with /per_cpu */
		return mem_dup(path[0] == '/' ? "/" : ".", 1);
	return mem_dup(rest.p, rest.n);
}

bool
tree_is_file(const char *path)
{
	char *root = tree_root(path);

	free(root);
	return root != NULL;
}

struct str
tree_text(const char *root, const char *name)
{
	char *path = tree_path(root, name);
	const char *base = strrchr(path, '/') + 1;
	size_t most = strcmp(base, "saved_cmdlines") == 0 ? CMDLINES_MAX
							  : TEXT_MAX;
	struct str text = { NULL, 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t cap = 0, n = 0;
	char *p = NULL;
	ssize_t r = 0;

	free(path);
	if (fd < 0)
		return text;
	do {
		p = mem_grow(p, &cap, n + 4096, 1);
		r = read(fd, p + n, cap - n);
		n += r > 0 ? (size_t)r : 0;
	} while (r > 0 && n <= most);
	close(fd);
	if (r == 0)
		return (struct str){ p, n };
	free(p);
	return text;
}

static int
by_cpu(const void *a, const void *b)
{
	int x = tree_cpu(*(char *const *)a), y = tree_cpu(*(char *const *)b);

	return (x > y) - (x < y);
}

bool
tree_files(const char *path, char ***files)
{
	char *folder = tree_path(path, "per_cpu");
	DIR *dir = opendir(folder);
	const struct dirent *d;
	size_t n = 0, cap = 0;
	char **list = NULL;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		char *cpu, *file;

		if (cpu_number(str_of(d->d_name)) < 0)
			continue;
		cpu = tree_path(folder, d->d_name);
		file = tree_path(cpu, "trace_pipe_raw");
		free(cpu);
		list = mem_grow(list, &cap, n + 2, sizeof(*list));
		if (access(file, F_OK) == 0)
			list[n++] = file;
		else
			free(file);
	}
	if (dir != NULL)
		closedir(dir);
	free(folder);
	if (n == 0) {
		free(list);
		return false;
	}
	list[n] = NULL;
	qsort(list, n, sizeof(*list), by_cpu);
	*files = list;
	return true;
}

/* Adds the format in a file; false if there is none. */
static bool
add_format(struct formats *formats, const char *folder, const char *name,
    const char *system)
{
	struct str text = tree_text(folder, name);
	bool any = text.p != NULL &&
	    formats_add(formats, str_of(system), text) == NULL;

	free((char *)text.p);
	return any;
}

/* Adds the formats of SYSTEM/EVENT/format. */
static size_t
add_system(struct formats *formats, const char *events, const char *system)
{
	char *folder = tree_path(events, system);
	DIR *dir = is_folder(folder) ? opendir(folder) : NULL;
	const struct dirent *d;
	size_t n = 0;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		char *event;

		if (d->d_name[0] == '.')
			continue;
		event = tree_path(folder, d->d_name);
		n += add_format(formats, event, "format", system);
		free(event);
	}
	if (dir != NULL)
		closedir(dir);
	free(folder);
	return n;
}

size_t
tree_formats(struct formats *formats, const char *events)
{
	static const char suffix[] = ".format";
	DIR *dir = opendir(events);
	const struct dirent *d;
	size_t n = 0;

	while (dir != NULL && (d = readdir(dir)) != NULL) {
		size_t length = strlen(d->d_name);

		if (d->d_name[0] == '.')
			continue;
		if (length >= sizeof(suffix) &&
		    strcmp(d->d_name + length - sizeof(suffix) + 1, suffix) ==
			0)
			n += add_format(formats, events, d->d_name, "");
		else
			n += add_system(formats, events, d->d_name);
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

char **
tree_operands(char **operands)
{
	size_t n = 0, cap = 0;
	char **all = mem_grow(NULL, &cap, 1, sizeof(*all)), **files;

	for (; *operands != NULL; operands++) {
		char *alone[] = { *operands, NULL };
		char **list = tree_files(*operands, &files) ? files : alone;

		for (char **file = list; *file != NULL; file++) {
			all = mem_grow(all, &cap, n + 2, sizeof(*all));
			all[n++] = *file;
		}
		if (list != alone)
			free(files);
	}
	all[n] = NULL;
	return all;
}
