/* SPDX-License-Identifier: MIT */
/*
 * file -- a Parquet file, written from its first byte to its last
 *
 *	struct parquet_file *f = file_new(out);
 *
 *	file_group(f, chunks, n, rows);
 *	...
 *	file_end(f, leaves, n, facts, facts_n);
 *	file_free(f);
 *
 * Of the format (apache/parquet-format) this covers
 *
 *	types		BOOLEAN, INT32, INT64, FLOAT, DOUBLE, BYTE_ARRAY
 *	logical		STRING, TIMESTAMP (MILLIS and MICROS in UTC, NANOS),
 *			INTEGER of 8 to 64 bits of either sign, LIST; each
 *			with its ConvertedType, where there is one
 *	nesting		REQUIRED and OPTIONAL columns, lists of values
 *	encodings	PLAIN, RLE_DICTIONARY, DELTA_BINARY_PACKED,
 *			DELTA_LENGTH_BYTE_ARRAY, BYTE_STREAM_SPLIT (FLOAT and
 *			DOUBLE), RLE (levels; booleans in pages of version 2)
 *	pages		data pages of versions 1 and 2, with checksums
 *	compression	ZSTD, SNAPPY, GZIP, LZ4_RAW, none
 *	beside them	statistics, page index, split-block bloom filters,
 *			key-value metadata
 *
 * and not: other types, maps and deeper nesting, INT96, DELTA_BYTE_ARRAY, LZO,
 * BROTLI, the older LZ4, encryption, size statistics, sorting columns, several
 * files of one footer.
 *
 * What its columns are is said at the end: a row group may have fewer than
 * the last, and chunks without a value fit any type.  So a column may come
 * late, and its type later still.
 */
#ifndef TK_FILE_H
#define TK_FILE_H

#include "parquet/chunk.h"
#include "parquet/footerout.h"

struct parquet_file; /* opaque */

/* Begins a file; out must outlive it, and counts from the file's first byte. */
struct parquet_file *file_new(struct output *out);

/*
 * Writes a row group of n chunks, of the first n columns; their bytes are not
 * needed any more, all else is taken over: the chunks are empty then.  One
 * that could not be encoded makes an error of the output.
 */
void file_group(struct parquet_file *, struct chunk *, size_t n, uint64_t rows);

/*
 * Writes what is at the end.  The coder makes the chunks that are written only
 * now: those of columns that came late, or became lists.  The file's bytes are
 * then complete in out, which is not flushed.
 */
void file_end(struct parquet_file *, const struct leaf *, size_t n,
    const struct file_fact *, size_t facts, struct chunk_coder *);

void file_free(struct parquet_file *);

#endif
