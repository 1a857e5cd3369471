/* SPDX-License-Identifier: MIT */
#include "workload/assembled.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

void
assembled_open(struct assembled *a, const struct assembled_rules *rules)
{
	*a = (struct assembled){ .rules = *rules, .names = intern_new() };
}

void
assembled_close(struct assembled *a)
{
	for (size_t i = 0; i < a->nodes; i++) {
		nodemeta_close(&a->node[i].meta);
		sampled_close(&a->node[i].samples);
		free(a->node[i].folder);
		free(a->node[i].pid);
	}
	free(a->node);
	invocations_free(&a->tasks);
	invocations_free(&a->events);
	fragmented_close(&a->fragmented);
	intern_free(a->names);
	*a = (struct assembled){ 0 };
}

void
assembled_node(struct assembled *a, const char *folder,
    const struct nodemeta *meta, bool raw)
{
	assert(meta->cores > 0 && meta->mhz > 0);
	a->node = mem_grow(a->node, &a->nodes_cap, a->nodes + 1,
	    sizeof(*a->node));
	a->node[a->nodes++] = (struct assembled_node){
		.meta = *meta,
		.folder = mem_dup(folder, strlen(folder)),
		.first = a->tasks.n,
	};
	a->events.n = 0;
	a->ready = false;
	a->raw = raw;
}

/* The tasks of the present node are all there. */
static void
get_ready(struct assembled *a)
{
	struct assembled_node *node = &a->node[a->nodes - 1];
	struct invocation *list;
	size_t n, pids = 0;

	a->ready = true;
	if (a->tasks.n == node->first)
		while (a->tasks.n - node->first < a->events.n) {
			a->tasks.list = mem_grow(a->tasks.list, &a->tasks.cap,
			    a->tasks.n + 1, sizeof(*a->tasks.list));
			a->tasks.list[a->tasks.n] =
			    a->events.list[a->tasks.n - node->first];
			a->tasks.n++;
		}
	a->counts.twice += invocations_sort(&a->tasks, node->first);
	invocations_sort(&a->events, 0);
	n = a->tasks.n - node->first;
	list = n > 0 ? a->tasks.list + node->first : NULL;
	a->counts.alone += invocations_join(list, n, &a->events);
	node->pid = mem_alloc((n + 1) * sizeof(*node->pid));
	for (size_t i = 0; i < n; i++) {
		list[i].node = (uint32_t)(a->nodes - 1);
		if (a->events.n > 0 && !list[i].has_status)
			a->counts.no_status++;
		if (i == 0 || list[i].pid != list[i - 1].pid)
			node->pid[pids++] = list[i].pid;
	}
	sampled_open(&node->samples, node->pid, pids, a->raw, a->rules.ticks);
}

const char *
assembled_line(struct assembled *a, enum assembled_file file,
    const struct json *line)
{
	if (file == ASSEMBLED_INVOCATIONS)
		return invocation_read(&a->tasks, a->names, line);
	if (file == ASSEMBLED_EVENTS)
		return invocation_read(&a->events, a->names, line);
	if (!a->ready)
		get_ready(a);
	return sampled_read(&a->node[a->nodes - 1].samples, line);
}

void
assembled_node_end(struct assembled *a)
{
	struct sampled *samples = &a->node[a->nodes - 1].samples;

	if (!a->ready)
		get_ready(a);
	sampled_sort(samples);
	a->counts.others += samples->others;
	a->counts.outside += (int64_t)samples->first[samples->pids];
}

const struct sample *
assembled_make(struct assembled *a, const struct invocation *v, size_t *n)
{
	const struct assembled_node *node = &a->node[v->node];
	int64_t from = v->start > v->before ? v->start : v->before + 1;
	const struct sample *sample;

	if (a->rules.fragments.compat)
		from = v->start;
	sample = sampled_of(&node->samples, v->pid, from, v->end, n);
	fragmented_make(&a->fragmented, &a->rules.fragments,
	    (struct core){ node->meta.mhz, node->meta.cores }, v->start, v->end,
	    v->before, sample, *n);
	return sample;
}
