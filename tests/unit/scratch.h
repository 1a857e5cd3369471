/* SPDX-License-Identifier: MIT */
/*
 * scratch -- files without names, for what a test lets be written
 */
#ifndef TK_UNIT_SCRATCH_H
#define TK_UNIT_SCRATCH_H

#include <assert.h>
#include <unistd.h>

#include "stream/output.h"

/* Returns a file without a name, open. */
static inline struct output
scratch(void)
{
	int fd = output_nameless("/tmp");
	struct output out;

	assert(fd >= 0);
	output_on(&out, fd, "scratch");
	return out;
}

/* Tells whether what was written to such a file is just that text. */
static inline bool
scratch_holds(struct output *out, const char *want)
{
	static char got[4096];
	ssize_t n;
	int done = output_flush(out);

	assert(done == 0);
	n = pread(out->fd, got, sizeof(got), 0);
	return n == (ssize_t)strlen(want) && memcmp(got, want, (size_t)n) == 0;
}

#endif
