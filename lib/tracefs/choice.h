/* SPDX-License-Identifier: MIT */
/*
 * choice -- which of the kernel's events to record, and with which filters
 *
 * What the kernel has is read once, from the folder events/ of tracefs; the
 * words that users type are only compared with that, and never become part of
 * a path.
 *
 *	choice_open(&c, "/sys/kernel/tracing");
 *	why = choice_words(&c, str_of("sched_switch,sched:sched_wak*"));
 *	why = choice_filter(&c, str_of("prev_pid > 0"));
 *	for (size_t i = 0; i < c.n; i++)
 *		... c.event[i].system, c.event[i].name, c.event[i].filter
 *	choice_close(&c);
 *
 * Each event stands in it once, where it was first named.
 */
#ifndef TK_CHOICE_H
#define TK_CHOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct choice_event {
	const char *system, *name;
	char *filter; /* as the kernel takes it, or NULL: all of them */
};

struct choice {
	struct choice_event *event; /* in the order in which they were named */
	size_t n;
	const char **absent; /* of presets, not in this kernel: sys:name */
	size_t absent_n;
	char *word; /* the one that is wrong, or NULL */
	char *like; /* what may have been meant by it, or NULL */

	/* choice's own: */
	struct known *known;
	size_t known_n, known_cap, cap, absent_cap;
	size_t *named, named_n, named_cap;
	char *filter;
};

/*
 * Reads which events there are in the folder tracing, as tracefs is laid out.
 * Returns 0, or -1 with errno set if there are none to be seen; choice_close
 * is right in both cases.  Costs a few milliseconds.
 */
int choice_open(struct choice *, const char *tracing);

/*
 * Adds the events that words name, with commas between them, as they stand
 * behind one -e.  A word is the name of an event or of a whole system, or both
 * with ':' or '/' between them, where a missing one stands for all, and "all"
 * for everything; each may be a pattern of fnmatch(3).
 *
 * Returns NULL, or a constant phrase that says what is wrong with c->word.
 */
const char *choice_words(struct choice *, struct str words);

/*
 * Adds the events of a preset: "sched", "krflow" or "krflow-rich".  Those that
 * it can do without and this kernel does not have are added to c->absent.
 * Returns as choice_words does.
 */
const char *choice_preset(struct choice *, struct str name);

/* Returns the name of the i-th preset, the default first, NULL at the end. */
const char *choice_preset_name(size_t i);

/*
 * Gives a filter to all events that the choice_words before it named, also to
 * those that had been named earlier, in the place of theirs.  Two behind the
 * same choice_words must both hold.  Whether a filter is right only the
 * kernel knows.  Returns as choice_words does.
 */
const char *choice_filter(struct choice *, struct str filter);

/* Frees what it holds. */
void choice_close(struct choice *);

#endif
