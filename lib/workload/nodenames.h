/* SPDX-License-Identifier: MIT */
/*
 * nodenames -- what the nodes of a workload are called
 *
 * Each as it calls itself; but if two have the same name all are called like
 * their folders, and if these are the same, too, by their paths.
 */
#ifndef TK_NODENAMES_H
#define TK_NODENAMES_H

#include "workload/assembled.h"

/* Returns them, with a NULL behind: no two are the same. */
char **nodenames(const struct assembled *);
void nodenames_free(char **);

#endif
