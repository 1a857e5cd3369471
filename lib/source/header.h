/* SPDX-License-Identifier: MIT */
/*
 * header -- the front of a line of trace text: who, where, when, what
 *
 *	           comm-1234    (   1230) [001] d..2.  1125.525591: event: body
 *
 * This is what the kernel's trace and trace_pipe print (print_context and
 * print_lat_fmt in kernel/trace/trace_output.c) and trace-cmd report, with
 * or without the name of an instance or file before it, the padding, the
 * thread group, the flags; trace-cmd report -l puts the CPU before the flags
 * instead.
 *
 * A comm may hold any bytes, also such as look like a header.  But it has at
 * most 15: where the padding was kept, byte 16 is the dash before the tid.
 * Where it was stripped, the last dash among the first 16 bytes from which a
 * whole header follows is the one: a header has more than 15 bytes behind its
 * dash, so nothing of the body comes that early.
 */
#ifndef TK_HEADER_H
#define TK_HEADER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct header {
	struct str task; /* comm, without its padding; "<...>" is unknown */
	int64_t tid;
	int64_t tgid; /* -1: not told */
	int cpu;
	struct str flags; /* of the latency column; p NULL: none */
	int64_t ts;       /* ns, or ticks of a clock without a point */
	struct str name;  /* of the event */
	struct str body;  /* what follows; no blanks at its front */
	size_t gap;       /* how many blanks there were before the body */
	bool nsec;        /* the time has nine places */
};

/*
 * What a reader remembers from line to line: the text before each header,
 * such as the name of an instance.  Starts zeroed.
 */
struct header_prefix {
	char bytes[128];
	size_t n;
};

/*
 * Takes a line apart.  Returns false where it has no header.  The system call
 * forms of the kernel's own text, sys_NAME(...) and sys_NAME -> 0x..., come
 * as the events that they are; their names are then in the buffer name.  So do
 * the lines of the function tracer (function), "<stack trace>" (kernel_stack)
 * and what was written to trace_marker (print, its body the text alone).
 */
enum { HEADER_NAME_MAX = 80 };
bool header_parse(struct header *, struct header_prefix *, struct str line,
    char name[HEADER_NAME_MAX]);

/*
 * The same for a line without a prefix whose comm the kernel padded, to
 * HEADER_COMM_WIDTH, and for no other.
 */
enum { HEADER_COMM_WIDTH = 16 };
bool header_parse_padded(struct header *, struct str line,
    char name[HEADER_NAME_MAX]);

#endif
