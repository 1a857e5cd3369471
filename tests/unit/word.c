/* SPDX-License-Identifier: MIT */
/* word: just letters, digits and '_' are part of a word */
#include <assert.h>
#include <string.h>

#include "base/word.h"

int
main(void)
{
	static const char all[] = "0123456789_abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	for (int c = 0; c < 256; c++)
		assert(word_is((char)c) == (c != 0 && strchr(all, c) != NULL));
	return 0;
}
