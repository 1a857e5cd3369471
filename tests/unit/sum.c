/* SPDX-License-Identifier: MIT */
/*
 * sum: values that were worked out by hand, and that nothing is lost where
 * a time is divided
 */
#include "energy/sum.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "energy/statement.h"
#include "record/json.h"

enum { SECOND = 1000000000, LINES = 4000, TEXT = 1 << 10 };

static struct output out, notes;
static struct json rec;
static uint64_t state;

static uint64_t
any(uint64_t below)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (state >> 33) % below;
}

static struct arguments
plain(void)
{
	struct arguments a;

	arguments_open(&a);
	a.verb = VERB_SUM;
	return a;
}

/* Feeds a text of lines; the output is in out, what is to be said in notes. */
static bool
feed(const struct arguments *a, const char *by, const char *text)
{
	struct sum *sum;
	struct str rest = str_of(by), line;
	uint64_t bad = 0;
	bool incomplete;

	out.n = notes.n = 0;
	sum = sum_new(a, str_of("tk-energy sum"), &out);
	while (str_line(&rest, &line))
		bad += sum_line(sum, line) != NULL;
	sum_ready(sum);
	for (rest = str_of(text); str_line(&rest, &line);)
		bad += sum_line(sum, line) != NULL;
	incomplete = sum_end(sum, bad, &notes);
	sum_free(sum);
	return incomplete;
}

static void
wrote(const char *text)
{
	if (str_is((struct str){ out.buf, out.n }, text))
		return;
	fprintf(stderr, "is:\n%.*sshould be:\n%s", (int)out.n, out.buf, text);
	abort();
}

#define TRACE "{\"type\":\"trace\",\"version\":1,\"by\":\"tk-energy sum\"}\n"
#define END(records, samples)                                                  \
	"{\"type\":\"end\",\"records\":" records                               \
	",\"lost\":0,\"lost_marks\":0,\"bad\":0,\"samples\":" samples "}\n"
#define SAMPLE(ts, zone, delta, dur, power, status)                            \
	"{\"type\":\"energy\",\"ts\":" ts ",\"zone\":\"" zone                  \
	"\",\"counter_uj\":null,\"delta_uj\":" delta ",\"dur\":" dur           \
	",\"power_w\":" power ",\"status\":\"" status "\"}\n"

/*
 * 100 uJ in the first second; 50 uJ in three, of which one was told twice as
 * stale and one could not be read; then a reset of a second.
 */
#define ONE_ZONE                                                               \
	SAMPLE("1000000000", "a", "100", "1000000000", "0.000100", "ok")       \
	SAMPLE("2000000000", "a", "0", "1000000000", "null", "stale")          \
	SAMPLE("3000000000", "a", "null", "2000000000", "null", "unreadable")  \
	SAMPLE("4000000000", "a", "50", "3000000000", "0.000017", "wrap")      \
	SAMPLE("5000000000", "a", "null", "1000000000", "null", "reset")

static void
one_zone_adds_up(void)
{
	struct arguments a = plain();
	bool incomplete = feed(&a, "", ONE_ZONE);

	assert(incomplete);
	assert(str_is((struct str){ notes.buf, notes.n },
	    "energy was not measured: samples without an energy: 2\n"));
	/* 150 uJ in 4 s is 37.5 uW, so 38. */
	wrote(TRACE
	    "{\"type\":\"energy_sum\",\"ts\":0,\"zone\":\"a\","
	    "\"dur\":5000000000,\"measured\":4000000000,"
	    "\"unmeasured\":1000000000,\"energy_uj\":150,"
	    "\"mean_w\":0.000038,\"min_w\":0.000017,\"max_w\":0.000100,"
	    "\"samples\":5,\"wrap\":1,\"reset\":1,\"stale\":1,\"missed\":0,"
	    "\"unreadable\":1,\"unknown\":0}\n"
	    "{\"type\":\"energy_sum\",\"ts\":0,\"zone\":null,"
	    "\"dur\":5000000000,\"measured\":4000000000,"
	    "\"unmeasured\":1000000000,\"energy_uj\":150,"
	    "\"mean_w\":0.000038,\"min_w\":0.000017,\"max_w\":0.000100,"
	    "\"samples\":5,\"wrap\":1,\"reset\":1,\"stale\":1,\"missed\":0,"
	    "\"unreadable\":1,\"unknown\":0}\n" END("2", "5"));
}

static void
a_part_of_a_sample_counts_in_proportion(void)
{
	struct arguments a = plain();

	a.format = FORMAT_CSV;
	/* From 0.5 s to 2 s: a half of 100 uJ, and a third of 50 cut off. */
	a.from = SECOND / 2;
	a.to = 2 * (int64_t)SECOND;
	feed(&a, "", ONE_ZONE);
	wrote("ts,zone,dur,measured,unmeasured,energy_uj,mean_w,min_w,max_w,"
	      "samples,wrap,reset,stale,missed,unreadable,unknown\n"
	      "500000000,a,1500000000,1500000000,0,66,0.000044,0.000017,"
	      "0.000100,4,1,0,1,0,1,0\n"
	      "500000000,,1500000000,1500000000,0,66,0.000044,0.000017,"
	      "0.000100,4,1,0,1,0,1,0\n");
}

static void
windows_have_what_is_in_them(void)
{
	struct arguments a = plain();

	a.format = FORMAT_CSV;
	a.window = 2 * (int64_t)SECOND;
	feed(&a, "", ONE_ZONE);
	wrote("ts,zone,dur,measured,unmeasured,energy_uj,mean_w,min_w,max_w,"
	      "samples,wrap,reset,stale,missed,unreadable,unknown\n"
	      "0,a,2000000000,2000000000,0,116,0.000058,0.000017,0.000100,"
	      "2,0,0,1,0,0,0\n"
	      "0,,2000000000,2000000000,0,116,0.000058,0.000017,0.000100,"
	      "2,0,0,1,0,0,0\n"
	      "2000000000,a,2000000000,2000000000,0,34,0.000017,0.000017,"
	      "0.000017,2,1,0,0,0,1,0\n"
	      "2000000000,,2000000000,2000000000,0,34,0.000017,0.000017,"
	      "0.000017,2,1,0,0,0,1,0\n"
	      "4000000000,a,1000000000,0,1000000000,,,,,1,0,1,0,0,0,0\n"
	      "4000000000,,1000000000,0,1000000000,,,,,1,0,1,0,0,0,0\n");
}

static void
intervals_may_nest(void)
{
	struct arguments a = plain();
	bool incomplete;

	a.by = "spans";
	incomplete = feed(&a,
	    TRACE "{\"type\":\"span\",\"ts\":500000000,\"dur\":2000000000,"
		  "\"span\":7,\"trace\":3}\n"
		  "{\"type\":\"span\",\"ts\":500000000,\"dur\":null}\n"
		  "{\"type\":\"x\",\"ts\":1000000000,\"dur\":250000000}\n"
		  "{\"type\":\"x\",\"ts\":9000000000,\"dur\":1}\n"
		  "{\"type\":\"end\"}\n",
	    ONE_ZONE);
	assert(incomplete);
	assert(str_is((struct str){ notes.buf, notes.n },
	    "records of --by without ts or dur: 1\n"
	    "energy was not measured: samples without an energy: 2\n"
	    "energy was not measured: intervals without an energy: 1\n"));
	/* 50 and 25; a twelfth of 50, cut off; and what nobody measured. */
	wrote(TRACE
	    "{\"type\":\"energy_sum\",\"ts\":500000000,\"zone\":\"a\","
	    "\"dur\":2000000000,\"measured\":2000000000,\"unmeasured\":0,"
	    "\"energy_uj\":75,\"mean_w\":0.000038,\"interval\":2,"
	    "\"span\":7,\"trace\":3}\n"
	    "{\"type\":\"energy_sum\",\"ts\":500000000,\"zone\":null,"
	    "\"dur\":2000000000,\"measured\":2000000000,\"unmeasured\":0,"
	    "\"energy_uj\":75,\"mean_w\":0.000038,\"interval\":2,"
	    "\"span\":7,\"trace\":3}\n"
	    "{\"type\":\"energy_sum\",\"ts\":1000000000,\"zone\":\"a\","
	    "\"dur\":250000000,\"measured\":250000000,\"unmeasured\":0,"
	    "\"energy_uj\":4,\"mean_w\":0.000016,\"interval\":4,"
	    "\"span\":null,\"trace\":null}\n"
	    "{\"type\":\"energy_sum\",\"ts\":1000000000,\"zone\":null,"
	    "\"dur\":250000000,\"measured\":250000000,\"unmeasured\":0,"
	    "\"energy_uj\":4,\"mean_w\":0.000016,\"interval\":4,"
	    "\"span\":null,\"trace\":null}\n"
	    "{\"type\":\"energy_sum\",\"ts\":9000000000,\"zone\":null,"
	    "\"dur\":1,\"measured\":0,\"unmeasured\":1,\"energy_uj\":null,"
	    "\"mean_w\":null,\"interval\":5,\"span\":null,"
	    "\"trace\":null}\n" END("5", "5"));
}

#define ZONE(zone, summed)                                                     \
	"{\"type\":\"energy_zone\",\"ts\":0,\"zone\":\"" zone                  \
	"\",\"summed\":" summed "}\n"

/* 400 W for 10 s, and 10 W for a second of them: 410 W, not a mean of times. */
static void
mean_powers_of_zones_add_up(void)
{
	struct arguments a = plain();

	a.format = FORMAT_CSV;
	feed(&a, "",
	    SAMPLE("1000000000", "b", "10000000", "1000000000", "null", "ok")
		SAMPLE("10000000000", "a", "4000000000", "10000000000", "null",
		    "ok") SAMPLE("10000000000", "b", "null", "9000000000",
		    "null", "unreadable"));
	wrote("ts,zone,dur,measured,unmeasured,energy_uj,mean_w,min_w,max_w,"
	      "samples,wrap,reset,stale,missed,unreadable,unknown\n"
	      "0,b,10000000000,1000000000,9000000000,10000000,10.000000,,,"
	      "2,0,0,0,0,1,0\n"
	      "0,a,10000000000,10000000000,0,4000000000,400.000000,,,"
	      "1,0,0,0,0,0,0\n"
	      "0,,10000000000,1000000000,9000000000,4010000000,410.000000,,,"
	      "3,0,0,0,0,1,0\n");
}

/* The same, of the interval from 0 s to 5 s. */
static void
mean_powers_in_an_interval_add_up(void)
{
	struct arguments a = plain();

	a.format = FORMAT_CSV;
	a.by = "spans";
	feed(&a, "{\"ts\":0,\"dur\":5000000000}\n",
	    SAMPLE("1000000000", "b", "10000000", "1000000000", "null", "ok")
		SAMPLE("10000000000", "a", "4000000000", "10000000000", "null",
		    "ok"));
	wrote("ts,zone,dur,measured,unmeasured,energy_uj,mean_w,interval,span,"
	      "trace\n"
	      "0,b,5000000000,1000000000,4000000000,10000000,10.000000,1,,\n"
	      "0,a,5000000000,5000000000,0,2000000000,400.000000,1,,\n"
	      "0,,5000000000,1000000000,4000000000,2010000000,410.000000,1,"
	      ",\n");
}

static void
zones_left_out_are_not_in_the_sum(void)
{
	struct arguments a = plain();

	a.format = FORMAT_CSV;
	feed(&a, "",
	    ZONE("psys", "false") ZONE("b", "true")
		SAMPLE("20", "psys", "900", "10", "90000.000000", "ok")
		    SAMPLE("10", "a", "100", "10", "10000.000000", "ok")
			SAMPLE("12", "b", "50", "10", "5000.000000", "ok"));
	wrote("ts,zone,dur,measured,unmeasured,energy_uj,mean_w,min_w,max_w,"
	      "samples,wrap,reset,stale,missed,unreadable,unknown\n"
	      "0,psys,20,10,10,900,90000.000000,90000.000000,90000.000000,"
	      "1,0,0,0,0,0,0\n"
	      "0,b,12,10,2,50,5000.000000,5000.000000,5000.000000,"
	      "1,0,0,0,0,0,0\n"
	      "0,a,10,10,0,100,10000.000000,10000.000000,10000.000000,"
	      "1,0,0,0,0,0,0\n"
	      "0,,12,10,2,150,15000.000000,,,2,0,0,0,0,0,0\n");
}

static void
streams_add_up_whatever_their_times_are(void)
{
	struct arguments a = plain();
	bool incomplete;

	a.format = FORMAT_CSV;
	incomplete = feed(&a, "",
	    TRACE SAMPLE("1000", "a", "100", "100", "1000", "ok")
		TRACE SAMPLE("500", "a", "18446744073709551615", "50", "null",
		    "ok") SAMPLE("90", "a", "18446744073709551615", "20",
		    "null", "ok"));
	assert(incomplete);
	wrote("ts,zone,dur,measured,unmeasured,energy_uj,mean_w,min_w,max_w,"
	      "samples,wrap,reset,stale,missed,unreadable,unknown\n"
	      "900,a,170,170,0,36893488147419103330,"
	      "217020518514230019588.235294,1000.000000,1000.000000,"
	      "3,0,0,0,0,0,0\n"
	      "900,,170,170,0,36893488147419103330,"
	      "217020518514230019588.235294,1000.000000,1000.000000,"
	      "3,0,0,0,0,0,0\n");
}

static void
is_trouble(const char *by, const char *samples, const char *says)
{
	struct arguments a = plain();
	struct sum *sum;

	a.by = "spans";
	sum = sum_new(&a, str_of("x"), &out);
	sum_line(sum, str_of(by));
	sum_ready(sum);
	sum_line(sum, str_of("{\"type\":\"trace\"}"));
	assert(sum_trouble(sum) == NULL);
	sum_line(sum, str_of(samples));
	if (says == NULL)
		assert(sum_trouble(sum) == NULL);
	else
		assert(strcmp(sum_trouble(sum), says) == 0);
	sum_free(sum);
}

#define TIMES(clock, boot)                                                     \
	"{\"type\":\"trace\",\"clock\":\"" clock "\",\"boot_id\":\"" boot "\"}"

static void
times_that_differ_are_told(void)
{
	is_trouble(TIMES("mono", "1"), TIMES("mono", "1"), NULL);
	is_trouble("{\"type\":\"trace\"}", TIMES("mono", "1"), NULL);
	is_trouble(TIMES("mono", "1"), TIMES("boot", "1"),
	    "spans: times of the clock mono, but the samples have those of "
	    "boot");
	/* They are for people, and do a terminal no harm. */
	is_trouble(TIMES("mono", "\xc2\x9b"), TIMES("mono", "2"),
	    "spans: times of another boot: \\xc2\\x9b, but the samples are "
	    "of 2");
	is_trouble(TIMES("mono", "1"), TIMES("mono", "2"),
	    "spans: times of another boot: 1, but the samples are of 2");
}

/* Zones with gaps, stale samples and others; the ends of windows are near. */
static char *
some_lines(void)
{
	static char text[LINES * TEXT / 4];
	static const char *const words[] = { "ok", "ok", "ok", "wrap", "missed",
		"stale", "unreadable", "reset" };
	int64_t last[3] = { 5, 5, 5 }, now = 5;
	size_t n = 0;

	for (int i = 0; i < LINES; i++) {
		size_t zone = any(3), status = any(8);
		bool measured = status < 5;

		now += (int64_t)any(30);
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    SAMPLE("%lld", "%zu", "%llu", "%lld", "null", "%s"),
		    (long long)now, zone,
		    (unsigned long long)(measured ? any(1000) : 0),
		    (long long)(now - last[zone]), words[status]);
		if (measured || status == 7)
			last[zone] = now;
	}
	return text;
}

struct total {
	int64_t uj, measured, samples;
};

/* Adds up the rows of all zones together. */
static struct total
total_of(void)
{
	struct str rest = { out.buf, out.n }, line;
	struct total t = { 0 };

	while (str_line(&rest, &line)) {
		const struct json_field *zone;
		int64_t v;

		assert(json_parse(&rec, line) == NULL);
		zone = json_get(&rec, "zone");
		if (zone == NULL || zone->kind == JSON_NULL)
			continue;
		if (json_s64(json_get(&rec, "energy_uj"), &v))
			t.uj += v;
		if (json_s64(json_get(&rec, "measured"), &v))
			t.measured += v;
		if (json_s64(json_get(&rec, "samples"), &v))
			t.samples += v;
	}
	return t;
}

static void
windows_add_up_to_the_whole(const char *text)
{
	struct arguments a = plain();
	struct total whole, t;

	feed(&a, "", text);
	whole = total_of();
	assert(whole.uj > 0 && whole.samples == LINES);
	for (int64_t window = 1; window < 2000; window += window / 2 + 1) {
		a = plain();
		a.window = window;
		feed(&a, "", text);
		t = total_of();
		assert(t.uj == whole.uj && t.measured == whole.measured);
		assert(t.samples == whole.samples);
	}
}

static void
ranges_add_up_to_the_whole(const char *text)
{
	struct arguments a = plain();
	struct total whole, before, behind;

	feed(&a, "", text);
	whole = total_of();
	for (int64_t at = 6; at < LINES * 15; at += 997) {
		a = plain();
		a.to = at;
		feed(&a, "", text);
		before = total_of();
		a = plain();
		a.from = at;
		feed(&a, "", text);
		behind = total_of();
		assert(before.uj + behind.uj == whole.uj);
		assert(before.measured + behind.measured == whole.measured);
	}
}

/* What the one row for all intervals of a text says of the energy. */
static int64_t
sum_of_intervals(void)
{
	struct str rest = { out.buf, out.n }, line;
	int64_t uj = 0, v;

	while (str_line(&rest, &line)) {
		const struct json_field *zone;

		assert(json_parse(&rec, line) == NULL);
		zone = json_get(&rec, "zone");
		if (zone != NULL && zone->kind == JSON_NULL &&
		    json_s64(json_get(&rec, "energy_uj"), &v))
			uj += v;
	}
	return uj;
}

static void
intervals_that_tile_add_up(const char *text)
{
	static char by[LINES * TEXT / 4];
	struct arguments a = plain();
	struct total whole;
	int64_t at = 0, dur;
	size_t n = 0;

	feed(&a, "", text);
	whole = total_of();
	for (int i = 0; i < LINES; i++, at += dur) {
		dur = i + 1 < LINES ? (int64_t)any(40) : LINES * 40;
		n += (size_t)snprintf(by + n, sizeof(by) - n,
		    "{\"type\":\"span\",\"ts\":%lld,\"dur\":%lld}\n",
		    (long long)at, (long long)dur);
	}
	a.by = "spans";
	feed(&a, by, text);
	assert(sum_of_intervals() == whole.uj);
}

/* Reads the first row that is of all zones. */
static void
read_first_sum(void)
{
	struct str rest = { out.buf, out.n }, line;
	const struct json_field *zone;

	while (str_line(&rest, &line)) {
		assert(json_parse(&rec, line) == NULL);
		zone = json_get(&rec, "zone");
		if (zone != NULL && zone->kind == JSON_NULL)
			return;
	}
	assert(!"there is a row of all zones");
}

/* One interval has what the range of the same times has. */
static void
intervals_are_as_ranges(const char *text)
{
	for (int i = 0; i < 50; i++) {
		struct arguments a = plain();
		int64_t from = 1 + (int64_t)any(LINES * 14), uj;
		int64_t dur = 2 * (1 + (int64_t)any(LINES));
		int64_t middle = from + dur / 2;
		char by[TEXT];

		snprintf(by, sizeof(by),
		    "{\"ts\":%lld,\"dur\":%lld}\n{\"ts\":1,\"dur\":99}\n"
		    "{\"ts\":%lld,\"dur\":0}\n",
		    (long long)from, (long long)dur, (long long)middle);
		a.from = from;
		a.to = from + dur;
		feed(&a, "", text);
		uj = total_of().uj;
		a = plain();
		a.by = "spans";
		feed(&a, by, text);
		assert(str_starts((struct str){ out.buf, out.n }, TRACE));
		read_first_sum();
		assert(json_s64(json_get(&rec, "energy_uj"), &from) || uj == 0);
		assert(uj == 0 || from == uj);
	}
}

static void
windows_come_in_order_and_once(const char *text)
{
	struct arguments a = plain();
	struct str rest, line;
	int64_t last = -1, ts;

	a.window = 100;
	feed(&a, "", text);
	rest = (struct str){ out.buf, out.n };
	while (str_line(&rest, &line)) {
		const struct json_field *zone;

		assert(json_parse(&rec, line) == NULL);
		zone = json_get(&rec, "zone");
		if (zone == NULL || zone->kind != JSON_NULL)
			continue;
		assert(json_s64(json_get(&rec, "ts"), &ts) && ts > last);
		last = ts;
	}
	assert(last > LINES);
}

/* One zone each 10, the other at the end alone; both were told of at first. */
static void
windows_wait_for_zones_without_samples(int64_t begin, int64_t from)
{
	struct arguments a = plain();
	size_t n = 0, rows = 0;
	char text[LINES];
	struct str rest, line;

	a.window = 20;
	a.from = from;
	for (int i = 0; i < 2; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    "{\"type\":\"energy_zone\",\"ts\":%d,\"zone\":\"%c\","
		    "\"summed\":true}\n",
		    (int)begin, "ab"[i]);
	for (int i = 1; i <= 6; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
		    SAMPLE("%d", "a", "10", "10", "null", "ok"),
		    (int)begin + 10 * i);
	snprintf(text + n, sizeof(text) - n,
	    SAMPLE("%d", "b", "600", "60", "null", "ok"), (int)begin + 60);
	feed(&a, "", text);
	for (rest = (struct str){ out.buf, out.n }; str_line(&rest, &line);) {
		int64_t uj;

		assert(json_parse(&rec, line) == NULL);
		if (!json_s64(json_get(&rec, "energy_uj"), &uj) ||
		    json_get(&rec, "zone")->kind != JSON_NULL)
			continue;
		assert(uj == 20 + 200);
		rows++;
	}
	assert(rows == (from != INT64_MIN ? 2 : 3));
}

/*
 * A sample of more windows than may be open: each has its part, whether the
 * other zone has passed by then or comes behind.
 */
static void
a_long_sample_goes_through_all_windows(bool behind)
{
	static const char other[] = SAMPLE("1000000", "b", "10", "10", "null",
	    "ok");
	static const char first[] = SAMPLE("10", "b", "10", "10", "null", "ok");
	struct arguments a = plain();
	char text[TEXT];
	struct total t;

	a.window = 1;
	snprintf(text, sizeof(text), ZONE("a", "true") "%s%s%s", first,
	    SAMPLE("1000000", "a", "3000000", "1000000", "null", "ok"),
	    behind ? other : "");
	feed(&a, "", text);
	assert(notes.n == 0);
	t = total_of();
	assert(t.uj == 3000000 + 10 + (behind ? 10 : 0));
	assert(t.samples == 2 + behind);
	assert(t.measured == 1000010 + (behind ? 10 : 0));
}

/* Each sample opens a window that a zone without samples keeps open. */
static void
windows_that_stay_open_are_bounded(void)
{
	struct arguments a = plain();
	struct sum *sum;
	char text[TEXT];

	a.window = 1;
	out.n = 0;
	sum = sum_new(&a, str_of("x"), &out);
	sum_ready(sum);
	assert(sum_line(sum,
		   str_of(SAMPLE("1", "b", "1", "1", "null", "ok"))) == NULL);
	for (int i = 2; i <= 300000; i++) {
		snprintf(text, sizeof(text),
		    SAMPLE("%d", "a", "2", "1", "null", "ok"), i);
		assert(sum_line(sum, str_of(text)) == NULL);
	}
	/* It comes for windows that were closed, and for others. */
	assert(sum_line(sum,
		   str_of(SAMPLE("300000", "b", "299999", "299999", "null",
		       "ok"))) == NULL);
	notes.n = 0;
	sum_end(sum, 0, &notes);
	assert(total_of().uj == 1 + 2 * 299999 + 299999);
	notes.buf[notes.n] = '\0';
	assert(strstr(notes.buf, "are in several rows") != NULL);
	sum_free(sum);
}

static void
too_many_windows_are_refused(void)
{
	struct arguments a = plain();
	struct sum *sum;

	a.window = 1;
	out.n = 0;
	sum = sum_new(&a, str_of("x"), &out);
	sum_ready(sum);
	assert(sum_line(sum,
		   str_of(SAMPLE("9223372036854775807", "a", "1",
		       "9223372036854775807", "null", "ok"))) != NULL);
	assert(sum_line(sum,
		   str_of(SAMPLE("-9223372036854775807", "a", "1", "1", "null",
		       "ok"))) == NULL);
	notes.n = 0;
	sum_end(sum, 1, &notes);
	assert(total_of().uj == 1 && total_of().samples == 1);
	assert(str_is(str_of(sum_trouble(sum)),
	    "1 samples are not counted: they go through more than 16777216 "
	    "windows, so --window should be longer"));
	sum_free(sum);
}

int
main(void)
{
	const char *text = some_lines();

	output_in_memory(&out);
	output_in_memory(&notes);
	one_zone_adds_up();
	a_part_of_a_sample_counts_in_proportion();
	windows_have_what_is_in_them();
	intervals_may_nest();
	mean_powers_of_zones_add_up();
	mean_powers_in_an_interval_add_up();
	zones_left_out_are_not_in_the_sum();
	streams_add_up_whatever_their_times_are();
	times_that_differ_are_told();
	windows_add_up_to_the_whole(text);
	ranges_add_up_to_the_whole(text);
	intervals_that_tile_add_up(text);
	intervals_are_as_ranges(text);
	windows_come_in_order_and_once(text);
	windows_wait_for_zones_without_samples(0, INT64_MIN);
	windows_wait_for_zones_without_samples(-1000, INT64_MIN);
	windows_wait_for_zones_without_samples(1000, INT64_MIN);
	windows_wait_for_zones_without_samples(1000, 1020);
	a_long_sample_goes_through_all_windows(true);
	a_long_sample_goes_through_all_windows(false);
	windows_that_stay_open_are_bounded();
	too_many_windows_are_refused();
	output_close(&out);
	output_close(&notes);
	json_free(&rec);
	return 0;
}
