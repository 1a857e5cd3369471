/* SPDX-License-Identifier: MIT */
#include "energy/reading.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/num.h"

enum { NUMBER_TEXT = 128 };

static bool
is_white(char c)
{
	return str_is_blank(c) || c == '\n' || c == '\v' || c == '\f';
}

struct str
reading_trim(struct str s)
{
	while (s.n > 0 && is_white(s.p[0]))
		s = str_skip(s, 1);
	while (s.n > 0 && is_white(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
reading_parse(struct str text, uint64_t *v)
{
	return num_u64(reading_trim(text), v);
}

ssize_t
reading_text(int folder, const char *path, int flags, char *text, size_t size)
{
	int fd, error;
	ssize_t n;

	fd = openat(folder, path,
	    flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return -1;
	do
		n = read(fd, text, size);
	while (n < 0 && errno == EINTR);
	error = errno;
	close(fd);
	errno = error;
	return n;
}

bool
reading_number(int folder, const char *path, int flags, uint64_t *v, bool *raw)
{
	char text[NUMBER_TEXT];
	ssize_t n = reading_text(folder, path, flags, text, sizeof(text));

	if (n < 0)
		return false;
	errno = n == 0 ? ENODATA : EINVAL;
	if (n == 0 || n == sizeof(text) ||
	    !reading_parse((struct str){ text, (size_t)n }, v))
		return false;
	*raw = text[n - 1] != '\n';
	return true;
}
