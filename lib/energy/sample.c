/* SPDX-License-Identifier: MIT */
#include "energy/sample.h"

#include <stdlib.h>

#include "base/mem.h"
#include "energy/watts.h"

static const char bad_ts[] = "ts is no integer of 64 bits";
static const char bad_dur[] = "dur is no time from 0 on";
static const char bad_counter[] = "counter_uj is no number from 0 to 2^64 - 1";

void
sample_put(struct output *out, const struct sample *s)
{
	quick_put(out, s);
}

static bool
is_null(const struct json_field *f)
{
	return f == NULL || f->kind == JSON_NULL;
}

/* Unescapes a name into place, which has room, where it must be. */
static struct str
name_of(const struct json_field *f, char **place)
{
	struct str name = f->value;

	if (f->escaped) {
		name = (struct str){ *place,
			json_unescape_name(f->value, *place) };
		*place += name.n;
	}
	return name;
}

static const char *
read_power(const struct json_field *f, struct sample *s)
{
	s->has_power = !is_null(f);
	s->power_uw = 0;
	if (!s->has_power)
		return NULL;
	if (f->kind != JSON_INTEGER && f->kind != JSON_DECIMAL)
		return "power_w is no number";
	if (!watts_read(f->value, &s->power_uw))
		return "power_w is below 0 or too large";
	return NULL;
}

/* Reads a number that may be absent; false where it is something else. */
static bool
read_known(const struct json_field *f, bool *has, uint64_t *v)
{
	*v = 0;
	*has = !is_null(f);
	return !*has || json_u64(f, v);
}

static const char *
read_status(const struct json_field *f, enum energy_status *status)
{
	struct str word;
	char text[64];

	if (f == NULL || f->kind != JSON_STRING)
		return "status is no string";
	word = f->value;
	if (f->escaped && word.n <= sizeof(text))
		word = (struct str){ text, json_unescape(word, text) };
	return energy_status_find(word, status) ? NULL : "an unknown status";
}

static const char *
read_numbers(const struct json *rec, struct sample *s)
{
	uint64_t dur;
	bool has;

	if (!json_s64(json_get(rec, "ts"), &s->ts))
		return bad_ts;
	if (!read_known(json_get(rec, "counter_uj"), &s->has_counter,
		&s->counter_uj))
		return bad_counter;
	if (!read_known(json_get(rec, "delta_uj"), &s->has_delta, &s->delta_uj))
		return "delta_uj is no number from 0 to 2^64 - 1";
	if (!read_known(json_get(rec, "dur"), &s->has_dur, &dur) ||
	    dur > INT64_MAX)
		return bad_dur;
	s->dur = (int64_t)dur;
	if (!read_known(json_get(rec, "late"), &has, &s->late))
		return "late is no number from 0 to 2^64 - 1";
	return NULL;
}

/* Makes room for the names of a record. */
static char *
room_for(struct sample_reader *r, size_t n)
{
	r->name = mem_grow(r->name, &r->cap, n + 1, 1);
	return r->name;
}

/* Reads the record that json took apart. */
static const char *
read_any(struct sample_reader *r, struct sample *s)
{
	const struct json_field *zone = json_get(&r->rec, "zone");
	const char *why;
	char *place;

	if (zone == NULL || zone->kind != JSON_STRING)
		return "zone is no string";
	place = room_for(r, zone->value.n);
	s->zone = name_of(zone, &place);
	why = read_numbers(&r->rec, s);
	if (why == NULL)
		why = read_power(json_get(&r->rec, "power_w"), s);
	if (why == NULL)
		why = read_status(json_get(&r->rec, "status"), &s->status);
	return why;
}

/* Tells whether a record is of a type. */
static bool
is_type(const struct json *rec, const char *type)
{
	const struct json_field *f = json_get(rec, "type");
	char text[128];

	if (f == NULL || f->kind != JSON_STRING)
		return false;
	if (!f->escaped)
		return str_is(f->value, type);
	return f->value.n <= sizeof(text) &&
	    str_is((struct str){ text, json_unescape(f->value, text) }, type);
}

const char *
sample_read(struct sample_reader *r, struct str line, struct sample *s,
    bool *is)
{
	const char *why;

	s->read = -1;
	s->smooth = 0;
	s->has_smoothed = false;
	s->smoothed_uw = 0;
	*is = true;
	if (!quick_read(line, s)) {
		*is = false;
		why = json_parse(&r->rec, line);
		if (why != NULL || !is_type(&r->rec, "energy"))
			return why;
		*is = true;
		why = read_any(r, s);
		*is = why == NULL;
		if (why != NULL)
			return why;
	}
	if (s->ts < INT64_MIN + s->dur) {
		*is = false;
		return "dur begins before any time";
	}
	return NULL;
}

void
sample_reader_free(struct sample_reader *r)
{
	json_free(&r->rec);
	free(r->name);
	*r = (struct sample_reader){ 0 };
}

static void
put_known(struct output *out, const char *key, struct str name)
{
	if (name.p != NULL)
		json_put_name(out, key, name);
}

void
sample_put_zone(struct output *out, const struct sample_zone *z)
{
	json_open(out, "energy_zone");
	json_put_s64(out, "ts", z->ts);
	json_put_name(out, "zone", z->zone);
	put_known(out, "name", z->name);
	put_known(out, "path", z->path);
	if (z->has_range)
		json_put_u64(out, "range_uj", z->range_uj);
	else
		json_put_null(out, "range_uj");
	if (z->has_counter)
		json_put_u64(out, "counter_uj", z->counter_uj);
	else
		json_put_null(out, "counter_uj");
	put_known(out, "role", z->role);
	json_put_bool(out, "summed", z->summed);
	json_close(out);
}

bool
sample_is_zone(const struct json *rec)
{
	return is_type(rec, "energy_zone");
}

/* Reads a name that may be absent; false where it is something else. */
static bool
read_name(const struct json_field *f, struct str *name, char **place)
{
	*name = (struct str){ NULL, 0 };
	if (is_null(f))
		return true;
	if (f->kind == JSON_STRING)
		*name = name_of(f, place);
	return f->kind == JSON_STRING;
}

const char *
sample_read_zone(struct sample_reader *r, struct sample_zone *z)
{
	const struct json *rec = &r->rec;
	const struct json_field *summed = json_get(rec, "summed");
	size_t n = 0;
	char *place;

	for (size_t i = 0; i < rec->n; i++)
		n += rec->field[i].value.n;
	place = room_for(r, n);
	if (!json_s64(json_get(rec, "ts"), &z->ts))
		return bad_ts;
	if (!read_name(json_get(rec, "zone"), &z->zone, &place) ||
	    z->zone.p == NULL)
		return "zone is no string";
	if (!read_name(json_get(rec, "name"), &z->name, &place) ||
	    !read_name(json_get(rec, "path"), &z->path, &place) ||
	    !read_name(json_get(rec, "role"), &z->role, &place))
		return "name, path or role is no string";
	if (!read_known(json_get(rec, "range_uj"), &z->has_range, &z->range_uj))
		return "range_uj is no number from 0 to 2^64 - 1";
	if (!read_known(json_get(rec, "counter_uj"), &z->has_counter,
		&z->counter_uj))
		return bad_counter;
	if (summed != NULL && summed->kind != JSON_TRUE &&
	    summed->kind != JSON_FALSE)
		return "summed is not true or false";
	z->summed = summed == NULL || summed->kind == JSON_TRUE;
	return NULL;
}
