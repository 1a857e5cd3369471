/* SPDX-License-Identifier: MIT */
/*
 * rows -- a row for each record, kept until its group has found its set
 *
 * The rows are made as the records come and wait on disk (spool.h), so that
 * memory holds the groups and the columns only.
 *
 *	rows_open(rows, "/var/tmp", NULL, form);
 *	rows_stream(rows, NULL, NULL);
 *	why = rows_take(rows, rec, line, NULL);		for each record, or
 *	why = rows_event(rows, reader, &ev, beside, path);	for each event
 *	...
 *	rows_split(rows, split);
 *	split_draw(split, &mt, ratio, true);
 *	rows_write(rows, split, ratio, out, windows);
 *
 * Of traces that are known beforehand, origin_know and origin_trace take the
 * place of rows_split and rows_stream.
 */
#ifndef TK_ROWS_H
#define TK_ROWS_H

#include "dataset/origin.h"
#include "dataset/split.h"
#include "dataset/spool.h"
#include "dataset/strands.h"
#include "dataset/switches.h"
#include "dataset/table.h"
#include "dataset/windows.h"
#include "source/recast.h"

struct rows {
	/* Read these, change none: */
	char *type;     /* of the records that are taken; NULL: not known */
	char *rival;    /* another, where nobody chose; or NULL */
	uint64_t other; /* records of other types, left out */
	uint64_t kept;  /* rows so far */
	struct switches_form form;
	struct origin origin; /* the groups */
	struct table *table;
	struct spool spool;         /* its err tells what failed */
	uint64_t count[SPLIT_SETS]; /* rows written to each set */
	int64_t first[SPLIT_SETS];  /* the least of their times, or -1 */
	int64_t last[SPLIT_SETS];   /* and the greatest */
	uint64_t head;              /* bytes of the line of column names */
	bool divided;               /* test_seen has rows of what trains */

	/* rows' own: */
	bool chosen;              /* the type was */
	bool switching;           /* they are those of events sched_switch, */
	struct switches switches; /* which makes their rows */
	struct strands strands;   /* of several traces */
	uint64_t given;           /* events of the present trace */
	struct recast recast;
	char *text; /* of a type that had to be unescaped */
	size_t text_cap;
};

/*
 * Begins with a file in the directory dir.  type is that of the records to
 * take; if it is NULL, those are sched_switch or span if there are such, else
 * there may be one type only.  The first record that makes a choice needed is
 * rows' rival.  Rows of events sched_switch are those of switches.h, of a form.
 * 0, or -1 with errno set.
 */
int rows_open(struct rows *, const char *dir, const char *type,
    struct switches_form);

/* Frees everything; the rows may be all zero. */
void rows_close(struct rows *);

/*
 * Takes what a reader gives, whatever it was made of (recast.h); beside is
 * what was found beside the trace in the file path.  Returns NULL, or a phrase
 * that says why an event or a line is bad.
 */
const char *rows_event(struct rows *, struct event_reader *, struct event *,
    const struct metadata *beside, const char *path);

/*
 * Says that a stream of records begins, with the "trace" record rec or NULL, in
 * the file path or NULL: see origin_stream.
 */
void rows_stream(struct rows *, const struct json *rec, const char *path);

/*
 * Makes a row of a record, if it is of the type to take; line is its text, and
 * ev the event that it stands for; without one, NULL, it is no switch whatever
 * its type.  Returns NULL, or a constant phrase that says what is wrong.
 */
const char *rows_take(struct rows *, const struct json *rec, struct str line,
    struct event *ev);

/* Returns how many columns the rows have, and the name of one. */
size_t rows_columns(const struct rows *);
struct str rows_column(const struct rows *, size_t column);

/* Tells whether the rows could be kept so far. */
bool rows_good(const struct rows *);

/* Returns how many switches are no rows: the original does not read them. */
uint64_t rows_unread(const struct rows *);

/* Adds all groups to a split: all records were seen. */
void rows_split(struct rows *, struct split *);

/*
 * Writes the rows of each set, in the order they came, with the names of the
 * columns before them; where test_seen would have none, and groups are traces,
 * by the ratio (allot.h).  out has an output for each set of the split, which
 * was drawn.  Counts windows of them.  0, or -1 where spool.err
 * tells what failed; what failed of an output stands there.
 */
int rows_write(struct rows *, const struct split *, double ratio,
    struct output *const *out, struct windows *windows);

#endif
