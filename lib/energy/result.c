/* SPDX-License-Identifier: MIT */
#include "energy/result.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/owner.h"

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool
result_is_input(const char *path, char *const *inputs)
{
	struct stat output, input;

	if (stat(path, &output) != 0 || !S_ISREG(output.st_mode))
		return false;
	if (fstat(STDIN_FILENO, &input) == 0 && is_same(&output, &input))
		return true;
	for (; inputs != NULL && *inputs != NULL; inputs++)
		if (stat(*inputs, &input) == 0 && is_same(&output, &input))
			return true;
	return false;
}

struct output *
result_open(struct output *file, const char *path, char *const *inputs,
    char *const *others, struct output *standard)
{
	struct owner owner;
	int fd;

	if (path == NULL)
		return standard;
	if (result_is_input(path, inputs) || result_is_input(path, others)) {
		errno = 0;
		return NULL;
	}
	owner_find(&owner);
	fd = owner_create(&owner, AT_FDCWD, path, O_WRONLY);
	if (fd < 0)
		return NULL;
	output_on(file, fd, path);
	return file;
}

const char *
result_error(int error)
{
	return error == 0 ? "it would be written over while it is read"
			  : strerror(error);
}
