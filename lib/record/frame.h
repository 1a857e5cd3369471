/* SPDX-License-Identifier: MIT */
/*
 * frame -- the records that say what a stream of records is
 *
 * A trace begins with a "trace" record, has a "lost" record wherever the
 * tracer lost events, and ends with an "end" record of counts; the records
 * between are its own.  Streams are joined by cat(1), so one input may hold
 * many traces.  tk-record(5) is the manual of all this.
 */
#ifndef TK_FRAME_H
#define TK_FRAME_H

#include "record/json.h"

enum { FRAME_VERSION = 1 };

enum frame_kind {
	FRAME_NONE, /* a record like any other */
	FRAME_TRACE,
	FRAME_LOST,
	FRAME_END,
};

/* What a stream said of itself, summed up over its traces. */
struct frame {
	uint64_t traces;
	uint64_t records;    /* other than these three */
	uint64_t lost;       /* sum of the known counts */
	uint64_t lost_marks; /* how many "lost" records */
	uint64_t bad;        /* lines said to be bad by "end" records */
	bool open;           /* in a trace that has not ended */
	bool short_cut;      /* a trace began or the input ended too soon */
};

/* Tells whether a type is the name of one of these. */
bool frame_is_taken(struct str type);

/* Counts one record, and tells which of the three it is, if any. */
enum frame_kind frame_read(struct frame *, const struct json *rec);

/* Tells whether an "end" record says that its input was cut short. */
bool frame_cut_short(const struct json *end);

/* Says that the input is at its end: a trace that is open was cut short. */
void frame_finish(struct frame *);

/* What a "trace" record says; what is unknown is absent: p NULL, cpus 0. */
struct frame_trace {
	struct str trace_id, workload_type, category, clock, host, kernel;
	struct str boot_id; /* of the machine: another one after each boot */
	uint64_t cpus;
	struct str by; /* the pipeline so far */
};

/*
 * Writes a "trace" record.  command is this program's own command line; it
 * is joined to the pipeline so far by " | ".
 */
void frame_put_trace(struct output *, const struct frame_trace *,
    struct str command);

/*
 * Passes on a "trace" record that was read: all its fields as they are, with
 * command appended to its "by".  What set has of trace_id, workload_type and
 * category takes the place of the record's own; set may be NULL.
 */
void frame_pass_trace(struct output *, const struct json *rec,
    const struct frame_trace *set, struct str command);

/* Writes a "lost" record; what is below 0 is unknown, and written null. */
void frame_put_lost(struct output *, int64_t ts, int cpu, int64_t count);

/*
 * Begins an "end" record with its four counts; the caller may put more
 * fields, and closes it with json_close.
 */
void frame_open_end(struct output *, uint64_t records, uint64_t lost,
    uint64_t lost_marks, uint64_t bad);

#endif
