/* SPDX-License-Identifier: MIT */
/*
 * contained -- which container a process is in
 *
 * Its control group has the container's id, where the engine makes groups:
 * that decides.  Where it makes none, as without root, a process is in the
 * container if it descends from the first process of that, or is in the same
 * namespace of processes, as is one that "docker exec" has started.
 */
#ifndef TK_CONTAINED_H
#define TK_CONTAINED_H

#include "pids/inspected.h"
#include "pids/process.h"

struct contained; /* opaque */

/*
 * Looks at the first processes of containers; both tables must outlive what
 * it returns, which contained_free frees.
 */
struct contained *contained_new(const struct processes *,
    const struct containers *);
void contained_free(struct contained *);

/*
 * Tells whether the first process of container i is a container's.  Where the
 * engine runs on another machine, its number is here that of any process.
 */
bool contained_here(struct contained *, size_t i);

/* Returns the number of the container that a process is in; n if in none. */
size_t contained_in(struct contained *, int32_t pid);

#endif
