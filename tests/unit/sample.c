/* SPDX-License-Identifier: MIT */
/*
 * sample: what is written is read again, by the quick reader, by that of any
 * JSON, and by jansson; and what is no sample is refused
 */
#include "energy/sample.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "energy/watts.h"

#include "jansson.h"

enum { NAME = 40, ROUNDS = 20000 };

static struct sample_reader reader;
static uint64_t state = 42;

/* splitmix64 */
static uint64_t
any(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* A number of any length. */
static uint64_t
some(void)
{
	return any() >> any() % 64;
}

static struct str
some_name(char *p)
{
	size_t n = any() % NAME;
	bool plain = any() % 2 == 0;

	for (size_t i = 0; i < n; i++)
		p[i] = (char)(plain ? 'a' + any() % 26 : any());
	return (struct str){ p, n };
}

static struct sample
some_sample(char *name)
{
	struct sample s = { .ts = (int64_t)(some() >> 1), .read = -1 };

	if (any() % 8 == 0)
		s.ts = -s.ts;
	s.zone = some_name(name);
	s.has_counter = any() % 4 != 0;
	s.has_delta = any() % 4 != 0;
	s.has_dur = any() % 4 != 0;
	s.has_power = any() % 4 != 0;
	s.counter_uj = s.has_counter ? some() : 0;
	s.delta_uj = s.has_delta ? some() : 0;
	s.dur = s.has_dur ? (int64_t)(some() >> 2) : 0;
	if (s.ts < INT64_MIN + s.dur)
		s.dur = 0;
	s.power_uw = s.has_power ? some() : 0;
	s.status = (enum energy_status)(any() % ENERGY_STATUSES);
	s.late = any() % 4 == 0 ? some() : 0;
	if (any() % 2 == 0)
		s.read = (int64_t)(some() >> 1);
	if (any() % 4 == 0)
		s.smooth = 1 + (unsigned)(any() % 1000);
	s.has_smoothed = any() % 2 == 0;
	s.smoothed_uw = some();
	return s;
}

static void
same(const struct sample *a, const struct sample *b)
{
	assert(a->ts == b->ts && str_eq(a->zone, b->zone));
	assert(a->has_counter == b->has_counter);
	assert(a->counter_uj == b->counter_uj);
	assert(a->has_delta == b->has_delta && a->delta_uj == b->delta_uj);
	assert(a->has_dur == b->has_dur && a->dur == b->dur);
	assert(a->has_power == b->has_power && a->power_uw == b->power_uw);
	assert(a->status == b->status && a->late == b->late);
}

static void
reads_as(struct str line, const struct sample *is)
{
	struct sample s;
	bool found;

	assert(sample_read(&reader, line, &s, &found) == NULL && found);
	same(&s, is);
}

static bool
is_plain(const struct sample *s)
{
	const uint64_t most = 9999999999999999999u;

	for (size_t i = 0; i < s->zone.n; i++)
		if (s->zone.p[i] < 'a' || s->zone.p[i] > 'z')
			return false;
	return s->counter_uj <= most && s->delta_uj <= most && s->late <= most;
}

/* The fields of a line in another order, and one more, with blanks. */
static void
shuffle(struct str line, struct output *out)
{
	static struct json rec;

	assert(json_parse(&rec, line) == NULL);
	for (size_t i = rec.n; i > 1; i--) {
		size_t j = any() % i;
		struct json_field f = rec.field[i - 1];

		rec.field[i - 1] = rec.field[j];
		rec.field[j] = f;
	}
	out->n = 0;
	output_text(out, " { \"more\":[1, 2]");
	for (size_t i = 0; i < rec.n; i++)
		json_put_field(out, &rec.field[i]);
	output_text(out, " } ");
	json_free(&rec);
}

static void
comes_back_whatever_it_is(void)
{
	struct output out, other;
	size_t quick = 0;

	output_in_memory(&out);
	output_in_memory(&other);
	for (int i = 0; i < ROUNDS; i++) {
		char name[NAME];
		struct sample s = some_sample(name), again;
		struct str line;
		char *exact;

		out.n = 0;
		sample_put(&out, &s);
		assert(out.buf[out.n - 1] == '\n');
		exact = malloc(out.n - 1); /* nothing behind it is read */
		assert(exact != NULL);
		memcpy(exact, out.buf, out.n - 1);
		line = (struct str){ exact, out.n - 1 };
		reads_as(line, &s);
		assert(quick_read(line, &again) || !is_plain(&s));
		quick += is_plain(&s);
		shuffle(line, &other);
		reads_as((struct str){ other.buf, other.n }, &s);
		free(exact);
	}
	assert(quick > ROUNDS / 4 && quick < ROUNDS);
	output_close(&out);
	output_close(&other);
}

static void
integer_is(const json_t *o, const char *key, bool has, uint64_t v)
{
	const json_t *f = json_object_get(o, key);

	if (has)
		assert((uint64_t)json_integer_value(f) == v);
	else
		assert(json_typeof(f) == JANSSON_NULL);
}

static void
another_reader_reads_the_same(void)
{
	struct output out;

	output_in_memory(&out);
	for (int i = 0; i < ROUNDS; i++) {
		char name[NAME];
		struct sample s = some_sample(name);
		const char *word = energy_status_word(s.status);
		json_t *o;

		/* jansson has integers of 63 bits, and doubles. */
		s.counter_uj >>= 1;
		s.delta_uj >>= 1;
		s.power_uw >>= 11;
		s.late >>= 1;
		out.n = 0;
		s.smooth = 5;
		s.has_smoothed = false;
		sample_put(&out, &s);
		o = json_loadb(out.buf, out.n, JSON_ALLOW_NUL, NULL);
		assert(o != NULL);
		assert(json_integer_value(json_object_get(o, "ts")) == s.ts);
		integer_is(o, "counter_uj", s.has_counter, s.counter_uj);
		integer_is(o, "delta_uj", s.has_delta, s.delta_uj);
		integer_is(o, "dur", s.has_dur, (uint64_t)s.dur);
		integer_is(o, "power_w_sma5", false, 0);
		if (s.has_power)
			assert(json_real_value(json_object_get(o, "power_w")) ==
			    (double)s.power_uw / 1e6);
		assert(strcmp(json_string_value(json_object_get(o, "status")),
			   word) == 0);
		json_decref(o);
	}
	output_close(&out);
}

static void
is_written_so(void)
{
	struct sample s = { .ts = 1000000000,
		.zone = str_of("intel-rapl:0"),
		.has_counter = true,
		.counter_uj = 123456,
		.has_delta = true,
		.delta_uj = 50000,
		.has_dur = true,
		.dur = 1000000,
		.has_power = true,
		.power_uw = 50000001,
		.read = 812 };
	struct output out;

	output_in_memory(&out);
	sample_put(&out, &s);
	s = (struct sample){ .zone = str_of("a\\\xff"),
		.status = ENERGY_UNREADABLE,
		.late = 3,
		.smooth = 2,
		.has_smoothed = true,
		.smoothed_uw = 5 };
	sample_put(&out, &s);
	assert(str_is((struct str){ out.buf, out.n },
	    "{\"type\":\"energy\",\"ts\":1000000000,\"zone\":\"intel-rapl:0\","
	    "\"counter_uj\":123456,\"delta_uj\":50000,\"dur\":1000000,"
	    "\"power_w\":50.000001,\"status\":\"ok\",\"read\":812}\n"
	    "{\"type\":\"energy\",\"ts\":0,\"zone\":\"a\\\\\\\\\\\\xff\","
	    "\"counter_uj\":null,\"delta_uj\":null,\"dur\":null,"
	    "\"power_w\":null,\"status\":\"unreadable\",\"late\":3,"
	    "\"read\":0,\"power_w_sma2\":0.000005}\n"));
	output_close(&out);
}

static void
power_is_rounded_to_a_uw(void)
{
	static const struct {
		const char *text;
		uint64_t uw;
	} good[] = {
		{ "50", 50000000 },
		{ "50.1", 50100000 },
		{ "5e1", 50000000 },
		{ "5.0E+1", 50000000 },
		{ "0.0000005", 1 },
		{ "0.00000049999", 0 },
		{ "4.9e-7", 0 },
		{ "5e-7", 1 },
		{ "5e-8", 0 },
		{ "-0.0", 0 },
		{ "0e999999999999", 0 },
		{ "1e-999999999999", 0 },
		{ "123456789e-9", 123457 },
		{ "18446744073709.551615", UINT64_MAX },
		{ "18446744073709.5516154", UINT64_MAX },
		{ "0.00000000000000000000000000000000000001e38", 1000000 },
	};
	static const char *const bad[] = { "-1", "-0.000001", "1e999999999999",
		"18446744073709.551616", "18446744073709.5516155",
		"100000000000000000000000000000000000000000000" };
	uint64_t uw;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert(
		    watts_read(str_of(good[i].text), &uw) && uw == good[i].uw);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!watts_read(str_of(bad[i]), &uw));
}

static void
is_refused(const char *why, const char *line)
{
	struct sample s;
	bool is;
	const char *says = sample_read(&reader, str_of(line), &s, &is);

	assert(says != NULL && strstr(says, why) != NULL && !is);
}

#define BEGIN "{\"type\":\"energy\",\"ts\":5,\"zone\":\"z\",\"status\":\"ok\","

static void
what_is_no_sample_is_refused(void)
{
	is_refused("ts", "{\"type\":\"energy\",\"zone\":\"z\"}");
	is_refused("zone", "{\"type\":\"energy\",\"ts\":5}");
	is_refused("status",
	    "{\"type\":\"energy\",\"ts\":5,\"zone\":\"z\","
	    "\"status\":\"good\"}");
	is_refused("dur", BEGIN "\"dur\":-1}");
	is_refused("dur", BEGIN "\"dur\":9223372036854775808}");
	is_refused("dur", BEGIN "\"ts\":-9223372036854775808,\"dur\":1}");
	is_refused("counter_uj", BEGIN "\"counter_uj\":-1}");
	is_refused("delta_uj", BEGIN "\"delta_uj\":18446744073709551616}");
	is_refused("delta_uj", BEGIN "\"delta_uj\":1.0}");
	/* Just as it would be written. */
	is_refused("delta_uj",
	    "{\"type\":\"energy\",\"ts\":5,\"zone\":\"z\",\"counter_uj\":0,"
	    "\"delta_uj\":18446744073709551616,\"dur\":1,\"power_w\":null,"
	    "\"status\":\"ok\"}");
	is_refused("power_w",
	    "{\"type\":\"energy\",\"ts\":5,\"zone\":\"z\",\"counter_uj\":0,"
	    "\"delta_uj\":1,\"dur\":1,\"power_w\":18446744073709.551616,"
	    "\"status\":\"ok\"}");
	is_refused("power_w", BEGIN "\"power_w\":-1}");
	is_refused("power_w", BEGIN "\"power_w\":\"1\"}");
	is_refused("late", BEGIN "\"late\":-1}");
	is_refused("JSON", "energy");
}

static void
other_records_are_left_to_others(void)
{
	struct sample s;
	bool is;

	assert(sample_read(&reader, str_of("{\"type\":\"end\",\"bad\":7}"), &s,
		   &is) == NULL);
	assert(!is && reader.rec.n == 2 && !sample_is_zone(&reader.rec));
	assert(sample_read(&reader,
		   str_of("{\"type\":\"\\u0065nergy\",\"ts\":1,\"zone\":\"\","
			  "\"status\":\"\\u006fk\"}"),
		   &s, &is) == NULL);
	assert(is && s.ts == 1 && !s.has_delta && s.zone.n == 0);
}

static void
zones_come_back(void)
{
	struct sample_zone z = { .ts = -5,
		.zone = { "\0\xff\"\\", 4 },
		.path = str_of("/sys/\xc3\xa9"),
		.role = str_of("package"),
		.has_range = true,
		.range_uj = UINT64_MAX },
			   y;
	struct sample s;
	struct output out;
	bool is;

	output_in_memory(&out);
	sample_put_zone(&out, &z);
	assert(sample_read(&reader, (struct str){ out.buf, out.n - 1 }, &s,
		   &is) == NULL);
	assert(!is && sample_is_zone(&reader.rec));
	assert(sample_read_zone(&reader, &y) == NULL);
	assert(y.ts == -5 && str_eq(y.zone, z.zone) && y.name.p == NULL);
	assert(str_eq(y.path, z.path) && str_eq(y.role, z.role) && !y.summed);
	assert(y.has_range && y.range_uj == UINT64_MAX && !y.has_counter);
	output_close(&out);
}

int
main(void)
{
	is_written_so();
	comes_back_whatever_it_is();
	another_reader_reads_the_same();
	power_is_rounded_to_a_uw();
	what_is_no_sample_is_refused();
	other_records_are_left_to_others();
	zones_come_back();
	sample_reader_free(&reader);
	return 0;
}
