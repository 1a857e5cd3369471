/* SPDX-License-Identifier: MIT */
/*
 * point -- events made by hand, and what is written of them
 */
#ifndef TK_TEST_POINT_H
#define TK_TEST_POINT_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "source/event.h"
#include "stream/output.h"

/* An event without task, flags and fields; f is emptied for them. */
static inline struct event
point(const char *name, int64_t ts, struct fields *f)
{
	fields_clear(f);
	return (struct event){
		.kind = EVENT_POINT,
		.fields = f,
		.at = { .name = str_of(name), .ts = ts, .tid = -1, .tgid = -1 }
	};
}

static inline void
literal(struct fields *f, const char *key, const char *value)
{
	fields_add_kind(f, str_of(key), str_of(value), FIELD_LITERAL);
}

static inline void
text(struct fields *f, const char *key, const char *value)
{
	fields_add_kind(f, str_of(key), str_of(value), FIELD_TEXT);
}

/* Asserts that this was written, and begins anew. */
static inline void
wrote(struct output *out, const char *z)
{
	if (!str_is((struct str){ out->buf, out->n }, z)) {
		fprintf(stderr, "is:     %.*s\nshould: %s\n", (int)out->n,
		    out->buf, z);
		abort();
	}
	out->n = 0;
}

#endif
