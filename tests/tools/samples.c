/* SPDX-License-Identifier: MIT */
/*
 * samples -- energy records as a recorder would have written them
 *
 *	samples NUMBER
 *
 * Writes so many samples of sixteen zones, one of each every millisecond, with
 * 40 to 60 W, which are the same each time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/num.h"
#include "energy/sample.h"
#include "record/frame.h"

enum {
	ZONES = 16,
	MILLISECOND = 1000000,
	APART = 1000, /* ns, from one zone to the next */
	NAME = 32,
};

static uint64_t state = 1;

/* Returns a number below n, of Knuth's generator in TAOCP 3.3.4. */
static uint64_t
any(uint64_t n)
{
	state = state * 6364136223846793005 + 1442695040888963407;
	return (state >> 33) % n;
}

static void
put_sample(struct output *out, uint64_t i)
{
	static uint64_t counters[ZONES];
	size_t zone = i % ZONES;
	uint64_t delta = 40000 + any(20001);
	char name[NAME];
	struct sample s = { .has_counter = true, .has_delta = true };

	snprintf(name, sizeof(name), "intel-rapl:%zu:%zu", zone / 2, zone % 2);
	s.ts = (int64_t)((i / ZONES + 1) * MILLISECOND + zone * APART);
	s.zone = str_of(name);
	s.counter_uj = counters[zone] += delta;
	s.delta_uj = delta;
	s.has_dur = s.has_power = true;
	s.dur = MILLISECOND;
	s.power_uw = delta * 1000;
	s.read = (int64_t)(700 + any(2000));
	sample_put(out, &s);
}

int
main(int argc, char *argv[])
{
	const struct frame_trace trace = { .clock = { "mono", 4 } };
	struct output out;
	uint64_t n;

	if (argc != 2 || !num_u64(str_of(argv[1]), &n)) {
		fprintf(stderr, "usage: samples NUMBER\n");
		return 2;
	}
	output_on(&out, STDOUT_FILENO, "standard output");
	frame_put_trace(&out, &trace, str_of("samples"));
	for (uint64_t i = 0; i < n; i++)
		put_sample(&out, i);
	frame_open_end(&out, n, 0, 0, 0);
	json_close(&out);
	return output_close(&out) == 0 ? 0 : 1;
}
