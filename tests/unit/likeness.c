/* SPDX-License-Identifier: MIT */
/* likeness: "%.9f" to the digit, and rows as the original writes them */
#include "dataset/likeness.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

static void
same_as_printf(double v)
{
	char want[LIKENESS_NINE], got[LIKENESS_NINE];
	int n = snprintf(want, sizeof(want), "%.9f", v);

	assert(likeness_nine(got, v) == (size_t)n);
	assert(memcmp(got, want, (size_t)n) == 0);
}

static uint64_t
random_bits(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void
nine_places_are_those_of_printf(void)
{
	static const double some[] = { 0, -0.0, 1, -1, 0.5e-9, 1.5e-9, 2.5e-9,
		0x1p-10, 0x1p-31, 0x3p-31, 0x1p-1074, 1e-300, 8589934591.5,
		8589934592.0, 0x1p62, 1e300, 4194304.000001, 1e-10 };
	uint64_t state = 42;

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		same_as_printf(some[i]);
		same_as_printf(-some[i]);
	}
	/* Ties: odd multiples of 2^-10 have a 5 in the tenth place. */
	for (int i = 1; i < 20000; i += 2)
		same_as_printf(ldexp(i, -10));
	for (int i = 0; i < 1000000; i++) {
		uint64_t bits = random_bits(&state);
		double a = (double)(bits % 1000000000000000) / 1e6;
		double b = (double)(random_bits(&state) % 100000000) / 1e6;
		double v;

		same_as_printf((a + b) - a);
		same_as_printf(
		    ldexp((double)(bits >> 11), (int)(bits % 200) - 150));
		memcpy(&v, &bits, sizeof(v));
		if (isfinite(v))
			same_as_printf(v);
	}
}

/* Tells whether lines give those rows, of which r ends each. */
static bool
gives(const char *lines, const char *want)
{
	struct likeness l = { .any = false };
	struct output out;
	bool same;

	output_in_memory(&out);
	likeness_put(&l, &out, str_of(lines), str_of("r"));
	same = out.n == strlen(want) && memcmp(out.buf, want, out.n) == 0;
	output_close(&out);
	likeness_free(&l);
	return same;
}

#define BODY                                                                   \
	" sched_switch: prev_comm=a prev_pid=1 prev_prio=120 prev_state=R+ "   \
	"==> next_comm=b next_pid=2 next_prio=120"

static void
a_line_is_read_as_the_expression_reads_it(void)
{
	assert(gives("x-1 [003] d..2. 12.000001:" BODY,
	    "12.000001,0.000000000,b,2,003,R+,ar"));
	assert(gives("x-1 [0] 1.5:" BODY "\n[1] 2.25:" BODY,
	    "1.500000,0.000000000,b,2,0,R+,ar"
	    "2.250000,0.750000000,b,2,1,R+,ar"));
	/* A comment, behind white space of Unicode too. */
	assert(gives("\xc2\xa0 #[3] 1.5:" BODY, ""));
	/* A CPU in the name; something must be between it and the time. */
	assert(
	    gives("[7]-1 [003] 1.5:" BODY, "1.500000,0.000000000,b,2,7,R+,ar"));
	assert(gives("[7]1.5:" BODY, ""));
	assert(gives("[7]91.5:" BODY, "1.500000,0.000000000,b,2,7,R+,ar"));
	assert(gives("[x] 1.5:" BODY, ""));
	/* Lines end at a carriage return. */
	assert(gives("[1]\r[2] 1.5:" BODY, "1.500000,0.000000000,b,2,2,R+,ar"));
	assert(gives("", "") && gives("[", "") && gives("[1", "") &&
	    gives("[1]", "") && gives("[1] .:", ""));
}

static void
names_lose_white_space_and_priorities_switches(void)
{
	assert(gives("[1] 1.5: sched_switch: prev_comm= a\xe2\x80\x83  "
		     "prev_pid=1 prev_prio=1 prev_state=S ==> next_comm=   "
		     "next_pid=2 next_prio=1",
	    "1.500000,0.000000000, ,2,1,S, ar"));
	assert(gives("[1] 1.5: sched_switch: prev_comm= prev_pid=1 prev_prio=1 "
		     "prev_state=S ==> next_comm=b next_pid=2 next_prio=1",
	    ""));
	assert(gives("[1] 1.5: sched_switch: prev_comm=a prev_pid=1 "
		     "prev_prio=-1 prev_state=S ==> next_comm=b next_pid=2 "
		     "next_prio=1",
	    ""));
	assert(gives("[1] 1.5: sched_switch: prev_comm=a prev_pid=1 prev_pid=2 "
		     "prev_prio=1 prev_state=S ==> next_comm=\"b,\" "
		     "next_pid=2 next_prio=1",
	    "1.500000,0.000000000,\"\"\"b,\"\"\",2,1,S,a prev_pid=1r"));
}

int
main(void)
{
	nine_places_are_those_of_printf();
	a_line_is_read_as_the_expression_reads_it();
	names_lose_white_space_and_priorities_switches();
	return 0;
}
