/* SPDX-License-Identifier: MIT */
#include "stream/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "stream/output.h"

static int
write_to(int fd, const char *path, struct str bytes)
{
	struct output out;

	if (fd < 0)
		return -1;
	output_on(&out, fd, path);
	output_pass(&out, bytes.p, bytes.n);
	return output_close(&out);
}

/* Makes the name that a file has until it is complete. */
static int
name_waiting(const char *path, char waiting[PATH_MAX])
{
	const char *slash = strrchr(path, '/');
	int folder = slash != NULL ? (int)(slash + 1 - path) : 0;
	int n = snprintf(waiting, PATH_MAX, "%.*s.%.200s.%ld", folder, path,
	    path + folder, (long)getpid());

	if (n > 0 && n < PATH_MAX)
		return 0;
	errno = ENAMETOOLONG;
	return -1;
}

int
replace_file(const char *path, struct str bytes)
{
	char real[PATH_MAX], waiting[PATH_MAX];
	struct stat st;
	int fd, error;

	if (stat(path, &st) == 0) {
		if (!S_ISREG(st.st_mode))
			return write_to(open(path, O_WRONLY | O_CLOEXEC), path,
			    bytes);
		if (access(path, W_OK) < 0)
			return -1;
		if (realpath(path, real) != NULL)
			path = real;
	}
	if (name_waiting(path, waiting) < 0)
		return -1;
	fd = open(waiting, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd < 0)
		return -1;
	if (write_to(fd, path, bytes) == 0 && rename(waiting, path) == 0)
		return 0;
	error = errno;
	unlink(waiting);
	errno = error;
	return -1;
}
