/* SPDX-License-Identifier: MIT */
/*
 * later -- move pages of the kernel's ring buffer in time
 *
 *	later NANOSECONDS <cpu0.raw >later.raw
 *
 * A page of 4096 bytes begins with the time of its first event, in the byte
 * order of the machine; the times of the others count from there
 * (events/header_page, include/linux/ring_buffer.h).  Pages with times that
 * are written out, which are rare, would keep those.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/num.h"

enum { PAGE = 4096 };

int
main(int argc, char *argv[])
{
	uint64_t more, time;
	char page[PAGE];

	if (argc != 2 || !num_u64(str_of(argv[1]), &more)) {
		fputs("usage: later NANOSECONDS <PAGES\n", stderr);
		return 2;
	}
	while (fread(page, PAGE, 1, stdin) == 1) {
		memcpy(&time, page, sizeof(time));
		time += more;
		memcpy(page, &time, sizeof(time));
		if (fwrite(page, PAGE, 1, stdout) != 1)
			return 1;
	}
	return ferror(stdin) || fflush(stdout) != 0;
}
