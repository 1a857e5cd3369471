/* SPDX-License-Identifier: MIT */
/*
 * foldersin -- the Parquet files that are in a folder
 *
 * Those whose names end in .parquet, in the folder itself, and in folders
 * KEY=VALUE, as Hive has them, that are in it, in a folder of it, or in one
 * another.  Names that begin with a dot or with _ are passed over, as others
 * do; but not a folder of a key that begins with _.
 */
#ifndef TK_FOLDERSIN_H
#define TK_FOLDERSIN_H

#include <stdbool.h>
#include <stddef.h>

/* Starts zeroed. */
struct foldersin {
	char **path; /* of the files, and NULL behind them once there is one */
	size_t n;
	char *where; /* what could not be read: foldersin's own, or NULL */

	/* foldersin's own: */
	size_t cap;
	char **folder; /* that are still to be read */
	unsigned *depth;
	size_t folders, folder_cap, depth_cap;
};

/* Adds a path as it is. */
void foldersin_add(struct foldersin *, const char *path);

/*
 * Adds the files of a folder, sorted by their paths, but those of the type
 * "trace" before all others, and those of "end" behind them: as records stand
 * in a stream.  Returns how many, or -1 with errno set and where.
 */
long foldersin_read(struct foldersin *, const char *folder);

void foldersin_free(struct foldersin *);

#endif
