/* SPDX-License-Identifier: MIT */
/*
 * omission -- records and values that were not to be written, counted
 */
#ifndef TK_OMISSION_H
#define TK_OMISSION_H

#include "stream/output.h"

enum { OMISSION_TYPES = 8 };

/* Starts zeroed. */
struct omission {
	uint64_t values; /* of fields that the schema does not have */

	/* omission's own: */
	struct {
		struct str name; /* a copy */
		uint64_t rows;
	} type[OMISSION_TYPES]; /* those that came first */
	size_t types;
	uint64_t others; /* records of all other types */
};

/* Counts records of a type; those that frame a stream are none. */
void omission_add(struct omission *, struct str type, uint64_t rows);

/* Write a line that says how many there were, or nothing if there were none. */
void omission_put_types(const struct omission *, struct output *);
void omission_put_values(const struct omission *, struct output *);

void omission_free(struct omission *);

#endif
