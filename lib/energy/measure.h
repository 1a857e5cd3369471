/* SPDX-License-Identifier: MIT */
/*
 * measure -- a measurement as tk-energy was asked for it, from start to end
 *
 *	measure_open(&m, &arguments, out, command_line);
 *	if (measure_find(&m, operands) && measure_begin(&m, NULL))
 *		while (watch_next(&m.watch))
 *			(show how it goes)
 *	measure_end(&m, 0);
 *
 * or, of a recording,
 *
 *	measure_open(&m, &arguments, out, command_line);
 *	if (measure_replay(&m))
 *		for each line
 *			why = measure_line(&m, line);
 *	measure_end(&m, how many were bad);
 *
 * What there is to say is written to notes and errors, a line each, which
 * whoever prints them empties.
 */
#ifndef TK_MEASURE_H
#define TK_MEASURE_H

#include "energy/arguments.h"
#include "energy/journal.h"
#include "energy/replay.h"
#include "energy/watch.h"
#include "energy/zone.h"

struct measure {
	struct output notes, errors; /* in memory */
	struct output watts;         /* the same, of measure_watts */
	struct watch watch;
	struct zones zones;
	bool incomplete; /* there is energy that was not measured */

	/* measure's own: */
	const struct arguments *arguments;
	struct str command_line;
	struct output *out; /* the standard output */
	struct output file;
	struct journal journal;
	struct meter meter; /* of a recording */
	size_t placed;      /* how many zones of it the journal has */
	struct replay replay;
	int64_t first, last; /* times of a recording, in its present trace */
	int64_t replayed;    /* ns, in the traces before */
	bool watching, replaying, framed;
	bool read; /* there was a reading in the recording */
	bool cut;  /* the end of a trace is missing */
};

/* Begins; all must outlive it. */
void measure_open(struct measure *, const struct arguments *,
    struct output *out, struct str command_line);

/* Begins notes and errors anew, after both were printed and closed. */
void measure_new_notes(struct measure *);

/*
 * Finds the zones: of the files of the arguments and of operands, which ends
 * with NULL, or else below the roots.  False if none of them can be read.
 */
bool measure_find(struct measure *, char *const *operands);

/*
 * Reads all counters for the first time; the command, or NULL, is what ends
 * the measurement.  False if there is nowhere to write to.
 */
bool measure_begin(struct measure *, struct command *);

/*
 * Returns the line of live watts, which fits so many columns; it is the
 * measure's, until the next call.
 */
const char *measure_watts(struct measure *, size_t columns);

/* Begins with a recording.  False if there is nowhere to write to. */
bool measure_replay(struct measure *);

/* Takes a line of the recording.  Returns NULL, or why it is bad. */
const char *measure_line(struct measure *, struct str line);

/*
 * Ends what was begun: writes what is left to write, in which so many lines
 * were bad, closes all files, and frees what it holds but for the notes and
 * errors.
 */
void measure_end(struct measure *, uint64_t bad);

#endif
