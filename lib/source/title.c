/* SPDX-License-Identifier: MIT */
#include "source/title.h"

#include "record/frame.h"

static struct str
text_of(const char *z)
{
	return z != NULL ? str_of(z) : (struct str){ NULL, 0 };
}

static struct str
either(struct str first, const char *second)
{
	return first.p != NULL ? first : text_of(second);
}

void
title_put(struct output *out, const struct title *title, const struct event *ev,
    const struct metadata *beside, struct str command)
{
	struct frame_trace t = {
		.trace_id = text_of(title->trace_id),
		.workload_type = text_of(title->workload_type),
		.category = text_of(title->category),
	};

	if (ev->record != NULL) {
		frame_pass_trace(out, ev->record, &t, command);
		return;
	}
	t.trace_id = either(t.trace_id, beside->trace_id);
	t.workload_type = either(t.workload_type, beside->workload_type);
	t.category = either(t.category, beside->category);
	t.clock = either(ev->about.clock, beside->clock);
	t.host = either(ev->about.host, beside->host);
	t.kernel = either(ev->about.kernel, beside->kernel);
	t.cpus = ev->about.cpus > 0 ? ev->about.cpus : beside->cpus;
	frame_put_trace(out, &t, command);
}
