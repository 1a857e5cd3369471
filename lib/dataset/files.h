/* SPDX-License-Identifier: MIT */
/*
 * files -- files of one directory that come into being all at once
 *
 * What is written has no name until all of it is complete (O_TMPFILE of
 * open(2)); then the files take their names one after the other, in place of
 * older ones.  So a run that fails or is killed leaves neither halves nor
 * litter, and what was there before stays as it was.  On a file system that
 * has no nameless files they bear the names .NAME.PID until then, and those
 * remain if the program is killed.
 *
 *	files_open(files, "traces");
 *	out = files_add(files, "train.csv");
 *	...
 *	if (files_commit(files) < 0)
 *		files_abandon(files);
 *
 * Where -1 or NULL is returned, errno tells why, and where of the struct what
 * could not be made or written.
 */
#ifndef TK_FILES_H
#define TK_FILES_H

#include "stream/output.h"

enum { FILES_MAX = 80, FILES_NAME = 64 };

struct file {
	const char *name;
	char temporary[FILES_NAME]; /* its name until then, or "" */
	bool placed;                /* it has its name */
	bool dropped;               /* it is to be none */
	struct output out;
};

struct files {
	char where[4096]; /* the path of what failed */
	/* The names of older files that are no more, when all is committed: */
	char **gone;
	size_t gone_n;
	bool done; /* the files have their names */

	/* files' own: */
	const char *path;
	int dir;   /* its descriptor */
	bool made; /* the directory was not there before */
	size_t gone_cap;
	char **older; /* names of files that are to go */
	size_t older_n, older_cap;
	size_t n;
	struct file file[FILES_MAX];
};

/*
 * Opens the directory path, which must outlive files; makes it if it is not
 * there, but not the directories above.  0, or -1 and nothing to abandon.
 */
int files_open(struct files *, const char *path);

/*
 * Begins a file; name must be a constant of at most 32 bytes, and the file
 * it is to replace no directory.  Returns where it is written, or NULL.
 */
struct output *files_add(struct files *, const char *name);

/* Says that it was the file of this name that could not be written. */
void files_blame(struct files *, const char *name);

/* Says that a file is not to be: in its place there is none afterwards. */
void files_drop(struct files *, const struct output *);

/*
 * Says that an older file of this name is not to be afterwards, unless it is
 * made.
 */
void files_remove(struct files *, const char *name);

/*
 * Gives the files their names and closes everything.  0, or -1 and nothing is
 * changed, but on a file system that cannot exchange two files (rename(2)):
 * there a file that was replaced before another could not be is lost.
 */
int files_commit(struct files *);

/* Drops them instead; errno stays as it is. */
void files_abandon(struct files *);

/*
 * Removes what bears a temporary name, for a handler of signals: it calls only
 * what signal-safety(7) allows.  False if the files have their names.
 */
bool files_interrupt(const struct files *);

/* Frees the rest; all zero is fine. */
void files_close(struct files *);

#endif
