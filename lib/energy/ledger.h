/* SPDX-License-Identifier: MIT */
/*
 * ledger -- the accounts of zones, found by their names, stream by stream
 *
 * Zones keep their numbers and accounts from one stream to the next; times
 * are those of one stream.  Where the time of a zone goes back, a new stream
 * has begun.
 */
#ifndef TK_LEDGER_H
#define TK_LEDGER_H

#include "energy/account.h"
#include "energy/extent.h"

struct entry {
	struct str name; /* the ledger's */
	struct account account;
	struct extent extent;
	bool summed;     /* part of the sum of all zones */
	int64_t settled; /* no later sample has energy of before */
	bool fresh;      /* it had no sample in this stream yet */

	/* ledger's own: */
	bool has_past; /* of streams before: from the first time to the last */
	int64_t past_from, past_to;
	bool overlaps;   /* a stream is within that */
	size_t next;     /* the zone whose sample followed this one's last */
	uint64_t stream; /* in which it was seen last */
	int64_t last;    /* ts of its last sample */
};

struct ledger {
	struct account_range range; /* all times are cut to it */

	/* Read these, change none: */
	struct entry *entry;
	size_t n;
	size_t at;            /* the number of the zone found last */
	struct extent extent; /* of the zones that are summed */

	/* ledger's own: */
	struct intern *names;
	size_t cap;
	uint64_t stream;
};

/* Begins with no zone. */
void ledger_open(struct ledger *, struct account_range);

/*
 * Finds the zone of a name, a new one, which is summed, where it was not seen
 * before.  Zones mostly come in turns, and are found without looking then.
 * The entry may move when the next is found.
 */
struct entry *ledger_find(struct ledger *, struct str name);

/* A new stream begins: what follows has times of its own. */
void ledger_turn(struct ledger *);

/*
 * Tells whether the zone found last, seen at a time, shows that a new stream
 * has begun, for which ledger_turn is due.
 */
bool ledger_goes_back(const struct ledger *, int64_t to);

/*
 * The zone found last was seen at the end of a range of time, be it in a
 * sample or told of before; extents get what is in the ledger's range.
 */
void ledger_see(struct ledger *, int64_t from, int64_t to);

/*
 * Returns the time before which no later sample of this stream has energy, of
 * all zones that were seen in it or told of; INT64_MAX if there are none.
 */
int64_t ledger_settled(const struct ledger *);

/*
 * Returns the number of the last zone that has not settled so far, or SIZE_MAX
 * if all have: as long as that is so, it is of no use to look at the others.
 */
size_t ledger_behind(const struct ledger *, int64_t time);

/*
 * Ends the stream, and returns of how many zones a stream was within the times
 * of those before: it overlaps one, or they are not in order.
 */
uint64_t ledger_overlaps(struct ledger *);

/* Frees what it holds. */
void ledger_close(struct ledger *);

#endif
