/* SPDX-License-Identifier: MIT */
/*
 * section -- the metadata of a trace.dat file, a piece at a time
 *
 * A section is a range of the file, or what was packed in one; it is taken
 * from its beginning to its end.  What was taken stays in memory until the
 * file's kept pieces are freed, so strs may point into it.
 *
 * No number in the file is trusted: a piece is read only where the file has
 * as many bytes, and all that is kept has a limit of 64 MiB.  What is wrong
 * is told in the file's why, the first of it only.  trace-cmd.dat.v7(5)
 * describes the sections; the size in their head is of 8 bytes, though.
 */
#ifndef TK_SECTION_H
#define TK_SECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "stream/unpack.h"

struct section_file {
	int fd;        /* to pread(2) from */
	uint64_t size; /* of the file, in bytes */
	bool big_endian;
	enum packing packing;  /* of what is packed; NONE: not known */
	struct unpack *unpack; /* the caller's */
	const char *why;       /* what is wrong, a phrase, or NULL */

	char **kept; /* to be freed, each and all, by the caller */
	size_t kept_n, kept_cap;
	size_t bytes; /* in all of them */
};

struct section {
	struct section_file *file;
	uint64_t at, end; /* of the file; not yet read */
	const char *p;    /* read and not yet taken */
	size_t n;
};

/* What is wrong, mostly. */
#define SECTION_CUT "the file is cut short"
#define SECTION_DAMAGED "its metadata is damaged"
#define SECTION_PACKING "it is packed by other means than zlib and zstd"

/* What stands in the head of a section. */
enum { SECTION_HEAD = 16, SECTION_PACKED = 1 };
struct section_head {
	unsigned id, flags;
	uint64_t size; /* of what is behind the head */
};

/* Says what is wrong, unless something was before.  Returns false. */
bool section_fail(struct section_file *, const char *why);

/* Begins with the byte at offset, and ends where the file does. */
void section_from(struct section *, struct section_file *, uint64_t offset);

/* Begins with bytes that are in memory. */
void section_of(struct section *, struct section_file *, struct str bytes);

/* Reads the head of the section at offset, which must have that id. */
bool section_read_head(struct section_file *, uint64_t offset, unsigned id,
    struct section_head *);

/* Begins with what is behind the head of the section at offset, unpacked. */
bool section_open(struct section *, struct section_file *, uint64_t offset,
    unsigned id);

/* Takes the next n bytes.  NULL where there are fewer, and why tells. */
const char *section_take(struct section *, uint64_t n);

/* These return false where there are fewer bytes: why tells, *out stays. */

/* Passes over n bytes, which are not read. */
bool section_skip(struct section *, uint64_t n);

/* Takes a number of 1 to 8 bytes, in the order of the file. */
bool section_number(struct section *, unsigned bytes, uint64_t *out);

/* Takes a text up to its NUL, of 4095 bytes at most. */
bool section_text(struct section *, struct str *out);

/* Takes a number of bytes that says how many bytes follow, and those. */
bool section_block(struct section *, unsigned bytes, struct str *out);

#endif
