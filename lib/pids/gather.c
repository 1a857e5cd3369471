/* SPDX-License-Identifier: MIT */
#include "pids/gather.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "pids/cgroup.h"
#include "pids/contained.h"
#include "pids/process.h"

enum { PATH = 64, SPACE_ID = 40 };

void
gather_open(struct gather *g)
{
	*g = (struct gather){ .roster = roster_new(), .spaces = spaces_new() };
	output_in_memory(&g->why);
	output_in_memory(&g->notes);
	output_in_memory(&g->text);
}

void
gather_close(struct gather *g)
{
	roster_free(g->roster);
	spaces_free(g->spaces);
	output_close(&g->why);
	output_close(&g->notes);
	output_close(&g->text);
}

/* Counts a process that could not be looked at, unless it has ended. */
static void
refuse(struct gather *g, int err)
{
	if (process_gone(err))
		return;
	g->refused++;
	g->refused_err = err;
}

/* Returns the network namespace of a thread; NULL if it cannot be told. */
static const struct space *
space_of(struct gather *g, int32_t pid, int32_t tid)
{
	const struct space *space;
	char path[PATH];

	snprintf(path, sizeof(path),
	    "/proc/%" PRId32 "/task/%" PRId32 "/ns/net", pid, tid);
	space = spaces_at(g->spaces, path);
	if (space == NULL)
		refuse(g, errno);
	else if (space->err != 0) {
		g->blind++;
		g->blind_err = space->err;
	}
	return space;
}

/*
 * Adds a thread; id may be absent.  Returns false if its process may not be
 * looked at; if it has ended, others of the process may still run.
 */
static bool
add_thread(struct gather *g, size_t service, int32_t pid, int32_t tid,
    struct str id)
{
	size_t before = g->refused;
	const struct space *space = space_of(g, pid, tid);
	char text[SPACE_ID];

	if (space == NULL)
		return g->refused == before;
	if (id.p == NULL) {
		snprintf(text, sizeof(text), "net:[%ju]",
		    (uintmax_t)space->ino);
		id = str_of(text);
	}
	roster_add(g->roster, service, pid, tid, id, &space->at);
	return true;
}

/* Reads the groups of a process; no text if that cannot be. */
static struct str
groups_of(struct gather *g, int32_t pid)
{
	if (process_file(pid, "cgroup", &g->text) < 0)
		g->text.n = 0;
	return (struct str){ g->text.buf, g->text.n };
}

/* Adds the threads of a process, with the id of its container. */
static void
add_process(struct gather *g, size_t service, int32_t pid)
{
	struct str id = cgroup_container(groups_of(g, pid));
	struct numbers threads = { 0 };

	if (process_threads(pid, &threads) < 0)
		refuse(g, errno);
	for (size_t i = 0; i < threads.n; i++)
		if (!add_thread(g, service, pid, threads.number[i], id))
			break;
	numbers_free(&threads);
}

static bool
read_all(struct gather *g, struct processes *all)
{
	*all = (struct processes){ 0 };
	if (processes_read(all) == 0)
		return true;
	output_printf(&g->why, "/proc: %s\n", strerror(errno));
	return false;
}

/* Says that what a service has is listed for others. */
static void
note_double(struct gather *g, size_t service)
{
	output_printf(&g->notes,
	    "%s has no line: its threads are those of services before it\n",
	    roster_name(g->roster, service));
}

/* Notes the i-th if its process is another's, and it is no other process's. */
static void
note_named(struct gather *g, const struct processes *all, const int32_t *root,
    const size_t *service, size_t i)
{
	size_t r = processes_root(all, root[i], root, i + 1);

	if (r >= i || service[r] == service[i] ||
	    roster_count(g->roster, service[i]) > 0)
		return;
	for (r = 0; r < i; r++)
		if (service[r] == service[i])
			return; /* it was told */
	note_double(g, service[i]);
}

/* Notes the services whose threads were all added before, for others. */
static void
note_doubles(struct gather *g)
{
	roster_join(g->roster);
	for (size_t i = 0; i < roster_services(g->roster); i++)
		if (roster_is_double(g->roster, i))
			note_double(g, i);
}

void
gather_named(struct gather *g, const struct named *named, size_t n)
{
	size_t *service = mem_alloc((n + 1) * sizeof(*service));
	int32_t *root = mem_alloc((n + 1) * sizeof(*root)), self = getpid();
	struct processes all;
	size_t r;

	if (!read_all(g, &all))
		n = 0;
	for (size_t i = 0; i < n; i++) {
		root[i] = named[i].pid;
		service[i] = roster_service(g->roster, named[i].name);
		if (processes_find(&all, root[i]) == NULL)
			output_printf(&g->why,
			    "%.*s=%" PRId32 ": there is no such process\n",
			    (int)named[i].name.n, named[i].name.p, root[i]);
	}
	for (size_t i = 0; i < all.n; i++) {
		r = processes_root(&all, all.process[i].pid, root, n);
		if (r < n && (all.process[i].pid != self || root[r] == self))
			add_process(g, service[r], all.process[i].pid);
	}
	for (size_t i = 0; i < n; i++)
		note_named(g, &all, root, service, i);
	processes_free(&all);
	free(root);
	free(service);
}

/* A namespace that was named, and the service that it is. */
struct wanted {
	struct space space;
	size_t service;
};

static bool
find_space(struct gather *g, const char *name, struct wanted *out)
{
	static const char *const dir[] = { "/run/netns", "/var/run/netns" };
	char path[PATH_MAX];
	int n, status = -1;

	for (size_t i = 0; status < 0 && i < 2; i++) {
		n = snprintf(path, sizeof(path), "%s/%s", dir[i], name);
		if (n < 0 || (size_t)n >= sizeof(path)) {
			errno = ENAMETOOLONG;
			break;
		}
		status = space_identify(path, &out->space);
		if (status < 0 && errno != ENOENT)
			break;
	}
	if (status == 0)
		out->service = roster_service(g->roster, str_of(name));
	else if (errno == ENOENT)
		output_printf(&g->why,
		    "%s: there is no such network "
		    "namespace under %s\n",
		    name, dir[0]);
	else
		output_printf(&g->why, "%s: %s\n", path,
		    errno == EINVAL ? "it is no namespace" : strerror(errno));
	return status == 0;
}

/* Adds those threads of a process that are in one of the namespaces. */
static void
look_into(struct gather *g, int32_t pid, const struct wanted *wanted, size_t n)
{
	struct numbers threads = { 0 };
	struct str none = { NULL, 0 };
	struct space here;
	char path[PATH];

	if (process_threads(pid, &threads) < 0)
		refuse(g, errno);
	for (size_t i = 0; i < threads.n; i++) {
		snprintf(path, sizeof(path),
		    "/proc/%" PRId32 "/task/%" PRId32 "/ns/net", pid,
		    threads.number[i]);
		if (space_identify(path, &here) < 0) {
			if (process_gone(errno))
				continue;
			refuse(g, errno);
			break;
		}
		for (size_t k = 0; k < n; k++)
			if (space_same(&wanted[k].space, &here))
				add_thread(g, wanted[k].service, pid,
				    threads.number[i], none);
	}
	numbers_free(&threads);
}

void
gather_spaces(struct gather *g, char *const *name)
{
	struct wanted *wanted = NULL;
	int32_t self = getpid();
	struct processes all;
	size_t n = 0, cap = 0;

	for (size_t i = 0; name[i] != NULL; i++) {
		wanted = mem_grow(wanted, &cap, n + 1, sizeof(*wanted));
		n += find_space(g, name[i], &wanted[n]);
	}
	if (n > 0 && read_all(g, &all)) {
		for (size_t i = 0; i < all.n; i++)
			if (all.process[i].pid != self)
				look_into(g, all.process[i].pid, wanted, n);
		processes_free(&all);
	}
	for (size_t i = 0; i < n; i++)
		if (roster_count(g->roster, wanted[i].service) == 0)
			output_printf(&g->why, "%s: no thread is in it\n",
			    roster_name(g->roster, wanted[i].service));
	note_doubles(g);
	free(wanted);
}

struct str
gather_last(const char *path)
{
	struct str s = str_of(path), last;

	while (s.n > 0 && s.p[s.n - 1] == '/')
		s.n--;
	last = s;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '/')
			last = str_skip(s, i + 1);
	return last;
}

static void
add_group(struct gather *g, const char *path)
{
	char *group = cgroup_find(path);
	struct numbers threads = { 0 };
	size_t service;
	int32_t pid;

	if (group == NULL) {
		output_printf(&g->why, "%s: it is no control group\n", path);
		return;
	}
	service = roster_service(g->roster, gather_last(path));
	if (cgroup_threads(group, &threads) < 0)
		output_printf(&g->why, "%s: %s\n", group, strerror(errno));
	for (size_t i = 0; i < threads.n; i++) {
		if (process_file(threads.number[i], "status", &g->text) < 0)
			continue;
		pid = process_status((struct str){ g->text.buf, g->text.n },
		    "Tgid:");
		if (pid > 0 && pid != getpid())
			add_thread(g, service, pid, threads.number[i],
			    cgroup_id(str_of(group)));
	}
	if (roster_count(g->roster, service) == 0)
		output_printf(&g->why, "%s: no thread is in it\n", group);
	numbers_free(&threads);
	free(group);
}

void
gather_groups(struct gather *g, char *const *path)
{
	for (size_t i = 0; path[i] != NULL; i++)
		add_group(g, path[i]);
	note_doubles(g);
}

/* The threads of containers have the id and the addresses that were told. */
static void
add_contained(struct gather *g, size_t service, int32_t pid,
    const struct container *in)
{
	bool told = in->at.has_v4 || in->at.has_v6;
	struct numbers threads = { 0 };

	if (process_threads(pid, &threads) < 0)
		refuse(g, errno);
	for (size_t i = 0; i < threads.n; i++)
		if (told)
			roster_add(g->roster, service, pid, threads.number[i],
			    str_of(in->id), &in->at);
		else if (!add_thread(g, service, pid, threads.number[i],
			     str_of(in->id)))
			break;
	numbers_free(&threads);
}

/* Gives each container that is here its service. */
static void
find_services(struct gather *g, const struct containers *list,
    const struct processes *all, struct contained *contained, size_t *service)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct container *c = &list->container[i];

		service[i] = SIZE_MAX;
		if (processes_find(all, c->pid) != NULL &&
		    !contained_here(contained, i))
			output_printf(&g->why,
			    "%s: process %" PRId32 " is no container's here: "
			    "does the engine run on another machine?\n",
			    c->name, c->pid);
		else
			service[i] = roster_service(g->roster, str_of(c->name));
	}
}

void
gather_containers(struct gather *g, const struct containers *list)
{
	size_t *service = mem_alloc((list->n + 1) * sizeof(*service)), found;
	struct contained *contained;
	struct processes all;

	if (!read_all(g, &all)) {
		free(service);
		return;
	}
	contained = contained_new(&all, list);
	find_services(g, list, &all, contained, service);
	for (size_t i = 0; i < all.n; i++) {
		found = contained_in(contained, all.process[i].pid);
		if (found < list->n && service[found] != SIZE_MAX &&
		    all.process[i].pid != getpid())
			add_contained(g, service[found], all.process[i].pid,
			    &list->container[found]);
	}
	contained_free(contained);
	processes_free(&all);
	free(service);
}
