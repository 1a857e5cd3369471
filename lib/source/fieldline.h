/* SPDX-License-Identifier: MIT */
/*
 * fieldline -- a line of a format file that says where a field is
 *
 *	field:int common_pid;	offset:4;	size:4;	signed:1;
 *
 * (kernel/trace/trace_events.c, f_show and trace_format_open.)  It says
 * whether a line is one that a parser of C declarations may be given.
 */
#ifndef TK_FIELDLINE_H
#define TK_FIELDLINE_H

#include "base/str.h"

struct fieldline {
	struct str declaration; /* type, name, and brackets behind them */
	struct str name;        /* in it */
	unsigned offset, size;  /* in bytes, below 1 << 24 */
	bool is_signed;
};

/* Reads a line, without its newline; false where it is none. */
bool fieldline_read(struct str line, struct fieldline *out);

/*
 * Finds, in the text of a format, the lines of fields and what is behind
 * "print fmt:".  False where it has no fields.
 */
bool fieldline_split(struct str text, struct str *lines, struct str *print_fmt);

/*
 * Copies the lines of the fields whose name begins with common_, or of the
 * others, and an empty line, to p, which has room for lines.n + 2 bytes.
 * Returns the place behind; NULL where one of the lines is none, or fields are
 * more, or larger, one or all of them, than those of an event can be.
 */
char *fieldline_copy(struct str lines, bool common, char *p);

#endif
