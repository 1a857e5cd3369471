/* SPDX-License-Identifier: MIT */
/*
 * tasks: names by tid, the first of each, out of saved_cmdlines and events
 */
#include "source/tasks.h"

#include <assert.h>
#include <stdio.h>

static bool
is(struct tasks *t, int64_t tid, const char *name)
{
	struct str s = tasks_find(t, tid);

	return name != NULL ? s.p != NULL && str_is(s, name) : s.p == NULL;
}

static void
the_first_name_stands(void)
{
	struct tasks *t = tasks_new();

	assert(is(t, 5, NULL)); /* looked up before it has one */
	tasks_add(t, 5, str_of("five"));
	assert(is(t, 5, "five"));
	tasks_add(t, 5, str_of("other"));
	assert(is(t, 5, "five") && is(t, 6, NULL));
	tasks_free(t);
	tasks_free(NULL);
}

static void
what_is_no_name_or_no_task(void)
{
	struct tasks *t = tasks_new();

	tasks_add(t, 1, str_of(""));
	tasks_add(t, 2, str_of("sixteen bytes !!"));
	tasks_add(t, 3, str_of("fifteen bytes !"));
	tasks_add(t, 4, (struct str){ "\xff\0 \n\"", 5 });
	tasks_add(t, 0, str_of("swapper/0"));
	tasks_add(t, -1, str_of("minus"));
	tasks_add(t, INT64_MIN, str_of("least"));
	tasks_add(t, INT64_MAX, str_of("most"));
	assert(is(t, 1, NULL) && is(t, 2, NULL));
	assert(is(t, 3, "fifteen bytes !"));
	assert(str_eq(tasks_find(t, 4), (struct str){ "\xff\0 \n\"", 5 }));
	assert(is(t, 0, "<idle>"));
	assert(is(t, -1, NULL) && is(t, INT64_MIN, NULL));
	assert(is(t, INT64_MAX, "most"));
	tasks_free(t);
}

static void
lines_of_saved_cmdlines(void)
{
	struct tasks *t = tasks_new();

	tasks_add_lines(t,
	    str_of("1 systemd\n20  two blanks\n3 \n0 idle\n4 a b c\n4 d\n"
		   "5 last"));
	assert(is(t, 1, "systemd") && is(t, 20, " two blanks"));
	assert(is(t, 3, NULL) && is(t, 0, "<idle>"));
	assert(is(t, 4, "a b c") && is(t, 5, "last"));
	tasks_add_lines(t, (struct str){ NULL, 0 });
	tasks_free(t);
}

/* The rest of a name with a newline in it may look like anything. */
static void
lines_end_at_the_first_that_is_none(void)
{
	static const char *const none[] = { "x", "", "x 3", "1x y", " 2 y",
		"99999999999999999999 y" };

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		struct tasks *t = tasks_new();
		char text[64];

		snprintf(text, sizeof(text), "7 a\n%s\n8 b\n", none[i]);
		tasks_add_lines(t, str_of(text));
		assert(is(t, 7, "a") && is(t, 8, NULL));
		tasks_free(t);
	}
}

/* Those that fall on the same place of whatever is kept for speed, too. */
static void
many_tasks(void)
{
	enum { MANY = 100000 };
	struct tasks *t = tasks_new();
	char name[16];

	for (int i = 1; i <= MANY; i++) {
		snprintf(name, sizeof(name), "task %d", i);
		assert(is(t, i, NULL));
		tasks_add(t, i, str_of(name));
	}
	for (int round = 0; round < 2; round++)
		for (int i = MANY; i > 0; i -= 1023) {
			snprintf(name, sizeof(name), "task %d", i);
			assert(is(t, i, name) && is(t, i + MANY, NULL));
		}
	tasks_free(t);
}

/* Names that come when the table is full are not learned, others stay. */
static void
no_more_than_fit(void)
{
	struct tasks *t = tasks_new();
	struct str first;

	tasks_add(t, 1, str_of("first"));
	first = tasks_find(t, 1);
	for (int64_t i = 2; i <= TASKS_MAX + 1000; i++)
		tasks_add(t, i << 12, str_of("x"));
	assert(is(t, (int64_t)TASKS_MAX << 12, "x"));
	assert(is(t, (int64_t)(TASKS_MAX + 1) << 12, NULL));
	assert(is(t, 2 << 12, "x") && is(t, 1, "first"));
	assert(tasks_find(t, 1).p == first.p);
	tasks_free(t);
}

int
main(void)
{
	the_first_name_stands();
	what_is_no_name_or_no_task();
	lines_of_saved_cmdlines();
	lines_end_at_the_first_that_is_none();
	many_tasks();
	no_more_than_fit();
	return 0;
}
