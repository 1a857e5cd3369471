/* SPDX-License-Identifier: MIT */
/*
 * service -- which services an application has, and what is outside of it
 *
 * A service has a name and the addresses of its containers; its threads are
 * those that a list names (thread, name, address, as KRTrace's pids.txt has
 * them), those that they fork, and any whose socket has one of its
 * addresses.  Where no list was given, every address that is not a gateway's
 * is a service, and its own name.
 */
#ifndef TK_SERVICE_H
#define TK_SERVICE_H

#include "base/address.h"

struct services; /* opaque */

enum {
	SERVICE_UNKNOWN = -1, /* nothing is known of the thread yet */
	SERVICE_OUTSIDE = -2, /* it belongs to no service */
};

/* Returns a table without any, to be freed by services_free. */
struct services *services_new(void);
void services_free(struct services *);

/*
 * Adds a line of a list: the number of a thread, a name, an address and
 * perhaps more, with blanks or tabs between; of three columns the third may
 * be something else than an address.  A blank line, or one that begins with
 * '#', is nothing.  Returns NULL, or a constant phrase that says what is
 * wrong.
 */
const char *services_add_line(struct services *, struct str line);

/* Adds a gateway: requests from there are those of users. */
void services_add_gateway(struct services *, struct address_block);

/* Tells whether there are gateways, and whether the address is one. */
bool services_have_gateways(const struct services *);
bool services_gateway(const struct services *, const struct address *);

/* Returns the service of a thread that a list named, or SERVICE_UNKNOWN. */
int services_of_thread(const struct services *, int64_t tid);

/*
 * Returns the service that has the address: a new one where no list was
 * given; SERVICE_OUTSIDE for a gateway's and any that a list does not have.
 */
int services_of_address(struct services *, const struct address *);

/* Tells whether the address is that of a service that is known. */
bool services_known(const struct services *, const struct address *);

/*
 * Tells whether the address is known to be somebody else's than the
 * service's: another's or a gateway's.  A service may have several.
 */
bool services_others(const struct services *, int service,
    const struct address *);

/*
 * Says that a thread of the service has read from a socket of this address.
 * If it is nobody's yet, it is the service's: a list may lack addresses.
 */
void services_learn(struct services *, int service, const struct address *);

/* Returns its name. */
struct str services_name(const struct services *, size_t service);

#endif
