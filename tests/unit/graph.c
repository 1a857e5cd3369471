/* SPDX-License-Identifier: MIT */
/*
 * graph: no microjoule is lost or invented, whatever comes in whatever order,
 * and what is in a bucket is what a hand, or plain fractions, say
 */
#include "energy/graph.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { RECORDS = 3000, ROUNDS = 60 };
static const int64_t S = 1000000000;

static struct graph graph, other;

/* Takes a record of so many uJ that ends at ts. */
static void
take(struct graph *g, const char *zone, int64_t ts, int64_t dur, uint64_t uj)
{
	struct sample s = { .ts = ts,
		.zone = str_of(zone),
		.has_delta = true,
		.has_dur = true,
		.delta_uj = uj,
		.dur = dur };

	assert(graph_add(g, &s) == NULL);
}

static void
take_without(struct graph *g, int64_t ts, int64_t dur,
    enum energy_status status)
{
	struct sample s = { .ts = ts,
		.zone = str_of("a"),
		.has_delta = status == ENERGY_STALE,
		.has_dur = true,
		.dur = dur,
		.status = status };

	assert(graph_add(g, &s) == NULL);
}

/* The sum of all parts of a zone. */
static struct graph_bucket
total(const struct graph *g, size_t zone, size_t parts)
{
	struct graph_bucket sum = { 0, 0 };

	for (size_t i = 0; i < parts; i++) {
		struct graph_bucket part = graph_part(g, zone, i, parts);

		sum.uj += part.uj;
		sum.time += part.time;
	}
	return sum;
}

static int64_t
random_up_to(int64_t most)
{
	uint64_t r = (uint64_t)random() << 31 ^ (uint64_t)random();

	return (int64_t)(r % (uint64_t)most);
}

/*
 * Any records: the buckets have all of the energy and of the time, and do not
 * depend on the order.
 */
static void
test_conservation(void)
{
	static struct sample record[RECORDS];

	for (unsigned round = 0; round < ROUNDS; round++) {
		int64_t longest = (int64_t)1 << (round + 2) % 61;
		wide uj = 0, time = 0;

		graph_open(&graph, INT64_MIN, INT64_MAX);
		graph_open(&other, INT64_MIN, INT64_MAX);
		for (size_t i = 0; i < RECORDS; i++) {
			int64_t ts = random_up_to(longest) - longest / 2;

			record[i] = (struct sample){ .ts = ts,
				.zone = str_of("a"),
				.has_delta = true,
				.has_dur = true,
				.dur = 1 + random_up_to(longest / 40 + 1),
				.delta_uj = (uint64_t)random_up_to(INT64_MAX) };
			if (i % 100 == 0)
				record[i].delta_uj = UINT64_MAX;
			uj += record[i].delta_uj;
			time += (uint64_t)record[i].dur;
			assert(graph_add(&graph, &record[i]) == NULL);
		}
		for (size_t i = RECORDS; i > 0; i--)
			assert(graph_add(&other, &record[i - 1]) == NULL);
		assert(graph.zone[0].all.uj == uj);
		assert(graph.zone[0].all.time == time);
		assert(graph.shift == other.shift);
		for (size_t i = 0; i < GRAPH_BUCKETS; i++) {
			struct graph_bucket *a = &graph.zone[0].ring[i];
			struct graph_bucket *b = &other.zone[0].ring[i];

			assert(a->uj == b->uj && a->time == b->time);
			uj -= a->uj;
			time -= a->time;
		}
		assert(uj == 0 && time == 0);
		graph_close(&graph);
		graph_close(&other);
	}
}

/* Neighbours of one stream without an end: memory stays, the sums hold. */
static void
test_length(void)
{
	enum { MANY = 3000000 };

	graph_open(&graph, INT64_MIN, INT64_MAX);
	for (int64_t i = 1; i <= MANY; i++)
		take(&graph, "a", i * 1000003, 1000003, (uint64_t)i);
	assert(graph.zone[0].all.uj == (wide)MANY * (MANY + 1) / 2);
	assert(graph.zone[0].all.time == (wide)MANY * 1000003);
	for (size_t parts = 1; parts <= 1024; parts *= 2) {
		struct graph_bucket sum = total(&graph, 0, parts);

		assert(sum.uj == graph.zone[0].all.uj);
		assert(sum.time == graph.zone[0].all.time);
	}
	graph_close(&graph);
}

/* 7 uJ over 2 buckets and a half: 2.8, 2.8 and 1.4, each sum rounded down. */
static void
test_spread(void)
{
	graph_open(&graph, INT64_MIN, INT64_MAX);
	take(&graph, "a", 4096, 4096, 0); /* now a bucket has 2 ns */
	assert(graph.shift == 1);
	take(&graph, "b", 1005, 5, 7);
	assert(graph.zones == 2);
	assert(graph.zone[1].ring[500].uj == 2 && /* 2.8 */
	    graph.zone[1].ring[500].time == 2);
	assert(graph.zone[1].ring[501].uj == 5 - 2 && /* 5.6 */
	    graph.zone[1].ring[501].time == 2);
	assert(graph.zone[1].ring[502].uj == 7 - 5 &&
	    graph.zone[1].ring[502].time == 1);
	assert(graph.zone[1].ring[499].time == 0);
	assert(graph.zone[1].ring[503].time == 0);
	graph_close(&graph);
}

/* Ten s at 10 W and ten at 50 W, and what of it --from and --to leave. */
static void
test_power(void)
{
	struct graph_bucket part;

	graph_open(&graph, INT64_MIN, INT64_MAX);
	for (int64_t i = 1; i <= 20; i++)
		take(&graph, "a", i * S, S, i <= 10 ? 10000000 : 50000000);
	part = graph_part(&graph, 0, 0, 4);
	assert(graph_power(&part) == 10000000);
	part = graph_part(&graph, 0, 3, 4);
	assert(graph_power(&part) == 50000000);
	assert(graph_top(&graph, 0, 4) == 50000000);
	assert(graph_power(&graph.zone[0].all) == 30000000);
	assert(graph.zone[0].most_uj == 50000000);
	assert(graph.begin == 0 && graph.end == 20 * S);
	graph_close(&graph);

	/* 8.5 to 10 at 10 W, 10 to 10.5 at 50 W. */
	graph_open(&graph, 8 * S + S / 2, 10 * S + S / 2);
	for (int64_t i = 1; i <= 20; i++)
		take(&graph, "a", i * S, S, i <= 10 ? 10000000 : 50000000);
	assert(graph.zone[0].all.uj == 15000000 + 25000000);
	assert(graph.zone[0].all.time == 2 * (wide)S);
	assert(graph.begin == 8 * S + S / 2 && graph.end == 10 * S + S / 2);
	graph_close(&graph);
}

/* Each status without a delta, and each time without a record, is a gap. */
static void
test_gaps(void)
{
	static const enum energy_status without[] = { ENERGY_STALE,
		ENERGY_UNKNOWN, ENERGY_RESET, ENERGY_UNREADABLE };

	for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++) {
		graph_open(&graph, INT64_MIN, INT64_MAX);
		take_without(&graph, 0, 0, ENERGY_OK); /* the first reading */
		assert(graph.any && !graph_measured(&graph));
		take(&graph, "a", S, S, 1);
		take_without(&graph, 2 * S, S, without[i]);
		take(&graph, "a", 4 * S, S, 0);
		take_without(&graph, 5 * S, S, without[i]);
		for (size_t part = 0; part < 50; part++) {
			struct graph_bucket b = graph_part(&graph, 0, part, 50);
			bool measured = part < 10 || (part >= 30 && part < 40);

			/* One bucket is on both sides of an edge. */
			if (part % 10 != 0)
				assert((b.time > 0) == measured);
		}
		assert(graph.end == 5 * S);
		assert(graph.zone[0].all.time == 2 * (wide)S);
		graph_close(&graph);
	}
}

/* Values at the ends of what there is, and what is refused. */
static void
test_ends(void)
{
	struct sample s = { .ts = 5, .zone = { "a", 1 }, .has_delta = true };

	graph_open(&graph, INT64_MIN, INT64_MAX);
	assert(graph_add(&graph, &s) == NULL); /* nothing in no time */
	s.delta_uj = 1;
	assert(graph_add(&graph, &s) != NULL); /* something in no time */
	assert(!graph_measured(&graph));
	take(&graph, "a", INT64_MIN + 1, 1, 3);
	take(&graph, "a", INT64_MAX, INT64_MAX, UINT64_MAX);
	assert(graph.zone[0].all.uj == (wide)UINT64_MAX + 3);
	assert(graph.zone[0].all.time == (wide)INT64_MAX + 1);
	assert(total(&graph, 0, 100).uj == (wide)UINT64_MAX + 3);
	graph_close(&graph);
}

/* More zones than there is room for: theirs are counted. */
static void
test_zones(void)
{
	char name[16];

	graph_open(&graph, INT64_MIN, INT64_MAX);
	for (int i = 0; i < 2 * (GRAPH_ZONES + 3); i++) {
		snprintf(name, sizeof(name), "z%d", i % (GRAPH_ZONES + 3));
		take(&graph, name, i + 1, 1, 1);
	}
	assert(graph.zones == GRAPH_ZONES && graph.left_out == 6);
	for (size_t i = 0; i < graph.zones; i++)
		assert(graph.zone[i].all.uj == 2);
	graph_close(&graph);
}

/* One that is stale counts if it has energy, as it does in a sum. */
static void
test_stale_with_energy(void)
{
	struct sample s = { .ts = 2 * S,
		.zone = str_of("a"),
		.has_delta = true,
		.has_dur = true,
		.delta_uj = 7,
		.dur = S,
		.status = ENERGY_STALE };

	graph_open(&graph, INT64_MIN, INT64_MAX);
	assert(graph_add(&graph, &s) == NULL);
	s.delta_uj = 0;
	assert(graph_add(&graph, &s) == NULL);
	assert(graph.zone[0].all.uj == 7 && graph.zone[0].all.time == S);
	graph_close(&graph);
}

int
main(void)
{
	test_stale_with_energy();
	srandom(20);
	test_conservation();
	test_length();
	test_spread();
	test_power();
	test_gaps();
	test_ends();
	test_zones();
	return 0;
}
