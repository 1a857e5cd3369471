/* SPDX-License-Identifier: MIT */
/*
 * dat -- the parts of a trace.dat file
 *
 * trace-cmd.dat.v6(5) and trace-cmd.dat.v7(5) describe the file.  This reads
 * what stands around the events: formats, names of tasks, options, and where
 * the pages of each CPU are, which pages.h then reads.
 *
 * libtracecmd is not used for it: it keeps the addresses of all kernel
 * symbols and maps or unpacks the data whole, in twice the memory that a
 * filter may have, and is not made for files that were cut.  It is what the
 * tests compare with.
 */
#ifndef TK_DAT_H
#define TK_DAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "source/datoption.h"
#include "stream/unpack.h"

struct dat_format {
	struct str system, text;
};

/* What is not in the file is empty, 0 or NULL. */
struct dat {
	unsigned version; /* 6 or 7 */
	bool big_endian;
	unsigned long_size; /* 4 or 8 */
	size_t page_size;
	struct str header_page;
	struct dat_format *format; /* of ftrace's own events and all others */
	size_t formats;
	struct str cmdlines; /* lines of a tid and a comm */
	struct str clock;    /* "[local] global ..." or "local" */
	struct str uname;    /* sysname nodename release machine */
	uint64_t cpus;       /* of the machine */
	int64_t offset;      /* ns to add to each time (--date, --ts-offset) */
	struct dat_tsc tsc;
	struct str shift;  /* of a guest's times to its host's, see shift.h */
	struct str *stats; /* of all buffers, one after the other */
	size_t stats_n;
	struct dat_buffer *buffer;
	size_t buffers;
	const char *why; /* what of the file is missing or wrong, or NULL */

	/* dat's own: */
	char **kept;
	size_t kept_n, kept_cap;
};

/* Tells whether a file begins so. */
bool dat_is(struct str beginning);

/*
 * Reads fd, a file that can be read at any place (pread(2)), of size bytes; it
 * stays the caller's, as what unpacks does.  Returns true where there is
 * something to read events from; why may tell what is missing even so.  False
 * where there is not, and why tells; dat_close frees it either way.
 */
bool dat_open(struct dat *, int fd, uint64_t size, struct unpack *);
void dat_close(struct dat *);

#endif
