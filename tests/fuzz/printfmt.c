/* SPDX-License-Identifier: MIT */
/*
 * printfmt: of any print fmt and any bytes of an event, what is printed keeps
 * to the room that it asked for, and nothing beyond the bytes is read
 *
 * The text of a format ends at the first zero byte, and the rest is the data of
 * an event; the last byte says what machine it is of.
 */
#include "source/printfmt.h"

#include "check.h"
#include "source/textline.h"

/* Prints it into no more memory than it may need. */
static void
print_event(const struct format *f, bool big_endian, unsigned long_size,
    const uint8_t *data, size_t n)
{
	struct printfmt *p = printfmt_new(f, big_endian, long_size);
	size_t room;
	char *text, *end;

	if (p == NULL)
		return;
	room = printfmt_room(p, n);
	text = malloc(room + 1);
	end = printfmt_write(p, data, n, text);
	if (n < f->fixed)
		CHECK(end == NULL);
	if (end != NULL)
		CHECK(end >= text && (size_t)(end - text) <= room);
	free(text);
	printfmt_free(p);
}

static void
print_line(const struct format *f, bool big_endian, unsigned long_size,
    const uint8_t *data, size_t n)
{
	struct textline *t = textline_new(big_endian, long_size);
	struct header h = { .tid = 1, .flags = { ".....", 5 } };
	struct output out;
	const char *why;

	output_in_memory(&out);
	why = textline_put(t, &h, f, data, n, &out);
	CHECK(
	    why != NULL ? out.n == 0 : out.n > 0 && out.buf[out.n - 1] == '\n');
	output_close(&out);
	textline_free(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t mode = size > 0 ? data[size - 1] : 0;
	unsigned long_size = mode & 2 ? 4 : 8;
	struct formats *all = formats_new(mode & 1, long_size, false);
	struct str text = { (const char *)data, size };
	const char *zero = text.n > 0 ? memchr(text.p, '\0', text.n) : NULL;
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
	if (formats_add(all, (struct str){ "s", 1 }, text) == NULL)
		for (unsigned id = 0; id < 65536; id++) {
			const struct format *f = formats_find(all, id);

			if (f == NULL)
				continue;
			print_event(f, mode & 1, long_size, event, n);
			print_line(f, mode & 1, long_size, event, n);
		}
	free(event);
	formats_free(all);
	return 0;
}
