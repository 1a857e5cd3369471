/* SPDX-License-Identifier: MIT */
/*
 * sum: whatever lines come, windows and intervals that tile the time have the
 * energy and the samples of the whole; the first byte is how long a window is
 */
#include "energy/sum.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "record/json.h"

/* What the rows of an output say together. */
struct total {
	uint64_t uj, samples;
	uint64_t bad;
	bool wide; /* a number does not fit 64 bits */
};

static struct output out, notes;

static void
add(const struct json *rec, const char *key, uint64_t *sum, bool *wide)
{
	const struct json_field *f = json_get(rec, key);
	uint64_t v = 0;

	if (f != NULL && f->kind == JSON_INTEGER && !json_u64(f, &v))
		*wide = true;
	*wide |= __builtin_add_overflow(*sum, v, sum);
}

/* Adds up the rows of zones, or of all, and checks that all is JSON. */
static struct total
total_of(bool zones)
{
	static struct json rec;
	struct str rest = { out.buf, out.n }, line;
	struct total t = { 0 };

	while (str_line(&rest, &line)) {
		const struct json_field *zone;

		CHECK(json_parse(&rec, line) == NULL);
		zone = json_get(&rec, "zone");
		if (!str_starts(line, "{\"type\":\"energy_sum\"") ||
		    (zone->kind == JSON_STRING) != zones)
			continue;
		add(&rec, "energy_uj", &t.uj, &t.wide);
		add(&rec, "samples", &t.samples, &t.wide);
	}
	return t;
}

static struct total
feed(const struct arguments *a, const char *by, struct str text)
{
	struct sum *sum = sum_new(a, str_of("fuzz"), &out);
	struct str line;
	struct total t;
	uint64_t bad = 0;

	out.n = notes.n = 0;
	for (struct str rest = str_of(by); str_line(&rest, &line);)
		CHECK(sum_line(sum, line) == NULL);
	sum_ready(sum);
	while (str_line(&text, &line))
		bad += sum_line(sum, line) != NULL;
	sum_end(sum, bad, &notes);
	sum_free(sum);
	t = total_of(a->by == NULL);
	t.bad = bad;
	return t;
}

/* All the time there is, as three intervals. */
static const char by[] =
    "{\"ts\":-9223372036854775808,\"dur\":9223372036854775807}\n"
    "{\"ts\":-1,\"dur\":9223372036854775807}\n"
    "{\"ts\":9223372036854775806,\"dur\":1}\n";

static void
check_intervals(struct str text)
{
	struct arguments a;
	struct total whole, parts;

	arguments_open(&a);
	feed(&a, "", text);
	whole = total_of(false);
	a.by = "by";
	parts = feed(&a, by, text);
	/* Which zones are summed may change on the way, for what follows. */
	if (memmem(text.p, text.n, "summed", 6) == NULL && !whole.wide &&
	    !parts.wide)
		CHECK(whole.uj == parts.uj);
}

static void
check_windows(struct str text, int64_t window)
{
	struct arguments a;
	struct total whole, windows;

	arguments_open(&a);
	whole = feed(&a, "", text);
	a.window = window;
	windows = feed(&a, "", text);
	/* A sample may go through too many windows. */
	if (whole.bad != windows.bad || whole.wide || windows.wide)
		return;
	CHECK(whole.uj == windows.uj);
	CHECK(whole.samples == windows.samples);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *exact = malloc(size > 0 ? size : 1);
	struct str text = { exact, size };

	if (size > 0)
		memcpy(exact, data, size);
	if (out.buf == NULL) {
		output_in_memory(&out);
		output_in_memory(&notes);
	}
	if (size > 0)
		check_windows(str_skip(text, 1), (int64_t)1 << data[0] % 63);
	check_intervals(text);
	free(exact);
	return 0;
}
