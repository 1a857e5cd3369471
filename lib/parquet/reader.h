/* SPDX-License-Identifier: MIT */
/*
 * reader -- a Parquet file, read row group by row group, column by column
 *
 *	struct reader *r = reader_new(fd, size);
 *
 *	for (size_t g = 0; reader_seek(r, g); g++)
 *		for (size_t i = 0; i < r->footer.columns; i++) {
 *			reader_choose(r, i);
 *			while (reader_read(r, i, SIZE_MAX, &vector))
 *				...
 *		}
 *	if (r->trouble.n > 0)
 *		...
 *	reader_free(r);
 *
 * Columns may be read in any order, some rows of one and then of another.
 *
 * What is read of the format: data pages of version 1 and 2; codecs none,
 * SNAPPY, GZIP, ZSTD, LZ4_RAW; the encodings of valuesin.h; columns as
 * footerin.h has them.  Checksums of pages are checked where they are there.
 * Statistics, the page index and bloom filters are not looked at.  Encrypted
 * files and columns are refused.
 */
#ifndef TK_READER_H
#define TK_READER_H

#include "parquet/footerin.h"
#include "parquet/vector.h"
#include "stream/output.h"

struct reader {
	struct footerin footer; /* read this, do not change it */
	size_t group;           /* the number of the present one, from 0 */
	/* What is wrong, and where: a text for people; n 0 if nothing is. */
	struct output trouble;

	/* reader's own: */
	int fd;
	uint64_t size;
	char *bytes;
	struct columnin **column;
	struct codec_room *room;
	const struct footerin_chunk *chunk;
};

/*
 * Reads the footer of a file, of which pread(2) gives so many bytes.  The
 * descriptor is lent.  If something is wrong there is trouble, and there are
 * no row groups.
 */
struct reader *reader_new(int fd, uint64_t size);
void reader_free(struct reader *);

/* Steps to a row group; false if there is none, or it is wrong. */
bool reader_seek(struct reader *, size_t group);

/* Begins with a column in the present row group; false if it is wrong. */
bool reader_choose(struct reader *, size_t column);

/*
 * Reads some rows of a column that was chosen, most at most.  False at the
 * end, and if there is trouble.  The vector lives until the next call of the
 * same column.
 */
bool reader_read(struct reader *, size_t column, uint64_t most,
    struct vector *);

/* Returns a fact of the key-value metadata, or p NULL. */
struct str reader_fact(const struct reader *, const char *key);

#endif
