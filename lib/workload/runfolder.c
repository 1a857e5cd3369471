/* SPDX-License-Identifier: MIT */
#include "workload/runfolder.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"
#include "stream/input.h"

void
paths_free(struct paths *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->path[i]);
	free(p->path);
	*p = (struct paths){ 0 };
}

/* Takes path. */
static void
append(struct paths *p, char *path)
{
	p->path = mem_grow(p->path, &p->cap, p->n + 2, sizeof(*p->path));
	p->path[p->n++] = path;
	p->path[p->n] = NULL;
}

static char *
join(const char *folder, const char *name, const char *suffix)
{
	size_t n = strlen(folder) + strlen(name) + strlen(suffix) + 2;
	char *path = mem_alloc(n);

	snprintf(path, n, "%s/%s%s", folder, name, suffix);
	return path;
}

static const char *const packings[] = { "", ".zst", ".gz" };
enum { PACKINGS = sizeof(packings) / sizeof(packings[0]) };

/* Appends the file of that name, packed or not, and tells if it is there. */
static bool
append_file(struct paths *p, const char *folder, const char *name)
{
	for (size_t i = 0; i < PACKINGS; i++) {
		char *path = join(folder, name, packings[i]);

		if (access(path, F_OK) == 0) {
			append(p, path);
			return true;
		}
		free(path);
	}
	return false;
}

static bool
is_node(const char *folder)
{
	static const char *const sign[] = { "CTS", "cctf", "node_meta.json" };
	struct paths found = { 0 };
	bool is = false;

	for (size_t i = 0; i < sizeof(sign) / sizeof(sign[0]) && !is; i++)
		is = append_file(&found, folder, sign[i]);
	paths_free(&found);
	return is;
}

const char *
runfolder_name(const char *path, size_t *n)
{
	size_t end = strlen(path), begin;

	while (end > 1 && path[end - 1] == '/')
		end--;
	begin = end;
	while (begin > 0 && path[begin - 1] != '/')
		begin--;
	*n = end - begin;
	return path + begin;
}

/* Returns the N of a name that ends in (cN), or the greatest number. */
static uint64_t
index_of(const char *path)
{
	size_t n, digits = 0;
	const char *name = runfolder_name(path, &n);
	uint64_t index;

	if (n == 0 || name[n - 1] != ')')
		return UINT64_MAX;
	while (digits + 1 < n && name[n - 2 - digits] >= '0' &&
	    name[n - 2 - digits] <= '9')
		digits++;
	if (digits + 3 > n || memcmp(name + n - digits - 3, "(c", 2) != 0 ||
	    !num_u64((struct str){ name + n - 1 - digits, digits }, &index))
		return UINT64_MAX;
	return index;
}

static int
by_index(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	uint64_t i = index_of(x), j = index_of(y);

	return i != j ? (i > j) - (i < j) : strcmp(x, y);
}

/* Appends the folders in one that are those of nodes. */
static int
append_nodes(struct paths *p, const char *run)
{
	DIR *dir = opendir(run);
	struct dirent *entry;
	size_t before = p->n;

	if (dir == NULL)
		return -1;
	while ((entry = readdir(dir)) != NULL) {
		char *path;

		if (entry->d_name[0] == '.')
			continue;
		path = join(run, entry->d_name, "");
		if (is_node(path))
			append(p, path);
		else
			free(path);
	}
	closedir(dir);
	if (p->n > before)
		qsort(p->path + before, p->n - before, sizeof(*p->path),
		    by_index);
	return 0;
}

int
runfolder_nodes(struct paths *p, const char *run)
{
	if (!is_node(run))
		return append_nodes(p, run);
	append(p, mem_dup(run, strlen(run)));
	return 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Tells whether a name is events.SOMETHING.jsonl, packed or not. */
static bool
is_events(const char *name)
{
	struct str s = str_of(name);

	for (size_t i = 1; i < PACKINGS; i++)
		if (str_ends(s, packings[i])) {
			s.n -= strlen(packings[i]);
			break;
		}
	return str_starts(s, "events.") && str_ends(s, ".jsonl") &&
	    s.n > strlen("events..jsonl");
}

static void
append_events(struct paths *p, const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (is_events(entry->d_name))
			append(p, join(folder, entry->d_name, ""));
	if (dir != NULL)
		closedir(dir);
	if (p->n > 0)
		qsort(p->path, p->n, sizeof(*p->path), by_name);
	else
		append_file(p, folder, "events.jsonl");
}

void
runfolder_files(struct node_files *f, const char *node)
{
	static const char *const layouts[] = { "CTS", "cctf" };

	*f = (struct node_files){ 0 };
	for (size_t i = 0; i < 2; i++) {
		char *folder = join(node, layouts[i], "");

		if (f->nodes.n == 0)
			append_file(&f->nodes, folder, "nodes.json");
		if (f->invocations.n == 0)
			append_file(&f->invocations, folder,
			    "invocations.jsonl");
		if (f->samples.n == 0)
			append_file(&f->samples, folder, "proc_metrics.jsonl");
		free(folder);
	}
	append_file(&f->nodes, node, "node_meta.json");
	append_events(&f->events, node);
	if (f->samples.n == 0)
		f->raw = append_file(&f->samples, node, "proc_metrics.jsonl");
}

static void
read_meta(const char *path, struct nodemeta *meta, struct output *errors)
{
	char *text = mem_alloc(NODEMETA_FILE_MAX);
	const char *why = NULL;
	struct input in;
	size_t n = 0, got;

	if (input_open(&in, path) < 0) {
		why = strerror(errno);
	} else {
		while (n < NODEMETA_FILE_MAX &&
		    (got = input_read(&in, text + n, NODEMETA_FILE_MAX - n)) >
			0)
			n += got;
		why = in.why;
		input_close(&in);
	}
	if (why == NULL)
		why = nodemeta_read(meta, (struct str){ text, n });
	if (why != NULL) {
		output_in_line(errors, str_of(path));
		output_printf(errors, ": %s\n", why);
	}
	free(text);
}

void
runfolder_meta(const struct node_files *f, bool last_first,
    struct nodemeta *meta, struct output *errors)
{
	size_t n = f->nodes.n;

	for (size_t i = 0; i < n; i++)
		read_meta(f->nodes.path[last_first ? n - 1 - i : i], meta,
		    errors);
}

void
runfolder_close(struct node_files *f)
{
	paths_free(&f->nodes);
	paths_free(&f->invocations);
	paths_free(&f->events);
	paths_free(&f->samples);
}

/* Takes away the folders that are the same as one before. */
static void
name_once(struct paths *nodes, struct output *errors)
{
	struct stat *st = mem_alloc((nodes->n + 1) * sizeof(*st));
	size_t kept = 0, same;

	for (size_t i = 0; i < nodes->n; i++) {
		if (stat(nodes->path[i], &st[kept]) < 0)
			st[kept] = (struct stat){ .st_ino = 0 };
		for (same = 0; same < kept; same++)
			if (st[kept].st_ino != 0 &&
			    st[same].st_ino == st[kept].st_ino &&
			    st[same].st_dev == st[kept].st_dev)
				break;
		if (same == kept) {
			nodes->path[kept++] = nodes->path[i];
			continue;
		}
		output_printf(errors, "%s: the same folder as %s: read once\n",
		    nodes->path[i], nodes->path[same]);
		free(nodes->path[i]);
	}
	nodes->n = kept;
	free(st);
}

void
runfolder_all(struct paths *nodes, char *const *run, struct output *errors)
{
	for (; *run != NULL; run++) {
		size_t before = nodes->n;

		if (runfolder_nodes(nodes, *run) < 0)
			output_printf(errors, "%s: %s\n", *run,
			    strerror(errno));
		else if (nodes->n == before)
			output_printf(errors,
			    "%s: no folder of a node: CTS, cctf and "
			    "node_meta.json are neither in it nor below\n",
			    *run);
	}
	name_once(nodes, errors);
}
