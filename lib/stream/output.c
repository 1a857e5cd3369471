/* SPDX-License-Identifier: MIT */
#include "stream/output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

enum { BUFFER = 1 << 16 };

void
output_on(struct output *out, int fd, const char *name)
{
	*out = (struct output){ .name = name, .fd = fd };
	out->buf = mem_grow(NULL, &out->cap, BUFFER, 1);
}

void
output_in_memory(struct output *out)
{
	output_on(out, -1, "memory");
}

int
output_nameless(const char *dir)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/tracekit-XXXXXX", dir);
	int fd;

	if (n < 0 || (size_t)n >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

int
output_open(struct output *out, const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0)
		return -1;
	output_on(out, fd, path);
	return 0;
}

static void
write_all(struct output *out, const char *p, size_t n)
{
	size_t done = 0;

	while (out->err == 0 && done < n) {
		ssize_t w = write(out->fd, p + done, n - done);

		if (w >= 0)
			done += (size_t)w;
		else if (errno != EINTR)
			out->err = errno;
	}
	out->bytes += done;
}

int
output_flush(struct output *out)
{
	if (out->fd < 0)
		return 0;
	write_all(out, out->buf, out->n);
	out->n = 0;
	return out->err == 0 ? 0 : -1;
}

void
output_pass(struct output *out, const char *p, size_t n)
{
	if (out->fd < 0 || n < BUFFER) {
		output_put(out, p, n);
		return;
	}
	output_flush(out);
	write_all(out, p, n);
}

char *
output_room_slow(struct output *out, size_t n)
{
	output_flush(out);
	out->buf = mem_grow(out->buf, &out->cap, out->n + n, 1);
	return out->buf + out->n;
}

void
output_in_line(struct output *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\n')
			output_text(out, "\\x0a");
		else
			output_byte(out, s.p[i]);
}

void
output_u64(struct output *out, uint64_t v)
{
	output_used(out, num_put(output_room(out, NUM_TEXT), v));
}

void
output_s64(struct output *out, int64_t v)
{
	output_used(out, num_put_signed(output_room(out, NUM_TEXT), v));
}

void
output_printf(struct output *out, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0) {
		vsnprintf(output_room(out, (size_t)n + 1), (size_t)n + 1, fmt,
		    again);
		output_used(out, (size_t)n);
	}
	va_end(again);
}

int
output_close(struct output *out)
{
	output_flush(out);
	if (out->fd >= 0 && close(out->fd) < 0 && out->err == 0)
		out->err = errno;
	free(out->buf);
	out->buf = NULL;
	out->n = out->cap = 0;
	errno = out->err;
	return out->err == 0 ? 0 : -1;
}
