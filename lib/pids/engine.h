/* SPDX-License-Identifier: MIT */
/*
 * engine -- ask Docker or Podman which containers are attached to a network
 *
 * Three questions, which both clients understand alike: "network inspect",
 * whether there is such a network; "ps --filter network=", which containers of
 * it run; "inspect", what they are.
 */
#ifndef TK_ENGINE_H
#define TK_ENGINE_H

#include "pids/inspected.h"
#include "stream/output.h"

/*
 * Adds the running containers of a network, which its name or id names: those
 * that client tells of, or, if that is NULL, docker or else podman, whichever
 * is installed and knows the network.  Each question may take so many seconds.
 * Returns 0; or -1 with lines added to why, a text in memory: also where there
 * are no containers.
 */
int engine_containers(const char *client, const char *network, unsigned seconds,
    struct containers *, struct output *why);

#endif
