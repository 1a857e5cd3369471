/* SPDX-License-Identifier: MIT */
#include "workload/forms.h"

#include <stdio.h>

#include "base/duration.h"
#include "record/frame.h"
#include "workload/moment.h"

#define USUAL_MHZ 2400.0

static const struct {
	const char *name;
	enum form form;
} names[] = {
	{ "tracekit", FORM_TRACEKIT },
	{ "collection", FORM_TRACEKIT },
	{ "records", FORM_RECORDS },
	{ "swf", FORM_SWF },
	{ "gwf", FORM_GWF },
	{ "wfformat", FORM_WFFORMAT },
	{ "trace", FORM_TRACE },
};

static const int64_t ns_per_ms = 1000000, usual_window_ns = 1000000000;

void
forms_open(struct forms *f)
{
	*f = (struct forms){
		.to = FORM_RECORDS,
		.window_ns = usual_window_ns,
	};
	output_in_memory(&f->records);
}

void
forms_close(struct forms *f)
{
	bag_free(f->bag);
	gwf_close(&f->gwf);
	traced_close(&f->traced);
	json_free(&f->record);
	task_room_free(&f->room);
	output_close(&f->records);
	*f = (struct forms){ 0 };
}

static const char *
take_form(const char *argument, enum form *form)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(argument, names[i].name) == 0) {
			*form = names[i].form;
			return NULL;
		}
	return "no form that is known";
}

static const char *
take_fragment(struct forms *f, const char *argument)
{
	const int64_t most = 86400000 * ns_per_ms * 365;

	f->has_window = true;
	if (strcmp(argument, "change") == 0) {
		f->window_ns = ns_per_ms;
		return NULL;
	}
	if (!duration_read(str_of(argument), &f->window_ns) ||
	    f->window_ns < ns_per_ms || f->window_ns % ns_per_ms != 0 ||
	    f->window_ns > most)
		return "neither change nor a time in whole ms, up to a year";
	return NULL;
}

const char *
forms_option(struct forms *f, int option, const char *argument)
{
	const int64_t most = 253402300800000; /* the year 10000 */
	int64_t ns;

	switch (option) {
	case FORMS_EPOCH:
		f->has_epoch = true;
		if (joblog_decimal(str_of(argument), &ns) && ns >= 0)
			f->epoch_ms = ns / ns_per_ms;
		else if (!moment_read(str_of(argument), &f->epoch_ms) ||
		    f->epoch_ms < 0 || f->epoch_ms > most)
			return "neither seconds since 1970 nor a time as "
			       "2026-08-04T15:20:00Z";
		return NULL;
	case FORMS_FRAGMENT:
		return take_fragment(f, argument);
	case FORMS_FROM:
		return take_form(argument, &f->from);
	default:
		return take_form(argument, &f->to);
	}
}

const char *
forms_options_end(const struct forms *f)
{
	if (f->to == FORM_TRACEKIT || f->to == FORM_GWF || f->to == FORM_TRACE)
		return "--to is for records, swf or wfformat";
	if (f->from == FORM_RECORDS && f->to == FORM_RECORDS)
		return "--from records: --to is for swf or wfformat";
	if (f->has_window && f->from != FORM_TRACE)
		return "--fragment is for --from trace";
	if (f->has_window && f->to != FORM_RECORDS)
		return "--fragment is for --to records";
	if (f->has_epoch && f->to != FORM_SWF &&
	    (f->from == FORM_TRACEKIT || f->from == FORM_RECORDS))
		return "--epoch: these times count from 1970";
	return NULL;
}

const char *
forms_rule(struct forms *f, double mhz, const struct assembled_rules *rules)
{
	const struct basis_refusal *refuse = &rules->refuse;

	f->mhz = mhz;
	f->floor_mhz = rules->fragments.floor_mhz;
	f->refuse = *refuse;
	if (f->from == FORM_RECORDS && refuse->kinds != 0)
		return "--refuse head, gap, tail: fragments are passed over";
	if (f->from == FORM_TRACE &&
	    (refuse->assumed & ~(unsigned)TASK_ASSUMED_DURATION) != 0)
		return "--refuse: no trace tells that of its threads";
	return NULL;
}

void
forms_begin(struct forms *f, struct output *out, struct str command)
{
	double mhz = f->mhz > 0 ? f->mhz : USUAL_MHZ;

	f->out = out;
	f->bag = bag_new();
	bag_rule(f->bag, f->floor_mhz, &f->refuse);
	f->swf.log.mhz = f->gwf.log.mhz = f->wfformat.mhz = mhz;
	f->swf.start_given = f->has_epoch;
	f->gwf.log.start_ms = f->wfformat.epoch = f->epoch_ms;
	if (f->to == FORM_RECORDS)
		frame_put_trace(out, &(struct frame_trace){ 0 }, command);
}

/* Makes a key of an id: ids begin anew in each stream. */
static struct str
key_of(const struct forms *f, int32_t id, char text[48])
{
	int n = snprintf(text, 48, "%llu/%d", (unsigned long long)f->streams,
	    id);

	return (struct str){ text, (size_t)n };
}

static const char *
add_record(struct forms *f)
{
	char child[48], other[48];
	struct task t;
	const char *why = task_read(&f->room, &f->record, &t);
	struct str key;

	if (why != NULL)
		return why;
	key = key_of(f, t.id, child);
	bag_add(f->bag, &t, key, NULL);
	for (size_t i = 0; i < t.parents; i++)
		bag_depend(f->bag, key, key_of(f, t.parent[i], other));
	for (size_t i = 0; i < t.children; i++)
		bag_depend(f->bag, key_of(f, t.child[i], other), key);
	return NULL;
}

static const char *
take_record(struct forms *f, struct str line)
{
	const char *why = json_parse(&f->record, line);
	const struct json_field *type;

	if (why != NULL)
		return why;
	type = json_get(&f->record, "type");
	if (type == NULL || type->kind != JSON_STRING)
		return "a record without a type";
	if (frame_read(&f->frame, &f->record) == FRAME_TRACE)
		f->streams++;
	if (str_is(type->value, "task") || str_is(type->value, "failed_task"))
		return add_record(f);
	return NULL;
}

const char *
forms_line(struct forms *f, struct str line)
{
	switch (f->from) {
	case FORM_RECORDS:
		return take_record(f, line);
	case FORM_SWF:
		return swf_line(&f->swf, line, f->bag);
	case FORM_GWF:
		return gwf_line(&f->gwf, line, f->bag);
	default:
		return NULL;
	}
}

static const char *
read_document(struct forms *f, struct input *in)
{
	enum { PIECE = 1 << 16 };
	const size_t most = (size_t)1 << 30;
	const char *why = NULL;
	struct output text;
	size_t got;

	output_in_memory(&text);
	while (text.n < most &&
	    (got = input_read(in, output_room(&text, PIECE), PIECE)) > 0)
		output_used(&text, got);
	if (text.n >= most)
		why = "it is larger than 1 GiB";
	else if (in->why == NULL) /* else the input says what is wrong */
		why = wfformat_read(&f->wfformat,
		    (struct str){ text.buf, text.n }, f->bag);
	output_close(&text);
	return why;
}

const char *
forms_input(struct forms *f, struct input *in)
{
	f->swf.log.start_ms = f->epoch_ms;
	f->gwf.begun = false;
	f->streams++;
	return f->from == FORM_WFFORMAT ? read_document(f, in) : NULL;
}

struct output *
forms_records(struct forms *f)
{
	f->from = FORM_RECORDS;
	return &f->records;
}

void
forms_want(struct forms *f, struct event_reader *r)
{
	const struct lifetimes_rules rules = {
		.form = {
			.out = f->to == FORM_RECORDS ? f->out : NULL,
			.mhz = f->mhz > 0 ? f->mhz : USUAL_MHZ,
			.floor_mhz = f->floor_mhz,
			.window_ns = f->window_ns,
		},
		.mhz_assumed = f->mhz <= 0,
		.epoch_ms = f->epoch_ms,
	};

	traced_open(&f->traced, r, &rules);
}

const char *
forms_event(struct forms *f, struct event_reader *r, struct event *ev,
    const char *trace_id)
{
	const struct event_counts *n = event_counts(r);
	struct str id = { NULL, 0 };
	const char *why;

	if (trace_id != NULL)
		id = str_of(trace_id);
	if (ev->kind == EVENT_BAD)
		return ev->why;
	why = traced_take(&f->traced, r, ev, id);
	if (why != NULL)
		event_reject(r);
	if (ev->kind == EVENT_END) {
		f->lost += n->lost;
		f->lost_marks += n->lost_marks;
		f->events_bad += n->bad;
	}
	return why;
}

/* Ends a stream of records, with what there is in it. */
static void
end_records(struct forms *f, uint64_t bad)
{
	struct basis basis = bag_counts(f->bag)->basis;

	bag_put(f->bag, f->out);
	if (f->from == FORM_TRACE) {
		lifetimes_add_basis(f->traced.lives, &basis);
		bad = f->events_bad;
	}
	frame_open_end(f->out, basis.tasks + basis.fragments, f->lost,
	    f->lost_marks, bad);
	basis_put(&basis, f->out);
	json_close(f->out);
}

/* Takes the records that were written for that. */
static void
take_records(struct forms *f)
{
	struct str rest = { f->records.buf, f->records.n }, line;

	while (str_line(&rest, &line))
		take_record(f, line);
}

/* Returns what the times of a log that is written are to count from. */
static int64_t
start_of(const struct forms *f)
{
	if (f->has_epoch)
		return f->epoch_ms;
	/* The last log's: so one comes back as it was. */
	return f->from == FORM_SWF ? f->swf.log.start_ms : INT64_MAX;
}

void
forms_end(struct forms *f, const struct companions *companions, uint64_t bad,
    struct output *errors, struct output *notes)
{
	const char *why = NULL;

	take_records(f);
	frame_finish(&f->frame);
	if (f->from == FORM_TRACE)
		lifetimes_give(f->traced.lives, f->bag);
	bag_settle(f->bag,
	    f->to != FORM_RECORDS       ? BAG_BY_SUBMISSION
		: f->from == FORM_TRACE ? BAG_AS_ADDED
					: BAG_FAILED_LAST);
	if (f->to == FORM_WFFORMAT)
		why = wfformat_put(f->out, f->bag, (struct str){ NULL, 0 },
		    &f->wfformat_written);
	else if (f->to == FORM_SWF)
		swf_put(f->out, f->bag, start_of(f), &f->swf_written);
	else
		end_records(f, bad);
	if (why != NULL)
		output_printf(errors, "%s\n", why);
	if (companions != NULL)
		companions_write_bag(companions, f->bag, errors);
	forms_put_notes(f, notes);
}

bool
forms_incomplete(const struct forms *f)
{
	return f->lost_marks > 0 || f->frame.short_cut ||
	    bag_counts(f->bag)->basis.refused > 0;
}
