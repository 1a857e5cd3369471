/* SPDX-License-Identifier: MIT */
/* sets: the numbers that names stand for, in each kind of set */
#include "source/sets.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static const struct set one = { "one", SET_ONE,
	"-1=NEGATIVE,0=,1= #GP,2=two words,0x10=SIXTEEN,7=seven,8=seven" };
static const struct set flags = { "flags", SET_FLAGS,
	"0=none,1=A,2=B,3=AB,0x80000000=HIGH,0x8000000000000000=TOP" };
static const struct set letters = { "letters", SET_LETTERS,
	"1=W,2=U,4=D,0x10=R" };
static const struct set boolean = { "boolean", SET_BOOLEAN, "1=sync,0=async" };

#define NONE INT64_C(-99)

static const struct {
	const struct set *set;
	const char *text;
	int64_t want; /* or NONE */
} numbers[] = {
	{ &one, "NEGATIVE", -1 },
	{ &one, "", 0 },
	{ &one, " #GP", 1 },
	{ &one, "two words", 2 },
	{ &one, " two words ", 2 },
	{ &one, "SIXTEEN", 16 },
	{ &one, "seven", 7 },
	{ &one, "two", NONE },
	{ &one, "NEGATIVEX", NONE },
	{ &one, "NEGATIVE,0", NONE },
	{ &one, "negative", NONE },
	{ &one, "NEGATIVE|SIXTEEN", NONE },
	{ &one, "5", 5 },
	{ &one, "-5", -5 },
	{ &one, "0x1f", 31 },
	{ &one, "1f", NONE },
	{ &one, "0x", NONE },
	{ &one, "9223372036854775807", INT64_MAX },
	{ &one, "-9223372036854775808", INT64_MIN },
	{ &one, "9223372036854775808", NONE },
	{ &one, "0xffffffffffffffff", -1 },
	{ &one, "0x1ffffffffffffffff", NONE },
	/* bars or colons between; blanks around do not count */
	{ &flags, "none", 0 },
	{ &flags, "", 0 },
	{ &flags, "A", 1 },
	{ &flags, "A|B", 3 },
	{ &flags, "AB", 3 },
	{ &flags, "A|AB", 3 },
	{ &flags, "A:B", 3 },
	{ &flags, " A | B ", 3 },
	{ &flags, "A|", 1 },
	{ &flags, "|A", 1 },
	{ &flags, "||", 0 },
	{ &flags, "A|0x100", 257 },
	{ &flags, "16|A", 17 },
	{ &flags, "784243969:HIGH", 2931727617 },
	{ &flags, "TOP", INT64_MIN },
	{ &flags, "TOP|0x7fffffffffffffff", -1 },
	{ &flags, "C", NONE },
	{ &flags, "A|C", NONE },
	{ &flags, "A B", NONE },
	{ &flags, "A|0x", NONE },
	/* each by itself; a number ends them */
	{ &letters, "", 0 },
	{ &letters, "   ", 0 },
	{ &letters, "W", 1 },
	{ &letters, "DR", 20 },
	{ &letters, "RD", 20 },
	{ &letters, "W U", 3 },
	{ &letters, "WW", 1 },
	{ &letters, "W0x40", 65 },
	{ &letters, "17", 17 },
	{ &letters, "WX", NONE },
	{ &letters, "0x40W", NONE },
	{ &letters, "w", NONE },
	{ &boolean, "sync", 1 },
	{ &boolean, "async", 0 },
	{ &boolean, "1", 1 },
	{ &boolean, "sync ", 1 },
	{ &boolean, "asyn", NONE },
	{ &boolean, "", NONE },
};

static void
texts_have_their_numbers(void)
{
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		size_t n = strlen(numbers[i].text);
		char *p = malloc(n > 0 ? n : 1);
		int64_t got = NONE;
		bool found;

		assert(p != NULL);
		memcpy(p, numbers[i].text, n);
		found = sets_number(numbers[i].set, (struct str){ p, n }, &got);
		if (!found)
			got = NONE;
		if (got != numbers[i].want)
			fprintf(stderr, "%s '%s': got %lld, want %lld\n",
			    numbers[i].set->name, numbers[i].text,
			    (long long)got, (long long)numbers[i].want);
		assert(got == numbers[i].want);
		free(p);
	}
}

static void
sets_have_names(void)
{
	static const char *const known[] = { "alarm", "gfp", "extent", "sync",
		"zone", "softirq" };
	static const char *const no[] = { "", "gf", "gfpx", "GFP", "alarm ",
		"d" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const struct set *set = sets_find(str_of(known[i]));

		assert(set != NULL && strcmp(set->name, known[i]) == 0);
	}
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert(sets_find(str_of(no[i])) == NULL);
}

/*
 * From the headers of Linux 6.18: include/linux/interrupt.h,
 * include/net/tcp_states.h, include/linux/fs.h, include/linux/mmzone.h and
 * include/linux/gfp_types.h.
 */
static void
sets_are_those_of_the_kernel(void)
{
	static const struct {
		const char *set, *text;
		int64_t want;
	} some[] = {
		{ "softirq", "HI", 0 },
		{ "softirq", "RCU", 9 },
		{ "tcp_state", "TCP_ESTABLISHED", 1 },
		{ "tcp_state", "TCP_NEW_SYN_RECV", 12 },
		{ "family", "AF_INET6", 10 },
		{ "protocol", "IPPROTO_MPTCP", 262 },
		{ "gfp", "GFP_ATOMIC", 0x820 },
		{ "gfp", "GFP_ATOMIC|__GFP_ZERO", 0x920 },
		{ "ioclass", "idle", 3 },
		{ "lock_type", "F_UNLCK", 2 },
		{ "fallocate", "KEEP_SIZE|PUNCH_HOLE", 3 },
		{ "rpm", "RPM_INVALID", -1 },
		{ "trip", "CRITICAL", 3 },
		{ "extent", "WUDHR", 31 },
		{ "truncated", " [TRUNCATED]", 1 },
	};

	for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
		const struct set *set = sets_find(str_of(some[i].set));
		int64_t got = 0;
		bool found;

		assert(set != NULL);
		found = sets_number(set, str_of(some[i].text), &got);
		assert(found && got == some[i].want);
	}
}

int
main(void)
{
	texts_have_their_numbers();
	sets_have_names();
	sets_are_those_of_the_kernel();
	return 0;
}
