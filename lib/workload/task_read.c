/* SPDX-License-Identifier: MIT */
#include "workload/task.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "record/json.h"
#include "workload/task_columns.h"

static const struct column names[] = { TASK_NAMES };
static const struct column texts[] = { TASK_TEXTS };
static const struct column numbers[] = { TASK_NUMBERS };
static const char *const assumptions[] = { TASK_ASSUMPTIONS };
static const char *const kinds[] = { FRAGMENT_WORDS };

static struct str *
text_at(struct task *t, const struct column *c)
{
	return (struct str *)(void *)((char *)t + c->at);
}

static int64_t *
number_at(struct task *t, const struct column *c)
{
	return (int64_t *)(void *)((char *)t + c->at);
}

void
task_room_free(struct task_room *room)
{
	free(room->text);
	free(room->list);
	*room = (struct task_room){ 0 };
}

static bool
is_there(const struct json_field *f)
{
	return f != NULL && f->kind != JSON_NULL;
}

/* Reads a number that may be absent and is not below 0. */
static bool
read_number(const struct json *rec, const char *key, int64_t *v)
{
	const struct json_field *f = json_get(rec, key);

	*v = -1;
	return !is_there(f) || (json_s64(f, v) && *v >= 0);
}

/* Reads a decimal from 0 on. */
static bool
read_decimal(const struct json_field *f, double *v)
{
	char text[64];

	if (f->kind != JSON_INTEGER && f->kind != JSON_DECIMAL)
		return false;
	if (f->value.n >= sizeof(text))
		return false;
	memcpy(text, f->value.p, f->value.n);
	text[f->value.n] = '\0';
	*v = strtod(text, NULL);
	return isfinite(*v) && *v >= 0;
}

static bool
is_failed(const struct json *rec, const char *type)
{
	const struct json_field *f = json_get(rec, "type");

	return is_there(f) && str_is(f->value, type);
}

static bool
read_id(const struct json *rec, int32_t *id)
{
	int64_t v;

	if (!json_s64(json_get(rec, "id"), &v) || v < 0 || v > INT32_MAX)
		return false;
	*id = (int32_t)v;
	return true;
}

/* Takes a text of the record into the room, where *place is free. */
static bool
read_text(const struct json *rec, const char *key, char **place, struct str *s,
    size_t (*unescape)(struct str, char *))
{
	const struct json_field *f = json_get(rec, key);

	*s = (struct str){ NULL, 0 };
	if (!is_there(f))
		return true;
	if (f->kind != JSON_STRING)
		return false;
	*s = (struct str){ *place, unescape(f->value, *place) };
	*place += s->n;
	return true;
}

static const char *
read_texts(struct task_room *room, const struct json *rec, struct task *t)
{
	size_t need = 1;
	char *place;

	for (size_t i = 0; i < rec->n; i++)
		if (rec->field[i].kind == JSON_STRING)
			need += rec->field[i].value.n;
	room->text = mem_grow(room->text, &room->text_cap, need, 1);
	place = room->text;
	for (size_t i = 0; i < LENGTH(names); i++)
		if (!read_text(rec, names[i].key, &place, text_at(t, &names[i]),
			json_unescape_name))
			return "a name that is no string";
	for (size_t i = 0; i < LENGTH(texts); i++)
		if (!read_text(rec, texts[i].key, &place, text_at(t, &texts[i]),
			json_unescape))
			return "a text that is no string";
	return NULL;
}

static size_t
length_of(const struct json_field *f)
{
	return is_there(f) ? f->value.n : 0;
}

/* Reads ids into *to, and moves it on; json took care of the syntax. */
static bool
read_list(const struct json_field *f, int32_t **to, size_t *n)
{
	struct str rest;

	*n = 0;
	if (!is_there(f))
		return true;
	if (f->kind != JSON_ARRAY)
		return false;
	rest = f->value;
	while (rest.n > 0) {
		size_t digits = 0;
		int64_t v;

		while (digits < rest.n && rest.p[digits] >= '-' &&
		    rest.p[digits] <= '9')
			digits++;
		if (digits == 0) {
			rest = str_skip(rest, 1);
			continue;
		}
		if (!num_s64((struct str){ rest.p, digits }, &v) || v < 0 ||
		    v > INT32_MAX)
			return false;
		*(*to)++ = (int32_t)v;
		++*n;
		rest = str_skip(rest, digits);
	}
	return true;
}

static const char *
read_lists(struct task_room *room, const struct json *rec, struct task *t)
{
	const struct json_field *parents = json_get(rec, "parents");
	const struct json_field *children = json_get(rec, "children");
	size_t bytes = length_of(parents) + length_of(children);
	int32_t *to;

	room->list = mem_grow(room->list, &room->list_cap, bytes / 2 + 2,
	    sizeof(*room->list));
	t->parent = to = room->list;
	if (!read_list(parents, &to, &t->parents))
		return "parents is no list of ids";
	t->child = to;
	if (!read_list(children, &to, &t->children))
		return "children is no list of ids";
	return NULL;
}

/* Reads what is assumed; names that nobody knows are no harm. */
static unsigned
read_assumed(const struct json *rec)
{
	const struct json_field *f = json_get(rec, "assumed");
	unsigned assumed = 0;

	if (!is_there(f) || f->kind != JSON_STRING)
		return 0;
	for (size_t i = 0; i < LENGTH(assumptions); i++)
		if (memmem(f->value.p, f->value.n, assumptions[i],
			strlen(assumptions[i])) != NULL)
			assumed |= 1u << i;
	return assumed;
}

static const char *
read_times(const struct json *rec, struct task *t)
{
	if (!read_id(rec, &t->id))
		return "id is no number from 0 to 2^31 - 1";
	if (!json_s64(json_get(rec, "submission_time"), &t->submission_ms))
		return "submission_time is no integer of 64 bits";
	if (!read_number(rec, "duration", &t->duration_ms) ||
	    t->duration_ms < 0)
		return "duration is no number from 0 on";
	return NULL;
}

static const char *
read_numbers(const struct json *rec, struct task *t)
{
	const struct json_field *mhz = json_get(rec, "cpu_capacity");
	const struct json_field *status = json_get(rec, "status");
	int64_t cpus;

	if (!read_number(rec, "cpu_count", &cpus) || cpus > INT32_MAX)
		return "cpu_count is no number from 0 to 2^31 - 1";
	t->cpu_count = cpus < 0 ? 0 : (int32_t)cpus;
	if (is_there(mhz) && !read_decimal(mhz, &t->cpu_mhz))
		return "cpu_capacity is no decimal from 0 on";
	t->has_status = is_there(status);
	if (t->has_status && !json_s64(status, &t->status))
		return "status is no integer of 64 bits";
	for (size_t i = 0; i < LENGTH(numbers); i++)
		if (!read_number(rec, numbers[i].key,
			number_at(t, &numbers[i])))
			return numbers[i].wrong;
	return NULL;
}

const char *
task_read(struct task_room *room, const struct json *rec, struct task *t)
{
	const char *why;

	task_clear(t);
	t->failed = is_failed(rec, "failed_task");
	why = read_times(rec, t);
	if (why == NULL)
		why = read_numbers(rec, t);
	if (why == NULL)
		why = read_texts(room, rec, t);
	if (why == NULL)
		why = read_lists(room, rec, t);
	t->assumed = read_assumed(rec);
	return why;
}

const char *
fragment_read(const struct json *rec, struct fragment *f)
{
	const struct json_field *usage = json_get(rec, "cpu_usage");
	const struct json_field *kind = json_get(rec, "kind");
	int64_t cpus;

	*f = (struct fragment){ .failed = is_failed(rec, "failed_fragment") };
	if (!read_id(rec, &f->id))
		return "id is no number from 0 to 2^31 - 1";
	if (!read_number(rec, "duration", &f->duration_ms) ||
	    f->duration_ms < 0)
		return "duration is no number from 0 on";
	if (!read_number(rec, "cpu_count", &cpus) || cpus > INT32_MAX)
		return "cpu_count is no number from 0 to 2^31 - 1";
	f->cpu_count = cpus < 0 ? 0 : (int32_t)cpus;
	if (!is_there(usage) || !read_decimal(usage, &f->cpu_mhz))
		return "cpu_usage is no decimal from 0 on";
	if (!is_there(kind))
		return NULL;
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (kind->kind == JSON_STRING &&
		    str_is(kind->value, kinds[i])) {
			f->kind = (enum fragment_kind)i;
			return NULL;
		}
	return "a kind of fragment that is not known";
}
