/* SPDX-License-Identifier: MIT */
/*
 * pageheadin -- the header of a page (parquet.thrift, PageHeader)
 */
#ifndef TK_PAGEHEADIN_H
#define TK_PAGEHEADIN_H

#include "base/str.h"

enum pageheadin_type {
	PAGEHEAD_DATA = 0,
	PAGEHEAD_INDEX = 1,
	PAGEHEAD_DICTIONARY = 2,
	PAGEHEAD_DATA_V2 = 3,
};

struct pageheadin {
	int32_t type;
	size_t bytes;          /* of the header itself */
	uint32_t packed, size; /* bytes of the page, and when unpacked */
	bool has_crc;
	uint32_t crc; /* CRC-32 of the page as it stands in the file */
	uint32_t values;
	int32_t encoding; /* of the values */
	/* Of version 1: the encodings of the levels. */
	int32_t definition, repetition;
	/* Of version 2: bytes of the levels, in front of the values. */
	uint32_t definition_bytes, repetition_bytes;
	uint32_t nulls, rows;
	bool plain; /* the values are not compressed, whatever the codec is */
};

/*
 * Reads the header that the bytes begin with.  Returns NULL, or what is wrong:
 * a phrase.  *cut: more bytes are needed to tell.
 */
const char *pageheadin_read(struct pageheadin *, struct str bytes, bool *cut);

#endif
