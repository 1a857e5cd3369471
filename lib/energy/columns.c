/* SPDX-License-Identifier: MIT */
#include "energy/columns.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"
#include "record/csv.h"

enum { MICRO = 6 };

void
columns_open(struct columns *c, struct output *out, unsigned smooth, bool fine)
{
	*c = (struct columns){ .out = out, .smooth = smooth, .fine = fine };
}

void
columns_separate(struct columns *c, const char *path, const struct owner *owner)
{
	c->out = NULL;
	c->base = path;
	c->owner = *owner;
}

static void
fail(struct columns *c, const char *path, int error)
{
	if (c->error != 0)
		return;
	c->error = error;
	c->error_path = path;
}

/* Returns the path of a zone's file, with a number if not 0; to be freed. */
static char *
path_of(const struct columns *c, struct str label, size_t number)
{
	struct str base = str_of(c->base);
	char *path, *at;

	if (str_ends(base, ".csv") && base.n > 4)
		base.n -= 4;
	path = mem_alloc(base.n + 1 + label.n + 1 + NUM_TEXT + sizeof(".csv"));
	at = str_copy(path, base);
	*at++ = '_';
	for (size_t i = 0; i < label.n; i++) {
		bool odd = label.p[i] == '/' || (unsigned char)label.p[i] < ' ';

		*at++ = label.p[i];
		if (odd)
			at[-1] = '_';
	}
	if (number > 0) {
		*at++ = '_';
		at += num_put(at, number);
	}
	memcpy(at, ".csv", sizeof(".csv"));
	return path;
}

/* Tells whether a zone's file has that path. */
static bool
is_taken(const struct columns *c, const char *path)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->column[i].path, path) == 0)
			return true;
	return false;
}

/* Returns a path that no other zone's file has; to be freed. */
static char *
new_path(const struct columns *c, struct str label)
{
	char *path = path_of(c, label, 0);

	for (size_t number = 2; is_taken(c, path); number++) {
		free(path);
		path = path_of(c, label, number);
	}
	return path;
}

void
columns_add(struct columns *c, struct str label)
{
	struct column *col;
	/* After one has failed there is no use in more files. */
	bool file = c->out == NULL && c->error == 0;
	char *path = file ? new_path(c, label) : NULL;
	int fd;

	c->column = mem_grow(c->column, &c->cap, c->n + 1, sizeof(*c->column));
	col = &c->column[c->n++];
	col->label = mem_dup(label.p, label.n);
	col->path = path;
	if (!file)
		return;
	fd = owner_create(&c->owner, AT_FDCWD, col->path, O_WRONLY);
	if (fd < 0)
		fail(c, col->path, errno);
	else
		output_on(&col->out, fd, col->path);
}

void
columns_put(struct columns *c, size_t zone, const struct sample *s)
{
	struct column *col;

	if (zone >= c->n) {
		c->unplaced++;
		return;
	}
	col = &c->column[zone];
	col->filled = true;
	col->has_counter = s->has_counter;
	col->counter_uj = s->counter_uj;
	col->has_power = s->has_power;
	col->power_uw = s->power_uw;
	col->has_smoothed = s->has_smoothed;
	col->smoothed_uw = s->smoothed_uw;
}

bool
columns_filled(const struct columns *c, size_t zone)
{
	return zone < c->n && c->column[zone].filled;
}

static void
put_name(struct output *out, const char *label, const char *rest)
{
	struct output name;

	output_in_memory(&name);
	output_text(&name, label);
	output_text(&name, rest);
	output_byte(out, ',');
	csv_put(out, (struct str){ name.buf, name.n });
	output_close(&name);
}

static void
put_names(struct output *out, const struct column *col, unsigned smooth)
{
	char rest[sizeof("_power_w_sma") + 3 * sizeof(smooth)];

	put_name(out, col->label, "_energy_uj");
	put_name(out, col->label, "_power_w");
	if (smooth == 0)
		return;
	snprintf(rest, sizeof(rest), "_power_w_sma%u", smooth);
	put_name(out, col->label, rest);
}

/* Writes a cell of watts, or an empty one. */
static void
put_watts(struct output *out, bool has, uint64_t uw)
{
	output_byte(out, ',');
	if (has)
		output_used(out,
		    wide_put_decimal(output_room(out, WIDE_TEXT + 2), uw,
			MICRO));
}

static void
put_cells(struct output *out, const struct column *col, unsigned smooth)
{
	output_byte(out, ',');
	if (col->filled && col->has_counter)
		output_u64(out, col->counter_uj);
	put_watts(out, col->filled && col->has_power, col->power_uw);
	if (smooth > 0)
		put_watts(out, col->filled && col->has_smoothed,
		    col->smoothed_uw);
}

static void
put_time(const struct columns *c, struct output *out, int64_t ts)
{
	char *p = output_room(out, WIDE_TEXT + 2);

	if (!c->fine)
		output_s64(out, ts / NS_PER_S);
	else
		output_used(out, wide_put_decimal(p, (wide)ts / 1000, MICRO));
}

static void
put_header(struct columns *c)
{
	c->headed = true;
	if (c->out != NULL)
		output_text(c->out, "ts");
	for (size_t i = 0; i < c->n; i++) {
		struct column *col = &c->column[i];
		struct output *out = c->out != NULL ? c->out : &col->out;

		if (c->out == NULL && col->out.name == NULL)
			continue;
		if (c->out == NULL)
			output_text(out, "ts");
		put_names(out, col, c->smooth);
		if (c->out == NULL)
			output_byte(out, '\n');
	}
	if (c->out != NULL)
		output_byte(c->out, '\n');
}

/* Writes a row of the one output. */
static void
put_row(struct columns *c, int64_t ts)
{
	put_time(c, c->out, ts);
	for (size_t i = 0; i < c->n; i++)
		put_cells(c->out, &c->column[i], c->smooth);
	output_byte(c->out, '\n');
}

/* Writes a row of each zone's file that has a sample. */
static void
put_rows(struct columns *c, int64_t ts)
{
	for (size_t i = 0; i < c->n; i++) {
		struct column *col = &c->column[i];

		if (!col->filled || col->out.name == NULL)
			continue;
		put_time(c, &col->out, ts);
		put_cells(&col->out, col, c->smooth);
		output_byte(&col->out, '\n');
	}
}

void
columns_row(struct columns *c, int64_t ts)
{
	bool any = false;

	for (size_t i = 0; i < c->n; i++)
		any |= c->column[i].filled;
	if (!any)
		return;
	if (!c->headed)
		put_header(c);
	if (c->out != NULL)
		put_row(c, ts);
	else
		put_rows(c, ts);
	for (size_t i = 0; i < c->n; i++)
		c->column[i].filled = false;
}

bool
columns_flush(struct columns *c)
{
	for (size_t i = 0; i < c->n && c->out == NULL; i++) {
		struct column *col = &c->column[i];

		if (col->out.name != NULL && output_flush(&col->out) != 0)
			fail(c, col->path, col->out.err);
	}
	return c->error == 0;
}

void
columns_close(struct columns *c)
{
	if (!c->headed)
		put_header(c);
	for (size_t i = 0; i < c->n; i++) {
		struct column *col = &c->column[i];

		if (c->out == NULL && col->out.name != NULL &&
		    output_close(&col->out) != 0)
			fail(c, col->path, errno);
	}
}

void
columns_free(struct columns *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->column[i].label);
		free(c->column[i].path);
	}
	free(c->column);
	*c = (struct columns){ 0 };
}
