/* SPDX-License-Identifier: MIT */
#include "capture/session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/now.h"
#include "system/signals.h"
#include "tracefs/flight.h"

enum {
	GRACE_S = 2,      /* from SIGTERM to SIGKILL */
	STUCK_S = 2,      /* without a page that an output has taken */
	ENDING_MS = 20,   /* between looks at what is being ended */
	COMMAND_MS = 200, /* and at a command that may be stopped */
	SINK_MS = 1000,   /* and at the time while the output is slow */
	WATCH_MS = 5,     /* and at whether tracing is on */
};

#define NS_PER_MS INT64_C(1000000)

/* Starts what reads the buffers and writes. */
static int
open_outlets(struct session *s)
{
	const struct session_plan *p = s->plan;

	s->drain = drain_new(&s->stage.instance, &s->stage.shape);
	if (s->drain == NULL)
		return trouble_in(&s->trouble, "cannot be opened",
		    &s->stage.instance);
	s->sink = sink_new(&p->sink, s->drain, &s->stage.texts,
	    &s->stage.shape);
	if (s->sink == NULL)
		return trouble_note(&s->trouble,
		    "what is recorded cannot be kept", "");
	if (p->last == 0 && drain_start(s->drain) != 0)
		return trouble_note(&s->trouble, "no threads to be had", "");
	return 0;
}

/* Frees all but the instance, which needs that. */
static void
close_all(struct session *s)
{
	if (!s->stuck)
		sink_free(s->sink);
	if (!s->stuck)
		drain_free(s->drain);
	else
		drain_close(s->drain);
	if (s->signals >= 0)
		close(s->signals);
	s->sink = NULL;
	s->drain = NULL;
	s->signals = -1;
}

/* Ends what has begun, since it cannot go on. */
static void
give_up(struct session *s)
{
	stage_switch(&s->stage, false, &s->trouble);
	if (s->commanded)
		command_close(&s->command);
	if (s->drain != NULL && s->sink != NULL) {
		drain_end(s->drain);
		drain_give_up(s->drain);
		drain_join(s->drain);
		sink_abandon(s->sink);
	}
	close_all(s);
	stage_close(&s->stage, &s->trouble);
}

/* Switches tracing on, and lets the command go. */
static int
begin(struct session *s)
{
	s->began = now_of(CLOCK_MONOTONIC);
	s->real = now_of(CLOCK_REALTIME);
	s->watched = s->began;
	if (stage_switch(&s->stage, true, &s->trouble) != 0)
		return -1;
	if (!s->commanded || command_release(&s->command) == 0)
		return 0;
	s->cannot_start = true;
	return trouble_note(&s->trouble, "cannot be started",
	    s->plan->command[0]);
}

int
session_prepare(struct session *s, const struct session_plan *plan)
{
	*s = (struct session){ .plan = plan,
		.left = -1,
		.signals = -1,
		.stage = { .on = -1, .instance = { .dir = -1, .guard = -1 } } };
	s->signals = signals_take();
	if (s->signals < 0)
		trouble_note(&s->trouble, "signals cannot be taken", "");
	else if (stage_open(&s->stage, plan->tracefs, &plan->setup,
		     &s->trouble) == 0)
		return 0;
	give_up(s);
	return -1;
}

void
session_abandon(struct session *s)
{
	give_up(s);
}

int
session_start(struct session *s)
{
	const struct session_plan *p = s->plan;

	s->commanded = p->command != NULL &&
	    command_start(&s->command, p->command, &p->streams) == 0;
	if (p->command != NULL && !s->commanded)
		trouble_note(&s->trouble, "no process to be had", "");
	else if (open_outlets(s) == 0 && begin(s) == 0)
		return 0;
	give_up(s);
	return -1;
}

/* Says why the recording is over, unless that is known. */
static void
end_with(struct session *s, enum session_end why)
{
	if (s->end == SESSION_GOES_ON)
		s->end = why;
}

static bool
is_ready(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return fd >= 0 && poll(&p, 1, 0) == 1;
}

/* Takes a signal: asks for the end, or that of a flight recorder. */
static void
take_signal(struct session *s)
{
	struct signalfd_siginfo info;

	while (read(s->signals, &info, sizeof(info)) == sizeof(info)) {
		int number = (int)info.ssi_signo;

		if (number == SIGUSR1 && s->plan->last == 0)
			continue;
		s->again |= s->signal != 0 && number != SIGUSR1;
		s->signal = number;
		if (!s->commanded || number == SIGUSR1)
			end_with(s, SESSION_SIGNAL);
		else
			s->ending = true;
	}
}

/* Looks at whether the command has ended, and ends it. */
static void
look_at_command(struct session *s)
{
	bool gone;

	if (!s->commanded || s->left_alone)
		return;
	gone = command_reap(&s->command);
	if (s->ending)
		gone = command_end(&s->command, now_of(CLOCK_MONOTONIC),
			   GRACE_S * NS_PER_S) != 0;
	if (gone) {
		s->left_alone = true;
		end_with(s, SESSION_COMMAND);
	}
}

/* Looks at whether the event has come that was to stop the recording. */
static void
look_at_event(struct session *s)
{
	int64_t at = now_of(CLOCK_MONOTONIC);

	if (s->plan->setup.stop == NULL || s->over)
		return;
	if (stage_is_on(&s->stage))
		s->watched = at;
	else
		end_with(s, SESSION_EVENT);
}

static void
look_at_time(struct session *s)
{
	const struct session_plan *p = s->plan;
	int64_t since = now_of(CLOCK_MONOTONIC) - s->began;

	s->elapsed = since;
	s->left = -1;
	if (p->duration > 0 && !s->over)
		s->left = p->duration - since;
	if (p->timeout > 0 && s->commanded &&
	    (s->left < 0 || p->timeout - since < s->left))
		s->left = p->timeout - since;
	if (s->left < 0)
		s->left = -1;
	if (p->duration > 0 && since >= p->duration)
		end_with(s, SESSION_TIME);
	if (p->timeout > 0 && since >= p->timeout && s->commanded &&
	    !s->left_alone)
		s->ending = s->timed_out = true;
}

static void
look_at_failures(struct session *s)
{
	if (s->over)
		return;
	errno = drain_error(s->drain);
	if (errno != 0)
		trouble_note(&s->trouble, "the recording cannot be kept", "");
	else if (!is_ready(sink_done(s->sink)))
		return;
	s->ending = true;
	end_with(s, SESSION_FAILED);
}

/* Returns how long to wait at most, in ms. */
static int
patience(const struct session *s, int ms)
{
	if (s->plan->setup.stop != NULL && !s->over && ms > WATCH_MS)
		ms = WATCH_MS;
	if (s->ending && ms > ENDING_MS)
		ms = ENDING_MS;
	if (s->commanded && ms > COMMAND_MS)
		ms = COMMAND_MS;
	if (s->left >= 0 && ms > s->left / NS_PER_MS + 1)
		ms = (int)(s->left / NS_PER_MS) + 1;
	return ms;
}

/*
 * Waits until the output has taken everything.  Who reads it may be slow; but
 * where nothing was taken for a while, another signal ends the wait.  A
 * command that goes on has its time limit.
 */
static void
wait_for_sink(struct session *s)
{
	struct pollfd fd[] = {
		{ .fd = sink_done(s->sink), .events = POLLIN },
		{ .fd = s->signals, .events = POLLIN },
	};
	int64_t moved = now_of(CLOCK_MONOTONIC);
	uint64_t taken = sink_taken(s->sink);

	s->again = false; /* those before were for the command */
	while (fd[0].fd >= 0 && fd[0].revents == 0 && !s->stuck) {
		poll(fd, sizeof(fd) / sizeof(fd[0]), patience(s, SINK_MS));
		take_signal(s);
		look_at_time(s);
		look_at_command(s);
		if (sink_taken(s->sink) != taken) {
			taken = sink_taken(s->sink);
			moved = now_of(CLOCK_MONOTONIC);
		}
		s->stuck = fd[0].revents == 0 && s->again &&
		    now_of(CLOCK_MONOTONIC) - moved > STUCK_S * NS_PER_S;
	}
	if (s->stuck)
		drain_give_up(s->drain);
}

/* Ends the recording: nothing is written any more, and the rest is read. */
static void
stop(struct session *s)
{
	s->over = true;
	stage_switch(&s->stage, false, &s->trouble);
	s->real_end = now_of(CLOCK_REALTIME);
	if (s->plan->last > 0) {
		/* At an event it was over since it was last seen to be on. */
		s->window = flight_window(s->drain, s->plan->last,
		    s->plan->setup.stop != NULL
			? now_of(CLOCK_MONOTONIC) - s->watched
			: 0,
		    &s->kept);
		drain_set_window(s->drain, &s->window);
		if (drain_start(s->drain) != 0)
			trouble_note(&s->trouble, "no threads to be had", "");
	}
	drain_end(s->drain);
	wait_for_sink(s);
	drain_join(s->drain);
	s->sum = drain_sum(s->drain);
}

bool
session_wait(struct session *s, int ms)
{
	struct pollfd fd[] = {
		{ .fd = s->signals, .events = POLLIN },
		{ .fd = s->over ? -1 : drain_alarm(s->drain),
		    .events = POLLIN },
		{ .fd = s->over ? -1 : sink_done(s->sink), .events = POLLIN },
		{ .fd = -1, .events = POLLIN },
	};

	if (s->commanded && !s->ending)
		fd[3].fd = command_fd(&s->command);
	look_at_time(s);
	poll(fd, sizeof(fd) / sizeof(fd[0]), patience(s, ms));
	take_signal(s);
	look_at_time(s);
	look_at_event(s);
	look_at_failures(s);
	look_at_command(s);
	s->sum = drain_sum(s->drain);
	if (s->end != SESSION_GOES_ON && !s->over)
		stop(s);
	return !s->over || (s->commanded && !s->left_alone);
}

static void
tell(const struct session *s, struct session_result *r)
{
	r->end = s->end;
	r->signal = s->signal;
	r->status = s->commanded ? command_status(&s->command) : -1;
	r->timed_out = s->timed_out;
	r->stuck = s->stuck;
	r->began = s->real;
	r->ended = s->real_end;
	r->window = s->window;
	r->kept = s->kept;
	r->n = drain_cpus(s->drain);
	r->counts = mem_alloc((r->n + 1) * sizeof(*r->counts));
	for (size_t i = 0; i < r->n; i++)
		r->counts[i] = *drain_counts(s->drain, i);
}

int
session_finish(struct session *s, struct session_result *r)
{
	*r = (struct session_result){ .status = -1,
		.written = { .switches = -1 } };
	if (!s->over)
		stop(s);
	tell(s, r);
	if (s->commanded)
		command_close(&s->command);
	/* Those of the beginning will do where there are no newer ones. */
	stage_read(&s->stage, &s->trouble);
	if (s->plan->last > 0)
		texts_drop_stats(&s->stage.texts); /* no overrun is a loss */
	if (!s->stuck) {
		if (sink_finish(s->sink, &s->stage.texts, &r->written) == 0)
			r->whole = true;
		else
			trouble_note(&s->trouble, "cannot be written",
			    sink_where(s->sink));
	}
	close_all(s);
	stage_close(&s->stage, &s->trouble);
	return s->trouble.what != NULL ? -1 : 0;
}
