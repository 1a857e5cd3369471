/* SPDX-License-Identifier: MIT */
/* client: what a program prints, and each way in which it can fail */
#undef NDEBUG
#include "pids/client.h"

#include <assert.h>
#include <stdlib.h>

static struct output out, why;

/* Runs a script, which is to end like that. */
static void
run(const char *script, unsigned seconds, enum client_result want)
{
	enum client_result got;
	char *argv[] = { (char *)"sh", (char *)"-c", (char *)script,
		(char *)"--", (char *)"$(touch x); *", NULL };

	why.n = 0;
	got = client_run(argv, seconds, &out, &why);
	assert(got == want);
}

static bool
said(const struct output *text, const char *want)
{
	return text->n == strlen(want) && memcmp(text->buf, want, text->n) == 0;
}

/* The reason, without the command before it. */
static bool
told(const char *want)
{
	size_t n = strlen(want);

	return why.n > n && memcmp(why.buf, "sh -c ", 6) == 0 &&
	    memcmp(why.buf + why.n - n, want, n) == 0;
}

static void
what_it_prints_is_taken(void)
{
	run("printf '%s' \"$1\"", 30, CLIENT_DONE);
	assert(said(&out, "$(touch x); *") && why.n == 0);
	run("echo heard >&2; cat", 30, CLIENT_DONE);
	assert(out.n == 0 && why.n == 0);
	run("head -c 1000000 /dev/zero; echo", 30, CLIENT_DONE);
	assert(out.n == 1000001);
}

static void
failures_are_told(void)
{
	run("echo; echo ' no\tnet ' >&2; exit 1", 30, CLIENT_FAILED);
	assert(told(": no\tnet\n"));
	run("exit 7", 30, CLIENT_FAILED);
	assert(told(": ended with status 7\n"));
	run("kill -9 $$", 30, CLIENT_FAILED);
	assert(told(": ended by signal 9\n"));
	run("sleep 1000", 1, CLIENT_FAILED);
	assert(told(": it did not answer in time\n"));
	run("exec >&- 2>&-; sleep 1000", 1, CLIENT_FAILED);
	assert(told(": it did not answer in time\n"));
	run("yes", 60, CLIENT_FAILED);
	assert(told(": its answer is too long\n"));
}

static void
what_it_leaves_behind_is_not_waited_for(void)
{
	run("sleep 3 & echo done", 60, CLIENT_DONE);
	assert(said(&out, "done\n"));
}

static void
a_program_that_is_not_there_is_absent(void)
{
	char *argv[] = { (char *)"/nonexistent/docker", NULL };
	char *folder[] = { (char *)"/tmp", NULL };
	enum client_result got;

	why.n = 0;
	got = client_run(argv, 30, &out, &why);
	assert(got == CLIENT_ABSENT);
	assert(said(&why, "/nonexistent/docker: No such file or directory\n"));
	why.n = 0;
	got = client_run(folder, 30, &out, &why);
	assert(got == CLIENT_FAILED);
	assert(said(&why, "/tmp: Permission denied\n"));
}

int
main(void)
{
	output_in_memory(&out);
	output_in_memory(&why);
	what_it_prints_is_taken();
	failures_are_told();
	what_it_leaves_behind_is_not_waited_for();
	a_program_that_is_not_there_is_absent();
	output_close(&out);
	output_close(&why);
	return 0;
}
