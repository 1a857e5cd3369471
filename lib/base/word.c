/* SPDX-License-Identifier: MIT */
#include "base/word.h"

#define FIVE(c)                                                                \
	[c] = true, [c + 1] = true, [c + 2] = true, [c + 3] = true,            \
	[c + 4] = true

const bool word_table[256] = {
	FIVE('0'),
	FIVE('5'),
	FIVE('A'),
	FIVE('F'),
	FIVE('K'),
	FIVE('P'),
	FIVE('U'),
	['Z'] = true,
	FIVE('a'),
	FIVE('f'),
	FIVE('k'),
	FIVE('p'),
	FIVE('u'),
	['z'] = true,
	['_'] = true,
};
