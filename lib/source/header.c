/* SPDX-License-Identifier: MIT */
#include "source/header.h"

#include "base/num.h"
#include "base/word.h"

enum {
	COMM_MAX = 15,   /* TASK_COMM_LEN - 1 */
	COMM_WIDTH = 16, /* to which the kernel pads it */
	DIGITS_MAX = 18, /* fit any int64_t */
};

static inline bool
is_digit(char c)
{
	return (unsigned char)c - (unsigned)'0' <= 9;
}

/* Reads digits from p up to end; returns behind them, or NULL if none. */
static const char *
take_number(const char *p, const char *end, int64_t *out)
{
	const char *start = p, *limit = end;
	int64_t v = 0;

	if (end - p > DIGITS_MAX)
		limit = p + DIGITS_MAX;
	while (p < limit && is_digit(*p))
		v = v * 10 + (*p++ - '0');
	if (p == start || (p == limit && p < end && is_digit(*p)))
		return NULL;
	*out = v;
	return p;
}

static inline const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

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
	p = skip_blanks(p + 1, close);
	if (*p != '-' && take_number(p, close, tgid) != close)
		return NULL;
	return skip_blanks(close + 1, end);
}

static bool
is_flag(char c)
{
	return word_is(c) || c == '.' || c == '#';
}

/*
 * Reads a time of six places, as most are, and its colon; NULL if it is of
 * another form.
 */
static const char *
take_microseconds(const char *p, const char *end, struct header *h)
{
	int64_t sec;
	uint64_t micro;

	if ((p = take_number(p, end, &sec)) == NULL || end - p < 9 ||
	    p[0] != '.' || p[7] != ':' || !num_digits(p + 1, 6, &micro) ||
	    sec >= INT64_MAX / 1000000000)
		return NULL;
	h->ts = sec * 1000000000 + (int64_t)micro * 1000;
	h->nsec = false;
	return p + 8;
}

/* Reads the time and its colon. */
static const char *
take_time(const char *p, const char *end, struct header *h)
{
	const char *behind = take_microseconds(p, end, h), *colon = p;

	if (behind != NULL)
		return behind;
	while (colon < end && (is_digit(*colon) || *colon == '.'))
		colon++;
	if (colon == end || *colon != ':' ||
	    !num_time((struct str){ p, (size_t)(colon - p) }, &h->ts))
		return NULL;
	h->nsec = colon - p > 10 && colon[-10] == '.';
	return colon + 1;
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

	if ((p = take_number(p + bracket, end, &cpu)) == NULL || cpu > 1 << 20)
		return NULL;
	h->cpu = (int)cpu;
	if (bracket && (p >= end || *p++ != ']' || p >= end || *p != ' '))
		return NULL;
	flags = p = bracket ? skip_blanks(p, end) : p;
	h->flags = (struct str){ NULL, 0 };
	if (bracket && p < end && is_digit(*p))
		return p; /* no flags: this is the time */
	while (p < end && is_flag(*p))
		p++;
	if (p - flags < 4 || p - flags > 8 || p >= end || *p != ' ')
		return NULL;
	h->flags = (struct str){ flags, (size_t)(p - flags) };
	return skip_blanks(p, end);
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

/* Reads the event's name and finds its body. */
static bool
take_event(const char *p, const char *end, struct header *h, char *name)
{
	const char *start = p;

	while (p < end && word_is(*p))
		p++;
	h->name = (struct str){ start, (size_t)(p - start) };
	if (h->name.n == 0 || p >= end)
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
		return false;
	}
	p = skip_blanks(start, end);
	h->gap = (size_t)(p - start);
	h->body = (struct str){ p, (size_t)(end - p) };
	return h->name.p != NULL;
}

/* Reads all that follows the comm; p is at the dash. */
static bool
take_rest(const char *p, const char *end, struct header *h, char *name)
{
	if (p >= end || *p != '-')
		return false;
	if ((p = take_number(p + 1, end, &h->tid)) == NULL)
		return false;
	if (p >= end || *p != ' ')
		return false;
	p = skip_blanks(p, end);
	if ((p = take_tgid(p, end, &h->tgid)) == NULL)
		return false;
	if ((p = take_cpu(p, end, h)) == NULL)
		return false;
	if ((p = take_time(p, end, h)) == NULL)
		return false;
	return take_event(skip_blanks(p, end), end, h, name);
}

/* Reads a line without a prefix, padded or stripped. */
static bool
parse_plain(struct header *h, struct str line, char *name)
{
	const char *end = line.p + line.n, *p = line.p;

	if (line.n > COMM_WIDTH && p[COMM_WIDTH] == '-' &&
	    take_rest(p + COMM_WIDTH, end, h, name)) {
		p = skip_blanks(p, p + COMM_WIDTH);
		h->task.n = (size_t)(line.p + COMM_WIDTH - p);
		h->task.p = p;
		return true;
	}
	p = skip_blanks(p, end);
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
