/* SPDX-License-Identifier: MIT */
/*
 * replay -- counters that were recorded, read once more
 *
 * A recording has a line for each reading,
 *
 *	NS ZONE MICROJOULES [MAX_ENERGY_RANGE_UJ]
 *
 * between blanks, with "-" for a counter that could not be read; or it is
 * energy records, of which the counters count and not the deltas.  Empty lines
 * and those that begin with # are passed over.
 */
#ifndef TK_REPLAY_H
#define TK_REPLAY_H

#include "base/intern.h"
#include "energy/arguments.h"
#include "energy/meter.h"
#include "energy/named.h"
#include "record/frame.h"

struct replay {
	struct meter
	    *meter; /* gets the zones, in the order in which they come */
	struct frame frame; /* of records */
	/* The zones with readings in this trace, as they came. */
	size_t *read;
	size_t reads;

	/* replay's own: */
	const struct arguments *arguments;
	struct intern *zones;
	struct replay_zone *zone;
	size_t cap, read_cap;
	bool anew; /* the line before began a trace */
	struct sample_reader reader;
};

struct replay_zone {
	bool summed, seen;
	int64_t ts;          /* of the last reading */
	bool told;           /* a record told of the zone */
	char *role;          /* as it was told, or NULL */
	struct named judged; /* of one that no record told of */
	uint64_t range_uj;
};

/* What a line says. */
struct replay_line {
	bool is_trace; /* it is in reader.rec; the meter is to be flushed */
	bool has_reading;
	size_t zone; /* of the reading */
	struct counter_reading reading;
};

/* Begins; both must outlive it. */
void replay_open(struct replay *, struct meter *, const struct arguments *);

/* Takes a line apart.  Returns NULL, or why it is bad. */
const char *replay_read(struct replay *, struct str line, struct replay_line *);

/*
 * Sets what an "energy_zone" record says of a zone that begins with the reading
 * of a line.  Its strings are those of the meter and the replay.
 */
void replay_tell(const struct replay *, const struct replay_line *,
    struct sample_zone *);

/* Tells whether a zone is part of the sum of all. */
bool replay_is_summed(const struct replay *, size_t zone);

/*
 * Writes a line for people, as zone_explain does, for each zone that no record
 * told of and is not summed.  When a zone comes it is judged by those before
 * it; again judges by all.
 */
void replay_explain(struct replay *, bool again, struct output *);

/* Frees what it holds. */
void replay_close(struct replay *);

#endif
