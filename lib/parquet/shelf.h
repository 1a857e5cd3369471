/* SPDX-License-Identifier: MIT */
/*
 * shelf -- a folder in which files appear when they are complete
 *
 * What is written has no name until all of it is complete (O_TMPFILE of
 * open(2)); then the files take their names, in place of older ones.  A
 * file may stand in a tree of folders: of such a tree all files appear at
 * once, and it takes the place of none but an empty folder.  So a run that
 * fails leaves what was there before, and nothing else.  While names are given,
 * and on a file system without nameless files before that, the files stand in
 * a new hidden folder, .tracekit-PID-N, which remains if the program is killed
 * then.
 *
 * Where -1 or NULL is returned, errno tells why, and where of the struct what
 * could not be made or written.
 */
#ifndef TK_SHELF_H
#define TK_SHELF_H

#include "stream/output.h"

struct shelf_file {
	struct output out;

	/* shelf's own: */
	struct shelf_file *next;
	char *tree, *path; /* the tree's folder, or NULL, and what is below */
	size_t number;
	char hidden[80]; /* its name in the hidden folder, or "" */
};

struct shelf {
	char where[4096]; /* the path of what failed */

	/* shelf's own: */
	char *path;
	int dir;
	char nest[48];           /* the hidden folder's name, or "" */
	bool made;               /* the folder was not there before */
	bool done;               /* the files have their names */
	struct shelf_file *file; /* the last one first */
	size_t n;
};

/*
 * Opens the folder path; makes it if it is not there, but not those above.
 * 0, or -1 and nothing to close.
 */
int shelf_open(struct shelf *, const char *path);

/* Opens the folder of the file path, which must be there; sets its name. */
int shelf_open_beside(struct shelf *, const char *path, const char **name);

/*
 * Begins a file: path below tree, or a name in the folder itself where tree is
 * NULL.  NULL if it cannot be made, or cannot have that name.
 */
struct shelf_file *shelf_add(struct shelf *, const char *tree,
    const char *path);

/* Notes that this file could not be written. */
void shelf_blame(struct shelf *, const struct shelf_file *);

/* Gives the files their names.  0, or -1. */
int shelf_commit(struct shelf *);

/*
 * Removes what is in the hidden folder of a struct shelf, for a handler of
 * signals: it calls only what signal-safety(7) allows.  False if the files have
 * their names.
 */
bool shelf_interrupt(const void *shelf);

/* Closes and frees all; drops what has no name yet, errno stays as it is. */
void shelf_close(struct shelf *);

#endif
