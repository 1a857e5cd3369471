/* SPDX-License-Identifier: MIT */
/*
 * sample -- energy records: what a zone used, from one reading to the next
 *
 *	{"type":"energy","ts":1000000000,"zone":"intel-rapl:0",
 *	 "counter_uj":123456,"delta_uj":50000,"dur":1000000,
 *	 "power_w":50.000000,"status":"ok","read":812}
 *
 * is one line in a stream; tk-record(5) is its manual.  late, the number of
 * ticks that the record covers besides its own, is there if it is not 0.
 *
 * Before them, an "energy_zone" record tells of each zone, and the value with
 * which it began:
 *
 *	{"type":"energy_zone","ts":0,"zone":"intel-rapl:0","name":"package-0",
 *	 "path":"/sys/.../energy_uj","range_uj":262143328850,"counter_uj":73456,
 *	 "role":"package","summed":true}
 */
#ifndef TK_SAMPLE_H
#define TK_SAMPLE_H

#include "energy/quick.h"
#include "record/json.h"
#include "stream/output.h"

/* Writes an "energy" record. */
void sample_put(struct output *, const struct sample *);

/*
 * Reads an "energy" record.  The form that sample_put writes takes some tens
 * of ns; any other is taken apart by rec, which is kept from line to line.
 *
 * Returns NULL and *is set; NULL and *is not set if the line is another type
 * of record, which is in rec then; or a phrase that says why it is bad.  A
 * zone's name with escapes is unescaped into *name, kept likewise.
 *
 * In a record that is good ts - dur does not go below INT64_MIN, and what it
 * does not have is 0.
 */
struct sample_reader {
	struct json rec;
	char *name;
	size_t cap;
};
const char *sample_read(struct sample_reader *, struct str line,
    struct sample *, bool *is);
void sample_reader_free(struct sample_reader *);

/* What an "energy_zone" record says.  A str that is absent has p NULL. */
struct sample_zone {
	int64_t ts;
	struct str zone, name, path, role;
	bool has_range, has_counter;
	uint64_t range_uj, counter_uj;
	bool summed; /* part of the sum of all zones */
};

/* Writes an "energy_zone" record. */
void sample_put_zone(struct output *, const struct sample_zone *);

/*
 * Reads the record that sample_read left in its rec, if it is of that type:
 * NULL, or a phrase that says why it is bad.  The strings are views that die
 * with the line; names are unescaped as there.
 */
bool sample_is_zone(const struct json *rec);
const char *sample_read_zone(struct sample_reader *, struct sample_zone *);

#endif
