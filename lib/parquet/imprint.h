/* SPDX-License-Identifier: MIT */
/*
 * imprint -- what stands in a file besides its rows
 *
 * Keys and values: tracekit.type, the type of the records; tracekit.by, the
 * pipeline that made the file; tracekit.unit.COLUMN; and as tracekit.NAME what
 * all traces of its rows say of themselves in the same words.
 */
#ifndef TK_IMPRINT_H
#define TK_IMPRINT_H

#include "parquet/part.h"

struct imprint {
	struct file_fact *fact;
	size_t n;

	/* imprint's own: */
	size_t cap;
	char **kept;
	size_t kept_n, kept_cap;
};

void imprint_init(struct imprint *, const struct part *, struct str command);
void imprint_free(struct imprint *);

#endif
