/* SPDX-License-Identifier: MIT */
/* place: programs are found as execvp(3) finds them, and then beside us */
#undef NDEBUG
#include "capture/place.h"

#include <assert.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/tk-place-XXXXXX";

static void
touch(const char *path, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode);

	assert(fd != -1);
	close(fd);
}

/* Tells whether the program is found there; NULL: nowhere. */
static bool
found(const char *name, const char *where)
{
	char *path = place_program(name);
	bool same = path == NULL || where == NULL ? path == where
						  : strcmp(path, where) == 0;

	if (!same)
		fprintf(stderr, "%s: %s\n", name, path);
	free(path);
	return same;
}

/* In dir: one/ with a folder and a plain file, two/ with the programs. */
static void
make_folders(void)
{
	char *made = mkdtemp(dir);
	int done = made != NULL ? chdir(dir) : -1;

	assert(done == 0);
	mkdir("one", 0755);
	mkdir("one/tool", 0755);
	touch("one/text", 0644);
	mkdir("two", 0755);
	touch("two/tool", 0755);
	touch("two/text", 0755);
	touch("here", 0755);
}

static void
remove_folders(void)
{
	int done = chdir("/");
	char command[64];

	snprintf(command, sizeof(command), "PATH=/bin:/usr/bin rm -r %s", dir);
	done |= system(command);
	assert(done == 0);
}

static void
test_path(void)
{
	setenv("PATH", "one:two", 1);
	assert(found("tool", "two/tool"));
	assert(found("text", "two/text"));
	assert(found("here", NULL) && found("", NULL));
	assert(found("./here", "./here"));
	assert(found("one/text", NULL) && found("one/tool", NULL));
	setenv("PATH", "one::two", 1);
	assert(found("here", "./here"));
	setenv("PATH", "", 1);
	assert(found("here", "./here") && found("tool", NULL));
	setenv("PATH", "one:", 1);
	assert(found("here", "./here"));
	unsetenv("PATH");
	assert(found("sh", "/bin/sh"));
}

/* Beside the program there is what begins with tk-, and only that. */
static void
test_beside(void)
{
	char own[4096], name[64], *slash;
	ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 64);

	assert(n > 0);
	own[n] = '\0';
	slash = strrchr(own, '/');
	setenv("PATH", "one", 1);
	assert(found(slash + 1, NULL));
	snprintf(name, sizeof(name), "tk-place-%ld", (long)getpid());
	stpcpy(slash + 1, name);
	assert(found(name, NULL));
	touch(own, 0755);
	assert(found(name, own));
	unlink(own);
}

static void
test_missing(void)
{
	char *const needs[] = { (char[]){ "none" }, (char[]){ "tool" },
		(char[]){ "two/other" }, NULL };
	size_t at = 0;
	const char *name;

	setenv("PATH", "two", 1);
	name = place_missing(needs, &at);
	assert(name == needs[0]);
	name = place_missing(needs, &at);
	assert(name == needs[2]);
	name = place_missing(needs, &at);
	assert(name == NULL);
}

/* What a copy of this program in bin/ says; "" if there is no catalogue. */
static const char *
told(void)
{
	static char line[4096];
	FILE *f;

	setenv("PATH", "/bin:/usr/bin", 1);
	f = popen("bin/place catalogue", "r");
	assert(f != NULL);
	line[0] = '\0';
	if (fgets(line, sizeof(line), f) != NULL)
		line[strcspn(line, "\n")] = '\0';
	pclose(f);
	return line;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

/* What is installed goes before what is in the source tree. */
static void
test_catalogue(void)
{
	char command[128];
	int done;

	snprintf(command, sizeof(command),
	    "mkdir -p bin pipelines share/tracekit/pipelines && "
	    "cp /proc/%ld/exe bin/place",
	    (long)getpid());
	setenv("PATH", "/bin:/usr/bin", 1);
	done = system(command);
	assert(done == 0);
	assert(strcmp(told(), "") == 0);
	touch("pipelines/workloads.yaml", 0644);
	assert(ends_with(told(), "/bin/../pipelines/workloads.yaml"));
	touch("share/tracekit/pipelines/workloads.yaml", 0644);
	assert(ends_with(told(),
	    "/bin/../share/tracekit/pipelines/workloads.yaml"));
}

int
main(int argc, char *argv[])
{
	if (argc == 2 && strcmp(argv[1], "catalogue") == 0) {
		char *path = place_catalogue();

		puts(path != NULL ? path : "");
		free(path);
		return 0;
	}
	make_folders();
	test_catalogue();
	test_path();
	test_beside();
	test_missing();
	remove_folders();
	return 0;
}
