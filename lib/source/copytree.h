/* SPDX-License-Identifier: MIT */
/*
 * copytree -- a new folder of raw pages, laid out as tracefs is
 *
 *	copytree_open(&tree, "raw", owner, &where);
 *	copytree_pages(&tree, cpu, n, fd, &where);
 *	... pages are appended to each fd ...
 *	copytree_texts(&tree, &texts, &where);
 *	copytree_close(&tree);
 *
 * It has what tree.h lists, so tk-parse(1) reads it, and per_cpu/cpuN/stats
 * and printk_formats too.  All is made below the descriptor of the folder, so
 * nobody who may write there can lead it elsewhere.
 *
 * Where one of these fails it returns -1 with errno, and *where is the path
 * that could not be made, below the folder or the folder's own, to be freed;
 * otherwise it is NULL.  What was made until then stays.
 */
#ifndef TK_COPYTREE_H
#define TK_COPYTREE_H

#include "base/below.h"
#include "source/texts.h"

struct copytree {
	int folder; /* its descriptor */
	struct below_owner owner;
};

/*
 * Makes the folder path, or takes one of that name that is empty.  EEXIST:
 * something else has that name, such as a folder that is not empty or a
 * symbolic link; nothing of it is touched then, and there is nothing to close.
 * ELOOP: it is to be somebody's, and a part before the name is such a link.
 */
int copytree_open(struct copytree *, const char *path, struct below_owner,
    char **where);

/*
 * Makes per_cpu/cpuN/trace_pipe_raw for each of the n numbers in cpu, empty,
 * and stores a descriptor to write each in fd; they are the caller's.  Where
 * one fails none is left open.
 */
int copytree_pages(const struct copytree *, const int *cpu, size_t n, int *fd,
    char **where);

/* Writes all texts that there are, each into the file that it came from. */
int copytree_texts(const struct copytree *, const struct texts *, char **where);

/* Closes the folder. */
void copytree_close(struct copytree *);

#endif
