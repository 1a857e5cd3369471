/* SPDX-License-Identifier: MIT */
/*
 * trouble -- what went wrong first, to be told to a person
 */
#ifndef TK_TROUBLE_H
#define TK_TROUBLE_H

#include "tracefs/instance.h"

/* Starts zeroed. */
struct trouble {
	const char *what; /* failed, a phrase; NULL: nothing */
	char where[300];  /* on what, or "" */
	char why[256];    /* what the kernel says of it, or "" */
	int error;        /* its errno, or 0 */
	bool kernel;      /* a file of tracefs was refused */
};

/*
 * Notes a failure, with errno, unless there was one before.  Returns -1, for
 * the caller to return.
 */
int trouble_note(struct trouble *, const char *what, const char *where);

/* The same of what an instance tells of. */
int trouble_in(struct trouble *, const char *what, const struct instance *);

#endif
