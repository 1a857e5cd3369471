/* SPDX-License-Identifier: MIT */
/* runs: a run of a batch as a job, and the folder of its files */
#include "capture/runs.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/tk-runs-XXXXXX";
static const struct owner nobody;

static const char *
in_dir(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void
write_file(const char *name, const char *text)
{
	FILE *f = fopen(in_dir(name), "w");

	assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

static void
folders(void)
{
	struct stat a, b;
	int fd = runs_folder(&nobody, in_dir("x/y"));

	assert(fd >= 0 && fstat(fd, &a) == 0 && S_ISDIR(a.st_mode));
	assert(stat(in_dir("x/y/raw"), &b) == 0 && a.st_ino == b.st_ino);
	close(fd);
	fd = runs_folder(&nobody, in_dir("x/y")); /* it is there */
	assert(fd >= 0);
	close(fd);
	write_file("file", "");
	assert(runs_folder(&nobody, in_dir("file")) == -1);
	assert(errno == ENOTDIR);
	/* A file where the folder should be stays. */
	assert(mkdir(in_dir("z"), 0700) == 0);
	write_file("z/raw", "mine");
	assert(runs_folder(&nobody, in_dir("z")) == -1 && errno == ENOTDIR);
	assert(stat(in_dir("z/raw"), &a) == 0 && a.st_size == 4);
}

/* The present run of a batch, its sink of that form. */
static void
run_is(const struct batch *b, enum sink_form form, const char *file,
    const char *document, const char *shown)
{
	struct job j = { .at = 0 };
	struct run_names names;

	j.plan.sink.form = form;
	runs_prepare(b, &j, &names);
	assert(strcmp(j.path, file) == 0);
	assert(strcmp(j.document, document) == 0);
	assert(strcmp(names.shown, shown) == 0);
	assert(strcmp(j.trace_id, b->trace_id) == 0);
	assert(strcmp(j.workload, "w one") == 0);
	assert(strcmp(j.category, "cat") == 0);
	assert(strcmp(j.description, "what it is") == 0);
	/* Blanks split nothing; the program is by its path. */
	assert(strcmp(j.plan.command[0] + strlen(j.plan.command[0]) - 3,
		   "/sh") == 0);
	assert(access(j.plan.command[0], X_OK) == 0);
	assert(strcmp(j.plan.command[1], "-c") == 0);
	assert(strcmp(j.plan.command[2], "a  b") == 0);
	assert(strcmp(j.plan.command[3], "") == 0);
	assert(j.plan.command[4] == NULL);
	assert(j.plan.timeout == INT64_C(20000000000));
	runs_free(&names);
}

static void
what_a_run_says(void)
{
	struct batch b;
	struct job j = { .at = 0 };
	struct run_names names;
	char *where;

	write_file("w.yaml",
	    "workloads:\n"
	    "  - name: w one\n"
	    "    category: cat\n"
	    "    description: what it is\n"
	    "    command: [sh, -c, \"a  b\", \"\"]\n"
	    "    timeout: 20\n"
	    "  - name: v\n"
	    "    category: cat\n"
	    "    command: [tk-no-such-program]\n");
	assert(batch_open(&b, in_dir("w.yaml"), "all", 2, &where) == NULL);
	assert(batch_next(&b));
	run_is(&b, SINK_TEXT, "w one_run0.txt", "w one_run0.json",
	    "w one, 1 of 2");
	assert(batch_next(&b));
	run_is(&b, SINK_RECORDS, "w one_run1.jsonl", "w one_run1.json",
	    "w one, 2 of 2");
	run_is(&b, SINK_DAT, "w one_run1.dat", "w one_run1.json",
	    "w one, 2 of 2");
	assert(batch_next(&b));
	/* A time limit of one's own stands; one that is absent is 300 s. */
	runs_prepare(&b, &j, &names);
	assert(strcmp(j.plan.command[0], "tk-no-such-program") == 0);
	assert(strcmp(j.description, "") == 0);
	assert(j.plan.timeout == INT64_C(300000000000));
	runs_free(&names);
	j.plan.timeout = 5;
	runs_prepare(&b, &j, &names);
	assert(j.plan.timeout == 5);
	runs_free(&names);
	batch_close(&b);
}

int
main(void)
{
	char command[64];

	assert(mkdtemp(dir) != NULL);
	folders();
	what_a_run_says();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command) == 0 ? 0 : 1;
}
