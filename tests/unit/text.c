/* SPDX-License-Identifier: MIT */
/*
 * text: what recordings say equals what was decoded, by other means, from the
 * binary buffer of the same recording, however the text was printed
 */
#include "source/text.h"

#include <ctype.h>

#include "source.h"

enum { FIELDS_MAX = 7 };

/* A line of truth.tsv. */
struct row {
	int64_t ns, tid;
	int cpu;
	struct str event, field[FIELDS_MAX];
	size_t n;
};

struct truth {
	struct bytes text;
	struct row *row;
	size_t n, cap;
};

static const struct {
	const char *event, *field[FIELDS_MAX];
} formats[] = {
	{ "sched_switch",
	    { "prev_comm", "prev_pid", "prev_prio", "prev_state", "next_comm",
		"next_pid", "next_prio" } },
	{ "sched_wakeup", { "comm", "pid", "prio", "target_cpu" } },
	{ "sched_wakeup_new", { "comm", "pid", "prio", "target_cpu" } },
	{ "sched_migrate_task",
	    { "comm", "pid", "prio", "orig_cpu", "dest_cpu" } },
};

/* prev_state by its number, as sched.h prints it since Linux 4.14. */
static const struct {
	int64_t number;
	const char *letters;
} states[] = {
	{ 0, "R" },
	{ 1, "S" },
	{ 2, "D" },
	{ 4, "T" },
	{ 8, "t" },
	{ 16, "X" },
	{ 32, "Z" },
	{ 64, "P" },
	{ 128, "I" },
	{ 256, "R+" },
};

static int64_t
number(struct str s)
{
	int64_t v;
	bool is = field_s64(s, &v);

	assert(is);
	return v;
}

static int
digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : (c | 32) - 'a' + 10;
}

/* Takes back %XX, or \xXX, in place. */
static struct str
unescaped(struct str s, char mark, size_t skip)
{
	char *out = (char *)(uintptr_t)s.p;
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != mark) {
			out[n++] = s.p[i];
			continue;
		}
		i += skip;
		out[n++] = (char)(digit(s.p[i]) << 4 | digit(s.p[i + 1]));
		i++;
	}
	s.n = n;
	return s;
}

/* Splits a line at its tabs; returns how many parts there are. */
static size_t
split(struct str line, struct str *part, size_t max)
{
	size_t n = 1;

	part[0] = (struct str){ line.p, 0 };
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] != '\t') {
			part[n - 1].n++;
			continue;
		}
		assert(n < max);
		part[n++] = (struct str){ line.p + i + 1, 0 };
	}
	return n;
}

static struct truth
truth_of(const char *path)
{
	struct truth t = { .text = slurp(path) };
	struct str rest = { t.text.p, t.text.n }, line;

	while (str_line(&rest, &line)) {
		struct str part[6 + FIELDS_MAX];
		size_t n = split(line, part, 6 + FIELDS_MAX);
		struct row *row;

		t.row = mem_grow(t.row, &t.cap, t.n + 1, sizeof(*t.row));
		row = &t.row[t.n++];
		row->ns = number(part[0]);
		row->cpu = (int)number(part[1]);
		row->event = part[2];
		row->tid = number(part[3]);
		row->n = n - 6;
		for (size_t i = 6; i < n; i++)
			row->field[i - 6] = unescaped(part[i], '%', 1);
	}
	return t;
}

static void
truth_free(struct truth *t)
{
	free(t->text.p);
	free(t->row);
}

static bool
same_state(struct str printed, struct str numbered)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (states[i].number == number(numbered))
			return str_is(printed, states[i].letters);
	return false;
}

/* A name with a newline in it has a return too where all lines end so. */
static bool
same_name(struct str printed, struct str name)
{
	const char *cr = memmem(printed.p, printed.n, "\r\n", 2);
	size_t n;

	if (cr == NULL)
		return str_eq(printed, name);
	n = (size_t)(cr - printed.p);
	return printed.n == name.n + 1 && memcmp(printed.p, name.p, n) == 0 &&
	    memcmp(cr + 1, name.p + n, name.n - n) == 0;
}

static bool
same_fields(const struct event *ev, const struct row *row)
{
	size_t f = 0;

	while (!str_is(row->event, formats[f].event))
		f++;
	if (all_fields(ev) != row->n)
		return false;
	for (size_t i = 0; i < row->n; i++) {
		const char *name = formats[f].field[i];
		struct str got = ev->fields->field[i].value;
		bool same = strstr(name, "comm") != NULL
		    ? same_name(got, row->field[i])
		    : strcmp(name, "prev_state") == 0
		    ? same_state(got, row->field[i])
		    : number(got) == number(row->field[i]);

		if (!same || !str_is(ev->fields->field[i].key, name))
			return false;
	}
	return true;
}

static bool
same(const struct event *ev, const struct row *row)
{
	return str_eq(ev->at.name, row->event) && ev->at.cpu == row->cpu &&
	    ev->at.tid == row->tid && !ev->at.nsec &&
	    ev->at.ts == (row->ns + 500) / 1000 * 1000 && same_fields(ev, row);
}

/* The text says what is true, in the same order, and nothing else but bad. */
static void
says(struct bytes text, const struct truth *t, uint64_t bad)
{
	struct event_reader *r = event_reader_new();
	struct input in = input_of(text.p, text.n);
	struct event ev;
	size_t n = 0;

	event_open(r, &in);
	while (event_next(r, &ev)) {
		if (ev.kind != EVENT_POINT)
			continue;
		assert(n < t->n);
		if (!same(&ev, &t->row[n]))
			fprintf(stderr, "%zu: %.*s\n", n, (int)in.line.n,
			    in.line.p);
		assert(same(&ev, &t->row[n]));
		assert(ev.type == -1);
		n++;
	}
	assert(n == t->n && event_counts(r)->events == n);
	assert(event_counts(r)->bad == bad && event_counts(r)->lost == 0);
	assert(event_counts(r)->lines == count_lines(text));
	input_close(&in);
	event_reader_free(r);
}

/* What is done to a line that begins an event, or a comment. */
enum change { STRIP, PREFIX };

/*
 * An event begins at a header, or, where a comm holds a newline, before it:
 * such a line is shorter than the header's comm.
 */
static struct bytes
changed(struct bytes text, enum change change)
{
	struct bytes out = { NULL, 0, 0 };
	struct str rest = { text.p, text.n }, line;
	bool inside = false;

	while (str_line(&rest, &line)) {
		bool comment = line.n > 0 && line.p[0] == '#' && out.n < 2000;
		bool begins = comment || (line.n > 16 && line.p[16] == '-') ||
		    (line.n < 16 && line.p[0] == ' ');

		if (begins && !inside && change == PREFIX && !comment)
			put_text(&out, "foo: ");
		while (begins && !inside && change == STRIP && line.n > 0 &&
		    line.p[0] == ' ')
			line = str_skip(line, 1);
		put(&out, line.p, line.n);
		put(&out, "\n", 1);
		inside = begins && line.n < 16 && !comment;
	}
	return out;
}

static struct bytes
with_returns(struct bytes text)
{
	struct bytes out = { NULL, 0, 0 };

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '\n')
			put(&out, "\r", 1);
		put(&out, text.p + i, 1);
	}
	return out;
}

/*
 * Where the padding was taken away, or has a return behind it, nothing tells
 * a name's first line from garbage.
 */
static uint64_t
names_broken(struct bytes text)
{
	uint64_t n = 0;

	for (size_t i = 1; i + 7 < text.n; i++)
		n += memcmp(text.p + i, "\nb-31475", 8) == 0;
	assert(n > 0);
	return n;
}

static void
says_in_all_forms(const char *path, const struct truth *t, bool newlines)
{
	struct bytes text = slurp(path), other;
	uint64_t broken = newlines ? names_broken(text) : 0;

	says(text, t, 0);
	other = changed(text, PREFIX);
	says(other, t, 0);
	free(other.p);
	other = changed(text, STRIP);
	says(other, t, broken);
	free(other.p);
	other = with_returns(text);
	says(other, t, broken);
	free(other.p);
	free(text.p);
}

static void
hostile_names_equal_the_truth(void)
{
	struct truth t = truth_of(SOURCE "nasty/truth.tsv.zst");
	size_t switches = 0;

	for (size_t i = 0; i < t.n; i++)
		switches += str_is(t.row[i].event, "sched_switch");
	assert(switches == 633 && t.n == 1070);
	says_in_all_forms(SOURCE "nasty/trace.default.txt.zst", &t, true);
	says_in_all_forms(SOURCE "nasty/trace.noirq-info.txt.zst", &t, true);
	truth_free(&t);
}

static void
a_recording_equals_the_truth(void)
{
	struct truth t = truth_of(SOURCE "small/truth.tsv.zst");

	assert(t.n == 23787);
	says_in_all_forms(SOURCE "small/trace.default.txt.zst", &t, false);
	says_in_all_forms(SOURCE "small/trace.noirq-info.txt.zst", &t, false);
	says_in_all_forms(SOURCE "small/trace.tgid.txt.zst", &t, false);
	truth_free(&t);
}

/* The task of a header is the thread's name, but for blanks before it. */
static void
the_task_is_the_name_of_its_thread(void)
{
	struct bytes list = slurp(SOURCE "nasty/names.tsv");
	struct event_reader *r = event_reader_new();
	struct str name[100] = { { NULL, 0 } };
	struct str rest = { list.p, list.n }, line, part[2];
	struct event ev;
	struct input in;
	size_t seen = 0;

	while (str_line(&rest, &line)) {
		assert(split(line, part, 2) == 2);
		part[1] = unescaped(part[1], '\\', 2);
		while (part[1].n > 0 && part[1].p[0] == ' ')
			part[1] = str_skip(part[1], 1);
		name[number(part[0]) - 31450] = part[1];
	}
	assert(input_open(&in, SOURCE "nasty/trace.default.txt.zst") == 0);
	event_open(r, &in);
	while (event_next(r, &ev)) {
		int64_t i = ev.at.tid - 31450;

		if (ev.kind != EVENT_POINT || i < 0 || i > 99 ||
		    name[i].p == NULL)
			continue;
		assert(str_eq(ev.at.task, name[i]));
		seen++;
	}
	assert(seen > 400);
	input_close(&in);
	event_reader_free(r);
	free(list.p);
}

/* Writes a line of the kernel's, or of trace-cmd's with a prefix. */
static void
put_line(struct bytes *out, const char *prefix, const char *comm, int tid,
    const char *event)
{
	char line[200];
	int n = snprintf(line, sizeof(line),
	    "%s%16s-%-7d [000] ..... %5d.000001: %s\n", prefix, comm, tid, tid,
	    event);

	assert(n > 0 && (size_t)n < sizeof(line));
	put(out, line, (size_t)n);
}

/* Events whose end is known by itself, and by what follows it only. */
static const char *const beside[] = {
	"sched_waking: comm=a pid=1 prio=120 target_cpu=000",
	"tracing_mark_write: some text",
	"x: a=1",
	"sched_process_exec: filename=/a b pid=1 old_pid=1",
};
enum { BESIDE = sizeof(beside) / sizeof(beside[0]) };

/* A name with newlines in it, in a header between two others, is whole. */
static void
name_comes_whole(const char *prefix, const char *comm, const char *event)
{
	struct event_reader *r = event_reader_new();
	struct bytes text = { NULL, 0, 0 };
	struct event ev;
	struct input in;
	size_t n = 0, skip = strspn(comm, " ");

	put_line(&text, prefix, "a", 5, event);
	put_line(&text, prefix, comm, 6, event);
	put_line(&text, prefix, comm, 7, event);
	put_line(&text, prefix, "b", 8, event);
	in = input_of(text.p, text.n);
	event_open(r, &in);
	while (event_next(r, &ev)) {
		if (ev.kind != EVENT_POINT)
			continue;
		assert(ev.at.tid == (int64_t)n + 5);
		assert(ev.at.ts == ev.at.tid * 1000000000 + 1000);
		assert(all_fields(&ev) > 0 || str_is(ev.at.name, "x"));
		if (n == 1 || n == 2)
			assert(str_is(ev.at.task, comm + skip));
		n++;
	}
	assert(n == 4 && event_counts(r)->bad == 0);
	assert(event_counts(r)->lines == count_lines(text));
	input_close(&in);
	event_reader_free(r);
	free(text.p);
}

static void
names_of_headers_hold_newlines(void)
{
	static const char *const comms[] = { "\n", "\n\n\n", "\na", "a\n",
		"\n# b", "\na\nb", "a\n\nb", "x\n#y\n z", "\n\r=>\n#[",
		"\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", "  \n  \n", "\n{\"a\":1}",
		"-1 [0] 1: a:\nx", "\n-1 [0] 1: a:", "\nCPU:1 [LOST 5",
		"\ncpus=2\n", "\n=> x", "exactly15chars\n" };

	for (size_t i = 0; i < sizeof(comms) / sizeof(comms[0]); i++)
		for (size_t k = 0; k < BESIDE; k++) {
			name_comes_whole("", comms[i], beside[k]);
			name_comes_whole("foo: ", comms[i], beside[k]);
		}
}

/* What only begins like a name has the meaning of its own. */
static void
what_begins_like_a_name_is_kept(void)
{
	static const struct {
		const char *between;
		uint64_t bad;
	} t[] = {
		{ "   \n", 0 },
		{ "   \n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n", 0 },
		{ "   a\n", 1 },
		{ "   a\n# b\n  c\n", 2 },
		{ "   a\nCPU:0 [LOST 5 EVENTS]\n", 1 },
		{ "       a\n       -5 [000] e: x\n", 2 },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct event_reader *r = event_reader_new();
		struct bytes text = { NULL, 0, 0 };
		struct event ev;
		struct input in;

		put_line(&text, "", "a", 5, beside[0]);
		put_text(&text, t[i].between);
		put_line(&text, "", "b", 6, beside[0]);
		put_text(&text, t[i].between);
		in = input_of(text.p, text.n);
		event_open(r, &in);
		while (event_next(r, &ev))
			;
		assert(event_counts(r)->events == 2);
		assert(event_counts(r)->bad == 2 * t[i].bad);
		assert(event_counts(r)->lines == count_lines(text));
		assert(event_counts(r)->lost_marks == (i == 4 ? 2 : 0));
		input_close(&in);
		event_reader_free(r);
		free(text.p);
	}
}

/* One event of a report, kept. */
struct kept {
	int64_t ts, tid;
	int cpu;
	char text[400]; /* its name and fields */
};

enum { REPORT_EVENTS = 18158 };

/*
 * The states as libtraceevent's plugin has them before 1.8: by the letters of
 * Linux before 4.14, and without the preempted.
 */
static struct str
plugin_state(struct str state)
{
	if (str_is(state, "I"))
		return str_of("W");
	if (str_is(state, "Z"))
		return str_of("X");
	return str_is(state, "R+") ? str_of("R") : state;
}

/* Prints what all forms of a report have in common. */
static void
keep(struct kept *k, const struct event *ev)
{
	size_t n;

	k->ts = (ev->at.ts + 500) / 1000 * 1000;
	k->tid = ev->at.tid;
	k->cpu = ev->at.cpu;
	n = (size_t)snprintf(k->text, sizeof(k->text), "%.*s",
	    (int)ev->at.name.n, ev->at.name.p);
	for (size_t i = 0; i < all_fields(ev); i++) {
		struct field f = ev->fields->field[i];
		int64_t v;

		if (str_is(f.key, "prev_state")) {
			for (size_t s = 0; s < 10; s++)
				if (field_s64(f.value, &v) &&
				    states[s].number == v)
					f.value = str_of(states[s].letters);
			f.value = plugin_state(f.value);
		}
		if (field_s64(f.value, &v))
			n += (size_t)snprintf(k->text + n, sizeof(k->text) - n,
			    " %.*s=%ld", (int)f.key.n, f.key.p, (long)v);
		else
			n += (size_t)snprintf(k->text + n, sizeof(k->text) - n,
			    " %.*s=%.*s", (int)f.key.n, f.key.p, (int)f.value.n,
			    f.value.p);
		assert(n < sizeof(k->text));
	}
}

static struct kept *
kept_of(const char *path)
{
	struct kept *all = mem_alloc(REPORT_EVENTS * sizeof(*all));
	struct event_reader *r = event_reader_new();
	struct event ev;
	struct input in;
	size_t n = 0;

	assert(input_open(&in, path) == 0);
	event_open(r, &in);
	while (event_next(r, &ev)) {
		if (ev.kind == EVENT_TRACE)
			assert(ev.about.cpus == 2);
		if (ev.kind != EVENT_POINT)
			continue;
		assert(n < REPORT_EVENTS);
		keep(&all[n++], &ev);
	}
	assert(n == REPORT_EVENTS && event_counts(r)->bad == 0);
	assert(event_counts(r)->lines == REPORT_EVENTS + 1);
	input_close(&in);
	event_reader_free(r);
	return all;
}

static void
reports_of_one_recording_are_the_same(void)
{
	static const char *const forms[] = {
		SOURCE "small/report.default.txt.zst",
		SOURCE "small/report.N.txt.zst",
		SOURCE "small/report.R.txt.zst",
		SOURCE "small/report.t.txt.zst",
		SOURCE "small/report.l.txt.zst",
	};
	struct kept *first = kept_of(forms[0]);

	for (size_t f = 1; f < sizeof(forms) / sizeof(forms[0]); f++) {
		struct kept *other = kept_of(forms[f]);

		for (size_t i = 0; i < REPORT_EVENTS; i++) {
			const struct kept *a = &first[i], *b = &other[i];

			assert(a->ts == b->ts && a->cpu == b->cpu);
			assert(a->tid == b->tid);
			assert(strcmp(a->text, b->text) == 0);
		}
		free(other);
	}
	free(first);
}

/* How many events of each kind grep(1) counts in the report. */
static void
a_wanted_event_is_every_one_of_its_name(void)
{
	static const char *const forms[] = {
		SOURCE "small/report.default.txt.zst",
		SOURCE "small/report.R.txt.zst",
		SOURCE "small/report.l.txt.zst",
	};

	for (size_t f = 0; f < 3; f++) {
		struct event_reader *r = event_reader_new();
		struct bytes text = slurp(forms[f]);
		uint64_t n[3] = { 0 };
		struct event ev;
		struct input in;

		assert(event_want(r, "sched_wakeup_new") == 0);
		assert(event_want(r, "sched_migrate_task") == 1);
		assert(event_want(r, "sched_switch") == 2);
		assert(event_want(r, "sched_switch") == 2);
		in = input_of(text.p, text.n);
		event_open(r, &in);
		while (event_next(r, &ev))
			if (ev.kind == EVENT_POINT)
				n[ev.type]++;
		assert(n[0] == 40 && n[1] == 22 && n[2] == 10595);
		assert(event_counts(r)->events == REPORT_EVENTS);
		assert(event_counts(r)->lines == REPORT_EVENTS + 1);
		input_close(&in);
		event_reader_free(r);
		free(text.p);
	}
}

/* The lines behind a name that never ends: few are lost with it. */
static void
an_event_without_end_takes_few_lines(void)
{
	static const char begun[] =
	    "  a-1     [000] .....     1.000001: sched_process_exec: "
	    "filename=/a\n";
	static const char good[] =
	    "  a-1     [000] .....     1.000002: sched_wakeup: comm=a pid=1 "
	    "prio=120 target_cpu=0\n";
	struct event_reader *r = event_reader_new();
	char text[1000];
	struct event ev;
	struct input in;
	size_t n = 0;

	n += (size_t)snprintf(text, sizeof(text), "%s", begun);
	for (int i = 0; i < 100; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "x\n");
	n += (size_t)snprintf(text + n, sizeof(text) - n, "%s", good);
	in = input_of(text, n);
	event_open(r, &in);
	while (event_next(r, &ev))
		;
	assert(event_counts(r)->events == 2);
	assert(event_counts(r)->bad >= 100 - 32);
	input_close(&in);
	event_reader_free(r);
}

int
main(void)
{
	an_event_without_end_takes_few_lines();
	hostile_names_equal_the_truth();
	a_recording_equals_the_truth();
	the_task_is_the_name_of_its_thread();
	names_of_headers_hold_newlines();
	what_begins_like_a_name_is_kept();
	reports_of_one_recording_are_the_same();
	a_wanted_event_is_every_one_of_its_name();
	return 0;
}
