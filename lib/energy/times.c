/* SPDX-License-Identifier: MIT */
#include "energy/times.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

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
}

static bool
differ(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) != 0;
}

void
times_compare(const struct times *t, const struct times *samples,
    struct output *why)
{
	if (differ(t->clock, samples->clock))
		output_printf(why,
		    "times of the clock %s, but the samples have those of %s",
		    t->clock, samples->clock);
	else if (differ(t->boot, samples->boot))
		output_printf(why,
		    "times of another boot: %s, but the samples are of %s",
		    t->boot, samples->boot);
	else
		return;
	output_byte(why, '\0');
}

void
times_free(struct times *t)
{
	free(t->clock);
	free(t->boot);
	*t = (struct times){ 0 };
}
