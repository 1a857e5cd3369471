/* SPDX-License-Identifier: MIT */
#include "workload/invocation.h"

#include <stdlib.h>

#include "base/mem.h"

void
invocations_free(struct invocations *v)
{
	free(v->list);
	*v = (struct invocations){ 0 };
}

static bool
read_time(const struct json *line, const char *key, int64_t *out)
{
	int64_t v;

	if (!json_s64(json_get(line, key), &v) || v < 0 ||
	    v > INVOCATION_TIME_MAX)
		return false;
	*out = v;
	return true;
}

/* A number that is from 0 on, or -1. */
static int64_t
read_bytes(const struct json *line, const char *key)
{
	int64_t v;

	return json_s64(json_get(line, key), &v) && v >= 0 ? v : -1;
}

static size_t
read_name(const struct json *line, const char *key, struct intern *names)
{
	const struct json_field *f = json_get(line, key);
	char *text;
	size_t id;

	if (f == NULL || f->kind != JSON_STRING)
		return SIZE_MAX;
	if (!f->escaped)
		return intern_id(names, f->value);
	text = mem_alloc(f->value.n);
	id = intern_id(names,
	    (struct str){ text, json_unescape(f->value, text) });
	free(text);
	return id;
}

static bool
is_there(const struct json *line, const char *key)
{
	const struct json_field *f = json_get(line, key);

	return f != NULL && f->kind != JSON_NULL;
}

const char *
invocation_read(struct invocations *v, struct intern *names,
    const struct json *line)
{
	struct invocation one = { .before = -1, .line = (uint32_t)v->n };

	if (!json_s64(json_get(line, "pid"), &one.pid) || one.pid < 0 ||
	    one.pid > INT32_MAX)
		return "no pid, or none that is one";
	if (!read_time(line, "ts_start", &one.start))
		return "no ts_start, or not in ms since 1970";
	if (!read_time(line, "ts_end", &one.end))
		return "no ts_end, or not in ms since 1970";
	if (!is_there(line, "ts_enqueue"))
		one.enqueue = one.start;
	else if (!read_time(line, "ts_enqueue", &one.enqueue))
		return "a ts_enqueue that is not in ms since 1970";
	if (one.end < one.start)
		return "a task that ended before it began";
	one.has_status = json_s64(json_get(line, "status"), &one.status);
	one.bytes_in = read_bytes(line, "bytes_in");
	one.bytes_out = read_bytes(line, "bytes_out");
	one.trace_id = read_name(line, "trace_id", names);
	v->list = mem_grow(v->list, &v->cap, v->n + 1, sizeof(*v->list));
	v->list[v->n++] = one;
	return NULL;
}

static int
compare(const struct invocation *a, const struct invocation *b)
{
	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	return (a->start > b->start) - (a->start < b->start);
}

static int
by_pid(const void *a, const void *b)
{
	const struct invocation *x = a, *y = b;
	int order = compare(x, y);

	return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

size_t
invocations_sort(struct invocations *v, size_t first)
{
	size_t n = v->n - first, kept = 0;
	struct invocation *list;

	if (n == 0)
		return 0;
	list = v->list + first;
	qsort(list, n, sizeof(*list), by_pid);
	for (size_t i = 0; i < n; i++) {
		const struct invocation *last = &list[kept - (kept > 0)];

		if (kept > 0 && compare(last, &list[i]) == 0)
			continue;
		if (kept > 0 && last->pid == list[i].pid)
			list[i].before = last->end > last->before
			    ? last->end
			    : last->before;
		list[kept++] = list[i];
	}
	v->n = first + kept;
	return n - kept;
}

size_t
invocations_join(struct invocation *list, size_t n,
    const struct invocations *events)
{
	size_t i = 0, alone = 0;

	for (size_t j = 0; j < events->n; j++) {
		const struct invocation *event = &events->list[j];

		while (i < n && compare(&list[i], event) < 0)
			i++;
		if (i == n || compare(&list[i], event) != 0) {
			alone++;
			continue;
		}
		list[i].has_status = event->has_status;
		list[i].status = event->status;
		list[i].bytes_in = event->bytes_in;
		list[i].bytes_out = event->bytes_out;
	}
	return alone;
}
