/* SPDX-License-Identifier: MIT */
/* request: what options ask for, and what is wrong with them */
#include "capture/request.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

static char dir[] = "/tmp/tk-request-XXXXXX";

static void
make(const char *path)
{
	folder_make(dir, path);
}

static void
make_events(void)
{
	/* libtracefs looks for these files. */
	static const char *const there[] = { "sched", "irq", "vendor",
		"sched/sched_switch", "sched/sched_wakeup",
		"sched/sched_wakeup_new", "sched/sched_migrate_task",
		"irq/irq_handler_entry", "vendor/sched_wakeup" };
	char text[128];

	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++) {
		snprintf(text, sizeof(text), "events/%s/enable", there[i]);
		make(text);
	}
}

static struct request *
opened(void)
{
	static struct request r;

	assert(request_open(&r, dir) == 0);
	return &r;
}

/* The argument must outlive the request. */
static const char *
take(struct request *r, int option, const char *argument)
{
	return request_take(r, option, (char *)argument);
}

static void
takes(struct request *r, int option, const char *argument)
{
	const char *why = take(r, option, argument);

	if (why != NULL)
		fprintf(stderr, "%s: %s\n", argument, why);
	assert(why == NULL);
}

/* It is refused by itself, in words that have about in them. */
static void
refuses(int option, const char *argument, const char *about)
{
	struct request *r = opened();
	const char *why = take(r, option, argument);

	if (why == NULL || strstr(why, about) == NULL)
		fprintf(stderr, "%s: %s\n", argument, why ? why : "taken");
	assert(why != NULL && strstr(why, about) != NULL);
	request_close(r);
}

static void
what_is_usual(void)
{
	struct request *r = opened();
	const struct session_plan *p = &r->plan;

	assert(request_end(r) == NULL);
	assert(p->setup.kilobytes == 16384 && !p->setup.overwrite);
	assert(strcmp(p->setup.clock, "mono") == 0 && p->setup.cpus == NULL);
	assert(p->duration == 0 && p->timeout == 0 && p->last == 0);
	assert(p->setup.stop == NULL && p->setup.threads->n == 0);
	assert(p->sink.form == SINK_TEXT && p->sink.level == 0);
	assert(r->runs == 3 && !r->clean && !r->list && r->output == NULL);
	/* The preset sched. */
	assert(p->setup.choice->n == 4);
	assert(strcmp(p->setup.choice->event[0].name, "sched_switch") == 0);
	request_close(r);
}

static void
each_option(void)
{
	char word[] = "true", *command[] = { word, NULL };
	struct request *r = opened();
	const struct session_plan *p = &r->plan;

	takes(r, REQUEST_BUFFER, "64");
	takes(r, REQUEST_CPUS, "0,2-5");
	takes(r, REQUEST_CLOCK, "boot");
	takes(r, REQUEST_DURATION, "1.5");
	takes(r, REQUEST_TIMEOUT, "300");
	takes(r, REQUEST_LAST, "0.000000001");
	takes(r, REQUEST_EVENT, "sched_switch");
	takes(r, REQUEST_FILTER, "prev_pid > 0");
	takes(r, REQUEST_METADATA, "m.json");
	takes(r, REQUEST_COMMAND_OUTPUT, "said");
	takes(r, REQUEST_OUTPUT, "a.dat");
	takes(r, REQUEST_ZSTD, NULL);
	takes(r, REQUEST_CLEAN, NULL);
	takes(r, REQUEST_LIST, NULL);
	r->plan.command = command;
	assert(request_end(r) == NULL);
	takes(r, REQUEST_RUNS, "5");
	assert(p->setup.kilobytes == 64);
	assert(strcmp(p->setup.cpus, "0,2-5") == 0);
	assert(strcmp(p->setup.clock, "boot") == 0);
	assert(p->duration == INT64_C(1500000000));
	assert(p->timeout == INT64_C(300000000000) && p->last == 1);
	assert(p->setup.overwrite); /* a flight recorder does */
	assert(p->setup.choice->n == 1);
	assert(strstr(p->setup.choice->event[0].filter, "prev_pid > 0"));
	assert(r->runs == 5 && r->clean && r->list);
	assert(strcmp(r->metadata, "m.json") == 0);
	assert(strcmp(r->command_output, "said") == 0);
	assert(p->sink.form == SINK_DAT && p->sink.level > 0);
	request_close(r);

	r = opened();
	takes(r, REQUEST_OVERWRITE, NULL);
	assert(r->plan.setup.overwrite);
	takes(r, REQUEST_PRESET, "sched");
	assert(r->choice.n == 4);
	request_close(r);
}

static void
bad_arguments(void)
{
	static const char *const number[] = { "", "0", "-1", "x", "1k", "1.5",
		" 1", "18446744073709551616" };
	static const char *const seconds[] = { "", "0", "-1", "x", "1s", "0.0",
		"1.", ".5x", "1000000000", "1e3", "0.0000000001", "nan",
		"18446744073709551616", "1,5" };

	for (size_t i = 0; i < sizeof(number) / sizeof(number[0]); i++) {
		refuses(REQUEST_BUFFER, number[i], "no number");
		refuses(REQUEST_RUNS, number[i], "no number");
	}
	refuses(REQUEST_BUFFER, "1073741825", "no number");
	refuses(REQUEST_RUNS, "1000001", "no number");
	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++) {
		refuses(REQUEST_DURATION, seconds[i], "no time");
		refuses(REQUEST_TIMEOUT, seconds[i], "no time");
		refuses(REQUEST_LAST, seconds[i], "no time");
	}
	refuses(REQUEST_CPUS, "0,", "no list");
	refuses(REQUEST_CPUS, "5-2", "no list");
	refuses(REQUEST_FORM, "csv", "is not text");
	refuses(REQUEST_FORM, "", "is not text");
	refuses(REQUEST_OUTPUT, "", "no name");
	refuses(REQUEST_OUTPUT_DIR, "", "no name");
	refuses(REQUEST_EVENT, "sched_swich", "sched_swich: ");
	refuses(REQUEST_EVENT, "sched_swich", "; is it sched");
	refuses(REQUEST_FILTER, "prev_pid > 0", "");
	refuses(REQUEST_PRESET, "nosuch", "nosuch: ");
	refuses(REQUEST_PID, "1,x", "x: ");
	refuses(REQUEST_PIDS, "/nonexistent/pids", "No such file");
}

/* However long a word is, the message has an end. */
static void
long_words(void)
{
	static char word[5000];

	memset(word, 'x', sizeof(word) - 1);
	refuses(REQUEST_EVENT, word, "xxx: ");
	refuses(REQUEST_PID, word, "xxx: ");
	refuses(REQUEST_UNTIL, word, "xxx: ");
}

static void
stop_is(const char *text, const char *system, const char *name,
    const char *filter)
{
	struct request *r = opened();
	const struct setup_stop *s = &r->stop;

	takes(r, REQUEST_UNTIL, text);
	assert(r->plan.setup.stop == s);
	assert(strcmp(s->system, system) == 0 && strcmp(s->name, name) == 0);
	assert((s->filter == NULL) == (filter == NULL));
	assert(filter == NULL || strcmp(s->filter, filter) == 0);
	request_close(r);
}

static void
until_an_event(void)
{
	stop_is("sched_switch", "sched", "sched_switch", NULL);
	stop_is("sched:sched_switch", "sched", "sched_switch", NULL);
	stop_is("sched_switch:prev_pid == 1", "sched", "sched_switch",
	    "prev_pid == 1");
	stop_is("sched:sched_switch:prev_pid == 1", "sched", "sched_switch",
	    "prev_pid == 1");
	stop_is("sched_switch:prev_comm == \"a:b,c\"", "sched", "sched_switch",
	    "prev_comm == \"a:b,c\"");
	stop_is("vendor:sched_wakeup:pid > 0", "vendor", "sched_wakeup",
	    "pid > 0");
	stop_is("irq", "irq", "irq_handler_entry", NULL);
	refuses(REQUEST_UNTIL, "sched_wakeup", "more than one");
	refuses(REQUEST_UNTIL, "sched", "more than one");
	refuses(REQUEST_UNTIL, "sched:sched_*", "more than one");
	refuses(REQUEST_UNTIL, "nosuch", "nosuch: ");
	refuses(REQUEST_UNTIL, "nosuch:pid > 0", "nosuch");
	refuses(REQUEST_UNTIL, "", "");
	refuses(REQUEST_UNTIL, ":", "");
}

static void
forms_by_name(void)
{
	assert(request_form_of("a.txt") == SINK_TEXT);
	assert(request_form_of("a") == SINK_TEXT);
	assert(request_form_of("a.dat") == SINK_DAT);
	assert(request_form_of("a.dat.txt") == SINK_TEXT);
	assert(request_form_of("d.dat/") == SINK_RAW);
	assert(request_form_of("d/") == SINK_RAW);
	assert(request_form_of("d/a.jsonl") == SINK_RECORDS);
	assert(request_form_of("dat") == SINK_TEXT);
	assert(request_form_of("") == SINK_TEXT);
}

/* With these options, one after the other, there is that to say at the end. */
static void
end_says(const int *option, const char *const *argument, const char *about)
{
	struct request *r = opened();
	const char *why;

	for (; *option != 0; option++, argument++)
		takes(r, *option, *argument);
	why = request_end(r);
	if ((why == NULL) != (about == NULL))
		fprintf(stderr, "%s\n", why != NULL ? why : "taken");
	assert((why == NULL) == (about == NULL));
	assert(why == NULL || strstr(why, about) != NULL);
	request_close(r);
}

#define OPTIONS(...) ((const int[]){ __VA_ARGS__, 0 })
#define ARGUMENTS(...) ((const char *const[]){ __VA_ARGS__ })

static void
options_that_do_not_go_together(void)
{
	end_says(OPTIONS(REQUEST_FORM), ARGUMENTS("dat"), "need -o");
	end_says(OPTIONS(REQUEST_FORM), ARGUMENTS("raw"), "need -o");
	end_says(OPTIONS(REQUEST_FORM), ARGUMENTS("records"), NULL);
	end_says(OPTIONS(REQUEST_FORM, REQUEST_OUTPUT),
	    ARGUMENTS("raw", "x.dat"), NULL);
	end_says(OPTIONS(REQUEST_OUTPUT), ARGUMENTS("d/"), NULL);
	end_says(OPTIONS(REQUEST_ZSTD), ARGUMENTS(NULL), "-F dat");
	end_says(OPTIONS(REQUEST_ZSTD, REQUEST_OUTPUT),
	    ARGUMENTS(NULL, "x.jsonl"), "-F dat");
	end_says(OPTIONS(REQUEST_WORKLOADS, REQUEST_FORM),
	    ARGUMENTS("all", "raw"), "workloads");
	end_says(OPTIONS(REQUEST_WORKLOADS, REQUEST_FORM),
	    ARGUMENTS("all", "dat"), NULL);
	/* For workloads -o is a folder, whatever its name is. */
	end_says(OPTIONS(REQUEST_WORKLOADS, REQUEST_OUTPUT),
	    ARGUMENTS("all", "d/"), NULL);
	end_says(OPTIONS(REQUEST_PID), ARGUMENTS("4194303"),
	    "none of the threads");
}

static void
a_catalogue_means_all_of_it(void)
{
	struct request *r = opened();

	takes(r, REQUEST_CATALOGUE, "mine.yaml");
	assert(request_end(r) == NULL);
	assert(strcmp(r->workloads, "all") == 0);
	request_close(r);
	r = opened();
	takes(r, REQUEST_CATALOGUE, "mine.yaml");
	takes(r, REQUEST_WORKLOADS, "a,b");
	assert(request_end(r) == NULL);
	assert(strcmp(r->workloads, "a,b") == 0);
	request_close(r);
}

static void
threads_of_a_table(void)
{
	struct request *r = opened();
	char path[128];
	const char *why;
	FILE *f;

	snprintf(path, sizeof(path), "%s/pids", dir);
	f = fopen(path, "w");
	assert(f != NULL);
	fprintf(f, "%d web 10.0.0.1 ab", (int)getpid());
	fclose(f);
	takes(r, REQUEST_PIDS, path);
	assert(request_end(r) == NULL);
	assert(r->threads.n == 1 && r->threads.id[0] == (int)getpid());
	request_close(r);

	f = fopen(path, "w");
	assert(f != NULL);
	fprintf(f, "# PID NAME\n\nPID web 10.0.0.1 ab\n");
	fclose(f);
	r = opened();
	why = take(r, REQUEST_PIDS, path);
	assert(why != NULL && strncmp(why, "line 3: ", 8) == 0);
	request_close(r);
	refuses(REQUEST_PIDS, dir, "directory");
	unlink(path);
}

int
main(void)
{
	char command[64];

	assert(mkdtemp(dir) != NULL);
	make_events();
	what_is_usual();
	each_option();
	bad_arguments();
	long_words();
	until_an_event();
	forms_by_name();
	options_that_do_not_go_together();
	a_catalogue_means_all_of_it();
	threads_of_a_table();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command) == 0 ? 0 : 1;
}
