/* SPDX-License-Identifier: MIT */
#include "dataset/line.h"

#include <assert.h>

#include "base/num.h"
#include "record/json.h"
#include "record/quote.h"

/* Room for the keys of a switch, its CPU, and quotes. */
enum { KEYS = 128 };

size_t
line_room(const struct line_switch *s)
{
	return KEYS + s->next.n + s->pid.n + s->state.n + s->prev.n;
}

static inline char *
put(char *p, const char *z)
{
	return str_copy(p, str_of(z));
}

/* Writes a string, if there is one, behind its key. */
static inline char *
put_text(struct output *out, char *p, const char *key, struct str s,
    size_t room)
{
	char *end;

	if (s.p == NULL)
		return p;
	p = put(p, key);
	end = quote_short(p, s);
	if (end != NULL)
		return end;
	output_used(out, (size_t)(p - out->buf) - out->n);
	quote_put_name(out, s);
	return output_room(out, room);
}

/* Tells whether s is an integer as JSON has it. */
static bool
is_integer(struct str s)
{
	size_t digits = 0;

	if (s.n > 0 && s.p[0] == '-')
		s = str_skip(s, 1);
	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	return digits > 0 && digits == s.n && (digits == 1 || s.p[0] != '0');
}

char *
line_put_switch(struct output *out, char *p, const struct line_switch *s,
    size_t room)
{
	p = put_text(out, p, ",\"task_name\":", s->next, room);
	if (is_integer(s->pid))
		p = str_copy(put(p, ",\"pid\":"), s->pid);
	else
		p = put_text(out, p, ",\"pid\":", s->pid, room);
	if (s->cpu >= 0) {
		p = put(p, ",\"cpu\":");
		p += num_put(p, (uint64_t)s->cpu);
	}
	p = put_text(out, p, ",\"prev_state\":", s->state, room);
	return put_text(out, p, ",\"prev_comm\":", s->prev, room);
}

/* Adds a key with a string, if that is told. */
static void
put_told(struct output *out, const char *key, struct str s)
{
	if (s.n > 0)
		json_put_string(out, key, s);
}

void
line_put_tail(struct output *out, struct str workload, struct str trace_id)
{
	put_told(out, "workload_type", workload);
	put_told(out, "trace_id", trace_id);
	json_close(out);
}

bool
line_put_record(struct output *out, const struct json *rec, struct str text,
    struct str workload, struct str trace_id)
{
	while (text.n > 0 && text.p[text.n - 1] != '}')
		text.n--;
	assert(text.n > 0);
	while (*text.p != '{')
		text = str_skip(text, 1);
	text.n--;
	output_str(out, text);
	if (json_get(rec, "workload_type") == NULL)
		put_told(out, "workload_type", workload);
	if (json_get(rec, "trace_id") == NULL)
		put_told(out, "trace_id", trace_id);
	return json_get(rec, "category") != NULL;
}

void
line_end_record(struct output *out, struct str category)
{
	put_told(out, "category", category);
	json_close(out);
}
