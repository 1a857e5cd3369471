/* SPDX-License-Identifier: MIT */
/*
 * setup -- what an instance is to record, and how
 */
#ifndef TK_SETUP_H
#define TK_SETUP_H

#include "tracefs/choice.h"
#include "tracefs/instance.h"
#include "tracefs/threads.h"

/* An event that ends a recording. */
struct setup_stop {
	const char *system, *name;
	const char *filter; /* or NULL: at the first one */
};

struct setup {
	const struct choice *choice;
	struct threads *threads; /* and those they start; n 0: all */
	/* Arguments of threads_add that they came of, NULL-terminated, to be
	 * looked at once more when forks are followed; or NULL. */
	char *const *pids;
	const char *cpus; /* a list such as 0,2-5, or NULL: all */
	const char *clock;
	uint64_t kilobytes; /* of each CPU's buffer */
	bool overwrite;
	const struct setup_stop *stop; /* or NULL */
};

/*
 * Sets up an instance that does not trace yet; then tracing_on begins it.
 * Returns 0, or -1 with errno, and failed and why of the instance set: why
 * has the kernel's word and, of a clock, CPUs, the size of the buffer or a
 * filter, what there is or was asked for, cut off with "..." if it is long.
 */
int setup_apply(struct instance *, const struct setup *);

/*
 * Writes the mask that tracing_cpumask takes for a list of CPUs such as
 * 0,2-5 (Documentation/core-api/kernel-api.rst, cpumasks): words of eight
 * hexadecimal digits with commas between, the highest first.  Returns it, to
 * be freed, or NULL where the text is no list.
 */
char *setup_mask(struct str list);

#endif
