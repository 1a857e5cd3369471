/* SPDX-License-Identifier: MIT */
#include "record/frame.h"

#include <stdlib.h>

#include "base/mem.h"

/*
 * Compares a body with a short word.  An escape takes six bytes at most, so
 * one that is longer than that many times the word is not the word.
 */
static bool
says(struct str body, bool escaped, const char *word)
{
	char text[8 * 6];
	size_t n;

	if (!escaped)
		return str_is(body, word);
	if (body.n > sizeof(text))
		return false;
	n = json_unescape(body, text);
	return str_is((struct str){ text, n }, word);
}

static bool
key_says(const struct json_field *f, const char *word)
{
	return says(f->key, f->key_escaped, word);
}

bool
frame_is_taken(struct str type)
{
	return str_is(type, "trace") || str_is(type, "lost") ||
	    str_is(type, "end");
}

static enum frame_kind
kind_of(const struct json *rec)
{
	const struct json_field *type = json_get(rec, "type");

	if (type == NULL || type->kind != JSON_STRING)
		return FRAME_NONE;
	if (says(type->value, type->escaped, "trace"))
		return FRAME_TRACE;
	if (says(type->value, type->escaped, "lost"))
		return FRAME_LOST;
	if (says(type->value, type->escaped, "end"))
		return FRAME_END;
	return FRAME_NONE;
}

/* Returns sum and what the field says; what would not fit is the most. */
static uint64_t
add(uint64_t sum, const struct json_field *f)
{
	uint64_t v = 0;

	json_u64(f, &v);
	return v <= UINT64_MAX - sum ? sum + v : UINT64_MAX;
}

bool
frame_cut_short(const struct json *end)
{
	const struct json_field *f = json_get(end, "cut_short");

	return f != NULL && f->kind == JSON_TRUE;
}

enum frame_kind
frame_read(struct frame *fr, const struct json *rec)
{
	enum frame_kind kind = kind_of(rec);

	switch (kind) {
	case FRAME_NONE:
		fr->records++;
		break;
	case FRAME_TRACE:
		fr->short_cut |= fr->open;
		fr->open = true;
		fr->traces++;
		break;
	case FRAME_LOST:
		fr->lost = add(fr->lost, json_get(rec, "count"));
		fr->lost_marks++;
		break;
	case FRAME_END:
		/*
		 * Its other counts are not compared with what came: a grep
		 * in the pipe may rightly have taken some.
		 */
		fr->bad = add(fr->bad, json_get(rec, "bad"));
		fr->short_cut |= frame_cut_short(rec);
		fr->open = false;
		break;
	}
	return kind;
}

void
frame_finish(struct frame *fr)
{
	fr->short_cut |= fr->open;
	fr->open = false;
}

/* Adds by: the pipeline so far, if any, and command. */
static void
put_by(struct output *out, struct str by, struct str command)
{
	static const char pipe[] = " | ";
	size_t link = by.n > 0 && command.n > 0 ? sizeof(pipe) - 1 : 0;
	size_t n = by.n + link + command.n;
	char *text = mem_alloc(n);

	if (by.n > 0)
		memcpy(text, by.p, by.n);
	memcpy(text + by.n, pipe, link);
	if (command.n > 0)
		memcpy(text + by.n + link, command.p, command.n);
	if (n > 0)
		json_put_string(out, "by", (struct str){ text, n });
	free(text);
}

static void
put_known(struct output *out, const char *key, struct str s)
{
	if (s.p != NULL)
		json_put_string(out, key, s);
}

void
frame_put_trace(struct output *out, const struct frame_trace *t,
    struct str command)
{
	json_open(out, "trace");
	json_put_u64(out, "version", FRAME_VERSION);
	put_known(out, "trace_id", t->trace_id);
	put_known(out, "workload_type", t->workload_type);
	put_known(out, "category", t->category);
	put_known(out, "clock", t->clock);
	put_known(out, "host", t->host);
	put_known(out, "kernel", t->kernel);
	put_known(out, "boot_id", t->boot_id);
	if (t->cpus > 0)
		json_put_u64(out, "cpus", t->cpus);
	put_by(out, t->by, command);
	json_close(out);
}

/* Adds by as the field has it, if it is a string, and command. */
static void
pass_by(struct output *out, const struct json_field *f, struct str command)
{
	struct str by = { 0 };
	char *text = NULL;

	if (f != NULL && f->kind == JSON_STRING) {
		text = mem_alloc(f->value.n);
		by = (struct str){ text, json_unescape(f->value, text) };
	}
	put_by(out, by, command);
	free(text);
}

/* Writes the fields that take the place of a record's own. */
static void
put_set(struct output *out, const struct frame_trace *set)
{
	put_known(out, "trace_id", set->trace_id);
	put_known(out, "workload_type", set->workload_type);
	put_known(out, "category", set->category);
}

/* Tells whether a field is one of those. */
static bool
is_set(const struct json_field *f, const struct frame_trace *set)
{
	return (set->trace_id.p != NULL && key_says(f, "trace_id")) ||
	    (set->workload_type.p != NULL && key_says(f, "workload_type")) ||
	    (set->category.p != NULL && key_says(f, "category"));
}

void
frame_pass_trace(struct output *out, const struct json *rec,
    const struct frame_trace *set, struct str command)
{
	const struct json_field *by = json_get(rec, "by");
	const struct frame_trace none = { .cpus = 0 };

	if (set == NULL)
		set = &none;
	json_open(out, "trace");
	for (size_t i = 0; i < rec->n; i++) {
		const struct json_field *f = &rec->field[i];

		if (f == by) {
			put_set(out, set);
			pass_by(out, f, command);
		} else if (!key_says(f, "type") && !key_says(f, "by") &&
		    !is_set(f, set)) {
			json_put_field(out, f);
		}
	}
	if (by == NULL) {
		put_set(out, set);
		pass_by(out, NULL, command);
	}
	json_close(out);
}

void
frame_put_lost(struct output *out, int64_t ts, int cpu, int64_t count)
{
	json_open(out, "lost");
	if (ts >= 0)
		json_put_s64(out, "ts", ts);
	else
		json_put_null(out, "ts");
	if (cpu >= 0)
		json_put_s64(out, "cpu", cpu);
	else
		json_put_null(out, "cpu");
	if (count >= 0)
		json_put_s64(out, "count", count);
	else
		json_put_null(out, "count");
	json_close(out);
}

void
frame_open_end(struct output *out, uint64_t records, uint64_t lost,
    uint64_t lost_marks, uint64_t bad)
{
	json_open(out, "end");
	json_put_u64(out, "records", records);
	json_put_u64(out, "lost", lost);
	json_put_u64(out, "lost_marks", lost_marks);
	json_put_u64(out, "bad", bad);
}
