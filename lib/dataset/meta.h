/* SPDX-License-Identifier: MIT */
/*
 * meta -- the document that says what a data set is and how it was made
 *
 * It is a JSON object, indented, its keys always in the same order.
 */
#ifndef TK_META_H
#define TK_META_H

#include "dataset/collection.h"
#include "dataset/split.h"
#include "dataset/whole.h"
#include "dataset/windows.h"

/* What was read of streams. */
struct meta_input {
	const char *path[2];      /* and NULL */
	char sha256[DIGEST_TEXT]; /* "" if not to be had */
};

struct meta {
	/* What was made: */
	struct whole_sum file[SPLIT_SETS + 1]; /* the sets, and all of them */
	const struct split *split;
	const uint64_t *count; /* rows of each set */
	/* The least and the greatest of their times, or -1; NULL: not known. */
	const int64_t *first, *last;
	size_t groups;
	const struct str *column;
	size_t columns;
	struct str type;        /* of the records */
	uint64_t other;         /* records of other types */
	struct windows windows; /* if anybody asks */

	/* Of what: */
	const struct collection *traces; /* the groups; NULL: other ones */
	bool streamed;                   /* they came in streams, of these: */
	const struct meta_input *input;
	size_t inputs;
	uint64_t lost;       /* events */
	uint64_t lost_marks; /* places where events were lost */
	uint64_t bad;        /* lines */
	uint64_t unread;     /* switches, of streams: see struct collected */
	bool cut_short;

	/* And how: */
	double ratio;
	const char *field; /* that tells the category; NULL: the usual ones */
	bool json;         /* the files are lines of JSON */
	bool hold_out;     /* a category, if there are enough */
	bool divided;    /* what trains, since nothing was left to test with */
	struct str seed; /* an integer in decimal digits */
	int64_t created_at;          /* microseconds since 1970 */
	struct str version, command; /* of the program that made it */
	/* Nothing that collect_traces.py of KernelOracle does not write. */
	bool compat;
};

/*
 * Sets created_at: to the present time, or what SOURCE_DATE_EPOCH has in its
 * place, so that builds can be repeated.  False if that is no time.
 */
bool meta_clock(struct meta *);

/* Sets the format of the files, csv or jsonl; false if it is neither. */
bool meta_format(struct meta *, const char *name);

/*
 * Tells whether a set has a trace.  It was drawn for it; or, where what trains
 * was divided, there are rows of it in train, or in test_seen.
 */
bool meta_holds(const struct meta *, size_t trace, size_t set);

/*
 * Writes the document.  A seed that does not fit a signed 64-bit integer is
 * written as a string, but for compat; bytes that are no UTF-8 as U+FFFD.
 */
void meta_put(struct output *, const struct meta *);

#endif
