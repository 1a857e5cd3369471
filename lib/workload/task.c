/* SPDX-License-Identifier: MIT */
#include "workload/task.h"

#include <math.h>
#include <stdio.h>

#include "base/wide.h"
#include "record/csv.h"
#include "record/json.h"
#include "workload/task_columns.h"

static const struct column names[] = { TASK_NAMES };
static const struct column texts[] = { TASK_TEXTS };
static const struct column numbers[] = { TASK_NUMBERS };
static const char *const assumptions[] = { TASK_ASSUMPTIONS };
static const char *const kinds[] = { FRAGMENT_WORDS };

void
task_clear(struct task *t)
{
	const int64_t unknown = -1;

	*t = (struct task){ .cpu_mhz = -1 };
	for (size_t i = 0; i < LENGTH(numbers); i++)
		memcpy((char *)t + numbers[i].at, &unknown, sizeof(unknown));
}

/*
 * Writes a decimal so that it stays one, and the same is read back.  Most have
 * few places; to look for the fewest of the others would take many times as
 * long as the rest of the record.
 */
static void
put_decimal(struct output *out, const char *key, double v)
{
	const double exact = 9007199254740992.0 / 1e9; /* 2^53 */
	char text[WIDE_TEXT + 2];
	size_t n;

	output_text(out, ",\"");
	output_text(out, key);
	output_text(out, "\":");
	if (v < exact && rint(v * 1e9) / 1e9 == v) {
		n = wide_put_decimal(text, (wide)rint(v * 1e9), 9);
		while (text[n - 1] == '0' && text[n - 2] != '.')
			n--;
	} else {
		n = (size_t)snprintf(text, sizeof(text), "%.17g", v);
		if (memchr(text, '.', n) == NULL &&
		    memchr(text, 'e', n) == NULL) {
			memcpy(text + n, ".0", 2);
			n += 2;
		}
	}
	output_put(out, text, n);
}

static void
put_list(struct output *out, const char *key, const int32_t *id, size_t n)
{
	if (n == 0)
		return;
	output_printf(out, ",\"%s\":[", key);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			output_byte(out, ',');
		output_s64(out, id[i]);
	}
	output_byte(out, ']');
}

static void
put_number(struct output *out, const struct task *t, const struct column *c)
{
	int64_t v;

	memcpy(&v, (const char *)t + c->at, sizeof(v));
	if (v >= 0)
		json_put_s64(out, c->key, v);
}

static void
put_text(struct output *out, const struct task *t, const struct column *c,
    void (*put)(struct output *, const char *, struct str))
{
	struct str s;

	memcpy(&s, (const char *)t + c->at, sizeof(s));
	if (s.p != NULL)
		put(out, c->key, s);
}

static void
put_assumed(struct output *out, unsigned assumed)
{
	const char *before = "";

	if (assumed == 0)
		return;
	output_text(out, ",\"assumed\":\"");
	for (size_t i = 0; i < LENGTH(assumptions); i++) {
		if ((assumed & 1u << i) == 0)
			continue;
		output_text(out, before);
		output_text(out, assumptions[i]);
		before = " ";
	}
	output_byte(out, '"');
}

void
task_put(struct output *out, const struct task *t)
{
	json_open(out, t->failed ? "failed_task" : "task");
	json_put_s64(out, "id", t->id);
	put_text(out, t, &names[0], json_put_name);
	json_put_s64(out, "submission_time", t->submission_ms);
	json_put_s64(out, "duration", t->duration_ms);
	if (t->cpu_count > 0)
		json_put_s64(out, "cpu_count", t->cpu_count);
	if (t->cpu_mhz >= 0 && isfinite(t->cpu_mhz))
		put_decimal(out, "cpu_capacity", t->cpu_mhz);
	put_number(out, t, &numbers[0]);
	put_list(out, "parents", t->parent, t->parents);
	put_list(out, "children", t->child, t->children);
	put_text(out, t, &texts[0], json_put_string);
	put_text(out, t, &texts[1], json_put_string);
	put_number(out, t, &numbers[1]);
	put_number(out, t, &numbers[2]);
	if (t->has_status)
		json_put_s64(out, "status", t->status);
	for (size_t i = 3; i < LENGTH(numbers); i++)
		put_number(out, t, &numbers[i]);
	for (size_t i = 2; i < LENGTH(texts); i++)
		put_text(out, t, &texts[i], json_put_string);
	put_text(out, t, &names[1], json_put_name);
	put_assumed(out, t->assumed);
	json_close(out);
}

bool
fragment_raise(struct fragment *f, double floor_mhz)
{
	if (floor_mhz > 0 && floor_mhz * (double)f->duration_ms < 1)
		floor_mhz = 1 / (double)f->duration_ms;
	if (!(f->cpu_mhz < floor_mhz))
		return false;
	f->cpu_mhz = floor_mhz;
	return true;
}

void
fragment_put(struct output *out, const struct fragment *f)
{
	json_open(out, f->failed ? "failed_fragment" : "fragment");
	json_put_s64(out, "id", f->id);
	json_put_s64(out, "duration", f->duration_ms);
	if (f->cpu_count > 0)
		json_put_s64(out, "cpu_count", f->cpu_count);
	put_decimal(out, "cpu_usage", f->cpu_mhz);
	json_put_string(out, "kind", str_of(kinds[f->kind]));
	json_close(out);
}

static void
put_cell(struct output *out, struct str s)
{
	if (s.p != NULL)
		csv_put(out, s);
	output_byte(out, ',');
}

static void
put_known(struct output *out, int64_t v, char end)
{
	if (v >= 0)
		output_s64(out, v);
	output_byte(out, end);
}

void
task_put_ids(struct output *out, const struct task *t)
{
	if (t == NULL) {
		output_text(out, "id,node,pid,trace_id,start\n");
		return;
	}
	put_known(out, t->id, ',');
	put_cell(out, t->node);
	put_known(out, t->pid, ',');
	put_cell(out, t->trace_id);
	put_known(out, t->start_ms, '\n');
}
