/* SPDX-License-Identifier: MIT */
/*
 * format: of any text of a format and any bytes of an event, what comes out
 * are numbers, arrays, and text that is within the event or the room for it
 *
 * The text of a format ends at the first zero byte, and the rest is the data of
 * an event; the last byte says what machine it is of.
 */
#include "source/format.h"

#include "check.h"
#include "source/render.h"

static bool
within(struct str s, const void *p, size_t n)
{
	return (const char *)s.p >= (const char *)p && s.n <= n &&
	    s.p + s.n <= (const char *)p + n;
}

/* A literal is a number, true, false or an array of numbers. */
static void
check_literal(struct str s)
{
	CHECK(s.n > 0);
	if (str_is(s, "true") || str_is(s, "false"))
		return;
	for (size_t i = 0; i < s.n; i++)
		CHECK(strchr("-0123456789,[]", s.p[i]) != NULL);
	CHECK((s.p[0] == '[') == (s.p[s.n - 1] == ']'));
}

static void
check_fields(const struct fields *fields, const struct format *f,
    const struct render *r, const uint8_t *data, size_t n, unsigned bad)
{
	CHECK(fields->n + bad == f->n && r->n <= r->cap);
	for (size_t i = 0; i < fields->n; i++) {
		const struct field *one = &fields->field[i];

		CHECK(one->key.n > 0);
		if (one->kind == FIELD_LITERAL)
			check_literal(one->value);
		else
			CHECK(within(one->value, data, n) ||
			    within(one->value, r->text, r->n));
	}
}

static void
read_event(const struct format *f, bool big_endian, const uint8_t *data,
    size_t n)
{
	struct render r = { .big_endian = big_endian };
	struct fields fields = { 0 };
	struct render_head head;
	unsigned bad = 0;
	char flags[RENDER_FLAGS];

	CHECK(f->head >= f->pid_at + 4 && f->head > f->flags_at);
	CHECK(f->head > f->preempt_at && f->fixed >= f->head);
	CHECK((render_head(&r, f, data, n, &head) == NULL) == (n >= f->head));
	if (n >= f->head)
		render_flags(head.flags, head.preempt, flags);
	if (render_fields(&r, f, data, n, &fields, &bad) == NULL)
		check_fields(&fields, f, &r, data, n, bad);
	else
		CHECK(n < f->fixed);
	fields_free(&fields);
	render_free(&r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t mode = size > 0 ? data[size - 1] : 0;
	struct formats *all = formats_new(mode & 1, mode & 2 ? 4 : 8, mode & 4);
	struct str text = { (const char *)data, size };
	const char *zero = text.n > 0 ? memchr(text.p, '\0', text.n) : NULL;
	struct page_shape shape;
	uint8_t *event;
	size_t n = 0;

	if (zero != NULL) {
		n = text.n - (size_t)(zero - text.p) - 1;
		text.n -= n + 1;
	}
	/* The bytes of an event end where their memory does. */
	event = malloc(n > 0 ? n : 1);
	if (n > 0)
		memcpy(event, zero + 1, n);
	if (formats_page(all, text, &shape))
		CHECK(shape.data_at < shape.size);
	if (formats_add(all, (struct str){ "s", 1 }, text) == NULL)
		for (unsigned id = 0; id < 65536; id++) {
			const struct format *f = formats_find(all, id);

			if (f != NULL)
				read_event(f, mode & 1, event, n);
		}
	free(event);
	formats_free(all);
	return 0;
}
