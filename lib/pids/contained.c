/* SPDX-License-Identifier: MIT */
#include "pids/contained.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "pids/cgroup.h"

enum { PATH = 64 };

/* A container that runs, as its first process shows it. */
struct inside {
	struct str id;
	char *group; /* the id that the control group of that has, or NULL */
	struct space pids;
	bool own_pids; /* its processes have numbers of their own */
};

struct contained {
	const struct processes *all;
	struct inside *inside;
	int32_t *root; /* the first processes */
	size_t n;
	struct output text;
};

/* Finds out which namespace of a kind a process is in. */
static int
identify(int32_t pid, const char *kind, struct space *out)
{
	char path[PATH];

	snprintf(path, sizeof(path), "/proc/%" PRId32 "/ns/%s", pid, kind);
	return space_identify(path, out);
}

static struct str
groups_of(struct contained *c, int32_t pid)
{
	if (process_file(pid, "cgroup", &c->text) < 0)
		c->text.n = 0;
	return (struct str){ c->text.buf, c->text.n };
}

/* Tells whether the process is in another namespace than we. */
static bool
apart(int32_t pid, const char *kind, struct space *out)
{
	struct space own;
	char path[PATH];

	snprintf(path, sizeof(path), "/proc/self/ns/%s", kind);
	return identify(pid, kind, out) == 0 &&
	    space_identify(path, &own) == 0 && !space_same(out, &own);
}

struct contained *
contained_new(const struct processes *all, const struct containers *list)
{
	struct contained *c = mem_alloc(sizeof(*c));

	c->all = all;
	c->n = list->n;
	c->inside = mem_alloc((c->n + 1) * sizeof(*c->inside));
	c->root = mem_alloc((c->n + 1) * sizeof(*c->root));
	output_in_memory(&c->text);
	for (size_t i = 0; i < c->n; i++) {
		struct inside *in = &c->inside[i];
		struct str group;

		c->root[i] = list->container[i].pid;
		in->id = str_of(list->container[i].id);
		group = cgroup_container(groups_of(c, c->root[i]));
		if (group.p != NULL)
			in->group = mem_dup(group.p, group.n);
		in->own_pids = apart(c->root[i], "pid", &in->pids);
	}
	return c;
}

void
contained_free(struct contained *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++)
		free(c->inside[i].group);
	free(c->inside);
	free(c->root);
	output_close(&c->text);
	free(c);
}

bool
contained_here(struct contained *c, size_t i)
{
	struct space net;

	if (cgroup_within(groups_of(c, c->root[i]), c->inside[i].id))
		return true;
	return apart(c->root[i], "net", &net);
}

/* Tells whether the control groups, too, allow that it is in a container. */
static bool
allows(const struct inside *in, struct str group)
{
	if (in->group == NULL || group.p == NULL)
		return in->group == NULL && group.p == NULL;
	return str_is(group, in->group);
}

size_t
contained_in(struct contained *c, int32_t pid)
{
	struct str groups = groups_of(c, pid), group;
	struct space pids;
	size_t r;

	for (size_t i = 0; i < c->n; i++)
		if (cgroup_within(groups, c->inside[i].id))
			return i;
	group = cgroup_container(groups);
	r = processes_root(c->all, pid, c->root, c->n);
	if (r < c->n && allows(&c->inside[r], group))
		return r;
	if (identify(pid, "pid", &pids) < 0)
		return c->n;
	for (size_t i = 0; i < c->n; i++)
		if (c->inside[i].own_pids && allows(&c->inside[i], group) &&
		    space_same(&c->inside[i].pids, &pids))
			return i;
	return c->n;
}
