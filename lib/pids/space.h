/* SPDX-License-Identifier: MIT */
/*
 * space -- network namespaces, and the addresses that are in them
 *
 * A namespace is a file of the kernel's: /proc/PID/ns/net leads to that of a
 * process, and ip-netns(8) keeps others under /run/netns.  Two are the same
 * if device and inode are (namespaces(7)).
 */
#ifndef TK_SPACE_H
#define TK_SPACE_H

#include <stdbool.h>
#include <sys/types.h>

#include "base/address.h"

/* The addresses of a service; either may be absent. */
struct addresses {
	struct address v4, v6;
	bool has_v4, has_v6;
};

struct space {
	dev_t dev;
	ino_t ino;
	struct addresses at;
	int err; /* errno if its addresses could not be found out, or 0 */
};

struct spaces; /* opaque: those that were looked into */

/* Returns none, to be freed by spaces_free. */
struct spaces *spaces_new(void);
void spaces_free(struct spaces *);

/*
 * Finds out which namespace a path leads to: sets dev and ino only.  Returns
 * 0, or -1 with errno set; EINVAL if it is no namespace.
 */
int space_identify(const char *path, struct space *out);

bool space_same(const struct space *a, const struct space *b);

/*
 * Returns the namespace that a path leads to, with its addresses: of each
 * family the first by the index of the interface and the kernel's order,
 * neither of a loopback nor link-local.  They are asked for once, by a child
 * that enters the namespace.  It is the table's and stays as long as that.
 * Returns NULL with errno set if the path leads to none.
 */
const struct space *spaces_at(struct spaces *, const char *path);

#endif
