/* SPDX-License-Identifier: MIT */
#include "flow/show.h"

#include <inttypes.h>

#include "record/json.h"

enum { NAME_WIDTH = 32 };

#define COLOUR_NAME "\033[1;36m"
#define COLOUR_TIME "\033[33m"
#define COLOUR_ODD "\033[31m"
#define COLOUR_OFF "\033[0m"

static void
put_endpoint(struct output *out, const char *key, const struct endpoint *e)
{
	char text[ENDPOINT_TEXT];

	json_put_string(out, key,
	    (struct str){ text, endpoint_print(e, text) });
}

static void
put_count(struct output *out, const char *key, uint64_t v)
{
	if (v > 0)
		json_put_u64(out, key, v);
	else
		json_put_null(out, key);
}

static void
show_record(struct output *out, const struct services *services,
    const struct span *s)
{
	json_open(out, "span");
	json_put_s64(out, "ts", s->start);
	if (s->end >= 0)
		json_put_s64(out, "dur", s->end - s->start);
	else
		json_put_null(out, "dur");
	put_count(out, "trace", s->tree->number);
	json_put_u64(out, "span", s->number);
	put_count(out, "parent", s->parent != NULL ? s->parent->number : 0);
	json_put_string(out, "service", services_name(services, s->service));
	json_put_s64(out, "tid", s->tid);
	put_endpoint(out, "local", &s->local);
	put_endpoint(out, "peer", &s->peer);
	json_put_string(out, "link", str_of(span_link_name(s->link)));
	json_put_u64(out, "candidates", s->candidates);
	if (s->arrival >= 0)
		json_put_s64(out, "queue", s->start - s->arrival);
	json_put_bool(out, "lost", s->lost);
	json_close(out);
}

void
show_records(struct output *out, const struct services *services,
    const struct tree *t)
{
	for (struct span *s = t->root; s != NULL; s = tree_step(t, s))
		show_record(out, services, s);
}

/* Writes nanoseconds as seconds or, with three places, as milliseconds. */
static void
put_seconds(struct output *out, int64_t ns)
{
	output_printf(out, "%" PRId64 ".%09" PRId64, ns / 1000000000,
	    ns % 1000000000);
}

static void
put_milliseconds(struct output *out, int64_t ns, int width)
{
	output_printf(out, "%*" PRId64 ".%03" PRId64, width, ns / 1000000,
	    ns % 1000000 / 1000);
}

/* Writes bytes so that they do nothing to a terminal; returns the columns. */
static size_t
put_plain(struct output *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		output_byte(out, c < ' ' || c == 0x7f ? '?' : s.p[i]);
	}
	return s.n;
}

static void
put_blanks(struct output *out, size_t n)
{
	while (n-- > 0)
		output_byte(out, ' ');
}

static void
show_span(struct output *out, const struct services *services,
    const struct span *s, bool colour)
{
	size_t column = 2 + 2 * (size_t)span_depth(s);
	int64_t after = s->start - s->tree->root->start;

	put_blanks(out, column);
	output_text(out, colour ? COLOUR_NAME : "");
	column += put_plain(out, services_name(services, s->service));
	output_text(out, colour ? COLOUR_OFF : "");
	put_blanks(out, column < NAME_WIDTH ? NAME_WIDTH - column : 1);
	output_text(out, colour ? COLOUR_TIME : "");
	if (s->end >= 0)
		put_milliseconds(out, s->end - s->start, 8);
	else
		output_text(out, "           ?");
	output_text(out, colour ? COLOUR_OFF : "");
	output_text(out, after < 0 ? " ms  -" : " ms  +");
	put_milliseconds(out, after < 0 ? -after : after, 0);
	output_text(out, " ms");
	if (s->link == SPAN_GUESS || s->link == SPAN_ORPHAN) {
		output_text(out, colour ? "  " COLOUR_ODD : "  ");
		output_text(out, span_link_name(s->link));
		output_text(out, colour ? COLOUR_OFF : "");
	}
	output_text(out, s->lost ? "  events lost\n" : "\n");
}

void
show_tree(struct output *out, const struct services *services,
    const struct tree *t, bool colour)
{
	char peer[ENDPOINT_TEXT];

	endpoint_print(&t->root->peer, peer);
	if (t->number > 0)
		output_printf(out, "request %" PRIu64, t->number);
	else
		output_text(out, "orphan");
	output_text(out, " at ");
	put_seconds(out, t->root->start);
	output_printf(out, " from %s\n", peer);
	for (struct span *s = t->root; s != NULL; s = tree_step(t, s))
		show_span(out, services, s, colour);
}

/* Writes a Python string. */
static void
put_python(struct output *out, struct str s)
{
	output_byte(out, '\'');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < ' ' || c >= 0x7f)
			output_printf(out, "\\x%02x", c);
		else if (c == '\'' || c == '\\')
			output_printf(out, "\\%c", c);
		else
			output_byte(out, s.p[i]);
	}
	output_byte(out, '\'');
}

static void
put_key(struct output *out, const struct services *services,
    const struct span *s)
{
	char host[ADDRESS_TEXT];

	address_print(&s->local.address, host);
	if (s->parent != NULL)
		output_text(out,
		    s->link == SPAN_FORK ? "('ForkThreadState'"
					 : "('NetworkThreadState'");
	else
		output_printf(out, "(%" PRIu64, s->tree->number);
	output_printf(out, ", %" PRId64 ", ", s->tid);
	put_python(out, services_name(services, s->service));
	output_printf(out, ", '%s', ", host);
	put_seconds(out, s->start);
	output_text(out, ", ");
	if (s->end >= 0)
		put_seconds(out, s->end);
	else
		output_text(out, "None");
	output_text(out, "): {");
}

void
show_raw(struct output *out, const struct services *services,
    const struct tree *t)
{
	unsigned open = 0;

	output_byte(out, '{');
	for (struct span *s = t->root, *next; s != NULL; s = next) {
		unsigned depth = span_depth(s) + 1, close;

		if (depth > 1) {
			output_byte(out, '\n');
			put_blanks(out, depth);
		}
		put_key(out, services, s);
		open = depth;
		next = tree_step(t, s);
		close = next != NULL ? span_depth(next) : 0;
		for (; open > close; open--)
			output_byte(out, '}');
		if (next != NULL && next->parent != s)
			output_byte(out, ',');
	}
	output_text(out, "}\n");
}

static void
put_tuple(struct output *out, const struct endpoint *e)
{
	char host[ADDRESS_TEXT];

	address_print(&e->address, host);
	output_printf(out, "('%s', '%u')", host, (unsigned)e->port);
}

void
show_step(struct output *out, const struct services *services,
    const struct step *step, bool colour)
{
	static const char *const verb[] = {
		[STEP_REQUEST_SENT] = "sending request",
		[STEP_REQUEST_RECEIVED] = "receiving request",
		[STEP_ANSWER_SENT] = "sending response",
		[STEP_ANSWER_RECEIVED] = "receiving response",
		[STEP_FORK] = "forking",
	};

	output_text(out, colour ? COLOUR_NAME : "");
	if (step->service >= 0)
		put_plain(out, services_name(services, (size_t)step->service));
	else
		output_byte(out, '?');
	output_printf(out, "@%" PRId64 "%s %s", step->tid,
	    colour ? COLOUR_OFF : "", verb[step->kind]);
	if (step->kind == STEP_FORK)
		output_printf(out, " %" PRId64, step->child);
	output_text(out, " at time ");
	put_seconds(out, step->ts);
	if (step->kind != STEP_FORK) {
		output_text(out, " from ");
		put_tuple(out, &step->from);
		output_text(out, " to ");
		put_tuple(out, &step->to);
	}
	output_byte(out, '\n');
}
