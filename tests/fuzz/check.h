/* SPDX-License-Identifier: MIT */
/*
 * check -- what each fuzzer has: its entry, and a way to say what is wrong
 */
#ifndef TK_FUZZ_CHECK_H
#define TK_FUZZ_CHECK_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Ends the fuzzer, which keeps the input, unless x holds. */
#define CHECK(x) ((x) ? (void)0 : fail(#x, __LINE__))

/* The entry that libFuzzer calls, for each input once. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void
fail(const char *what, int line)
{
	fprintf(stderr, "line %d: %s\n", line, what);
	abort();
}

#endif
