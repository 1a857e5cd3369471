/* SPDX-License-Identifier: MIT */
/*
 * session -- one recording, from its instance to its last event
 *
 *	session_prepare(&s, &plan);
 *	(open what plan.sink needs)
 *	session_start(&s);
 *	while (session_wait(&s, 200))
 *		(show s->sum)
 *	session_finish(&s, &result);
 *
 * An instance is made and set up, readers begin to empty it, tracing is
 * switched on, and the command is released.  The recording is over when the
 * command has ended, at a signal, after its time, when an event says so, or
 * when what is written to cannot be written; what was recorded up to then is
 * kept.  Then the instance is removed.
 *
 * SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGUSR1 are blocked from its first one
 * on, also between two sessions, and taken by session_wait.  A command is ended
 *where the recording failed or such a signal came, and at its time limit: all
 *of its process group.  Where the recording is over for another reason, the
 *command goes on, and session_wait waits for it.
 *
 * The flight recorder (last) writes into the kernel's ring alone, and reads
 * it when the recording is over: the last seconds before that, from when on
 * every CPU has all its events.
 */
#ifndef TK_SESSION_H
#define TK_SESSION_H

#include <signal.h>

#include "capture/sink.h"
#include "capture/stage.h"
#include "system/command.h"

struct session_plan {
	const char *tracefs;
	struct setup setup;
	struct sink_plan sink;
	char **command; /* NULL: until a signal or its time */
	struct command_streams streams;
	/* In ns, 0 for none: of the recording, and of the command. */
	int64_t duration, timeout;
	int64_t last; /* of a flight recorder: how much to keep */
};

/* Why a recording was over. */
enum session_end {
	SESSION_GOES_ON,
	SESSION_COMMAND, /* it has ended */
	SESSION_SIGNAL,
	SESSION_TIME,  /* duration is over */
	SESSION_EVENT, /* that it was to stop at */
	SESSION_FAILED,
};

struct session {
	/* Read these: */
	struct drain_sum sum; /* so far */
	int64_t elapsed;      /* ns since it began */
	int64_t left;         /* ns of duration or timeout, -1: not known */
	struct trouble trouble;
	bool cannot_start; /* the command: trouble tells why */

	/* session's own: */
	const struct session_plan *plan;
	struct stage stage;
	struct drain *drain;
	struct sink *sink;
	struct command command;
	bool commanded, left_alone, ending, timed_out, over;
	bool again, stuck; /* a second signal came; see session_finish */
	int signals, on;   /* signalfd, tracing_on */
	int signal;        /* that came, or 0 */
	enum session_end end;
	int64_t began, watched; /* of CLOCK_MONOTONIC, ns */
	int64_t real, real_end; /* of CLOCK_REALTIME */
	struct drain_window window;
	int64_t kept;
};

struct session_result {
	enum session_end end;
	int signal; /* that ended it, or 0 */
	int status; /* of the command, as a shell has it; -1: none */
	bool timed_out;
	bool stuck;           /* who reads its output does not; see below */
	int64_t began, ended; /* of the recording, CLOCK_REALTIME, ns */
	struct drain_window window; /* of a flight recorder */
	int64_t kept; /* ns of that which its ring still had all of */
	bool whole;   /* what was read is written */
	struct sink_result written;
	struct counts *counts; /* by CPU, n of them; to be freed */
	size_t n;
};

/*
 * Makes and sets up an instance.  Returns 0; or -1, and trouble is noted, and
 * nothing is left.
 */
int session_prepare(struct session *, const struct session_plan *);

/* Removes what was prepared: there will be no recording. */
void session_abandon(struct session *);

/*
 * Starts a recording that was prepared; only now the sink of the plan counts.
 * As session_prepare.
 */
int session_start(struct session *);

/*
 * Waits for so many ms at most; false when there is nothing to wait for any
 * more, and the last event is written.
 */
bool session_wait(struct session *, int ms);

/*
 * Ends what goes on, tells of it, and removes the instance.  Returns 0, or -1
 * and trouble is noted: the result is right in so far.
 *
 * Where the output is stuck (a second signal came, and for STUCK_S seconds its
 * reader has taken nothing), the output is in use for ever, and only _exit(2)
 * is left to do.
 */
int session_finish(struct session *, struct session_result *);

#endif
