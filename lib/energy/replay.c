/* SPDX-License-Identifier: MIT */
#include "energy/replay.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

static const char no_later[] = "its time is not after the zone's last one";

void
replay_open(struct replay *r, struct meter *meter,
    const struct arguments *arguments)
{
	*r = (struct replay){ .meter = meter,
		.arguments = arguments,
		.zones = intern_new() };
}

/*
 * Sets whether a zone steps: shares of virtual machines do, and what is to be
 * mended can be nothing else, unless its range says that it is the kernel's.
 */
static void
set_steps(struct replay *r, size_t zone)
{
	const struct replay_zone *z = &r->zone[zone];
	bool share = z->role != NULL && strcmp(z->role, "share") == 0;
	bool fix = r->arguments->fix && (share || z->range_uj == 0);

	meter_set_steps(r->meter, zone, share || fix, fix);
}

/* Gives a zone the law of a range; one that is told is right. */
static void
set_range(struct replay *r, size_t zone, uint64_t range_uj)
{
	struct meter_zone *z = &r->meter->zone[zone];
	uint64_t told = arguments_range(r->arguments, z->label);
	uint64_t range = told > 0 ? told : range_uj;

	if (range == r->zone[zone].range_uj)
		return;
	r->zone[zone].range_uj = range;
	meter_set_law(r->meter, zone, range, r->arguments->watts);
	set_steps(r, zone);
}

/* Judges a zone by its name. */
static void
judge(struct replay *r, size_t zone)
{
	struct replay_zone *z = &r->zone[zone];

	named_judge(r->zones, zone, &z->judged);
	z->summed = z->judged.summed;
}

/* Returns the number of a zone, a new one if it is not known yet. */
static size_t
zone_of(struct replay *r, struct str name)
{
	size_t zone = intern_id(r->zones, name);

	if (zone < r->meter->n)
		return zone;
	meter_add(r->meter, name);
	meter_set_law(r->meter, zone, 0, r->arguments->watts);
	r->zone = mem_grow(r->zone, &r->cap, zone + 1, sizeof(*r->zone));
	r->zone[zone] = (struct replay_zone){ .told = false };
	judge(r, zone);
	set_steps(r, zone);
	set_range(r, zone, 0);
	return zone;
}

/* Checks the order of a zone's times, and finds ticks that were late. */
static const char *
take_time(struct replay *r, struct replay_line *out)
{
	struct replay_zone *z = &r->zone[out->zone];
	int64_t interval = r->arguments->interval;

	if (z->seen && out->reading.ts <= z->ts)
		return no_later;
	if (z->seen && interval > 0) {
		int64_t ticks = (out->reading.ts - z->ts) / interval;
		int64_t rest = (out->reading.ts - z->ts) % interval;

		ticks += rest > interval / 2;
		if (ticks > 1 && out->reading.late == 0)
			out->reading.late = (uint64_t)ticks - 1;
	}
	if (!z->seen) {
		r->read = mem_grow(r->read, &r->read_cap, r->reads + 1,
		    sizeof(*r->read));
		r->read[r->reads++] = out->zone;
	}
	z->seen = true;
	z->ts = out->reading.ts;
	out->has_reading = true;
	return NULL;
}

/* Finds the zone of a line, and takes its time if there is a reading. */
static const char *
take_zone(struct replay *r, struct str name, bool reads,
    struct replay_line *out)
{
	if (out->reading.ts < 0)
		return "its time is below 0";
	if (memchr(name.p, '\0', name.n) != NULL)
		return "its zone has a byte of 0 in its name";
	out->zone = zone_of(r, name);
	return reads ? take_time(r, out) : NULL;
}

static struct str
next_word(struct str *rest)
{
	struct str word = *rest = str_trim(*rest);

	for (word.n = 0; word.n < rest->n; word.n++)
		if (str_is_blank(word.p[word.n]))
			break;
	*rest = str_skip(*rest, word.n);
	return word;
}

/* Reads a line that is no record. */
static const char *
read_line(struct replay *r, struct str line, struct replay_line *out)
{
	struct str time = next_word(&line), name = next_word(&line);
	struct str value = next_word(&line), range = next_word(&line);
	uint64_t ns, range_uj = 0;
	const char *why;

	if (!num_u64(time, &ns) || ns > INT64_MAX)
		return "it does not begin with a time in nanoseconds";
	if (value.n == 0)
		return "it is not: nanoseconds, zone, microjoules";
	if (next_word(&line).n > 0)
		return "there is more than a range behind its counter";
	out->reading.ts = (int64_t)ns;
	out->reading.kind = COUNTER_VALUE;
	if (str_is(value, "-"))
		out->reading.kind = COUNTER_NONE;
	else if (!num_u64(value, &out->reading.uj))
		return "its counter is no number of microjoules";
	if (range.n > 0 && (!num_u64(range, &range_uj) || range_uj == 0))
		return "its range is no number of microjoules";
	why = take_zone(r, name, true, out);
	if (why == NULL && range.n > 0)
		set_range(r, out->zone, range_uj);
	return why;
}

/* Takes the reading that a sample is of. */
static const char *
take_sample(struct replay *r, const struct sample *s, struct replay_line *out)
{
	out->reading = (struct counter_reading){ .ts = s->ts,
		.uj = s->counter_uj,
		.late = s->late,
		.told = s->has_delta,
		.told_uj = s->delta_uj,
		/* Whoever recorded it may have known more. */
		.booted = s->status == ENERGY_RESET };
	if (s->has_counter)
		out->reading.kind = COUNTER_VALUE;
	else if (s->status == ENERGY_STALE)
		out->reading.kind = COUNTER_EMPTY;
	else
		out->reading.kind = COUNTER_NONE;
	return take_zone(r, s->zone, true, out);
}

/* Takes what is told of a zone, and the value that it begins with. */
static const char *
take_told(struct replay *r, struct replay_line *out)
{
	struct sample_zone told;
	const char *why = sample_read_zone(&r->reader, &told);
	struct replay_zone *z;

	if (why != NULL)
		return why;
	out->reading = (struct counter_reading){ .kind = COUNTER_VALUE,
		.ts = told.ts,
		.uj = told.counter_uj };
	why = take_zone(r, told.zone, told.has_counter, out);
	if (why != NULL)
		return why;
	z = &r->zone[out->zone];
	z->told = true;
	z->summed = told.summed;
	free(z->role);
	z->role = told.role.p == NULL ? NULL
				      : mem_dup(told.role.p, told.role.n);
	set_range(r, out->zone, told.has_range ? told.range_uj : 0);
	set_steps(r, out->zone);
	return NULL;
}

/*
 * Another recording: what its counters were before it is not known.  Only those
 * that were read are looked at, for there may be as many traces as zones.
 */
static void
begin_trace(struct replay *r)
{
	for (size_t i = 0; i < r->reads; i++) {
		r->zone[r->read[i]].seen = false;
		meter_restart(r->meter, r->read[i]);
	}
	r->reads = 0;
	r->anew = false;
}

static const char *
read_record(struct replay *r, struct str line, struct replay_line *out)
{
	struct sample s;
	bool is;
	const char *why = sample_read(&r->reader, line, &s, &is);

	if (why != NULL)
		return why;
	if (is) {
		r->frame.records++;
		return take_sample(r, &s, out);
	}
	switch (frame_read(&r->frame, &r->reader.rec)) {
	case FRAME_TRACE:
		r->anew = true;
		out->is_trace = true;
		return NULL;
	case FRAME_END:
	case FRAME_LOST:
		return NULL;
	case FRAME_NONE:
		break;
	}
	return sample_is_zone(&r->reader.rec) ? take_told(r, out) : NULL;
}

const char *
replay_read(struct replay *r, struct str line, struct replay_line *out)
{
	struct str text = str_trim(line);

	*out = (struct replay_line){ .zone = 0 };
	if (r->anew)
		begin_trace(r);
	if (text.n == 0 || text.p[0] == '#')
		return NULL;
	return text.p[0] == '{' ? read_record(r, line, out)
				: read_line(r, line, out);
}

void
replay_tell(const struct replay *r, const struct replay_line *line,
    struct sample_zone *told)
{
	const struct replay_zone *z = &r->zone[line->zone];

	*told = (struct sample_zone){ .ts = line->reading.ts,
		.zone = str_of(r->meter->zone[line->zone].label),
		.has_range = z->range_uj > 0,
		.range_uj = z->range_uj,
		.has_counter = true,
		.counter_uj = line->reading.uj,
		.summed = z->summed };
	if (z->role != NULL)
		told->role = str_of(z->role);
	else if (!z->told && z->judged.role != ZONE_OTHER)
		told->role = str_of(zone_role_word(z->judged.role));
}

bool
replay_is_summed(const struct replay *r, size_t zone)
{
	return r->zone[zone].summed;
}

void
replay_explain(struct replay *r, bool again, struct output *out)
{
	struct zones zs = { .n = r->meter->n };

	zs.zone = mem_alloc((zs.n + 1) * sizeof(*zs.zone));
	for (size_t i = 0; i < zs.n; i++) {
		const struct replay_zone *z = &r->zone[i];

		if (again && !z->told)
			judge(r, i);
		zs.zone[i] = (struct zone){ .label = r->meter->zone[i].label,
			.summed = z->told || z->summed,
			.role = z->judged.role };
		if (z->judged.of != NAMED_NONE)
			zs.zone[i].of = &zs.zone[z->judged.of];
	}
	zone_explain(&zs, out);
	free(zs.zone);
}

void
replay_close(struct replay *r)
{
	for (size_t i = 0; i < r->meter->n; i++)
		free(r->zone[i].role);
	free(r->zone);
	free(r->read);
	intern_free(r->zones);
	sample_reader_free(&r->reader);
}
