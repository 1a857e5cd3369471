/* SPDX-License-Identifier: MIT */
/*
 * intake -- the items of an input, whatever form it has
 *
 * The first bytes of an input tell whether it is binary.  If not, each line
 * is text or a record.
 */
#ifndef TK_INTAKE_H
#define TK_INTAKE_H

#include "source/canon.h"
#include "source/recorded.h"
#include "source/recording.h"
#include "source/text.h"

struct intake {
	/* Read these, change none: */
	struct input *in;    /* the first one, or NULL */
	const char *refusal; /* why it cannot be read, or NULL */
	bool binary;         /* recording is open */
	bool cut;            /* it lacks its end */
	struct recording recording;
	struct canon canon;

	/* intake's own: */
	struct text text;
	struct recorded recorded;
	bool printed; /* the present item was read from text */
	const struct canon_kind **kind; /* by number of the event */
	size_t kinds_cap;
};

/*
 * The manner in which text is printed, as far as what was read of it tells how
 * to read what comes.
 */
struct manner {
	struct header_prefix prefix;
	bool perf;
	enum canon_states states;
};
struct manner intake_manner(const struct intake *);
bool manner_eq(const struct manner *, const struct manner *);

/* Brings m up to date: quick where it is, as after most lines. */
void intake_follow(const struct intake *, struct manner *m);

/* Tells whether the present item is of text, and not the first such. */
bool intake_is_text(const struct intake *);

/* Goes on at another place within a trace of text, with what is known of it. */
void intake_resume(struct intake *, struct input *, const struct manner *);

/* Begins to read n > 0 inputs; ends what was open.  Starts zeroed. */
void intake_open(struct intake *, struct input *const *in, size_t n,
    const struct recording_options *);
void intake_close(struct intake *);

/* Reads the next item; false at the end. */
bool intake_read(struct intake *, struct wanted *, struct item *);

/* Returns how many bytes were read. */
uint64_t intake_at(const struct intake *);

/* Gives all fields of the present item, a POINT, their form and kind. */
void intake_canon(struct intake *, struct header *, int number,
    struct fields *);

#endif
