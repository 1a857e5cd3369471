/* SPDX-License-Identifier: MIT */
#include "tracefs/threads.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

/* The kernel's PID_MAX_LIMIT, and room for a path below procfs. */
enum { ID_MAX = 1 << 22, PATH = 4096, STATUS = 4096 };

void
threads_open(struct threads *t, const char *proc)
{
	*t = (struct threads){ .proc = proc };
}

static bool
read_id(struct str s, int *id)
{
	uint64_t v;

	if (!num_u64(s, &v) || v == 0 || v > ID_MAX)
		return false;
	*id = (int)v;
	return true;
}

static void
add(struct threads *t, int id)
{
	t->id = mem_grow(t->id, &t->cap, t->n + 1, sizeof(*t->id));
	t->id[t->n++] = id;
}

/* Returns the process that a thread belongs to, or -1 if it runs no more. */
static int
process_of(const struct threads *t, int id)
{
	char text[PATH];
	struct str rest, line;
	ssize_t n;
	int fd, process = -1;

	snprintf(text, sizeof(text), "%s/%d/status", t->proc, id);
	fd = open(text, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	n = read(fd, text, STATUS);
	close(fd);
	rest = (struct str){ text, n > 0 ? (size_t)n : 0 };
	while (process < 0 && str_line(&rest, &line))
		if (str_starts(line, "Tgid:"))
			read_id(str_trim(str_skip(line, 5)), &process);
	return process;
}

static void
add_process(struct threads *t, int id)
{
	char path[PATH];
	const struct dirent *entry;
	size_t before = t->n;
	DIR *dir;
	int one;

	snprintf(path, sizeof(path), "%s/%d/task", t->proc, id);
	dir = opendir(path);
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (read_id(str_of(entry->d_name), &one))
			add(t, one);
	if (dir != NULL)
		closedir(dir);
	if (t->n == before)
		t->gone++;
}

static void
add_any(struct threads *t, int id)
{
	int process = process_of(t, id);

	if (process < 0)
		t->gone++;
	else if (process == id)
		add_process(t, id);
	else
		add(t, id);
}

const char *
threads_add(struct threads *t, struct str words, struct str *word)
{
	bool more = true;
	int id;

	while (more) {
		const char *comma = memchr(words.p, ',', words.n);

		more = comma != NULL;
		*word = words;
		if (more)
			word->n = (size_t)(comma - words.p);
		words = str_skip(words, word->n + more);
		*word = str_trim(*word);
		if (!read_id(*word, &id))
			return "no id of a process or thread";
		add_any(t, id);
	}
	return NULL;
}

const char *
threads_add_row(struct threads *t, struct str line)
{
	int id;

	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return NULL;
	for (size_t i = 0; i < line.n; i++)
		if (str_is_blank(line.p[i]))
			line.n = i;
	if (!read_id(line, &id))
		return "it begins with no id of a thread";
	if (process_of(t, id) < 0)
		t->gone++;
	else
		add(t, id);
	return NULL;
}

static int
compare(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void
threads_end(struct threads *t)
{
	size_t n = 0;

	if (t->n > 0)
		qsort(t->id, t->n, sizeof(*t->id), compare);
	for (size_t i = 0; i < t->n; i++)
		if (n == 0 || t->id[n - 1] != t->id[i])
			t->id[n++] = t->id[i];
	t->n = n;
}

void
threads_write(const struct threads *t, struct output *out)
{
	for (size_t i = 0; i < t->n; i++) {
		if (i > 0)
			output_byte(out, ' ');
		output_u64(out, (uint64_t)t->id[i]);
	}
	output_byte(out, '\n');
}

void
threads_close(struct threads *t)
{
	free(t->id);
	*t = (struct threads){ 0 };
}
