/* SPDX-License-Identifier: MIT */
/*
 * item -- what the reader of one form of a trace makes of a line
 */
#ifndef TK_ITEM_H
#define TK_ITEM_H

#include "record/json.h"
#include "source/field.h"
#include "source/header.h"

enum item_kind {
	ITEM_NOTHING,  /* a comment, or the like */
	ITEM_POINT,    /* an event that is wanted */
	ITEM_UNWANTED, /* one that is not */
	ITEM_LOST,     /* the tracer lost events */
	ITEM_LINE,     /* one of these three, and its line is wanted */
	ITEM_BAD,      /* the line is none of these */
	ITEM_REFUSED,  /* the input is of a form that cannot be read */
	ITEM_OPENING,  /* text that stands before a trace */
	ITEM_TRACE,    /* the record that begins one */
	ITEM_END,      /* the record that ends one */
};

struct format; /* of format.h */

/* An event as the kernel wrote it; data lives until the next item. */
struct item_raw {
	const struct format *format;
	const uint8_t *data;
	size_t size;
};

struct item {
	enum item_kind kind;
	/* Where a reader puts the header of POINT and UNWANTED, and of LOST
	 * and BAD its cpu, and ts or -1, of LINE any; the caller's. */
	struct header *at;
	int number;           /* POINT: of the event among those wanted */
	int64_t count;        /* LOST: how many, or -1 */
	uint64_t cpus;        /* OPENING, LOST: how many there are, or 0 */
	const char *why;      /* BAD, REFUSED: a constant phrase */
	size_t bytes;         /* POINT: how many it takes up */
	struct str line;      /* POINT: the record, or p NULL */
	struct fields fields; /* POINT */
	struct item_raw raw;  /* POINT after binary_leave_raw */
	struct json record;   /* of the line, where it is one */
};

#endif
