/* SPDX-License-Identifier: MIT */
/*
 * inspected -- what Docker and Podman tell of networks and containers
 *
 * Both answer "network inspect" and "inspect" with an array of JSON objects.
 * Those of containers have the same form: that of ContainerInspect of the
 * Docker Engine API, version 1.24 and later, which Podman keeps.  Those of
 * networks differ: Docker's keys begin with capitals, Podman's do not.
 */
#ifndef TK_INSPECTED_H
#define TK_INSPECTED_H

#include "pids/space.h"

struct container {
	char *name; /* without white space */
	char *id;
	int32_t pid; /* of its first process, in the engine's namespace */
	struct addresses at; /* on that network, as far as they are told */
};

struct containers {
	struct container *container;
	size_t n, cap;
};

/*
 * Returns the name of the one network that the answer to "network inspect"
 * tells of, to be freed; NULL if it tells of none, or is no such answer.
 */
char *inspected_network(struct str answer);

/*
 * Adds the running containers that the answer to "inspect" tells of, by name,
 * with their addresses on the network of that name.  Returns NULL, or a
 * constant phrase that says what is wrong with the answer; then it adds none.
 */
const char *inspected_containers(struct str answer, const char *network,
    struct containers *);

void containers_free(struct containers *);

#endif
