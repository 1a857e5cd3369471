/* SPDX-License-Identifier: MIT */
/* probe: what begins with where it is, and nothing else, is a probe's */
#include "source/probe.h"

#include <assert.h>

int
main(void)
{
	static const char *const are[] = { "(clk_enable+0x0/0x50) clk=0xff",
		"(notifier_run+0x0/0x10)", "(f+0x24 [kvm]) a=1",
		"(ffffffff8281a89c) a=1", "(0x55d0c0ffee00) arg1=2" };
	static const char *const are_not[] = { "", "(", "()", "(-----) a=1",
		"(0x1", "clk_enable+0x0/0x50", "a=(f+0x1) b=2",
		"(len 5) a=f+0x1", "(f) a=1", "(RM) 8 + 8 [a]" };

	for (size_t i = 0; i < sizeof(are) / sizeof(are[0]); i++)
		assert(probe_is(str_of(are[i])));
	for (size_t i = 0; i < sizeof(are_not) / sizeof(are_not[0]); i++)
		assert(!probe_is(str_of(are_not[i])));
	return 0;
}
