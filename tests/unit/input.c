/* SPDX-License-Identifier: MIT */
/* input: lines of any bytes and length, looking ahead, joining, waiting */
#include "stream/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zstd.h>

#include "input_of.h"

enum { MAX = INPUT_LINE_MAX, MEMORY = 1363148 /* 1.3 MiB */ };

static struct input
given_text(const char *text)
{
	return input_of(text, strlen(text));
}

static void
ends(struct input *in)
{
	struct str next;

	assert(!input_peek(in, &next));
	assert(!input_line(in) && !input_line(in));
	assert(in->why == NULL && in->err == 0);
	assert(in->cap <= MEMORY);
	input_close(in);
}

/* The next line is this text. */
static void
line_is(struct input *in, const char *text)
{
	uint64_t no = in->no;

	assert(input_line(in) && str_is(in->line, text));
	assert(in->no == no + 1 && !in->cut);
}

static void
next_is(struct input *in, const char *text)
{
	struct str next;

	assert(input_peek(in, &next) && str_is(next, text));
	assert(input_peek(in, &next) && str_is(next, text));
}

static void
lines_end_in_a_newline_or_the_end(void)
{
	struct input in = given_text("");

	ends(&in);
	in = given_text("\n");
	line_is(&in, "");
	ends(&in);
	in = given_text("a\n\n b \r\nc");
	line_is(&in, "a");
	line_is(&in, "");
	line_is(&in, " b \r");
	line_is(&in, "c");
	ends(&in);
}

static void
lines_hold_any_byte(void)
{
	struct input in = input_of("\0\xff\n\0", 4);

	assert(input_line(&in) && in.line.n == 2);
	assert(memcmp(in.line.p, "\0\xff", 2) == 0);
	assert(input_line(&in) && in.line.n == 1 && in.line.p[0] == '\0');
	ends(&in);
}

static void
a_look_ahead_steps_nowhere(void)
{
	struct input in = given_text("a\nbb\n\nccc");

	next_is(&in, "a");
	line_is(&in, "a");
	next_is(&in, "bb");
	assert(str_is(in.line, "a") && in.no == 1);
	line_is(&in, "bb");
	next_is(&in, "");
	line_is(&in, "");
	next_is(&in, "ccc");
	line_is(&in, "ccc");
	ends(&in);
}

static void
lines_are_joined_with_their_newlines(void)
{
	struct input in = given_text("a\nbb\n\nccc");

	line_is(&in, "a");
	next_is(&in, "bb");
	input_join(&in);
	assert(str_is(in.line, "a\nbb") && in.no == 2);
	next_is(&in, "");
	input_join(&in);
	assert(str_is(in.line, "a\nbb\n") && in.no == 3);
	next_is(&in, "ccc");
	assert(str_is(in.line, "a\nbb\n"));
	input_join(&in);
	assert(str_is(in.line, "a\nbb\n\nccc") && in.no == 4 && !in.cut);
	ends(&in);
}

/* Here the buffer has to move for the look ahead. */
static void
the_present_line_moves_along(void)
{
	enum { SIZE = 1 << 19 };
	char *p = malloc(SIZE);
	struct str next;
	struct input in;

	assert(p != NULL);
	memset(p, 'x', SIZE);
	memcpy(p, "first\nsecond\n", 13);
	in = input_of(p, SIZE);
	line_is(&in, "first");
	line_is(&in, "second");
	assert(input_peek(&in, &next) && next.p[0] == 'x');
	assert(str_is(in.line, "second") && in.no == 2);
	input_join(&in);
	assert(in.line.n == SIZE - 6);
	assert(memcmp(in.line.p, p + 6, SIZE - 6) == 0);
	ends(&in);
	free(p);
}

/* A newline on each side of each edge of each buffer. */
static void
lines_cross_the_edges_of_buffers(void)
{
	enum { EDGE = 1 << 16, SIZE = 5 * EDGE };
	char *p = malloc(SIZE);

	assert(p != NULL);
	for (size_t at = EDGE; at < SIZE; at += EDGE) {
		for (size_t i = at - 2; i <= at + 2; i++) {
			struct input in;
			struct str next;

			memset(p, 'x', SIZE);
			p[0] = p[i] = '\n';
			in = input_of(p, SIZE);
			line_is(&in, "");
			assert(input_peek(&in, &next) && next.p[0] == 'x');
			assert(input_line(&in) && in.line.n == i - 1);
			assert(memchr(in.line.p, '\n', in.line.n) == NULL);
			assert(input_line(&in) && in.line.n == SIZE - i - 1);
			assert(memchr(in.line.p, '\n', in.line.n) == NULL);
			ends(&in);
		}
	}
	free(p);
}

/* Text of a, b, ... of these lengths, each with a newline behind it. */
static char *
long_lines(const size_t *n, size_t lines, size_t *size)
{
	char *text, *p;

	*size = lines;
	for (size_t i = 0; i < lines; i++)
		*size += n[i];
	text = p = malloc(*size);
	assert(p != NULL);
	for (size_t i = 0; i < lines; i++) {
		memset(p, 'a' + (int)i, n[i]);
		p += n[i];
		*p++ = '\n';
	}
	return text;
}

static void
lines_have_a_limit(void)
{
	static const size_t n[] = { 3, MAX - 1, MAX, MAX + 1, 0, 8 * MAX, 2,
		MAX + 200000, 2 * MAX, 1 };
	enum { LINES = sizeof(n) / sizeof(n[0]) };
	size_t size;
	char *text = long_lines(n, LINES, &size);

	for (size_t end = 0; end < 2; end++) { /* with the last newline, or */
		struct input in = input_of(text, size - end);

		for (size_t i = 0; i < LINES; i++) {
			size_t kept = n[i] < MAX ? n[i] : MAX;

			assert(input_line(&in) && in.no == i + 1);
			assert(in.line.n == kept && in.cut == (n[i] > MAX));
			for (size_t k = 0; k < kept; k++)
				assert(in.line.p[k] == 'a' + (int)i);
		}
		ends(&in);
	}
	free(text);
}

/* Joins pairs; what they are together is cut as one line would be. */
/* Whatever the size of what comes at a time. */
static void
several_lines_are_shown_and_nothing_is_taken(void)
{
	struct input in = given_text("a\n\nbc\nd");
	struct str next;

	line_is(&in, "a");
	next_is(&in, "");
	assert(input_peek(&in, &next) && input_peek_on(&in, &next));
	assert(str_is(next, "\nbc") && str_is(in.line, "a"));
	assert(input_peek_on(&in, &next) && str_is(next, "\nbc\nd"));
	assert(!input_peek_on(&in, &next));
	assert(input_peek(&in, &next) && input_peek_on(&in, &next));
	input_join(&in);
	input_join(&in);
	assert(str_is(in.line, "a\n\nbc") && in.no == 3);
	next_is(&in, "d");
	assert(!input_peek_on(&in, &next));
	line_is(&in, "d");
	ends(&in);

	in = given_text("a\nb\n");
	line_is(&in, "a");
	next_is(&in, "b");
	assert(input_peek(&in, &next) && !input_peek_on(&in, &next));
	line_is(&in, "b");
	ends(&in);
}

/* Up to the edge of the buffer, which then moves, and beyond. */
static void
lines_that_are_shown_have_a_limit(void)
{
	for (size_t n = 131060; n < 131080; n++) {
		const size_t lines[3] = { n, 2, n };
		struct str next;
		struct input in;
		size_t size;
		char *text = long_lines(lines, 3, &size);

		in = input_of(text, size);
		assert(input_line(&in) && in.line.n == n);
		assert(input_peek(&in, &next) && next.n == 2);
		if (input_peek_on(&in, &next)) {
			assert(next.n == n + 3 && n + 3 <= 1 << 17);
			assert(memcmp(next.p, text + n + 1, next.n) == 0);
		} else {
			assert(n + 3 > 1 << 17);
		}
		assert(memcmp(in.line.p, text, n) == 0);
		assert(input_line(&in) && in.line.n == 2);
		assert(input_line(&in) && in.line.n == n);
		ends(&in);
		free(text);
	}
}

/* Behind a short line too, and the memory has one as well. */
static void
a_line_that_is_too_long_is_not_shown(void)
{
	const size_t lines[4] = { 5, 2, 5 * MAX, 7 };
	struct str next;
	struct input in;
	size_t size;
	char *text = long_lines(lines, 4, &size);

	in = input_of(text, size);
	assert(input_line(&in) && input_peek(&in, &next));
	assert(!input_peek_on(&in, &next) && in.cap <= MEMORY);
	assert(memcmp(in.line.p, text, 5) == 0);
	assert(input_line(&in) && in.line.n == 2);
	assert(input_line(&in) && in.line.n == MAX && in.cut);
	assert(input_line(&in) && in.line.n == 7 && !in.cut);
	ends(&in);
	free(text);
}

static void
joined_lines_have_the_limit_too(void)
{
	static const size_t n[][3] = {
		{ MAX / 2, MAX / 2, 5 },
		{ MAX / 2, MAX / 2 - 1, 5 },
		{ MAX, 0, 5 },
		{ MAX, 7, 5 },
		{ MAX - 1, 0, 5 },
		{ 1, MAX, 5 },
		{ 1, 5 * MAX, 5 },
		{ 3 * MAX, 3 * MAX, 5 },
		{ MAX + 1, 0, 5 },
		{ MAX + 9, 9, MAX },
	};

	for (size_t i = 0; i < sizeof(n) / sizeof(n[0]); i++) {
		size_t size, whole = n[i][0] + 1 + n[i][1];
		char *text = long_lines(n[i], 3, &size);
		struct input in = input_of(text, size);
		struct str next;

		assert(input_line(&in) && input_peek(&in, &next));
		assert(memchr(next.p, 'a', next.n) == NULL);
		input_join(&in);
		assert(in.no == 2 && in.cut == (whole > MAX));
		assert(in.line.n == (whole > MAX ? MAX : whole));
		assert(memcmp(in.line.p, text, in.line.n) == 0);
		assert(input_peek(&in, &next));
		assert(next.n > 0 && memchr(next.p, 'b', next.n) == NULL);
		assert(memcmp(in.line.p, text, in.line.n) == 0);
		assert(input_line(&in) && in.line.n == n[i][2] && !in.cut);
		ends(&in);
		free(text);
	}
}

/* Of a long line, input_peek may show a part; nothing of it is lost. */
static void
a_long_line_that_was_shown_comes_whole(void)
{
	static const size_t n[] = { MAX, MAX, 2 * MAX, MAX };
	size_t size;
	char *text = long_lines(n, 4, &size);
	struct input in = input_of(text, size);

	for (size_t i = 0; i < 4; i++) {
		struct str next;

		assert(input_peek(&in, &next) && next.n >= 65536);
		for (size_t k = 0; k < next.n; k++)
			assert(next.p[k] == 'a' + (int)i);
		assert(input_line(&in) && in.line.n == MAX);
		assert(in.cut == (n[i] > MAX));
		assert(in.line.p[MAX - 1] == 'a' + (int)i);
	}
	ends(&in);
	free(text);
}

/* 10,000 lines, written in pieces of growing size. */
static void
pipes_give_the_same_lines(void)
{
	struct input in;
	int fd[2];
	pid_t child;

	assert(pipe(fd) == 0);
	child = fork();
	assert(child >= 0);
	if (child == 0) {
		char text[10000 * 6 + 1];

		for (size_t i = 0; i < 10000; i++)
			snprintf(text + i * 6, 7, "l%04zu\n", i);
		for (size_t i = 0, n = 1; i < sizeof(text) - 1; i += n++) {
			if (n > sizeof(text) - 1 - i)
				n = sizeof(text) - 1 - i;
			if (write(fd[1], text + i, n) != (ssize_t)n)
				_exit(1);
		}
		_exit(0);
	}
	close(fd[1]);
	assert(dup2(fd[0], STDIN_FILENO) == STDIN_FILENO);
	close(fd[0]);
	assert(input_open(&in, "-") == 0);
	for (size_t i = 0; i < 10000; i++) {
		char text[8];

		snprintf(text, sizeof(text), "l%04zu", i);
		line_is(&in, text);
	}
	assert(input_at(&in) == 60000 && input_size(&in) == 0);
	ends(&in);
	assert(fcntl(STDIN_FILENO, F_GETFD) >= 0); /* it stays open */
	assert(waitpid(child, NULL, 0) == child);
}

static void
flushes_its_tie_before_it_waits(void)
{
	struct output out;
	struct input in;
	int from[2], to[2];
	char path[32], c[3];

	assert(pipe(from) == 0 && pipe2(to, O_NONBLOCK) == 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", from[0]);
	assert(input_open(&in, path) == 0);
	close(from[0]);
	output_on(&out, to[1], "tie");
	in.tie = &out;

	assert(write(from[1], "1\n2\n", 4) == 4);
	line_is(&in, "1");
	output_text(&out, "a");
	line_is(&in, "2"); /* was there: no need to wait */
	assert(read(to[0], c, 3) == -1 && errno == EAGAIN);
	output_text(&out, "b");
	close(from[1]);
	assert(!input_line(&in));
	assert(read(to[0], c, 3) == 2 && memcmp(c, "ab", 2) == 0);
	input_close(&in);
	assert(output_close(&out) == 0);
	close(to[0]);
}

static void
flushes_its_tie_before_it_waits_for_bytes(void)
{
	struct output out;
	struct input in;
	int from[2], to[2];
	char path[32], c[3];

	assert(pipe(from) == 0 && pipe2(to, O_NONBLOCK) == 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", from[0]);
	assert(input_open(&in, path) == 0);
	close(from[0]);
	output_on(&out, to[1], "tie");
	in.tie = &out;
	assert(write(from[1], "12", 2) == 2);
	assert(str_is(input_beginning(&in, 1), "1"));
	output_text(&out, "a");
	assert(input_read(&in, c, 1) == 1 && input_read(&in, c, 3) == 1);
	assert(read(to[0], c, 3) == -1 && errno == EAGAIN);
	close(from[1]);
	assert(input_read(&in, c, 3) == 0);
	assert(read(to[0], c, 3) == 1 && c[0] == 'a');
	input_close(&in);
	assert(output_close(&out) == 0);
	close(to[0]);
}

static void
ends_quietly_where_nobody_listens(void)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct input in = given_text("1\n2");
	struct output out;

	assert(fd >= 0);
	output_on(&out, fd, "full");
	in.tie = &out;
	line_is(&in, "1");
	output_text(&out, "a");
	assert(!input_line(&in) && !input_line(&in));
	assert(in.why == NULL && in.err == 0 && out.err == ENOSPC);
	input_close(&in);
	assert(output_close(&out) == -1);
}

/* A text of n bytes in which no two places look the same. */
static char *
counting(size_t n)
{
	char *p = malloc(n + 9);

	assert(p != NULL);
	for (size_t i = 0; i < n; i += 8)
		snprintf(p + i, 9, "%07u\n", (unsigned)(i / 8) % 10000000);
	return p;
}

static void
shows_its_beginning_and_takes_nothing(void)
{
	enum { SIZE = 200000 };
	char *p = counting(SIZE);
	struct input in = input_of(p, SIZE);
	static const size_t n[] = { 1, 16, 15, INPUT_BEGINNING, 3 };

	for (size_t i = 0; i < sizeof(n) / sizeof(n[0]); i++) {
		struct str s = input_beginning(&in, n[i]);

		assert(s.n == n[i] && memcmp(s.p, p, n[i]) == 0);
	}
	assert(in.cap <= 1 << 17);
	line_is(&in, "0000000");
	next_is(&in, "0000001");
	line_is(&in, "0000001");
	input_close(&in);

	in = given_text("ab");
	assert(str_is(input_beginning(&in, 16), "ab"));
	assert(str_is(input_beginning(&in, 1), "a"));
	line_is(&in, "ab");
	ends(&in);
	in = given_text("");
	assert(input_beginning(&in, 16).n == 0);
	ends(&in);
	free(p);
}

/* Reads all in pieces of that size. */
static void
read_is(struct input *in, const char *text, size_t size, size_t piece)
{
	char *to = malloc(piece);
	size_t done = 0, n;

	assert(to != NULL);
	while ((n = input_read(in, to, piece)) > 0) {
		assert(n <= piece && n <= size - done);
		assert(memcmp(to, text + done, n) == 0);
		done += n;
	}
	assert(done == size && input_read(in, to, piece) == 0);
	free(to);
}

static void
bytes_are_read_once_and_in_order(void)
{
	enum { SIZE = 500000 };
	static const size_t piece[] = { 997, 4096, 1 << 16, 3 << 16, SIZE,
		SIZE + 1 };
	char *p = counting(SIZE), *packed = malloc(SIZE);
	size_t n = ZSTD_compress(packed, SIZE, p, SIZE, 1);

	assert(packed != NULL && !ZSTD_isError(n));
	for (size_t i = 0; i < sizeof(piece) / sizeof(piece[0]); i++) {
		struct input in = input_of(p, SIZE);

		assert(i % 2 == 0 || input_beginning(&in, 70 * i).n == 70 * i);
		read_is(&in, p, SIZE, piece[i]);
		ends(&in);
		in = input_of(packed, n);
		assert(i % 2 == 0 || input_beginning(&in, 70 * i).n == 70 * i);
		read_is(&in, p, SIZE, piece[i]);
		ends(&in);
	}
	free(packed);
	free(p);
}

/* All that pread(2) gives of it. */
static void
file_is(struct input *in, const char *text, size_t size, bool own)
{
	uint64_t n = 1;
	int fd = input_file(in, "/tmp", &n);
	char *p = malloc(size + 1);
	struct stat st;

	assert(p != NULL && fd >= 0 && n == size && fstat(fd, &st) == 0);
	assert(fcntl(fd, F_GETFD) & FD_CLOEXEC || fd == STDIN_FILENO);
	assert(pread(fd, p, size + 1, 0) == (ssize_t)size);
	assert(memcmp(p, text, size) == 0);
	if (size > 9)
		assert(pread(fd, p, 9, (off_t)size - 9) == 9 &&
		    memcmp(p, text + size - 9, 9) == 0);
	assert((in->copy < 0) == own && (own || st.st_nlink == 0));
	input_close(in);
	if (fd != STDIN_FILENO)
		assert(fcntl(fd, F_GETFD) == -1 && errno == EBADF);
	free(p);
}

static void
a_file_is_its_own(void)
{
	enum { SIZE = 300000 };
	char *p = counting(SIZE);
	struct input in = input_of(p, SIZE);

	file_is(&in, p, SIZE, true);
	in = input_of(p, SIZE);
	assert(input_beginning(&in, 100).n == 100);
	assert(input_size(&in) == SIZE);
	file_is(&in, p, SIZE, true);
	free(p);
}

static void
what_is_packed_or_comes_through_a_pipe_is_copied(void)
{
	enum { SIZE = 300000, PIPE = 50000 };
	char *p = counting(SIZE), *packed = malloc(SIZE);
	size_t n = ZSTD_compress(packed, SIZE, p, SIZE, 1);
	struct input in;
	char path[32];
	int fd[2];

	assert(packed != NULL && !ZSTD_isError(n));
	in = input_of(packed, n);
	file_is(&in, p, SIZE, false);
	in = input_of(packed, n);
	assert(input_beginning(&in, 100).n == 100);
	file_is(&in, p, SIZE, false);

	assert(pipe(fd) == 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd[0]);
	assert(write(fd[1], p, PIPE) == PIPE);
	assert(input_open(&in, path) == 0);
	close(fd[0]);
	close(fd[1]);
	file_is(&in, p, PIPE, false);
	in = given_text("");
	file_is(&in, "", 0, false);
	free(packed);
	free(p);
}

/* Of a file on the standard input only what is not yet read counts. */
static void
the_standard_input_begins_where_it_stands(void)
{
	enum { SIZE = 300000 };
	char *p = counting(SIZE);
	int was = dup(STDIN_FILENO), fd = memfd_create("m", MFD_CLOEXEC);
	struct input in;

	assert(was >= 0 && fd >= 0 && write(fd, p, SIZE) == SIZE);
	assert(dup2(fd, STDIN_FILENO) == STDIN_FILENO);
	for (off_t from = 0; from <= 64; from += 8) {
		assert(lseek(fd, from, SEEK_SET) == from);
		assert(input_open(&in, "-") == 0);
		file_is(&in, p + from, (size_t)(SIZE - from), from == 0);
	}
	assert(dup2(was, STDIN_FILENO) == STDIN_FILENO);
	close(was);
	close(fd);
	free(p);
}

/* A file as it is can be gone through from any of its lines. */
static void
a_file_goes_on_at_another_place(void)
{
	struct input in = given_text("one\ntwo\nthree\nfour\n");
	uint64_t size;

	assert(input_plain(&in, &size) >= 0 && size == 19);
	assert(input_place(&in) == 0);
	line_is(&in, "one");
	next_is(&in, "two");
	assert(input_place(&in) == 4);
	input_seek(&in, 14, 3);
	assert(input_place(&in) == 14);
	line_is(&in, "four");
	assert(in.no == 4 && !input_line(&in) && in.why == NULL);
	input_seek(&in, 4, 1);
	line_is(&in, "two");
	assert(in.no == 2 && input_place(&in) == 8);
	input_seek(&in, 20, 9); /* it had so many bytes a while ago */
	assert(!input_line(&in) && in.no == 9);
	assert(strcmp(in.why, "became shorter while it was read") == 0);
	input_close(&in);
}

static void
what_is_packed_or_comes_through_a_pipe_has_no_places(void)
{
	static const char packed[] = "\x1f\x8b\x08\0\0\0\0\0\0\3\xcb\x48\xcd";
	struct input in = input_of(packed, sizeof(packed) - 1);
	uint64_t size;
	int end[2];
	char path[32];

	assert(input_plain(&in, &size) == -1);
	input_close(&in);
	assert(pipe(end) == 0 && write(end[1], "one\n", 4) == 4);
	close(end[1]);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", end[0]);
	assert(input_open(&in, path) == 0);
	close(end[0]);
	assert(input_plain(&in, &size) == -1);
	line_is(&in, "one");
	input_close(&in);
}

static void
a_piece_of_a_file_runs_dry(void)
{
	struct input in = given_text("one\ntwo\nthree\nfour\n");
	struct input piece = { .open = false };
	struct str next;
	uint64_t size;
	int fd = input_plain(&in, &size);

	assert(input_piece(&piece, fd, 4, 7) == 7); /* "two\nthr" */
	line_is(&piece, "two");
	assert(!piece.dry && piece.next == 4);
	assert(input_peek(&piece, &next) && str_is(next, "thr"));
	assert(piece.dry); /* there may be more of that line */
	assert(input_piece(&piece, fd, 0, 8) == 8);
	line_is(&piece, "one");
	line_is(&piece, "two");
	assert(piece.no == 2 && !piece.dry);
	assert(!input_line(&piece) && piece.dry);
	assert(input_piece(&piece, fd, 14, 100) == 5);
	line_is(&piece, "four");
	assert(input_piece(&piece, fd, 100, 100) == 0);
	assert(!input_line(&piece));
	assert(input_piece(&piece, -1, 0, 8) == -1 && errno == EBADF);
	input_close(&piece);
	line_is(&in, "one"); /* which is where it was */
	input_close(&in);
}

static void
a_copy_that_fails_is_told(void)
{
	static const char damaged[] = "\x1f\x8b\x08\0\0\0\0\0\0\3\xff\xff";
	static const char cut_off[] = "\x1f\x8b\x08\0\0\0\0\0\0\3\xcb\x48\xcd";
	struct input in = input_of(cut_off, sizeof(cut_off) - 1);
	uint64_t size;
	char c[8];
	int fd;

	assert(input_file(&in, "/nonexistent", &size) == -1);
	assert(in.why != NULL && in.err == ENOENT);
	input_close(&in);
	in = input_of(damaged, sizeof(damaged) - 1);
	assert(input_file(&in, "/tmp", &size) == -1);
	assert(strcmp(in.why, "compressed data is damaged") == 0);
	input_close(&in);
	assert(input_open(&in, "/") == 0);
	assert(input_file(&in, "/tmp", &size) == -1);
	assert(in.why != NULL && in.err == EISDIR);
	input_close(&in);

	/* What came before the end is there. */
	in = input_of(cut_off, sizeof(cut_off) - 1);
	fd = input_file(&in, "/tmp", &size);
	assert(fd >= 0 && size > 0 && size < 5);
	assert(strcmp(in.why, "compressed data ends early") == 0);
	assert(pread(fd, c, sizeof(c), 0) == (ssize_t)size);
	assert(memcmp(c, "hello", size) == 0);
	input_close(&in);
}

static void
errors_are_told(void)
{
	static const char cut_off[] = "\x1f\x8b\x08\0\0\0\0\0\0\3\xcb\x48\xcd";
	struct input in;

	assert(input_open(&in, "/nonexistent") == -1 && errno == ENOENT);
	assert(input_open(&in, "/") == 0 && in.open);
	assert(strcmp(in.name, "/") == 0);
	assert(!input_line(&in));
	assert(in.why != NULL && in.err == EISDIR);
	input_close(&in);
	input_close(&in);
	assert(in.why != NULL && in.err == EISDIR && !in.open);
	assert(strcmp(in.name, "/") == 0 && input_at(&in) == 0);

	in = input_of(cut_off, sizeof(cut_off) - 1);
	while (input_line(&in))
		assert(in.line.n <= 5 &&
		    memcmp("hello", in.line.p, in.line.n) == 0);
	assert(strcmp(in.why, "compressed data ends early") == 0);
	assert(in.err == 0);
	input_close(&in);
}

static void
tells_how_far_it_is(void)
{
	struct input in = given_text("a\nb\n");

	assert(input_at(&in) == 0 && input_size(&in) == 4);
	line_is(&in, "a");
	assert(input_at(&in) == 4);
	input_close(&in);
	assert(input_at(&in) == 0 && input_size(&in) == 0);
}

int
main(void)
{
	alarm(60);
	lines_end_in_a_newline_or_the_end();
	lines_hold_any_byte();
	a_look_ahead_steps_nowhere();
	lines_are_joined_with_their_newlines();
	the_present_line_moves_along();
	lines_cross_the_edges_of_buffers();
	lines_have_a_limit();
	several_lines_are_shown_and_nothing_is_taken();
	lines_that_are_shown_have_a_limit();
	a_line_that_is_too_long_is_not_shown();
	joined_lines_have_the_limit_too();
	a_long_line_that_was_shown_comes_whole();
	pipes_give_the_same_lines();
	flushes_its_tie_before_it_waits();
	flushes_its_tie_before_it_waits_for_bytes();
	ends_quietly_where_nobody_listens();
	shows_its_beginning_and_takes_nothing();
	bytes_are_read_once_and_in_order();
	a_file_is_its_own();
	what_is_packed_or_comes_through_a_pipe_is_copied();
	the_standard_input_begins_where_it_stands();
	a_file_goes_on_at_another_place();
	what_is_packed_or_comes_through_a_pipe_has_no_places();
	a_piece_of_a_file_runs_dry();
	a_copy_that_fails_is_told();
	errors_are_told();
	tells_how_far_it_is();
	return 0;
}
