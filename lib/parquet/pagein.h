/* SPDX-License-Identifier: MIT */
/*
 * pagein -- read the pages of a column chunk out of a file, and unpack them
 *
 * Before there is memory for a page its header is believed only as far as the
 * file goes: the packed bytes are there, and unpacked they are no more than
 * the codec can have made of them.  For each byte that is
 *
 *	none 1, SNAPPY 22 (a copy of 64 bytes in 3), LZ4_RAW 255 (a byte of a
 *	length), GZIP 1032 (258 bytes in 2 bits), ZSTD 32768 (128 KiB in 4)
 *
 * and 128 KiB more for the codecs with blocks.
 */
#ifndef TK_PAGEIN_H
#define TK_PAGEIN_H

#include "parquet/codec.h"
#include "parquet/pageheadin.h"

struct pagein {
	/* Of the present page; read these: */
	struct pageheadin head;
	struct str repetition, definition, values; /* of data pages */
	uint64_t place;                            /* of its header */

	/* pagein's own: */
	int fd;
	struct codec_room *room; /* lent */
	int32_t codec;
	uint64_t at, end; /* what is not read yet */
	char *packed, *page;
	size_t packed_n, page_n; /* of the rooms */
};

/*
 * Begins with the chunk from one byte of a file up to another; starts zeroed,
 * and can be begun anew.  The room for unpacking may be shared.
 */
void pagein_open(struct pagein *, int fd, struct codec_room *, int32_t codec,
    uint64_t from, uint64_t to);

/*
 * Steps to the next page of data, or the dictionary, and reads it; whether
 * there are levels is told, since a page of version 1 does not.  Others are
 * left out.  Returns NULL, or what is wrong: a phrase, or "" where the system
 * says it by errno.  What the page has lives until the next call.
 */
const char *pagein_next(struct pagein *, bool repetition, bool definition);

/*
 * Hands over the memory in which the present page is, to be freed by the
 * caller.
 */
char *pagein_keep(struct pagein *);

void pagein_free(struct pagein *);

#endif
