/* SPDX-License-Identifier: MIT */
#include "source/perf.h"

#include "base/num.h"
#include "base/word.h"
#include "source/scan.h"

enum {
	COMM_MAX = 15,
	COMM_WIDTH = 16, /* to which it is padded */
	ID_WIDTH = 5,    /* to which that of a task is */
	ADDRESS = 16,    /* digits of one of the kernel */
	CPU_MAX = 1 << 20,
};

/* Takes a number that may be -1: where perf does not know it. */
static const char *
take_id(const char *p, const char *end, int64_t *out)
{
	if (end - p > 2 && memcmp(p, "-1", 2) == 0) {
		*out = -1;
		return p + 2;
	}
	return scan_number(p, end, out);
}

/* Takes "1234/1235 ", or "1234 ", if it is there: before a point it is not. */
static const char *
take_ids(const char *p, const char *end, struct header *h)
{
	const char *start = p;
	int64_t first, second;

	h->tid = h->tgid = -1;
	if ((p = take_id(p, end, &first)) == NULL || p == end)
		return start;
	if (*p == '/') {
		if ((p = take_id(p + 1, end, &second)) == NULL || p == end ||
		    *p != ' ')
			return start;
		h->tgid = first;
		h->tid = second;
	} else if (*p == ' ') {
		h->tid = first;
	} else {
		return start;
	}
	return scan_blanks(p, end);
}

/* Takes "[001] ", if it is there. */
static const char *
take_cpu(const char *p, const char *end, struct header *h)
{
	int64_t cpu;

	h->cpu = -1;
	if (p == end || *p != '[')
		return p;
	if ((p = scan_number(p + 1, end, &cpu)) == NULL || cpu > CPU_MAX)
		return NULL;
	if (end - p < 2 || memcmp(p, "] ", 2) != 0)
		return NULL;
	h->cpu = (int)cpu;
	return scan_blanks(p, end) + 2;
}

static const char *
skip_word(const char *p, const char *end)
{
	while (p < end && word_is(*p))
		p++;
	return p;
}

/* Tells whether s begins with a blank and an address, padded to its width. */
static bool
is_address(struct str s)
{
	size_t n = 1;

	while (n < s.n && s.p[n] == ' ')
		n++;
	if (n > ADDRESS)
		return false;
	while (n < s.n && num_hex_digit(s.p[n]) >= 0)
		n++;
	return n == 1 + ADDRESS && (n == s.n || s.p[n] == ' ');
}

/*
 * Cuts off " ffffffff813aa3e5 symbol (object)", or the same with an address of
 * a program, which is shorter.  No comm is as long as that.
 */
static struct str
without_address(struct str body)
{
	static const char *const fronts[] = { " ffff", "  " };

	for (int i = 0; i < 2; i++) {
		const char *p = memmem(body.p, body.n, fronts[i],
		    strlen(fronts[i]));
		size_t n = p != NULL ? (size_t)(p - body.p) : body.n;

		if (p != NULL && is_address(str_skip(body, n)))
			body.n = n;
	}
	return body;
}

/* Tells whether s is what may stand behind the colon of an event of a CPU. */
static bool
is_modifier(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (memchr("ukhGHpPSDIebW", s.p[i], 13) == NULL)
			return false;
	return s.n > 0;
}

/*
 * Takes "cycles:", "cpu-clock:ppp:" or the like, an event that is no
 * tracepoint, if there is nothing behind it but, perhaps, an address: that
 * much is no text.
 */
static bool
take_counter(const char *p, const char *end, struct header *h)
{
	const char *blank = scan_find(p, end, ' '), *rest;
	size_t n = 0;

	if (blank - p < 2 || blank[-1] != ':' || h->tid < 0)
		return false;
	h->name = (struct str){ p, (size_t)(blank - 1 - p) };
	for (size_t i = 0; i < h->name.n; i++)
		if (!word_is(p[i]) && memchr("-:/,=.@", p[i], 7) == NULL)
			return false;
	rest = scan_blanks(blank, end);
	while (rest + n < end && num_hex_digit(rest[n]) >= 0)
		n++;
	h->body = (struct str){ end, 0 };
	return rest == end ||
	    (rest + n - blank > ADDRESS && (rest + n == end || rest[n] == ' '));
}

/* Takes "system:event: body", "PERF_RECORD_..." or what is no tracepoint. */
static bool
take_event(const char *p, const char *end, struct header *h)
{
	const char *start = p;

	h->gap = 1;
	p = skip_word(p, end);
	h->name = (struct str){ start, (size_t)(p - start) };
	if (!str_starts(h->name, "PERF_RECORD_")) {
		if (p == start || p == end || *p != ':')
			return take_counter(start, end, h);
		h->name.p = ++p;
		p = skip_word(p, end);
		h->name.n = (size_t)(p - h->name.p);
		if (h->name.n == 0 || p == end || *p != ':' ||
		    is_modifier(h->name))
			return take_counter(start, end, h);
		p++;
	}
	p = scan_blanks(p, end);
	h->body = without_address((struct str){ p, (size_t)(end - p) });
	return true;
}

/* Takes all that follows the comm. */
static bool
take_rest(const char *p, const char *end, struct header *h)
{
	struct scan_time time;
	int64_t period;
	const char *q;

	p = take_ids(scan_blanks(p, end), end, h);
	if ((p = take_cpu(p, end, h)) == NULL)
		return false;
	p = scan_blanks(p, end);
	if ((p = scan_time(p, end, &time)) == NULL || p == end || *p != ' ')
		return false;
	h->ts = time.ts;
	h->nsec = time.nsec;
	p = scan_blanks(p, end);
	if ((q = scan_number(p, end, &period)) != NULL && q < end && *q == ' ')
		p = scan_blanks(q, end);
	return take_event(p, end, h);
}

/*
 * Returns the comm that begins at p and ends at the blank or before it: where
 * it is not padded, the number of its task is, to ID_WIDTH.
 */
static struct str
comm_before(const char *p, const char *blank, const char *end,
    const struct header *h)
{
	const char *id = scan_blanks(blank, end);
	size_t n = 0;

	if (h->tid < 0)
		return (struct str){ p, (size_t)(blank - p) };
	while (n < ID_WIDTH && id[n] != ' ' && id[n] != '/')
		n++;
	n += (size_t)(id - blank) - 1;
	for (; n < ID_WIDTH && blank > p && blank[-1] == ' '; n++)
		blank--;
	return (struct str){ p, (size_t)(blank - p) };
}

bool
perf_parse_padded(struct header *h, struct str line)
{
	const char *blank = line.p + COMM_WIDTH, *end = line.p + line.n, *p;

	if (line.n <= COMM_WIDTH || *blank != ' ')
		return false;
	*h = (struct header){ .tid = -1, .tgid = -1, .cpu = -1 };
	if (!take_rest(blank, end, h))
		return false;
	p = scan_blanks(line.p, blank);
	h->task = (struct str){ p, (size_t)(blank - p) };
	return true;
}

bool
perf_parse(struct header *h, struct str line)
{
	const struct header none = { .tid = -1, .tgid = -1, .cpu = -1 };
	const char *end = line.p + line.n, *p = line.p, *blank;
	bool found = perf_parse_padded(h, line);
	struct header other = none;

	if (found && h->tid >= 0)
		return true;
	if (take_rest(p, end, &other) && (!found || other.tid >= 0)) {
		*h = other;
		found = true;
	}
	blank = end - p > COMM_MAX ? p + COMM_MAX + 1 : end;
	while ((!found || h->tid < 0) &&
	    (blank = memrchr(p, ' ', (size_t)(blank - p))) != NULL) {
		other = none;
		if (!take_rest(blank, end, &other) || (found && other.tid < 0))
			continue;
		*h = other;
		h->task = comm_before(p, blank, end, h);
		found = true;
	}
	return found;
}
