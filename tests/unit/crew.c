/* SPDX-License-Identifier: MIT */
/*
 * crew: with threads that read blocks ahead all is as without, to the byte,
 * whatever stands in the text and wherever blocks begin
 */
#include "source/crew.h"

#include <fcntl.h>

#include "crewed.h"
#include "source.h"

static const struct crew_shape shapes[] = {
	{ 1, 512, 64, 0 },
	{ 2, 1000, 300, 0 },
	{ 3, 4096, 1024, 0 },
	{ 4, 150, 20, 0 },
	{ 2, 16384, 4096, 100000 },
};

static void
same(struct str text, struct filter *filter, uint64_t least)
{
	uint64_t records = 0, n;

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		bool is_same = same_with_crew(text.p, text.n, filter,
		    &shapes[i], &n);

		assert(is_same);
		records += n;
	}
	assert(records >= least);
}

static void
same_file(const char *path, uint64_t least)
{
	struct filter all = { .cpus = 0 };
	struct bytes t = slurp(path);

	same((struct str){ t.p, t.n }, &all, least);
	filter_free(&all);
	free(t.p);
}

static void
recordings_come_out_the_same(void)
{
	same_file(SOURCE "nasty/trace.default.txt.zst", 100);
	same_file(SOURCE "nasty/trace.noirq-info.txt.zst", 100);
	same_file(SOURCE "small/report.default.txt.zst", 100);
	same_file(SOURCE "small/report.R.txt.zst", 100);
	same_file(FLOW "chain4/report.txt.zst", 1000);
}

/* Numbers that come by chance, but the same in each run (xorshift64). */
static uint64_t
chance(uint64_t *state, uint64_t n)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state % n;
}

#define FRONT(comm) comm "-892     [000] d..2. 17876."

/* What a trace may hold: printed with six digits in place of the %. */
static const char *const kinds[] = {
	FRONT("       hackbench") "%: sched_wakeup: comm=a b pid=1 prio=120 "
				  "target_cpu=001\n",
	FRONT("            a-b ") "%: sched_switch: prev_comm= ==>  prev_pid=3 "
				  "prev_prio=120 prev_state=R+ ==> "
				  "next_comm=x next_pid=4 next_prio=0\n",
	FRONT("           <...>") "%: irq_entry: irq=3 name=some thing\n",
	FRONT("           bash") "%: sys_enter_write: fd: 0x1, buf: 0x7f\n",
	/* Of several lines: in the comm, in the body, in the text. */
	FRONT("         two\nli") "%: sched_wakeup: comm=x pid=1 prio=1 "
				  "target_cpu=000\n",
	FRONT("       hackbench") "%: sched_wakeup: comm=a\nb\nc pid=1 prio=9 "
				  "target_cpu=001\n",
	FRONT("       hackbench") "%: print: a\nb c\n\nd=e\n",
	FRONT("       hackbench") "%: tcp_probe: a=1 saddr=\n\nx skaddr=0x1\n",
	/* No events: a comment, losses, what is bad or blank, records. */
	"# a comment\n",
	"CPU:1 [LOST 12 EVENTS]\n",
	"CPU 1: 7 EVENTS DROPPED\n",
	"what is this?\n",
	"\n",
	"{\"type\":\"x\",\"ts\":1,\"cpu\":0}\n",
	"{\"type\":\"end\",\"records\":1}\n",
	"# tracer: nop\n#\n# entries-in-buffer/entries-written: 1/1   #P:2\n",
	/* Other manners: a prefix, perf script, states of libtraceevent. */
	"inst: " FRONT("       hackbench") "%: a: b=1\n",
	"hackbench   892 [000] 17876.%: sched:sched_wakeup: comm=x pid=1 "
	"prio=120 target_cpu=000\n",
	FRONT(
	    "       hackbench") "%: sched_switch: a:1 [120] Z ==> b:2 [120]\n",
	FRONT(
	    "       hackbench") "%: sched_switch: a:1 [120] W ==> b:2 [120]\n",
	FRONT("       hackbench") "%: sched_wakeup: comm=a pid=1 prio=9 "
				  "target_cpu=001\r\n",
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), USUAL = 4 };

static void
put_line(struct bytes *t, const char *kind, uint64_t micro)
{
	const char *percent = strchr(kind, '%');
	char digits[8];

	if (percent == NULL) {
		put_text(t, kind);
		return;
	}
	snprintf(digits, sizeof(digits), "%06u", (unsigned)(micro % 1000000));
	put(t, kind, (size_t)(percent - kind));
	put_text(t, digits);
	put_text(t, percent + 1);
}

/* Returns lines of which one in so many is no usual event. */
static struct bytes
made_up(uint64_t seed, size_t lines, uint64_t odd)
{
	struct bytes t = { NULL, 0, 0 };

	put_text(&t, "# tracer: nop\n#\n");
	for (uint64_t i = 0; i < lines; i++) {
		uint64_t kind = chance(&seed, USUAL);

		if (chance(&seed, odd) == 0)
			kind = chance(&seed, KINDS);
		put_line(&t, kinds[kind], i * 10 + chance(&seed, 12));
	}
	return t;
}

static void
what_is_odd_comes_out_the_same(void)
{
	struct filter all = { .cpus = 0 };

	for (uint64_t seed = 1; seed < 40; seed++) {
		struct bytes t = made_up(seed, 600, seed % 20 + 2);

		same((struct str){ t.p, t.n }, &all, 0);
		free(t.p);
	}
	filter_free(&all);
}

static void
filters_keep_the_same(void)
{
	struct filter some = { .cpus = 0 };
	struct bytes t = made_up(7, 2000, 100);

	assert(filter_read_time(str_of("+0.003"), &some.since));
	assert(filter_read_time(str_of("17876.015"), &some.until));
	assert(filter_add_pids(&some, str_of("892")));
	same((struct str){ t.p, t.n }, &some, 300);
	filter_free(&some);
	free(t.p);
}

static void
a_line_longer_than_a_block_comes_out_the_same(void)
{
	struct filter all = { .cpus = 0 };
	struct bytes t = made_up(3, 300, 1000);

	put_text(&t, FRONT("       hackbench") "000009: print: ");
	for (int i = 0; i < 20000; i++)
		put_text(&t, "x ");
	put_text(&t, "\n");
	for (int i = 0; i < 300; i++)
		put_line(&t, kinds[0], 4000);
	same((struct str){ t.p, t.n }, &all, 300);
	filter_free(&all);
	free(t.p);
}

/*
 * What is looked at behind a line that is not read here, and there only in
 * part, says nothing of the manner in which that line is to be read.
 */
static void
a_prefix_behind_the_block_is_not_taken_for_one(void)
{
	struct filter all = { .cpus = 0 };
	struct bytes t = { NULL, 0, 0 };

	for (int i = 0; i < 200; i++) {
		put_text(&t, "P: averylongcommxx-1 [000] 1.000001: a: b=1\n");
		put_text(&t, "P: c-892 [000] 1.000002: print: x\n");
		put_text(&t, "Q: averylongcommyy-1 [000] 1.000003: print:");
		for (int k = 0; k < 700; k++)
			put_text(&t, " x");
		put_text(&t, "\n");
	}
	same((struct str){ t.p, t.n }, &all, 0);
	filter_free(&all);
	free(t.p);
}

/* An event that is a record says nothing of whether text can be read. */
static void
a_record_before_text_that_is_refused(void)
{
	struct filter all = { .cpus = 0 };
	struct bytes t = { NULL, 0, 0 };

	put_text(&t, "{\"type\":\"a\",\"ts\":1,\"cpu\":0}\nwhat?\n");
	for (int i = 0; i < 500; i++)
		put_text(&t,
		    FRONT("       hackbench") "000001: foo: "
					      "a=0x5f64 (24420) b=1\n");
	same((struct str){ t.p, t.n }, &all, 0);
	filter_free(&all);
	free(t.p);
}

/* Each line has another prefix: the crew is of no use, and gives up. */
static void
two_prefixes_come_out_the_same(void)
{
	struct filter all = { .cpus = 0 };
	struct bytes t = { NULL, 0, 0 };
	uint64_t seed = 5;

	for (int i = 0; i < 3000; i++) {
		put_text(&t, chance(&seed, 2) ? "a.dat: " : "b.dat: ");
		put_line(&t, kinds[chance(&seed, USUAL)], 7);
	}
	same((struct str){ t.p, t.n }, &all, 0);
	filter_free(&all);
	free(t.p);
}

/* It opens no file, so it has none to close. */
static void
the_standard_input_stays_open(void)
{
	struct filter all = { .cpus = 0 };
	struct bytes t = made_up(1, 600, 1000);

	assert(fcntl(STDIN_FILENO, F_GETFD) != -1 ||
	    open("/dev/null", O_RDONLY) == STDIN_FILENO);
	same((struct str){ t.p, t.n }, &all, 300);
	assert(fcntl(STDIN_FILENO, F_GETFD) != -1);
	filter_free(&all);
	free(t.p);
}

/* A short file, and one that is no trace, leave the crew without work. */
static void
what_is_not_for_a_crew_is_left_alone(void)
{
	static const char *const left[] = { "", "\n", "x", "# tracer: nop\n",
		FRONT("       hackbench") "000001: a: b=1\n",
		FRONT("       hackbench") "000001: a: b=1" };
	struct filter all = { .cpus = 0 };

	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++)
		same(str_of(left[i]), &all, 0);
	filter_free(&all);
}

int
main(void)
{
	recordings_come_out_the_same();
	what_is_odd_comes_out_the_same();
	filters_keep_the_same();
	a_line_longer_than_a_block_comes_out_the_same();
	a_prefix_behind_the_block_is_not_taken_for_one();
	a_record_before_text_that_is_refused();
	two_prefixes_come_out_the_same();
	the_standard_input_stays_open();
	what_is_not_for_a_crew_is_left_alone();
	return 0;
}
