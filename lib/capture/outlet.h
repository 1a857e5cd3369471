/* SPDX-License-Identifier: MIT */
/*
 * outlet -- the file or folder that a recording goes to
 *
 * A trace.dat is whole at the end only, so it has no name until then.
 */
#ifndef TK_OUTLET_H
#define TK_OUTLET_H

#include "capture/sink.h"
#include "capture/trouble.h"
#include "system/owner.h"

struct outlet {
	/* Set these: */
	int at;           /* the folder of path, or AT_FDCWD */
	const char *path; /* NULL: the standard output */
	const struct owner *owner;

	/* outlet's own; starts zeroed: */
	enum sink_form form;
	bool open;
	struct output out;
	struct copytree tree;
	int file;      /* the trace.dat, or -1 */
	int folder;    /* of it, or -1 */
	char near[64]; /* a path of that */
	char *waiting; /* its name as long as it is not whole */
};

/*
 * Makes what a sink of that form needs, and lets it know.  Returns 0, or -1
 * and the trouble is noted.
 */
int outlet_open(struct outlet *, struct sink_plan *, struct trouble *);

/*
 * Closes it; whole is whether all was written, begun whether more than the
 * front of a text may be in it.  Of what is not whole a trace.dat is thrown
 * away, and a text if there is nothing in it.  It may be closed unopened.
 */
void outlet_close(struct outlet *, bool whole, bool begun, struct trouble *);

#endif
