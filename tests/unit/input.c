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
#include <sys/wait.h>
#include <unistd.h>

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
	joined_lines_have_the_limit_too();
	a_long_line_that_was_shown_comes_whole();
	pipes_give_the_same_lines();
	flushes_its_tie_before_it_waits();
	ends_quietly_where_nobody_listens();
	errors_are_told();
	tells_how_far_it_is();
	return 0;
}
