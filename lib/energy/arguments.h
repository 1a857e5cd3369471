/* SPDX-License-Identifier: MIT */
/*
 * arguments -- what tk-energy was asked to do
 *
 * Each option has a letter or one of the numbers here.  What is wrong with an
 * option is told in a phrase that names no option: the caller does.
 */
#ifndef TK_ARGUMENTS_H
#define TK_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/str.h"

enum {
	ARGUMENT_ALL = 'a',
	ARGUMENT_CLOCK = 'C',
	ARGUMENT_DURATION = 'd',
	ARGUMENT_FORMAT = 'f',
	ARGUMENT_INTERVAL = 'i',
	ARGUMENT_LIST = 'l',
	ARGUMENT_SAMPLES = 'n',
	ARGUMENT_OUTPUT = 'o',
	ARGUMENT_BY = 0x100,
	ARGUMENT_FILES,
	ARGUMENT_FIX,
	ARGUMENT_FROM,
	ARGUMENT_MANUAL,
	ARGUMENT_RANGE,
	ARGUMENT_ROOT,
	ARGUMENT_SEPARATE,
	ARGUMENT_SMOOTH,
	ARGUMENT_TO,
	ARGUMENT_UNTIL_ENTER,
	ARGUMENT_WATTS,
	ARGUMENT_WINDOW,
};

enum argument_verb {
	VERB_NONE,
	VERB_TS,
	VERB_ONCE,
	VERB_RUN,
	VERB_SUM,
	VERB_PLOT,
};

enum argument_format {
	FORMAT_NONE, /* not told, and nothing else tells: records */
	FORMAT_RECORDS,
	FORMAT_CSV,
	FORMAT_TEXT,
};

struct argument_range {
	struct str zone;
	uint64_t uj;
};

struct argument_clock {
	const char *name; /* as tracefs has it */
	clockid_t id;
};

struct arguments {
	enum argument_verb verb;
	const char *word; /* of the verb, for messages */
	bool all, list, fix, manual, separate, until_enter;
	const struct argument_clock *clock;
	enum argument_format format;
	int64_t duration, interval; /* ns; 0: not told */
	uint64_t samples;           /* 0: not told */
	unsigned smooth;            /* 0: not */
	uint64_t watts;
	int64_t from, to, window; /* ns; min, max and 0: not told */
	const char *output, *by;  /* or NULL */
	bool recording;           /* not counters, but what was read of them */
	bool show;                /* how it goes: whoever asks has a terminal */

	/* The files and the folders of --root, and what ranges are told. */
	const char **file, **root;
	size_t files, roots;
	struct argument_range *range;
	size_t ranges;

	/* arguments' own: */
	uint64_t given; /* a bit for each option */
	size_t file_cap, root_cap, range_cap;
};

/* Begins with what holds where no option says otherwise. */
void arguments_open(struct arguments *);

/* Takes the verb, if the word is one; tells whether it is. */
bool arguments_verb(struct arguments *, const char *word);

/*
 * Takes an option; argument must outlive the arguments.  Returns NULL, or a
 * phrase that says what is wrong with it.
 */
const char *arguments_take(struct arguments *, int letter,
    const char *argument);

/*
 * After the last: takes the operands of an argv, which end with NULL, and the
 * verb off them if it is there.  Returns NULL, or what does not go together;
 * *letter is the option that is not for this verb, or 0.
 *
 * A name of an output that ends in .csv makes the format csv if none is told.
 * Sets recording if the operands are one, on the standard input.
 */
const char *arguments_end(struct arguments *, char ***operands, int *letter);

/* Returns the range that was told for a zone, or 0. */
uint64_t arguments_range(const struct arguments *, const char *zone);

/* Frees what it holds. */
void arguments_close(struct arguments *);

#endif
