/* SPDX-License-Identifier: MIT */
/*
 * crew: of any bytes, all is the same with threads that read ahead as without,
 * however large their blocks are
 *
 * The first two bytes tell the size of a block and how much is looked at
 * behind it.
 */
#include "source/crew.h"

#include "../unit/crewed.h"
#include "check.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct crew_shape shape = { 2, 32, 1, 0 };
	struct filter all = { .cpus = 0 };
	uint64_t records;

	if (size < 2)
		return 0;
	shape.block += data[0] * 16u;
	shape.beyond += data[1] * 4u;
	CHECK(same_with_crew((const char *)data + 2, size - 2, &all, &shape,
	    &records));
	filter_free(&all);
	return 0;
}
