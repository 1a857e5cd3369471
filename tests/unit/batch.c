/* SPDX-License-Identifier: MIT */
/* batch: the runs of workloads, in order and each once, and bad names */
#include "capture/batch.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/tk-batch-XXXXXX";

static void
make(const char *text)
{
	FILE *f = fopen(path, "w");

	assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

/* The names of all runs, with blanks between them. */
static void
runs_are(const char *names, uint64_t runs, const char *want)
{
	struct batch b;
	char *where, got[512] = "";

	assert(batch_open(&b, path, names, runs, &where) == NULL);
	assert(where == NULL);
	while (batch_next(&b)) {
		size_t n = strlen(got);

		snprintf(got + n, sizeof(got) - n, "%s%s", n > 0 ? " " : "",
		    b.trace_id);
		assert(b.run < runs);
		assert(strncmp(b.trace_id, b.workload->name,
			   strlen(b.workload->name)) == 0);
	}
	assert(!batch_next(&b));
	if (strcmp(got, want) != 0)
		fprintf(stderr, "%s\n", got);
	assert(strcmp(got, want) == 0);
	batch_close(&b);
	batch_close(&b);
}

static void
is_refused(const char *file, const char *names, const char *about,
    const char *place)
{
	struct batch b;
	char *where;
	const char *why = batch_open(&b, file, names, 3, &where);

	assert(why != NULL && where != NULL);
	if (strstr(why, about) == NULL || strcmp(where, place) != 0)
		fprintf(stderr, "%s: %s\n", where, why);
	assert(strstr(why, about) != NULL && strcmp(where, place) == 0);
	free(where);
	batch_close(&b);
}

static void
skipped_runs_are_those_of_one_workload(void)
{
	struct batch b;
	char *where;

	assert(batch_open(&b, path, "all", 3, &where) == NULL);
	assert(batch_next(&b) && strcmp(b.trace_id, "a_run0") == 0);
	assert(batch_next(&b) && strcmp(b.trace_id, "a_run1") == 0);
	batch_skip(&b);
	assert(batch_next(&b) && strcmp(b.trace_id, "b c_run0") == 0);
	batch_skip(&b);
	assert(batch_next(&b) && strcmp(b.trace_id, "d_run0") == 0);
	batch_skip(&b);
	assert(!batch_next(&b));
	batch_close(&b);
}

int
main(void)
{
	static const char three[] =
	    "workloads:\n"
	    "  - {name: a, category: c, command: [x]}\n"
	    "  - {name: b c, category: c, command: [y]}\n"
	    "  - {name: d, category: c, command: [z]}\n";
	char place[64];
	int fd = mkstemp(path);

	assert(fd >= 0);
	close(fd);
	make(three);
	runs_are("all", 2, "a_run0 a_run1 b c_run0 b c_run1 d_run0 d_run1");
	runs_are("d,a", 1, "d_run0 a_run0");
	runs_are("a,d,a", 2, "a_run0 a_run1 d_run0 d_run1");
	runs_are("b c", 3, "b c_run0 b c_run1 b c_run2");
	is_refused(path, "a,x,y", "no workload", "x");
	is_refused(path, "A", "no workload", "A");
	is_refused(path, "a,all", "no workload", "all");
	/* Nothing is no name. */
	is_refused(path, "", "no workload", "");
	is_refused(path, "a,", "no workload", "");
	is_refused(path, "a,,d", "no workload", "");
	is_refused("/nonexistent/w", "all", "No such file", "/nonexistent/w");
	skipped_runs_are_those_of_one_workload();
	make("workloads:\n  - {name: a, category: c}\n");
	snprintf(place, sizeof(place), "%s:2", path);
	is_refused(path, "all", "command", place);
	unlink(path);
	return 0;
}
