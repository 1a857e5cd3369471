/* SPDX-License-Identifier: MIT */
/* similar: distances that are counted by hand */
#include "tracefs/similar.h"

#include <assert.h>
#include <stdint.h>

int
main(void)
{
	const char *longest =
	    "a23456789012345678901234567890123456789012345678901234567890123";

	assert(similar_distance("kitten", "KITTEN") == 0);
	assert(similar_distance("kitten", "sitten") == 1);
	assert(similar_distance("kitten", "sittin") == 2);
	assert(similar_distance("kitten", "sitting") == SIZE_MAX);
	assert(similar_distance("sched-switch", "sched_switch") == 1);
	assert(similar_distance("ab", "abc") == 1);
	/* A part of a name comes behind all that differ by a letter or so. */
	assert(similar_distance("switch", "sched_switch") == 2 + 6);
	assert(similar_distance("ch", "sched_switch") == SIZE_MAX);
	assert(similar_distance("fork", "lock") == SIZE_MAX);
	assert(similar_distance("", "a") == SIZE_MAX);
	assert(similar_distance(longest, longest) == 0);
	assert(similar_distance("abcd", longest) == SIZE_MAX);
	return 0;
}
