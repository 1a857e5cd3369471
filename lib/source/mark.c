/* SPDX-License-Identifier: MIT */
#include "source/mark.h"

#include "base/num.h"

/* Reads the number that follows the text z in s, wherever z is in it. */
static bool
number_behind(struct str s, const char *z, uint64_t *out)
{
	const char *p = memmem(s.p, s.n, z, strlen(z));
	struct str digits;

	if (p == NULL)
		return false;
	digits.p = p + strlen(z);
	digits.n = 0;
	while (digits.p + digits.n < s.p + s.n && digits.p[digits.n] >= '0' &&
	    digits.p[digits.n] <= '9')
		digits.n++;
	return num_u64(digits, out);
}

/*
 * "# entries-in-buffer/entries-written: 2678/36000   #P:2": what was written
 * and is not in the buffer was overwritten before it was read.
 */
static struct mark
read_comment(struct str line)
{
	static const char entries[] = "# entries-in-buffer/entries-written: ";
	struct mark m = { .kind = MARK_COMMENT, .cpu = -1 };
	uint64_t held, written;

	if (str_starts(line, "# tracer:"))
		m.kind = MARK_OPENING;
	if (!str_starts(line, entries) || !number_behind(line, entries, &held))
		return m;
	m.kind = MARK_OPENING;
	number_behind(line, "#P:", &m.cpus);
	line = str_skip(line, strlen(entries));
	if (number_behind(line, "/", &written) && written > held &&
	    written - held <= INT64_MAX) {
		m.kind = MARK_LOST;
		m.count = (int64_t)(written - held);
	}
	return m;
}

/*
 * "CPU:1 [LOST 40 EVENTS]" of the kernel, "CPU:1 [350 EVENTS DROPPED]" or
 * "CPU:1 [EVENTS DROPPED]" of trace-cmd, which also prints "CPU:1 [SUBBUFFER
 * START]" and "CPU 1 is empty".
 */
static struct mark
read_cpu(struct str line)
{
	struct mark m = { .kind = MARK_NONE, .cpu = -1, .count = -1 };
	uint64_t cpu, count;

	if (number_behind(line, "CPU ", &cpu) &&
	    memmem(line.p, line.n, " is empty", 9) != NULL)
		m.kind = MARK_COMMENT;
	if (!number_behind(line, "CPU:", &cpu) || cpu > INT32_MAX)
		return m;
	m.cpu = (int)cpu;
	if (memmem(line.p, line.n, " [SUBBUFFER START]", 18) != NULL)
		m.kind = MARK_COMMENT;
	if (memmem(line.p, line.n, " EVENTS]", 8) == NULL &&
	    memmem(line.p, line.n, "EVENTS DROPPED]", 15) == NULL)
		return m;
	m.kind = MARK_LOST;
	if ((number_behind(line, "[LOST ", &count) ||
		number_behind(line, "[", &count)) &&
	    count <= INT64_MAX)
		m.count = (int64_t)count;
	return m;
}

/* " => do_wait", "=> do_wait (ffffffff8135fa50)": a line of a stack trace. */
static bool
is_caller(struct str rest)
{
	return str_starts(rest, "=> ");
}

/* "\tffffffff821facd8 __schedule+0x618 ([kernel.kallsyms])" of perf script. */
static bool
is_call(struct str line)
{
	size_t n = 1;

	if (line.n < 2 || line.p[0] != '\t')
		return false;
	while (n < line.n && line.p[n] == ' ')
		n++;
	if (n == line.n || num_hex_digit(line.p[n]) < 0)
		return false;
	while (n < line.n && num_hex_digit(line.p[n]) >= 0)
		n++;
	return n == line.n || line.p[n] == ' ';
}

/*
 * "cpus=2" or "version = 6", with the name of a file before it where there are
 * several.
 */
static bool
is_front(struct str rest)
{
	const char *p;

	if (str_starts(rest, "cpus=") || str_starts(rest, "version = "))
		return true;
	p = memmem(rest.p, rest.n, ": cpus=", 7);
	if (p == NULL)
		return false;
	for (p += strlen(": cpus="); p < rest.p + rest.n; p++)
		if (*p < '0' || *p > '9')
			return false;
	return true;
}

struct mark
mark_read(struct str line)
{
	struct mark m = { .kind = MARK_NONE, .cpu = -1, .count = -1 };
	struct str rest = str_trim(line);
	const char *cpu;

	if (rest.n == 0 || is_call(line) || is_caller(rest)) {
		m.kind = MARK_COMMENT;
		return m;
	}
	if (rest.p[0] == '#')
		return read_comment(rest);
	if (is_front(rest)) {
		m.kind = MARK_OPENING;
		number_behind(rest, "cpus=", &m.cpus);
		return m;
	}
	/* "Processed 9 events and lost 2 chunks!", of perf script. */
	if (str_starts(rest, "Processed ") &&
	    memmem(rest.p, rest.n, " and lost ", 10) != NULL) {
		m.kind = MARK_LOST;
		return m;
	}
	/* The name of an instance or a file may stand before it. */
	if ((cpu = memmem(rest.p, rest.n, "CPU", 3)) == NULL)
		return m;
	if (cpu > rest.p && (cpu[-1] != ' ' || cpu - rest.p > 128))
		return m;
	return read_cpu((struct str){ cpu, (size_t)(rest.p + rest.n - cpu) });
}
