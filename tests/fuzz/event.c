/* SPDX-License-Identifier: MIT */
/*
 * event: of any input, whatever form it poses as, the one door to them comes
 * to an end, frames and counts what it gives, and each event it gives makes a
 * record
 *
 * A first byte of 1 to 5 chooses a recording, in which the others change
 * bytes: two for the place, one for how many, and those; the last two cut it.
 * Of anything else all bytes are the input.
 */
#include "source/event.h"

#include <string.h>

#include "../unit/input_of.h"
#include "base/mem.h"
#include "check.h"
#include "record/json.h"
#include "source/print.h"

#define SOURCE "tests/data/source/"

static const char *const recording[] = { SOURCE "dat/v7.dat.zst",
	SOURCE "dat/v7-zstd.dat.zst", SOURCE "dat/v6.dat.zst",
	SOURCE "nasty/cpu0.raw.zst", SOURCE "nasty/cpu1.raw.zst" };
enum { RECORDINGS = sizeof(recording) / sizeof(recording[0]) };

/* Bytes of a file, unpacked. */
struct bytes {
	char *p;
	size_t n, cap;
};

static struct bytes
slurp(const char *path)
{
	struct bytes t = { NULL, 0, 0 };
	struct input in;
	size_t n;

	CHECK(input_open(&in, path) == 0);
	do {
		t.p = mem_grow(t.p, &t.cap, t.n + 65536, 1);
		n = input_read(&in, t.p + t.n, 65536);
		t.n += n;
	} while (n > 0);
	CHECK(in.why == NULL && t.n > 0);
	input_close(&in);
	return t;
}

/* What was given of the present trace. */
struct given {
	bool open;
	uint64_t points, bad, marks, lost;
	int64_t last;
};

static void
check_point(struct event_reader *r, struct event *ev)
{
	static struct output out;
	static struct json rec;

	if (out.cap == 0)
		output_in_memory(&out);
	out.n = 0;
	CHECK(ev->at.name.n > 0 && ev->at.cpu >= -1 && ev->bytes > 0);
	event_canon(r, ev);
	print_point(&out, ev);
	CHECK(out.n > 0 && out.buf[out.n - 1] == '\n');
	CHECK(memchr(out.buf, '\n', out.n - 1) == NULL);
	CHECK(json_parse(&rec, (struct str){ out.buf, out.n - 1 }) == NULL);
	CHECK(ev->line.p != NULL || str_is(rec.field[0].key, "type"));
}

static void
check_end(const struct given *g, const struct event_counts *n)
{
	CHECK(n->events == g->points && n->lost_marks == g->marks);
	CHECK(n->lost == g->lost && n->last == g->last);
	CHECK(n->bad >= g->bad); /* an "end" record may tell of more */
	CHECK(n->lines >= g->points + g->bad);
	CHECK((n->first < 0) == (n->last < 0));
	CHECK(n->backwards <= n->events);
}

static void
take(struct event_reader *r, struct event *ev, struct given *g)
{
	uint64_t n = ev->count > 0 ? (uint64_t)ev->count : 0;

	CHECK(g->open == (ev->kind != EVENT_TRACE));
	switch (ev->kind) {
	case EVENT_TRACE:
		*g = (struct given){ .open = true, .last = -1 };
		break;
	case EVENT_POINT:
		g->points++;
		if (ev->at.ts >= 0)
			g->last = ev->at.ts;
		check_point(r, ev);
		break;
	case EVENT_LOST:
		g->marks++;
		if (__builtin_add_overflow(g->lost, n, &g->lost))
			g->lost = UINT64_MAX;
		break;
	case EVENT_BAD:
		CHECK(ev->why != NULL);
		g->bad++;
		break;
	case EVENT_END:
		check_end(g, event_counts(r));
		g->open = false;
	}
}

static void
read_input(const char *p, size_t size, bool symbols)
{
	const struct recording_options options = { SOURCE "formats", "/tmp",
		symbols };
	struct event_reader *r = event_reader_new();
	struct input in = input_of(p, size);
	struct given g = { .open = false };
	bool any = false;
	struct event ev;

	event_set_options(r, &options);
	event_open(r, &in);
	for (; event_next(r, &ev); any = true)
		take(r, &ev, &g);
	CHECK(!event_next(r, &ev));
	CHECK(!g.open || event_refusal(r) != NULL);
	CHECK(any || event_refusal(r) != NULL);
	event_reader_free(r);
	input_close(&in);
}

/* Changes a recording as the bytes say, and reads that. */
static void
read_changed(const struct bytes *from, const uint8_t *p, size_t n, bool symbols)
{
	size_t size = from->n;
	char *t = malloc(size);

	memcpy(t, from->p, size);
	while (n > 3) {
		size_t at = (p[0] | (size_t)p[1] << 8) % size;
		size_t len = p[2] % 17;

		p += 3;
		n -= 3;
		if (len > n)
			len = n;
		if (len > size - at)
			len = size - at;
		memcpy(t + at, p, len);
		p += len;
		n -= len;
	}
	if (n == 2)
		size = (p[0] | (size_t)p[1] << 8) % size;
	read_input(t, size, symbols);
	free(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct bytes all[RECORDINGS];

	if (size == 0 || data[0] == 0 || data[0] > RECORDINGS) {
		read_input((const char *)data, size, size % 2);
		return 0;
	}
	for (size_t i = 0; i < RECORDINGS; i++)
		if (all[i].p == NULL)
			all[i] = slurp(recording[i]);
	read_changed(&all[data[0] - 1], data + 1, size - 1, size % 2);
	return 0;
}
