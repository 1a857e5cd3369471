/* SPDX-License-Identifier: MIT */
/*
 * input: the lines are those of a naive split, however they were packed and
 * whatever was shown and joined; and any bytes may pose as packed ones
 *
 * The first byte tells what is done with the rest, the second how the reader
 * looks ahead and joins.
 */
#include "stream/input.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "check.h"

enum { MAX = INPUT_LINE_MAX, BIG = 6 << 20 };

/* What the second byte of the data decides. */
struct choice {
	uint64_t state;
};

static bool
choose(struct choice *c)
{
	c->state = c->state * 6364136223846793005u + 1442695040888963407u;
	return c->state >> 63;
}

static struct input
given(struct str s)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct input in;
	char path[32];

	CHECK(fd >= 0);
	CHECK(s.n == 0 || write(fd, s.p, s.n) == (ssize_t)s.n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	CHECK(input_open(&in, path) == 0);
	close(fd);
	return in;
}

/* Returns the length of the line at p, up to its newline or end. */
static size_t
line_length(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return (size_t)((nl != NULL ? nl : end) - p);
}

static void
same_line(const struct input *in, const char *from, const char *to, uint64_t no)
{
	size_t n = (size_t)(to - from), kept = n < MAX ? n : MAX;

	CHECK(in->line.n == kept && memcmp(in->line.p, from, kept) == 0);
	CHECK(in->cut == (n > MAX) && in->no == no);
}

/* Compares the lines of packed with those of text. */
static void
same_lines(struct str packed, struct str text, struct choice c)
{
	struct input in = given(packed);
	const char *p = text.p, *end = text.p + text.n;
	uint64_t no = 0;

	while (p < end) {
		const char *from = p;
		struct str next;

		p += line_length(p, end);
		CHECK(input_line(&in));
		same_line(&in, from, p, ++no);
		for (; choose(&c); p += line_length(p, end)) {
			size_t n;

			if (!input_peek(&in, &next)) {
				CHECK(p == end || p + 1 == end);
				break;
			}
			CHECK(p + 1 < end);
			n = line_length(p + 1, end);
			CHECK(next.n == n || (next.n < n && next.n >= 65536));
			CHECK(memcmp(next.p, p + 1, next.n) == 0);
			same_line(&in, from, p, no);
			if (choose(&c))
				break;
			input_join(&in);
			p++;
			same_line(&in, from, p + n, ++no);
		}
		if (p < end)
			p++;
	}
	CHECK(!input_line(&in) && in.why == NULL);
	CHECK(in.cap <= MAX + MAX / 3);
	input_close(&in);
}

/* Any bytes behind the first of a packed file: they come to an end. */
static void
pose(const char *head, size_t n, struct str s)
{
	char *p = malloc(n + s.n);
	struct input in;

	memcpy(p, head, n);
	if (s.n > 0)
		memcpy(p + n, s.p, s.n);
	in = given((struct str){ p, n + s.n });
	while (input_line(&in))
		CHECK(in.line.n <= MAX);
	CHECK(in.why == NULL || in.err == 0);
	input_close(&in);
	free(p);
}

/* Makes long lines out of short data: a byte stands for a run of bytes. */
static struct str
swell(struct str s)
{
	static char big[BIG];
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		size_t run = (size_t)1 << (unsigned char)s.p[i] % 22;

		if (run > BIG - 1 - n)
			break;
		run -= (unsigned char)s.p[i] / 22 % 3 == 0 && run > 1;
		memset(big + n, 'a' + (int)(i % 26), run);
		n += run;
		if ((unsigned char)s.p[i] >= 64)
			big[n++] = '\n';
	}
	return (struct str){ big, n };
}

static void
same_lines_when_packed(struct str s, struct choice c)
{
	size_t room = ZSTD_compressBound(s.n) + compressBound(s.n) + 64, n;
	z_stream z = { 0 };
	char *p = malloc(room);

	n = ZSTD_compress(p, room, s.p, s.n, 1);
	CHECK(!ZSTD_isError(n));
	same_lines((struct str){ p, n }, s, c);
	CHECK(deflateInit2(&z, 1, Z_DEFLATED, 31, 8, 0) == Z_OK);
	z.next_in = (unsigned char *)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (unsigned char *)p;
	z.avail_out = (uInt)room;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	same_lines((struct str){ p, room - z.avail_out }, s, c);
	deflateEnd(&z);
	free(p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char gz[] = "\x1f\x8b\x08\0\0\0\0\0\0\3";
	static const char first[] = "\x1f\x28PQRSTUVWXYZ[\\]^_"; /* packed? */
	struct choice c = { size > 1 ? data[1] : 0 };
	struct str s = { "", 0 };

	if (size > 2)
		s = (struct str){ (const char *)data + 2, size - 2 };
	switch (size > 0 ? data[0] % 6 : 0) {
	case 0:
		pose("", 0, s);
		break;
	case 1:
		pose(gz, sizeof(gz) - 1, s);
		break;
	case 2:
		pose("\x28\xb5\x2f\xfd", 4, s);
		break;
	case 3:
		if (s.n > 0 && memchr(first, s.p[0], sizeof(first)) == NULL)
			same_lines(s, s, c);
		break;
	case 4:
		same_lines_when_packed(s, c);
		break;
	case 5:
		s = swell(s);
		same_lines(s, s, c);
		break;
	}
	return 0;
}
