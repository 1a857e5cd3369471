/* SPDX-License-Identifier: MIT */
/* roster: the lines of KRTrace's table, in order, each thread once */
#undef NDEBUG
#include "pids/roster.h"

#include <assert.h>

static const struct addresses nothing;

static struct addresses
at(const char *v4, const char *v6)
{
	struct addresses a = { .has_v4 = v4 != NULL, .has_v6 = v6 != NULL };

	assert(v4 == NULL || address_parse(str_of(v4), &a.v4));
	assert(v6 == NULL || address_parse(str_of(v6), &a.v6));
	return a;
}

static bool
writes(struct roster *r, bool both, const char *want)
{
	struct output out;
	bool same;

	output_in_memory(&out);
	roster_put(r, &out, both);
	same = out.n == strlen(want) && memcmp(out.buf, want, out.n) == 0;
	output_close(&out);
	return same;
}

static void
lines_are_in_order_and_once(void)
{
	struct roster *r = roster_new();
	size_t b = roster_service(r, str_of("b"));
	size_t a = roster_service(r, str_of("a"));
	struct addresses host = at("10.0.0.1", NULL);

	assert(roster_service(r, str_of("b")) == b && a != b);
	roster_add(r, a, 5, 5, str_of("i"), &host);
	roster_add(r, b, 30, 4, str_of("i"), &host);
	roster_add(r, b, 9, 31, str_of("j"), &host);
	roster_add(r, b, 9, 9, str_of("j"), &host);
	roster_add(r, b, 5, 5, str_of("other"), &host);
	assert(roster_count(r, b) == 4 && roster_total(r) == 5);
	roster_join(r);
	assert(roster_count(r, b) == 3 && roster_total(r) == 4);
	assert(!roster_is_double(r, a) && !roster_is_double(r, b));
	assert(writes(r, true,
	    "9\tb\t10.0.0.1\tj\n"
	    "31\tb\t10.0.0.1\tj\n"
	    "4\tb\t10.0.0.1\ti\n"
	    "5\ta\t10.0.0.1\ti\n"));
	roster_free(r);
}

static void
a_double_has_nothing_of_its_own(void)
{
	struct roster *r = roster_new();
	size_t a = roster_service(r, str_of("a"));
	size_t b = roster_service(r, str_of("b"));
	size_t c = roster_service(r, str_of("c"));

	roster_join(r);
	roster_add(r, a, 5, 5, str_of("i"), &nothing);
	roster_add(r, b, 5, 5, str_of("i"), &nothing);
	assert(roster_count(r, b) == 1 && roster_bare(r, b) == 1);
	assert(!roster_is_double(r, b));
	roster_join(r);
	assert(roster_count(r, b) == 0 && roster_bare(r, b) == 0);
	assert(roster_count(r, a) == 1 && roster_bare(r, a) == 1);
	assert(roster_is_double(r, b) && !roster_is_double(r, a));
	assert(!roster_is_double(r, c) && roster_total(r) == 1);
	roster_free(r);
}

static void
addresses_are_those_that_there_are(void)
{
	struct addresses two = at("10.0.0.1", "fd24::2"), six;
	struct roster *r = roster_new();
	size_t s = roster_service(r, str_of("s"));

	six = at(NULL, "fd24::3");
	assert(roster_bare(r, s) == 0);
	roster_add(r, s, 1, 1, str_of("i"), &two);
	roster_add(r, s, 2, 2, str_of("i"), &six);
	roster_add(r, s, 3, 3, str_of("i"), &nothing);
	assert(roster_bare(r, s) == 1);
	assert(writes(r, false,
	    "1\ts\t10.0.0.1\ti\n"
	    "2\ts\tfd24::3\ti\n"
	    "3\ts\ti\n"));
	assert(writes(r, true,
	    "1\ts\t10.0.0.1\ti\n"
	    "1\ts\tfd24::2\ti\n"
	    "2\ts\tfd24::3\ti\n"
	    "3\ts\ti\n"));
	roster_free(r);
}

int
main(void)
{
	struct roster *empty = roster_new();

	assert(writes(empty, true, ""));
	roster_free(empty);
	roster_free(NULL);
	lines_are_in_order_and_once();
	a_double_has_nothing_of_its_own();
	addresses_are_those_that_there_are();
	assert(roster_takes(str_of("a\xc3\xa9-_.")));
	assert(!roster_takes(str_of("")) && !roster_takes(str_of("a b")));
	assert(!roster_takes(str_of("a\n")) && !roster_takes(str_of("\t")));
	return 0;
}
