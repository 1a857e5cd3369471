/* SPDX-License-Identifier: MIT */
#include "system/machine.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

enum { PATH = 4096, TEXT = 16384, CPU_MAX = 1 << 14, NO_CLUSTER = 0xffff };

struct text {
	char bytes[TEXT];
};

/* Reads the beginning of a file; nothing where there is none. */
static struct str
read_text(struct text *text, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t n = 0;
	ssize_t got = 1;

	while (fd >= 0 && n < TEXT && got > 0) {
		got = read(fd, text->bytes + n, TEXT - n);
		n += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0)
		close(fd);
	return (struct str){ text->bytes, n };
}

static struct str first_line(struct text *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Reads the first line of a file. */
static struct str
first_line(struct text *text, const char *fmt, ...)
{
	char path[PATH];
	struct str rest, line;
	va_list args;

	va_start(args, fmt);
	vsnprintf(path, sizeof(path), fmt, args);
	va_end(args);
	rest = read_text(text, path);
	return str_line(&rest, &line) ? str_trim(line) : (struct str){ "", 0 };
}

/* Returns the number that a line is, -1 where it is none that tells. */
static int64_t
number(struct str line)
{
	int64_t v;

	return num_s64(line, &v) && v >= 0 ? v : -1;
}

static int
id(struct str line)
{
	int64_t v = number(line);

	return v <= INT32_MAX ? (int)v : -1;
}

/*
 * Takes the next range off a list of CPUs, such as "0-3,8"; false at its end
 * and where it is none.
 */
static bool
next_range(struct str *list, uint64_t *from, uint64_t *to)
{
	const char *comma = memchr(list->p, ',', list->n), *dash;
	struct str range = *list, end;

	if (list->n == 0)
		return false;
	if (comma != NULL)
		range.n = (size_t)(comma - list->p);
	*list = str_skip(*list, range.n + (comma != NULL));
	end = range;
	dash = memchr(range.p, '-', range.n);
	if (dash != NULL) {
		range.n = (size_t)(dash - range.p);
		end = str_skip(end, range.n + 1);
	}
	return num_u64(range, from) && num_u64(end, to) && *from <= *to &&
	    *to < CPU_MAX;
}

static void
read_cpu(struct machine *m, const char *root, int cpu)
{
	struct machine_cpu *c;
	struct text text;
	char at[PATH];

	snprintf(at, sizeof(at), "%s/sys/devices/system/cpu/cpu%d", root, cpu);
	m->cpu = mem_grow(m->cpu, &m->cap, m->cpus + 1, sizeof(*m->cpu));
	c = &m->cpu[m->cpus++];
	c->cpu = cpu;
	c->node = -1;
	c->core = id(first_line(&text, "%.4000s/topology/core_id", at));
	c->cluster = id(first_line(&text, "%.4000s/topology/cluster_id", at));
	if (c->cluster == NO_CLUSTER)
		c->cluster = -1;
	c->die = id(first_line(&text, "%.4000s/topology/die_id", at));
	c->package = id(
	    first_line(&text, "%.4000s/topology/physical_package_id", at));
	c->max_khz = number(
	    first_line(&text, "%.4000s/cpufreq/cpuinfo_max_freq", at));
	if (c->max_khz == 0)
		c->max_khz = -1;
}

static void
read_cpus(struct machine *m, const char *root)
{
	struct text text;
	struct str list = first_line(&text, "%s/sys/devices/system/cpu/online",
	    root);
	uint64_t from, to;
	int last = -1;

	while (next_range(&list, &from, &to))
		for (uint64_t i = from; i <= to; i++)
			if ((int)i > last)
				read_cpu(m, root, last = (int)i);
}

/* Says which CPUs a node has. */
static void
read_node(struct machine *m, const char *root, const char *name)
{
	int node = id(str_skip(str_of(name), strlen("node")));
	struct text text;
	struct str list = first_line(&text,
	    "%s/sys/devices/system/node/%s/cpulist", root, name);
	uint64_t from, to;

	while (node >= 0 && next_range(&list, &from, &to))
		for (size_t i = 0; i < m->cpus; i++)
			if (m->cpu[i].cpu >= (int)from &&
			    m->cpu[i].cpu <= (int)to)
				m->cpu[i].node = node;
}

static void
read_nodes(struct machine *m, const char *root)
{
	char path[PATH];
	const struct dirent *entry;
	DIR *dir;

	snprintf(path, sizeof(path), "%s/sys/devices/system/node", root);
	dir = opendir(path);
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (str_starts(str_of(entry->d_name), "node"))
			read_node(m, root, entry->d_name);
	if (dir != NULL)
		closedir(dir);
}

/* Its name stands under one key on x86, under others elsewhere. */
static void
read_model(struct machine *m, const char *root)
{
	static const char *const keys[] = { "model name", "cpu model", "cpu" };
	char path[PATH];
	struct text text;
	struct str rest, line;

	snprintf(path, sizeof(path), "%s/proc/cpuinfo", root);
	rest = read_text(&text, path);
	while (m->model == NULL && str_line(&rest, &line)) {
		const char *colon = memchr(line.p, ':', line.n);
		struct str key = line, value;

		if (colon == NULL)
			continue;
		key.n = (size_t)(colon - line.p);
		value = str_trim(str_skip(line, key.n + 1));
		key = str_trim(key);
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
			if (m->model == NULL && str_is(key, keys[i]) &&
			    value.n > 0)
				m->model = mem_dup(value.p, value.n);
	}
}

void
machine_read(struct machine *m, const char *root)
{
	struct utsname name;

	*m = (struct machine){ 0 };
	if (uname(&name) == 0) {
		m->host = mem_dup(name.nodename, strlen(name.nodename));
		m->kernel = mem_dup(name.release, strlen(name.release));
		m->architecture = mem_dup(name.machine, strlen(name.machine));
	}
	read_cpus(m, root);
	read_nodes(m, root);
	read_model(m, root);
}

void
machine_free(struct machine *m)
{
	free(m->host);
	free(m->kernel);
	free(m->architecture);
	free(m->model);
	free(m->cpu);
	*m = (struct machine){ 0 };
}
