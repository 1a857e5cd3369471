/* SPDX-License-Identifier: MIT */
/* symbol: names of values and bits, as the kernel prints them */
#include "source/symbol.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* The names that the first call in the text gives. */
static struct symbols *
first_of(const char *text, unsigned long_size)
{
	struct str rest = str_of(text);
	struct symbols_call call;

	assert(symbols_next(&rest, &call));
	return symbols_new(&call, long_size);
}

static void
prints(const struct symbols *t, uint64_t v, const char *want)
{
	char *text = malloc(symbols_room(t));
	size_t n;

	assert(symbols_print(t, v, text, &n) && n <= symbols_room(t));
	if (!str_is((struct str){ text, n }, want)) {
		fprintf(stderr, "%.*s, not %s\n", (int)n, text, want);
		abort();
	}
	free(text);
}

static void
values_have_names(void)
{
	struct symbols *t = first_of("\"%s (REC->y, {\", __print_symbolic("
				     "REC->x, { 1, \"ONE\" }, { 1 << 1, \"TWO"
				     "\" }, {-1, \"a\" \"b\\\"\\\\\" }, "
				     "{ 2, \"second\" }, {7, \"\"})",
	    8);

	prints(t, 1, "ONE");
	prints(t, 2, "TWO");
	prints(t, UINT64_MAX, "ab\"\\");
	prints(t, 0, "0x0");
	prints(t, 7, "0x7"); /* an empty name is none */
	prints(t, UINT32_MAX, "0xffffffff");
	symbols_free(t);
}

static void
bits_have_names(void)
{
	struct symbols *t = first_of("__print_flags((unsigned long)REC->x, "
				     "\"|\", {0x1,\"A\"}, {0x6,\"BC\"}, "
				     "{ 0x2, \"B\" })",
	    8);
	char text[64];
	size_t n;

	assert(!symbols_print(t, 0, text, &n));
	prints(t, 1, "A");
	prints(t, 3, "A|B");
	prints(t, 6, "BC");
	prints(t, 4, "0x4");
	prints(t, 0xf7, "A|BC|0xf0");
	prints(t, UINT64_MAX, "A|BC|0xfffffffffffffff8");
	symbols_free(t);
}

/* As gfp_flags of kmem/kmalloc. */
static void
no_bits_may_have_a_name(void)
{
	static const char *const not_of_it[] = { "(REC->y)", "(REC->x",
		"REC->x)", "1 + REC->x", "!REC->x" };
	struct symbols *t = first_of("\"%s\", (REC->x) ? __print_flags("
				     "REC->x, \"|\", {( unsigned long)"
				     "(( gfp_t)((((1UL))) << (5))), \"A\"}, "
				     "{ 0, ((void *)0) } ) : \"no\" \"ne\", 1",
	    8);
	char text[200];
	size_t n;

	prints(t, 0, "none");
	prints(t, 32, "A");
	prints(t, 33, "A|0x1");
	symbols_free(t);
	for (size_t i = 0; i < sizeof(not_of_it) / sizeof(*not_of_it); i++) {
		snprintf(text, sizeof(text),
		    "\"\", %s ? __print_flags(REC->x, \"|\", {1, \"A\"}) : "
		    "\"none\"",
		    not_of_it[i]);
		t = first_of(text, 8);
		assert(t != NULL && !symbols_print(t, 0, text, &n));
		symbols_free(t);
	}
}

static void
a_part_of_the_bits(void)
{
	struct symbols *t = first_of("__print_flags(REC->x & 0xf0, \"\", "
				     "{0x10,\"A\"}, {0x20,\"B\"})",
	    8);
	char text[64];
	size_t n;

	prints(t, 0x30, "AB");
	prints(t, 0xc0, "0xc0");
	assert(!symbols_print(t, 0x31, text, &n));
	symbols_free(t);
}

/* unsigned long val, of 32 bits. */
static void
longs_may_be_short(void)
{
	static const char text[] = "__print_symbolic(REC->x, {-1, \"all\"})";
	static const char wide[] =
	    "__print_symbolic_u64(REC->x, {-1, \"all\"})";
	struct symbols *t = first_of(text, 4);

	prints(t, UINT64_MAX, "all");
	prints(t, UINT32_MAX, "all");
	symbols_free(t);
	t = first_of(text, 8);
	prints(t, UINT64_MAX, "all");
	prints(t, UINT32_MAX, "0xffffffff");
	symbols_free(t);
	t = first_of(wide, 4);
	prints(t, UINT32_MAX, "0xffffffff");
	symbols_free(t);
}

static void
what_is_not_understood(void)
{
	static const char *const none[] = {
		"__print_symbolic(REC->x)",
		"__print_symbolic(REC->x, )",
		"__print_symbolic(REC->x, {1})",
		"__print_symbolic(REC->x, {1, A})",
		"__print_symbolic(REC->x, {FOO, \"A\"})",
		"__print_symbolic(REC->x, {1, \"A\"",
		"__print_symbolic(REC->x, {1, \"A\"}, {2",
		"__print_symbolic(REC->x, {1, \"A",
		"__print_symbolic(REC->x + REC->y, {1, \"A\"})",
		"__print_symbolic(REC->x >> 1, {1, \"A\"})",
		"__print_symbolic(1 << REC->x, {1, \"A\"})",
		"__print_symbolic(REC->x & 0, {1, \"A\"})",
		"__print_symbolic(2, {1, \"A\"})",
		"__print_symbolic(f(REC->x), {1, \"A\"})",
		"__print_flags(REC->x, {1, \"A\"})",
		"__print_flags(REC->x, \"|\")",
		"__print_flags(",
	};

	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert(first_of(none[i], 8) == NULL);
}

static void
each_call_is_found(void)
{
	struct str rest = str_of(
	    " \"__print_flags(REC->a\", REC->z ? __print_flags (REC->b, \"\", "
	    "{__print_symbolic(REC->c, {1,\"(\"}), \")\"}) : "
	    "x__print_flags(REC->d), __print_flags_u64(REC->e),"
	    " __print_hex(REC->f), __print_symbolic");
	struct symbols_call call;

	assert(symbols_next(&rest, &call) && str_is(call.field, "b"));
	assert(call.flags && !call.wide);
	assert(symbols_next(&rest, &call) && str_is(call.field, "c"));
	assert(!call.flags && str_is(call.text, "REC->c, {1,\"(\"}"));
	assert(symbols_next(&rest, &call) && str_is(call.field, "e"));
	assert(call.flags && call.wide);
	assert(!symbols_next(&rest, &call) && rest.n == 0);
	assert(!symbols_next(&rest, &call));
}

int
main(void)
{
	values_have_names();
	bits_have_names();
	no_bits_may_have_a_name();
	a_part_of_the_bits();
	longs_may_be_short();
	what_is_not_understood();
	each_call_is_found();
	return 0;
}
