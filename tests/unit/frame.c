/* SPDX-License-Identifier: MIT */
/* frame: what a stream says of itself, read, written, and passed on */
#include "record/frame.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct json rec;
static struct output out;

static enum frame_kind
reads(struct frame *fr, const char *line)
{
	assert(json_parse(&rec, str_of(line)) == NULL);
	return frame_read(fr, &rec);
}

/* What was written since the last call is this text. */
static void
wrote(const char *text)
{
	static off_t at;
	char got[1000];
	ssize_t n;

	assert(output_flush(&out) == 0);
	n = pread(out.fd, got, sizeof(got), at);
	assert(n >= 0);
	assert(str_is((struct str){ got, (size_t)n }, text));
	at += n;
}

static void
counts_what_it_reads(void)
{
	struct frame fr = { 0 };

	assert(reads(&fr, "{\"type\":\"trace\",\"version\":1}") == FRAME_TRACE);
	assert(fr.open && fr.traces == 1);
	assert(reads(&fr, "{\"type\":\"sched_switch\"}") == FRAME_NONE);
	assert(reads(&fr, "{\"type\":\"lost\",\"count\":7}") == FRAME_LOST);
	assert(reads(&fr, "{\"type\":\"lost\",\"count\":null}") == FRAME_LOST);
	assert(reads(&fr, "{\"type\":\"lost\"}") == FRAME_LOST);
	assert(reads(&fr, "{\"count\":5,\"type\":\"lost\"}") == FRAME_LOST);
	assert(reads(&fr, "{}") == FRAME_NONE);
	assert(reads(&fr, "{\"type\":\"end\",\"bad\":3}") == FRAME_END);
	frame_finish(&fr);
	assert(fr.traces == 1 && fr.records == 2);
	assert(fr.lost == 12 && fr.lost_marks == 4 && fr.bad == 3);
	assert(!fr.open && !fr.short_cut);
}

static void
knows_its_records_however_they_are_written(void)
{
	static const struct {
		const char *line;
		enum frame_kind kind;
	} t[] = {
		{ " { \"a\" : 1 , \"type\" : \"trace\" } ", FRAME_TRACE },
		{ "{\"type\":\"tr\\u0061ce\"}", FRAME_TRACE },
		{ "{\"t\\u0079pe\":\"\\u0065\\u006e\\u0064\"}", FRAME_END },
		{ "{\"type\":\"x\",\"type\":\"lost\"}", FRAME_LOST },
		{ "{\"type\":\"lost\",\"type\":\"x\"}", FRAME_NONE },
		{ "{\"type\":\"Trace\"}", FRAME_NONE },
		{ "{\"type\":\"end \"}", FRAME_NONE },
		{ "{\"type\":\"en\"}", FRAME_NONE },
		{ "{\"type\":\"\"}", FRAME_NONE },
		{ "{\"type\":null}", FRAME_NONE },
		{ "{\"kind\":\"end\"}", FRAME_NONE },
		{ "{\"type\":\"\\u0065\\u006e\\u0064\\u0065\\u0065\\u0065"
		  "\\u0065\\u0065\\u0065\\u0065\\u0065\\u0065\\u0065\"}",
		    FRAME_NONE },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct frame fr = { 0 };

		assert(reads(&fr, t[i].line) == t[i].kind);
	}
}

static void
tells_a_stream_that_was_cut_short(void)
{
	static const struct {
		const char *stream; /* t trace, e end, r another record */
		bool short_cut;
	} t[] = {
		{ "", false },
		{ "rrr", false },
		{ "tre", false },
		{ "tretre", false },
		{ "re", false },
		{ "reteer", false },
		{ "t", true },
		{ "tretr", true },
		{ "trtre", true },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct frame fr = { 0 };

		for (const char *s = t[i].stream; *s != '\0'; s++)
			reads(&fr,
			    *s == 't'       ? "{\"type\":\"trace\"}"
				: *s == 'e' ? "{\"type\":\"end\"}"
					    : "{\"type\":\"r\"}");
		frame_finish(&fr);
		assert(fr.short_cut == t[i].short_cut && !fr.open);
	}
}

static void
sums_do_not_wrap(void)
{
	struct frame fr = { 0 };

	reads(&fr, "{\"type\":\"lost\",\"count\":18446744073709551615}");
	reads(&fr, "{\"type\":\"lost\",\"count\":1}");
	reads(&fr, "{\"type\":\"lost\",\"count\":-1}");
	reads(&fr, "{\"type\":\"lost\",\"count\":99999999999999999999}");
	assert(fr.lost == UINT64_MAX && fr.lost_marks == 4);
}

static void
writes_what_is_known_of_a_trace(void)
{
	struct frame_trace t = { 0 };

	frame_put_trace(&out, &t, str_of("tk-a"));
	wrote("{\"type\":\"trace\",\"version\":1,\"by\":\"tk-a\"}\n");
	t.trace_id = str_of("1");
	t.workload_type = str_of("w");
	t.category = str_of("c");
	t.clock = str_of("mono");
	t.host = str_of("h\xff");
	t.kernel = str_of("6.1");
	t.cpus = 2;
	t.by = str_of("a \"b\"");
	frame_put_trace(&out, &t, str_of("tk-a -x 'é'"));
	wrote("{\"type\":\"trace\",\"version\":1,\"trace_id\":\"1\","
	      "\"workload_type\":\"w\",\"category\":\"c\",\"clock\":\"mono\","
	      "\"host\":\"h\xef\xbf\xbd\",\"kernel\":\"6.1\",\"cpus\":2,"
	      "\"by\":\"a \\\"b\\\" | tk-a -x 'é'\"}\n");
}

static void
passes_a_trace_on_as_it_is(void)
{
	static const struct {
		const char *in, *out;
	} t[] = {
		{ "{\"type\":\"trace\"}",
		    "{\"type\":\"trace\",\"by\":\"b\"}\n" },
		{ "{\"type\":\"trace\",\"version\":1,\"by\":\"a\",\"x\":[1, 2],"
		  "\"y\":\"\\u00e9\\n\"}",
		    "{\"type\":\"trace\",\"version\":1,\"by\":\"a | b\","
		    "\"x\":[1, 2],\"y\":\"\\u00e9\\n\"}\n" },
		{ "{\"by\":\"\\u0061 \\\"\",\"z\":1.50,\"type\":\"trace\"}",
		    "{\"type\":\"trace\",\"by\":\"a \\\" | b\",\"z\":1.50}\n" },
		{ "{\"type\":\"trace\",\"by\":\"\"}",
		    "{\"type\":\"trace\",\"by\":\"b\"}\n" },
		{ "{\"type\":\"trace\",\"by\":null}",
		    "{\"type\":\"trace\",\"by\":\"b\"}\n" },
		{ "{\"type\":\"end\",\"by\":\"x\",\"b\\u0079\":\"y\","
		  "\"type\":\"trace\"}",
		    "{\"type\":\"trace\",\"by\":\"y | b\"}\n" },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		assert(json_parse(&rec, str_of(t[i].in)) == NULL);
		frame_pass_trace(&out, &rec, NULL, str_of("b"));
		wrote(t[i].out);
	}
}

static void
writes_losses_and_ends(void)
{
	frame_put_lost(&out, 5, 1, 7);
	wrote("{\"type\":\"lost\",\"ts\":5,\"cpu\":1,\"count\":7}\n");
	frame_put_lost(&out, -5, -1, -1);
	wrote("{\"type\":\"lost\",\"ts\":null,\"cpu\":null,\"count\":null}\n");
	frame_put_lost(&out, 0, 0, 0);
	wrote("{\"type\":\"lost\",\"ts\":0,\"cpu\":0,\"count\":0}\n");
	frame_open_end(&out, 1, 2, 3, UINT64_MAX);
	json_put_u64(&out, "spans", 4);
	json_close(&out);
	wrote("{\"type\":\"end\",\"records\":1,\"lost\":2,\"lost_marks\":3,"
	      "\"bad\":18446744073709551615,\"spans\":4}\n");
}

int
main(void)
{
	output_on(&out, memfd_create("frame", MFD_CLOEXEC), "frame");
	counts_what_it_reads();
	knows_its_records_however_they_are_written();
	tells_a_stream_that_was_cut_short();
	sums_do_not_wrap();
	writes_what_is_known_of_a_trace();
	passes_a_trace_on_as_it_is();
	writes_losses_and_ends();
	assert(output_close(&out) == 0);
	json_free(&rec);
	return 0;
}
