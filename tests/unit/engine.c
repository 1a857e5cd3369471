/* SPDX-License-Identifier: MIT */
/* engine: the questions that a client is asked, and what its answers become */
#undef NDEBUG
#include "pids/engine.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/tk-engine-XXXXXX";

/* Makes a client of that name which answers by that script. */
static void
client(const char *name, const char *script)
{
	static const char shell[] = "#!/bin/sh\n";
	struct output file;
	char path[128];
	int done;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	done = output_open(&file, path);
	assert(done == 0);
	output_text(&file, shell);
	output_text(&file, script);
	done = output_close(&file);
	assert(done == 0 && chmod(path, 0700) == 0);
}

static void
gone(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert(unlink(path) == 0);
}

static bool
finds(const char *name, size_t n)
{
	struct containers list = { 0 };
	struct output why;
	int status;
	bool right;

	output_in_memory(&why);
	status = engine_containers(name, "n1", 30, &list, &why);
	right = list.n == n && (status == 0) == (n > 0) &&
	    (why.n > 0) == (n == 0);
	containers_free(&list);
	output_close(&why);
	return right;
}

static const char good[] = "case $1 in\n"
			   "network) echo '[{\"name\":\"n1\"}]' ;;\n"
			   "ps) echo ab ;;\n"
			   "inspect) [ \"$3\" = ab ] && echo '[{\"Id\":\"ab\","
			   "\"Name\":\"c\",\"State\":{\"Pid\":1}}]' ;;\n"
			   "esac";

int
main(void)
{
	assert(mkdtemp(dir) != NULL);
	/* The interpreter of the scripts is found by its path. */
	assert(setenv("PATH", dir, 1) == 0);
	assert(finds(NULL, 0) && finds("podman", 0) && finds("docker", 0));
	client("podman", good);
	assert(finds(NULL, 1) && finds("podman", 1) && finds("docker", 0));
	client("docker", "exit 1");
	assert(finds(NULL, 1) && finds("docker", 0));
	client("podman", "echo '[{\"name\":\"n1\"}]'");
	assert(finds("podman", 0)); /* the same answer to all questions */
	client("podman", "[ $1 != network ] || echo '[{\"name\":\"n1\"}]'");
	assert(finds("podman", 0)); /* nothing runs */
	client("docker", good);
	assert(finds(NULL, 1) && finds("docker", 1));
	gone("docker");
	gone("podman");
	assert(rmdir(dir) == 0);
	return 0;
}
