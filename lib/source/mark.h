/* SPDX-License-Identifier: MIT */
/*
 * mark -- the lines of trace text that are no events
 *
 * The kernel and trace-cmd say in lines of their own how many CPUs there
 * are, where events were lost, and what the columns are.
 */
#ifndef TK_MARK_H
#define TK_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum mark_kind {
	MARK_NONE,    /* the line is no mark */
	MARK_COMMENT, /* it tells nothing that is needed, or is blank */
	MARK_OPENING, /* it stands before the first event of a trace */
	MARK_LOST,    /* events were lost */
};

struct mark {
	enum mark_kind kind;
	uint64_t cpus; /* MARK_OPENING: how many there are, or 0 */
	int cpu;       /* MARK_LOST: where, or -1 */
	int64_t count; /* MARK_LOST: how many, or -1 */
};

/* Reads a line of which it is known that it has no header. */
struct mark mark_read(struct str line);

#endif
