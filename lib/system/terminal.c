/* SPDX-License-Identifier: MIT */
#include "system/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/num.h"

enum { USUAL = 80, MOST = 10000 };

unsigned
terminal_columns(int fd)
{
	const char *text = getenv("COLUMNS");
	struct winsize size;
	uint64_t n;

	if (isatty(fd) != 1)
		return USUAL;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	if (text != NULL && num_u64(str_of(text), &n) && n > 0 && n <= MOST)
		return (unsigned)n;
	return USUAL;
}
