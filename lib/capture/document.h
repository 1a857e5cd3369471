/* SPDX-License-Identifier: MIT */
/*
 * document -- the JSON document beside a recording
 *
 * It has the keys of the documents that collect_traces.py of KernelOracle
 * wrote, so that its readers take it too, and then what that did not tell.
 * metadata_read (source/metadata.h) reads it back.
 *
 *	trace_id, workload_name, category, description
 *	start_time, end_time	seconds since 1970, with microseconds
 *	duration_seconds	rounded to 1/100
 *	sched_switch_events, buffer_size_kb
 *	collected_at		ISO 8601, in UTC, with its offset
 *	hostname, kernel, num_cpus
 *	architecture, cpu_model
 *	command			array of strings, null if there was none, and
 *	exit_status, signal, timed_out	null then, too
 *	clock, overwrite
 *	last_seconds		of a flight recorder: it keeps these, and what
 *				it writes over (overrun) is no loss
 *	cpus			the list of CPUs, if not all were recorded
 *	threads			how many, if not all: they and their children
 *	events			array of "system:name"
 *	filters			object: the filter of each event that has one
 *	event_count, lost
 *	stats			array of objects, by CPU: cpu, entries, overrun,
 *				commit_overrun, dropped_events, read_events
 *	topology		array of objects, by CPU: cpu, core, cluster,
 *				die, package, node, max_khz
 *	versions		object: of tracekit, and of other programs
 *	by			the command line of the recorder
 *	tracer			"tk-capture VERSION"
 *
 * What is not known is left out, never 0.
 */
#ifndef TK_DOCUMENT_H
#define TK_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/output.h"
#include "system/machine.h"
#include "tracefs/choice.h"

/* What the ring buffer of one CPU counted; -1: not told. */
struct document_stats {
	int cpu;
	int64_t entries, overrun, commit_overrun, dropped, read;
};

struct document_version {
	const char *program, *version;
};

/* Begin with document_init; NULL and -1 are what is not known. */
struct document {
	const char *trace_id, *workload, *category, *description;
	int64_t start_us, end_us, collected_us; /* since 1970 */
	int64_t duration_us;
	int64_t switches; /* how many sched_switch events */
	int64_t events;   /* how many events of all kinds */
	int64_t lost;     /* the sum over all CPUs */
	int64_t buffer_kb;

	char *const *command; /* ended by NULL; NULL if there was none */
	int exit_status;
	int signal; /* that ended it, -1 if none did */
	bool timed_out;

	const char *clock;
	bool overwrite;
	int64_t last_us;
	const char *cpus;
	int64_t threads;
	struct str by; /* NUL-terminated */
	const struct choice_event *event;
	size_t event_n;
	const struct document_stats *stats;
	size_t stats_n;
	const struct machine *machine;
	const struct document_version *version;
	size_t version_n;
};

/* Fills it with what is not known. */
void document_init(struct document *);

/*
 * Writes it, indented by two blanks, with keys in the order above.  In the
 * commands and the filters each byte that is not part of valid UTF-8 stands as
 * the text \xNN, and a backslash as two, as the names in records do; other
 * strings that are not UTF-8 are left out.
 */
void document_put(struct output *, const struct document *);

#endif
