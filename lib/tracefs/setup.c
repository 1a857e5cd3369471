/* SPDX-License-Identifier: MIT */
#include "tracefs/setup.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "stream/output.h"

enum { CPUS_MAX = 1 << 13, WORD = 32, WORDS = CPUS_MAX / WORD };

/* Reads "N" or "N-M". */
static bool
read_range(struct str s, uint64_t *from, uint64_t *to)
{
	const char *dash = memchr(s.p, '-', s.n);
	struct str first = s;

	if (dash != NULL)
		first.n = (size_t)(dash - s.p);
	if (!num_u64(first, from))
		return false;
	*to = *from;
	if (dash != NULL && !num_u64(str_skip(s, first.n + 1), to))
		return false;
	return *from <= *to && *to < CPUS_MAX;
}

static char *
print_mask(const uint32_t *word)
{
	size_t n = WORDS - 1, at = 0;
	char *text = mem_alloc(WORDS * 9 + 1);

	while (n > 0 && word[n] == 0)
		n--;
	for (size_t i = n + 1; i-- > 0;)
		at += (size_t)snprintf(text + at, 10, "%08" PRIx32 "%s",
		    word[i], i > 0 ? "," : "");
	return text;
}

char *
setup_mask(struct str list)
{
	uint32_t word[WORDS] = { 0 };
	struct str rest = list;

	do {
		const char *comma = memchr(rest.p, ',', rest.n);
		struct str one = rest;
		uint64_t from, to;

		if (comma != NULL)
			one.n = (size_t)(comma - rest.p);
		if (!read_range(one, &from, &to))
			return NULL;
		for (uint64_t cpu = from; cpu <= to; cpu++)
			word[cpu / WORD] |= UINT32_C(1) << cpu % WORD;
		rest = str_skip(rest, one.n + (comma != NULL));
		if (comma != NULL && rest.n == 0)
			return NULL;
	} while (rest.n > 0);
	return print_mask(word);
}

static int
set_cpus(struct instance *in, const char *list)
{
	char *mask;
	int r;

	if (list == NULL)
		return 0;
	mask = setup_mask(str_of(list));
	if (mask == NULL) {
		errno = EINVAL;
		return -1;
	}
	r = instance_write(in, "tracing_cpumask", mask);
	free(mask);
	return r;
}

static int
write_threads(struct instance *in, const struct threads *t)
{
	struct output text;
	int r;

	output_in_memory(&text);
	threads_write(t, &text);
	output_byte(&text, '\0');
	r = instance_write(in, "set_event_pid", text.buf);
	output_close(&text);
	return r;
}

/* Records these threads, and from then on those that they start. */
static int
set_threads(struct instance *in, const struct setup *s)
{
	struct threads *t = s->threads;
	size_t n = t != NULL ? t->n : 0;
	struct str word;

	if (n == 0)
		return 0;
	if (instance_write(in, "options/event-fork", "1") != 0 ||
	    write_threads(in, t) != 0)
		return -1;
	/* Some may have been started between the first look and now. */
	for (size_t i = 0; s->pids != NULL && s->pids[i] != NULL; i++)
		threads_add(t, str_of(s->pids[i]), &word);
	threads_end(t);
	return t->n > n ? write_threads(in, t) : 0;
}

static int
set_buffer(struct instance *in, const struct setup *s)
{
	char number[32];

	snprintf(number, sizeof(number), "%" PRIu64, s->kilobytes);
	if (instance_write(in, "trace_clock", s->clock) != 0 ||
	    instance_write(in, "options/overwrite", s->overwrite ? "1" : "0") !=
		0 ||
	    instance_write(in, "buffer_size_kb", number) != 0)
		return -1;
	/* Readers are to wake up long before it is full; older kernels
	 * wake them up at once. */
	if (instance_write(in, "buffer_percent", "25") != 0 && errno != ENOENT)
		return -1;
	return 0;
}

static int
set_events(struct instance *in, const struct choice *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct choice_event *e = &c->event[i];

		if (e->filter != NULL &&
		    instance_filter(in, e->system, e->name, e->filter) != 0)
			return -1;
	}
	for (size_t i = 0; i < c->n; i++)
		if (instance_enable(in, c->event[i].system, c->event[i].name) !=
		    0)
			return -1;
	return 0;
}

int
setup_apply(struct instance *in, const struct setup *s)
{
	if (set_buffer(in, s) != 0 || set_cpus(in, s->cpus) != 0 ||
	    set_threads(in, s) != 0 || set_events(in, s->choice) != 0)
		return -1;
	if (s->stop == NULL)
		return 0;
	return instance_stop_at(in, s->stop->system, s->stop->name,
	    s->stop->filter);
}
