/* SPDX-License-Identifier: MIT */
#include "source/shift.h"

#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"
#include "source/section.h"

enum { INTERPOLATE = 1, SAMPLE = 3 * 8, COUNT = 4, FRACTION_MAX = 63 };

struct sample {
	int64_t time, offset;
	uint64_t factor, fraction; /* of which so many bits */
};

struct shift_cpu {
	struct sample *sample; /* by time */
	size_t n;
};

struct shift {
	bool interpolate; /* between two samples */
	struct shift_cpu *cpu;
	size_t n;
};

void
shift_free(struct shift *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		free(s->cpu[i].sample);
	free(s->cpu);
	free(s);
}

/* Takes a number for each sample of a CPU, to the place that it has there. */
static bool
read_numbers(struct section *in, struct shift_cpu *cpu, size_t place)
{
	for (size_t i = 0; i < cpu->n; i++) {
		uint64_t v;

		if (!section_number(in, 8, &v))
			return false;
		memcpy((char *)&cpu->sample[i] + place, &v, 8);
	}
	return true;
}

static bool
read_cpu(struct section *in, struct shift_cpu *cpu)
{
	uint64_t n;

	/* No more samples are believed than there are bytes for. */
	if (!section_number(in, COUNT, &n) || n > in->n / SAMPLE)
		return false;
	cpu->n = (size_t)n;
	cpu->sample = mem_alloc((cpu->n + 1) * sizeof(*cpu->sample));
	return read_numbers(in, cpu, offsetof(struct sample, time)) &&
	    read_numbers(in, cpu, offsetof(struct sample, offset)) &&
	    read_numbers(in, cpu, offsetof(struct sample, factor));
}

static int
by_time(const void *a, const void *b)
{
	int64_t x = ((const struct sample *)a)->time;
	int64_t y = ((const struct sample *)b)->time;

	return (x > y) - (x < y);
}

/* Sorts the samples, leaves one of each time, and looks at the fractions. */
static bool
settle(struct shift_cpu *cpu)
{
	size_t n = 0;

	if (cpu->n > 1)
		qsort(cpu->sample, cpu->n, sizeof(*cpu->sample), by_time);
	for (size_t i = 0; i < cpu->n; i++) {
		if (cpu->sample[i].fraction > FRACTION_MAX)
			return false;
		if (n == 0 || cpu->sample[n - 1].time != cpu->sample[i].time)
			cpu->sample[n++] = cpu->sample[i];
	}
	cpu->n = n;
	return true;
}

static bool
read_all(struct shift *s, struct section *in)
{
	uint64_t id, flags, n;
	bool more;

	if (!section_number(in, 8, &id) || !section_number(in, 4, &flags) ||
	    !section_number(in, 4, &n) || n > in->n / COUNT)
		return false;
	s->interpolate = flags & INTERPOLATE;
	s->n = (size_t)n;
	s->cpu = mem_alloc((s->n + 1) * sizeof(*s->cpu));
	for (size_t i = 0; i < s->n; i++)
		if (!read_cpu(in, &s->cpu[i]))
			return false;
	more = in->n > 0;
	for (size_t i = 0; i < s->n && more; i++)
		if (!read_numbers(in, &s->cpu[i],
			offsetof(struct sample, fraction)))
			return false;
	for (size_t i = 0; i < s->n; i++)
		if (!settle(&s->cpu[i]))
			return false;
	return true;
}

struct shift *
shift_new(struct str option, bool big_endian)
{
	struct section_file file = { .fd = -1, .big_endian = big_endian };
	struct shift *s = mem_alloc(sizeof(*s));
	struct section in;

	section_of(&in, &file, option);
	if (read_all(s, &in))
		return s;
	shift_free(s);
	return NULL;
}

/* Returns the sample that counts at a time. */
static const struct sample *
find(const struct shift_cpu *cpu, int64_t ts)
{
	size_t low = 0, high = cpu->n > 1 ? cpu->n - 1 : 1;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (cpu->sample[middle].time <= ts)
			low = middle;
		else
			high = middle;
	}
	return &cpu->sample[low];
}

/* Works out the offset at a time between a sample and the next one. */
static bool
interpolate(const struct sample *s, int64_t ts, int64_t *offset)
{
	int64_t time, more, span;

	if (__builtin_sub_overflow(ts, s->time, &time) ||
	    __builtin_sub_overflow(s[1].offset, s->offset, &more) ||
	    __builtin_sub_overflow(s[1].time, s->time, &span) ||
	    __builtin_mul_overflow(time, more, &more) ||
	    __builtin_add_overflow(more, span / 2, &more))
		return false;
	return !__builtin_add_overflow(s->offset, more / span, offset);
}

/* Works out ts * factor >> bits; false where that has more than 64 bits. */
static bool
scale(uint64_t ts, uint64_t factor, uint64_t bits, uint64_t *out)
{
	uint64_t a = ts >> 32, b = ts & UINT32_MAX;
	uint64_t c = factor >> 32, d = factor & UINT32_MAX;
	uint64_t middle = a * d + (b * d >> 32);
	uint64_t high = a * c + (middle >> 32);
	uint64_t low;

	middle = (middle & UINT32_MAX) + b * c;
	high += middle >> 32;
	low = middle << 32 | (b * d & UINT32_MAX);
	*out = bits > 0 ? high << (64 - bits) | low >> bits : low;
	return high >> bits == 0;
}

uint64_t
shift_time(const struct shift *s, int cpu, uint64_t ts)
{
	const struct shift_cpu *c;
	const struct sample *sample;
	int64_t offset;

	if (cpu < 0 || (size_t)cpu >= s->n || s->cpu[cpu].n == 0)
		return ts;
	if (ts > INT64_MAX)
		return SHIFT_NONE;
	c = &s->cpu[cpu];
	sample = find(c, (int64_t)ts);
	offset = sample->offset;
	if (c->n > 1) {
		if (s->interpolate &&
		    !interpolate(sample, (int64_t)ts, &offset))
			return SHIFT_NONE;
		if (!scale(ts, sample->factor, sample->fraction, &ts))
			return SHIFT_NONE;
	}
	if (__builtin_add_overflow(ts, offset, &offset) || offset < 0)
		return SHIFT_NONE;
	return (uint64_t)offset;
}
