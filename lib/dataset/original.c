/* SPDX-License-Identifier: MIT */
#include "dataset/original.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Returns how many bytes of white space begin at p, 0 if none does: what
 * str.isspace() of CPython says of a character, in UTF-8.
 */
static size_t
any_space_at(const char *p, const char *end)
{
	const unsigned char *u = (const unsigned char *)p;

	if (u[0] < 0x80)
		return u[0] == ' ' || (u[0] >= '\t' && u[0] <= '\r') ||
		    (u[0] >= 0x1c && u[0] <= 0x1f);
	if (end - p >= 2 && u[0] == 0xc2)
		return u[1] == 0x85 || u[1] == 0xa0 ? 2 : 0;
	if (end - p < 3)
		return 0;
	if (u[0] == 0xe2 && u[1] == 0x80)
		return u[2] <= 0x8a || u[2] == 0xa8 || u[2] == 0xa9 ||
			u[2] == 0xaf
		    ? 3
		    : 0;
	if ((u[0] == 0xe1 && u[1] == 0x9a && u[2] == 0x80) ||
	    (u[0] == 0xe2 && u[1] == 0x81 && u[2] == 0x9f) ||
	    (u[0] == 0xe3 && u[1] == 0x80 && u[2] == 0x80))
		return 3;
	return 0;
}

/* The same, quickly where it is a blank or a character of most names. */
static inline size_t
space_at(const char *p, const char *end)
{
	if (p >= end || (*p > ' ' && *p < 0x7f))
		return 0;
	return *p == ' ' ? 1 : any_space_at(p, end);
}

/* The same of what ends at p. */
static inline size_t
space_before(const char *begin, const char *p)
{
	if (p == begin || (p[-1] > ' ' && p[-1] < 0x7f))
		return 0;
	if (p[-1] == ' ')
		return 1;
	for (size_t n = 1; n <= 3 && (size_t)(p - begin) >= n; n++)
		if (space_at(p - n, p) == n)
			return n;
	return 0;
}

/* Passes over white space; NULL where there is none. */
static inline const char *
skip_space(const char *p, const char *end)
{
	const char *begin = p;

	for (size_t n; (n = space_at(p, end)) > 0;)
		p += n;
	return p > begin ? p : NULL;
}

/* Passes over digits; NULL where there are none. */
static inline const char *
skip_digits(const char *p, const char *end)
{
	const char *begin = p;

	while (p < end && is_digit(*p))
		p++;
	return p > begin ? p : NULL;
}

/* Passes over a word that is a constant; NULL where it is not here. */
#define SKIP(p, end, z)                                                        \
	((size_t)((end) - (p)) >= sizeof(z) - 1 &&                             \
		    memcmp((p), (z), sizeof(z) - 1) == 0                       \
		? (p) + (sizeof(z) - 1)                                        \
		: NULL)

/* Passes over white space and behind it a word. */
#define SKIP_WORD(p, end, z)                                                   \
	(((p) = skip_space((p), (end))) != NULL ? SKIP((p), (end), z) : NULL)

/* Finds the first [digits]; returns what is behind it. */
static const char *
find_cpu(const char *p, const char *end, struct str *cpu)
{
	while ((p = memchr(p, '[', (size_t)(end - p))) != NULL) {
		const char *digits = ++p, *stop = skip_digits(p, end);

		if (stop == NULL || stop == end || *stop != ']')
			continue;
		*cpu = (struct str){ digits, (size_t)(stop - digits) };
		return stop + 1;
	}
	return NULL;
}

/*
 * Finds the time and the event, of which there is something between the CPU,
 * which ends at p, and the time; returns where the name of the task begins.
 */
static const char *
find_event(const char *p, const char *end, struct str *time)
{
	const char *from = p + 1, *colon = p;

	for (; (colon = memchr(colon, ':', (size_t)(end - colon))) != NULL;
	     colon++) {
		const char *places = colon, *digits, *next = colon + 1;

		while (places > from && is_digit(places[-1]))
			places--;
		if (places == colon || places <= from || places[-1] != '.')
			continue;
		digits = places - 1;
		while (digits > from && is_digit(digits[-1]))
			digits--;
		if (digits == places - 1)
			continue;
		if ((next = SKIP_WORD(next, end, "sched_switch:")) == NULL ||
		    (next = SKIP_WORD(next, end, "prev_comm=")) == NULL)
			continue;
		*time = (struct str){ digits, (size_t)(colon - digits) };
		return next;
	}
	return NULL;
}

/*
 * Finds the end of a name, of one character or more, that begins at p: white
 * space, and a key of eight letters with an = behind it.  Returns what is
 * behind that; *next is where to look for another end.
 */
static const char *
find_name(const char *p, const char *end, const char *key, struct str *name,
    const char **next)
{
	size_t first = space_at(p, end);
	const char *least = p + (first > 0 ? first : 1), *equals = *next;

	while (equals < end &&
	    (equals = memchr(equals, '=', (size_t)(end - equals))) != NULL) {
		const char *word = equals++ - 8, *stop = word;
		size_t n;

		if (word <= least || memcmp(word, key, 8) != 0)
			continue;
		while (stop > least && (n = space_before(least, stop)) > 0)
			stop -= n;
		if (stop == word)
			continue;
		*name = (struct str){ p, (size_t)(stop - p) };
		*next = equals;
		return equals;
	}
	return NULL;
}

/* Reads what is between the names, from behind prev_pid=. */
static const char *
read_middle(const char *p, const char *end, struct original_switch *f)
{
	const char *state;

	if ((p = skip_digits(p, end)) == NULL ||
	    (p = SKIP_WORD(p, end, "prev_prio=")) == NULL ||
	    (p = skip_digits(p, end)) == NULL ||
	    (p = SKIP_WORD(p, end, "prev_state=")) == NULL)
		return NULL;
	for (state = p; p < end && space_at(p, end) == 0;)
		p++;
	f->prev_state = (struct str){ state, (size_t)(p - state) };
	if (p == state || (p = SKIP_WORD(p, end, "==>")) == NULL)
		return NULL;
	return SKIP_WORD(p, end, "next_comm=");
}

/* Reads what is behind the second name, from behind next_pid=. */
static bool
read_end(const char *p, const char *end, struct original_switch *f)
{
	const char *digits = p;

	if ((p = skip_digits(p, end)) == NULL)
		return false;
	f->next_pid = (struct str){ digits, (size_t)(p - digits) };
	return (p = SKIP_WORD(p, end, "next_prio=")) != NULL &&
	    skip_digits(p, end) != NULL;
}

/*
 * Searches a line.  Of each part the first place counts where it fits: if the
 * rest does not fit behind that one, it does behind no later one.
 */
static bool
search(struct str line, struct original_switch *f)
{
	const char *end = line.p + line.n, *p, *begin, *next;

	p = find_cpu(line.p, end, &f->cpu);
	if (p == NULL || p == end)
		return false;
	if ((begin = next = find_event(p, end, &f->time)) == NULL)
		return false;
	do {
		p = find_name(begin, end, "prev_pid", &f->prev_comm, &next);
		if (p == NULL)
			return false;
	} while ((p = read_middle(p, end, f)) == NULL);
	begin = next = p;
	do {
		p = find_name(begin, end, "next_pid", &f->next_comm, &next);
		if (p == NULL)
			return false;
	} while (!read_end(p, end, f));
	return true;
}

/* Tells whether a line is a comment, behind white space. */
static bool
is_comment(struct str line)
{
	const char *p = line.p, *end = p + line.n;

	for (size_t n; (n = space_at(p, end)) > 0;)
		p += n;
	return p < end && *p == '#';
}

bool
original_find(struct str line, struct original_switch *f)
{
	return !is_comment(line) && search(line, f);
}

bool
original_line(struct str *rest, struct str *line)
{
	const char *end;

	if (rest->n == 0)
		return false;
	*line = *rest;
	if ((end = memchr(line->p, '\n', line->n)) != NULL)
		line->n = (size_t)(end - line->p);
	if ((end = memchr(line->p, '\r', line->n)) != NULL)
		line->n = (size_t)(end - line->p);
	*rest = str_skip(*rest, line->n + (line->n < rest->n));
	return true;
}
