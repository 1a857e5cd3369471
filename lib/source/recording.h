/* SPDX-License-Identifier: MIT */
/*
 * recording -- a trace as the kernel recorded it, ready to be read
 *
 * That is a trace.dat file, or the raw pages of some CPUs with the formats
 * that go with them; either is joined from its parts into a struct binary.
 */
#ifndef TK_RECORDING_H
#define TK_RECORDING_H

#include "source/binary.h"
#include "source/metadata.h"

/* What is known of where a trace was made; p NULL or 0: nothing. */
struct about {
	struct str clock, host, kernel;
	uint64_t cpus;
};

/* How to read one. */
struct recording_options {
	const char *formats; /* a folder of them, or NULL */
	const char *tmp;     /* where a pipe is copied to that must seek */
	bool symbols;        /* values by their names */
};

struct recording {
	/* Read these: */
	struct binary *binary;
	struct about about;
	struct metadata stats; /* of its buffers; the rest is empty */
	const char *why;       /* what is missing, though it can be read */

	/* recording's own: */
	struct formats *formats;
	struct tasks *tasks;
	struct dat *dat;       /* NULL: it is raw pages */
	struct shift *shift;   /* of a guest's times, or NULL */
	struct unpack *unpack; /* of the file, and of all its CPUs */
	struct str clock;      /* the text of trace_clock */
};

/*
 * Shows as many of the first bytes of an input as tell what it is.  Of text,
 * which may be coming line by line, it waits for few: it has no NUL among
 * the first, as the time at the front of a page has.
 */
struct str recording_beginning(struct input *);

/* Tell by those bytes what the input is. */
bool recording_is_dat(struct str beginning);
bool recording_is_raw(struct str beginning, struct page_shape *shape);

/*
 * Open one from its input, or the raw pages of CPUs from theirs.  Return
 * NULL, or a phrase that says why it cannot be read; there is nothing to
 * close then.
 */
const char *recording_open_dat(struct recording *, struct input *,
    const struct recording_options *);
const char *recording_open_raw(struct recording *, struct input *const *in,
    size_t n, const struct recording_options *);
void recording_close(struct recording *);

#endif
