/* SPDX-License-Identifier: MIT */
/*
 * setup: masks of CPUs as the kernel reads them, and what is said of that
 * which it refuses
 */
#include "tracefs/setup.h"

#include "live.h"

static void
mask_is(const char *list, const char *want)
{
	char *got = setup_mask(str_of(list));

	if (got == NULL || strcmp(got, want) != 0)
		fprintf(stderr, "%s: %s\n", list, got != NULL ? got : "none");
	assert(got != NULL && strcmp(got, want) == 0);
	free(got);
}

static void
lists(void)
{
	mask_is("0", "00000001");
	mask_is("1", "00000002");
	mask_is("0,2-5", "0000003d");
	mask_is("2-5,0", "0000003d");
	mask_is("0-31", "ffffffff");
	mask_is("31", "80000000");
	mask_is("32", "00000001,00000000");
	mask_is("63,0", "80000000,00000001");
	mask_is("31-32", "00000001,80000000");
	mask_is("64", "00000001,00000000,00000000");
	mask_is("0-95", "ffffffff,ffffffff,ffffffff");
	mask_is("7-7,7,7", "00000080");
	mask_is("007", "00000080");
}

static void
the_last_cpu_that_there_may_be(void)
{
	char *got = setup_mask(str_of("8191"));

	assert(strlen(got) == 256 * 9 - 1);
	assert(strncmp(got, "80000000,00000000,", 18) == 0);
	free(got);
	got = setup_mask(str_of("0-8191"));
	assert(strlen(got) == 256 * 9 - 1);
	assert(strspn(got, "f,") == strlen(got));
	free(got);
}

static void
no_lists(void)
{
	static const char *const bad[] = { "", ",", "0,", ",0", "0,,1", "-",
		"-1", "1-", "3-1", "0-1-2", "x", "0x1", "1 ", " 1", "0 1", "+1",
		"1.0", "8192", "0-8192", "18446744073709551615",
		"18446744073709551616", "0-18446744073709551616", "all", "0;1",
		"0\n", "4294967296", "\xff" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *got = setup_mask(str_of(bad[i]));

		if (got != NULL)
			fprintf(stderr, "%s: %s\n", bad[i], got);
		assert(got == NULL);
	}
	/* A NUL ends no list. */
	assert(setup_mask((struct str){ "0\0,1", 4 }) == NULL);
}

static const char *tracefs;

/* Sets up an instance: it is refused, with that error, in that file. */
static struct instance
refused(struct setup s, int error, const char *file)
{
	static const struct choice none;
	struct instance in;
	int done;

	if (s.choice == NULL)
		s.choice = &none;
	if (s.clock == NULL)
		s.clock = "mono";
	if (s.kilobytes == 0)
		s.kilobytes = 64;
	assert(instance_make(&in, tracefs) == 0);
	done = setup_apply(&in, &s);
	assert(done == -1 && errno == error);
	assert(strcmp(in.failed, file) == 0);
	assert(instance_remove(&in) == 0);
	return in;
}

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Each of the clocks is named, and no bracket around one. */
static void
a_wrong_clock(void)
{
	struct instance in = refused((struct setup){ .clock = "sundial" },
	    EINVAL, "trace_clock");

	assert(begins(in.why, "Invalid argument; the clocks of this kernel: "));
	assert(strstr(in.why, " local ") != NULL);
	assert(strstr(in.why, " mono ") != NULL);
	assert(strstr(in.why, " boot") != NULL);
	assert(strpbrk(in.why, "[]\n") == NULL);
}

static void
wrong_cpus(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	struct instance in;
	char want[128];

	snprintf(want, sizeof(want),
	    "Value too large for defined data type;"
	    " this machine has %ld CPU%s, 0 to %ld",
	    cpus, cpus == 1 ? "" : "s", cpus - 1);
	in = refused((struct setup){ .cpus = "8191" }, EOVERFLOW,
	    "tracing_cpumask");
	assert(strcmp(in.why, want) == 0);
	in = refused((struct setup){ .cpus = "x" }, EINVAL, "tracing_cpumask");
	assert(begins(in.why, "Invalid argument; this machine has "));
}

/* 4 PiB for each, which no machine has. */
static void
too_large_a_buffer(void)
{
	const long each = 1L << 42;
	long cpus = sysconf(_SC_NPROCESSORS_CONF);
	struct instance in =
	    refused((struct setup){ .kilobytes = (uint64_t)each }, ENOMEM,
		"buffer_size_kb");
	char want[128];

	snprintf(want, sizeof(want),
	    "Cannot allocate memory;"
	    " 4398046511104 KiB for each of %ld CPUs are %ld KiB",
	    cpus, each * cpus);
	assert(strcmp(in.why, want) == 0);
}

/* The first of the events that has no such field is the one that is named. */
static void
a_wrong_filter(void)
{
	char filter[] = "prev_pid>0", longer[600];
	struct choice_event event[] = {
		{ "sched", "sched_switch", filter },
		{ "sched", "sched_process_exit", filter },
		{ "sched", "sched_wakeup", filter },
	};
	const struct choice choice = { .event = event, .n = 3 };
	struct setup_stop stop = { "sched", "sched_wakeup", "prev_pid>0" };
	struct instance in = refused((struct setup){ .choice = &choice },
	    EINVAL, "events/sched/sched_process_exit/filter");

	assert(strcmp(in.why,
		   "Field not found;"
		   " event sched:sched_process_exit, filter prev_pid>0") == 0);
	in = refused((struct setup){ .stop = &stop }, EINVAL,
	    "events/sched/sched_wakeup/trigger");
	assert(strstr(in.why,
		   "; event sched:sched_wakeup, filter prev_pid>0") != NULL);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	event[0].filter = longer;
	in = refused((struct setup){ .choice = &choice }, EINVAL,
	    "events/sched/sched_switch/filter");
	assert(strlen(in.why) == sizeof(in.why) - 1);
	assert(strstr(in.why, "; event sched:sched_switch, filter xxx"));
	assert(strcmp(in.why + sizeof(in.why) - 5, "x...") == 0);
}

int
main(void)
{
	lists();
	the_last_cpu_that_there_may_be();
	no_lists();
	tracefs = live_tracefs();
	a_wrong_clock();
	wrong_cpus();
	too_large_a_buffer();
	a_wrong_filter();
	return 0;
}
