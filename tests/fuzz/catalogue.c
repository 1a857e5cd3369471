/* SPDX-License-Identifier: MIT */
/*
 * catalogue: of any bytes, what is accepted keeps what the header promises,
 * and what is refused is refused with a phrase, in a line that there is
 */
#include "capture/catalogue.h"

#include <string.h>

#include "check.h"

static void
check_name(const struct catalogue *c, const struct workload *w)
{
	const char *name = w->name;
	size_t n = strlen(name);

	CHECK(n > 0 && n <= CATALOGUE_NAME_MAX);
	CHECK(strpbrk(name, "/,\n\t\x7f") == NULL && name[0] != '.');
	CHECK(name[0] != ' ' && name[n - 1] != ' ');
	CHECK(catalogue_find(c, str_of(name)) == w);
}

static void
check_workload(const struct catalogue *c, const struct workload *w)
{
	check_name(c, w);
	CHECK(w->category[0] != '\0' && w->description != NULL);
	CHECK(w->argv[0] != NULL && w->argv[0][0] != '\0');
	for (size_t i = 0; w->argv[i] != NULL; i++)
		CHECK(strlen(w->argv[i]) < CATALOGUE_SIZE_MAX);
	for (size_t i = 0; w->needs[i] != NULL; i++)
		CHECK(strlen(w->needs[i]) < CATALOGUE_SIZE_MAX);
	CHECK(w->duration <= CATALOGUE_SECONDS_MAX);
	CHECK(w->timeout > 0 && w->timeout <= CATALOGUE_SECONDS_MAX);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct catalogue c;
	size_t line, lines = 2;
	const char *why = catalogue_read(&c, (struct str){ (const char *)p, n },
	    &line);

	for (size_t i = 0; i < n; i++) /* YAML has other ends of lines, too */
		lines += p[i] == '\n' || p[i] == '\r' || p[i] >= 0x80;
	CHECK(why == NULL || (line > 0 && line <= lines && *why != '\0'));
	CHECK(why == NULL || (c.n == 0 && c.workload == NULL));
	CHECK(c.n <= CATALOGUE_WORKLOADS_MAX);
	for (size_t i = 0; i < c.n; i++)
		check_workload(&c, &c.workload[i]);
	catalogue_free(&c);
	return 0;
}
