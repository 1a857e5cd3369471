/* SPDX-License-Identifier: MIT */
/*
 * pages -- the pages of one CPU, one after the other, wherever they are
 *
 * They stand in a part of a file, as they are or packed in chunks, or come
 * from an input.  Memory holds a window of them and no more; a file is not
 * mapped, since the pages of a mapping count as memory too.
 */
#ifndef TK_PAGES_H
#define TK_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/input.h"
#include "stream/unpack.h"

/*
 * A part of a file: offset and size in bytes.  A packed part ends with the
 * last of its chunks, and of its size counts only whether it is 0: what
 * trace-cmd(1) writes there leaves out the count of chunks.
 */
struct pages_part {
	int fd; /* to pread(2) from; stays the caller's */
	uint64_t offset, size;
	enum packing packing;
	bool big_endian; /* the numbers that stand before a chunk */
	/*
	 * The caller's, which may lend it to many and frees it after them;
	 * NULL will do where nothing is packed.
	 */
	struct unpack *unpack;
	/* The largest chunk or page to take, in bytes; 0: 16 MiB. */
	size_t most;
};

struct pages; /* opaque */

/*
 * Return a reader of pages of that size, to be freed by pages_free; window is
 * how many bytes it should hold (at least a page is).  The input stays the
 * caller's, and must have no line.
 *
 * A packed part is a count of chunks and then, for each, the size of its
 * packed and its unpacked bytes, and the packed ones, a block of unpack.h.
 * See trace-cmd.dat.v7(5).  A chunk has whole pages, of which the last may be
 * cut.  Memory holds one chunk, and none of more than the part says.
 */
struct pages *pages_of_part(const struct pages_part *, size_t page_size,
    size_t window);
struct pages *pages_of_input(struct input *, size_t page_size, size_t window);
void pages_free(struct pages *);

/*
 * The same for pages that somebody else brings: next is called with arg for
 * each, and returns one that is good until the next call, or NULL at the end.
 */
struct pages *pages_of_caller(const uint8_t *(*next)(void *), void *arg,
    size_t page_size);

/*
 * Returns the next page and its size in *n, which is smaller than page_size
 * where the last one was cut; NULL at the end.  Good until the next call.
 */
const uint8_t *pages_next(struct pages *, size_t *n);

/*
 * Returns what was wrong first, a phrase, or NULL.  The pages ended early, or
 * a chunk that could not be unpacked was left out and those behind it come.
 */
const char *pages_why(const struct pages *);

/* Returns how many bytes of the file, or of that of the input, were read. */
uint64_t pages_at(const struct pages *);

#endif
