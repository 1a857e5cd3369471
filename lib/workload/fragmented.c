/* SPDX-License-Identifier: MIT */
#include "workload/fragmented.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* A task of which nothing was measured has half a core. */
#define WHOLE_CORES 0.5

/* A task on one core with about its MHz has just them. */
enum { NEAR_MHZ = 200 };

/* Usage is told to the hertz. */
static double
to_hertz(double mhz)
{
	return rint(mhz * 1e6) / 1e6;
}

static void
append(struct fragmented *f, const struct fragment_rules *rules,
    struct core core, int64_t duration, double cores, enum fragment_kind kind)
{
	double share = fmin(cores, core.cores), mhz = share * core.mhz, least;

	if (f->n == f->cap)
		f->fragment = mem_grow(f->fragment, &f->cap, f->n + 1,
		    sizeof(*f->fragment));
	/* OpenDC cuts MHz * ms to an integer; of 0 nothing would be left. */
	least = rules->compat ? 0 : ceil(1e6 / (double)duration) / 1e6;
	least = fmax(rules->floor_mhz, least);
	f->used_ms += share * (double)duration;
	f->raised += mhz < least;
	mhz = fmax(mhz, least);
	f->fragment[f->n++] = (struct fragment){
		.duration_ms = duration,
		.cpu_mhz = rules->compat ? mhz : to_hertz(mhz),
		.kind = kind,
	};
}

/*
 * From a time to the sample at ts, which had *carry added to it; that is then
 * what is left over.  Returns the cores that it used.
 */
static double
append_sample(struct fragmented *f, const struct fragment_rules *rules,
    struct core core, int64_t at, const struct sample *s, double *carry)
{
	int64_t begin = s->ts_ms - s->dt_ms;
	double used = (double)s->cpu_ms + *carry, most, cores;

	if (begin < at)
		begin = at;
	most = (double)(s->ts_ms - begin) * core.cores;
	cores = fmin(used, most) / (double)(s->ts_ms - begin);
	if (begin > at)
		append(f, rules, core, begin - at, cores,
		    f->n == 0 ? FRAGMENT_HEAD : FRAGMENT_GAP);
	append(f, rules, core, s->ts_ms - begin, cores, FRAGMENT_SAMPLE);
	*carry = used > most ? used - most : 0;
	return cores;
}

bool
fragmented_counts(const struct sample *s, int64_t before)
{
	return s->dt_ms > 0 && (before < 0 || s->ts_ms - s->dt_ms > before);
}

static void
make(struct fragmented *f, const struct fragment_rules *rules, struct core core,
    int64_t start, int64_t end, int64_t before, const struct sample *sample,
    size_t n)
{
	double carry = 0, last = 0;
	int64_t at = start;

	for (size_t i = 0; i < n; i++) {
		const struct sample *s = &sample[i];

		if (!fragmented_counts(s, before)) {
			f->mixed += s->dt_ms > 0;
			continue;
		}
		f->measured = true;
		if (s->ts_ms <= at) {
			carry += (double)s->cpu_ms;
			continue;
		}
		last = append_sample(f, rules, core, at, s, &carry);
		at = s->ts_ms;
	}
	f->over_ms += carry;
	if (f->n > 0 && at < end)
		append(f, rules, core, end - at, last, FRAGMENT_TAIL);
}

/*
 * What is right of the original's: it has neither gaps nor a tail, and a
 * sample that is cut has the same rate as before.
 */
static void
make_compat(struct fragmented *f, const struct fragment_rules *rules,
    struct core core, int64_t start, const struct sample *sample, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct sample *s = &sample[i];
		int64_t begin = s->ts_ms - s->dt_ms;
		double cores;

		if (s->dt_ms == 0)
			continue;
		cores = (double)s->cpu_ms / s->dt_ms;
		if (!f->measured && begin > start)
			append(f, rules, core, begin - start, cores,
			    FRAGMENT_HEAD);
		f->measured = true;
		if (begin < start)
			begin = start;
		if (s->ts_ms > begin)
			append(f, rules, core, s->ts_ms - begin, cores,
			    FRAGMENT_SAMPLE);
	}
}

void
fragmented_make(struct fragmented *f, const struct fragment_rules *rules,
    struct core core, int64_t start, int64_t end, int64_t before,
    const struct sample *sample, size_t n)
{
	double cores = rules->compat ? WHOLE_CORES * WHOLE_CORES : WHOLE_CORES;

	f->n = 0;
	f->used_ms = 0;
	f->measured = false;
	if (rules->compat)
		make_compat(f, rules, core, start, sample, n);
	else
		make(f, rules, core, start, end, before, sample, n);
	if (f->n == 0 && end > start) {
		f->measured = false;
		append(f, rules, core, end - start, cores, FRAGMENT_WHOLE);
	}
}

/* Puts a number into a heap of n of which the least is first. */
static void
heap_put(double *heap, size_t n, double v)
{
	size_t at = 0;

	for (;;) {
		size_t child = 2 * at + 1;

		if (child >= n)
			break;
		if (child + 1 < n && heap[child + 1] < heap[child])
			child++;
		if (heap[child] >= v)
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = v;
}

/*
 * Of n ranks 0 to n - 1 it is 0.95 * (n - 1): of the greatest few, kept in a
 * heap, the least two are those beside it.
 */
static double
percentile_95(struct fragmented *f)
{
	double rank = 0.95 * (double)(f->n - 1), low, high;
	size_t below = (size_t)rank, n = f->n - below;
	double *most;

	f->most = mem_grow(f->most, &f->most_cap, n, sizeof(*f->most));
	most = f->most;
	for (size_t i = 0; i < n; i++)
		most[i] = -1;
	for (size_t i = 0; i < f->n; i++)
		if (f->fragment[i].cpu_mhz > most[0])
			heap_put(most, n, f->fragment[i].cpu_mhz);
	low = most[0];
	if (n == 1)
		return low;
	high = n > 2 ? fmin(most[1], most[2]) : most[1];
	return low + (high - low) * (rank - (double)below);
}

void
fragmented_capacity(struct fragmented *f, const struct fragment_rules *rules,
    struct core core, struct task *t)
{
	double mhz, count, full = core.mhz;

	t->cpu_count = 1;
	t->cpu_mhz = core.mhz;
	if (f->n == 0)
		return;
	if (rules->compat)
		full = fmax(rint(core.mhz / 100) * 100, 1);
	mhz = percentile_95(f);
	count = fmin(fmax(rint(mhz / core.mhz), 1), core.cores);
	if (count < 2 && fabs(mhz - core.mhz) <= NEAR_MHZ)
		mhz = full;
	mhz = fmin(mhz, full * count);
	t->cpu_count = (int32_t)count;
	t->cpu_mhz = rules->compat ? mhz : to_hertz(mhz);
}

void
fragmented_close(struct fragmented *f)
{
	free(f->fragment);
	free(f->most);
	*f = (struct fragmented){ 0 };
}
