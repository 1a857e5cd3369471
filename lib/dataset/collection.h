/* SPDX-License-Identifier: MIT */
/*
 * collection -- the traces of a data set, known before any of them is read
 *
 * Where a trace belongs is drawn from what it is called, its workload and its
 * category; those tell its name and the document beside it (metadata.h).  So
 * its rows can go straight to their file.
 *
 *	operands = collection_operands(operands);
 *	if (collection_suits(operands)) {
 *		why = collection_make(c, operands, false, event_is_raw, reader,
 *		    &where);
 *		...
 *	}
 *
 * Traces are in the order of their names, whatever the order of the operands
 * is: a draw depends on it.
 */
#ifndef TK_COLLECTION_H
#define TK_COLLECTION_H

#include "dataset/digest.h"
#include "stream/input.h"

/* One trace. */
struct collected {
	const char *path; /* the first of its files; NULL: it has none */
	char **files;     /* NULL-terminated: raw pages have several */
	char *trace_id, *workload, *category; /* NULL: not told */
	bool inferred; /* no document tells the category */

	/* What is found when it is read; the reader's: */
	uint64_t rows, bytes; /* bytes of its rows */
	uint64_t seen; /* of the rows, those in test_seen though it trains */
	uint64_t lost, lost_marks, bad;
	uint64_t unread;     /* switches that the original does not read */
	int64_t first, last; /* times of its events, or -1 */
	bool cut_short;
	char sha256[DIGEST_TEXT]; /* of its files; "" if not to be had */
};

struct collection {
	struct collected *trace;
	size_t n;

	/* collection's own: */
	size_t cap;
};

/* Tells whether an input is raw pages, see event_is_raw. */
typedef bool collection_raw(struct input *, void *arg);

/*
 * Returns the operands, NULL-terminated, with each folder that is not laid
 * out as tracefs (tree.h) replaced by the files *.txt and *.dat in it, packed
 * or not, by name; one that has none of these stays.  They are to be freed
 * never.
 */
char **collection_operands(char **operands);

/*
 * Returns what the original reads where there are no operands: raw in the
 * directory of the data set, to be freed; NULL if that is not there.
 */
char *collection_usual(const char *dir);

/*
 * Tells whether the operands are traces that can be known beforehand: files
 * that can be read, of which one at least holds a trace and none records, and
 * folders laid out as tracefs.
 */
bool collection_suits(char **operands);

/*
 * Finds the traces of operands that suit; those must outlive it.  Raw pages
 * that follow each other are one trace.  compat names them as the original
 * does: by their files' names alone, and with other categories where there is
 * no document.  Returns NULL, or a constant phrase that says what is wrong with
 * a trace, and in *where the path of what that is, or two paths with a comma
 * between them, to be freed.  The collection is to be freed whatever is
 * returned.
 */
const char *collection_make(struct collection *, char **operands, bool compat,
    collection_raw *is_raw, void *arg, char **where);

/*
 * Takes for the category of each trace what the document beside it has under
 * a key, or what workload_type or trace_id is; "unknown" where it does not
 * have that.
 */
void collection_categorize(struct collection *, const char *key);

void collection_free(struct collection *);

/*
 * Adds a trace that comes in a stream, of which p is NULL where it does not
 * say what it is called.  The collection may begin all zero.
 */
struct collected *collection_add(struct collection *, struct str trace_id,
    struct str workload);

/* Adds what was counted of a part of a trace, which ends here. */
struct event_counts; /* source/event.h */
void collection_count(struct collected *, const struct event_counts *);

/* Returns how many traces' category no document tells. */
size_t collection_inferred(const struct collection *);

#endif
