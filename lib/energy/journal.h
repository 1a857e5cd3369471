/* SPDX-License-Identifier: MIT */
/*
 * journal -- what was measured, written as records, CSV or text
 */
#ifndef TK_JOURNAL_H
#define TK_JOURNAL_H

#include "energy/arguments.h"
#include "energy/columns.h"
#include "energy/meter.h"
#include "record/frame.h"

struct journal {
	enum argument_format format; /* FORMAT_TEXT: nothing but the end */
	struct output *out;
	struct columns columns; /* of the format csv */
	uint64_t records;       /* in this trace */
	/* How far rows are apart is seen at the second one. */
	bool unsure;

	/* journal's own: */
	int64_t row;   /* the time of the row */
	int64_t begin; /* of its first sample, or -1 */
	uint64_t late; /* ticks, in this trace */
};

/* Begins; the output must outlive it.  See columns.h for the last two. */
void journal_open(struct journal *, enum argument_format, struct output *,
    unsigned smooth, bool fine);

/*
 * Makes room for a zone in rows, if there are rows and none is written yet.
 * Each zone is added once, in the order of their numbers.
 */
void journal_add(struct journal *, struct str label);

/* Writes a zone's record, if there are records. */
void journal_zone(struct journal *, const struct sample_zone *);

/*
 * Writes a sample of a zone, by its number.  If the zone is in the row already
 * that row ends: ts is the time of the new one, in ns of the wall clock.
 */
void journal_sample(struct journal *, size_t zone, const struct sample *,
    int64_t ts);

/* Ends the row, if there are rows. */
void journal_row(struct journal *);

/*
 * Ends the trace, in which so many lines were bad, with a record that has the
 * sum of its samples' late ticks, if there are records.  said is what the
 * recording said of losses in it, or NULL: they are passed on.
 */
void journal_end(struct journal *, const struct frame *said, uint64_t bad);

/*
 * Writes the text of a measurement that took so many ns: each zone's energy
 * and mean power, and those of the sum if it is of more than one, which is the
 * sum of the means.  A mean is of all the time, but that of a zone that began
 * anew, say, of the time that was measured.  summed and
 * paths are of each zone; a path may be NULL.
 */
void journal_text(struct output *, const struct meter *, int64_t dur,
    const bool *summed, const char *const *paths);

#endif
