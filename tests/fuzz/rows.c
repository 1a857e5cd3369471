/* SPDX-License-Identifier: MIT */
/*
 * rows: of any lines, each that is taken is a row of one set, every row has
 * as many cells as there are columns, or is a record, and no group is without
 * a row
 *
 * The first byte tells whether the type is chosen, how the sets are drawn,
 * whether rows are lines of JSON, whether the lines come as what they are, or
 * as events, and whether their switches are in the original's manner.
 */
#include "dataset/rows.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../unit/input_of.h"
#include "check.h"
#include "record/frame.h"
#include "source/metadata.h"

/* Takes the lines.  Returns how many were rows, or of other types. */
static uint64_t
take(struct rows *rows, struct str text)
{
	struct frame frame = { 0 };
	struct json rec = { 0 };
	uint64_t taken = 0;

	rows_stream(rows, NULL, NULL);
	while (text.n > 0) {
		const char *end = memchr(text.p, '\n', text.n);
		struct str line = text;

		if (end != NULL)
			line.n = (size_t)(end - text.p);
		text = str_skip(text, line.n + (end != NULL));
		if (json_parse(&rec, line) != NULL)
			continue;
		switch (frame_read(&frame, &rec)) {
		case FRAME_TRACE:
			rows_stream(rows, &rec, NULL);
			break;
		case FRAME_NONE:
			taken += rows_take(rows, &rec, line, NULL) == NULL;
			break;
		default:
			break;
		}
	}
	json_free(&rec);
	return taken;
}

/* The same through a reader of events, whatever the text poses as. */
static uint64_t
take_events(struct rows *rows, struct str text)
{
	const struct metadata none = { 0 };
	struct event_reader *r = event_reader_new();
	struct input in = input_of(text.p, text.n);
	uint64_t taken = 0;
	struct event ev;

	event_open(r, &in);
	while (event_next(r, &ev)) {
		const char *why = rows_event(rows, r, &ev, &none, NULL);

		CHECK(why == NULL || ev.kind == EVENT_POINT ||
		    ev.kind == EVENT_BAD);
		taken += ev.kind == EVENT_POINT && why == NULL;
	}
	event_reader_free(r);
	input_close(&in);
	return taken;
}

/* Counts the lines of CSV that all have so many cells. */
static uint64_t
count(const char *p, size_t n, size_t columns)
{
	uint64_t lines = 0;
	size_t cells = 1;
	bool quoted = false;

	for (size_t i = 0; i < n; i++) {
		quoted ^= p[i] == '"';
		CHECK(p[i] != '\0');
		if (quoted)
			continue;
		cells += p[i] == ',';
		if (p[i] == '\n') {
			CHECK(cells == columns);
			cells = 1;
			lines++;
		}
	}
	CHECK(!quoted && cells == 1);
	return lines;
}

/* Counts the lines of JSON, each of which is a record with a type. */
static uint64_t
count_records(const char *p, size_t n, bool switches)
{
	struct json rec = { 0 };
	uint64_t lines = 0;

	while (n > 0) {
		const char *end = memchr(p, '\n', n);

		CHECK(end != NULL);
		CHECK(json_parse(&rec, (struct str){ p, (size_t)(end - p) }) ==
		    NULL);
		CHECK(json_get(&rec, "type") != NULL);
		CHECK(json_get(&rec, switches ? "pid" : "category") != NULL);
		n -= (size_t)(end + 1 - p);
		p = end + 1;
		lines++;
	}
	json_free(&rec);
	return lines;
}

/* Checks the file of a set, and closes it. */
static void
check_set(const struct rows *rows, struct output *out, size_t set)
{
	size_t columns = rows_columns(rows), n;
	char *p;

	CHECK(output_flush(out) == 0);
	n = out->bytes;
	p = n > 0 ? mmap(NULL, n, PROT_READ, MAP_PRIVATE, out->fd, 0) : NULL;
	CHECK(p != MAP_FAILED);
	if (rows->form.json)
		CHECK(count_records(p, n, rows->switching) == rows->count[set]);
	else
		CHECK(count(p, n, columns) == rows->count[set] + 1);
	if (n > 0)
		munmap(p, n);
	output_close(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct output file[SPLIT_SETS], *out[SPLIT_SETS];
	struct switches_form form = { 0 };
	struct windows windows;
	struct split *split = split_new();
	struct rows rows;
	struct mt mt;
	uint64_t taken, written = 0;
	struct str text;
	uint32_t seed;

	seed = size > 0 ? data[0] : 0;
	size -= size > 0;
	form.json = seed & 16;
	form.compat = (seed & 128) && !form.json;
	CHECK(
	    rows_open(&rows, "/dev/shm", seed & 1 ? "span" : NULL, form) == 0);
	if (seed & 32)
		origin_ask(&rows.origin, "n");
	text = (struct str){ (const char *)data + 1, size };
	taken = seed & 64 ? take_events(&rows, text) : take(&rows, text);
	mt_seed(&mt, &seed, 1);
	if (seed & 16)
		split_into(split, 2 + (seed >> 5));
	rows_split(&rows, split);
	split_draw(split, &mt, (seed & 6) / 6.0, seed & 8);
	windows_open(&windows, 1, 1);
	for (size_t i = 0; i < split_sets(split); i++) {
		output_on(&file[i], memfd_create("set", 0), "set");
		out[i] = &file[i];
	}
	CHECK(rows_write(&rows, split, (seed & 6) / 6.0, out, &windows) == 0);
	for (size_t i = 0; i < split_sets(split); i++) {
		check_set(&rows, &file[i], i);
		CHECK(windows.count[i] == rows.count[i]);
		written += rows.count[i];
	}
	CHECK(written == rows.kept);
	if (!form.compat || !rows.switching)
		CHECK(written + rows.other == taken);
	else
		CHECK(rows.other + rows_unread(&rows) <= taken);
	CHECK(written >= origin_groups(&rows.origin));
	split_free(split);
	rows_close(&rows);
	return 0;
}
