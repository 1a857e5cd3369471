/* SPDX-License-Identifier: MIT */
/*
 * shift: times of a guest as its host's, worked out by hand: one sample, two,
 * many, between samples, and factors; and bytes that are no such option
 */
#include "source/shift.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { INTERPOLATE = 1, MANY = 4, ROOM = 4096 };

struct sample {
	int64_t time, offset;
	uint64_t factor, fraction;
};

/* Options in the making. */
struct bytes {
	char p[ROOM];
	size_t n;
	bool big;
};

static void
put(struct bytes *t, unsigned n, uint64_t v)
{
	assert(n <= ROOM - t->n);
	for (unsigned i = 0; i < n; i++)
		t->p[t->n++] = (char)(v >> 8 * (t->big ? n - 1 - i : i));
}

/* Puts an option of which each CPU has the same samples. */
static void
put_all(struct bytes *t, uint32_t flags, uint32_t cpus, const struct sample *s,
    uint32_t n)
{
	put(t, 8, 0x1122334455667788);
	put(t, 4, flags);
	put(t, 4, cpus);
	for (uint32_t cpu = 0; cpu < cpus; cpu++) {
		put(t, 4, n);
		for (uint32_t i = 0; i < n; i++)
			put(t, 8, (uint64_t)s[i].time);
		for (uint32_t i = 0; i < n; i++)
			put(t, 8, (uint64_t)s[i].offset);
		for (uint32_t i = 0; i < n; i++)
			put(t, 8, s[i].factor);
	}
}

static void
put_fractions(struct bytes *t, uint32_t cpus, const struct sample *s,
    uint32_t n)
{
	for (uint32_t i = 0; i < cpus * n; i++)
		put(t, 8, s[i % n].fraction);
}

/* Reads an option of one CPU, in either order of bytes. */
static struct shift *
read_samples(bool big, uint32_t flags, const struct sample *s, uint32_t n)
{
	struct bytes t = { .big = big };

	put_all(&t, flags, 1, s, n);
	put_fractions(&t, 1, s, n);
	return shift_new((struct str){ t.p, t.n }, big);
}

/* Asserts what becomes of a time by such samples. */
static void
becomes(uint32_t flags, const struct sample *s, uint32_t n, uint64_t ts,
    uint64_t host)
{
	for (int big = 0; big < 2; big++) {
		struct shift *shift = read_samples(big, flags, s, n);

		assert(shift != NULL && shift_time(shift, 0, ts) == host);
		/* Of another CPU nothing is known. */
		assert(shift_time(shift, 1, ts) == ts);
		assert(shift_time(shift, -1, ts) == ts);
		shift_free(shift);
	}
}

static void
an_offset_is_added(void)
{
	static const struct sample less = { 0, -5000, 7, 0 };
	static const struct sample more = { 900, 5000, 7, 0 };

	becomes(0, NULL, 0, 77, 77);
	becomes(0, &less, 1, 5000, 0);
	becomes(INTERPOLATE, &less, 1, 6001, 1001);
	becomes(0, &less, 1, 4999, SHIFT_NONE);
	becomes(0, &more, 1, 0, 5000);
	becomes(0, &more, 1, INT64_MAX - 5000, INT64_MAX);
	becomes(0, &more, 1, INT64_MAX - 4999, SHIFT_NONE);
	becomes(0, &more, 1, UINT64_C(1) << 63, SHIFT_NONE);
}

/* They need not be in order, and of equal times one counts. */
static void
the_sample_before_counts(void)
{
	static const struct sample s[] = { { 3000, 3, 1, 0 }, { 1000, 1, 1, 0 },
		{ 4000, 4, 1, 0 }, { 2000, 2, 1, 0 } };

	becomes(0, s, MANY, 10, 11);
	becomes(0, s, MANY, 1000, 1001);
	becomes(0, s, MANY, 1999, 2000);
	becomes(0, s, MANY, 2000, 2002);
	becomes(0, s, MANY, 3999, 4002);
	/* Of the last two, the first. */
	becomes(0, s, MANY, 4000, 4003);
	becomes(0, s, MANY, 9000, 9003);
	becomes(0, s, 2, 500, 501);
	becomes(0, s, 2, 9000, 9001);
}

/*
 * At 1500 it is 10 + (500 * 10 + 500) / 1000 = 15, before the first sample
 * 10 + (-500 * 10 + 500) / 1000 = 6, behind the last 20 + (1500 * -50 +
 * 500) / 1000 = -54: divisions go towards 0.
 */
static void
between_two_samples_it_is_in_proportion(void)
{
	static const struct sample s[] = { { 1000, 10, 1, 0 },
		{ 2000, 20, 1, 0 }, { 3000, -30, 1, 0 } };
	static const struct sample far[] = { { INT64_MIN, 0, 1, 0 },
		{ INT64_MAX, INT64_MAX, 1, 0 } };

	becomes(INTERPOLATE, s, 3, 1500, 1515);
	becomes(INTERPOLATE, s, 3, 500, 506);
	becomes(INTERPOLATE, s, 3, 3500, 3446);
	becomes(INTERPOLATE, s, 3, 2000, 2020);
	becomes(INTERPOLATE, far, 2, 5, SHIFT_NONE);
}

/* The last one is beyond the 64 bits that libtracecmd has for a product. */
static void
a_factor_has_a_fraction(void)
{
	static const struct sample half[] = { { 0, 7, 3, 1 },
		{ 1000, 9, 3, 1 } };
	static const struct sample large[] = { { 0, 0, UINT64_C(3) << 47, 48 },
		{ 1, 0, 1, 0 } };
	static const struct sample most[] = { { 0, 0, UINT64_MAX, 0 },
		{ 1, 0, UINT64_MAX, 63 } };

	becomes(0, half, 2, 101, 158);
	becomes(0, large, 2, UINT64_C(1) << 52, UINT64_C(3) << 51);
	becomes(0, most, 2, 2, SHIFT_NONE);
	becomes(0, most, 2, 0, 0);
}

/* Cut anywhere else than before the fractions it is none. */
static void
an_option_that_was_cut_is_none(void)
{
	static const struct sample s[] = { { 1, 2, 3, 4 }, { 5, 6, 7, 8 } };
	struct bytes t = { .n = 0 };
	size_t without;

	put_all(&t, 0, 3, s, 2);
	without = t.n;
	put_fractions(&t, 3, s, 2);
	for (size_t n = 0; n <= t.n; n++) {
		char *copy = mem_dup(t.p, n);
		struct shift *shift = shift_new((struct str){ copy, n }, false);

		assert((shift != NULL) == (n == t.n || n == without));
		/* Without them a factor is a whole number. */
		assert(n != without || shift_time(shift, 2, 10) == 32);
		assert(n != t.n || shift_time(shift, 2, 10) == 3);
		shift_free(shift);
		free(copy);
	}
}

static void
numbers_that_cannot_be(void)
{
	static const struct sample s = { 0, 0, 1, 64 };
	struct bytes t = { .n = 0 };

	assert(read_samples(false, 0, &s, 1) == NULL);
	put(&t, 8, 0);
	put(&t, 4, 0);
	put(&t, 4, UINT32_MAX);
	put(&t, 8, 0);
	assert(shift_new((struct str){ t.p, t.n }, false) == NULL);
	t.n = 12;
	put(&t, 4, 1);
	put(&t, 4, UINT32_MAX);
	put(&t, 8, 0);
	assert(shift_new((struct str){ t.p, t.n }, false) == NULL);
	shift_free(NULL);
}

int
main(void)
{
	an_offset_is_added();
	the_sample_before_counts();
	between_two_samples_it_is_in_proportion();
	a_factor_has_a_fraction();
	an_option_that_was_cut_is_none();
	numbers_that_cannot_be();
	return 0;
}
