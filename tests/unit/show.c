/* SPDX-License-Identifier: MIT */
/* show: a tree as records, for people, and nested; names may be hostile */
#include "flow/show.h"

#include "flow.h"
#include "record/json.h"

struct shown {
	struct services *services;
	struct spans *spans;
	struct span *root, *child;
};

/* A request of a user to web at 1 s, which asks another service at 1.5 s. */
static struct shown
shown(const char *name, size_t n)
{
	struct shown s = { services_new(), spans_new(), NULL, NULL };
	struct bytes line = { NULL, 0, 0 };

	put_text(&line, "21 ");
	put(&line, name, n);
	assert(services_add_line(s.services, str_of("11 web")) == NULL);
	assert(services_add_line(s.services, (struct str){ line.p, line.n }) ==
	    NULL);
	free(line.p);
	s.root = spans_add(s.spans, NULL, 7, 1000000000);
	s.root->tid = 11;
	s.root->local = end_of("10.0.0.2:80");
	s.root->peer = end_of("[fd24::1]:40000");
	s.child = spans_add(s.spans, s.root, 0, 1500000000);
	s.child->service = 1;
	s.child->tid = 21;
	s.child->local = end_of("10.0.0.3:5432");
	s.child->peer = end_of("10.0.0.2:50000");
	s.child->link = SPAN_GUESS;
	s.child->candidates = 2;
	s.child->arrival = 1499999999;
	s.child->lost = true;
	spans_answer(s.spans, s.root, 3000000001);
	return s;
}

enum form { RECORDS, TREE, RAW };

/* What is written of it; the tree is freed. */
static struct bytes
written(struct shown s, enum form form)
{
	char path[] = "/tmp/show-XXXXXX";
	int fd = mkstemp(path);
	struct output out;
	struct bytes text;

	assert(fd >= 0);
	output_on(&out, fd, path);
	if (form == RECORDS)
		show_records(&out, s.services, s.root->tree);
	else if (form == TREE)
		show_tree(&out, s.services, s.root->tree, false);
	else
		show_raw(&out, s.services, s.root->tree);
	assert(output_close(&out) == 0);
	text = slurp(path);
	put(&text, "", 1);
	unlink(path);
	spans_free(s.spans);
	services_free(s.services);
	return text;
}

static void
shows(struct shown s, enum form form, const char *want)
{
	struct bytes text = written(s, form);

	if (strcmp(text.p, want) != 0)
		fprintf(stderr, "%s\nnot\n%s\n", text.p, want);
	assert(strcmp(text.p, want) == 0);
	free(text.p);
}

static void
records_tell_all_that_is_known(void)
{
	shows(shown("db", 2), RECORDS,
	    "{\"type\":\"span\",\"ts\":1000000000,\"dur\":2000000001,"
	    "\"trace\":7,\"span\":1,\"parent\":null,\"service\":\"web\","
	    "\"tid\":11,\"local\":\"10.0.0.2:80\","
	    "\"peer\":\"[fd24::1]:40000\",\"link\":\"root\","
	    "\"candidates\":0,\"lost\":false}\n"
	    "{\"type\":\"span\",\"ts\":1500000000,\"dur\":null,"
	    "\"trace\":7,\"span\":2,\"parent\":1,\"service\":\"db\","
	    "\"tid\":21,\"local\":\"10.0.0.3:5432\","
	    "\"peer\":\"10.0.0.2:50000\",\"link\":\"guess\","
	    "\"candidates\":2,\"queue\":1,\"lost\":true}\n");
}

static void
a_tree_tells_what_is_odd(void)
{
	shows(shown("db", 2), TREE,
	    "request 7 at 1.000000000 from [fd24::1]:40000\n"
	    "  web                               2000.000 ms  +0.000 ms\n"
	    "    db                                     ? ms  +500.000 ms  "
	    "guess  events lost\n");
}

static void
an_orphan_has_no_number(void)
{
	struct shown s = shown("db", 2);
	struct bytes text;

	s.root->tree->number = 0;
	s.root->link = SPAN_ORPHAN;
	text = written(s, TREE);
	assert(str_starts(str_of(text.p), "orphan at 1.000000000 from "));
	assert(strstr(text.p, "+0.000 ms  orphan\n") != NULL);
	free(text.p);
}

/* Where events were lost a call may be known to be older than its caller. */
static void
a_child_may_begin_before_the_request(void)
{
	struct shown s = shown("db", 2);
	struct bytes text;

	s.child->start = 1000000000 - 1500000;
	text = written(s, TREE);
	assert(strstr(text.p, " ms  -1.500 ms  guess") != NULL);
	free(text.p);
	s = shown("db", 2);
	s.child->start = 1000000000 - 20000;
	text = written(s, TREE);
	assert(strstr(text.p, " ms  -0.020 ms  guess") != NULL);
	free(text.p);
}

static void
raw_is_a_literal_of_python(void)
{
	shows(shown("it's\\d\xff", 7), RAW,
	    "{(7, 11, 'web', '10.0.0.2', 1.000000000, 3.000000001): {\n"
	    "  ('NetworkThreadState', 21, 'it\\'s\\\\d\\xff', '10.0.0.3', "
	    "1.500000000, None): {}}}\n");
}

/* A name cannot drive a terminal, or break a line or a record. */
static void
hostile_names_do_no_harm(void)
{
	static const char name[] = "\033[2Jd\n\"}\0\x7f";

	for (int form = RECORDS; form <= RAW; form++) {
		struct bytes text = written(shown(name, sizeof(name) - 1),
		    (enum form)form);
		size_t lines = 0;

		assert(strlen(text.p) == text.n - 1);
		for (size_t i = 0; i + 1 < text.n; i++) {
			assert(text.p[i] != '\033');
			assert(text.p[i] != 0x7f || form == RECORDS);
			lines += text.p[i] == '\n';
		}
		assert(lines == (form == TREE ? 3 : 2));
		free(text.p);
	}
}

int
main(void)
{
	records_tell_all_that_is_known();
	a_tree_tells_what_is_odd();
	an_orphan_has_no_number();
	a_child_may_begin_before_the_request();
	raw_is_a_literal_of_python();
	hostile_names_do_no_harm();
	return 0;
}
