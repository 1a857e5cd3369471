/* SPDX-License-Identifier: MIT */
#include "base/word.h"

/* Ranges are an extension that gcc and clang have. */
const bool word_table[256] = {
	['0' ... '9'] = true,
	['A' ... 'Z'] = true,
	['a' ... 'z'] = true,
	['_'] = true,
};
