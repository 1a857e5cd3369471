/* SPDX-License-Identifier: MIT */
/*
 * dat: of any file, all that is told lies in memory or in the file
 *
 * The first byte chooses a file made by hand, in which the others change
 * numbers: two for the place, one for how many bytes, and those; or they are
 * a file themselves.
 */
#include "source/dat.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../unit/dat_file.h"
#include "check.h"
#include "source/shift.h"

enum { KEPT_MAX = 64 << 20 };

static volatile unsigned char sink;

/* Reads each byte. */
static void
touch(struct str s)
{
	CHECK(s.n == 0 || s.p != NULL);
	CHECK(s.n <= KEPT_MAX);
	for (size_t i = 0; i < s.n; i++)
		sink ^= (unsigned char)s.p[i];
}

static void
check_buffer(const struct dat *d, const struct dat_buffer *b, uint64_t size)
{
	touch(b->name);
	touch(b->clock);
	CHECK(b->page_size >= 256 && b->page_size <= 1 << 20);
	CHECK(b->stats_n == 0 ||
	    (b->stats >= d->stats &&
		b->stats + b->stats_n <= d->stats + d->stats_n));
	for (size_t i = 0; i < b->n; i++) {
		const struct dat_cpu *cpu = &b->cpu[i];

		CHECK(cpu->cpu >= 0);
		CHECK(cpu->size == 0 || cpu->offset <= size);
		CHECK(cpu->size == 0 || cpu->size <= size - cpu->offset);
	}
}

/* A time of a guest is its host's, none, or stays where nothing is known. */
static void
check_shift(struct str option, bool big_endian)
{
	static const uint64_t times[] = { 0, 1, 1000, UINT64_C(1) << 40,
		INT64_MAX, UINT64_MAX };
	struct shift *s = shift_new(option, big_endian);

	touch(option);
	if (s == NULL)
		return;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		for (int cpu = -1; cpu < 4; cpu++) {
			uint64_t ts = shift_time(s, cpu, times[i]);

			CHECK(ts <= INT64_MAX || ts == times[i] ||
			    ts == SHIFT_NONE);
		}
		CHECK(shift_time(s, -1, times[i]) == times[i]);
	}
	shift_free(s);
}

static void
check(const struct dat *d, bool good, uint64_t size)
{
	CHECK(good || d->why != NULL);
	CHECK(!good || (d->version == 6 || d->version == 7));
	CHECK(!good || d->buffers > 0);
	touch(d->header_page);
	touch(d->cmdlines);
	touch(d->clock);
	touch(d->uname);
	if (d->shift.p != NULL)
		check_shift(d->shift, d->big_endian);
	for (size_t i = 0; i < d->formats; i++) {
		touch(d->format[i].system);
		touch(d->format[i].text);
	}
	for (size_t i = 0; i < d->stats_n; i++)
		touch(d->stats[i]);
	for (size_t i = 0; i < d->buffers; i++)
		check_buffer(d, &d->buffer[i], size);
}

static void
read_file(const char *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct unpack *unpack = unpack_new();
	struct dat d;
	bool good;

	CHECK(fd >= 0 && (n == 0 || write(fd, p, n) == (ssize_t)n));
	good = dat_open(&d, fd, n, unpack);
	check(&d, good, n);
	dat_close(&d);
	unpack_free(unpack);
	close(fd);
}

/* Changes a made file as the bytes say. */
static void
change(struct bytes *t, const uint8_t *p, size_t n)
{
	while (n > 3) {
		size_t at = (p[0] | (size_t)p[1] << 8) % t->n;
		size_t len = p[2] % 9;

		p += 3;
		n -= 3;
		if (len > n)
			len = n;
		if (len > t->n - at)
			len = t->n - at;
		memcpy(t->p + at, p, len);
		p += len;
		n -= len;
	}
	if (n == 2) /* and cuts it */
		t->n = (p[0] | (size_t)p[1] << 8) % t->n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct form form;
	struct bytes t;

	if (size == 0 || data[0] % (FORMS + 1) == FORMS) {
		read_file((const char *)data + (size > 0), size - (size > 0));
		return 0;
	}
	form = form_of(data[0] % (FORMS + 1));
	form.ring = data[0] > 200;
	t = make(&form);
	change(&t, data + 1, size - 1);
	read_file(t.p, t.n);
	free(t.p);
	return 0;
}
