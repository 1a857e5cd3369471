/* SPDX-License-Identifier: MIT */
/*
 * original: of any bytes, what is found in a line lies in it, in order, and is
 * of the right characters; each line is a row or none, each row has all its
 * cells; and rows written in two stretches are those written in one
 *
 * The first byte tells where the second stretch begins.
 */
#include "dataset/original.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "check.h"
#include "dataset/character.h"
#include "dataset/switches.h"

/* Checks that a part is not empty and lies at or behind p; returns its end. */
static const char *
follows(const char *p, struct str part)
{
	CHECK(part.n > 0 && part.p >= p);
	return part.p + part.n;
}

static void
check_digits(struct str s)
{
	CHECK(character_skip_digits(s.p, s.p + s.n) == s.p + s.n);
}

static void
check_found(struct str line, const struct original_switch *f)
{
	const char *p = follows(line.p + 1, f->cpu);

	p = follows(p + 2, f->time);
	p = follows(p + strlen(": sched_switch: prev_comm="), f->prev_comm);
	p = follows(p + strlen(" prev_pid=1 prev_prio=1 prev_state="),
	    f->prev_state);
	p = follows(p + strlen(" ==> next_comm="), f->next_comm);
	p = follows(p + strlen(" next_pid="), f->next_pid);
	CHECK(p + strlen(" next_prio=1") <= line.p + line.n);
	check_digits(f->cpu);
	check_digits(f->next_pid);
	p = memchr(f->time.p, '.', f->time.n);
	CHECK(p != NULL);
	check_digits((struct str){ f->time.p, (size_t)(p - f->time.p) });
	for (size_t i = 0; i < f->prev_state.n; i++)
		CHECK(character_space(f->prev_state.p + i,
			  f->prev_state.p + f->prev_state.n) == 0);
	CHECK(original_may(line));
}

/* Checks each line, whose end is the end of its memory; counts the switches. */
static uint64_t
search_lines(struct str text)
{
	struct original_switch f;
	struct str line;
	uint64_t found = 0;

	while (original_line(&text, &line)) {
		char *copy = malloc(line.n + 1);
		struct str alone = { copy + 1, line.n };

		str_copy(copy + 1, line);
		CHECK(memchr(copy + 1, '\n', line.n) == NULL);
		CHECK(memchr(copy + 1, '\r', line.n) == NULL);
		if (original_find(alone, &f)) {
			check_found(alone, &f);
			found++;
		}
		free(copy);
	}
	CHECK(text.n == 0);
	return found;
}

/* Counts the rows, which must have all cells and end as they should. */
static uint64_t
count_rows(const struct switches *s, const struct output *out)
{
	const char *tail = s->baseline != NULL ? "\n" : ",w,t\r\n";
	const size_t n = strlen(tail);
	uint64_t rows = 0;
	size_t cells = 1;
	bool quoted = false;

	for (size_t i = 0; i < out->n; i++) {
		CHECK(out->buf[i] != '\0');
		quoted ^= out->buf[i] == '"';
		cells += !quoted && out->buf[i] == ',';
		if (out->buf[i] != '\n')
			continue;
		CHECK(!quoted && cells == switches_columns(s) && i + 1 >= n);
		CHECK(memcmp(out->buf + i + 1 - n, tail, n) == 0);
		cells = 1;
		rows++;
	}
	CHECK(!quoted && cells == 1);
	return rows;
}

static void
begin(struct switches *s, struct output *out, enum baseline_kind kind)
{
	switches_open(s,
	    (struct switches_form){ .compat = true, .baseline = kind });
	switches_begin(s, str_of("w"), str_of("t"));
	output_in_memory(out);
}

/* Writes the rest in a stretch of its own, and joins it. */
static void
put_stretch(struct switches *s, struct output *out, struct str rest)
{
	struct switches part;
	struct output more;

	switches_copy(&part, s);
	switches_stretch(&part);
	output_in_memory(&more);
	switches_put_line(&part, &more, rest);
	switches_join(s, &part, out, (struct str){ more.buf, more.n });
	output_close(&more);
	switches_close(&part);
}

/* Writes the rows of found switches at once, and with the rest apart. */
static void
write_rows(enum baseline_kind kind, struct str text, size_t cut, uint64_t found)
{
	struct switches one, two;
	struct output whole, joined;

	begin(&one, &whole, kind);
	switches_put_line(&one, &whole, text);
	CHECK(one.rows == found && count_rows(&one, &whole) == found);
	begin(&two, &joined, kind);
	switches_put_line(&two, &joined, (struct str){ text.p, cut });
	if (switches_apart(&two))
		put_stretch(&two, &joined, str_skip(text, cut));
	else
		switches_put_line(&two, &joined, str_skip(text, cut));
	CHECK(two.rows == found && joined.n == whole.n);
	CHECK(whole.n == 0 || memcmp(joined.buf, whole.buf, whole.n) == 0);
	output_close(&whole);
	output_close(&joined);
	switches_close(&one);
	switches_close(&two);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	size_t cut = size > 0 ? data[0] * size / 256 : 0;
	uint64_t found;

	/* A stretch begins behind a line feed. */
	while (cut > 0 && cut < size && data[cut - 1] != '\n')
		cut++;
	found = search_lines(text);
	write_rows(BASELINE_NONE, text, cut, found);
	write_rows(BASELINE_TIME, text, cut, found);
	write_rows(BASELINE_DIFF, text, cut, found);
	return 0;
}
