/* SPDX-License-Identifier: MIT */
/* meaning and sets: numbers out of what the kernel prints for them */
#include "source/meaning.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

/* The values are from the definitions that meaning.c and sets.h name. */
static const struct {
	const char *kind, *text;
	bool pair;
	const char *want; /* NULL: it is not of the kind */
} values[] = {
	{ "x", "1f", false, "31" },
	{ "x", "0x1f", false, "31" },
	{ "x", "0x1f", true, "31" },
	{ "x", "10", true, "10" },
	{ "X", "10", true, "16" },
	{ "x", "xyz", false, NULL },
	{ "x", "", false, NULL },
	{ "x32", "ffffffff", false, "-1" },
	{ "x32", "4000", false, "16384" },
	{ "o", "100644", false, "33188" },
	{ "o", "33188", true, "33188" },
	{ "O", "100644", true, "33188" },
	{ "u32", "-1", false, "4294967295" },
	{ "u64", "-1", false, "18446744073709551615" },
	{ "u64", "18446744073709551615", false, "18446744073709551615" },
	{ "s32", "4294967295", false, "-1" },
	{ "s32", "7", false, "7" },
	{ "s64", "18446744073709551615", false, "-1" },
	{ "b", "1", false, "true" },
	{ "b", "false", false, "false" },
	{ "b", "2", false, NULL },
	{ "p", "00000000c81a78e0", false, "'0xc81a78e0'" },
	{ "p", "0xffff888102727500", false, "'0xffff888102727500'" },
	{ "p", "(nil)", false, "'0x0'" },
	{ "p", "0", false, "'0x0'" },
	{ "a", "(nil)", false, "0" },
	{ "x64", "ffffffffffffffff", false, "-1" },
	{ "x64", "10", true, "10" },
	{ "a", "0xffff", false, "65535" },
	{ "a", "00000000c81a78e0", false, "3357178080" },
	{ "f", "ida_free+0x39b/0x400", false, "'ida_free+0x39b'" },
	{ "f", "ida_free+0x39b", false, "'ida_free+0x39b'" },
	{ "f", "a+0x1/0x2 [xfs]", false, "'a+0x1 [xfs]'" },
	{ "f", "tick/0x0", false, "'tick'" },
	{ "f", "0xffffffff814352e0", false, "'0xffffffff814352e0'" },
	{ "F", "0xffffffff814352e0", false, "18446744071583257312" },
	/* MKDEV(254, 3): 254 << 20 | 3 */
	{ "dev", "254,3", false, "266338307" },
	{ "dev", "254:3", false, "266338307" },
	{ "dev", "0xfe:0x3", false, "266338307" },
	{ "dev", "266338307", true, "266338307" },
	{ "dev", "254,", false, NULL },
	/* TC_H_MAKE(0x8001 << 16, 0) */
	{ "handle", "8001:", false, "2147549184" },
	{ "handle", "1:a", false, "65546" },
	{ "page", "1261568", false, "308" },
	{ "page", "884735", false, "215" },
	{ "page", "215", true, "215" },
	/* IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, 4): 2 << 13 | 4 */
	{ "ioprio", "be,0,4", false, "16388" },
	{ "ioprio", "0x2,0,4", false, "16388" },
	{ "ioprio", "none,0,0", false, "0" },
	{ "ioprio", "rt,1,7", false, "8207" },
	{ "ioprio", "16388", true, "16388" },
	{ "ioprio", "be,0", false, NULL },
	{ "ioprio", "be,0,4,1", false, NULL },
	/* 1 | 56 << 22 | TIMER_DEFERRABLE */
	{ "timer", "1 idx=56 flags=D", false, "235405313" },
	{ "timer", "0 idx=59 flags=", false, "247463936" },
	{ "timer", "235405313", true, "235405313" },
	{ "timer", "1 idx=56", false, NULL },
	{ "array", "1, ff, 0", false, "[1,255,0]" },
	{ "array", "{0x10,0xffffffffffffffff}", false,
	    "[16,18446744073709551615]" },
	{ "array", "{}", false, "[]" },
	{ "array", "ARRAY[01, 00, 00, 00, 00, 00, 00, 00]", true, "[1]" },
	{ "array", "ARRAY[01, 00]", true, NULL },
	{ "array", "{1,,2}", false, NULL },
	{ "array", "ff 0 10", false, "[255,0,16]" },
	{ "array32", "ARRAY[01, 00, 00, 00, 02, 01, 00, 00]", true, "[1,258]" },
	{ "list", "10,-1,3", false, "[10,-1,3]" },
	{ "bytes", "01:02:ff", false, "[1,2,255]" },
	{ "bytes", "0102ff", false, "[1,2,255]" },
	{ "bytes", "0", false, NULL },
	{ "bytes", "", false, "[]" },
	{ "bytes", "", true, "null" },
	{ "bytes", "ARRAY[01, ff]", true, "[1,255]" },
	{ "ip", "172.24.0.5", false, "'172.24.0.5'" },
	{ "ip6", "fd24::3", false, "'fd24::3'" },
	{ "gfp", "GFP_KERNEL|__GFP_ZERO", false, "3520" },
	{ "gfp", "none", false, "0" },
	{ "gfp", "0xcc0", true, "3264" },
	{ "gfp", "GFP_KERNEL|0x8000000", false, "134220992" },
	{ "gfp", "GFP_KERNEL|__GFP_NEW", false, "'GFP_KERNEL|__GFP_NEW'" },
	{ "softirq", "RCU", false, "9" },
	{ "hrtimer", "REL|PINNED|HARD", false, "11" },
	{ "tcp_state", "TCP_LISTEN", false, "10" },
	{ "rpm", "RPM_INVALID", false, "-1" },
	{ "extent", "DR", false, "20" },
	{ "extent", "17", true, "17" },
	{ "extent", "W0x40", false, "65" },
	{ "extent", "", false, "0" },
	{ "fault_at", " #GP", false, "1" },
	{ "fault_at", "", false, "0" },
	{ "zone", "Normal  ", false, "2" },
	{ "sync", "sync", false, "true" },
	{ "sync", "async", false, "false" },
	{ "ctime", "784243969:Q", false, "2931727617" },
	{ "ctime", "784243969:", false, "784243969" },
	{ "peek", "42", false, "66" },
	{ "peek", "40", false, NULL },
};

static void
values_have_their_numbers(void)
{
	struct value_room room = { NULL, 0, 0 };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct field f = { .value = str_of(values[i].text) };
		struct meaning m;
		char got[100];
		bool found = meaning_find(str_of(values[i].kind), &m), taken;

		assert(found);
		value_begin(&room, value_need(f.value));
		taken = meaning_take(&m, &room, &f, values[i].pair);
		if (taken != (values[i].want != NULL))
			fprintf(stderr, "%s %s\n", values[i].kind,
			    values[i].text);
		assert(taken == (values[i].want != NULL));
		if (!taken)
			continue;
		snprintf(got, sizeof(got), "%s%.*s%s",
		    f.kind == FIELD_LITERAL ? "" : "'", (int)f.value.n,
		    f.value.p, f.kind == FIELD_LITERAL ? "" : "'");
		if (strcmp(got, values[i].want) != 0)
			fprintf(stderr, "%s %s: got %s, want %s\n",
			    values[i].kind, values[i].text, got,
			    values[i].want);
		assert(strcmp(got, values[i].want) == 0);
	}
	value_free(&room);
}

static void
others_are_no_kinds(void)
{
	static const char *const no[] = { "", "c", "d", "gf", "gfpx" };
	struct meaning m;

	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert(!meaning_find(str_of(no[i]), &m));
}

int
main(void)
{
	values_have_their_numbers();
	others_are_no_kinds();
	return 0;
}
