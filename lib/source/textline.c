/* SPDX-License-Identifier: MIT */
#include "source/textline.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "source/printfmt.h"
#include "source/raw.h"
#include "source/render.h"

enum {
	COMM_MAX = 15, /* TASK_COMM_LEN - 1 */
	TID_WIDTH = 7,
	CPU_WIDTH = 3,
	SECONDS_WIDTH = 5,
	TICKS_WIDTH = 12,
	FRONT = 256, /* room for all before the name */
	SECOND = 1000000000,
};

/* How an event of a type is printed. */
struct manner {
	const struct format *format; /* NULL: not known yet */
	struct printfmt *printfmt;   /* NULL: by its fields */
};

struct textline {
	bool big_endian;
	unsigned long_size;
	struct manner *manner; /* by common_type */
	size_t manners, cap;
	struct render render; /* for what has no print fmt */
	struct fields fields;
};

struct textline *
textline_new(bool big_endian, unsigned long_size)
{
	struct textline *t = mem_alloc(sizeof(*t));

	t->big_endian = big_endian;
	t->long_size = long_size;
	t->render.big_endian = big_endian;
	return t;
}

void
textline_free(struct textline *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->manners; i++)
		printfmt_free(t->manner[i].printfmt);
	free(t->manner);
	render_free(&t->render);
	fields_free(&t->fields);
	free(t);
}

/* Tells whether it is the stack that the event before it happened in. */
static const struct format_field *
find_stack(const struct format *f)
{
	const struct format_field *callers = NULL;

	if (str_is(f->name, "kernel_stack") || str_is(f->name, "user_stack"))
		callers = format_field(f, str_of("caller"));
	if (callers == NULL || callers->element < 4 ||
	    (callers->place != PLACE_HERE && callers->place != PLACE_REST))
		return NULL;
	return callers;
}

static const struct manner *
find_manner(struct textline *t, const struct format *f, const uint8_t *data)
{
	size_t type = raw_load(data, 2, raw_must_swap(t->big_endian));
	struct manner *m;

	if (type >= t->manners) {
		t->manner = mem_grow(t->manner, &t->cap, type + 1,
		    sizeof(*t->manner));
		t->manners = type + 1;
	}
	m = &t->manner[type];
	if (m->format == f)
		return m;
	printfmt_free(m->printfmt);
	m->printfmt = NULL;
	m->format = f;
	if (find_stack(f) == NULL)
		m->printfmt = printfmt_new(f, t->big_endian, t->long_size);
	return m;
}

/* Writes a number of nine digits. */
static inline char *
put_nine(char *p, uint32_t v)
{
	uint32_t high = v / 10000, low = v % 10000;

	*p = (char)('0' + high / 10000);
	memcpy(p + 1, num_pairs + 2 * (high / 100 % 100), 2);
	memcpy(p + 3, num_pairs + 2 * (high % 100), 2);
	memcpy(p + 5, num_pairs + 2 * (low / 100), 2);
	memcpy(p + 7, num_pairs + 2 * (low % 100), 2);
	return p + 9;
}

/* Writes a number, with fill before it up to the width. */
static inline char *
put_wide(char *p, uint64_t v, size_t width, char fill)
{
	char digits[NUM_TEXT];
	size_t n = num_put(digits, v);

	for (; n < width; width--)
		*p++ = fill;
	memcpy(p, digits, n);
	return p + n;
}

/* Returns not 0 if one of eight bytes is a control character. */
static inline uint64_t
controls(const char *p)
{
	const uint64_t ones = UINT64_MAX / 255;
	uint64_t v, delete;

	memcpy(&v, p, 8);
	delete = v ^ 0x7f * ones;
	return (((v - 0x20 * ones) & ~v) | ((delete - ones) & ~delete)) &
	    0x80 * ones;
}

static void
replace_controls(char *p)
{
	for (size_t i = 0; i < HEADER_COMM_WIDTH; i++)
		if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
			p[i] = '?';
}

/*
 * Writes the comm, right-aligned.  Whose it is could have put a line feed in
 * it, and so lines of their own into the text.
 */
static inline char *
put_task(char *p, struct str task)
{
	if (task.p == NULL)
		task = (struct str){ "<...>", 5 };
	if (task.n > COMM_MAX)
		task.n = COMM_MAX;
	memset(p, ' ', HEADER_COMM_WIDTH);
	str_copy(p + HEADER_COMM_WIDTH - task.n, task);
	if ((controls(p) | controls(p + 8)) != 0)
		replace_controls(p);
	return p + HEADER_COMM_WIDTH;
}

/* Writes a time: in seconds, or in ticks of a clock that counts such. */
static inline char *
put_time(char *p, const struct header *h)
{
	uint64_t ts = h->ts > 0 ? (uint64_t)h->ts : 0;

	if (!h->nsec)
		return put_wide(p, ts, TICKS_WIDTH, ' ');
	p = put_wide(p, ts / SECOND, SECONDS_WIDTH, ' ');
	*p++ = '.';
	return put_nine(p, (uint32_t)(ts % SECOND));
}

/* Writes all that stands before the name. */
static char *
put_front(char *p, const struct header *h)
{
	size_t n;

	p = put_task(p, h->task);
	*p++ = '-';
	memset(p, ' ', TID_WIDTH + 1);
	n = num_put_signed(p, h->tid);
	p[n] = ' ';
	p += n < TID_WIDTH ? TID_WIDTH + 1 : n + 1;
	*p++ = '[';
	p = put_wide(p, h->cpu > 0 ? (uint64_t)h->cpu : 0, CPU_WIDTH, '0');
	*p++ = ']';
	*p++ = ' ';
	if (h->flags.n <= 16)
		p = str_copy(p, h->flags);
	*p++ = ' ';
	p = put_time(p, h);
	*p++ = ':';
	*p++ = ' ';
	return p;
}

/* Appends KEY=VALUE for each field. */
static const char *
put_fields(struct textline *t, const struct format *f, const uint8_t *data,
    size_t n, struct output *out)
{
	unsigned bad = 0;
	const char *why = render_fields(&t->render, f, data, n, &t->fields,
	    &bad);

	if (why != NULL)
		return why;
	for (size_t i = 0; i < t->fields.n; i++) {
		if (i > 0)
			output_byte(out, ' ');
		output_str(out, t->fields.field[i].key);
		output_byte(out, '=');
		output_str(out, t->fields.field[i].value);
	}
	return NULL;
}

/* Appends a stack as the kernel prints it, a line for each address. */
static void
put_stack(const struct textline *t, const struct format *f,
    const struct format_field *callers, const uint8_t *data, size_t n,
    struct output *out)
{
	size_t end = callers->place == PLACE_REST
	    ? n
	    : callers->offset + callers->size;
	char digits[NUM_TEXT];
	uint64_t v;

	output_text(out,
	    str_is(f->name, "user_stack") ? "<user stack trace>\n"
					  : "<stack trace>\n");
	for (size_t i = callers->offset; i + callers->element <= end;
	     i += callers->element) {
		v = raw_load(data + i, callers->element,
		    raw_must_swap(t->big_endian));
		if (v == 0)
			continue;
		output_text(out, " => 0x");
		output_put(out, digits, num_put_hex(digits, v));
		output_byte(out, '\n');
	}
}

/* Appends a line of an event that has no steps. */
static const char *
put_slowly(struct textline *t, const struct header *h, const struct format *f,
    const uint8_t *data, size_t n, struct output *out)
{
	const struct format_field *callers = find_stack(f);
	char *p = output_room(out, FRONT);

	output_used(out, (size_t)(put_front(p, h) - p));
	if (callers != NULL) {
		put_stack(t, f, callers, data, n, out);
		return NULL;
	}
	output_str(out, f->name);
	output_put(out, ": ", 2);
	put_fields(t, f, data, n, out);
	output_byte(out, '\n');
	return NULL;
}

const char *
textline_put(struct textline *t, const struct header *h, const struct format *f,
    const uint8_t *data, size_t n, struct output *out)
{
	const struct manner *m;
	char *front, *p;

	if (n < f->fixed || n < 2)
		return "the event is shorter than its format says";
	m = find_manner(t, f, data);
	if (m->printfmt == NULL)
		return put_slowly(t, h, f, data, n, out);
	front = output_room(out,
	    FRONT + f->name.n + 4 + printfmt_room(m->printfmt, n));
	p = str_copy(put_front(front, h), f->name);
	*p++ = ':';
	*p++ = ' ';
	p = printfmt_write(m->printfmt, data, n, p);
	if (p == NULL)
		return "a field that lies outside of its event";
	*p++ = '\n';
	output_used(out, (size_t)(p - front));
	return NULL;
}

void
textline_lost(struct output *out, int cpu, int64_t count)
{
	if (count < 0)
		output_printf(out, "CPU:%d [EVENTS DROPPED]\n", cpu);
	else
		output_printf(out, "CPU:%d [LOST %lld EVENTS]\n", cpu,
		    (long long)count);
}
