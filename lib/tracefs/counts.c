/* SPDX-License-Identifier: MIT */
#include "tracefs/counts.h"

#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <unistd.h>

#include "base/num.h"

static const struct {
	const char *name;
	size_t at;
} numbers[] = {
	{ "entries", offsetof(struct counts, entries) },
	{ "overrun", offsetof(struct counts, overrun) },
	{ "commit overrun", offsetof(struct counts, commit_overrun) },
	{ "dropped events", offsetof(struct counts, dropped) },
	{ "read events", offsetof(struct counts, read) },
};

/* Reads a time: s.uuuuuu, or the units of a clock that has no ns. */
static bool
read_time(struct str text, uint64_t *out)
{
	int64_t ns;

	if (memchr(text.p, '.', text.n) == NULL)
		return num_u64(text, out);
	if (!num_time(text, &ns) || ns < 0)
		return false;
	*out = (uint64_t)ns;
	return true;
}

/* Takes a line; true where it is the number of read events. */
static bool
take(struct counts *c, struct str name, struct str value)
{
	bool right = false;

	if (str_is(name, "oldest event ts"))
		read_time(value, &c->oldest);
	else if (str_is(name, "now ts") && read_time(value, &c->now))
		c->ticks = memchr(value.p, '.', value.n) == NULL;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (str_is(name, numbers[i].name))
			right = num_u64(value,
			    (uint64_t *)((char *)c + numbers[i].at));
	return right && str_is(name, "read events");
}

bool
counts_parse(struct counts *c, struct str text)
{
	struct str line;
	bool any = false;

	while (str_line(&text, &line)) {
		const char *colon = memchr(line.p, ':', line.n);
		struct str name;

		if (colon == NULL)
			continue;
		name = (struct str){ line.p, (size_t)(colon - line.p) };
		any |= take(c, name, str_trim(str_skip(line, name.n + 1)));
	}
	return any;
}

int
counts_read(struct counts *c, int fd)
{
	char text[1024];
	ssize_t n = pread(fd, text, sizeof(text), 0);

	if (n < 0)
		return -1;
	if (counts_parse(c, (struct str){ text, (size_t)n }))
		return 0;
	errno = EPROTO;
	return -1;
}

bool
counts_cpu(const char *name, int *cpu)
{
	struct str s = str_of(name);
	uint64_t n;

	if (!str_starts(s, "cpu") || !num_u64(str_skip(s, 3), &n) ||
	    n > INT_MAX)
		return false;
	*cpu = (int)n;
	return true;
}

uint64_t
counts_lost(const struct counts *c)
{
	return c->overrun + c->commit_overrun + c->dropped;
}
