/* SPDX-License-Identifier: MIT */
/*
 * build -- a data set made of what an event reader gives
 *
 *	build_open(b, "traces", "/var/tmp");
 *	why = build_plan(b, operands, event_is_raw, reader, &where);
 *	while (build_good(b) && (files = build_next(b)) != NULL)
 *		for each event of the files:
 *			why = build_take(b, reader, in, metadata, &ev);
 *	if (build_end(b) < 0)
 *		build_abandon(b);
 *
 * Of traces in files it is known beforehand where each belongs, so their
 * switches go straight to their file (deal.h).  Their other events wait on
 * disk (rows.h), since their columns are known only when all were seen.  So do
 * other records, of which it is known no sooner where they belong.
 */
#ifndef TK_BUILD_H
#define TK_BUILD_H

#include "dataset/deal.h"
#include "dataset/meta.h"
#include "dataset/rows.h"
#include "dataset/sets.h"
#include "dataset/sums.h"

struct build {
	/* To be set before build_settle, but for what the build finds: */
	struct meta meta;
	struct mt mt;     /* seeded */
	size_t folds;     /* 0: none, but train and test */
	const char *type; /* of the records to take; NULL: the usual one */
	enum baseline_kind baseline;

	/* Read these, change none: */
	struct collection traces; /* none: streams of records are read */
	bool dealing;             /* their switches are */
	struct rows rows;         /* its rival: there are two types of them */
	struct sets sets;         /* its files tell which older ones are gone */
	char where[4200];         /* what failed, in build_open or build_end */

	/* build's own: */
	const char *tmp;
	struct split *split;
	struct deal deal;
	char **operands;
	struct meta_input *input; /* these, if they are streams */
	struct sums *sums;        /* of what is read */
	size_t next;              /* trace in the order drawn */
};

/*
 * Settles what was left open, and the time.  Returns NULL, or a constant phrase
 * that says which options of tk-split do not go together.
 */
const char *build_settle(struct build *);

/*
 * Begins the files in the directory dir, and keeps in mind where rows may
 * wait.  0, or -1 with errno set.
 */
int build_open(struct build *, const char *dir, const char *tmp);

/*
 * Finds what is to be read.  Returns NULL, or what is wrong with a trace, as
 * collection_make does.
 */
const char *build_plan(struct build *, char **operands, collection_raw *is_raw,
    void *arg, char **where);

/* After build_plan: asks a reader for what the build takes. */
void build_want(const struct build *, struct event_reader *);

/* Returns the files to be read next, NULL-terminated, or NULL at the end. */
char **build_next(struct build *);

/*
 * Takes what a reader gives; beside is what was found beside the trace.
 * Returns NULL, or a phrase that says why an event or a line is bad.
 */
const char *build_take(struct build *, struct event_reader *,
    const struct input *, const struct metadata *beside, struct event *);

/* The same for what other threads read ahead: see deal_pass. */
bool build_pass(struct build *, struct event_reader *, struct input *);

/* Tells whether it is any use to read on: rows can be written. */
bool build_good(const struct build *);

/* Tells whether there is any row. */
bool build_any(const struct build *);

/* Names the files.  0, or -1 with errno set. */
int build_end(struct build *);

/* Drops them. */
void build_abandon(struct build *);

/*
 * Puts away what was begun, the struct build at b, for a handler of signals:
 * see files_interrupt.
 */
bool build_interrupt(const void *b);

/* Frees everything, when the inputs are closed. */
void build_free(struct build *);

#endif
