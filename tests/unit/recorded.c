/* SPDX-License-Identifier: MIT */
/* recorded: events written as records come back as they were in the text */
#include "source/recorded.h"

#include "record/frame.h"
#include "source.h"

static bool
is_taken(struct str key)
{
	static const char *const names[] = { "type", "ts", "cpu", "task", "tid",
		"tgid", "flags" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_is(key, names[i]))
			return true;
	return false;
}

static bool
is_name(struct str key)
{
	return key.n >= 4 && memcmp(key.p + key.n - 4, "comm", 4) == 0;
}

static void
write_field(struct output *out, const struct field *f)
{
	char key[100], number[32];
	int64_t v;

	snprintf(key, sizeof(key), "%s%.*s", is_taken(f->key) ? "arg_" : "",
	    (int)f->key.n, f->key.p);
	if (is_name(f->key)) {
		json_put_name(out, key, f->value);
		return;
	}
	if (num_s64(f->value, &v)) {
		snprintf(number, sizeof(number), "%ld", (long)v);
		if (str_is(f->value, number)) {
			json_put_s64(out, key, v);
			return;
		}
	}
	json_put_string(out, key, f->value);
}

/* Writes an event as tk-record(5) has it. */
static void
write_event(struct output *out, const struct event *ev)
{
	char name[HEADER_NAME_MAX + 1];

	snprintf(name, sizeof(name), "%.*s", (int)ev->at.name.n, ev->at.name.p);
	json_open(out, name);
	json_put_s64(out, "ts", ev->at.ts);
	json_put_s64(out, "cpu", ev->at.cpu);
	if (!str_is(ev->at.task, "<...>"))
		json_put_name(out, "task", ev->at.task);
	json_put_s64(out, "tid", ev->at.tid);
	if (ev->at.tgid >= 0)
		json_put_s64(out, "tgid", ev->at.tgid);
	if (ev->at.flags.p != NULL)
		json_put_string(out, "flags", ev->at.flags);
	for (size_t i = 0; i < all_fields(ev); i++)
		write_field(out, &ev->fields->field[i]);
	json_close(out);
}

/* Returns the records of a text, all events of which are written. */
static struct bytes
records_of(const char *path)
{
	struct event_reader *r = event_reader_new();
	struct frame_trace trace = { .cpus = 2 };
	struct bytes text = { NULL, 0, 0 };
	struct output out;
	struct event ev;
	struct input in;

	output_on(&out, memfd_create("records", MFD_CLOEXEC), "records");
	assert(input_open(&in, path) == 0);
	event_open(r, &in);
	frame_put_trace(&out, &trace, str_of("test"));
	while (event_next(r, &ev))
		if (ev.kind == EVENT_POINT)
			write_event(&out, &ev);
	frame_open_end(&out, event_counts(r)->events, 0, 0, 0);
	json_close(&out);
	assert(output_flush(&out) == 0);
	text.n = out.bytes;
	text.p = mem_grow(NULL, &text.cap, text.n, 1);
	assert(pread(out.fd, text.p, text.n, 0) == (ssize_t)text.n);
	assert(output_close(&out) == 0);
	input_close(&in);
	event_reader_free(r);
	return text;
}

static void
same_event(const struct event *a, const struct event *b)
{
	assert(str_eq(a->at.name, b->at.name));
	assert(a->at.ts == b->at.ts && a->at.cpu == b->at.cpu);
	assert(a->at.tid == b->at.tid && a->at.tgid == b->at.tgid);
	assert(str_eq(a->at.flags, b->at.flags));
	if (str_is(a->at.task, "<...>"))
		assert(b->at.task.p == NULL);
	else
		assert(str_eq(a->at.task, b->at.task));
	assert(all_fields(a) == all_fields(b));
	for (size_t i = 0; i < a->fields->n; i++) {
		const struct field *f = &a->fields->field[i];
		const struct field *g = &b->fields->field[i];

		assert(str_eq(f->key, g->key));
		assert(str_eq(f->value, g->value));
	}
}

static void
events_come_back(const char *path)
{
	struct bytes records = records_of(path);
	struct event_reader *of_text = event_reader_new();
	struct event_reader *of_records = event_reader_new();
	struct input text, again = input_of(records.p, records.n);
	struct event a, b;

	assert(input_open(&text, path) == 0);
	event_open(of_text, &text);
	event_open(of_records, &again);
	while (event_next(of_text, &a)) {
		assert(event_next(of_records, &b) && a.kind == b.kind);
		if (a.kind == EVENT_POINT)
			same_event(&a, &b);
		if (a.kind == EVENT_TRACE)
			assert(a.record == NULL && b.record != NULL);
	}
	assert(!event_next(of_records, &b));
	assert(
	    event_counts(of_text)->events == event_counts(of_records)->events);
	assert(event_counts(of_records)->bad == 0);
	assert(!event_counts(of_records)->cut_short);
	assert(event_counts(of_records)->lines == count_lines(records));
	input_close(&text);
	input_close(&again);
	event_reader_free(of_text);
	event_reader_free(of_records);
	free(records.p);
}

static void
text_written_as_records_gives_the_same_events(void)
{
	events_come_back(SOURCE "nasty/trace.default.txt.zst");
	events_come_back(SOURCE "nasty/trace.noirq-info.txt.zst");
	events_come_back(SOURCE "small/trace.tgid.txt.zst");
	events_come_back(SOURCE "small/report.t.txt.zst");
	events_come_back(FLOW "chain4/report.txt.zst");
	events_come_back(FLOW "chain1-net10/report.txt.zst");
	events_come_back(FLOW "chain6/report.txt.zst");
}

/* Reads one record; the trace, the event, and the end, or the bad line. */
static struct event_reader *
read_one(const char *record, struct input *in, struct event *ev)
{
	struct event_reader *r = event_reader_new();

	*in = input_of(record, strlen(record));
	event_open(r, in);
	assert(event_next(r, ev) && ev->kind == EVENT_TRACE);
	assert(event_next(r, ev));
	return r;
}

static void
keys_come_in_any_order_with_any_blanks(void)
{
	static const char *const lines[] = {
		"{\"type\":\"x\",\"ts\":5,\"cpu\":1,\"tid\":7,\"tgid\":6,"
		"\"task\":\"a\\\\xff\\n\",\"flags\":\"d..2.\",\"arg_cpu\":3,"
		"\"comm\":\"b\\\\\\\\\",\"s\":\"b\\\\\\\\\",\"n\":null}",
		" { \"n\" : null , \"s\" : \"b\\\\\\\\\" , "
		"\"comm\" : \"b\\\\\\\\\" , \"arg_cpu\" : 3 ,\t"
		"\"flags\" : \"d..2.\" , \"task\" : \"a\\\\xff\\n\" , "
		"\"tgid\" : 6 , \"tid\" : 7 , \"cpu\" : 1 , \"ts\" : 5 , "
		"\"type\" : \"x\" } \r",
	};

	for (size_t i = 0; i < 2; i++) {
		struct input in;
		struct event ev;
		struct event_reader *r = read_one(lines[i], &in, &ev);

		assert(ev.kind == EVENT_POINT && str_is(ev.at.name, "x"));
		assert(ev.at.ts == 5 && ev.at.cpu == 1 && ev.at.tid == 7);
		assert(ev.at.tgid == 6 && str_is(ev.at.flags, "d..2."));
		assert(str_is(ev.at.task, "a\xff\n"));
		assert(field_is(&ev, "cpu", "3"));
		assert(field_is(&ev, "comm", "b\\"));
		/* It tells its CPU: all its strings are written as names. */
		assert(field_is(&ev, "s", "b\\"));
		assert(field_of(&ev, "n").p == NULL);
		assert(field_of(&ev, "m").p == NULL);
		input_close(&in);
		event_reader_free(r);
	}
}

static void
what_a_record_does_not_say_is_absent(void)
{
	static const char *const lines[] = {
		"{\"type\":\"x\"}",
		"{\"type\":\"x\",\"ts\":null,\"cpu\":null,\"tid\":null,"
		"\"tgid\":null,\"task\":null,\"flags\":null}",
	};

	for (size_t i = 0; i < 2; i++) {
		struct input in;
		struct event ev;
		struct event_reader *r = read_one(lines[i], &in, &ev);

		assert(ev.kind == EVENT_POINT && ev.at.cpu == -1);
		assert(ev.at.tid == -1 && ev.at.tgid == -1 && ev.at.ts == -1);
		assert(ev.at.task.p == NULL && ev.at.flags.p == NULL);
		input_close(&in);
		event_reader_free(r);
	}
}

static void
bad_records_are_bad_lines(void)
{
	static const char *const lines[] = {
		"{",
		"{}",
		"{\"ts\":5}",
		"{\"type\":5}",
		"{\"type\":null}",
		"{\"type\":\"\"}",
		"{\"type\":\"x\",\"ts\":\"5\"}",
		"{\"type\":\"x\",\"ts\":1.5}",
		"{\"type\":\"x\",\"ts\":9223372036854775808}",
		"{\"type\":\"x\",\"ts\":-1}",
		"{\"type\":\"x\",\"ts\":-5000000000}",
		"{\"ts\":-9223372036854775808,\"type\":\"x\"}",
		"{\"type\":\"x\",\"cpu\":-1}",
		"{\"type\":\"x\",\"cpu\":2147483648}",
		"{\"type\":\"x\",\"tid\":-5}",
		"{\"type\":\"x\",\"tgid\":true}",
		"{\"type\":\"x\"",
		"{\"type\":\"x\"}}",
		"{\"type\":\"x\",\"a\":{}}",
		"{\"type\":\"x\",\"task\":\"\xff\"}",
		"{ CPU:1 [LOST 5 EVENTS]",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct input in;
		struct event ev;
		struct event_reader *r = read_one(lines[i], &in, &ev);

		if (ev.kind != EVENT_BAD)
			fprintf(stderr, "%s\n", lines[i]);
		assert(ev.kind == EVENT_BAD && ev.why != NULL);
		assert(event_next(r, &ev) && ev.kind == EVENT_END);
		assert(event_counts(r)->bad == 1);
		assert(event_counts(r)->events == 0);
		input_close(&in);
		event_reader_free(r);
	}
}

static void
losses_and_bad_lines_told_by_records_are_counted(void)
{
	struct sums s = read_text(
	    "{\"type\":\"trace\",\"version\":1}\n"
	    "{\"type\":\"lost\",\"ts\":1,\"cpu\":0,\"count\":7}\n"
	    "{\"type\":\"lost\",\"ts\":2,\"cpu\":null,\"count\":null}\n"
	    "{\"type\":\"lost\",\"ts\":3,\"cpu\":1,\"count\":-9}\n"
	    "{\"type\":\"lost\"}\n"
	    "not a record\n"
	    "{\"type\":\"end\",\"records\":0,\"lost\":7,\"lost_marks\":4,"
	    "\"bad\":3}\n");

	assert(s.lost == 7 && s.lost_marks == 4 && s.bad == 4);
	assert(s.lines == 7 && s.traces == 1 && !s.cut_short);
}

static void
only_wanted_records_are_given(void)
{
	const char *text = "{\"type\":\"a\"}\n{\"type\":\"b\"}\n"
			   "{\"type\":\"\\u0061\"}\n";
	struct event_reader *r = event_reader_new();
	struct sums s;

	assert(event_want(r, "a") == 0);
	s = read_with(r, text, strlen(text));
	assert(s.points == 2 && s.events == 3 && s.bad == 0);
	event_reader_free(r);
}

int
main(void)
{
	text_written_as_records_gives_the_same_events();
	keys_come_in_any_order_with_any_blanks();
	what_a_record_does_not_say_is_absent();
	bad_records_are_bad_lines();
	losses_and_bad_lines_told_by_records_are_counted();
	only_wanted_records_are_given();
	return 0;
}
