/* SPDX-License-Identifier: MIT */
/*
 * task -- a task of a workload, and the fragments that it ran in
 *
 * "task" and "fragment" records have the columns of OpenDC's workloads, in its
 * units, and what else is known behind them (tk-record(5)).  The fragments of
 * a task stand in the order in which they ran, and their durations add up to
 * the task's.  One that failed, and its fragments, are records of the types
 * "failed_task" and "failed_fragment".
 */
#ifndef TK_TASK_H
#define TK_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "stream/output.h"

struct json; /* record/json.h */

/*
 * What a task must have for OpenDC and yet is not known of it: its value is
 * assumed.  Its record says so, by names with a blank between.
 */
enum {
	TASK_ASSUMED_CPUS = 1 << 0,     /* cpu_count */
	TASK_ASSUMED_MHZ = 1 << 1,      /* cpu_capacity, of a core */
	TASK_ASSUMED_MEMORY = 1 << 2,   /* mem_capacity */
	TASK_ASSUMED_DURATION = 1 << 3, /* duration */
	TASK_ASSUMPTIONS_MAX = 4,       /* how many these are */
};

struct task {
	int32_t id; /* dense: 0, 1, 2, ... in order of submission */
	bool failed;
	struct str name;       /* p NULL: none, as of all texts here */
	int64_t submission_ms; /* since 1970 */
	int64_t duration_ms;
	int32_t cpu_count; /* not known: 0 */
	double cpu_mhz;    /* cpu_capacity: of all its cores together; -1 */
	int64_t mem_kb;    /* not known: -1 */
	unsigned assumed;  /* of TASK_ASSUMED_... */
	/* Dependencies in a workflow. */
	const int32_t *parent, *child;
	size_t parents, children;
	/* Not of OpenDC; times and numbers below 0 are not known. */
	struct str trace_id, node;
	int64_t pid;
	int64_t start_ms; /* since 1970 */
	int64_t status;   /* as the task ended, see has_status */
	bool has_status;
	int64_t read_bytes, written_bytes;
	int64_t energy_uj;
	/* What is known of jobs of batch systems, and of workflows. */
	int64_t cpu_ns;     /* "cpu_time": of all its cores together */
	struct str outcome; /* completed, failed, cancelled */
	struct str workflow;
	int64_t requested_cpus, requested_ms, requested_kb;
	struct str user, group, executable, queue, partition;
	int64_t think_ms; /* from the end of its parent to its submission */
};

/* Makes everything of t unknown; its id, times and flags 0. */
void task_clear(struct task *t);

/* What a fragment stands on. */
enum fragment_kind {
	FRAGMENT_SAMPLE, /* measured */
	FRAGMENT_HEAD,   /* before the first sample; at its rate */
	FRAGMENT_GAP,    /* between two; at the rate of the next */
	FRAGMENT_TAIL,   /* behind the last; at its rate */
	FRAGMENT_WHOLE,  /* of a task without a sample: a guess */
	FRAGMENT_MEAN,   /* of one of which a mean is known, and no more */
};

enum { FRAGMENT_KINDS = FRAGMENT_MEAN + 1 };

struct fragment {
	int32_t id; /* the task's */
	bool failed;
	int32_t cpu_count; /* the task's, for OpenDC's v1; not known: 0 */
	int64_t duration_ms;
	double cpu_mhz; /* cpu_usage */
	enum fragment_kind kind;
};

/*
 * Sees to it that it uses the MHz that are the least, if these are above 0, and
 * that usage * duration is 1 then: OpenDC cuts that to an integer, and of 0
 * nothing is left to run.  Tells whether it was less.
 */
bool fragment_raise(struct fragment *, double floor_mhz);

/* Write one as a record; what is not known is absent. */
void task_put(struct output *, const struct task *);
void fragment_put(struct output *, const struct fragment *);

/*
 * Writes a row of the map of ids, as CSV: id, node, pid, trace_id and start.
 * NULL: the names of these.
 */
void task_put_ids(struct output *, const struct task *);

/* Room for what a record's texts and lists become; starts zeroed. */
struct task_room {
	char *text;
	size_t text_cap;
	int32_t *list;
	size_t list_cap;
};
void task_room_free(struct task_room *);

/*
 * Read one back.  Return NULL, or what is wrong with it: a phrase; type was
 * looked at by the caller.  What t points to lives until the next call.
 */
const char *task_read(struct task_room *, const struct json *, struct task *t);
const char *fragment_read(const struct json *, struct fragment *);

#endif
