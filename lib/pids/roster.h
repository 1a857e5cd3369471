/* SPDX-License-Identifier: MIT */
/*
 * roster -- threads, and the services that they belong to
 *
 * It is written as KRTrace reads it (its pids.txt): for each thread a line of
 * four columns with tabs between, the number of the thread, the name of its
 * service, an IPv4 address, and an id.
 */
#ifndef TK_ROSTER_H
#define TK_ROSTER_H

#include "pids/space.h"
#include "stream/output.h"

struct roster; /* opaque */

/* Returns an empty table, to be freed by roster_free. */
struct roster *roster_new(void);
void roster_free(struct roster *);

/* Tells whether a name or id can stand in a column: it has no white space. */
bool roster_takes(struct str name);

/*
 * Returns the number of the service of that name, which has no white space: a
 * new one, behind the others, if it is not known yet.
 */
size_t roster_service(struct roster *, struct str name);

/* Returns the name of a service, with a NUL behind it. */
const char *roster_name(const struct roster *, size_t service);

/*
 * Adds a thread of a service: its process, its number, its id and the
 * addresses; both strings are copied.
 */
void roster_add(struct roster *, size_t service, int32_t pid, int32_t tid,
    struct str id, const struct addresses *);

/*
 * Return how many threads of a service were added, and how many of them have
 * no address.
 */
size_t roster_count(const struct roster *, size_t service);
size_t roster_bare(const struct roster *, size_t service);

/*
 * Keeps of each thread only what was added first, as roster_put does; the
 * numbers of threads are those that are left then.
 */
void roster_join(struct roster *);

/* Tells whether a service had threads, of which none is left. */
bool roster_is_double(const struct roster *, size_t service);

/* Returns how many threads were added. */
size_t roster_total(const struct roster *);

/* Returns how many services there are. */
size_t roster_services(const struct roster *);

/*
 * Writes it: services in the order in which they became known, their threads
 * by process and number.  A thread that was added several times is written
 * once, as it was first.  A line has the IPv4 address, or the IPv6 address if
 * that is the only one; with both, a second line has the IPv6 address.  A
 * thread without any has a line of three columns, which has no address.
 */
void roster_put(struct roster *, struct output *, bool both);

#endif
