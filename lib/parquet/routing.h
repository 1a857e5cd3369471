/* SPDX-License-Identifier: MIT */
/*
 * routing -- to which file each row of a type goes
 *
 * By the values of some keys: a field of the record, or where it has none or
 * null, of what its trace says of itself.
 */
#ifndef TK_ROUTING_H
#define TK_ROUTING_H

#include "base/intern.h"
#include "parquet/heading.h"
#include "stream/output.h"

#define ROUTING_NOWHERE UINT32_MAX

/* To be set: key and keys, which must outlive it; the rest starts zeroed. */
struct routing {
	const struct str *key;
	size_t keys;

	/* routing's own: */
	struct output path, text;
	uint32_t *file; /* of each row */
	size_t cap;
	struct routing_key *at;
};

/* Tells whether a name is that of a key. */
bool routing_is_key(const struct routing *, struct str name);

/*
 * Returns the number in paths of each row's KEY=VALUE/..., good until the next
 * call; ROUTING_NOWHERE where that would be too long for a name.  *all is set
 * where all rows have the same, of which only the first then tells it.
 * There is one row at least; without a key it is the path "".
 */
uint32_t *routing_rows(struct routing *, const struct slab_type *,
    const struct heading *, struct intern *paths, bool *all);

void routing_free(struct routing *);

#endif
