/* SPDX-License-Identifier: MIT */
#include "source/header.h"

#include "base/word.h"
#include "source/scan.h"

enum {
	COMM_MAX = 15, /* TASK_COMM_LEN - 1 */
	FLAGS_MIN = 4, /* letters of the latency column */
	FLAGS_USUAL = 5,
	FLAGS_MAX = 8,
};

/* Reads "( 1234)" or "(-----)", if it is there. */
static const char *
take_tgid(const char *p, const char *end, int64_t *tgid)
{
	const char *close;

	*tgid = -1;
	if (p >= end || *p != '(')
		return p;
	close = memchr(p, ')', (size_t)(end - p));
	if (close == NULL)
		return NULL;
	p = scan_blanks(p + 1, close);
	if (*p != '-' && scan_number(p, close, tgid) != close)
		return NULL;
	return scan_blanks(close + 1, end);
}

/* Returns where the flags end that may begin here, which have dots, too. */
static inline const char *
flags_end(const char *p, const char *end)
{
	while (p < end && (*p == '.' || word_is(*p) || *p == '#'))
		p++;
	return p;
}

/* Reads the time and its colon. */
static const char *
take_time(const char *p, const char *end, struct header *h)
{
	struct scan_time time;

	if ((p = scan_time(p, end, &time)) == NULL)
		return NULL;
	h->ts = time.ts;
	h->nsec = time.nsec;
	return p;
}

/* Tells whether here is a time of report --raw-ts, which has no blank before.
 */
static bool
is_ticks(const char *p, const char *end)
{
	while (p < end && scan_is_digit(*p))
		p++;
	return p < end && *p == ':';
}

/*
 * Returns where the flags end that have a time of report -l --raw-ts behind
 * them, which is all digits, up to end: there are five, or, in older traces,
 * four.
 */
static const char *
glued_flags(const char *flags, const char *end)
{
	const char *p = end;

	while (p > flags && scan_is_digit(p[-1]))
		p--;
	if (end - flags > FLAGS_USUAL && p <= flags + FLAGS_USUAL)
		return flags + FLAGS_USUAL;
	return p <= flags + FLAGS_MIN ? flags + FLAGS_MIN : end;
}

/*
 * Reads "[001] d..2." or, as trace-cmd report -l has it, "1d..2.": the CPU
 * and the flags, of which there may be none.
 */
static const char *
take_cpu(const char *p, const char *end, struct header *h)
{
	bool bracket = p < end && *p == '[';
	const char *flags;
	int64_t cpu;

	if ((p = scan_number(p + bracket, end, &cpu)) == NULL || cpu > 1 << 20)
		return NULL;
	h->cpu = (int)cpu;
	if (bracket && (p >= end || *p++ != ']' || p >= end))
		return NULL;
	if (bracket && *p != ' ' && !is_ticks(p, end))
		return NULL;
	flags = p = bracket ? scan_blanks(p, end) : p;
	h->flags = (struct str){ NULL, 0 };
	if (bracket && p < end && scan_is_digit(*p))
		return p; /* no flags: this is the time */
	p = flags_end(p, end);
	if (!bracket && p < end && *p == ':')
		p = glued_flags(flags, p);
	if (p - flags < FLAGS_MIN || p - flags > FLAGS_MAX || p >= end ||
	    (*p != ' ' && bracket))
		return NULL;
	h->flags = (struct str){ flags, (size_t)(p - flags) };
	return scan_blanks(p, end);
}

/* Puts together the name of a system call's event out of the kernel's text. */
static struct str
syscall_name(struct str call, const char *which, char name[HEADER_NAME_MAX])
{
	size_t n = strlen(which);

	call = str_skip(call, strlen("sys_"));
	if (n + call.n > HEADER_NAME_MAX)
		return (struct str){ NULL, 0 };
	memcpy(name, which, n);
	memcpy(name + n, call.p, call.n);
	return (struct str){ name, n + call.n };
}

/* Passes over "(+3) ", the difference that report --ts-diff prints. */
static const char *
skip_difference(const char *p, const char *end)
{
	const char *behind = p;
	int64_t number;

	if (end - p > 2 && memcmp(p, "(+", 2) == 0 &&
	    (behind = scan_number(p + 2, end, &number)) != NULL &&
	    behind < end && *behind == ')')
		return scan_blanks(behind + 1, end);
	return p;
}

/*
 * Takes the kernel's own text of what other tracers than that of events write:
 * "schedule <-do_wait" of function, and "<stack trace>", of which the lines
 * below it say more.
 */
static bool
take_other(const char *p, const char *end, struct header *h)
{
	struct str rest = { p, (size_t)(end - p) };

	h->gap = 1;
	h->body = (struct str){ end, 0 };
	if (str_is(str_trim(rest), "<stack trace>")) {
		h->name = str_of("kernel_stack");
	} else if (str_is(str_trim(rest), "<user stack trace>")) {
		h->name = str_of("user_stack");
	} else if (rest.n > 0 && *p != ' ' &&
	    memmem(p, rest.n, " <-", 3) != NULL) {
		h->name = str_of("function");
		h->body = rest;
	} else {
		return false;
	}
	return true;
}

/*
 * What was written to trace_marker is the event print: trace-cmd says so,
 * and puts the name of the kernel's function before the text; the kernel puts
 * that name there instead.  Blanks before the text are part of it.
 */
static void
take_marker(const char *p, const char *end, struct header *h)
{
	const char *colon;

	if (h->name.n == strlen("tracing_mark_write")) {
		h->name = str_of("print");
		p -= h->gap > 0 ? h->gap - 1 : 0;
	} else if ((colon = memchr(p, ':', (size_t)(end - p))) != NULL &&
	    end - colon > 1 && colon[1] == ' ' &&
	    memchr(p, ' ', (size_t)(colon - p)) == NULL) {
		p = colon + 2;
	}
	h->body = (struct str){ p, (size_t)(end - p) };
}

/* Reads the event's name and finds its body. */
static bool
take_event(const char *p, const char *end, struct header *h, char *name)
{
	const char *front, *start;

	if (p < end && *p == '(')
		p = skip_difference(p, end);
	front = start = p;
	p = scan_word(p, end);
	h->name = (struct str){ start, (size_t)(p - start) };
	if (p >= end || (h->name.n == 0 && *p != '<'))
		return false;
	if (*p == ':') {
		start = p + 1;
	} else if (*p == '(' && str_starts(h->name, "sys_")) {
		h->name = syscall_name(h->name, "sys_enter_", name);
		start = p + 1;
	} else if (end - p > 4 && memcmp(p, " -> ", 4) == 0 &&
	    str_starts(h->name, "sys_")) {
		h->name = syscall_name(h->name, "sys_exit_", name);
		start = p + 4;
	} else {
		return take_other(front, end, h);
	}
	p = scan_blanks(start, end);
	h->gap = (size_t)(p - start);
	h->body = (struct str){ p, (size_t)(end - p) };
	if (str_is(h->name, "print") || str_is(h->name, "tracing_mark_write"))
		take_marker(p, end, h);
	return h->name.p != NULL;
}

/*
 * Reads the front of most lines, from the dash up to the event, "-892
 * [001] d..2.  1125.525591: ", which take_rest would read so, too; NULL
 * where a line is of another form.
 */
static inline const char *
take_usual(const char *p, const char *end, struct header *h)
{
	enum { FRONT = 24 }; /* "[001] d..2. 1125.525591:", its time apart */
	uint64_t tid, cpu, sec, micro;

	if (end - p < 2 * FRONT || (p = scan_few_digits(p + 1, &tid)) == NULL)
		return NULL;
	p = *p == ' ' ? scan_blanks(p, end) : end;
	if (end - p < 2 * FRONT || p[0] != '[' || p[4] != ']' || p[5] != ' ' ||
	    !num_digits(p + 1, 3, &cpu) || scan_is_digit(p[6]) ||
	    flags_end(p + 6, p + 11) != p + 11 || p[11] != ' ')
		return NULL;
	h->flags = (struct str){ p + 6, FLAGS_USUAL };
	p = scan_blanks(p + 12, end);
	if (end - p < FRONT || (p = scan_few_digits(p, &sec)) == NULL ||
	    p[0] != '.' || p[7] != ':' || !num_digits(p + 1, 6, &micro))
		return NULL;
	h->tid = (int64_t)tid;
	h->tgid = -1;
	h->cpu = (int)cpu;
	h->ts = (int64_t)(sec * 1000000000 + micro * 1000);
	h->nsec = false;
	return p + 8;
}

/* Reads all that follows the comm; p is at the dash. */
static bool
take_rest(const char *p, const char *end, struct header *h, char *name)
{
	const char *event;

	if (p < end && *p == '-' && (event = take_usual(p, end, h)) != NULL)
		return take_event(scan_blanks(event, end), end, h, name);
	if (p >= end || *p != '-')
		return false;
	if ((p = scan_number(p + 1, end, &h->tid)) == NULL)
		return false;
	if (p >= end || *p != ' ')
		return false;
	p = scan_blanks(p, end);
	if ((p = take_tgid(p, end, &h->tgid)) == NULL)
		return false;
	if ((p = take_cpu(p, end, h)) == NULL)
		return false;
	if ((p = take_time(p, end, h)) == NULL)
		return false;
	return take_event(scan_blanks(p, end), end, h, name);
}

bool
header_parse_padded(struct header *h, struct str line,
    char name[HEADER_NAME_MAX])
{
	const char *dash = line.p + HEADER_COMM_WIDTH, *p;

	if (line.n <= HEADER_COMM_WIDTH || *dash != '-' ||
	    !take_rest(dash, line.p + line.n, h, name))
		return false;
	p = scan_blanks(line.p, dash);
	h->task = (struct str){ p, (size_t)(dash - p) };
	return true;
}

/* Reads a line without a prefix, padded or stripped. */
static bool
parse_plain(struct header *h, struct str line, char *name)
{
	const char *end = line.p + line.n, *p = line.p;

	if (header_parse_padded(h, line, name))
		return true;
	p = scan_blanks(p, end);
	for (const char *dash = end - p > COMM_MAX ? p + COMM_MAX + 1 : end;
	     (dash = memrchr(p, '-', (size_t)(dash - p))) != NULL;) {
		if (take_rest(dash, end, h, name)) {
			h->task = (struct str){ p, (size_t)(dash - p) };
			return true;
		}
	}
	return false;
}

/* Finds a prefix that ends in ": " and has a header behind it. */
static bool
find_prefix(struct header *h, struct header_prefix *prefix, struct str line,
    char *name)
{
	size_t max = sizeof(prefix->bytes);

	for (size_t n = 1; n < line.n && n < max; n++) {
		if (line.p[n - 1] != ':' || line.p[n] != ' ')
			continue;
		if (!parse_plain(h, str_skip(line, n + 1), name))
			continue;
		memcpy(prefix->bytes, line.p, n + 1);
		prefix->n = n + 1;
		return true;
	}
	return false;
}

bool
header_parse(struct header *h, struct header_prefix *prefix, struct str line,
    char name[HEADER_NAME_MAX])
{
	if (prefix->n > 0 && line.n > prefix->n &&
	    memcmp(line.p, prefix->bytes, prefix->n) == 0 &&
	    parse_plain(h, str_skip(line, prefix->n), name))
		return true;
	if (parse_plain(h, line, name))
		return true;
	return find_prefix(h, prefix, line, name);
}
