/* SPDX-License-Identifier: MIT */
/* output: all bytes arrive, in order, or the failure is remembered */
#undef NDEBUG
#include "stream/output.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char path[] = "/tmp/tracekit-output-XXXXXX";

/* Returns what the file holds, NUL-terminated, to be freed. */
static char *
contents(size_t *n)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	size_t cap = 0;
	ssize_t got;

	assert(f != NULL);
	got = getdelim(&text, &cap, EOF, f);
	*n = got > 0 ? (size_t)got : 0;
	fclose(f);
	return text;
}

static bool
holds(const char *want)
{
	size_t n;
	char *text = contents(&n);
	bool same = n == strlen(want) && memcmp(text, want, n) == 0;

	free(text);
	return same;
}

static void
test_small(void)
{
	struct output out;

	assert(output_open(&out, path) == 0);
	output_text(&out, "text ");
	output_str(&out, (struct str){ "string", 3 });
	output_str(&out, (struct str){ NULL, 0 });
	output_byte(&out, ' ');
	output_u64(&out, 0);
	output_byte(&out, ' ');
	output_u64(&out, UINT64_MAX);
	output_byte(&out, ' ');
	output_s64(&out, INT64_MIN);
	output_byte(&out, ' ');
	output_s64(&out, 42);
	output_printf(&out, " %s-%05d%s", "x", 7, "");
	output_printf(&out, "%s", "");
	memcpy(output_room(&out, 3), "end", 3);
	output_used(&out, 3);
	assert(out.bytes == 0);
	assert(holds(""));
	assert(output_flush(&out) == 0);
	assert(holds("text str 0 18446744073709551615 -9223372036854775808 42 "
		     "x-00007end"));
	assert(out.bytes == 66);
	assert(output_close(&out) == 0);
}

/* Pieces of many lengths, across the ends of the buffer and larger. */
static void
test_large(void)
{
	struct output out;
	size_t total = 0, n;
	char *text, *piece = malloc(300000);

	assert(piece != NULL);
	for (size_t i = 0; i < 300000; i++)
		piece[i] = (char)('a' + i % 26);
	assert(output_open(&out, path) == 0);
	for (size_t length = 1; length < 300000; length = length * 3 + 1) {
		size_t from = total % 26; /* so that the alphabet goes on */

		output_put(&out, piece + from, length - from % length);
		total += length - from % length;
	}
	assert(output_close(&out) == 0);
	assert(out.bytes == total);
	text = contents(&n);
	assert(n == total);
	for (size_t i = 0; i < n; i++)
		assert(text[i] == 'a' + (char)(i % 26));
	free(text);
	free(piece);
}

static void
test_failure(void)
{
	struct output out;

	assert(output_open(&out, "/nonexistent/file") == -1);
	assert(errno == ENOENT);
	output_on(&out, open("/dev/full", O_WRONLY), "full");
	output_text(&out, "lost");
	assert(out.err == 0);
	assert(output_flush(&out) == -1 && out.err == ENOSPC);
	for (int i = 0; i < 100000; i++)
		output_text(&out, "dropped, and no memory is taken for it");
	assert(out.bytes == 0);
	assert(output_flush(&out) == -1);
	errno = 0;
	assert(output_close(&out) == -1 && errno == ENOSPC);
}

/* What is passed comes behind what was put, and before what is put then. */
static void
test_pass(void)
{
	static char many[200000];
	static char back[sizeof(many) + 8];
	struct output out;
	int fd;

	memset(many, 'x', sizeof(many));
	assert(output_open(&out, path) == 0);
	output_text(&out, "ab");
	output_pass(&out, many, sizeof(many));
	output_pass(&out, "cd", 2);
	output_pass(&out, NULL, 0);
	output_text(&out, "ef");
	assert(output_close(&out) == 0 && out.bytes == sizeof(many) + 6);
	fd = open(path, O_RDONLY);
	assert(read(fd, back, sizeof(back)) == (ssize_t)sizeof(many) + 6);
	assert(memcmp(back, "ab", 2) == 0);
	assert(memcmp(back + 2, many, sizeof(many)) == 0);
	assert(memcmp(back + 2 + sizeof(many), "cdef", 4) == 0);
	close(fd);

	output_in_memory(&out);
	output_pass(&out, many, sizeof(many));
	output_pass(&out, "cd", 2);
	assert(out.n == sizeof(many) + 2 && out.buf[out.n - 1] == 'd');
	assert(output_close(&out) == 0);

	output_on(&out, open("/dev/full", O_WRONLY), "full");
	output_pass(&out, many, sizeof(many));
	assert(out.err == ENOSPC && out.bytes == 0);
	assert(output_close(&out) == -1);
}

int
main(void)
{
	int fd = mkstemp(path);

	assert(fd >= 0);
	close(fd);
	test_small();
	test_large();
	test_failure();
	test_pass();
	unlink(path);
	return 0;
}
