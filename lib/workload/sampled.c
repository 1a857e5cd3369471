/* SPDX-License-Identifier: MIT */
#include "workload/sampled.h"

#include <stdlib.h>

#include "base/mem.h"

/* More of any of it is no measurement; sums of many stay far below 2^63. */
#define VALUE_MAX (INT64_C(1) << 50)

void
sampled_open(struct sampled *s, const int64_t *pid, size_t pids, bool raw,
    unsigned ticks)
{
	*s = (struct sampled){
		.pid = pid,
		.pids = pids,
		.raw = raw,
		.ticks = ticks,
	};
}

void
sampled_close(struct sampled *s)
{
	free(s->sample);
	free(s->first);
	*s = (struct sampled){ 0 };
}

/* Returns the place of the first pid that is not below that one. */
static size_t
place_of(const struct sampled *s, int64_t pid)
{
	size_t low = 0, high = s->pids;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s->pid[middle] < pid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The same of one that is there; those of a sweep come again in the next. */
static bool
find(struct sampled *s, int64_t pid, uint32_t *place)
{
	uint32_t *recent = &s->recent[(uint64_t)pid % 256];
	size_t i;

	if (*recent >= s->pids || s->pid[*recent] != pid) {
		i = place_of(s, pid);
		if (i == s->pids || s->pid[i] != pid)
			return false;
		*recent = (uint32_t)i;
	}
	*place = *recent;
	return true;
}

static bool
read_value(const struct json *line, const char *key, int64_t *out)
{
	int64_t v;

	if (!json_s64(json_get(line, key), &v) || v < 0 || v > VALUE_MAX)
		return false;
	*out = v;
	return true;
}

static const char *
read_counter(const struct json *line, struct sample *one)
{
	int64_t utime, stime;

	if (!read_value(line, "utime", &utime))
		return "no utime, or not in ticks";
	if (!read_value(line, "stime", &stime))
		return "no stime, or not in ticks";
	one->cpu_ms = utime + stime;
	return NULL;
}

static const char *
read_difference(const struct json *line, struct sample *one)
{
	int64_t dt;

	if (!read_value(line, "dt_ms", &dt))
		return "no dt_ms, or not in ms";
	if (!read_value(line, "cpu_ms", &one->cpu_ms))
		return "no cpu_ms, or not in ms";
	one->dt_ms = dt > UINT32_MAX ? UINT32_MAX : (uint32_t)dt;
	return NULL;
}

const char *
sampled_read(struct sampled *s, const struct json *line)
{
	struct sample one = { .rss_kb = -1 };
	const char *why;
	int64_t pid;

	if (!read_value(line, "pid", &pid))
		return "no pid, or none that is one";
	if (!read_value(line, "ts_ms", &one.ts_ms))
		return "no ts_ms, or not in ms since 1970";
	why = s->raw ? read_counter(line, &one) : read_difference(line, &one);
	if (why != NULL)
		return why;
	read_value(line, "rss_kb", &one.rss_kb);
	if (!find(s, pid, &one.pid)) {
		s->others++;
		return NULL;
	}
	if (s->n == s->cap)
		s->sample = mem_grow(s->sample, &s->cap, s->n + 1,
		    sizeof(*s->sample));
	s->sample[s->n++] = one;
	return NULL;
}

/* Of one time, that with more CPU time, or a larger counter, is later. */
static int
by_time(const void *a, const void *b)
{
	const struct sample *x = a, *y = b;

	if (x->ts_ms != y->ts_ms)
		return x->ts_ms < y->ts_ms ? -1 : 1;
	return (x->cpu_ms > y->cpu_ms) - (x->cpu_ms < y->cpu_ms);
}

static bool
ascends(const struct sample *sample, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (sample[i].ts_ms < sample[i - 1].ts_ms)
			return false;
	return true;
}

/* Makes differences of counters; returns how many are left. */
static size_t
difference(struct sample *sample, size_t n, unsigned ticks)
{
	int64_t counter, ts, dt, used;
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		struct sample one = sample[i];

		if (kept > 0 && one.ts_ms == ts) {
			counter = one.cpu_ms > counter ? one.cpu_ms : counter;
			continue;
		}
		dt = kept > 0 ? one.ts_ms - ts : 0;
		used = kept > 0 ? one.cpu_ms - counter : 0;
		ts = one.ts_ms;
		counter = one.cpu_ms;
		one.dt_ms = dt > UINT32_MAX ? UINT32_MAX : (uint32_t)dt;
		one.cpu_ms = used > 0 ? used * 1000 / ticks : 0;
		sample[kept++] = one;
	}
	return kept;
}

/* Puts the samples of each pid together, in the order of the file. */
static void
gather(struct sampled *s)
{
	struct sample *sorted = mem_alloc((s->n + 1) * sizeof(*sorted));
	size_t *next = mem_alloc((s->pids + 1) * sizeof(*next));
	size_t at = 0;

	for (size_t i = 0; i < s->n; i++)
		s->first[s->sample[i].pid]++;
	for (size_t p = 0; p <= s->pids; p++) {
		size_t count = s->first[p];

		s->first[p] = next[p] = at;
		at += count;
	}
	for (size_t i = 0; i < s->n; i++)
		sorted[next[s->sample[i].pid]++] = s->sample[i];
	free(next);
	free(s->sample);
	s->sample = sorted;
}

void
sampled_sort(struct sampled *s)
{
	size_t kept = 0;

	s->first = mem_alloc((s->pids + 1) * sizeof(*s->first));
	gather(s);
	for (size_t p = 0; p < s->pids; p++) {
		struct sample *sample = s->sample + s->first[p];
		size_t n = s->first[p + 1] - s->first[p];

		if (!ascends(sample, n))
			qsort(sample, n, sizeof(*sample), by_time);
		if (s->raw)
			n = difference(sample, n, s->ticks);
		memmove(s->sample + kept, sample, n * sizeof(*sample));
		s->first[p] = kept;
		kept += n;
	}
	s->first[s->pids] = kept;
}

/* Returns how many of n samples are before that time. */
static size_t
before(const struct sample *sample, size_t n, int64_t ts)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = low + (n - low) / 2;

		if (sample[middle].ts_ms < ts)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

const struct sample *
sampled_of(const struct sampled *s, int64_t pid, int64_t from, int64_t to,
    size_t *n)
{
	size_t p = place_of(s, pid), first, end;
	const struct sample *sample;

	*n = 0;
	if (p == s->pids || s->pid[p] != pid || to < from)
		return NULL;
	sample = s->sample + s->first[p];
	end = s->first[p + 1] - s->first[p];
	end = before(sample, end, to + 1);
	first = before(sample, end, from);
	*n = end - first;
	return sample + first;
}
