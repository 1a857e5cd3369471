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
 *		forms_input(&f, in);
 *		forms_line(&f, line) ...
 *		or forms_event(&f, reader, &ev, trace_id) ...
 *	forms_end(&f, bad, &errors, &notes);
 */
#ifndef TK_FORMS_H
#define TK_FORMS_H

#include "record/frame.h"
#include "source/event.h"
#include "workload/companions.h"
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

	/* forms' own: */
	double mhz, floor_mhz;
	struct basis_refusal refuse;
	bool has_epoch, has_window;
	int64_t epoch_ms, window_ns;
	struct output *out;
	struct bag *bag;
	struct swf swf;
	struct gwf gwf;
	struct wfformat wfformat;
	struct traced traced;
	struct json record;
	struct frame frame;
	struct task_room room;
	struct output records;
	uint64_t streams; /* of records */
	uint64_t lost, lost_marks, events_bad;
	struct swf_written swf_written;
	struct wfformat_written wfformat_written;
};

void forms_open(struct forms *);
void forms_close(struct forms *);

/* Take an option; NULL, or what is wrong with it or with all: a phrase. */
const char *forms_option(struct forms *, int option, const char *argument);
const char *forms_options_end(const struct forms *);

/*
 * Says what a core has where nothing is known of it (0: the usual), the least
 * usage of a fragment, and which tasks are left out.  Returns NULL, or why that
 * cannot be: a phrase.
 */
const char *forms_rule(struct forms *, double mhz,
    const struct assembled_rules *);

/* Begins, before the first input, to write; command as frame_put_trace. */
void forms_begin(struct forms *, struct output *, struct str command);

/*
 * Says that another input follows, and takes all of it if that is a document.
 * Returns NULL, or what is wrong: a phrase.
 */
const char *forms_input(struct forms *, struct input *);

/* Takes a line of it: NULL, or what is wrong: a phrase. */
const char *forms_line(struct forms *, struct str line);

/*
 * In place of inputs: returns an output in memory, for the records of tasks
 * that are to be written in another form.
 */
struct output *forms_records(struct forms *);

/*
 * Of FORM_TRACE: asks the reader for what is needed, after forms_begin; and
 * takes an event of it; trace_id is what its trace is called where it does not
 * tell itself, or NULL.
 */
void forms_want(struct forms *, struct event_reader *);
const char *forms_event(struct forms *, struct event_reader *, struct event *,
    const char *trace_id);

/*
 * Writes what is left, and then companions, which may be NULL; bad is how many
 * lines were.  Adds to errors a line if one cannot be written, and to notes one
 * for each thing that was assumed or wrong.
 */
void forms_end(struct forms *, const struct companions *, uint64_t bad,
    struct output *errors, struct output *notes);

/* Writes these notes: a part of forms_end. */
void forms_put_notes(const struct forms *, struct output *);

/* Tells whether something is missing that should be there. */
bool forms_incomplete(const struct forms *);

#endif
