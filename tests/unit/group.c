/* SPDX-License-Identifier: MIT */
/* group: what belongs together, and of what category it is */
#include <assert.h>

#include "dataset/group.h"
#include "record/json.h"

static struct json rec;
static struct groups *g;

static void
parse(const char *line)
{
	assert(json_parse(&rec, str_of(line)) == NULL);
}

static void
stream(const char *line)
{
	if (line != NULL)
		parse(line);
	groups_stream(g, line != NULL ? &rec : NULL);
}

/* Returns the group of a record; it must have one. */
static size_t
of(const char *line, bool span)
{
	size_t group;

	parse(line);
	assert(groups_find(g, &rec, span, &group) == NULL);
	return group;
}

static size_t
span(const char *rest)
{
	char line[256] = "{\"type\":\"span\",";

	strcat(line, rest);
	strcat(line, "}");
	return of(line, true);
}

static void
begin(void)
{
	groups_free(g);
	g = groups_new();
}

static bool
is(size_t group, const char *category)
{
	return str_is(groups_category(g, group), category);
}

static void
spans_go_by_their_request(void)
{
	begin();
	stream("{\"type\":\"trace\"}");
	assert(span("\"trace\":1,\"span\":1,\"parent\":null,"
		    "\"service\":\"front\"") == 0);
	assert(span("\"trace\":2,\"span\":2,\"parent\":null,"
		    "\"service\":\"shop\"") == 1);
	assert(span("\"trace\":1,\"span\":3,\"parent\":1,"
		    "\"service\":\"db\"") == 0);
	assert(groups_count(g) == 2 && is(0, "front") && is(1, "shop"));
}

/* The root tells the category, wherever it comes; without it none does. */
static void
the_root_tells_the_category(void)
{
	begin();
	stream(NULL);
	assert(span("\"trace\":1,\"span\":2,\"parent\":1,"
		    "\"service\":\"db\"") == 0);
	assert(is(0, "unknown"));
	assert(span("\"trace\":1,\"span\":1,\"parent\":null,"
		    "\"service\":\"a\\u0062\"") == 0);
	assert(is(0, "ab"));
	assert(span("\"trace\":2,\"span\":5,\"service\":null") == 1);
	assert(is(1, "unknown"));
}

/* Two streams without an id may number their requests alike. */
static void
streams_are_told_apart(void)
{
	begin();
	stream("{\"type\":\"trace\"}");
	assert(span("\"trace\":1,\"span\":1") == 0);
	stream("{\"type\":\"trace\"}");
	assert(span("\"trace\":1,\"span\":1") == 1);
	stream("{\"type\":\"trace\",\"trace_id\":\"x\"}");
	assert(str_is(groups_trace_id(g), "x"));
	assert(groups_workload(g).p == NULL);
	assert(span("\"trace\":1,\"span\":1") == 2);
	stream("{\"type\":\"trace\",\"trace_id\":\"y\","
	       "\"workload_type\":\"make \\u002dj\"}");
	assert(str_is(groups_workload(g), "make -j"));
	assert(span("\"trace\":1,\"span\":1") == 3);
	stream("{\"type\":\"trace\",\"trace_id\":\"\\u0078\"}");
	assert(span("\"trace\":1,\"span\":9") == 2);
	stream(NULL);
	assert(groups_trace_id(g).p == NULL && groups_workload(g).p == NULL);
	assert(span("\"trace\":1,\"span\":1") == 4);
}

static void
orphans_go_by_their_tree(void)
{
	begin();
	stream(NULL);
	assert(span("\"trace\":null,\"span\":1,\"parent\":null,"
		    "\"service\":\"a\"") == 0);
	assert(span("\"trace\":null,\"span\":2,\"parent\":1,"
		    "\"service\":\"b\"") == 0);
	assert(span("\"trace\":null,\"span\":3,\"parent\":2") == 0);
	assert(span("\"trace\":7,\"span\":4,\"parent\":null") == 1);
	assert(span("\"trace\":null,\"span\":5,\"parent\":null,"
		    "\"service\":\"c\"") == 2);
	/* A parent that nobody knows, or that was in an earlier tree. */
	assert(span("\"trace\":null,\"span\":6,\"parent\":99") == 3);
	assert(span("\"trace\":null,\"span\":7,\"parent\":1") == 4);
	assert(is(0, "a") && is(2, "c") && is(3, "unknown"));
	/* The same number in another stream is another span. */
	stream(NULL);
	assert(span("\"trace\":null,\"span\":8,\"parent\":7") == 5);
}

static void
events_go_by_their_trace(void)
{
	begin();
	stream("{\"type\":\"trace\",\"trace_id\":\"x\",\"category\":\"io\"}");
	assert(of("{\"type\":\"e\",\"ts\":1}", false) == 0);
	assert(of("{\"type\":\"e\",\"trace\":9}", false) == 0);
	assert(of("{\"type\":\"e\",\"trace_id\":\"z\"}", false) == 1);
	assert(of("{\"type\":\"e\",\"trace_id\":null}", false) == 0);
	stream("{\"type\":\"trace\",\"trace_id\":\"z\",\"category\":\"cpu\"}");
	assert(of("{\"type\":\"e\"}", false) == 1);
	stream(NULL);
	assert(of("{\"type\":\"e\"}", false) == 2);
	assert(is(0, "io") && is(1, "io") && is(2, "unknown"));
}

/* The field of the root, of the first that has it, of the trace record. */
static void
a_field_tells_the_category(void)
{
	begin();
	groups_ask(g, "link");
	stream("{\"type\":\"trace\",\"link\":9,\"category\":\"no\"}");
	assert(span("\"trace\":1,\"span\":2,\"parent\":1,"
		    "\"link\":\"direct\"") == 0);
	assert(is(0, "9"));
	assert(span("\"trace\":1,\"span\":1,\"link\":\"root\"") == 0);
	assert(is(0, "root"));
	assert(span("\"trace\":2,\"service\":\"web\",\"link\":null") == 1);
	assert(is(1, "9"));
	assert(span("\"trace\":null,\"span\":7,\"link\":\"orphan\"") == 2);
	assert(span("\"trace\":null,\"parent\":7,\"link\":\"x\"") == 2);
	assert(is(2, "orphan"));
	stream(NULL);
	assert(span("\"trace\":1,\"service\":\"web\"") == 3);
	assert(is(3, "unknown"));
	begin();
	groups_ask(g, "cpu");
	stream("{\"type\":\"trace\",\"category\":\"no\"}");
	assert(of("{\"type\":\"e\"}", false) == 0 && is(0, "unknown"));
	groups_tell(g, str_of("beside"));
	assert(of("{\"type\":\"e\"}", false) == 0 && is(0, "beside"));
	assert(of("{\"type\":\"e\",\"cpu\":1.5}", false) == 0);
	assert(of("{\"type\":\"e\",\"cpu\":2}", false) == 0);
	assert(is(0, "1.5"));
	/* One that is told to be unknown is told. */
	stream("{\"type\":\"trace\",\"cpu\":\"c\"}");
	groups_tell(g, str_of("beside"));
	assert(of("{\"type\":\"e\",\"cpu\":\"unknown\"}", false) == 1);
	assert(of("{\"type\":\"e\",\"cpu\":true}", false) == 1);
	assert(is(1, "unknown"));
	stream("{\"type\":\"trace\",\"cpu\":\"c\"}");
	groups_tell(g, str_of("beside"));
	assert(of("{\"type\":\"e\",\"cpu\":[1]}", false) == 2);
	assert(is(2, "c"));
}

static void
numbers_must_be_numbers(void)
{
	static const char *const bad[] = { "{\"trace\":\"1\"}",
		"{\"trace\":1.5}", "{\"trace\":99999999999999999999}",
		"{\"trace\":1,\"parent\":true}", "{\"trace\":1,\"span\":[1]}" };
	size_t group;

	begin();
	stream(NULL);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		parse(bad[i]);
		assert(groups_find(g, &rec, true, &group) != NULL);
	}
	assert(groups_count(g) == 0);
}

int
main(void)
{
	spans_go_by_their_request();
	the_root_tells_the_category();
	streams_are_told_apart();
	orphans_go_by_their_tree();
	events_go_by_their_trace();
	a_field_tells_the_category();
	numbers_must_be_numbers();
	groups_free(g);
	groups_free(NULL);
	json_free(&rec);
	return 0;
}
