/* SPDX-License-Identifier: MIT */
#include "source/clock.h"

enum { PRODUCT = 96 }; /* bits of a time and a factor */

bool
clock_scale(uint64_t ts, uint32_t mult, uint32_t shift, uint64_t *out)
{
	uint64_t low = (ts & UINT32_MAX) * mult;
	uint64_t high = (ts >> 32) * mult + (low >> 32);

	if (shift >= 32) {
		*out = shift < PRODUCT ? high >> (shift - 32) : 0;
		return true;
	}
	*out = high << (32 - shift) | (low & UINT32_MAX) >> shift;
	return high >> (32 + shift) == 0;
}
