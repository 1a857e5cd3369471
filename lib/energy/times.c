/* SPDX-License-Identifier: MIT */
#include "energy/times.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "energy/alias.h"

static void
keep(const struct json *trace, const char *key, char **word)
{
	const struct json_field *f = json_get(trace, key);

	if (*word == NULL && f != NULL && f->kind == JSON_STRING)
		*word = mem_dup(f->value.p, f->value.n);
}

void
times_keep(struct times *t, const struct json *trace)
{
	keep(trace, "clock", &t->clock);
	keep(trace, "boot_id", &t->boot);
	keep(trace, "host", &t->host);
}

static bool
differ(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) != 0;
}

static void
put_words(struct output *out, const char *first, const char *a,
    const char *middle, const char *b)
{
	output_text(out, first);
	alias_put(out, str_of(a));
	output_text(out, middle);
	alias_put(out, str_of(b));
}

void
times_compare(const struct times *t, const char *name,
    const struct times *samples, struct output *why)
{
	bool clocks = differ(t->clock, samples->clock);

	if (!clocks && !differ(t->boot, samples->boot))
		return;
	output_printf(why, "%s: ", name);
	if (clocks)
		put_words(why, "times of the clock ", t->clock,
		    ", but the samples have those of ", samples->clock);
	else
		put_words(why, "times of another boot: ", t->boot,
		    ", but the samples are of ", samples->boot);
	output_byte(why, '\0');
}

bool
times_differ(const struct times *t, const struct json *trace)
{
	struct times other = { 0 };
	bool is;

	times_keep(&other, trace);
	is = differ(t->clock, other.clock) || differ(t->boot, other.boot) ||
	    differ(t->host, other.host);
	times_free(&other);
	return is;
}

void
times_free(struct times *t)
{
	free(t->clock);
	free(t->boot);
	free(t->host);
	*t = (struct times){ 0 };
}
