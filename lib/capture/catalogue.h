/* SPDX-License-Identifier: MIT */
/*
 * catalogue -- the workloads that a YAML file describes
 *
 *	workloads:
 *	  - name: hackbench_pipe_small
 *	    category: hackbench
 *	    description: pipes, 4 groups
 *	    command: [hackbench, -p, -g, "4", -l, "3000"]
 *	    needs: [hackbench]
 *	    duration: 5
 *	    timeout: 300
 *
 * name, category and command must be there.  The name becomes a part of file
 * names and of lists: up to CATALOGUE_NAME_MAX bytes without '/', ',' and
 * control characters, which does not begin with '.' or a blank nor end with
 * a blank; no two are the same.  The command is a list of arguments, never a
 * string to be split; needs lists the programs without which it is not worth
 * beginning, the command's first word if it is absent.  duration is about how
 * long it runs, for the display; after timeout, or CATALOGUE_TIMEOUT, it is
 * ended: whole seconds, from 1 to CATALOGUE_SECONDS_MAX.  Other keys are
 * mistakes.
 *
 * The YAML is 1.1, one document, without anchors, aliases and tags, so that
 * what is read is no larger than what was written.
 */
#ifndef TK_CATALOGUE_H
#define TK_CATALOGUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
	CATALOGUE_NAME_MAX = 200,       /* bytes */
	CATALOGUE_WORKLOADS_MAX = 1000, /* in a catalogue */
	CATALOGUE_SIZE_MAX = 1 << 20,   /* bytes of YAML */
	CATALOGUE_TIMEOUT = 300,        /* s, where none is said */
	CATALOGUE_SECONDS_MAX = 1000000,
};

struct workload {
	char *name, *category;
	char *description;          /* "" if there is none */
	char **argv, **needs;       /* each ends with NULL */
	uint64_t duration, timeout; /* in s; duration is 0 if not said */
};

struct catalogue {
	struct workload *workload; /* in the order of the file */
	size_t n;

	/* catalogue's own: */
	size_t cap;
};

/*
 * Reads text.  Returns NULL, or a phrase that tells what is wrong in *line,
 * which counts from 1; the catalogue is empty then.
 */
const char *catalogue_read(struct catalogue *, struct str text, size_t *line);

/*
 * The same of a file.  *line is 0 where the file as a whole cannot be read:
 * the phrase is strerror(3)'s then, and dies with the next one of its.
 */
const char *catalogue_load(struct catalogue *, const char *path, size_t *line);

/* Returns the workload of that name, or NULL. */
const struct workload *catalogue_find(const struct catalogue *, struct str);

/* Frees what read and load made. */
void catalogue_free(struct catalogue *);

#endif
