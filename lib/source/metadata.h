/* SPDX-License-Identifier: MIT */
/*
 * metadata -- what a trace's name, and the files beside it, say of it
 *
 * A data set keeps each trace as WORKLOAD_runN.txt with a JSON document of
 * the same name beside it, as collect_traces.py of KernelOracle wrote them;
 * tk-capture(1) writes FILE.json beside FILE.  The kernel tells what it lost
 * in per_cpu/cpuN/stats (Documentation/trace/ftrace.rst).
 *
 * Names of files hold any bytes, and so do the strings here; those out of a
 * document are UTF-8.
 */
#ifndef TK_METADATA_H
#define TK_METADATA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* What the ring buffer of one CPU counted; -1: not told. */
struct cpu_stats {
	int cpu;         /* -1: not told */
	int64_t entries; /* events that were in the buffer */
	int64_t overrun; /* events that newer ones took the place of */
	int64_t dropped; /* events that found no place: nooverwrite mode */
	int64_t read;    /* events that were read out of the buffer */
};

/* What is not known is NULL or 0. */
struct metadata {
	char *trace_id, *workload_type, *category;
	char *host, *kernel, *clock;
	uint64_t cpus;
	struct cpu_stats *stats; /* by CPU, those of no CPU at the end */
	size_t stats_n;
	/* A document was there, and what it told rather than the name. */
	bool beside, told_workload, told_category;

	/* metadata's own: */
	size_t stats_cap;
};

/*
 * Finds what is known of the trace in the file path; of the standard input
 * ("-") nothing.  To be freed by metadata_free, whatever it returns.
 *
 * The name, without directory and .gz or .zst, gives trace_id: what stands
 * before its last dot.  workload_type is that up to its last "_run", category
 * a part of the latter (category.h).  The trace in .../NAME/per_cpu/cpuN/
 * trace_pipe_raw, as tracefs has it, goes by the NAME of that directory.
 *
 * The document is that name with .json behind it or else, where there is
 * none, in place of its suffix.  Its keys trace_id, workload_name, category,
 * hostname, kernel, clock (strings), num_cpus and stats (an array of objects
 * with the numbers cpu, entries, overrun, dropped_events, read_events; with
 * last_seconds, of a flight recorder, overrun is 0) count
 * before what the name says; what it does not have, or has as null, is
 * derived as above.  So a trace has the same names whether its document is
 * there or not, unless the document says otherwise.
 *
 * Beside a trace_pipe_raw, per_cpu/cpuN/stats is read too, if the document
 * does not tell of that CPU.
 *
 * Returns NULL, or a constant phrase that says what is wrong with a file
 * beside the trace, whose path is then in *where (to be freed); what was
 * right in it counts.  *where is NULL otherwise.  Needs memory for the
 * document, of which no more than 16 MiB are read.
 */
const char *metadata_read(struct metadata *, const char *path, char **where);

/*
 * Returns what the document beside the trace in the file path has under a
 * key, if that is a string, a number or a boolean: its text, to be freed; or
 * NULL.  A number with a point has as many digits as give it back.
 */
char *metadata_value(const char *path, const char *key);

/*
 * Adds the numbers of a stats file, or of several that were joined: each
 * begins with its "entries:", or with a line "CPU: N" that trace-cmd puts
 * before it.  cpu is the first one's, the next ones' follow; where it is -1
 * they are known only by such lines.  Other lines are passed over.  Returns
 * how many were added.
 */
size_t metadata_add_stats(struct metadata *, struct str text, int cpu);

/* Frees what it holds; it is empty then, and may be freed again. */
void metadata_free(struct metadata *);

#endif
