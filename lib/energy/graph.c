/* SPDX-License-Identifier: MIT */
#include "energy/graph.h"

#include <stdlib.h>

#include "base/mem.h"
#include "energy/account.h"

enum { UW = 1000000000 }; /* one uJ in one ns is so many uW */

void
graph_open(struct graph *g, int64_t from, int64_t to)
{
	*g = (struct graph){ .from = from, .to = to, .names = intern_new() };
	g->spare = mem_alloc(GRAPH_BUCKETS * sizeof(*g->spare));
}

/* Returns the number of the bucket that has a time: floor(ts / 2^shift). */
static int64_t
bucket_of(const struct graph *g, int64_t ts)
{
	return ts >= 0 ? ts >> g->shift : ~(~ts >> g->shift);
}

static struct graph_bucket *
place_of(struct graph_bucket *ring, int64_t bucket)
{
	return &ring[(uint64_t)bucket % GRAPH_BUCKETS];
}

/* Returns the bucket that one becomes part of, when neighbours are joined. */
static int64_t
joined(int64_t bucket)
{
	return bucket >= 0 ? bucket / 2 : ~(~bucket / 2);
}

static void
add(struct graph_bucket *to, const struct graph_bucket *what)
{
	to->uj += what->uj;
	to->time += what->time;
}

static void
join_zone(struct graph *g, struct graph_zone *z)
{
	struct graph_bucket *was = z->ring;

	for (size_t i = 0; i < GRAPH_BUCKETS; i++)
		g->spare[i] = (struct graph_bucket){ 0, 0 };
	for (int64_t i = g->first; i <= g->last; i++)
		add(place_of(g->spare, joined(i)), place_of(was, i));
	z->ring = g->spare;
	g->spare = was;
}

static void
join(struct graph *g)
{
	g->shift++;
	if (!g->used)
		return;
	for (size_t i = 0; i < g->zones; i++)
		join_zone(g, &g->zone[i]);
	g->first = joined(g->first);
	g->last = joined(g->last);
}

/* Sees to it that there are buckets for all from begin to before end. */
static void
make_room(struct graph *g, int64_t begin, int64_t end)
{
	for (;;) {
		int64_t first = bucket_of(g, begin);
		int64_t last = bucket_of(g, end - 1);

		if (g->used && g->first < first)
			first = g->first;
		if (g->used && g->last > last)
			last = g->last;
		if ((uint64_t)last - (uint64_t)first < GRAPH_BUCKETS) {
			g->first = first;
			g->last = last;
			g->used = true;
			return;
		}
		join(g);
	}
}

/* Spreads what was used from begin to before end over the buckets. */
static void
spread(struct graph *g, struct graph_zone *z, const struct sample *s,
    int64_t begin, int64_t end)
{
	const int64_t last = bucket_of(g, end - 1);
	uint64_t used = account_until(s, begin);

	for (int64_t i = bucket_of(g, begin); i <= last; i++) {
		/* Where the last one ends may be behind all times. */
		int64_t to = i == last
		    ? end
		    : (int64_t)((uint64_t)(i + 1) << g->shift);
		uint64_t used_then = account_until(s, to);
		struct graph_bucket part = { used_then - used,
			(uint64_t)to - (uint64_t)begin };

		add(place_of(z->ring, i), &part);
		add(&z->all, &part);
		used = used_then;
		begin = to;
	}
}

static void
note_most(struct graph_zone *z, const struct sample *s)
{
	if (z->most_dur > 0 &&
	    (wide)s->delta_uj * (uint64_t)z->most_dur <=
		(wide)z->most_uj * (uint64_t)s->dur)
		return;
	z->most_uj = s->delta_uj;
	z->most_dur = s->dur;
}

/* Returns the zone of that name, or NULL if there are too many. */
static struct graph_zone *
zone_of(struct graph *g, struct str name)
{
	struct graph_zone *z;
	size_t id;

	if (intern_find(g->names, name, &id))
		return &g->zone[id];
	if (g->zones == GRAPH_ZONES)
		return NULL;
	z = &g->zone[intern_id(g->names, name)];
	z->name = intern_str(g->names, g->zones++);
	z->ring = mem_alloc(GRAPH_BUCKETS * sizeof(*z->ring));
	return z;
}

static void
note_extent(struct graph *g, int64_t begin, int64_t end)
{
	if (!g->any || begin < g->begin)
		g->begin = begin;
	if (!g->any || end > g->end)
		g->end = end;
	g->any = true;
}

const char *
graph_add(struct graph *g, const struct sample *s)
{
	bool counts = account_measures(s);
	int64_t begin, end;
	struct graph_zone *z;

	if (counts && s->dur == 0 && s->delta_uj > 0)
		return "an energy without the time that it is of";
	begin = s->ts - s->dur > g->from ? s->ts - s->dur : g->from;
	end = s->ts < g->to ? s->ts : g->to;
	if (begin > end)
		return NULL;
	z = zone_of(g, s->zone);
	if (z == NULL) {
		g->left_out++;
		return NULL;
	}
	note_extent(g, begin, end);
	if (!counts || begin == end)
		return NULL;
	make_room(g, begin, end);
	spread(g, z, s, begin, end);
	note_most(z, s);
	return NULL;
}

bool
graph_measured(const struct graph *g)
{
	return g->used;
}

/* Returns the bucket where a part begins. */
static int64_t
part_begin(const struct graph *g, size_t part, size_t parts)
{
	wide span = (uint64_t)g->end - (uint64_t)g->begin;

	return bucket_of(g,
	    (int64_t)((uint64_t)g->begin + (uint64_t)(span * part / parts)));
}

struct graph_bucket
graph_part(const struct graph *g, size_t zone, size_t part, size_t parts)
{
	struct graph_bucket sum = { 0, 0 };
	int64_t first = part_begin(g, part, parts);
	int64_t last = part_begin(g, part + 1, parts);

	if (last > first && part + 1 < parts)
		last--;
	if (first < g->first)
		first = g->first;
	if (last > g->last)
		last = g->last;
	for (int64_t i = first; g->used && i <= last; i++)
		add(&sum, place_of(g->zone[zone].ring, i));
	return sum;
}

wide
graph_power(const struct graph_bucket *bucket)
{
	return wide_scale(bucket->uj, UW, bucket->time);
}

wide
graph_top(const struct graph *g, size_t zone, size_t parts)
{
	wide top = 0;

	for (size_t i = 0; i < parts; i++) {
		struct graph_bucket part = graph_part(g, zone, i, parts);

		if (part.time > 0 && graph_power(&part) > top)
			top = graph_power(&part);
	}
	return top;
}

void
graph_close(struct graph *g)
{
	for (size_t i = 0; i < g->zones; i++)
		free(g->zone[i].ring);
	free(g->spare);
	intern_free(g->names);
	*g = (struct graph){ 0 };
}
