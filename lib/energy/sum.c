/* SPDX-License-Identifier: MIT */
#include "energy/sum.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "energy/intervals.h"
#include "energy/ledger.h"
#include "energy/periods.h"
#include "energy/sum_rows.h"
#include "energy/times.h"
#include "record/frame.h"

static const size_t ANY = SIZE_MAX;

struct sum {
	struct ledger ledger;
	struct sample_reader reader;
	struct frame frame, by_frame;
	struct statement statement;
	struct str command;
	const char *by; /* the name of that file, or NULL */
	bool ready;
	bool begun; /* a trace record is written */
	struct intervals intervals;
	bool windows, placed; /* placed: it is known where they begin */
	struct periods periods;
	struct extent seen; /* of all zones, in this stream */
	size_t laggard;     /* a zone that windows wait for, or ANY of them */
	struct times times, by_times;
	struct output trouble;
	uint64_t samples;   /* in the range */
	uint64_t no_energy; /* of these, those without an energy */
	uint64_t empty;     /* intervals without an energy */
	uint64_t foreign;   /* streams of other clocks, boots or hosts */
	uint64_t overlaps;  /* zones whose streams overlap */
	uint64_t by_lines;  /* of --by */
	uint64_t no_time;   /* of these, records without ts or dur */
	uint64_t too_far;   /* samples that go through too many windows */
};

static void begin_output(struct sum *, const struct json *trace);

static void
put_period(void *arg, const struct period *w)
{
	struct sum *sum = arg;

	begin_output(sum, NULL);
	rows_put_window(&sum->statement, &sum->ledger, w, &sum->seen);
}

struct sum *
sum_new(const struct arguments *a, struct str command, struct output *out)
{
	struct account_range range = { a->from, a->to };
	struct sum *sum = mem_alloc(sizeof(*sum));

	ledger_open(&sum->ledger, range);
	sum->command = command;
	sum->statement = (struct statement){ .out = out,
		.format = a->format,
		.times = a->window > 0 || a->by != NULL };
	sum->by = a->by;
	sum->windows = a->window > 0;
	sum->placed = a->from != INT64_MIN;
	sum->laggard = ANY;
	sum->periods = (struct periods){ .range = range,
		.length = a->window,
		.done = put_period,
		.arg = sum };
	if (sum->windows)
		periods_begin(&sum->periods, a->from);
	output_in_memory(&sum->trouble);
	return sum;
}

void
sum_free(struct sum *sum)
{
	ledger_close(&sum->ledger);
	sample_reader_free(&sum->reader);
	intervals_free(&sum->intervals);
	periods_free(&sum->periods);
	times_free(&sum->times);
	times_free(&sum->by_times);
	output_close(&sum->trouble);
	free(sum);
}

/* A stream ends: nothing comes for its windows any more. */
static void
end_stream(struct sum *sum)
{
	sum->laggard = ANY;
	periods_turn(&sum->periods);
	extent_close(&sum->seen);
	ledger_turn(&sum->ledger);
}

/* Returns the time that all zones but the one found last have settled to. */
static int64_t
others_settled(struct ledger *l)
{
	struct entry *e = &l->entry[l->at];
	int64_t settled = e->settled, least;

	e->settled = INT64_MAX;
	least = ledger_settled(l);
	e->settled = settled;
	return least;
}

/* Adds a sample to its windows. */
static void
take_in_windows(struct sum *sum, const struct sample *s)
{
	struct periods *p = &sum->periods;
	const struct account_range *range = &sum->ledger.range;
	int64_t from = s->ts - s->dur;

	if (!sum->placed)
		periods_begin(p, from);
	sum->placed = true;
	extent_add(&sum->seen, from > range->from ? from : range->from,
	    s->ts < range->to ? s->ts : range->to);
	periods_add(p, sum->ledger.at, s,
	    periods_count(p, s) < PERIODS_LONG ? INT64_MIN
					       : others_settled(&sum->ledger));
}

/*
 * Hands on the windows that no zone can reach any more.  A zone's first sample
 * settles nothing: others that were not told of may come behind it.
 */
static void
pass_windows(struct sum *sum, struct entry *z, const struct sample *s)
{
	struct ledger *ledger = &sum->ledger;
	bool settles = !z->fresh && s->status != ENERGY_STALE &&
	    s->status != ENERGY_UNREADABLE;

	z->fresh = false;
	if (settles)
		z->settled = s->ts;
	if (z->settled < periods_first(&sum->periods) ||
	    (ledger->at != sum->laggard && sum->laggard != ANY))
		return;
	periods_pass(&sum->periods, ledger_settled(ledger));
	sum->laggard = ledger_behind(ledger, periods_first(&sum->periods));
}

/* Tells whether a sample goes through too many windows; counts it then. */
static bool
goes_too_far(struct sum *sum, const struct sample *s)
{
	if (s->dur / sum->periods.length < PERIODS_MOST ||
	    periods_count(&sum->periods, s) <= PERIODS_MOST)
		return false;
	sum->too_far++;
	return true;
}

static const char *
take(struct sum *sum, const struct sample *s)
{
	struct ledger *ledger = &sum->ledger;
	struct entry *z = ledger_find(ledger, s->zone);
	bool reaches = account_reaches(s, ledger->range);

	if (sum->windows && reaches && goes_too_far(sum, s))
		return "it goes through too many windows";
	if (ledger_goes_back(ledger, s->ts))
		end_stream(sum);
	ledger_see(ledger, s->ts - s->dur, s->ts);
	if (!reaches)
		return NULL;
	if (sum->windows)
		take_in_windows(sum, s);
	account_add(&z->account, s, ledger->range);
	account_count(&z->account, s);
	sum->samples++;
	sum->no_energy += !s->has_delta;
	if (sum->windows)
		pass_windows(sum, z, s);
	if (sum->by != NULL)
		intervals_take(&sum->intervals, ledger->at, s, ledger->range);
	return NULL;
}

static const char *
take_zone(struct sum *sum)
{
	struct sample_zone told;
	const char *why = sample_read_zone(&sum->reader, &told);
	struct entry *z;

	if (why != NULL)
		return why;
	z = ledger_find(&sum->ledger, told.zone);
	z->summed = told.summed;
	if (ledger_goes_back(&sum->ledger, told.ts))
		end_stream(sum);
	ledger_see(&sum->ledger, told.ts, told.ts);
	return NULL;
}

/* Writes the one trace record there is, before anything else. */
static void
begin_output(struct sum *sum, const struct json *trace)
{
	const struct frame_trace none = { 0 };
	struct statement *st = &sum->statement;

	if (sum->begun || st->format == FORMAT_TEXT || st->format == FORMAT_CSV)
		return;
	sum->begun = true;
	if (trace != NULL)
		frame_pass_trace(st->out, trace, NULL, sum->command);
	else
		frame_put_trace(st->out, &none, sum->command);
}

static const char *
take_interval(struct sum *sum, struct str line)
{
	struct json *rec = &sum->reader.rec;
	const char *why = json_parse(rec, line);
	struct interval i = { .no = ++sum->by_lines };
	enum frame_kind kind;
	int64_t dur;

	if (why != NULL)
		return why;
	kind = frame_read(&sum->by_frame, rec);
	if (kind == FRAME_TRACE)
		times_keep(&sum->by_times, rec);
	if (kind != FRAME_NONE)
		return NULL;
	if (!json_s64(json_get(rec, "ts"), &i.range.from) ||
	    !json_s64(json_get(rec, "dur"), &dur)) {
		sum->no_time++;
		return NULL;
	}
	if (dur < 0 || __builtin_add_overflow(i.range.from, dur, &i.range.to))
		return "dur is below 0 or ends after any time";
	i.has_span = json_u64(json_get(rec, "span"), &i.span);
	i.has_trace = json_u64(json_get(rec, "trace"), &i.trace);
	intervals_add(&sum->intervals, &i);
	return NULL;
}

/* Takes a record that is no sample. */
static const char *
take_other(struct sum *sum)
{
	const struct json *rec = &sum->reader.rec;

	if (frame_read(&sum->frame, rec) == FRAME_TRACE) {
		end_stream(sum);
		sum->foreign += times_differ(&sum->times, rec);
		times_keep(&sum->times, rec);
		if (sum->trouble.n == 0)
			times_compare(&sum->by_times, sum->by, &sum->times,
			    &sum->trouble);
		begin_output(sum, rec);
	}
	return sample_is_zone(rec) ? take_zone(sum) : NULL;
}

void
sum_ready(struct sum *sum)
{
	sum->ready = true;
	if (sum->by != NULL)
		intervals_ready(&sum->intervals);
}

const char *
sum_line(struct sum *sum, struct str line)
{
	struct sample s;
	const char *why;
	bool is;

	if (!sum->ready)
		return take_interval(sum, line);
	why = sample_read(&sum->reader, line, &s, &is);
	if (why != NULL)
		return why;
	return is ? take(sum, &s) : take_other(sum);
}

const char *
sum_trouble(const struct sum *sum)
{
	return sum->trouble.n > 0 ? sum->trouble.buf : NULL;
}

static void
put_end(struct sum *sum, uint64_t bad)
{
	struct output *out = sum->statement.out;
	const struct frame *f = &sum->frame;

	if (!sum->begun)
		return;
	frame_open_end(out, sum->statement.rows, f->lost, f->lost_marks,
	    f->bad + bad);
	json_put_u64(out, "samples", sum->samples);
	if (f->short_cut)
		json_put_bool(out, "cut_short", true);
	json_close(out);
}

/* Streams are added up, whatever they are of. */
static void
put_stream_notes(const struct sum *sum, struct output *notes)
{
	if (sum->foreign > 0)
		output_printf(notes,
		    "recordings of another machine, boot or clock than the "
		    "first: %" PRIu64 "; all are added up\n",
		    sum->foreign);
	else if (sum->overlaps > 0)
		output_printf(notes,
		    "zones whose recordings overlap, or are not in order of "
		    "time: %" PRIu64 "; what is in two of them counts twice\n",
		    sum->overlaps);
}

static void
put_notes(const struct sum *sum, struct output *notes)
{
	if (sum->no_time > 0)
		output_printf(notes,
		    "records of --by without ts or dur: %" PRIu64 "\n",
		    sum->no_time);
	if (sum->by_frame.short_cut)
		output_text(notes,
		    "the records of --by were cut short: their end is "
		    "missing\n");
	if (sum->frame.short_cut)
		output_text(notes,
		    "the records were cut short: their end is missing\n");
	if (sum->no_energy > 0)
		output_printf(notes,
		    "energy was not measured: samples without an energy: "
		    "%" PRIu64 "\n",
		    sum->no_energy);
	if (sum->empty > 0)
		output_printf(notes,
		    "energy was not measured: intervals without an energy: "
		    "%" PRIu64 "\n",
		    sum->empty);
	if (sum->periods.again > 0)
		output_printf(notes,
		    "%" PRIu64 " windows are in several rows, which add up: a "
		    "zone came late, or was behind by more than fits memory\n",
		    sum->periods.again);
	put_stream_notes(sum, notes);
	if (sum->samples == 0)
		output_text(notes, "there is no sample of this time\n");
}

bool
sum_end(struct sum *sum, uint64_t bad, struct output *notes)
{
	begin_output(sum, NULL);
	frame_finish(&sum->frame);
	frame_finish(&sum->by_frame);
	if (sum->windows)
		periods_turn(&sum->periods);
	else if (sum->by != NULL && sum_trouble(sum) == NULL)
		sum->empty = rows_put_intervals(&sum->statement, &sum->ledger,
		    &sum->intervals);
	else if (sum->by == NULL)
		rows_put(&sum->statement, &sum->ledger);
	if (sum->too_far > 0 && sum->trouble.n == 0) {
		output_printf(&sum->trouble,
		    "%" PRIu64 " samples are not counted: they go through more "
		    "than %d windows, so --window should be longer",
		    sum->too_far, PERIODS_MOST);
		output_byte(&sum->trouble, '\0');
	}
	statement_end(&sum->statement, sum->by != NULL);
	put_end(sum, bad);
	sum->overlaps = ledger_overlaps(&sum->ledger);
	put_notes(sum, notes);
	return sum->frame.short_cut || sum->frame.lost_marks > 0 ||
	    sum->by_frame.short_cut || sum->by_frame.lost_marks > 0 ||
	    sum->no_energy > 0 || sum->empty > 0 || sum->samples == 0;
}
