/* SPDX-License-Identifier: MIT */
/* fragmented, sampled: laws of conservation, on runs drawn at random */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "workload/fragmented.h"

enum { RUNS = 20000, SAMPLES = 40 };

static const struct core core = { 1234.5, 3 };
static const struct fragment_rules rules = { .floor_mhz = 0.1 };

static uint64_t
draw(uint64_t most)
{
	static uint64_t state = 88172645463325252;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % (most + 1);
}

/* Samples at rising times, with gaps, overlaps, and too much CPU time. */
static size_t
draw_samples(struct sample *s)
{
	size_t n = draw(SAMPLES);
	int64_t ts = (int64_t)draw(3000);

	for (size_t i = 0; i < n; i++) {
		uint64_t most = i % 7 == 0 ? 9000 : 2000;

		/* Some are near to each other, and some are idle. */
		ts += (int64_t)draw(i % 5 == 0 ? 5000
			: draw(3) == 0         ? 9
					       : 1200);
		s[i] = (struct sample){
			.ts_ms = ts,
			.dt_ms = (uint32_t)draw(1300),
			.cpu_ms = draw(3) == 0 ? 0 : (int64_t)draw(most),
			.rss_kb = -1,
		};
	}
	return n;
}

/* All that every task must keep to. */
static void
check(const struct fragmented *f, int64_t start, int64_t end, double used)
{
	int64_t duration = 0;
	double sampled = 0, least = 0;

	for (size_t i = 0; i < f->n; i++) {
		const struct fragment *one = &f->fragment[i];

		assert(one->duration_ms >= 1);
		assert(one->cpu_mhz >= rules.floor_mhz);
		assert(one->cpu_mhz * (double)one->duration_ms >= 1);
		assert(one->cpu_mhz <= fmax(core.mhz * core.cores, 1));
		assert(one->kind != FRAGMENT_HEAD || i == 0);
		assert(one->kind != FRAGMENT_TAIL || i + 1 == f->n);
		assert(one->kind != FRAGMENT_WHOLE || f->n == 1);
		duration += one->duration_ms;
		if (one->kind != FRAGMENT_SAMPLE)
			continue;
		sampled += one->cpu_mhz * (double)one->duration_ms;
		least += 1 + rules.floor_mhz * (double)one->duration_ms +
		    1e-6 * (double)one->duration_ms;
	}
	assert(duration == end - start);
	used -= f->over_ms;
	assert(fabs(sampled - used * core.mhz) <= least);
}

static void
test_laws(void)
{
	struct fragmented f = { 0 };
	struct sample s[SAMPLES];

	for (int run = 0; run < RUNS; run++) {
		int64_t start = (int64_t)draw(4000);
		int64_t end = start + (int64_t)draw(60000);
		size_t n = draw_samples(s), first = 0, last;
		double used = 0;

		while (first < n && s[first].ts_ms < start)
			first++;
		for (last = first; last < n && s[last].ts_ms <= end; last++)
			if (s[last].dt_ms > 0)
				used += (double)s[last].cpu_ms;
		f.over_ms = 0;
		fragmented_make(&f, &rules, core, start, end, -1, s + first,
		    last - first);
		assert(f.mixed == 0);
		check(&f, start, end, used);
	}
	fragmented_close(&f);
}

static int
by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The percentile by sorting, as numpy's default has it. */
static double
percentile(const struct fragmented *f)
{
	double *v = mem_alloc(f->n * sizeof(*v)), rank, p;
	size_t below;

	for (size_t i = 0; i < f->n; i++)
		v[i] = f->fragment[i].cpu_mhz;
	qsort(v, f->n, sizeof(*v), by_size);
	rank = 0.95 * (double)(f->n - 1);
	below = (size_t)rank;
	p = v[below];
	if (below + 1 < f->n)
		p += (v[below + 1] - v[below]) * (rank - (double)below);
	free(v);
	return p;
}

static void
test_capacity(void)
{
	struct fragmented f = { 0 };
	struct sample s[SAMPLES];
	struct task t;

	for (int run = 0; run < RUNS; run++) {
		size_t n = draw_samples(s);
		double mhz, count;

		fragmented_make(&f, &rules, core, 0, 1 << 20, -1, s, n);
		fragmented_capacity(&f, &rules, core, &t);
		mhz = percentile(&f);
		count = fmin(fmax(round(mhz / core.mhz), 1), core.cores);
		if (count < 2 && fabs(mhz - core.mhz) <= 200)
			mhz = core.mhz;
		mhz = fmin(mhz, core.mhz * count);
		assert(t.cpu_count == (int32_t)count);
		assert(fabs(t.cpu_mhz - mhz) < 1e-5);
	}
	fragmented_close(&f);
}

/* Hands a line to it. */
static const char *
line(struct sampled *s, const char *text)
{
	struct json rec = { 0 };
	const char *why = json_parse(&rec, str_of(text));

	if (why == NULL)
		why = sampled_read(s, &rec);
	json_free(&rec);
	return why;
}

static void
test_sorted(void)
{
	const int64_t pid[] = { 5, 300, 556 }; /* which have one low byte */
	const struct sample *found;
	struct sampled s;
	char text[128];
	size_t n;

	sampled_open(&s, pid, 3, false, 100);
	for (int i = 0; i < 3000; i++) {
		int ts = i * 7919 % 3000; /* each once, in no order */

		snprintf(text, sizeof(text),
		    "{\"ts_ms\":%d,\"pid\":%d,\"dt_ms\":1,\"cpu_ms\":%d}", ts,
		    i % 2 ? 300 : 556, ts);
		assert(line(&s, text) == NULL);
	}
	assert(line(&s, "{\"ts_ms\":1,\"pid\":44,\"dt_ms\":1,\"cpu_ms\":1}") ==
	    NULL);
	assert(line(&s, "{\"ts_ms\":1,\"pid\":5}") != NULL);
	sampled_sort(&s);
	assert(s.others == 1);
	for (int p = 0; p < 2; p++) {
		found = sampled_of(&s, p ? 300 : 556, 1000, 1999, &n);
		assert(n == 500 && found[0].ts_ms == 1000 + p);
		for (size_t i = 1; i < n; i++)
			assert(found[i].ts_ms == found[i - 1].ts_ms + 2);
	}
	sampled_of(&s, 5, 0, 9999, &n);
	assert(n == 0);
	sampled_of(&s, 44, 0, 9999, &n);
	assert(n == 0);
	sampled_close(&s);
}

/* By hand: the first is 0, the larger of one time, a counter that falls. */
static void
test_raw(void)
{
	static const struct {
		int64_t ts, cpu;
		uint32_t dt;
	} want[] = { { 100, 0, 0 }, { 350, 120, 250 }, { 600, 40, 250 },
		{ 700, 0, 100 }, { 900, 10, 200 } };
	static const char *const lines[] = {
		"{\"ts_ms\":100,\"pid\":5,\"utime\":10,\"stime\":5}",
		"{\"ts_ms\":350,\"pid\":5,\"utime\":20,\"stime\":7}",
		"{\"ts_ms\":350,\"pid\":5,\"utime\":21,\"stime\":7}",
		"{\"ts_ms\":350,\"pid\":5,\"utime\":20,\"stime\":6}",
		"{\"ts_ms\":600,\"pid\":5,\"utime\":23,\"stime\":9}",
		"{\"ts_ms\":700,\"pid\":5,\"utime\":3,\"stime\":0}",
		"{\"ts_ms\":900,\"pid\":5,\"utime\":3,\"stime\":1}",
	};
	const int64_t pid[] = { 5 };
	const struct sample *found;
	struct sampled s;
	size_t n;

	sampled_open(&s, pid, 1, true, 100);
	for (size_t i = 0; i < 7; i++)
		assert(line(&s, lines[i]) == NULL);
	sampled_sort(&s);
	found = sampled_of(&s, 5, 0, 1000, &n);
	assert(n == 5);
	for (size_t i = 0; i < n; i++) {
		assert(found[i].ts_ms == want[i].ts);
		assert(found[i].cpu_ms == want[i].cpu);
		assert(found[i].dt_ms == want[i].dt);
	}
	sampled_close(&s);
}

int
main(void)
{
	test_laws();
	test_capacity();
	test_sorted();
	test_raw();
	return 0;
}
