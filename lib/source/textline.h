/* SPDX-License-Identifier: MIT */
/*
 * textline -- events out of ring buffers, as lines of trace text
 *
 *	         bash-892     [001] d..2.  1125.525591123: sched_switch: prev...
 *
 * This is the kernel's own form (header.h) with nanoseconds, and what tk-parse
 * reads: the comm padded to 16 bytes, the tid to 7, the flags as the kernel
 * has them, one blank before the body.  In that comm a control character is a
 * '?', since any may be in it that its task likes, line feeds among them; in
 * the body it stays as the kernel prints it.  The body is what the event's
 * print fmt says (printfmt.h); where that is not understood, key=value of its
 * fields.  A stack is the kernel's "<stack trace>", and lines of its addresses.
 */
#ifndef TK_TEXTLINE_H
#define TK_TEXTLINE_H

#include "source/format.h"
#include "source/header.h"
#include "stream/output.h"

struct textline; /* opaque */

/*
 * Returns a writer for events of a machine of that byte order and size of long,
 * to be freed by textline_free.
 */
struct textline *textline_new(bool big_endian, unsigned long_size);
void textline_free(struct textline *);

/*
 * Appends the line of an event: who, where and when are the header's, whose
 * flags may be absent, as its task, which is <...> then, and whose time is a
 * plain number where nsec is false; its name is the format's.  A format must
 * live as long as the writer, and be the only one of its number.  NULL, or a
 * constant phrase that says what is wrong with the data, and nothing is
 * appended.
 */
const char *textline_put(struct textline *, const struct header *,
    const struct format *, const uint8_t *data, size_t n, struct output *);

/*
 * Appends a line that says how many events a CPU lost; below 0: it is not
 * known how many.
 */
void textline_lost(struct output *, int cpu, int64_t count);

#endif
