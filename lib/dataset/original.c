/* SPDX-License-Identifier: MIT */
#include "dataset/original.h"

#include "dataset/character.h"

/* Passes over white space; NULL where there is none. */
static inline const char *
skip_space(const char *p, const char *end)
{
	const char *begin = p;

	for (size_t n; (n = character_space(p, end)) > 0;)
		p += n;
	return p > begin ? p : NULL;
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Tells whether a byte is of a character behind ASCII. */
static inline bool
is_beyond(char c)
{
	return (unsigned char)c >= 0x80;
}

/* Passes over digits; NULL where there are none. */
static inline const char *
skip_digits(const char *p, const char *end)
{
	const char *begin = p;

	while (p < end && is_digit(*p))
		p++;
	if (p < end && is_beyond(*p))
		p = character_skip_digits(p, end);
	return p > begin ? p : NULL;
}

/* Returns where the digits begin that end at p, p where there are none. */
static inline const char *
skip_digits_back(const char *begin, const char *p)
{
	while (p > begin && is_digit(p[-1]))
		p--;
	if (p > begin && is_beyond(p[-1]))
		p = character_skip_digits_back(begin, p);
	return p;
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
		const char *places = skip_digits_back(from, colon), *next;
		const char *digits;

		if (places == colon || places <= from || places[-1] != '.')
			continue;
		digits = skip_digits_back(from, places - 1);
		if (digits == places - 1)
			continue;
		next = colon + 1;
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
	size_t first = character_space(p, end);
	const char *least = p + (first > 0 ? first : 1), *equals = *next;

	while (equals < end &&
	    (equals = memchr(equals, '=', (size_t)(end - equals))) != NULL) {
		const char *word = equals++ - 8, *stop = word;
		size_t n;

		if (word <= least || memcmp(word, key, 8) != 0)
			continue;
		while (stop > least &&
		    (n = character_space_before(least, stop)) > 0)
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
	for (state = p; p < end && character_space(p, end) == 0;)
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

	for (size_t n; (n = character_space(p, end)) > 0;)
		p += n;
	return p < end && *p == '#';
}

bool
original_may(struct str lines)
{
	/* The least that stands before and behind the end of the arrow. */
	static const char front[] = "[0]x1.5: sched_switch: prev_comm=a "
				    "prev_pid=1 prev_prio=1 prev_state=S ==";
	static const char back[] = " next_comm=b next_pid=2 next_prio=1";
	const char *p, *end;

	if (lines.n < sizeof(front) + sizeof(back) - 1)
		return false;
	p = lines.p + sizeof(front) - 1;
	end = lines.p + lines.n - (sizeof(back) - 1);
	for (; (p = memchr(p, '>', (size_t)(end - p))) != NULL; p++)
		if (p[-1] == '=' && p[-2] == '=')
			return true;
	return false;
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
