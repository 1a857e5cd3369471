/* SPDX-License-Identifier: MIT */
#include "base/processors.h"

#include <sched.h>

unsigned
processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) < 0)
		return 1; /* EINVAL: play safe */
	return (unsigned)CPU_COUNT(&set);
}
