/* SPDX-License-Identifier: MIT */
/*
 * format -- what events/SYSTEM/EVENT/format says of the data of an event
 *
 * The formats are those of the trace, never of this program: where a field
 * is, how large, and what it means differ from kernel to kernel.  They are
 * read by libtraceevent, each when its first event comes, into a plan of how
 * to show its fields (render.h); reading events then needs no library.
 *
 * A format may come from anywhere, and libtraceevent trusts what it reads: it
 * is given lines of fields that were looked at before, and no print fmt, of
 * which only the names of values are wanted (symbol.h, state.h).
 */
#ifndef TK_FORMAT_H
#define TK_FORMAT_H

#include "base/str.h"
#include "source/page.h"
#include "source/plan.h"

struct format {
	struct str system, name;
	struct str print_fmt;                  /* as it stands there */
	unsigned pid_at, flags_at, preempt_at; /* of the common fields */
	unsigned head;  /* how many bytes hold all common fields */
	unsigned fixed; /* and all fields at their offsets */
	struct format_field *field;
	size_t n;
	size_t room; /* for the text of fields at their offsets */
	bool wide;   /* there are others that are printed, not pointed at */
};

struct formats; /* opaque */

/*
 * Returns no formats, for a machine of that byte order and size of long (4 or
 * 8); to be freed by formats_free.  With symbols, values for which the format
 * has a name are shown by it; but not those of a field that the print fmt
 * shows in several ways, of which another field tells which one holds.
 */
struct formats *formats_new(bool big_endian, unsigned long_size, bool symbols);
void formats_free(struct formats *);

/*
 * Adds the text of a format file.  It is copied.  NULL, or a constant phrase
 * that says why it is none.  Of two with the same ID the first stands.
 */
const char *formats_add(struct formats *, struct str system, struct str text);

/*
 * Returns the format of the event with that common_type, or NULL where there
 * is none, or its fields cannot be read.
 */
const struct format *formats_find(struct formats *, unsigned id);

/* Returns the field of that name, or NULL. */
const struct format_field *format_field(const struct format *, struct str name);

/*
 * Reads the text of events/header_page.  False where it is none, and *out is
 * left alone.
 */
bool formats_page(const struct formats *, struct str text,
    struct page_shape *out);

#endif
