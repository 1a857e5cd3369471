/* SPDX-License-Identifier: MIT */
/*
 * printfmt -- the body of an event as the kernel prints it
 *
 * The print fmt of a format is what printf(3) would be given in the kernel:
 *
 *	print fmt: "comm=%s pid=%d", REC->comm, REC->pid
 *
 * It is compiled once, into steps over the data of the event.  Where the kernel
 * prints what it alone knows (the name of a function, text it points to), or
 * hides it (the number of a pointer), the number stands, as trace-cmd report
 * has it without the kernel's symbols.
 */
#ifndef TK_PRINTFMT_H
#define TK_PRINTFMT_H

#include "source/format.h"
#include "stream/output.h"

struct printfmt; /* opaque */

/*
 * Returns what prints events of the format, whose memory it uses, to be freed
 * by printfmt_free; NULL where the print fmt is not understood.
 */
struct printfmt *printfmt_new(const struct format *, bool big_endian,
    unsigned long_size);
void printfmt_free(struct printfmt *);

/*
 * Appends the text of an event.  NULL, or a constant phrase that says what is
 * wrong with the data, and nothing is appended.
 */
const char *printfmt_put(const struct printfmt *, const uint8_t *data, size_t n,
    struct output *);

/* The same in two calls, for text that has something before it: how much room
 * it takes, and writing it there; NULL where the data is wrong. */
size_t printfmt_room(const struct printfmt *, size_t n);
char *printfmt_write(const struct printfmt *, const uint8_t *data, size_t n,
    char *out);

#endif
