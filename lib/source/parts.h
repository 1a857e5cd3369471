/* SPDX-License-Identifier: MIT */
/*
 * parts -- which CPUs of a trace.dat file are read
 *
 * Each has pages of its own; a file that says otherwise is damaged, and would
 * give the same events many times.
 */
#ifndef TK_PARTS_H
#define TK_PARTS_H

#include "source/datoption.h"

/* CPUs with pages, in all buffers together. */
enum { PARTS_MAX = 4096 };

struct parts {
	const struct dat_cpu **cpu;
	size_t *page_size;
	size_t n;
};

void parts_begin(struct parts *);

/*
 * Adds the CPUs of a buffer, which must stay.  NULL, or a phrase that says why
 * some were left out.  O(PARTS_MAX) a CPU.
 */
const char *parts_add(struct parts *, const struct dat_buffer *);

void parts_free(struct parts *);

#endif
