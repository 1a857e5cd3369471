/* SPDX-License-Identifier: MIT */
/* notes: what a person is told of a recording, letter by letter */
#include "capture/notes.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct output out;

/* Asserts that this was written, and begins anew. */
static void
wrote(const char *want)
{
	if (!str_is((struct str){ out.buf, out.n }, want))
		fprintf(stderr, "%.*s\n", (int)out.n, out.buf);
	assert(str_is((struct str){ out.buf, out.n }, want));
	out.n = 0;
}

static void
failures(void)
{
	struct job j = { .path = "t.txt" };

	notes_failure(&j, &out);
	wrote("");
	j.session.trouble.what = "cannot be written";
	j.session.trouble.error = ENOSPC;
	notes_failure(&j, &out);
	wrote("t.txt: cannot be written: No space left on device\n");
	j.path = NULL;
	notes_failure(&j, &out);
	wrote("standard output: cannot be written: "
	      "No space left on device\n");
	snprintf(j.session.trouble.where, sizeof(j.session.trouble.where),
	    "trace_clock");
	snprintf(j.session.trouble.why, sizeof(j.session.trouble.why),
	    "Field not found");
	notes_failure(&j, &out);
	wrote("trace_clock: cannot be written: Field not found\n");
	j.session.trouble.why[0] = '\0';
	j.session.trouble.error = 0;
	notes_failure(&j, &out);
	wrote("trace_clock: cannot be written\n");
}

static void
losses(void)
{
	struct counts c[] = { { .cpu = 0, .read = 10 },
		{ .cpu = 1, .read = 20, .overrun = 1, .commit_overrun = 2 },
		{ .cpu = 5, .read = 30, .dropped = 4 } };
	struct job j = { .events = 60 };

	j.plan.setup.kilobytes = 64;
	j.result.counts = c;
	j.result.n = 3;
	notes_put(&j, &out);
	wrote("");
	j.lost = 7;
	notes_put(&j, &out);
	wrote("7 of 67 events lost: use a larger buffer (-b, now 64 KB), "
	      "or record fewer events\n"
	      "CPU 1: 3 lost, 20 read\n"
	      "CPU 5: 4 lost, 30 read\n");
}

static void
what_is_not_as_it_was_to_be(void)
{
	struct job j = { .events = 1 };

	j.plan.setup.kilobytes = 128;
	j.result.written.counts.bad = 2;
	j.result.written.counts.why = "an event without a type";
	j.result.timed_out = true;
	j.plan.last = INT64_C(10000000000);
	j.result.kept = INT64_C(1234567890);
	notes_put(&j, &out);
	wrote("2 events cannot be read: an event without a type\n"
	      "the command was ended at its time limit\n"
	      "the buffer held no more than the last 1.235 s: use a larger "
	      "one (-b, now 128 KB)\n");
	j = (struct job){ .events = 1 };
	j.plan.last = j.result.kept = 5;
	notes_put(&j, &out);
	wrote("");
}

static void
progress(void)
{
	struct job j = { .events = 1 };
	struct notes_pace pace = { { 0, 0, 0 }, 0 };

	j.session.left = -1;
	j.session.sum = (struct drain_sum){ 1500, 3, 0 };
	assert(notes_progress(&j, "a, 1 of 3", &pace, &out));
	wrote("a, 1 of 3: 3 lost");
	assert(!notes_progress(&j, "a, 1 of 3", &pace, &out));
	wrote("");
	/* As if ten seconds had gone by: as many events in each. */
	j.session.left = INT64_C(2999999999);
	j.session.sum.events += 10000;
	pace.at -= 10000;
	assert(notes_progress(&j, "b", &pace, &out));
	assert(memcmp(out.buf, "b: 2 s left, ", 13) == 0);
	assert(strtol(out.buf + 13, NULL, 10) > 900 &&
	    strtol(out.buf + 13, NULL, 10) <= 1000);
	out.n = 0;
	/* What a workload takes tells more than its time limit. */
	j.expected = INT64_C(10000000000);
	j.session.elapsed = INT64_C(7500000000);
	pace.at -= 10000;
	assert(notes_progress(&j, "c", &pace, &out));
	assert(memcmp(out.buf, "c: about 3 s left, ", 19) == 0);
	out.n = 0;
	j.session.elapsed = INT64_C(11000000000);
	pace.at -= 10000;
	assert(notes_progress(&j, "c", &pace, &out));
	assert(memchr(out.buf, 'l', 4) == NULL); /* nothing of "left" */
	out.n = 0;
}

static void
a_table_of_workloads(void)
{
	char *sh[] = { (char *)"sh", NULL };
	char *missing[] = { (char *)"tk-no-a", (char *)"sh", (char *)"tk-no-b",
		NULL };
	struct workload w[] = { { .name = (char *)"one",
				    .category = (char *)"cpu",
				    .description = (char *)"first",
				    .needs = sh,
				    .duration = 5 },
		{ .name = (char *)"two",
		    .category = (char *)"io",
		    .description = (char *)"",
		    .needs = missing } };
	const struct workload *chosen[] = { &w[1], &w[0] };
	struct batch b = { .chosen = chosen, .n = 2 };

	notes_list(&b, &out);
	wrote("workload                 category              s  "
	      "state              description\n"
	      "two                      io                    -  "
	      "needs tk-no-a, tk-no-b \n"
	      "one                      cpu                   5  "
	      "ready              first\n");
}

int
main(void)
{
	output_in_memory(&out);
	failures();
	losses();
	what_is_not_as_it_was_to_be();
	progress();
	a_table_of_workloads();
	output_close(&out);
	return 0;
}
