/* SPDX-License-Identifier: MIT */
/*
 * datwrite -- a trace.dat file of version 7, from raw pages and their texts
 *
 * trace-cmd.dat.v7(5) describes the file.  It is written so that trace-cmd
 * 3.1.6, KernelShark (libtracecmd) and dat.h read it: the sections stand one
 * behind the other without a gap, the last but one has all options, the last
 * the sections' titles.  The pages are those of the top buffer.
 *
 * Packed are, if that is wanted, the texts and the pages, in chunks of 64
 * pages.  trace-cmd has ten in one, and takes any number: it reads the sizes of
 * each when it opens the file, and unpacks the one that holds a page.
 */
#ifndef TK_DATWRITE_H
#define TK_DATWRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "source/texts.h"

/* The pages of one CPU: from the beginning of a file up to size. */
struct datwrite_cpu {
	int cpu;
	int fd;        /* to pread(2) from; stays the caller's */
	uint64_t size; /* in bytes, whole pages; 0: there are none */
};

struct datwrite {
	const struct texts *texts;
	struct str uname; /* "Linux HOST RELEASE MACHINE" */
	struct str by;    /* what wrote it, and its version; may be empty */
	unsigned cpus;    /* of the machine */
	bool big_endian;  /* the machine is */
	unsigned long_size;
	size_t page_size; /* of the pages here, in bytes */

	const struct datwrite_cpu *cpu; /* by number */
	size_t n;

	bool packed; /* by zstd */
	int level;   /* see pack.h */
};

/*
 * Writes the file to fd, which must be an empty file that is open to write
 * (it is written by pwrite(2), and not with O_APPEND), and stays the
 * caller's.  Returns 0; or -1 with errno: EINVAL where the size of the pages
 * cannot be, ENODATA where a CPU has fewer than it says.
 *
 * Until it has returned 0 the file is not whole, and a reader says so.  So
 * the caller writes to a file that has no name yet (O_TMPFILE, or a name of
 * its own in the same folder), and only then gives it its name, by linkat(2)
 * or rename(2); where this fails it takes the file away.
 *
 * Unpacked pages are copied by copy_file_range(2), within the kernel.  Memory
 * is needed for the texts once more, and for a chunk.
 */
int datwrite(int fd, const struct datwrite *);

#endif
