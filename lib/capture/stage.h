/* SPDX-License-Identifier: MIT */
/*
 * stage -- an instance that is ready to record, and what its bytes mean
 */
#ifndef TK_STAGE_H
#define TK_STAGE_H

#include "capture/trouble.h"
#include "source/page.h"
#include "source/texts.h"
#include "tracefs/setup.h"

struct stage {
	/* Read these: */
	struct instance instance;
	struct texts texts; /* as they were when they were read last */
	struct page_shape shape;

	/* stage's own: */
	const char *tracefs;
	const struct choice *choice;
	int on; /* tracing_on, or -1 */
};

/*
 * Makes an instance and sets it up; stage_close is right whatever it returns:
 * 0, or -1 and the trouble is noted.
 */
int stage_open(struct stage *, const char *tracefs, const struct setup *,
    struct trouble *);

/*
 * Reads the texts that belong to the events as they are now: as stage_open,
 * and where it fails those that were read before stay.
 */
int stage_read(struct stage *, struct trouble *);

/* Switches tracing on or off: as stage_open. */
int stage_switch(struct stage *, bool on, struct trouble *);

/* Tells whether it is still on, where nobody but an event switched it off. */
bool stage_is_on(const struct stage *);

/* Removes the instance: as stage_open.  Its other files must be closed. */
int stage_close(struct stage *, struct trouble *);

#endif
