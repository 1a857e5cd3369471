/* SPDX-License-Identifier: MIT */
#include "pids/engine.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "pids/client.h"

/* A container may end between two questions, and then both are put anew. */
enum { TRIES = 3 };

struct asking {
	const char *client, *network;
	unsigned seconds;
	struct output answer;
	struct output *why;
};

static struct str
answer_of(const struct asking *a)
{
	return (struct str){ a->answer.buf, a->answer.n };
}

static int
complain(const struct asking *a, const char *question, const char *what)
{
	output_printf(a->why, "%s %s: %s\n", a->client, question, what);
	return -1;
}

/* Finds the name of the network, which may have been given by its id. */
static enum client_result
find_network(struct asking *a, char **name)
{
	char *argv[] = { (char *)a->client, (char *)"network",
		(char *)"inspect", (char *)a->network, NULL };
	enum client_result result = client_run(argv, a->seconds, &a->answer,
	    a->why);

	*name = NULL;
	if (result != CLIENT_DONE)
		return result;
	*name = inspected_network(answer_of(a));
	if (*name != NULL)
		return CLIENT_DONE;
	complain(a, "network inspect", "the answer is not that of one network");
	return CLIENT_FAILED;
}

/* Leaves the ids of those that run in the answer, a line each. */
static int
ask_running(struct asking *a, const char *network)
{
	static const char key[] = "network=";
	size_t n = sizeof(key) + strlen(network);
	char *filter = mem_alloc(n);
	char *argv[] = { (char *)a->client, (char *)"ps", (char *)"--no-trunc",
		(char *)"-q", (char *)"--filter", filter, NULL };
	enum client_result result;

	snprintf(filter, n, "%s%s", key, network);
	result = client_run(argv, a->seconds, &a->answer, a->why);
	free(filter);
	return result == CLIENT_DONE ? 0 : -1;
}

/* Asks what the containers are whose ids the answer has. */
static int
ask_about(struct asking *a)
{
	char *ids = mem_dup(a->answer.buf, a->answer.n), **argv = NULL;
	struct str rest = { ids, a->answer.n }, line;
	size_t n = 0, cap = 0;
	int status = -1;

	argv = mem_grow(argv, &cap, 4, sizeof(*argv));
	argv[n++] = (char *)a->client;
	argv[n++] = (char *)"inspect";
	argv[n++] = (char *)"--type=container";
	while (str_line(&rest, &line)) {
		line = str_trim(line);
		if (line.n == 0)
			continue;
		argv = mem_grow(argv, &cap, n + 2, sizeof(*argv));
		argv[n++] = mem_dup(line.p, line.n);
	}
	if (client_run(argv, a->seconds, &a->answer, a->why) == CLIENT_DONE)
		status = 0;
	for (size_t i = 3; i < n; i++)
		free(argv[i]);
	free(argv);
	free(ids);
	return status;
}

/*
 * Asks both once.  Returns 0, or with why: 1 if the containers could not be
 * looked at, since one may have gone meanwhile, -1 for anything else.
 */
static int
list_once(struct asking *a, const char *network, struct containers *list)
{
	const char *wrong;

	if (ask_running(a, network) < 0)
		return -1;
	if (a->answer.n > 1) { /* not just an empty line */
		if (ask_about(a) < 0)
			return 1;
		wrong = inspected_containers(answer_of(a), network, list);
		if (wrong != NULL)
			return complain(a, "inspect", wrong);
	}
	if (list->n > 0)
		return 0;
	output_printf(a->why, "network %s of %s has no running containers\n",
	    network, a->client);
	return -1;
}

static enum client_result
ask(struct asking *a, struct containers *list)
{
	enum client_result result;
	size_t before = a->why->n;
	int status = 1;
	char *network;

	result = find_network(a, &network);
	if (result != CLIENT_DONE)
		return result;
	for (int i = 0; status > 0 && i < TRIES; i++) {
		a->why->n = before;
		status = list_once(a, network, list);
	}
	free(network);
	return status == 0 ? CLIENT_DONE : CLIENT_FAILED;
}

int
engine_containers(const char *client, const char *network, unsigned seconds,
    struct containers *list, struct output *why)
{
	static const char *const known[] = { "docker", "podman" };
	size_t before = why->n, absent = 0, n = client == NULL ? 2 : 1;
	enum client_result result = CLIENT_FAILED;

	for (size_t i = 0; i < n && result != CLIENT_DONE; i++) {
		size_t here = why->n;
		struct asking a = {
			.client = client == NULL ? known[i] : client,
			.network = network,
			.seconds = seconds,
			.why = why,
		};

		output_in_memory(&a.answer);
		result = ask(&a, list);
		output_close(&a.answer);
		if (result == CLIENT_ABSENT) {
			why->n = here;
			absent++;
		}
	}
	if (result == CLIENT_DONE)
		why->n = before;
	else if (absent == n)
		output_printf(why, "%s is%s installed\n",
		    client != NULL ? client : "neither docker nor podman",
		    client != NULL ? " not" : "");
	return result == CLIENT_DONE ? 0 : -1;
}
