/* SPDX-License-Identifier: MIT */
#include "energy/result.h"

#include <fcntl.h>

#include "system/owner.h"

struct output *
result_open(struct output *file, const char *path, struct output *standard)
{
	struct owner owner;
	int fd;

	if (path == NULL)
		return standard;
	owner_find(&owner);
	fd = owner_create(&owner, AT_FDCWD, path, O_WRONLY);
	if (fd < 0)
		return NULL;
	output_on(file, fd, path);
	return file;
}
