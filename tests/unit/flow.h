/* SPDX-License-Identifier: MIT */
/*
 * flow -- what the tests of the linker share: stories, written as trace text,
 * and the spans that somebody who reads a story would tell
 *
 * A line of a story is TIME THREAD WHAT ..., the time in microseconds:
 *
 *	receives FD LOCAL REMOTE	a call: it is entered, has data from
 *					the socket 5 us later, is left after 10
 *	sends FD LOCAL REMOTE		a call, of which the data are at the
 *					other socket after 5 us, likewise
 *	enter CALL FD, leave CALL RESULT, probe LOCAL REMOTE LENGTH,
 *	adjust LOCAL REMOTE, state LOCAL REMOTE OLD NEW, fork CHILD, exit
 *
 * and any other line stands for itself.  2:80 is port 80 of 10.0.0.2, other
 * addresses are written out; @ff01 behind it is the pointer of the socket,
 * and stands alone where the address cannot be read.
 */
#ifndef TK_TEST_FLOW_H
#define TK_TEST_FLOW_H

#include <inttypes.h>
#include <stdarg.h>

#include "flow/flow.h"
#include "source.h"

static inline struct endpoint
end_of(const char *text)
{
	struct endpoint e;

	assert(endpoint_parse(str_of(text), &e));
	return e;
}

static inline struct address
address_of(const char *text)
{
	return end_of(text).address;
}

static inline void __attribute__((format(printf, 2, 3)))
put_format(struct bytes *to, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_text(to, text);
}

static inline void __attribute__((format(printf, 5, 6)))
put_event(struct bytes *to, long ts, long tid, const char *name,
    const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	put_format(to, "<...>-%ld [000] %ld.%06ld: %s: %s\n", tid,
	    1 + ts / 1000000, ts % 1000000, name, text);
}

/* Writes the fields of a socket. */
static inline const char *
socket_fields(char text[256], bool probe, const char *local, const char *remote)
{
	const char *six = strchr(local, '[') != NULL && !probe ? "_v6" : "";
	const char *at = strchr(local, '@');
	int n = at != NULL ? (int)(at - local) : (int)strlen(local);

	if (n == 0)
		snprintf(text, 256, "skaddr=0x%s saddr=* daddr=*", at + 1);
	else
		snprintf(text, 256,
		    "skaddr=0x%s family=%d saddr%s=%s%.*s daddr%s=%s%s",
		    at != NULL ? at + 1 : "0", six[0] != '\0' ? 10 : 2, six,
		    strpbrk(local, ".[") != NULL ? "" : "10.0.0.", n, local,
		    six, strpbrk(remote, ".[") != NULL ? "" : "10.0.0.",
		    remote);
	return text;
}

/* The words of a line of a story. */
struct words {
	long ts, tid;
	char what[32], arg[4][64];
	int n;
};

static inline void
put_probe(struct bytes *to, const struct words *w, long ts, const char *local,
    const char *remote, const char *length)
{
	char text[256];

	put_event(to, ts, w->tid, "tcp_probe", "%s data_len=%s",
	    socket_fields(text, true, local, remote), length);
}

static inline void
put_adjust(struct bytes *to, const struct words *w, long ts, const char *local,
    const char *remote)
{
	char text[256];

	put_event(to, ts, w->tid, "tcp_rcv_space_adjust", "%s",
	    socket_fields(text, false, local, remote));
}

/* Writes a whole call. */
static inline void
put_call(struct bytes *to, const struct words *w)
{
	bool sends = strcmp(w->what, "sends") == 0;
	const char *call = sends ? "sendto" : "recvfrom";
	char name[64];

	snprintf(name, sizeof(name), "sys_enter_%s", call);
	put_event(to, w->ts, w->tid, name, "fd=%s", w->arg[0]);
	if (sends)
		put_probe(to, w, w->ts + 5, w->arg[2], w->arg[1], "100");
	else
		put_adjust(to, w, w->ts + 5, w->arg[1], w->arg[2]);
	snprintf(name, sizeof(name), "sys_exit_%s", call);
	put_event(to, w->ts + 10, w->tid, name, "ret=100");
}

static inline void
put_words(struct bytes *to, const struct words *w)
{
	char name[80], text[256];

	if (strcmp(w->what, "enter") == 0 || strcmp(w->what, "leave") == 0) {
		bool enter = w->what[0] == 'e';

		snprintf(name, sizeof(name), "sys_%s_%s",
		    enter ? "enter" : "exit", w->arg[0]);
		put_event(to, w->ts, w->tid, name, "%s=%s",
		    enter ? "fd" : "ret", w->arg[1]);
	} else if (strcmp(w->what, "probe") == 0)
		put_probe(to, w, w->ts, w->arg[0], w->arg[1], w->arg[2]);
	else if (strcmp(w->what, "adjust") == 0)
		put_adjust(to, w, w->ts, w->arg[0], w->arg[1]);
	else if (strcmp(w->what, "state") == 0)
		put_event(to, w->ts, w->tid, "inet_sock_set_state",
		    "%s oldstate=%s newstate=%s",
		    socket_fields(text, false, w->arg[0], w->arg[1]), w->arg[2],
		    w->arg[3]);
	else if (strcmp(w->what, "fork") == 0)
		put_event(to, w->ts, w->tid, "sched_process_fork",
		    "parent_pid=%ld child_pid=%s", w->tid, w->arg[0]);
	else if (strcmp(w->what, "exit") == 0)
		put_event(to, w->ts, w->tid, "sched_process_exit", "pid=%ld",
		    w->tid);
	else
		put_call(to, w);
}

/* Writes a story as trace text. */
static inline struct bytes
text_of(const char *story)
{
	struct str rest = str_of(story), line;
	struct bytes to = { NULL, 0, 0 };

	while (str_line(&rest, &line)) {
		struct words w = { .n = 0 };
		char z[256];

		snprintf(z, sizeof(z), "%.*s", (int)line.n, line.p);
		w.n = sscanf(z, "%ld %ld %31s %63s %63s %63s %63s", &w.ts,
		    &w.tid, w.what, w.arg[0], w.arg[1], w.arg[2], w.arg[3]);
		if (w.n >= 3)
			put_words(&to, &w);
		else
			put_format(&to, "%s\n", z);
	}
	return to;
}

static inline long
microseconds(int64_t ns)
{
	assert(ns % 1000 == 0);
	return (long)(ns / 1000 - 1000000);
}

/* Tells a span: its tree, how deep, whose, from when to when, and why. */
static inline void
tell_span(struct bytes *to, const struct services *services,
    const struct span *s)
{
	struct str name = services_name(services, s->service);

	put_format(to, "%" PRIu64 " %.*s%.*s@%" PRId64 " %ld-", s->tree->number,
	    (int)span_depth(s), "--------", (int)name.n, name.p, s->tid,
	    microseconds(s->start));
	if (s->end >= 0)
		put_format(to, "%ld", microseconds(s->end));
	put_format(to, " %s/%u", span_link_name(s->link), s->candidates);
	if (s->arrival >= 0)
		put_format(to, " q%" PRId64, (s->start - s->arrival) / 1000);
	put_text(to, s->lost ? " lost\n" : "\n");
}

static inline void
tell_trees(struct bytes *to, struct flow *f, const struct services *services)
{
	const struct tree *t;

	while ((t = flow_next(f)) != NULL)
		for (struct span *s = NULL; (s = tree_step(t, s)) != NULL;)
			tell_span(to, services, s);
}

/* Services out of lists whose parts stand in lines. */
static inline struct services *
services_of(const char *list, const char *gateways)
{
	struct services *services = services_new();
	struct str rest = str_of(list), line;
	struct address_block block;

	while (str_line(&rest, &line))
		assert(services_add_line(services, line) == NULL);
	rest = str_of(gateways);
	while (str_line(&rest, &line)) {
		assert(address_block_parse(line, &block));
		services_add_gateway(services, block);
	}
	return services;
}

/* Follows a story; returns what is told of it. */
static inline struct bytes
follow(const char *list, const char *gateways, const char *story)
{
	struct services *services = services_of(list, gateways);
	struct event_reader *r = event_reader_new();
	struct flow *f = flow_new(services, 1000000000);
	struct bytes text = text_of(story), told = { NULL, 0, 0 };
	struct input in = input_of(text.p, text.n);
	struct event ev;

	flow_ask(f, r);
	event_open(r, &in);
	while (event_next(r, &ev)) {
		assert(ev.kind != EVENT_BAD);
		assert(flow_feed(f, &ev) == NULL);
		tell_trees(&told, f, services);
	}
	put(&told, "", 1);
	input_close(&in);
	flow_free(f);
	event_reader_free(r);
	services_free(services);
	free(text.p);
	return told;
}

/* Checks that a story gives these spans. */
static inline void
tells(const char *list, const char *gateways, const char *story,
    const char *spans)
{
	struct bytes told = follow(list, gateways, story);

	if (strcmp(told.p, spans) != 0)
		fprintf(stderr, "%s\nis told as\n%s\nnot\n%s\n", story, told.p,
		    spans);
	assert(strcmp(told.p, spans) == 0);
	free(told.p);
}

/* The services of most stories, and what is not one of them. */
#define WEB_AND_DB "11 web 10.0.0.2\n21 db 10.0.0.3\n"
#define USER "10.0.0.1"

#endif
