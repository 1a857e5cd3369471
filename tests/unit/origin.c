/* SPDX-License-Identifier: MIT */
/* origin: the traces that the groups of streams are, and what they tell */
#include "dataset/origin.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "record/json.h"
#include "source/event.h"

static struct json rec;
static struct origin o;

static const struct json *
parsed(const char *line)
{
	assert(json_parse(&rec, str_of(line)) == NULL);
	return &rec;
}

/* Takes a record as a row; returns its group. */
static size_t
row(const char *line, bool span, int64_t ts)
{
	size_t group;

	assert(origin_find(&o, parsed(line), span, &group) == NULL);
	origin_row(&o, group, ts);
	return group;
}

static bool
is(const struct collected *t, uint64_t rows, int64_t first, int64_t last,
    uint64_t lost)
{
	return t->rows == rows && t->first == first && t->last == last &&
	    t->lost == lost;
}

static void
streams_are_traces(void)
{
	const struct event_counts counts = { .lost = 7,
		.lost_marks = 2,
		.bad = 3,
		.first = 5,
		.last = 90 };
	const struct event_counts none = { .first = -1, .last = -1 };
	const struct collected *t;

	origin_open(&o);
	assert(origin_traces(&o) == NULL);
	origin_stream(&o,
	    parsed("{\"type\":\"trace\",\"trace_id\":\"x\","
		   "\"workload_type\":\"w\",\"category\":\"c\"}"),
	    NULL);
	assert(row("{\"type\":\"e\"}", false, 10) == 0);
	assert(row("{\"type\":\"e\"}", false, 30) == 0);
	origin_end(&o, &counts);
	/* Without a row it is no group, whatever it lost. */
	origin_stream(&o, parsed("{\"type\":\"trace\",\"trace_id\":\"y\"}"),
	    NULL);
	origin_end(&o, &counts);
	origin_stream(&o, NULL, NULL);
	assert(row("{\"type\":\"e\"}", false, -1) == 1);
	origin_end(&o, &none);
	/* The same trace goes on. */
	origin_stream(&o, parsed("{\"type\":\"trace\",\"trace_id\":\"x\"}"),
	    NULL);
	assert(row("{\"type\":\"e\"}", false, 100) == 0);
	origin_end(&o, &none);
	origin_settle(&o);
	assert(origin_groups(&o) == 2 && origin_traces(&o)->n == 2);
	t = origin_traces(&o)->trace;
	assert(strcmp(t[0].trace_id, "x") == 0);
	assert(strcmp(t[0].workload, "w") == 0);
	assert(strcmp(t[0].category, "c") == 0);
	assert(is(&t[0], 3, 5, 100, 7) && t[0].bad == 3);
	assert(t[1].trace_id == NULL && t[1].workload == NULL);
	assert(strcmp(t[1].category, "unknown") == 0);
	assert(is(&t[1], 1, -1, -1, 0));
	origin_close(&o);
}

/* What a stream of two traces lost is told of one; times are their rows'. */
static void
records_name_their_trace(void)
{
	const struct event_counts counts = { .lost = 7,
		.first = 5,
		.last = 90,
		.cut_short = true };
	const struct collected *t;

	origin_open(&o);
	origin_stream(&o, NULL, NULL);
	assert(row("{\"trace_id\":\"a\"}", false, 20) == 0);
	assert(row("{\"trace_id\":\"b\"}", false, 10) == 1);
	assert(row("{\"trace_id\":\"a\"}", false, 15) == 0);
	origin_end(&o, &counts);
	t = origin_traces(&o)->trace;
	assert(is(&t[0], 2, 15, 20, 7) && t[0].cut_short);
	assert(is(&t[1], 1, 10, 10, 0) && !t[1].cut_short);
	assert(strcmp(t[1].trace_id, "b") == 0);
	origin_restart(&o);
	assert(origin_groups(&o) == 0 && origin_traces(&o) == NULL);
	assert(row("{\"trace_id\":\"b\"}", false, 10) == 0);
	origin_end(&o, &counts);
	assert(is(origin_traces(&o)->trace, 1, 5, 90, 7));
	origin_close(&o);
}

static void
requests_are_no_traces(void)
{
	origin_open(&o);
	origin_stream(&o, NULL, NULL);
	assert(row("{\"trace\":1,\"service\":\"s\"}", true, 1) == 0);
	assert(row("{\"trace\":2}", true, 2) == 1);
	origin_settle(&o);
	assert(origin_groups(&o) == 2 && origin_traces(&o) == NULL);
	assert(str_is(origin_category(&o, 0), "s"));
	origin_close(&o);
}

static void
known_traces_are_the_groups(void)
{
	struct collection c = { .n = 0 };
	const struct event_counts counts = { .lost = 2, .first = 3, .last = 9 };
	char category[] = "k";

	collection_add(&c, str_of("p"), str_of("v"));
	collection_add(&c, str_of("q"), str_of("w"));
	c.trace[0].category = c.trace[1].category = category;
	origin_open(&o);
	origin_know(&o, &c);
	origin_trace(&o, 1);
	assert(str_is(origin_names(&o).trace_id, "q"));
	assert(str_is(origin_names(&o).workload, "w"));
	/* Neither spans nor names of their own change that. */
	assert(row("{\"trace_id\":\"a\"}", false, 20) == 1);
	assert(row("{\"trace\":7}", true, 20) == 1);
	origin_end(&o, &counts);
	assert(is(&c.trace[1], 2, 3, 9, 2) && is(&c.trace[0], 0, -1, -1, 0));
	assert(origin_groups(&o) == 2 && origin_traces(&o) == &c);
	assert(str_is(origin_category(&o, 1), "k"));
	origin_close(&o);
	c.trace[0].category = c.trace[1].category = NULL;
	collection_free(&c);
}

/* Writes, or removes, the document beside the file of a name. */
static void
document(const char *name, const char *text)
{
	char path[64];
	FILE *to;

	snprintf(path, sizeof(path), "%s.json", name);
	if (text == NULL) {
		assert(unlink(path) == 0);
		return;
	}
	to = fopen(path, "w");
	assert(to != NULL);
	fputs(text, to);
	fclose(to);
}

/* Begins a stream of a file, of one row; returns its group. */
static size_t
stream_of(const char *path)
{
	origin_stream(&o, parsed("{\"type\":\"trace\"}"), path);
	return row("{\"type\":\"e\"}", false, 1);
}

/* What is no longer there cannot be read again. */
static void
a_document_is_read_once_a_file(void)
{
	char dir[] = "/tmp/origin-XXXXXX", a[32], b[32];

	assert(mkdtemp(dir) != NULL);
	snprintf(a, sizeof(a), "%s/a", dir);
	snprintf(b, sizeof(b), "%s/b", dir);
	document(a, "{\"host\":\"h1\"}");
	document(b, "{\"host\":\"h2\"}");
	origin_open(&o);
	origin_ask(&o, "host");
	assert(str_is(origin_category(&o, stream_of(a)), "h1"));
	document(a, NULL);
	assert(str_is(origin_category(&o, stream_of(a)), "h1"));
	assert(str_is(origin_category(&o, stream_of(b)), "h2"));
	document(b, NULL);
	assert(str_is(origin_category(&o, stream_of(b)), "h2"));
	/* Of a file without a document it is not that of another. */
	assert(str_is(origin_category(&o, stream_of(a)), "unknown"));
	document(a, "{\"host\":\"h3\"}");
	assert(str_is(origin_category(&o, stream_of(a)), "unknown"));
	document(a, NULL);
	origin_close(&o);
	assert(rmdir(dir) == 0);
}

int
main(void)
{
	streams_are_traces();
	records_name_their_trace();
	requests_are_no_traces();
	known_traces_are_the_groups();
	a_document_is_read_once_a_file();
	json_free(&rec);
	return 0;
}
