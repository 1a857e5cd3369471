/* SPDX-License-Identifier: MIT */
#include "source/texts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/below.h"
#include "base/mem.h"

enum { TEXT_MAX = 64 << 20, CPUS_MAX = 1 << 16 };

static const char own[] = "ftrace";

/* Keeps the path of what failed; errno stays.  Returns -1. */
static int
fails(char **where, const char *path)
{
	int why = errno;

	free(*where);
	*where = mem_dup(path, strlen(path));
	errno = why;
	return -1;
}

static int
read_all(int fd, struct str *text)
{
	size_t cap = 0, n = 0;
	char *p = NULL;
	ssize_t r;

	do {
		p = mem_grow(p, &cap, n + 4096, 1);
		r = read(fd, p + n, cap - n);
		n += r > 0 ? (size_t)r : 0;
	} while ((r > 0 && n <= TEXT_MAX) || (r < 0 && errno == EINTR));
	if (r > 0)
		errno = EFBIG;
	if (r != 0) {
		free(p);
		return -1;
	}
	*text = (struct str){ p, n };
	return 0;
}

static int
read_text(int folder, const char *path, struct str *text, char **where)
{
	int fd = below_open(folder, path, O_RDONLY);
	int done = fd < 0 ? -1 : read_all(fd, text);
	int why = errno;

	if (fd >= 0)
		close(fd);
	errno = why;
	return done < 0 ? fails(where, path) : 0;
}

/* The same for one that may be absent. */
static int
read_if_there(int folder, const char *path, struct str *text, char **where)
{
	if (folder < 0 || read_text(folder, path, text, where) == 0)
		return 0;
	if (errno != ENOENT)
		return -1;
	free(*where);
	*where = NULL;
	return 0;
}

/* The same for one that an instance may lack. */
static int
read_global(const struct texts_from *from, const char *path, struct str *text,
    char **where)
{
	if (read_if_there(from->folder, path, text, where) < 0)
		return -1;
	return text->p != NULL ? 0
			       : read_if_there(from->top, path, text, where);
}

static int
read_event(struct texts *t, int folder, const char *system, const char *name,
    char **where)
{
	size_t size = strlen(system) + strlen(name) + 32;
	char *path = mem_alloc(size);
	struct texts_event *event;
	int done;

	t->event = mem_grow(t->event, &t->event_cap, t->events + 1,
	    sizeof(*t->event));
	event = &t->event[t->events++];
	*event = (struct texts_event){ .system = mem_dup(system,
					   strlen(system)),
		.name = mem_dup(name, strlen(name)) };
	snprintf(path, size, "events/%s/%s/format", system, name);
	done = read_text(folder, path, &event->format, where);
	free(path);
	return done;
}

/* Reads the event SYSTEM/EVENT; ftrace's own are read without being named. */
static int
read_named(struct texts *t, int folder, const char *named, char **where)
{
	const char *slash = strchr(named, '/');
	char *system;
	int done = 0;

	if (slash == NULL || !below_is_name(slash + 1)) {
		errno = EINVAL;
		return fails(where, named);
	}
	system = mem_dup(named, (size_t)(slash - named));
	if (strcmp(system, own) != 0)
		done = read_event(t, folder, system, slash + 1, where);
	free(system);
	return done;
}

/* Opens a folder to list it; NULL with errno where it cannot be. */
static DIR *
list(int folder, const char *path)
{
	int fd = below_open(folder, path, O_RDONLY | O_DIRECTORY);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (fd >= 0 && dir == NULL)
		close(fd);
	return dir;
}

/*
 * Some kinds of events are only in kernels that were built with their tracer,
 * and there may be none: a copy has what somebody put into it.
 */
static int
read_own(struct texts *t, int folder, char **where)
{
	DIR *dir = list(folder, "events/ftrace");
	const struct dirent *d;
	int done = 0;

	if (dir == NULL)
		return errno == ENOENT ? 0 : fails(where, "events/ftrace");
	while (done == 0 && (d = readdir(dir)) != NULL) {
		if (d->d_name[0] == '.' || strcmp(d->d_name, "enable") == 0 ||
		    strcmp(d->d_name, "filter") == 0)
			continue;
		done = read_event(t, folder, own, d->d_name, where);
	}
	closedir(dir);
	return done;
}

/* Returns the N of "cpuN", or -1. */
static int
cpu_number(const char *name)
{
	size_t n = strlen(name), i = 3;
	int cpu = 0;

	if (n < 4 || n > 8 || memcmp(name, "cpu", 3) != 0)
		return -1;
	for (; name[i] >= '0' && name[i] <= '9'; i++)
		cpu = cpu * 10 + (name[i] - '0');
	return name[i] == '\0' && cpu < CPUS_MAX ? cpu : -1;
}

static int
read_cpus(struct texts *t, int folder, char **where)
{
	DIR *dir = list(folder, "per_cpu");
	const struct dirent *d;
	int done = 0;

	if (dir == NULL)
		return errno == ENOENT ? 0 : fails(where, "per_cpu");
	while (done == 0 && (d = readdir(dir)) != NULL) {
		int number = cpu_number(d->d_name);
		struct texts_cpu *cpu;
		char path[64];

		if (number < 0)
			continue;
		t->cpu = mem_grow(t->cpu, &t->cpu_cap, t->cpus + 1,
		    sizeof(*t->cpu));
		cpu = &t->cpu[t->cpus++];
		*cpu = (struct texts_cpu){ .cpu = number };
		snprintf(path, sizeof(path), "per_cpu/cpu%d/stats", number);
		done = read_if_there(folder, path, &cpu->stats, where);
	}
	closedir(dir);
	return done;
}

static int
by_cpu(const void *a, const void *b)
{
	const struct texts_cpu *x = a, *y = b;

	return (x->cpu > y->cpu) - (x->cpu < y->cpu);
}

static int
by_name(const void *a, const void *b)
{
	const struct texts_event *x = a, *y = b;
	int order = strcmp(y->system, own) == 0;

	order -= strcmp(x->system, own) == 0;
	if (order == 0)
		order = strcmp(x->system, y->system);
	return order != 0 ? order : strcmp(x->name, y->name);
}

static void
free_event(struct texts_event *event)
{
	free(event->system);
	free(event->name);
	free((char *)event->format.p);
}

/* Puts all in order; an event that was named twice is there once. */
static void
settle(struct texts *t)
{
	size_t n = 0;

	if (t->events > 0)
		qsort(t->event, t->events, sizeof(*t->event), by_name);
	if (t->cpus > 0)
		qsort(t->cpu, t->cpus, sizeof(*t->cpu), by_cpu);
	for (size_t i = 0; i < t->events; i++) {
		if (n > 0 && by_name(&t->event[n - 1], &t->event[i]) == 0)
			free_event(&t->event[i]);
		else
			t->event[n++] = t->event[i];
	}
	t->events = n;
}

/* Tells whether a line is a tid, a blank and a name. */
static bool
is_cmdline(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] >= '0' && line.p[n] <= '9')
		n++;
	return n > 0 && n < line.n && line.p[n] == ' ';
}

/*
 * Leaves out lines that are none: the rest of a name with a line feed in it,
 * at which those who read the names stop.
 */
static void
mend_cmdlines(struct str *text)
{
	char *to = (char *)text->p;
	struct str rest = *text, line;

	while (str_line(&rest, &line))
		if (is_cmdline(line)) {
			memmove(to, line.p, line.n);
			to += line.n;
			if (to < text->p + text->n)
				*to++ = '\n';
		}
	if (text->p != NULL)
		text->n = (size_t)(to - text->p);
}

int
texts_read(struct texts *t, const struct texts_from *from, char **where)
{
	int at = from->folder;

	*t = (struct texts){ .event = NULL };
	*where = NULL;
	if (read_text(at, "events/header_page", &t->header_page, where) < 0 ||
	    read_if_there(at, "events/header_event", &t->header_event, where) <
		0 ||
	    read_own(t, at, where) < 0)
		return -1;
	for (size_t i = 0; i < from->n; i++)
		if (read_named(t, at, from->event[i], where) < 0)
			return -1;
	if (read_if_there(at, "trace_clock", &t->clock, where) < 0 ||
	    read_global(from, "saved_cmdlines", &t->cmdlines, where) < 0 ||
	    read_global(from, "printk_formats", &t->printk, where) < 0 ||
	    read_cpus(t, at, where) < 0)
		return -1;
	mend_cmdlines(&t->cmdlines);
	settle(t);
	return 0;
}

void
texts_free(struct texts *t)
{
	for (size_t i = 0; i < t->events; i++)
		free_event(&t->event[i]);
	for (size_t i = 0; i < t->cpus; i++)
		free((char *)t->cpu[i].stats.p);
	free(t->event);
	free(t->cpu);
	free((char *)t->header_page.p);
	free((char *)t->header_event.p);
	free((char *)t->clock.p);
	free((char *)t->cmdlines.p);
	free((char *)t->printk.p);
	free((char *)t->kallsyms.p);
	*t = (struct texts){ .event = NULL };
}

void
texts_drop_stats(struct texts *t)
{
	for (size_t i = 0; i < t->cpus; i++) {
		free((char *)t->cpu[i].stats.p);
		t->cpu[i].stats = (struct str){ NULL, 0 };
	}
}

struct str
texts_clock(const struct texts *t)
{
	struct str all = t->clock, clock;
	const char *open, *close;

	if (all.p == NULL || !str_line(&all, &clock))
		return (struct str){ NULL, 0 };
	open = memchr(clock.p, '[', clock.n);
	if (open != NULL)
		clock = str_skip(clock, (size_t)(open - clock.p) + 1);
	close = memchr(clock.p, ']', clock.n);
	if (open != NULL && close != NULL)
		clock.n = (size_t)(close - clock.p);
	return str_trim(clock);
}
