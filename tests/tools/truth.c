/* SPDX-License-Identifier: MIT */
/*
 * truth -- write the records that scheduler events must become
 *
 *	truth [-n] [-u] <truth.tsv
 *
 * Reads what was decoded from the binary buffers by another program: a line
 * with the time in ns, the CPU, the event, common_pid, common_flags,
 * common_preempt_count and the event's fields, tabs between; in a name a byte
 * may be %XX.  Writes each as tk-record(5) has it, without task, which is not
 * known.  With -n without flags, with -u with the time in whole microseconds,
 * rounded half up as the kernel prints it.
 *
 * The letters of flags are those of trace_print_lat_fmt(), those of prev_state
 * of the event's own format (kernel/trace/trace_output.c and
 * include/trace/events/sched.h of Linux 6.18).
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 16, NAME_MAX_BYTES = 64 };

static const struct kind {
	const char *name, *key[8]; /* a key of a name ends in comm */
} kinds[] = {
	{ "sched_switch",
	    { "prev_comm", "prev_pid", "prev_prio", "prev_state", "next_comm",
		"next_pid", "next_prio", NULL } },
	{ "sched_wakeup", { "comm", "pid", "prio", "target_cpu", NULL } },
	{ "sched_wakeup_new", { "comm", "pid", "prio", "target_cpu", NULL } },
	{ "sched_migrate_task",
	    { "comm", "pid", "prio", "orig_cpu", "dest_cpu", NULL } },
};

static char
resched(unsigned flags)
{
	/* Bits 1: lazy, 2: need, 5: preempt. */
	static const char letter[] = ".lnbpLNB";

	return letter[(flags >> 1 & 3) | (flags >> 5 & 1) << 2];
}

static char
context(unsigned flags)
{
	bool hard = flags & 8, soft = flags & 16;

	if (flags & 64)
		return hard ? 'Z' : 'z';
	if (hard)
		return soft ? 'H' : 'h';
	return soft ? 's' : '.';
}

static char
depth(unsigned n)
{
	return ".123456789abcdef"[n];
}

static void
put_flags(unsigned flags, unsigned count)
{
	bool irqs = flags & 1, bottom = flags & 128;

	printf(",\"flags\":\"%c%c%c%c%c\"",
	    irqs         ? (bottom ? 'D' : 'd')
		: bottom ? 'b'
			 : '.',
	    resched(flags), context(flags), depth(count & 15),
	    depth(count >> 4 & 15));
}

static void
put_state(unsigned long state)
{
	static const char letter[] = "SDTtXZPI";
	const char *between = "";

	putchar('"');
	if ((state & 255) == 0)
		putchar('R');
	for (int i = 0; i < 8; i++)
		if (state >> i & 1) {
			printf("%s%c", between, letter[i]);
			between = "|";
		}
	fputs(state & 256 ? "+\"" : "\"", stdout);
}

/* Returns how many bytes a sequence of UTF-8 takes; 0: it is none. */
static size_t
sequence(const unsigned char *s, size_t n)
{
	static const unsigned long least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned long code;
	size_t size;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc0 || s[0] >= 0xf8)
		return 0;
	size = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (size > n)
		return 0;
	code = s[0] & (0x7f >> size);
	for (size_t i = 1; i < size; i++) {
		if (s[i] >> 6 != 2)
			return 0;
		code = code << 6 | (s[i] & 63);
	}
	if (code < least[size] || code > 0x10ffff || code >> 11 == 0x1b)
		return 0;
	return size;
}

static size_t
unescape(unsigned char *to, const char *from)
{
	size_t n = 0;

	for (; *from != '\0' && n < NAME_MAX_BYTES; from++) {
		char hex[3] = { from[0] == '%' ? from[1] : '\0' };

		if (hex[0] == '\0') {
			to[n++] = (unsigned char)*from;
			continue;
		}
		hex[1] = from[2];
		to[n++] = (unsigned char)strtoul(hex, NULL, 16);
		from += 2;
	}
	return n;
}

static void
put_name(const char *text)
{
	unsigned char name[NAME_MAX_BYTES];
	size_t n = unescape(name, text), size;

	putchar('"');
	for (size_t i = 0; i < n; i += size) {
		size = sequence(name + i, n - i);
		if (size == 0)
			printf("\\\\x%02x", name[size++ + i]);
		else if (name[i] == '\\')
			fputs("\\\\\\\\", stdout);
		else if (name[i] == '"')
			fputs("\\\"", stdout);
		else if (name[i] < ' ')
			printf("\\u%04x", name[i]);
		else
			fwrite(name + i, size, 1, stdout);
	}
	putchar('"');
}

static bool
ends(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static int
put_record(char *const *column, bool flags, bool micro)
{
	size_t i = 0;
	uint64_t ts = strtoull(column[0], NULL, 10);
	const char *const *key;

	while (i < sizeof(kinds) / sizeof(*kinds) &&
	    strcmp(kinds[i].name, column[2]) != 0)
		i++;
	if (i == sizeof(kinds) / sizeof(*kinds))
		return -1;
	if (micro)
		ts = (ts + 500) / 1000 * 1000;
	printf("{\"type\":\"%s\",\"ts\":%" PRIu64 ",\"cpu\":%s,\"tid\":%s",
	    column[2], ts, column[1], column[3]);
	if (flags)
		put_flags((unsigned)strtoul(column[4], NULL, 10),
		    (unsigned)strtoul(column[5], NULL, 10));
	key = kinds[i].key;
	for (char *const *value = column + 6; *key != NULL; key++, value++) {
		printf(",\"%s\":", *key);
		if (ends(*key, "comm"))
			put_name(*value);
		else if (ends(*key, "state"))
			put_state(strtoul(*value, NULL, 10));
		else
			fputs(*value, stdout);
	}
	puts("}");
	return 0;
}

int
main(int argc, char *argv[])
{
	bool flags = true, micro = false;
	char *line = NULL, empty[] = "";
	size_t cap = 0;
	int c;

	while ((c = getopt(argc, argv, "nu")) != -1) {
		flags = flags && c != 'n';
		micro = micro || c == 'u';
	}
	while (getline(&line, &cap, stdin) > 0) {
		char *column[COLUMNS], *rest = line;

		line[strcspn(line, "\n")] = '\0';
		for (int i = 0; i < COLUMNS; i++)
			column[i] = rest != NULL ? strsep(&rest, "\t") : empty;
		if (put_record(column, flags, micro) < 0)
			return 1;
	}
	free(line);
	return ferror(stdin) || fflush(stdout) != 0;
}
