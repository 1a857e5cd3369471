/* SPDX-License-Identifier: MIT */
/*
 * input_of -- an input for tests, of bytes in memory
 */
#ifndef TK_UNIT_INPUT_OF_H
#define TK_UNIT_INPUT_OF_H

#include <assert.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "stream/input.h"

/* Opens an input of the n bytes at p; closing it frees them. */
static inline struct input
input_of(const char *p, size_t n)
{
	int fd = memfd_create("memory", MFD_CLOEXEC);
	struct input in;
	char path[32];

	assert(fd >= 0);
	for (size_t done = 0; done < n;) {
		ssize_t w = write(fd, p + done, n - done);

		assert(w > 0);
		done += (size_t)w;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert(input_open(&in, path) == 0);
	in.name = in.path = "memory";
	close(fd);
	return in;
}

#endif
