/* SPDX-License-Identifier: MIT */
/*
 * clock -- ticks of a clock as nanoseconds
 */
#ifndef TK_CLOCK_H
#define TK_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* Works out ts * mult >> shift; false where that has more than 64 bits. */
bool clock_scale(uint64_t ts, uint32_t mult, uint32_t shift, uint64_t *out);

#endif
