/* SPDX-License-Identifier: MIT */
#include "workload/metered.h"

#include <stdlib.h>

#include "base/mem.h"

/* 2001, in ns; no machine runs for thirty years between two boots. */
#define SINCE_1970 INT64_C(1000000000000000000)

/* More than a day in a sample, or 10 MJ, is none. */
#define DUR_MAX (INT64_C(86400) * 1000000000)
#define UJ_MAX INT64_C(10000000000000)

void
metered_open(struct metered *m, double zero_ms)
{
	*m = (struct metered){ .zero_ms = zero_ms, .zones = intern_new() };
}

void
metered_close(struct metered *m)
{
	free(m->interval);
	free(m->left_out);
	intern_free(m->zones);
	*m = (struct metered){ 0 };
}

static bool
has_text(const struct json *rec, const char *key, const char *text)
{
	const struct json_field *f = json_get(rec, key);

	return f != NULL && f->kind == JSON_STRING && str_is(f->value, text);
}

static bool
read_zone(struct metered *m, const struct json *rec, size_t *zone)
{
	const struct json_field *f = json_get(rec, "zone");
	char *text;

	if (f == NULL || f->kind != JSON_STRING)
		return false;
	text = mem_alloc(f->value.n + 1);
	*zone = intern_id(m->zones,
	    (struct str){ text, json_unescape_name(f->value, text) });
	free(text);
	m->left_out = mem_grow(m->left_out, &m->left_out_cap, *zone + 1,
	    sizeof(*m->left_out));
	return true;
}

/* Tells whether a sample's delta is what was used in its time. */
static bool
is_measured(const struct json *rec)
{
	return has_text(rec, "status", "ok") ||
	    has_text(rec, "status", "wrap") ||
	    has_text(rec, "status", "missed");
}

const char *
metered_read(struct metered *m, const struct json *rec)
{
	const struct json_field *summed = json_get(rec, "summed");
	int64_t ts, dur, uj;
	double to;
	size_t zone;

	frame_read(&m->frame, rec);
	if (has_text(rec, "type", "energy_zone")) {
		if (read_zone(m, rec, &zone) && summed != NULL)
			m->left_out[zone] = summed->kind == JSON_FALSE;
		return NULL;
	}
	if (!has_text(rec, "type", "energy") || !is_measured(rec))
		return NULL;
	if (!json_s64(json_get(rec, "ts"), &ts) || ts < 0)
		return "an energy record without its ts";
	if (!read_zone(m, rec, &zone))
		return "an energy record without its zone";
	if (!json_s64(json_get(rec, "dur"), &dur) ||
	    !json_s64(json_get(rec, "delta_uj"), &uj) || dur <= 0 ||
	    dur > DUR_MAX || uj < 0 || uj > UJ_MAX)
		return NULL; /* not known */
	to = (double)ts / 1e6 + (ts < SINCE_1970 ? m->zero_ms : 0);
	m->interval = mem_grow(m->interval, &m->cap, m->n + 1,
	    sizeof(*m->interval));
	m->interval[m->n++] = (struct metered_interval){
		.from = to - (double)dur / 1e6,
		.to = to,
		.uj = (double)uj,
		.zone = zone,
	};
	return NULL;
}

bool
metered_end(struct metered *m)
{
	frame_finish(&m->frame);
	return m->frame.short_cut;
}

bool
metered_counts(const struct metered *m, size_t zone)
{
	return !m->left_out[zone];
}
