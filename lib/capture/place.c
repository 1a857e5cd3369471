/* SPDX-License-Identifier: MIT */
#include "capture/place.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

/* As execvp(3) has it where PATH is not set. */
static const char usual_path[] = "/bin:/usr/bin";

static bool
is_program(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    eaccess(path, X_OK) == 0;
}

/* Returns folder/name, to be freed; an empty folder is the present one. */
static char *
join(struct str folder, const char *name)
{
	const size_t room = folder.n + strlen(name) + 3;
	char *path = mem_alloc(room);

	if (folder.n == 0)
		folder = str_of(".");
	snprintf(path, room, "%.*s/%s", (int)folder.n, folder.p, name);
	return path;
}

/* The same, if it is a program, or else NULL. */
static char *
program_in(struct str folder, const char *name)
{
	char *path = folder.n <= INT_MAX ? join(folder, name) : NULL;

	if (path != NULL && is_program(path))
		return path;
	free(path);
	return NULL;
}

static char *
program_in_path(const char *name)
{
	const char *folder = getenv("PATH");
	char *found;

	if (folder == NULL)
		folder = usual_path;
	for (;;) {
		const char *end = strchrnul(folder, ':');

		found = program_in((struct str){ folder,
				       (size_t)(end - folder) },
		    name);
		if (found != NULL || *end == '\0')
			return found;
		folder = end + 1;
	}
}

/* Returns the folder that this program is in, to be freed, or NULL. */
static char *
own_folder(void)
{
	char path[PATH_MAX], *slash;
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	slash = strrchr(path, '/');
	return slash != NULL ? mem_dup(path, (size_t)(slash - path)) : NULL;
}

char *
place_program(const char *name)
{
	char *found, *own;

	if (strchr(name, '/') != NULL)
		return is_program(name) ? mem_dup(name, strlen(name)) : NULL;
	if (*name == '\0')
		return NULL;
	found = program_in_path(name);
	if (found != NULL || strncmp(name, "tk-", 3) != 0)
		return found;
	own = own_folder();
	if (own != NULL)
		found = program_in(str_of(own), name);
	free(own);
	return found;
}

const char *
place_missing(char *const needs[], size_t *at)
{
	while (needs[*at] != NULL) {
		const char *name = needs[(*at)++];
		char *path = place_program(name);

		if (path == NULL)
			return name;
		free(path);
	}
	return NULL;
}

char *
place_catalogue(void)
{
	static const char *const places[] = {
		"../share/tracekit/pipelines/workloads.yaml",
		"../pipelines/workloads.yaml",
		"../../pipelines/workloads.yaml",
	};
	char *own = own_folder(), *path = NULL;

	for (size_t i = 0; own != NULL && path == NULL &&
	     i < sizeof(places) / sizeof(places[0]);
	     i++) {
		path = join(str_of(own), places[i]);
		if (access(path, R_OK) == -1) {
			free(path);
			path = NULL;
		}
	}
	free(own);
	return path;
}
