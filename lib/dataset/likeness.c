/* SPDX-License-Identifier: MIT */
#include "dataset/likeness.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "dataset/cell.h"
#include "dataset/character.h"
#include "dataset/original.h"

/* The text of a double, but for LIKENESS_NINE of the other, and the commas. */
enum { ROOM = 1024 };

size_t
likeness_nine(char *p, double v)
{
	char *begin = p;
	int exponent;
	double m = frexp(v < 0 ? -v : v, &exponent);
	int shift = 53 - exponent;
	unsigned __int128 n, rest, half;

	if (isnan(v))
		return (size_t)snprintf(p, LIKENESS_NINE, "nan");
	/* What is below 2^33 has its nine places in 64 bits. */
	if (!(m < 1) || shift < 20)
		return (size_t)snprintf(p, LIKENESS_NINE, "%.9f", v);
	if (signbit(v))
		*p++ = '-';
	/* Exactly: as an integer of 53 bits, divided by a power of two. */
	n = (unsigned __int128)(uint64_t)(m * 0x1p53) * 1000000000;
	if (shift > 100)
		shift = 100; /* all of it is far below the half */
	half = (unsigned __int128)1 << (shift - 1);
	rest = n & (2 * half - 1);
	n >>= shift;
	n += rest > half || (rest == half && (n & 1) != 0);
	p += num_put(p, (uint64_t)n / 1000000000);
	*p++ = '.';
	p = cell_nine(p, (uint32_t)((uint64_t)n % 1000000000));
	return (size_t)(p - begin);
}

/*
 * Reads a time that is not 1 to 9 digits, a point and six places.  The digits
 * may be of any script.
 */
static double
read_time_slowly(struct likeness *l, struct str time)
{
	const char *end = time.p + time.n;
	char *to;

	l->text = mem_grow(l->text, &l->cap, time.n + 1, 1);
	to = l->text;
	for (const char *p = time.p; p < end;) {
		unsigned digit;
		size_t n = character_value(p, end, &digit);

		*to++ = n > 0 ? (char)('0' + digit) : *p;
		p += n > 0 ? n : 1;
	}
	*to = '\0';
	return strtod(l->text, NULL);
}

/* Writes the time, as "%.6f" does, and stores it in *v. */
static char *
put_time(struct likeness *l, char *p, struct str time, double *v)
{
	const char *point = time.p + time.n - 7;
	uint64_t seconds, places;

	/* Integers of less than 2^53 divide as the text would be read. */
	if (time.n >= 8 && time.n <= 16 && *point == '.' &&
	    (time.p[0] != '0' || time.n == 8) &&
	    num_u64((struct str){ time.p, time.n - 7 }, &seconds) &&
	    num_u64((struct str){ point + 1, 6 }, &places)) {
		*v = (double)(seconds * 1000000 + places) / 1e6;
		return str_copy(p, time);
	}
	*v = read_time_slowly(l, time);
	return p + snprintf(p, LIKENESS_NINE, "%.6f", *v);
}

static void
put_row(struct likeness *l, struct output *out, const struct original_switch *f,
    struct str tail)
{
	size_t room = ROOM + f->cpu.n + f->next_comm.n + f->next_pid.n +
	    f->prev_state.n + f->prev_comm.n + tail.n;
	char *p = output_room(out, room);
	double time;

	p = put_time(l, p, f->time, &time);
	*p++ = ',';
	if (l->open) {
		l->gap = (size_t)(p - out->buf);
		l->first = time;
		l->open = false;
	} else {
		p += likeness_nine(p, l->any ? time - l->last : 0);
	}
	*p++ = ',';
	p = cell_put(out, p, f->next_comm, room);
	*p++ = ',';
	p = str_copy(p, f->next_pid);
	*p++ = ',';
	p = str_copy(p, f->cpu);
	*p++ = ',';
	p = cell_put(out, p, f->prev_state, room);
	*p++ = ',';
	p = cell_put(out, p, f->prev_comm, room);
	p = str_copy(p, tail);
	cell_fill(out, p);
	l->last = time;
	l->any = true;
}

static void
put_baseline(struct likeness *l, struct output *out,
    const struct original_switch *f)
{
	char text[LIKENESS_NINE];
	double time;
	size_t n = (size_t)(put_time(l, text, f->time, &time) - text);

	if (baseline_tells_difference(l->baseline))
		n = likeness_nine(text, l->any ? time - l->last : 0);
	baseline_put(l->baseline, out, (struct str){ text, n }, f->next_comm,
	    f->next_pid);
	l->last = time;
	l->any = true;
}

size_t
likeness_put(struct likeness *l, struct output *out, struct str lines,
    struct str tail)
{
	struct original_switch f;
	struct str line;
	size_t rows = 0;

	while (original_line(&lines, &line)) {
		if (!original_find(line, &f))
			continue;
		if (l->baseline != NULL)
			put_baseline(l, out, &f);
		else
			put_row(l, out, &f, tail);
		rows++;
	}
	return rows;
}

void
likeness_free(struct likeness *l)
{
	free(l->text);
	*l = (struct likeness){ 0 };
}
