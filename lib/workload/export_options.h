/* SPDX-License-Identifier: MIT */
/*
 * export_options -- what tk-opendc is asked for
 *
 * The options of its command line, as they come from getopt_long(3).
 */
#ifndef TK_EXPORT_OPTIONS_H
#define TK_EXPORT_OPTIONS_H

#include "workload/assembled.h"
#include "workload/companions.h"

/* The options have no letters. */
enum export_option {
	EXPORT_COMPAT = 0x100,
	EXPORT_CORES,
	EXPORT_DIALECT,
	EXPORT_ENERGY,
	EXPORT_ENERGY_ZERO,
	EXPORT_EXPERIMENT,
	EXPORT_FLOOR,
	EXPORT_ID_MAP,
	EXPORT_MHZ,
	EXPORT_OPENDC,
	EXPORT_REFUSE,
	EXPORT_UNMEASURED,
	EXPORT_TICKS,
	EXPORT_TOPOLOGY,
	EXPORT_WORKLOAD,
};

struct export_options {
	struct assembled_rules rules;
	struct nodemeta machine; /* what is not known of a node */
	struct companions companions;
	char *energy[2];     /* a file of records, and NULL */
	double zero_ms;      /* when their clock was 0 */
	const char *of_runs; /* the last option that is for these alone */
};

/* Sets what is so unless an option says something else. */
void export_options_open(struct export_options *);

/* Takes one.  Returns NULL, or what is wrong with its argument: a phrase. */
const char *export_options_take(struct export_options *, int option,
    const char *argument);

/*
 * Behind the last: returns NULL, or which do not fit together, or not to what
 * is read, which is the folders of runs or something else: a phrase.
 */
const char *export_options_end(const struct export_options *, bool runs);

/*
 * Sets what is not known of a node to what was asked for.  Returns false, with
 * a line in errors for each, if something is not known then.
 */
bool export_options_meta(const struct export_options *, const char *folder,
    struct nodemeta *, struct output *errors);

#endif
