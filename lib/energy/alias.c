/* SPDX-License-Identifier: MIT */
#include "energy/alias.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"

static const char counter[] = "energy_uj";

/* A path, of which the bytes from begin to end are the label. */
struct span {
	char *path; /* plain: without "." and slashes that say nothing */
	size_t begin, end;
	size_t mark; /* the end of what it was known by at first */
};

/* Takes the next part off a path; false at its end. */
static bool
next_part(const char **path, struct str *part)
{
	do {
		*path += strspn(*path, "/");
		*part = (struct str){ *path, strcspn(*path, "/") };
		*path += part->n;
	} while (str_is(*part, "."));
	return part->n > 0;
}

/*
 * Finds the part by which a file is known; true if that is the name of a
 * virtual machine.
 */
static bool
find_part(const char *path, struct str *known)
{
	struct str part, before = { "", 0 }, two = before;

	while (next_part(&path, &part)) {
		/* There is a part behind: so before is a folder. */
		if (str_is(two, "scaphandre")) {
			*known = before;
			return true;
		}
		two = before;
		before = part;
	}
	*known = two.n > 0 ? two : before;
	return false;
}

bool
alias_is_virtual(const char *path)
{
	struct str part;

	return find_part(path, &part);
}

struct str
alias_folder(const char *path)
{
	struct str part, last = { "", 0 }, folder = { NULL, 0 };

	while (next_part(&path, &part)) {
		folder = last;
		last = part;
	}
	return folder.n > 0 ? folder : last;
}

static void
set_span(struct span *s, const char *path)
{
	struct str known, part;
	char *to = mem_alloc(strlen(path) + 1);

	find_part(path, &known);
	*s = (struct span){ .path = to };
	while (next_part(&path, &part)) {
		if (to > s->path)
			*to++ = '/';
		if (part.p == known.p)
			s->begin = (size_t)(to - s->path);
		to = str_copy(to, part);
		if (part.p == known.p)
			s->end = (size_t)(to - s->path);
	}
	s->mark = s->end;
}

static struct str
text_of(const struct span *s)
{
	return (struct str){ s->path + s->begin, s->end - s->begin };
}

/* Adds what is behind, but for the name that all counters have. */
static bool
go_behind(struct span *s)
{
	size_t n = strlen(s->path), end = n;

	if (n > sizeof(counter) - 1 &&
	    strcmp(s->path + n - (sizeof(counter) - 1), counter) == 0 &&
	    s->path[n - sizeof(counter)] == '/')
		end = n - sizeof(counter);
	if (end <= s->end)
		return false;
	s->end = end;
	return true;
}

/* Adds the folder before. */
static bool
go_before(struct span *s)
{
	if (s->begin == 0)
		return false;
	s->begin--;
	while (s->begin > 0 && s->path[s->begin - 1] != '/')
		s->begin--;
	return true;
}

/* Counts how often each of the texts is there: count[id[i]]. */
static void
count_texts(const struct span *s, size_t n, bool whole, size_t *id,
    size_t *count)
{
	struct intern *texts = intern_new();

	memset(count, 0, n * sizeof(*count));
	for (size_t i = 0; i < n; i++) {
		struct str text = text_of(&s[i]);

		if (whole)
			text = (struct str){ s[i].path, s[i].mark };
		id[i] = intern_id(texts, text);
		count[id[i]]++;
	}
	intern_free(texts);
}

/* Makes spans longer until none is there twice, as far as that goes. */
static void
tell_apart(struct span *s, size_t n)
{
	size_t *id = mem_alloc(n * sizeof(*id));
	size_t *count = mem_alloc(n * sizeof(*count));
	bool longer = true;

	/* What stands before cannot tell files of one folder apart. */
	count_texts(s, n, true, id, count);
	for (size_t i = 0; i < n; i++)
		if (count[id[i]] > 1)
			go_behind(&s[i]);
	while (longer) {
		longer = false;
		count_texts(s, n, false, id, count);
		for (size_t i = 0; i < n; i++)
			longer |= count[id[i]] > 1 && go_before(&s[i]);
	}
	free(id);
	free(count);
}

/* Puts the first free number behind a text. */
static char *
number_text(struct intern *taken, struct str text)
{
	struct output out = { 0 };
	char *label;
	size_t id;

	output_in_memory(&out);
	for (uint64_t i = 2; out.n == 0 ||
	     intern_find(taken, (struct str){ out.buf, out.n }, &id);
	     i++) {
		out.n = 0;
		output_str(&out, text);
		output_byte(&out, '#');
		output_u64(&out, i);
	}
	intern_id(taken, (struct str){ out.buf, out.n });
	label = mem_dup(out.buf, out.n);
	output_close(&out);
	return label;
}

void
alias_all(const char *const *path, size_t n, char **label)
{
	struct span *s = mem_alloc(n * sizeof(*s));
	struct intern *taken = intern_new();

	for (size_t i = 0; i < n; i++)
		set_span(&s[i], path[i]);
	tell_apart(s, n);
	for (size_t i = 0; i < n; i++) {
		size_t before = intern_count(taken);
		struct str text = text_of(&s[i]);

		label[i] = NULL;
		if (intern_id(taken, text) == before)
			label[i] = mem_dup(text.p, text.n);
	}
	for (size_t i = 0; i < n; i++) {
		/* Equal paths: the folder alone says as much. */
		if (label[i] == NULL)
			label[i] = number_text(taken, text_of(&s[i]));
		free(s[i].path);
	}
	intern_free(taken);
	free(s);
}

/* Returns how many bytes of s are a character that may be shown, or 0. */
static size_t
character(struct str s)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	if (c < ' ' || c == 0x7f || (c >= 0x80 && c < 0xc2) || c > 0xf4)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (i >= s.n || ((unsigned char)s.p[i] & 0xc0) != 0x80)
			return 0;
	/* The control characters of ISO 6429 that have two bytes. */
	return c == 0xc2 && (unsigned char)s.p[1] < 0xa0 ? 0 : n;
}

void
alias_put(struct output *out, struct str s)
{
	while (s.n > 0) {
		size_t n = character(s);

		if (n > 0)
			output_put(out, s.p, n);
		else
			output_printf(out, "\\x%02x", (unsigned char)s.p[0]);
		s = str_skip(s, n > 0 ? n : 1);
	}
}
