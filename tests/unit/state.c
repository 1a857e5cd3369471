/* SPDX-License-Identifier: MIT */
/* state: prev_state of every kernel in one alphabet */
#include "source/state.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

struct one {
	uint64_t value;
	const char *text;
};

static void
prints(const char *print_fmt, const struct one *want, size_t n)
{
	struct states *t = states_new(str_of(print_fmt));
	char text[STATES_TEXT];

	for (size_t i = 0; i < n; i++) {
		size_t k = states_print(t, want[i].value, text);

		if (str_is((struct str){ text, k }, want[i].text))
			continue;
		fprintf(stderr, "%#lx: %.*s, not %s\n",
		    (unsigned long)want[i].value, (int)k, text, want[i].text);
		abort();
	}
	states_free(t);
}

/* Linux 4.14 to 6.18. */
static const struct one now[] = {
	{ 0, "R" },
	{ 1, "S" },
	{ 2, "D" },
	{ 4, "T" },
	{ 8, "t" },
	{ 0x10, "X" },
	{ 0x20, "Z" },
	{ 0x40, "P" },
	{ 0x80, "I" },
	{ 0x100, "R+" },
	{ 3, "S|D" },
	{ 0x102, "D+" },
	{ 0xff, "S|D|T|t|X|Z|P|I" },
	{ 0x1ff, "S|D|T|t|X|Z|P|I+" },
	{ 0x200, "R" },
	{ UINT64_MAX, "S|D|T|t|X|Z|P|I+" },
};

static void
since_4_14(void)
{
	prints(" \"%s%s ==>\", (REC->prev_state & ((((0x00000000 | 0x00000001 "
	       "| 0x00000002 | 0x00000004 | 0x00000008 | 0x00000010 | "
	       "0x00000020 | 0x00000040) + 1) << 1) - 1)) ? __print_flags("
	       "REC->prev_state & ((((0x00000000 | 0x00000001 | 0x00000002 | "
	       "0x00000004 | 0x00000008 | 0x00000010 | 0x00000020 | "
	       "0x00000040) + 1) << 1) - 1), \"|\", { 0x00000001, \"S\" }, { "
	       "0x00000002, \"D\" }, { 0x00000004, \"T\" }, { 0x00000008, "
	       "\"t\" }, { 0x00000010, \"X\" }, { 0x00000020, \"Z\" }, { "
	       "0x00000040, \"P\" }, { 0x00000080, \"I\" }) : \"R\", "
	       "REC->prev_state & (((0x00000000 | 0x00000001 | 0x00000002 | "
	       "0x00000004 | 0x00000008 | 0x00000010 | 0x00000020 | "
	       "0x00000040) + 1) << 1) ? \"+\" : \"\", REC->next_comm",
	    now, sizeof(now) / sizeof(now[0]));
}

static void
without_a_table_they_are_those_of_today(void)
{
	prints("", now, sizeof(now) / sizeof(now[0]));
	prints(" \"prev_state=%ld\", REC->prev_state", now,
	    sizeof(now) / sizeof(now[0]));
}

/* Linux 4.8 to 4.13. */
static void
before_4_14(void)
{
	static const struct one want[] = {
		{ 0, "R" },
		{ 0x10, "Z" },
		{ 0x20, "X" },
		{ 0x40, "X" },
		{ 0x60, "X" },
		{ 0x80, "K" },
		{ 0x182, "D" },
		{ 0x1100, "W+" },
		{ 0x82, "D" },
		{ 0x102, "D" },
		{ 0x200, "P" },
		{ 0x400, "N" },
		{ 0x402, "I" },
		{ 0x401, "S" },
		{ 0x1000, "R+" },
		{ 0x1001, "S+" },
	};

	prints(" \"%s%s\", REC->prev_state & (4096-1) ? __print_flags("
	       "REC->prev_state & (4096-1), \"|\", { 1, \"S\"} , { 2, \"D\" },"
	       " { 4, \"T\" }, { 8, \"t\" }, { 16, \"Z\" }, { 32, \"X\" }, "
	       "{ 64, \"x\" }, { 128, \"K\" }, { 256, \"W\" }, { 512, \"P\" },"
	       " { 1024, \"N\" }) : \"R\", REC->prev_state & 4096 ? \"+\" : "
	       "\"\", REC->next_comm",
	    want, sizeof(want) / sizeof(want[0]));
}

/* Linux 3.x: the bit of a preempted task is another one. */
static void
older(void)
{
	static const struct one want[] = {
		{ 0, "R" },
		{ 2, "D" },
		{ 0x10, "Z" },
		{ 0x200, "R+" },
	};

	prints(" \"%s%s\", REC->prev_state & (512-1) ? __print_flags("
	       "REC->prev_state & (512-1), \"|\", { 1, \"S\"} , { 2, \"D\" },"
	       " { 16, \"Z\" }, { 256, \"W\" }) : \"R\", REC->prev_state & 512 "
	       "? \"+\" : \"\"",
	    want, sizeof(want) / sizeof(want[0]));
}

int
main(void)
{
	since_4_14();
	without_a_table_they_are_those_of_today();
	before_4_14();
	older();
	return 0;
}
