/* SPDX-License-Identifier: MIT */
/*
 * event: traces and their ends, losses, bad lines, events on several lines;
 * each line of the input is accounted for
 */
#include "source/event.h"

#include "source.h"

#define SWITCH                                                                 \
	"          <idle>-0       [000] d..2.  1125.500001: "                  \
	"sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 "          \
	"prev_state=R ==> next_comm=a next_pid=5 next_prio=120\n"
#define WAKEUP                                                                 \
	"               a-5       [001] d..2.  1125.500002: "                  \
	"sched_wakeup: comm=b pid=6 prio=120 target_cpu=001\n"
#define RECORD                                                                 \
	"{\"type\":\"sched_switch\",\"ts\":7,\"cpu\":0,\"tid\":5,"             \
	"\"next_pid\":5}\n"
#define OPEN "{\"type\":\"trace\",\"version\":1,\"trace_id\":\"x\"}\n"
#define CLOSE "{\"type\":\"end\",\"records\":1,\"lost\":0,\"bad\":0}\n"

/* What a text gives, a letter each: T E trace and end, P L W B; ? says why. */
static char *
shape_with(struct event_reader *r, const char *text)
{
	static char shape[400];
	struct input in = input_of(text, strlen(text));
	struct event ev;
	size_t n = 0;

	event_open(r, &in);
	while (event_next(r, &ev)) {
		static const char letters[] = {
			[EVENT_TRACE] = 'T',
			[EVENT_POINT] = 'P',
			[EVENT_LOST] = 'L',
			[EVENT_LINE] = 'W',
			[EVENT_BAD] = 'B',
			[EVENT_END] = 'E',
		};

		assert(n < sizeof(shape) - 2);
		shape[n++] = letters[ev.kind];
		if (ev.kind == EVENT_END && event_counts(r)->cut_short)
			shape[n++] = '!';
	}
	shape[n] = '\0';
	input_close(&in);
	return shape;
}

static void
gives(const char *text, const char *shape)
{
	struct event_reader *r = event_reader_new();
	const char *got = shape_with(r, text);
	struct bytes all = { (char *)(uintptr_t)text, strlen(text), 0 };

	if (strcmp(got, shape) != 0)
		fprintf(stderr, "%s: not %s of\n%s", got, shape, text);
	assert(strcmp(got, shape) == 0);
	event_reader_free(r);
	assert(read_text(text).lines == count_lines(all));
}

static void
input_without_events_is_one_empty_trace(void)
{
	gives("", "TE");
	gives("\n\n", "TE");
	gives("cpus=2\n", "TE");
	gives("# tracer: nop\n#\n# entries-in-buffer/entries-written: 0/0   "
	      "#P:2\n#\n",
	    "TE");
	gives(OPEN CLOSE, "TE");
	gives("garbage\n", "TBE");
}

static void
joined_traces_stay_apart(void)
{
	gives("cpus=2\n" SWITCH "cpus=2\n" SWITCH, "TPETPE");
	gives("version = 6\nCPU 1 is empty\ncpus=2\n" SWITCH
	      "version = 6\nCPU 1 is empty\ncpus=2\n" SWITCH,
	    "TPETPE");
	gives("# tracer: nop\n#\n" SWITCH WAKEUP "# tracer: nop\n#\n" SWITCH,
	    "TPPETPE");
	gives(OPEN RECORD CLOSE OPEN RECORD RECORD CLOSE, "TPETPPE");
	gives("cpus=2\n" SWITCH OPEN RECORD CLOSE SWITCH, "TPETPETPE");
	/* An event of which nobody knows the end. */
	gives("a-1 [000] 1.5: print: hello\n" RECORD RECORD, "TPPPE");
	gives("a-1 [000] 1.5: x: a=\n" OPEN RECORD CLOSE, "TPETPE");
	gives("a-1 [000] 1.5: tcp_probe: a=\n" OPEN RECORD CLOSE, "TPETPE");
	gives("a-1 [000] 1.5: print: hello\nworld\n" SWITCH, "TPPE");
	gives(OPEN RECORD CLOSE "cpus=2\n" SWITCH, "TPETPE");
	gives("cpus=2\n" SWITCH "cpus=2\n", "TPETE");
	gives("garbage\ncpus=2\n", "TBE");
}

static void
lines_behind_the_last_trace_are_its_own(void)
{
	gives(OPEN RECORD CLOSE "\n", "TPE");
	gives(OPEN RECORD CLOSE "\n# a comment\n\n", "TPE");
	gives(OPEN CLOSE "\n" CLOSE "\n", "TE");
}

static void
records_that_lack_their_end_are_cut_short(void)
{
	gives(OPEN RECORD, "TPE!");
	gives(OPEN, "TE!");
	gives(OPEN RECORD OPEN RECORD CLOSE, "TPE!TPE");
	gives(OPEN RECORD "{\"type\":\"sched_swi", "TPBE!");
	gives(OPEN RECORD "cpus=2\n" SWITCH, "TPE!TPE");
	gives(OPEN "cpus=2\n" SWITCH, "TE!TPE");
	/* The front is gone: nothing says that a trace began. */
	gives(RECORD CLOSE, "TPE");
	gives("type\":\"x\"}\n" RECORD CLOSE, "TBPE");
}

static void
a_trace_says_how_many_cpus_there_are(void)
{
	assert(read_text("cpus=48\n" SWITCH).cpus == 48);
	assert(read_text("version = 6\ncpus=3\n" SWITCH).cpus == 3);
	assert(read_text("# tracer: nop\n# entries-in-buffer/entries-written: "
			 "2/2   #P:4\n" SWITCH)
		   .cpus == 4);
	assert(read_text("# tracer: nop\n# entries-in-buffer/entries-written: "
			 "2/9   #P:4\n" SWITCH)
		   .cpus == 4);
	assert(read_text(SWITCH).cpus == 0);
}

static void
an_overwritten_buffer_is_a_loss_before_the_first_event(void)
{
	const char *text = "# tracer: nop\n#\n"
			   "# entries-in-buffer/entries-written: 2678/36000   "
			   "#P:2\n#\n" SWITCH;
	struct sums s = read_text(text);

	gives(text, "TLPE");
	assert(s.lost == 36000 - 2678 && s.lost_marks == 1 && s.bad == 0);
}

static void
a_reader_counts_each_loss(void)
{
	const char *text = SWITCH
	    "CPU:1 [LOST 40 EVENTS]\n" WAKEUP "CPU:0 [350 EVENTS DROPPED]\n"
	    "CPU:1 [EVENTS DROPPED]\n" WAKEUP "foo: CPU:0 [2 EVENTS DROPPED]\n";
	struct event_reader *r = event_reader_new();
	static const int64_t count[] = { 40, 350, -1, 2 };
	static const int cpu[] = { 1, 0, 1, 0 };
	struct input in = input_of(text, strlen(text));
	struct event ev;
	size_t n = 0;

	event_open(r, &in);
	while (event_next(r, &ev)) {
		if (ev.kind != EVENT_LOST)
			continue;
		assert(ev.count == count[n] && ev.at.cpu == cpu[n]);
		assert(ev.at.ts == (n > 0 ? 1125500002000 : 1125500001000));
		n++;
	}
	assert(n == 4 && event_counts(r)->lost == 392);
	assert(event_counts(r)->lost_marks == 4 && event_counts(r)->bad == 0);
	input_close(&in);
	event_reader_free(r);
}

/* Sums, number and lines as awk(1) counts them in the recording. */
static void
a_recording_that_lost_events_says_how_many(void)
{
	struct bytes text = slurp(SOURCE "lost/trace_pipe.txt.zst");
	struct sums s = read_all(text.p, text.n);

	assert(s.lost == 11107 && s.lost_marks == 4 && s.bad == 0);
	assert(s.points == 4596 && s.lines == 4600 && s.traces == 1);
	free(text.p);
	text = slurp(SOURCE "lost/trace.nooverwrite.txt.zst");
	s = read_all(text.p, text.n);
	assert(s.points == 2678 && s.lost == 0 && s.bad == 0);
	assert(s.lines == count_lines(text));
	free(text.p);
}

/* Their counts are those of grep -c ' sched_'. */
static void
all_clocks_are_read(void)
{
	static const struct {
		const char *path;
		int64_t first;
		size_t n;
	} t[] = {
		{ SOURCE "clocks/trace.boot.txt.zst", 1126437081000, 1321 },
		{ SOURCE "clocks/trace.counter.txt.zst", 3, 1032 },
		{ SOURCE "clocks/trace.local.txt.zst", 1125989586000, 369 },
		{ SOURCE "clocks/trace.mono.txt.zst", 1126309006000, 1614 },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		struct event_reader *r = event_reader_new();
		struct event ev;
		struct input in;

		assert(input_open(&in, t[i].path) == 0);
		event_open(r, &in);
		assert(event_next(r, &ev) && ev.kind == EVENT_TRACE);
		assert(ev.about.cpus == 2);
		assert(event_next(r, &ev) && ev.at.ts == t[i].first);
		while (event_next(r, &ev))
			assert(ev.kind != EVENT_BAD);
		assert(event_counts(r)->events == t[i].n);
		input_close(&in);
		event_reader_free(r);
	}
}

static void
marks_and_comments_are_not_bad(void)
{
	gives("cpus=2\nCPU 1 is empty\n" SWITCH "CPU:0 [SUBBUFFER START]\n"
	      "##### CPU 1 buffer started ####\n\n   \n#comment\n\r\n" WAKEUP,
	    "TPPE");
	gives(SWITCH "CPU\n", "TPBE");
	gives(SWITCH "CPU:1\n", "TPBE");
	gives(SWITCH "CPU:1 [LOST 5\n", "TPBE");
	gives(SWITCH "CPU:x [LOST 5 EVENTS]\n", "TPBE");
	gives(SWITCH "xCPU:1 [LOST 5 EVENTS]\n", "TPBE");
}

/* A name may look like a mark, a comment, a record, or begin one. */
static void
names_are_no_marks(void)
{
	static const char *const names[] = { "#comment", "# x", "cpus=2",
		"CPU:1 [LOST 5", "version = 6", "{", "{}", "{\"a\":1}",
		"# tracer: nop", "a: b", "foo: CPU:1 [LO" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		for (int form = 0; form < 3; form++) {
			char text[400];
			struct sums s;

			snprintf(text, sizeof(text),
			    "%*s-17      [001] d..2.  1.500000: sched_switch: "
			    "prev_comm=%s prev_pid=17 prev_prio=120 "
			    "prev_state=S ==> next_comm=%s next_pid=18 "
			    "next_prio=120%s\n" WAKEUP,
			    form == 1 ? 0 : 16, names[i], names[i], names[i],
			    form == 2 ? "\r" : "");
			s = read_text(text);
			if (s.points != 2 || s.bad != 0)
				fprintf(stderr, "%s", text);
			assert(s.points == 2 && s.bad == 0 && s.traces == 1);
			assert(s.lost_marks == 0);
		}
	}
}

/* A switch from one name to another, then a wakeup: no less, no more. */
static void
names_are_read(const char *prev, const char *next)
{
	struct event_reader *r = event_reader_new();
	struct input in;
	struct event ev;
	char text[600];
	int n;

	n = snprintf(text, sizeof(text),
	    "          <idle>-0       [001] d..2.  1.500000: sched_switch: "
	    "prev_comm=%s prev_pid=17 prev_prio=120 prev_state=S ==> "
	    "next_comm=%s next_pid=18 next_prio=120\n" WAKEUP,
	    prev, next);
	in = input_of(text, (size_t)n);
	event_open(r, &in);
	assert(event_next(r, &ev) && event_next(r, &ev));
	assert(ev.kind == EVENT_POINT);
	if (!field_is(&ev, "next_prio", "120"))
		fprintf(stderr, "%s", text);
	assert(field_is(&ev, "prev_comm", prev));
	assert(field_is(&ev, "next_comm", next));
	assert(field_is(&ev, "next_pid", "18"));
	assert(event_next(r, &ev) && ev.kind == EVENT_POINT);
	assert(field_is(&ev, "pid", "6"));
	assert(event_next(r, &ev) && ev.kind == EVENT_END);
	assert(event_counts(r)->bad == 0 && event_counts(r)->lost_marks == 0);
	input_close(&in);
	/* The same where the switch is not wanted. */
	event_want(r, "sched_wakeup");
	in = input_of(text, (size_t)n);
	event_open(r, &in);
	while (event_next(r, &ev))
		assert(ev.kind != EVENT_BAD && ev.kind != EVENT_LOST);
	assert(event_counts(r)->events == 2);
	input_close(&in);
	event_reader_free(r);
}

/* Each of the lines of such a name looks like something else. */
static void
names_hold_newlines(void)
{
	static const char *const names[] = { "a\nb", "\n", "\n\n", "a\n\nb",
		"a\n#b", "a\n# tracer: x", "\nCPU:1 [LOST 5", "a\n{b", "a\n",
		"\na", "{\n}", "a\n{\"x\":1}", "cpus=2\ncpus=3",
		"a\nb\nc\nd\ne\nf\ng\nh", "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		names_are_read(names[i], "y");
		names_are_read("x", names[i]);
		names_are_read(names[i], names[i]);
	}
}

/* The line is broken within the padded name at its front. */
static void
a_name_with_a_newline_is_joined_to_its_header(void)
{
	static const char *const names[] = { "a\nb", "{\nb", "{}\nb", "-5\n-6",
		"a\n", "12345678901234\n", "1\n3456789012345" };
	static const char *const prefixes[] = { "", "foo: ", "", "a file: " };
	struct event_reader *r = event_reader_new();
	struct bytes all = { NULL, 0, 0 };
	struct input in;
	struct event ev;
	uint64_t n = 0;

	for (size_t p = 0; p < 4; p++) {
		put_text(&all, prefixes[p]);
		put_text(&all, WAKEUP);
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
			char line[200];

			snprintf(line, sizeof(line),
			    "%s%16s-5       [001] 1.500000: sched_waking: "
			    "comm=b pid=6 prio=120 target_cpu=001\n",
			    prefixes[p], names[i]);
			put_text(&all, line);
		}
	}
	in = input_of(all.p, all.n);
	event_open(r, &in);
	while (event_next(r, &ev)) {
		if (ev.kind != EVENT_POINT || str_is(ev.at.task, "a"))
			continue;
		assert(str_is(ev.at.task, names[n % 7]));
		n++;
		assert(ev.at.tid == 5 && field_is(&ev, "pid", "6"));
	}
	assert(n == 4 * 7 && event_counts(r)->bad == 0);
	assert(event_counts(r)->lines == 4 * (1 + 2 * 7));
	input_close(&in);
	event_reader_free(r);
	free(all.p);
}

static const char *const flow_events[] = { "sched_switch", "sched_process_fork",
	"sched_process_exit", "sys_enter_sendto", "sys_exit_sendto",
	"sys_enter_recvfrom", "sys_exit_recvfrom", "tcp_probe",
	"tcp_rcv_space_adjust", "inet_sock_set_state" };

static struct event_reader *
reader_of(size_t wanted)
{
	struct event_reader *r = event_reader_new();

	for (size_t i = 0; i < wanted; i++)
		assert(event_want(r, flow_events[i]) == (int)i);
	return r;
}

static uint64_t
count_of(struct bytes text, const char *what)
{
	struct str rest = { text.p, text.n }, line;
	uint64_t n = 0;

	while (str_line(&rest, &line))
		n += memmem(line.p, line.n, what, strlen(what)) != NULL;
	return n;
}

/*
 * Lines that the bytes of an address broke: in these recordings every line
 * with "[000]" or "[001]" is an event, and every other a part of one.
 */
static void
lines_that_an_array_broke_are_joined(void)
{
	static const char *const paths[] = {
		FLOW "chain1-net10/report.txt.zst",
		FLOW "chain6/report.txt.zst",
	};

	for (size_t i = 0; i < 2; i++) {
		struct bytes text = slurp(paths[i]);
		uint64_t events = count_of(text, " [00");

		assert(count_lines(text) > events + 100);
		for (size_t wanted = 0; wanted <= 10; wanted += 5) {
			struct event_reader *r = reader_of(wanted);
			struct sums s = read_with(r, text.p, text.n);

			assert(s.bad == 0 && s.events == events);
			assert(s.lines == count_lines(text));
			assert(s.points <= events);
			assert(wanted > 0 || s.points == events);
			event_reader_free(r);
		}
		free(text.p);
	}
}

/*
 * The same with other addresses than 10.42.0.x, whose bytes make lines that
 * look like comments, records, or nothing.
 */
static void
any_bytes_of_an_address_may_break_a_line(void)
{
	static const char *const bytes[] = { "#", "{", "}", "-", "C", "=", " ",
		"", "\n", "\n\n", "# tracer", "\t", "a=b" };
	struct bytes text = slurp(FLOW "chain1-net10/report.txt.zst");
	uint64_t events = count_of(text, " [00");

	for (size_t i = 0; i < sizeof(bytes) / sizeof(bytes[0]); i++) {
		struct bytes other = { NULL, 0, 0 };

		for (size_t at = 0; at < text.n; at++) {
			if (text.p[at] == '*' && text.p[at - 1] == '\n')
				put_text(&other, bytes[i]);
			else
				put(&other, text.p + at, 1);
		}
		for (size_t wanted = 0; wanted <= 10; wanted += 5) {
			struct event_reader *r = reader_of(wanted);
			struct sums s = read_with(r, other.p, other.n);

			if (s.bad != 0)
				fprintf(stderr, "'%s'\n", bytes[i]);
			assert(s.bad == 0 && s.events == events);
			assert(s.traces == 1 && s.lines == count_lines(other));
			event_reader_free(r);
		}
		free(other.p);
	}
	free(text.p);
}

/* What stands behind the break, as grep -o counts it. */
static void
fields_behind_a_break_are_read(void)
{
	struct bytes text = slurp(FLOW "chain1-net10/report.txt.zst");
	struct event_reader *r = reader_of(10);
	struct input in = input_of(text.p, text.n);
	uint64_t ports = 0, cookies = 0, socks = 0, lengths = 0;
	struct event ev;

	event_open(r, &in);
	while (event_next(r, &ev)) {
		struct str s;
		int64_t v;

		if (ev.kind != EVENT_POINT || ev.type < 7)
			continue;
		s = field_of(&ev, "sport");
		ports += s.p != NULL && field_s64(s, &v);
		socks += field_of(&ev, "skaddr").n > 10;
		cookies += field_of(&ev, "sock_cookie").n > 0;
		s = field_of(&ev, "data_len");
		lengths += s.p != NULL && field_s64(s, &v);
	}
	assert(ports == count_of(text, " sport="));
	assert(socks == count_of(text, " skaddr="));
	assert(cookies == count_of(text, " sock_cookie="));
	assert(lengths == count_of(text, " data_len="));
	assert(ports > 1000 && cookies > 1000 && lengths > 100);
	input_close(&in);
	event_reader_free(r);
	free(text.p);
}

static uint64_t
sum_of_events(struct bytes text, size_t wanted, struct sums *s)
{
	struct event_reader *r = reader_of(wanted);

	*s = read_with(r, text.p, text.n);
	event_reader_free(r);
	assert(s->lines == count_lines(text) && s->traces == 1);
	return s->points;
}

/* Garbage behind each seventh line, from each of seven lines on. */
static void
garbage_costs_no_event(void)
{
	static const char *const garbage[] = { "garbage", "x=1 y=2", "0123456",
		"comm-12 [000] 1.5 sched_switch: x", "\x80\xff",
		"{\"type\":\"x\"", "<...>-1   [000]" };
	struct bytes text = slurp(FLOW "chain4/report.txt.zst");
	struct sums clean, s;
	size_t g = 0;

	for (size_t wanted = 0; wanted <= 10; wanted += 5) {
		sum_of_events(text, wanted, &clean);
		assert(clean.bad == 0 && clean.events == count_lines(text));
		for (size_t from = 0; from < 7; from++) {
			struct bytes all = { NULL, 0, 0 };
			struct str rest = { text.p, text.n }, line;
			uint64_t put_in = 0;

			for (size_t i = from; str_line(&rest, &line); i++) {
				put(&all, line.p, line.n);
				put(&all, "\n", 1);
				if (i % 7 != 0)
					continue;
				put_text(&all, garbage[g++ % 7]);
				put(&all, "\n", 1);
				put_in++;
			}
			sum_of_events(all, wanted, &s);
			assert(s.points == clean.points);
			assert(s.events == clean.events && s.bad == put_in);
			free(all.p);
		}
	}
	free(text.p);
}

static void
garbage_behind_any_event_is_counted(void)
{
	static const char *const bodies[] = {
		"sched_stat_runtime: comm=a pid=1 runtime=5 [ns]",
		"sys_enter_futex: __syscall_nr=202 uaddr=0x7f op=0x1",
		"sys_exit_futex: __syscall_nr=202 ret=0x0",
		"task_newtask: pid=5 comm=a clone_flags=1 oom_score_adj=0",
		"sock_send_length: sk=0xffff family=2 protocol=6 ret=5",
		"tcp_destroy_sock: skaddr=0xffff sport=1 sock_cookie=2",
		"softirq_raise: vec=1 [action=TIMER]",
		"sched_switch: prev_comm=a prev_pid=1 a line that was cut",
		"sched_switch: prev_comm=abcdefghijklmnop",
	};

	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		for (size_t wanted = 0; wanted < 2; wanted++) {
			struct event_reader *r = reader_of(wanted);
			char text[300];
			struct sums s;

			snprintf(text, sizeof(text),
			    "          <idle>-0       [001] 1.500000: %s\n"
			    "garbage that is nothing\n" SWITCH,
			    bodies[i]);
			s = read_with(r, text, strlen(text));
			if (s.bad != 1)
				fprintf(stderr, "%s", text);
			assert(s.bad == 1 && s.events == 2 && s.lines == 3);
			event_reader_free(r);
		}
	}
}

static void
long_lines_and_odd_bytes_are_bad_lines(void)
{
	struct bytes all = { NULL, 0, 0 };
	char *big = mem_alloc(2 << 20);
	struct sums s;

	memset(big, 'x', 2 << 20);
	put_text(&all, SWITCH);
	put(&all, big, 2 << 20);
	put_text(&all, "\n" WAKEUP);
	put(&all, "\0\0\n\0", 4);
	put_text(&all, "\n" SWITCH);
	put(&all, big, 2 << 20);
	put_text(&all, "\n");
	put(&all, big, 200000);
	put_text(&all, "\n" WAKEUP);
	s = read_all(all.p, all.n);
	assert(s.points == 4 && s.bad == 5 && s.lines == 9);
	free(all.p);
	free(big);
}

/* A line that is cut loses its own event only, wherever it is cut. */
static void
a_line_cut_anywhere_is_read_or_bad(void)
{
	const char *text = WAKEUP SWITCH;
	size_t end = strlen(text) - 1, first = strlen(WAKEUP);

	for (size_t n = first + 1; n < end; n++) {
		struct sums s = read_all(text, n);

		assert(s.points + s.bad >= 1 && s.points + s.bad <= 2);
		assert(s.points >= 1 && s.lines == 2);
	}
	assert(read_all(text, end).points == 2);
	gives("          <idle>-0       [000] d..2.  1125.500001:\n" WAKEUP,
	    "TBPE");
	gives("          <idle>-0       [000] d..2.\n" WAKEUP, "TBPE");
}

static void
a_rejected_event_is_bad(void)
{
	struct event_reader *r = event_reader_new();
	struct input in = input_of(SWITCH, strlen(SWITCH));
	struct event ev;

	event_open(r, &in);
	assert(event_next(r, &ev) && event_next(r, &ev));
	event_reject(r);
	assert(event_next(r, &ev) && ev.kind == EVENT_END);
	assert(event_counts(r)->bad == 1 && event_counts(r)->events == 1);
	input_close(&in);
	event_reader_free(r);
}

static void
a_reader_reads_one_input_after_the_other(void)
{
	struct event_reader *r = reader_of(1);

	assert(strcmp(shape_with(r, OPEN RECORD), "TPE!") == 0);
	assert(strcmp(shape_with(r, SWITCH WAKEUP), "TPE") == 0);
	assert(strcmp(shape_with(r, "foo: " SWITCH), "TPE") == 0);
	assert(strcmp(shape_with(r, ""), "TE") == 0);
	event_reader_free(r);
}

/* On a live pipe nothing waits for the line after it that need not. */
static void
an_event_is_given_before_the_next_line_comes(void)
{
	static const char *const lines[] = {
		SWITCH,
		WAKEUP,
		"a-1 [000] 1.5: sys_enter_sendto: __syscall_nr=44 fd=0x4\n",
		"a-1 [000] 1.5: sys_exit_sendto: __syscall_nr=44 ret=0x4\n",
		"a-1 [000] 1.5: sys_sendto(fd: 4, len: 31)\n",
		"a-1 [000] 1.5: sys_sendto -> 0x31\n",
		"a-1 [000] 1.5: sched_process_exit: comm=a pid=1 prio=120\n",
		"a-1 [000] 1.5: tcp_probe: saddr=ARRAY[02,00] daddr=ARRAY[02] "
		"sport=1 sock_cookie=2 skbaddr=0xff skaddr=0xff\n",
		"a-1 [000] 1.5: tcp_rcv_space_adjust: saddr=ARRAY[ac] "
		"saddr_v6= daddr_v6= sock_cookie=1306\n",
		"a-1 [000] 1.5: inet_sock_set_state: saddr=ARRAY[ac] "
		"saddr_v6= daddr_v6=\n",
		"a-1 [000] 1.5: inet_sock_set_state: saddr=ARRAY[ac] "
		"saddr_v6=ARRAY[fd] daddr_v6=ARRAY[fd]\n",
		RECORD,
		"CPU:1 [LOST 40 EVENTS]\n",
		"garbage that is longer than a comm can be\n",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct event_reader *r = event_reader_new();
		ssize_t n = (ssize_t)strlen(lines[i]);
		struct event ev;
		struct input in;
		char path[32];
		int fd[2];

		assert(pipe(fd) == 0 && write(fd[1], lines[i], n) == n);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd[0]);
		assert(input_open(&in, path) == 0);
		event_open(r, &in);
		alarm(20); /* it would wait for ever */
		assert(event_next(r, &ev) && event_next(r, &ev));
		assert(ev.kind != EVENT_END);
		close(fd[0]);
		close(fd[1]);
		assert(event_next(r, &ev) && ev.kind == EVENT_END);
		alarm(0);
		input_close(&in);
		event_reader_free(r);
	}
}

/* Much on few bytes must not take long: here each line is one byte. */
static void
broken_events_are_joined_in_bounded_time(void)
{
	static const char *const heads[] = {
		"     a-1     [000] 1.500000: sched_process_exec: filename=\n",
		"     a-1     [000] 1.500000: tcp_probe: saddr=\n",
		"     a-1     [000] 1.500000: print: hello\n",
	};

	for (size_t h = 0; h < 3; h++) {
		struct bytes all = { NULL, 0, 0 };
		struct sums s;

		for (size_t i = 0; i < 20; i++) {
			put_text(&all, heads[h]);
			for (size_t k = 0; k < 20000; k++)
				put_text(&all, "x\n");
		}
		s = read_all(all.p, all.n);
		assert(s.events == 20 && s.lines == 20 * 20001);
		free(all.p);
	}
}

static bool
has_target(struct str line)
{
	return memmem(line.p, line.n, "target", 6) != NULL;
}

static void
lines_that_are_asked_for_are_given(void)
{
	struct event_reader *r = event_reader_new();
	const char *text = "# target\n# not\n" WAKEUP SWITCH WAKEUP
			   "CPU:0 [LOST 5 EVENTS]\nCPU:1 [LOST target]\n"
			   "target\n{\"type\":\"target\",\"ts\":7,\"cpu\":0}\n";

	event_want(r, "sched_switch");
	assert(strcmp(shape_with(r, text), "TPLBBE") == 0);
	assert(event_counts(r)->events == 4);
	event_want_lines(r, has_target);
	/* A bad line is given as such, and a record is no text. */
	assert(strcmp(shape_with(r, text), "TWWPWLBBE") == 0);
	assert(event_counts(r)->events == 4);
	event_reader_free(r);
}

int
main(void)
{
	input_without_events_is_one_empty_trace();
	joined_traces_stay_apart();
	lines_behind_the_last_trace_are_its_own();
	records_that_lack_their_end_are_cut_short();
	a_trace_says_how_many_cpus_there_are();
	an_overwritten_buffer_is_a_loss_before_the_first_event();
	a_reader_counts_each_loss();
	a_recording_that_lost_events_says_how_many();
	all_clocks_are_read();
	marks_and_comments_are_not_bad();
	names_are_no_marks();
	names_hold_newlines();
	a_name_with_a_newline_is_joined_to_its_header();
	lines_that_an_array_broke_are_joined();
	any_bytes_of_an_address_may_break_a_line();
	fields_behind_a_break_are_read();
	garbage_costs_no_event();
	garbage_behind_any_event_is_counted();
	long_lines_and_odd_bytes_are_bad_lines();
	a_line_cut_anywhere_is_read_or_bad();
	a_rejected_event_is_bad();
	a_reader_reads_one_input_after_the_other();
	an_event_is_given_before_the_next_line_comes();
	broken_events_are_joined_in_bounded_time();
	lines_that_are_asked_for_are_given();
	return 0;
}
