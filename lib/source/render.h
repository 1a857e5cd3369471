/* SPDX-License-Identifier: MIT */
/*
 * render -- the data of an event, as fields
 *
 * Each field becomes the text that its record has: an integer in decimal, a
 * pointer in hexadecimal after 0x, an address as 172.24.0.5 or fd24::3, a
 * socket address with its port behind, a bitmask as the kernel prints it (%*pb:
 * words of eight hexadecimal digits with commas between, the highest first;
 * trace_print_bitmask_seq), an array of integers in brackets.  Text and names
 * come as their bytes.  Numbers are FIELD_LITERAL, all else is FIELD_TEXT.
 */
#ifndef TK_RENDER_H
#define TK_RENDER_H

#include "source/field.h"
#include "source/format.h"

/* Room for what had to be printed; starts zeroed. */
struct render {
	bool big_endian; /* of the data */
	char *text;
	size_t n, cap;
};

/* What all events have. */
struct render_head {
	int64_t tid;
	unsigned flags, preempt; /* of the latency column */
};

/* Returns common_type, or -1 where n is too small. */
int render_type(const struct render *, const uint8_t *data, size_t n);

/*
 * Reads the data of an event of that format.  NULL, or a constant phrase that
 * says what is wrong: fewer bytes than the format needs.  A field that points
 * outside the data is left out, and *bad_fields counts it.  The fields live
 * until the next call, and as long as data.
 */
const char *render_fields(struct render *, const struct format *,
    const uint8_t *data, size_t n, struct fields *, unsigned *bad_fields);
const char *render_head(const struct render *, const struct format *,
    const uint8_t *data, size_t n, struct render_head *);

/*
 * Writes the five flags of the latency column, as trace(_pipe) prints them:
 * trace_print_lat_fmt of kernel/trace/trace_output.c, with the bits of
 * enum trace_flag_type in include/linux/trace_events.h of Linux 6.18.  The
 * bit 2, there TRACE_FLAG_NEED_RESCHED_LAZY, was never set before 6.13 but on
 * machines that could not tell whether interrupts are off.
 */
enum { RENDER_FLAGS = 5 };
void render_flags(unsigned flags, unsigned preempt, char out[RENDER_FLAGS]);

void render_free(struct render *);

#endif
