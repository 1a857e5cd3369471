/* SPDX-License-Identifier: MIT */
/*
 * sample: what is read is written and read again as it was; and the quick
 * reader reads no line otherwise than that of any JSON
 */
#include "energy/sample.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"

static void
check_same(const struct sample *a, const struct sample *b)
{
	CHECK(a->ts == b->ts && str_eq(a->zone, b->zone));
	CHECK(a->has_counter == b->has_counter);
	CHECK(a->counter_uj == b->counter_uj);
	CHECK(a->has_delta == b->has_delta && a->delta_uj == b->delta_uj);
	CHECK(a->has_dur == b->has_dur && a->dur == b->dur);
	CHECK(a->has_power == b->has_power && a->power_uw == b->power_uw);
	CHECK(a->status == b->status && a->late == b->late);
}

/* A blank at the end makes it a line that only json reads. */
static void
check_blank(struct str line, const struct sample *s)
{
	static struct sample_reader reader;
	char *longer = malloc(line.n + 1);
	struct sample again;
	bool is;

	memcpy(longer, line.p, line.n);
	longer[line.n] = ' ';
	line = (struct str){ longer, line.n + 1 };
	CHECK(!quick_read(line, &again));
	CHECK(sample_read(&reader, line, &again, &is) == NULL && is);
	check_same(s, &again);
	free(longer);
}

static void
check_sample(struct str line, const struct sample *s)
{
	static struct sample_reader reader;
	static struct output out;
	struct sample again;
	bool is;

	CHECK(s->has_delta || s->delta_uj == 0);
	CHECK(s->has_dur || s->dur == 0);
	CHECK(s->dur >= 0 && s->ts >= INT64_MIN + s->dur);
	check_blank(line, s);
	if (out.buf == NULL)
		output_in_memory(&out);
	out.n = 0;
	sample_put(&out, s);
	line = (struct str){ out.buf, out.n - 1 };
	CHECK(sample_read(&reader, line, &again, &is) == NULL && is);
	check_same(s, &again);
}

static void
check_zone(struct sample_reader *from)
{
	static struct sample_reader reader;
	static struct output out;
	struct sample_zone zone, again;
	struct sample unused;
	bool is;

	if (sample_read_zone(from, &zone) != NULL)
		return;
	if (out.buf == NULL)
		output_in_memory(&out);
	out.n = 0;
	sample_put_zone(&out, &zone);
	CHECK(sample_read(&reader, (struct str){ out.buf, out.n - 1 }, &unused,
		  &is) == NULL);
	CHECK(!is && sample_is_zone(&reader.rec));
	CHECK(sample_read_zone(&reader, &again) == NULL);
	CHECK(zone.ts == again.ts && zone.summed == again.summed);
	CHECK(str_eq(zone.zone, again.zone) && str_eq(zone.name, again.name));
	CHECK(str_eq(zone.path, again.path) && str_eq(zone.role, again.role));
	CHECK(zone.range_uj == again.range_uj);
	CHECK(zone.counter_uj == again.counter_uj);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sample_reader reader;
	char *exact = malloc(size > 0 ? size : 1);
	struct str line = { exact, size };
	struct sample s;
	bool is;

	if (size > 0)
		memcpy(exact, data, size);
	if (sample_read(&reader, line, &s, &is) == NULL) {
		if (is)
			check_sample(line, &s);
		else if (sample_is_zone(&reader.rec))
			check_zone(&reader);
	}
	free(exact);
	return 0;
}
