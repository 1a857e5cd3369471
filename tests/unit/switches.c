/* SPDX-License-Identifier: MIT */
/*
 * switches: rows computed by hand, in each form; and rows written in
 * stretches are those written in one
 */
#include "dataset/switches.h"

#include "input_of.h"
#include "point.h"

static const struct switches_form exact,
    compat = { .compat = true }, times = { .baseline = BASELINE_TIME },
    diffs = { .baseline = BASELINE_DIFF },
    compat_times = { .compat = true, .baseline = BASELINE_TIME },
    compat_diffs = { .compat = true, .baseline = BASELINE_DIFF };

/* Begins a trace w, t. */
static void
begin(struct switches *s, struct output *out, struct switches_form form)
{
	switches_open(s, form);
	switches_begin(s, str_of("w"), str_of("t"));
	output_in_memory(out);
}

static void
end(struct switches *s, struct output *out, struct fields *f)
{
	switches_close(s);
	output_close(out);
	fields_free(f);
}

/* A switch from a, 1, to next, 2, on CPU 3, whose fields are in f. */
static struct event
switch_to(const char *next, int64_t ts, struct fields *f)
{
	struct event ev = point("sched_switch", ts, f);

	ev.at.cpu = 3;
	ev.at.tid = 1;
	ev.at.task = str_of("a");
	text(f, "prev_comm", "a");
	literal(f, "prev_pid", "1");
	literal(f, "prev_prio", "120");
	text(f, "prev_state", "R+");
	text(f, "next_comm", next);
	literal(f, "next_pid", "2");
	literal(f, "next_prio", "120");
	return ev;
}

static void
put(struct switches *s, struct output *out, const char *next, int64_t ts)
{
	struct fields f = { 0 };
	struct event ev = switch_to(next, ts, &f);

	assert(switches_put(s, out, NULL, &ev) == NULL);
	fields_free(&f);
}

/* A clock of ticks: what the difference of 3000 to 1500 leaves is told. */
static void
places_are_as_many_as_it_takes(void)
{
	struct fields f = { 0 };
	struct switches s;
	struct output out;

	begin(&s, &out, exact);
	put(&s, &out, "b", 1500);
	put(&s, &out, "c", 3000);
	put(&s, &out, "d", 5000);
	wrote(&out,
	    "0.000001500,0.000000000,b,2,3,R+,a,w,t\n"
	    "0.000003,0.000001500,c,2,3,R+,a,w,t\n"
	    "0.000005,0.000002,d,2,3,R+,a,w,t\n");
	end(&s, &out, &f);
}

static void
times_are_exact(void)
{
	struct fields f = { 0 };
	struct switches s;
	struct output out;
	struct event ev;

	begin(&s, &out, exact);
	put(&s, &out, "b", 12000001000);
	put(&s, &out, "c", 12000001000);
	put(&s, &out, "d", 3612500000000);
	wrote(&out,
	    "12.000001,0.000000,b,2,3,R+,a,w,t\n"
	    "12.000001,0.000000,c,2,3,R+,a,w,t\n"
	    "3612.500000,3600.499999,d,2,3,R+,a,w,t\n");
	/* Back in time, by less than a second and by more. */
	put(&s, &out, "e", 3612499999000);
	put(&s, &out, "f", 3610000000000);
	wrote(&out,
	    "3612.499999,-0.000001,e,2,3,R+,a,w,t\n"
	    "3610.000000,-2.499999,f,2,3,R+,a,w,t\n");
	/* Nanoseconds, said or seen. */
	put(&s, &out, "g", 3610000000001);
	ev = switch_to("h", 3610000001000, &f);
	ev.at.nsec = true;
	assert(switches_put(&s, &out, NULL, &ev) == NULL);
	wrote(&out,
	    "3610.000000001,0.000000001,g,2,3,R+,a,w,t\n"
	    "3610.000001000,0.000000999,h,2,3,R+,a,w,t\n");
	/* Another part, of another clock; another trace. */
	switches_part(&s);
	put(&s, &out, "i", 5000);
	switches_begin(&s, str_of("x,y"), (struct str){ NULL, 0 });
	put(&s, &out, "j", 6000);
	wrote(&out,
	    "0.000005,0.000000,i,2,3,R+,a,w,t\n"
	    "0.000006,0.000000,j,2,3,R+,a,\"x,y\",\n");
	/* The longest that there may be. */
	put(&s, &out, "k", INT64_MAX);
	wrote(&out,
	    "9223372036.854775807,9223372036.854769807,k,2,3,R+,a,"
	    "\"x,y\",\n");
	assert(s.rows == 10 && s.unread == 0);
	end(&s, &out, &f);
}

static void
what_is_not_known_is_an_empty_cell(void)
{
	struct fields f = { 0 };
	struct switches s;
	struct output out;
	struct event ev;

	begin(&s, &out, exact);
	ev = point("sched_switch", 1000, &f);
	ev.at.cpu = -1;
	assert(str_is(str_of(switches_put(&s, &out, NULL, &ev)),
	    "a switch without next_pid"));
	literal(&f, "next_pid", "7");
	assert(switches_put(&s, &out, NULL, &ev) == NULL);
	text(&f, "next_comm", "");
	assert(switches_put(&s, &out, NULL, &ev) == NULL);
	wrote(&out,
	    "0.000001,0.000000,,7,,,,w,t\n"
	    "0.000001,0.000000,\"\",7,,,,w,t\n");
	ev.at.ts = -1;
	assert(str_is(str_of(switches_put(&s, &out, NULL, &ev)),
	    "a switch without a time"));
	assert(out.n == 0 && s.rows == 2);
	/* In the exact form no line is a switch but by its event. */
	assert(!switches_put_line(&s, &out, str_of("[1]")));
	end(&s, &out, &f);
}

static void
what_is_no_text_is_printed_as_the_kernel_does(void)
{
	struct fields f = { 0 };
	struct switches s;
	struct output out;
	struct event ev;

	begin(&s, &out, compat);
	/* Rounded to the nearest microsecond. */
	put(&s, &out, "b", 1500000499);
	put(&s, &out, "c ", 1500000500);
	wrote(&out,
	    "1.500000,0.000000000,b,2,003,R+,a,w,t\r\n"
	    "1.500001,0.000001000,c,2,003,R+,a,w,t\r\n");
	/* Below 0, and 1 000 000 - 1.500001 as doubles differ. */
	put(&s, &out, "d", 1000000000000000);
	put(&s, &out, "e", 1000000);
	wrote(&out,
	    "1000000.000000,999998.499999000,d,2,003,R+,a,w,t\r\n"
	    "0.001000,-999999.999000000,e,2,003,R+,a,w,t\r\n");
	/* A part goes on, a trace begins anew. */
	switches_part(&s);
	put(&s, &out, "f", 2000000);
	switches_begin(&s, str_of("w"), str_of("u"));
	put(&s, &out, "g", 4000000);
	wrote(&out,
	    "0.002000,0.001000000,f,2,003,R+,a,w,t\r\n"
	    "0.004000,0.000000000,g,2,003,R+,a,w,u\r\n");
	/* A priority below 0, no name, no time. */
	ev = switch_to("h", 5000000, &f);
	f.field[2].value = str_of("-1");
	assert(switches_put(&s, &out, NULL, &ev) == NULL);
	put(&s, &out, "", 5000000);
	ev.at.ts = -1;
	assert(switches_put(&s, &out, NULL, &ev) != NULL);
	assert(out.n == 0 && s.rows == 6 && s.unread == 2);
	/* A task named like a CPU, where the name of the present one stands. */
	ev = switch_to("i", 5000000, &f);
	ev.at.task = str_of("[7]");
	assert(switches_put(&s, &out, NULL, &ev) == NULL);
	wrote(&out, "0.005000,0.001000000,i,2,7,R+,a,w,u\r\n");
	end(&s, &out, &f);
}

static void
baselines_have_their_own_columns(void)
{
	struct fields f = { 0 };
	struct switches s;
	struct output out;

	begin(&s, &out, times);
	switches_head(&s, &out);
	put(&s, &out, "b,", 12500000000);
	put(&s, &out, "c", 12500000001);
	wrote(&out,
	    "task_code,time,name,pid\n0,12.5,\"b,\",2\n"
	    "0,12.500000001,c,2\n");
	end(&s, &out, &f);
	begin(&s, &out, diffs);
	put(&s, &out, "b", 12500000000);
	put(&s, &out, "c", 12600000000);
	put(&s, &out, "b", 12600000001);
	switches_begin(&s, str_of("x"), str_of("y"));
	put(&s, &out, "c", 1000000000);
	wrote(&out,
	    "A,0.000000,b,2\nB,0.100000,c,2\nA,0.000000001,b,2\n"
	    "B,0.000000,c,2\n");
	end(&s, &out, &f);
	begin(&s, &out, compat_times);
	put(&s, &out, "b", 12500000000);
	put(&s, &out, "c", 100000000000);
	wrote(&out, "0,12.5,b,2\n0,100.0,c,2\n");
	end(&s, &out, &f);
	begin(&s, &out, compat_diffs);
	put(&s, &out, "b", 12500000000);
	put(&s, &out, "b", 12250000000);
	wrote(&out, "A,0.000000000,b,2\nA,-0.250000000,b,2\n");
	end(&s, &out, &f);
}

static void
put_some(struct switches *s, struct output *out, int from, int to)
{
	static const int64_t ts[] = { 1500000000, 1500000001, 1400000000,
		1400000000, 9000000000, 9000001000, 123456789012 };

	for (int i = from; i < to; i++)
		put(s, out, i % 2 > 0 ? "odd,name" : "b", ts[i]);
}

/* Cuts seven rows in three at each two places. */
static void
stretches_make_the_same_rows(struct switches_form form)
{
	struct switches whole, s, part;
	struct output want, got, piece;
	struct fields f = { 0 };

	begin(&whole, &want, form);
	assert(switches_apart(&whole));
	put_some(&whole, &want, 0, 7);
	for (int cut = 0; cut < 49; cut++) {
		int a = cut / 7, b = cut % 7;

		if (b < a)
			continue;
		begin(&s, &got, form);
		put_some(&s, &got, 0, a);
		switches_copy(&part, &s);
		output_in_memory(&piece);
		/* An empty one between them is nothing. */
		for (int i = 0; i < 3; i++) {
			switches_stretch(&part);
			piece.n = 0;
			put_some(&part, &piece, i < 2 ? a : b, i < 1 ? a : b);
			switches_join(&s, &part, &got,
			    (struct str){ piece.buf, piece.n });
		}
		put_some(&s, &got, b, 7);
		assert(s.rows == whole.rows && got.n == want.n);
		assert(memcmp(got.buf, want.buf, want.n) == 0);
		switches_close(&part);
		output_close(&piece);
		end(&s, &got, &f);
	}
	end(&whole, &want, &f);
}

int
main(void)
{
	struct switches s;

	times_are_exact();
	places_are_as_many_as_it_takes();
	what_is_not_known_is_an_empty_cell();
	what_is_no_text_is_printed_as_the_kernel_does();
	baselines_have_their_own_columns();
	stretches_make_the_same_rows(exact);
	stretches_make_the_same_rows(compat);
	stretches_make_the_same_rows(times);
	stretches_make_the_same_rows(compat_times);
	switches_open(&s, diffs);
	assert(!switches_apart(&s));
	switches_close(&s);
	return 0;
}
