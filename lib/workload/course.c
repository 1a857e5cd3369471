/* SPDX-License-Identifier: MIT */
#include "workload/course.h"

static const int64_t ns_per_ms = 1000000;

void
course_begin(struct course *c, int32_t id, int64_t ts)
{
	*c = (struct course){ .id = id, .at = ts, .window = ts };
}

static void
put(struct course *c, const struct course_form *form, int64_t ms, double share)
{
	struct fragment f = { .id = c->id,
		.cpu_count = 1,
		.duration_ms = ms,
		.cpu_mhz = share * form->mhz,
		.kind = FRAGMENT_SAMPLE };

	c->duration_ms += ms;
	c->fragments++;
	c->raised += fragment_raise(&f, form->floor_mhz);
	if (form->out != NULL)
		fragment_put(form->out, &f);
}

/* Writes the windows that wait. */
static void
settle(struct course *c, const struct course_form *form)
{
	if (c->alike > 0)
		put(c, form, c->alike * (form->window_ns / ns_per_ms),
		    (double)c->each / (double)form->window_ns);
	c->alike = 0;
}

/* Takes whole windows that are alike. */
static void
pass(struct course *c, const struct course_form *form, int64_t n, int64_t each)
{
	if (n == 0)
		return;
	if (c->alike > 0 && c->each != each)
		settle(c, form);
	c->each = each;
	c->alike += n;
	c->window += n * form->window_ns;
}

void
course_go(struct course *c, const struct course_form *form, int64_t ts,
    bool running)
{
	int64_t left = form->window_ns - (c->at - c->window), time;

	if (ts <= c->at)
		return;
	time = ts - c->at;
	c->at = ts;
	if (running)
		c->cpu_ns += time;
	if (time < left) {
		c->ran += running ? time : 0;
		return;
	}
	pass(c, form, 1, c->ran + (running ? left : 0));
	time -= left;
	pass(c, form, time / form->window_ns, running ? form->window_ns : 0);
	c->ran = running ? time % form->window_ns : 0;
}

void
course_end(struct course *c, const struct course_form *form)
{
	int64_t rest = c->at - c->window;
	int64_t ms = rest / ns_per_ms + (rest % ns_per_ms > 0);

	settle(c, form);
	if (ms > 0)
		put(c, form, ms, (double)c->ran / (double)(ms * ns_per_ms));
	c->ran = 0;
	c->window = c->at;
}
