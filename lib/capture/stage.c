/* SPDX-License-Identifier: MIT */
#include "capture/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/format.h"

/* Returns the names of the events as texts.h has them; free_names frees. */
static const char **
names_of(const struct choice *c)
{
	const char **names = mem_alloc((c->n + 1) * sizeof(*names));

	for (size_t i = 0; i < c->n; i++) {
		size_t room = strlen(c->event[i].system) +
		    strlen(c->event[i].name) + 2;
		char *name = mem_alloc(room);

		snprintf(name, room, "%s/%s", c->event[i].system,
		    c->event[i].name);
		names[i] = name;
	}
	return names;
}

static void
free_names(const char **names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free((char *)names[i]);
	free(names);
}

int
stage_read(struct stage *s, struct trouble *t)
{
	struct texts_from from = { .event = names_of(s->choice),
		.n = s->choice->n };
	struct texts fresh;
	char *where = NULL;
	int r;

	from.top = open(s->tracefs, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	from.folder = open(s->instance.path,
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	r = texts_read(&fresh, &from, &where);
	if (r != 0) {
		trouble_note(t, "cannot be read",
		    where != NULL ? where : "events");
		texts_free(&fresh);
	} else {
		texts_free(&s->texts);
		s->texts = fresh;
	}
	if (from.top >= 0)
		close(from.top);
	if (from.folder >= 0)
		close(from.folder);
	free_names((const char **)from.event, from.n);
	free(where);
	return r;
}

static int
find_shape(struct stage *s, struct trouble *t)
{
	struct formats *formats = formats_new(__BYTE_ORDER == __BIG_ENDIAN,
	    sizeof(long), false);
	bool known = formats_page(formats, s->texts.header_page, &s->shape);

	s->shape.big_endian = __BYTE_ORDER == __BIG_ENDIAN;
	formats_free(formats);
	errno = EPROTO;
	return known
	    ? 0
	    : trouble_note(t, "is not understood", "events/header_page");
}

int
stage_open(struct stage *s, const char *tracefs, const struct setup *setup,
    struct trouble *t)
{
	*s = (struct stage){ .tracefs = tracefs,
		.choice = setup->choice,
		.on = -1,
		.instance = { .dir = -1, .guard = -1 } };
	if (instance_make(&s->instance, tracefs) != 0)
		return trouble_in(t, "an instance of tracefs cannot be made",
		    &s->instance);
	if (setup_apply(&s->instance, setup) != 0)
		return trouble_in(t, "the kernel refuses it", &s->instance);
	s->on = instance_open(&s->instance, "tracing_on", O_RDWR);
	if (s->on < 0)
		return trouble_in(t, "cannot be opened", &s->instance);
	return stage_read(s, t) == 0 ? find_shape(s, t) : -1;
}

int
stage_switch(struct stage *s, bool on, struct trouble *t)
{
	if (s->on < 0 || pwrite(s->on, on ? "1" : "0", 1, 0) == 1)
		return 0;
	return trouble_note(t, "cannot be switched", "tracing_on");
}

bool
stage_is_on(const struct stage *s)
{
	char on = '1';

	return pread(s->on, &on, 1, 0) != 1 || on != '0';
}

int
stage_close(struct stage *s, struct trouble *t)
{
	texts_free(&s->texts);
	if (s->on >= 0)
		close(s->on);
	s->on = -1;
	return instance_remove(&s->instance) == 0
	    ? 0
	    : trouble_note(t, "cannot be removed", "the instance of tracefs");
}
