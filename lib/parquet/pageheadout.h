/* SPDX-License-Identifier: MIT */
/*
 * pageheadout -- the header that stands before each page (parquet.thrift)
 */
#ifndef TK_PAGEHEADOUT_H
#define TK_PAGEHEADOUT_H

#include "parquet/coding.h"
#include "stream/output.h"

struct pageheadout {
	/* 1 or 2: a data page of that version; 0: a page of a dictionary. */
	unsigned version;
	enum coding_how how;
	size_t values, nulls, rows;
	size_t unpacked;          /* bytes of the page, its levels included */
	struct str levels;        /* of version 2: they stand before the rest */
	size_t defined, repeated; /* bytes of them */
	bool compressed;          /* the rest is; of version 2 alone */
	struct str rest;
};

/* Writes a page: its header, which has its checksum, and its bytes. */
void pageheadout_put(struct output *, const struct pageheadout *);

#endif
