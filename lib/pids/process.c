/* SPDX-License-Identifier: MIT */
#include "pids/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

enum { PATH = 64, AT_ONCE = 4096 };

#define FIRST_SPACE 0xeffffffcu /* PROC_PID_INIT_INO */

bool
process_renumbered(void)
{
	struct stat st;

	return stat("/proc/self/ns/pid", &st) == 0 && st.st_ino != FIRST_SPACE;
}

bool
process_gone(int err)
{
	return err == ENOENT || err == ESRCH;
}

void
numbers_add(struct numbers *list, int32_t number)
{
	list->number = mem_grow(list->number, &list->cap, list->n + 1,
	    sizeof(*list->number));
	list->number[list->n++] = number;
}

void
numbers_free(struct numbers *list)
{
	free(list->number);
	*list = (struct numbers){ 0 };
}

static int
by_number(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Adds the numbers among the names of a folder's entries, ascending. */
static int
read_numbers(const char *path, struct numbers *list)
{
	DIR *dir = opendir(path);
	size_t before = list->n;
	const struct dirent *d;
	uint64_t number;
	int err;

	if (dir == NULL)
		return -1;
	while (errno = 0, (d = readdir(dir)) != NULL)
		if (num_u64(str_of(d->d_name), &number) && number <= INT32_MAX)
			numbers_add(list, (int32_t)number);
	err = errno;
	closedir(dir);
	if (list->n > before)
		qsort(list->number + before, list->n - before,
		    sizeof(*list->number), by_number);
	errno = err;
	return err == 0 || process_gone(err) ? 0 : -1;
}

int
process_threads(int32_t pid, struct numbers *list)
{
	char path[PATH];

	snprintf(path, sizeof(path), "/proc/%" PRId32 "/task", pid);
	if (read_numbers(path, list) < 0)
		return process_gone(errno) ? 0 : -1;
	return 0;
}

int
process_file(int32_t id, const char *file, struct output *text)
{
	char path[PATH];
	ssize_t n;
	int fd, err;

	text->n = 0;
	snprintf(path, sizeof(path), "/proc/%" PRId32 "/%s", id, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	while ((n = read(fd, output_room(text, AT_ONCE), AT_ONCE)) > 0)
		output_used(text, (size_t)n);
	err = errno;
	close(fd);
	errno = err;
	return n < 0 ? -1 : 0;
}

int32_t
process_status(struct str text, const char *key)
{
	struct str line;
	uint64_t number;

	while (str_line(&text, &line))
		if (str_starts(line, key)) {
			line = str_trim(str_skip(line, strlen(key)));
			return num_u64(line, &number) && number <= INT32_MAX
			    ? (int32_t)number
			    : -1;
		}
	return -1;
}

int
processes_read(struct processes *all)
{
	struct numbers list = { 0 };
	struct output text;
	int32_t parent;

	if (read_numbers("/proc", &list) < 0) {
		numbers_free(&list);
		return -1;
	}
	output_in_memory(&text);
	all->process = mem_grow(all->process, &all->cap, list.n,
	    sizeof(*all->process));
	for (size_t i = 0; i < list.n; i++) {
		if (process_file(list.number[i], "status", &text) < 0)
			continue;
		parent = process_status((struct str){ text.buf, text.n },
		    "PPid:");
		all->process[all->n++] = (struct process){
			.pid = list.number[i],
			.parent = parent > 0 ? parent : 0,
		};
	}
	output_close(&text);
	numbers_free(&list);
	return 0;
}

void
processes_free(struct processes *all)
{
	free(all->process);
	*all = (struct processes){ 0 };
}

const struct process *
processes_find(const struct processes *all, int32_t pid)
{
	/* The pid is the first of its members. */
	return all->n == 0 ? NULL
			   : bsearch(&pid, all->process, all->n,
				 sizeof(*all->process), by_number);
}

size_t
processes_root(const struct processes *all, int32_t pid, const int32_t *root,
    size_t n)
{
	const struct process *p = processes_find(all, pid);

	/* No more steps than processes: numbers that are used anew while the
	 * table is read may make a circle. */
	for (size_t steps = 0; p != NULL && steps <= all->n; steps++) {
		for (size_t i = 0; i < n; i++)
			if (root[i] == p->pid)
				return i;
		p = processes_find(all, p->parent);
	}
	return n;
}
