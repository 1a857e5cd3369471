/* SPDX-License-Identifier: MIT */
/* decode: plain and packed bytes, whole, cut off, damaged, and slow */
#include "stream/decode.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/str.h"

#define TEXT(s) ((struct str){ s, sizeof(s) - 1 })

enum { BIG = 3 << 20 };

static const char ends_early[] = "compressed data ends early";
static const char damaged[] = "compressed data is damaged";
static const char garbage[] = "garbage behind the compressed data";

/* "hello\nworld\n" as gzip(1) -n and zstd(1) --check pack it. */
static const char hello[] = "hello\nworld\n";
#define HELLO_GZ                                                               \
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcd\xc9\xc9\xe7\x2a" \
	"\xcf\x2f\xca\x49\xe1\x02\x00\xff\x5d\xc5\xc4\x0c\x00\x00\x00"
#define HELLO_ZST                                                              \
	"\x28\xb5\x2f\xfd\x04\x58\x61\x00\x00\x68\x65\x6c\x6c\x6f\x0a\x77\x6f" \
	"\x72\x6c\x64\x0a\xb5\x0e\x87\x17"
#define SKIPPABLE "\x5a\x2a\x4d\x18\x03\x00\x00\x00zzz"

/* What came out of a decode, up to its end. */
struct result {
	char *p;
	size_t n;
	const char *why;
	int err;
};

static char room[2 * BIG];

/* Reads all into room, step bytes at a time. */
static struct result
drain(int fd, size_t step)
{
	struct decode *d = decode_new(fd);
	struct result out = { .p = room };
	ssize_t r;

	for (;;) {
		assert(out.n + step <= sizeof(room));
		r = decode_read(d, out.p + out.n, step, &out.why);
		if (r <= 0)
			break;
		assert((size_t)r <= step);
		out.n += (size_t)r;
	}
	if (r < 0) {
		const char *again = NULL;

		out.err = errno;
		assert(out.why != NULL);
		assert(decode_read(d, out.p, 1, &again) == -1);
		assert(again == out.why && errno == out.err);
	} else {
		assert(out.why == NULL);
	}
	decode_free(d);
	return out;
}

static int
file_of(struct str s)
{
	int fd = memfd_create("decode", MFD_CLOEXEC);

	assert(fd >= 0);
	assert(write(fd, s.p, s.n) == (ssize_t)s.n);
	assert(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

/* Asserts that in unpacks to out, and then fails as why says. */
static void
gives(struct str in, struct str out, const char *why)
{
	static const size_t steps[] = { 1, 7, 1 << 16 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct result r = drain(file_of(in), steps[i]);

		assert(str_eq((struct str){ r.p, r.n }, out));
		assert((r.why == NULL) == (why == NULL));
		assert(why == NULL || strcmp(r.why, why) == 0);
	}
}

static void
plain_bytes_come_as_they_are(void)
{
	gives(TEXT(""), TEXT(""), NULL);
	gives(TEXT("a"), TEXT("a"), NULL);
	gives(TEXT("\x1f"), TEXT("\x1f"), NULL);
	gives(TEXT("\x1f\x8a\x08"), TEXT("\x1f\x8a\x08"), NULL);
	gives(TEXT("\x1f\x8b\x07"), TEXT("\x1f\x8b\x07"), NULL);
	gives(TEXT("\x28\xb5\x2f"), TEXT("\x28\xb5\x2f"), NULL);
	gives(TEXT("\x28\xb5\x2f\xfe"), TEXT("\x28\xb5\x2f\xfe"), NULL);
	gives(TEXT("P*M"), TEXT("P*M"), NULL);
	gives(TEXT("P*M\x19"), TEXT("P*M\x19"), NULL);
	gives(TEXT("a" HELLO_GZ), TEXT("a" HELLO_GZ), NULL);
}

static void
packed_bytes_are_unpacked(void)
{
	struct str once = TEXT("hello\nworld\n");
	struct str twice = TEXT("hello\nworld\nhello\nworld\n");

	gives(TEXT(HELLO_GZ), once, NULL);
	gives(TEXT(HELLO_GZ HELLO_GZ), twice, NULL);
	gives(TEXT(HELLO_GZ "\0\0\0"), once, NULL);
	gives(TEXT(HELLO_GZ "\0\0" HELLO_GZ), twice, NULL);
	gives(TEXT(HELLO_ZST), once, NULL);
	gives(TEXT(HELLO_ZST HELLO_ZST), twice, NULL);
	gives(TEXT(SKIPPABLE HELLO_ZST), once, NULL);
	gives(TEXT(HELLO_ZST SKIPPABLE HELLO_ZST SKIPPABLE), twice, NULL);
	gives(TEXT(SKIPPABLE), TEXT(""), NULL);
}

static void
garbage_behind_is_told(void)
{
	gives(TEXT(HELLO_GZ "x"), TEXT("hello\nworld\n"), garbage);
	gives(TEXT(HELLO_GZ "\0x"), TEXT("hello\nworld\n"), garbage);
	gives(TEXT(HELLO_GZ "\x1f"), TEXT("hello\nworld\n"), garbage);
	gives(TEXT(HELLO_GZ "more text"), TEXT("hello\nworld\n"), garbage);
	gives(TEXT(HELLO_ZST "more text"), TEXT("hello\nworld\n"), garbage);
}

/* Every prefix gives a prefix of the truth, and says that it ends early. */
static void
cut_off(struct str packed, size_t least)
{
	for (size_t n = least; n < packed.n; n++) {
		struct result r = drain(file_of((struct str){ packed.p, n }),
		    1 << 16);

		assert(r.n <= strlen(hello) && memcmp(r.p, hello, r.n) == 0);
		assert(r.why != NULL && strcmp(r.why, ends_early) == 0);
	}
}

/* Each byte changed: never a wrong byte without a complaint behind it. */
static void
changed(struct str packed)
{
	for (size_t i = 0; i < packed.n * 255; i++) {
		char copy[64];
		struct result r;

		memcpy(copy, packed.p, packed.n);
		copy[i / 255] = (char)(copy[i / 255] ^ (int)(i % 255 + 1));
		r = drain(file_of((struct str){ copy, packed.n }), 1 << 16);
		if (r.why == NULL && r.n == packed.n)
			assert(memcmp(r.p, copy, r.n) == 0); /* plain now */
		else if (r.why == NULL && r.n != 0)
			assert(r.n == strlen(hello) &&
			    memcmp(r.p, hello, r.n) == 0);
	}
}

/* Text that packs, but not to nothing. */
static char *
big_text(void)
{
	char *p = malloc(BIG);
	unsigned long x = 1;

	assert(p != NULL);
	for (size_t i = 0; i < BIG; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		p[i] = (char)("0123456789abcde\n"[x >> 60]);
	}
	return p;
}

static struct str
gzip(struct str in, int flush)
{
	z_stream z = { 0 };
	size_t most = compressBound(in.n) + 64;
	char *out = malloc(most);

	assert(out != NULL);
	assert(deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, 0) == Z_OK);
	z.next_in = (unsigned char *)in.p;
	z.avail_in = (uInt)in.n;
	z.next_out = (unsigned char *)out;
	z.avail_out = (uInt)most;
	assert(deflate(&z, flush) >= Z_OK && z.avail_in == 0);
	deflateEnd(&z);
	return (struct str){ out, most - z.avail_out };
}

static struct str
zstd(struct str in)
{
	size_t most = ZSTD_compressBound(in.n), n;
	char *out = malloc(most);

	assert(out != NULL);
	n = ZSTD_compress(out, most, in.p, in.n, 1);
	assert(!ZSTD_isError(n));
	return (struct str){ out, n };
}

/* What stands before the damage, or before the end, is not lost. */
static void
most_is_saved(struct str packed, const char *text)
{
	struct str half = { packed.p, packed.n / 2 };
	struct result r = drain(file_of(packed), 100000);
	char *copy = malloc(packed.n);

	assert(r.why == NULL && r.n == BIG && memcmp(r.p, text, BIG) == 0);
	r = drain(file_of(half), 100000);
	assert(strcmp(r.why, ends_early) == 0);
	assert(r.n > BIG / 3 && memcmp(r.p, text, r.n) == 0);

	assert(copy != NULL);
	memcpy(copy, packed.p, packed.n);
	memset(copy + packed.n / 2, 0xff, 4096);
	r = drain(file_of((struct str){ copy, packed.n }), 1 << 17);
	assert(strcmp(r.why, damaged) == 0);
	assert(r.n > BIG / 3 && memcmp(r.p, text, BIG / 3) == 0);
	free(copy);
}

static void
big_files_are_read_through_many_buffers(void)
{
	char *text = big_text();
	struct str whole = { text, BIG };
	struct str gz = gzip(whole, Z_FINISH), zst = zstd(whole);

	most_is_saved(gz, text);
	most_is_saved(zst, text);
	free((char *)gz.p);
	free((char *)zst.p);
	free(text);
}

/* Text that packs to nothing: much may be held back by the unpacker. */
static void
small_steps_lose_nothing(struct str packed)
{
	for (size_t n = 4; n <= packed.n; n++) {
		struct str part = { packed.p, n };
		struct result large = drain(file_of(part), 1 << 17);
		struct result small = drain(file_of(part), 100);

		assert(large.n == small.n);
		assert((large.why == NULL) == (small.why == NULL));
		assert((large.why == NULL) == (n == packed.n));
	}
}

static void
text_that_packs_to_nothing(void)
{
	static char text[300000];
	struct str whole = { text, sizeof(text) };
	struct str gz = gzip(whole, Z_FINISH), zst = zstd(whole);

	small_steps_lose_nothing(gz);
	small_steps_lose_nothing(zst);
	free((char *)gz.p);
	free((char *)zst.p);
}

/* Blocks of a line each, as from a live zstd; the last one is damaged. */
static void
blocks_before_the_damage_are_saved(void)
{
	char packed[4000], line[16];
	ZSTD_outBuffer to = { packed, sizeof(packed), 0 };
	ZSTD_CStream *z = ZSTD_createCStream();
	struct result r;
	size_t before = 0;

	assert(z != NULL);
	for (int i = 100; i < 200; i++) {
		size_t n = (size_t)snprintf(line, sizeof(line), "%d\n", i);
		ZSTD_inBuffer from = { line, n, 0 };

		before = to.pos;
		assert(ZSTD_compressStream2(z, &to, &from, ZSTD_e_flush) == 0);
	}
	ZSTD_freeCStream(z);
	packed[before] |= 6; /* a type of block that there is not */
	r = drain(file_of((struct str){ packed, to.pos }), 1 << 16);
	assert(r.n == 99 * 4 && memcmp(r.p + 98 * 4, "198\n", 4) == 0);
	assert(strcmp(r.why, damaged) == 0);
}

/* A frame of zstd with an empty block and a window of 1 << log bytes. */
/*
 * A block that stands for 7911 zeros, and one that is too large (RFC 8878,
 * 3.1.1.2): whatever is taken at a time, all of the first one comes.
 */
static void
damage_does_not_take_what_was_held_back(void)
{
	static const char zeros[7911];

	gives(TEXT("\x28\xb5\x2f\xfd\x40\x42\xf7\xd1"
		   "\x3a\xf7\x00\x00"
		   "\x00\x00\x77\x62"),
	    (struct str){ zeros, sizeof(zeros) }, damaged);
}

static void
windows_have_a_limit(void)
{
	char frame[] = "\x28\xb5\x2f\xfd\x00?\x01\x00\x00";
	struct str s = TEXT(frame);

	frame[5] = (char)((27 - 10) << 3);
	gives(s, TEXT(""), NULL);
	frame[5] = (char)((28 - 10) << 3);
	gives(s, TEXT(""), "compressed with a window of more than 128 MiB");
	frame[5] = (char)((41 - 10) << 3);
	gives(s, TEXT(""), "compressed with a window of more than 128 MiB");
}

/* Byte by byte through a pipe that was made non-blocking. */
static void
slow_input_is_the_same(struct str in)
{
	struct result r;
	pid_t child;
	int fd[2];

	assert(pipe(fd) == 0);
	child = fork();
	assert(child >= 0);
	if (child == 0) {
		for (size_t i = 0; i < in.n; i++)
			if (write(fd[1], in.p + i, 1) != 1)
				_exit(1);
		_exit(0);
	}
	close(fd[1]);
	assert(fcntl(fd[0], F_SETFL, O_NONBLOCK) == 0);
	r = drain(fd[0], 1 << 16);
	assert(r.why == NULL && r.n == strlen(hello));
	assert(memcmp(r.p, hello, r.n) == 0);
	assert(waitpid(child, NULL, 0) == child);
}

/* What a live pipe holds comes at once, though the pipe has not ended. */
static void
does_not_wait_with_something_to_give(void)
{
	struct str gz = gzip(TEXT("a line\n"), Z_SYNC_FLUSH);
	const char *why = NULL;
	struct decode *d;
	char buf[100];
	int fd[2];

	assert(pipe(fd) == 0);
	assert(write(fd[1], gz.p, gz.n) == (ssize_t)gz.n);
	d = decode_new(fd[0]);
	alarm(20);
	assert(decode_read(d, buf, sizeof(buf), &why) == 7);
	alarm(0);
	assert(memcmp(buf, "a line\n", 7) == 0);
	close(fd[1]);
	assert(decode_read(d, buf, sizeof(buf), &why) == -1);
	assert(strcmp(why, ends_early) == 0 && errno == 0);
	decode_free(d);
	free((char *)gz.p);
}

static void
tells_how_far_it_is(void)
{
	struct str in = TEXT(HELLO_GZ);
	struct decode *d = decode_new(file_of(in));
	const char *why = NULL;
	char buf[100];
	int fd[2];

	assert(decode_at(d) == 0 && decode_size(d) == in.n);
	assert(decode_read(d, buf, sizeof(buf), &why) == 12);
	assert(decode_at(d) == in.n);
	decode_free(d);

	assert(pipe(fd) == 0);
	close(fd[1]);
	d = decode_new(fd[0]);
	assert(decode_size(d) == 0);
	decode_free(d);
	decode_free(NULL);
}

static void
errors_of_the_system_are_told(void)
{
	struct result r = drain(open("/", O_RDONLY | O_CLOEXEC), 10);

	assert(r.n == 0 && r.err == EISDIR);
}

int
main(void)
{
	plain_bytes_come_as_they_are();
	packed_bytes_are_unpacked();
	garbage_behind_is_told();
	cut_off(TEXT(HELLO_GZ), 2);
	cut_off(TEXT(HELLO_ZST), 4);
	changed(TEXT(HELLO_GZ));
	changed(TEXT(HELLO_ZST));
	big_files_are_read_through_many_buffers();
	text_that_packs_to_nothing();
	blocks_before_the_damage_are_saved();
	damage_does_not_take_what_was_held_back();
	windows_have_a_limit();
	slow_input_is_the_same(TEXT(hello));
	slow_input_is_the_same(TEXT(HELLO_GZ));
	slow_input_is_the_same(TEXT(HELLO_ZST));
	does_not_wait_with_something_to_give();
	tells_how_far_it_is();
	errors_of_the_system_are_told();
	return 0;
}
