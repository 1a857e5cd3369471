/* SPDX-License-Identifier: MIT */
/* original: each part is found where the regular expression finds it */
#include "dataset/original.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* Tells whether the parts of a line are these, with | between; "" is none. */
static bool
finds(const char *line, const char *want)
{
	struct original_switch f;
	char got[512];

	if (!original_find(str_of(line), &f))
		return *want == '\0';
	snprintf(got, sizeof(got), "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s",
	    (int)f.cpu.n, f.cpu.p, (int)f.time.n, f.time.p, (int)f.prev_comm.n,
	    f.prev_comm.p, (int)f.prev_state.n, f.prev_state.p,
	    (int)f.next_comm.n, f.next_comm.p, (int)f.next_pid.n, f.next_pid.p);
	return strcmp(got, want) == 0;
}

#define PREV " sched_switch: prev_comm=a prev_pid=1 prev_prio=2 prev_state=R+"
#define NEXT " ==> next_comm=b next_pid=3 next_prio=4"

static void
the_first_place_counts_from_which_the_rest_fits(void)
{
	assert(finds("x-1 [003] d..2. 1.5:" PREV NEXT, "003|1.5|a|R+|b|3"));
	/* Two CPUs, two times. */
	assert(finds("[7]-1 [3] 1.5:" PREV NEXT, "7|1.5|a|R+|b|3"));
	assert(finds("[[7] [x] 1.5: 2.5:" PREV NEXT, "7|2.5|a|R+|b|3"));
	assert(finds("[7] 1.5:" PREV " 2.5:" PREV NEXT,
	    "7|1.5|a prev_pid=1 prev_prio=2 prev_state=R+ 2.5: sched_switch: "
	    "prev_comm=a|R+|b|3"));
	/* A part is as long as it can be in front, as short behind. */
	assert(finds("[7]12.3.45:" PREV NEXT, "7|3.45|a|R+|b|3"));
	assert(finds("[7]12.5:" PREV NEXT, "7|2.5|a|R+|b|3"));
	assert(finds("[7].5:" PREV NEXT, ""));
	assert(finds("[7]1.5:" PREV NEXT, ""));
	/* Several keys: the first behind which all goes on. */
	assert(finds("[7] 1.5: sched_switch: prev_comm=a prev_pid=1 x "
		     "prev_pid=1 prev_prio=2 prev_state=S" NEXT,
	    "7|1.5|a prev_pid=1 x|S|b|3"));
	assert(finds("[7] 1.5:" PREV " ==> next_comm=b next_pid=x next_pid=5 "
		     "next_prio=6 next_pid=7 next_prio=8",
	    "7|1.5|a|R+|b next_pid=x|5"));
	assert(finds("[7] 1.5:" PREV " ==> next_comm=b next_pid=3", ""));
	assert(finds("[7] 1.5:" PREV " S" NEXT, ""));
	assert(finds("[7] 1.5:" PREV "==>" NEXT, "7|1.5|a|R+==>|b|3"));
}

#define COMM(name)                                                             \
	"[1] 1.5: sched_switch: prev_comm=" name                               \
	" prev_pid=1 prev_prio=2 prev_state=R" NEXT

static void
white_space_and_digits_are_those_of_unicode(void)
{
	assert(
	    finds("[\u0663] \uff11.5:" PREV NEXT, "\u0663|\uff11.5|a|R+|b|3"));
	/* Something must be between the CPU and the time: here one digit. */
	assert(finds("[1]\u06631.5:" PREV NEXT, "1|1.5|a|R+|b|3"));
	assert(finds("[1]\u0663.5:" PREV NEXT, ""));
	assert(finds("[1] 1.5:\u2028sched_switch:\x1cprev_comm=a\u00a0\u3000"
		     "prev_pid=1\vprev_prio=2\xc2\x85prev_state=R+ ==>\x1f"
		     "next_comm=b\fnext_pid=3\u0663 next_prio=\u0664",
	    "1|1.5|a|R+|b|3\u0663"));
	/* A name is one character at least, white space too. */
	assert(finds(COMM("\u3000"), "1|1.5|\u3000|R|b|3"));
	assert(finds(COMM(" \u3000"), "1|1.5| |R|b|3"));
	assert(finds(COMM(""), ""));
	/* No UTF-8 is neither. */
	assert(finds("[1] 1.5: sched_switch: prev_comm=\x85 prev_pid=1 "
		     "prev_prio=2 prev_state=\xa0" NEXT,
	    "1|1.5|\x85|\xa0|b|3"));
	/* A comment, behind white space of Unicode too. */
	assert(finds("\u00a0 #[3] 1.5:" PREV NEXT, ""));
	assert(finds("\xa0 #[3] 1.5:" PREV NEXT, "3|1.5|a|R+|b|3"));
}

static void
lines_end_as_those_of_python_do(void)
{
	static const char *const want[] = { "a", "b", "c", "\vd\f" };
	struct str rest = str_of("a\nb\n\rc\r\n\vd\f\r"), line;
	size_t n = 0;

	/* An empty line more or less is none. */
	while (original_line(&rest, &line)) {
		if (line.n == 0)
			continue;
		assert(n < 4 && str_is(line, want[n]));
		n++;
	}
	assert(n == 4 && rest.n == 0);
}

/*
 * A line on which a search that tries all combinations would not end: each
 * part could begin at thousands of places, and the last is missing.
 */
static void
hostile_lines_take_no_longer(void)
{
	static const char *const piece[] = { "[1]",
		" 1.5:", " 1.5: sched_switch: prev_comm=a",
		" prev_pid=1 prev_prio=2 prev_state=S ==> next_comm=b",
		" next_pid=3", "\u3000", "9", "\u0663" };
	const size_t pieces = sizeof(piece) / sizeof(piece[0]);
	enum { TIMES = 20000 };
	char *p = malloc(pieces * TIMES * 64), *to = p;
	struct original_switch f;

	for (size_t i = 0; i < pieces; i++)
		for (int n = 0; n < TIMES; n++)
			to = str_copy(to, str_of(piece[i]));
	assert(!original_find((struct str){ p, (size_t)(to - p) }, &f));
	to = str_copy(to, str_of(" next_pid=3 next_prio=4"));
	assert(original_find((struct str){ p, (size_t)(to - p) }, &f));
	free(p);
}

int
main(void)
{
	the_first_place_counts_from_which_the_rest_fits();
	white_space_and_digits_are_those_of_unicode();
	lines_end_as_those_of_python_do();
	hostile_lines_take_no_longer();
	return 0;
}
