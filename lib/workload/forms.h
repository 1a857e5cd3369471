/* SPDX-License-Identifier: MIT */
/*
 * forms -- the forms of a workload that tk-opendc reads and writes besides
 * Tracekit's
 *
 *	form		read	written
 *	tracekit	-	-	a run's folders: runfolder.h, not here
 *	records		x	x	task.h
 *	swf		x	x	swf.h
 *	gwf		x	-	gwf.h
 *	wfformat	x	x	wfformat.h
 *	trace		x	-	lifetimes.h
 *
 * Whatever is read becomes tasks in a bag, and those are written:
 *
 *	forms_open(&f);
 *	forms_option(&f, FORMS_FROM, "swf") ...
 *	forms_begin(&f, out, command);
 *	for each input:
 *		forms_input(&f);
 *		forms_line(&f, line) ... or forms_document(&f, in),
 *		or forms_event(&f, reader, &ev, trace_id) ...
 *	forms_end(&f, bad);
 */
#ifndef TK_FORMS_H
#define TK_FORMS_H

#include "source/event.h"
#include "workload/gwf.h"
#include "workload/swf.h"
#include "workload/traced.h"
#include "workload/wfformat.h"

enum form {
	FORM_TRACEKIT,
	FORM_RECORDS,
	FORM_SWF,
	FORM_GWF,
	FORM_WFFORMAT,
	FORM_TRACE,
};

/* Options, which have no letters. */
enum forms_option {
	FORMS_EPOCH = 0x200, /* when times that count from nothing began */
	FORMS_FRAGMENT,      /* the length of a trace's fragments */
	FORMS_FROM,
	FORMS_TO,
	FORMS_END,
};

struct forms {
	enum form from, to;
	/* To be set, behind forms_open: */
	double mhz; /* of a core, where nothing is known of it; 0: usual */
	double floor_mhz;
	bool refuse; /* tasks of which no usage is known */

	/* forms' own: */
	bool has_epoch, has_window;
	int64_t epoch_ms, window_ns;
	struct output *out;
	struct bag *bag;
	struct swf swf;
	struct gwf gwf;
	struct wfformat wfformat;
	struct traced traced;
	struct json record;
	struct task_room room;
	uint64_t streams; /* of records */
	uint64_t lost, lost_marks, bad;
	struct swf_written swf_written;
	struct wfformat_written wfformat_written;
};

void forms_open(struct forms *);
void forms_close(struct forms *);

/* Take an option; NULL, or what is wrong with it or with all: a phrase. */
const char *forms_option(struct forms *, int option, const char *argument);
const char *forms_options_end(const struct forms *);

/* Begins, before the first input, to write; command as frame_put_trace. */
void forms_begin(struct forms *, struct output *, struct str command);

/* Says that another input follows. */
void forms_input(struct forms *);

/* Take a line of it, or all of it: NULL, or what is wrong: a phrase. */
const char *forms_line(struct forms *, struct str line);
const char *forms_document(struct forms *, struct input *);

/*
 * Of FORM_TRACE: asks the reader for what is needed, after forms_begin; and
 * takes an event of it.
 */
void forms_want(struct forms *, struct event_reader *);
const char *forms_event(struct forms *, struct event_reader *, struct event *,
    struct str trace_id);

/*
 * Writes what is left; bad is how many lines were.  Returns NULL, or why it
 * cannot be written: a phrase.
 */
const char *forms_end(struct forms *, uint64_t bad);

/* After that: writes for people what was assumed or wrong, a line each. */
void forms_put_notes(const struct forms *, struct output *);

/* Tells whether something is missing that should be there. */
bool forms_incomplete(const struct forms *);

#endif
