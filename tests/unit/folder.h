/* SPDX-License-Identifier: MIT */
/*
 * folder -- folders of empty files, as a test needs them
 */
#ifndef TK_TEST_FOLDER_H
#define TK_TEST_FOLDER_H

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Makes an empty file dir/path, and the folders above it that are missing. */
static inline void
folder_make(const char *dir, const char *path)
{
	char text[512];
	FILE *f;

	snprintf(text, sizeof(text), "%s/%s", dir, path);
	for (char *at = text + strlen(dir) + 1; (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(text, 0777);
		*at = '/';
	}
	f = fopen(text, "w");
	assert(f != NULL);
	fclose(f);
}

#endif
