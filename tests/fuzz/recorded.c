/* SPDX-License-Identifier: MIT */
/*
 * recorded: of any lines, each that is read as an event comes out the same
 * once more when it is written as a record, and none reads outside its line
 */
#include "source/recorded.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "check.h"
#include "record/json.h"

/* Reads a line whose end is the end of its memory, to be freed. */
static char *
read_line(struct recorded *r, struct wanted *w, struct str line,
    struct item *item)
{
	char *copy = malloc(line.n > 0 ? line.n : 1);

	memcpy(copy, line.p, line.n);
	recorded_read(r, w, (struct str){ copy, line.n }, item);
	CHECK((item->kind == ITEM_BAD) == (item->why != NULL));
	return copy;
}

static void
understand(struct str value)
{
	struct endpoint e;
	uint8_t byte[28];
	int64_t v;

	field_s64(value, &v);
	CHECK(field_bytes(value, byte, sizeof(byte)) <= (int)sizeof(byte));
	field_endpoint(value, &e);
}

/* Writes the header of an event as a record. */
static void
write_header(struct output *out, const struct header *h)
{
	json_open(out, "x");
	if (h->ts >= 0)
		json_put_s64(out, "ts", h->ts);
	if (h->cpu >= 0)
		json_put_s64(out, "cpu", h->cpu);
	if (h->tid >= 0)
		json_put_s64(out, "tid", h->tid);
	if (h->tgid >= 0)
		json_put_s64(out, "tgid", h->tgid);
	if (h->task.p != NULL)
		json_put_name(out, "task", h->task);
	json_close(out);
}

static void
check_again(struct wanted *w, const struct header *h)
{
	static struct recorded again;
	static struct output out;
	struct header at;
	struct item item = { .kind = ITEM_BAD, .at = &at };
	char *copy;

	if (out.buf == NULL)
		output_on(&out, STDERR_FILENO, "fuzz");
	output_room(&out, 1024 + h->task.n * 16);
	write_header(&out, h);
	copy = read_line(&again, w, (struct str){ out.buf, out.n - 1 }, &item);
	out.n = 0;
	CHECK(item.kind == ITEM_POINT || item.kind == ITEM_UNWANTED);
	CHECK(item.at->ts == h->ts && item.at->cpu == h->cpu);
	CHECK(item.at->tid == h->tid && item.at->tgid == h->tgid);
	CHECK(str_eq(item.at->task, h->task));
	free(copy);
	fields_free(&item.fields);
	json_free(&item.record);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct recorded r; /* kept, as a filter keeps it */
	struct wanted *w = wanted_new();
	struct header at;
	struct item item = { .kind = ITEM_BAD, .at = &at };
	struct str rest = { (const char *)data, size };

	while (rest.n > 0) {
		const char *nl = memchr(rest.p, '\n', rest.n);
		struct str line = rest;
		char *copy;

		if (nl != NULL)
			line.n = (size_t)(nl - rest.p);
		rest = str_skip(rest, line.n + (nl != NULL));
		copy = read_line(&r, w, line, &item);
		if (item.kind == ITEM_POINT) {
			CHECK(item.at->name.n > 0 && item.at->cpu >= -1);
			for (size_t i = 0; i < item.fields.n; i++)
				understand(item.fields.field[i].value);
			check_again(w, item.at);
		}
		free(copy);
	}
	fields_free(&item.fields);
	json_free(&item.record);
	wanted_free(w);
	return 0;
}
