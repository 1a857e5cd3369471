/* SPDX-License-Identifier: MIT */
#include "cli/descriptors.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

void
descriptors_hold(void)
{
	static const int mode[] = { O_WRONLY, O_RDONLY, O_RDWR };

	for (int fd = 0; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", mode[fd] | O_CLOEXEC) < 0)
			exit(1);
}
