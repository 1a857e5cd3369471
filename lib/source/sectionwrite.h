/* SPDX-License-Identifier: MIT */
/*
 * sectionwrite -- the sections of a trace.dat file, as they are written
 *
 * The other way round of section.h.  A section is put together in body, and
 * written at at; who writes something else there moves at on.
 */
#ifndef TK_SECTIONWRITE_H
#define TK_SECTIONWRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "source/section.h"
#include "stream/output.h"
#include "stream/pack.h"

struct sectionwrite {
	int fd; /* to pwrite(2) to; the caller's */
	bool big_endian;
	struct pack *pack;    /* NULL: nothing is packed; the caller's */
	uint64_t at;          /* where the next byte goes */
	struct output body;   /* of the section at hand */
	struct output option; /* what options there are so far */
	struct output title;  /* of all sections, each with a NUL */
};

/* Begins at the beginning of the file. */
void sectionwrite_begin(struct sectionwrite *, int fd, bool big_endian,
    struct pack *);
void sectionwrite_free(struct sectionwrite *);

/* Append a number of so many bytes, a text with the NUL that ends it, and a
 * text behind its size, which is such a number. */
void sectionwrite_number(const struct sectionwrite *, struct output *to,
    uint64_t x, unsigned bytes);
void sectionwrite_text(struct output *to, struct str);
void sectionwrite_block(const struct sectionwrite *, struct output *to,
    struct str, unsigned bytes);

/*
 * These write, and return 0, or -1 with errno.
 */

/* Bytes as they are. */
int sectionwrite_put(struct sectionwrite *, struct str);

/* What is in body as it is, which is empty then. */
int sectionwrite_body(struct sectionwrite *);

/* A number of 8 bytes over those that are there. */
int sectionwrite_patch(struct sectionwrite *, uint64_t x, uint64_t at);

/* The head of a section of so many bytes. */
int sectionwrite_head(struct sectionwrite *, unsigned id, const char *title,
    bool packed, uint64_t size);

/* Bytes packed, behind their size and what it was. */
int sectionwrite_packed(struct sectionwrite *, struct str);

/*
 * What is in body as a section; and the same one packed if something is, with
 * an option that says where it is.
 */
int sectionwrite_plain(struct sectionwrite *, unsigned id, const char *title);
int sectionwrite_told(struct sectionwrite *, unsigned id, const char *title);

#endif
