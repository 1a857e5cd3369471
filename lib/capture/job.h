/* SPDX-License-Identifier: MIT */
/*
 * job -- a recording and the files that come of it
 *
 * What is recorded goes to the standard output, or to a file or folder with a
 * document beside it that tells of the recording (document.h).
 *
 *	job_start(&job);
 *	while (session_wait(&job.session, 200))
 *		...
 *	job_finish(&job);
 *
 * All that is made belongs to who is behind sudo (owner.h).
 */
#ifndef TK_JOB_H
#define TK_JOB_H

#include "capture/document.h"
#include "capture/outlet.h"
#include "capture/session.h"
#include "system/owner.h"

struct job {
	/* Set these; NULL is what is not wanted or not known: */
	struct session_plan plan;   /* its sink needs but form and level */
	int at;                     /* the folder of both paths, or AT_FDCWD */
	const char *path;           /* of the output; NULL: standard output */
	const char *document;       /* the path of what is told of it */
	const char *command_output; /* a file for its stdout, or NULL */
	bool append;                /* to that, rather than to empty it */
	const char *trace_id, *workload, *category, *description;
	struct owner owner;
	const struct machine *machine;
	int64_t expected; /* ns that it takes, about, for the display; or 0 */
	struct str command_line; /* for records: frame_put_trace */

	/* Read these: */
	struct session session; /* tells what failed, too */
	struct session_result result;
	uint64_t lost;   /* events, of all CPUs */
	uint64_t events; /* that were recorded */

	/* job's own: */
	struct outlet outlet;
	int said, told; /* command_output and document, or -1 */
};

/*
 * Starts the recording.  Returns 0, or -1 and session tells what failed.
 * Where the kernel refuses to record nothing is touched; where the command
 * cannot be executed after all, a folder of raw pages is left without any.
 */
int job_start(struct job *);

/*
 * Ends it, and writes the document.  Returns 0, or -1 and session tells what
 * failed; what could be kept is.  To be called after job_start returned 0.
 */
int job_finish(struct job *);

/*
 * Returns the status for a program to exit with after the job, where its own
 * would be status: that of the command, 124 if it was ended at its time limit,
 * 127 or 126 if it could not be started, as env(1) and timeout(1) have it.
 */
int job_status(const struct job *, int status);

/*
 * Returns the path of the document beside an output, to be freed: FILE.json,
 * and of a folder DIR.json.  NULL beside what is neither, or NULL itself.
 */
char *job_document_of(const char *path);

/* Frees what its result holds. */
void job_free(struct job *);

#endif
