/* SPDX-License-Identifier: MIT */
/*
 * request -- what a command line asks for: a recording, or several
 *
 * Each option has a letter or one of the numbers here.  What is wrong with an
 * argument is told as a phrase.
 */
#ifndef TK_REQUEST_H
#define TK_REQUEST_H

#include "capture/session.h"

enum request_option {
	REQUEST_BUFFER = 'b',
	REQUEST_CPUS = 'c',
	REQUEST_CLOCK = 'C',
	REQUEST_DURATION = 'd',
	REQUEST_EVENT = 'e',
	REQUEST_FILTER = 'f',
	REQUEST_FORM = 'F',
	REQUEST_OUTPUT = 'o',
	REQUEST_PID = 'P',
	REQUEST_RUNS = 'r',
	REQUEST_WORKLOADS = 'w',
	REQUEST_CATALOGUE = 0x100,
	REQUEST_CLEAN,
	REQUEST_COMMAND_OUTPUT,
	REQUEST_LAST,
	REQUEST_LIST,
	REQUEST_METADATA,
	REQUEST_OUTPUT_DIR,
	REQUEST_OVERWRITE,
	REQUEST_PIDS,
	REQUEST_PRESET,
	REQUEST_TIMEOUT,
	REQUEST_UNTIL,
	REQUEST_ZSTD,
};

struct request {
	/* Read these: */
	struct session_plan plan; /* points into the request */
	const char *output, *metadata, *command_output;
	const char *workloads, *catalogue; /* names, and a file; or NULL */
	uint64_t runs;
	bool clean, list;

	/* request's own: */
	struct choice choice, stop_choice;
	struct threads threads;
	struct setup_stop stop;
	bool form_told, threads_told, workloads_told;
	char **pids; /* arguments, NULL-terminated */
	size_t pids_n, pids_cap;
	char said[300]; /* what is wrong */
};

/*
 * Begins with what is usual.  The request must not move.  tracefs is its
 * folder; NULL: no event is known.  Returns 0, or -1 with errno where its
 * events cannot be read.
 */
int request_open(struct request *, const char *tracefs);
void request_close(struct request *);

/*
 * Takes an option with its argument, which must outlive the request.  Returns
 * NULL or what is wrong with it, a phrase that is good until the next call.
 */
const char *request_take(struct request *, int option, char *argument);

/*
 * After the last option, with the plan's command set if there is one: does
 * what is left to do.  Returns NULL or what is
 * wrong with the options together.
 */
const char *request_end(struct request *);

/* Returns the form that the name of an output asks for. */
enum sink_form request_form_of(const char *path);

/* Reads seconds, with up to nine places: more than 0 and below 10^9. */
bool request_seconds(const char *text, int64_t *ns);

#endif
