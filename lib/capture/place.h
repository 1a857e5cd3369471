/* SPDX-License-Identifier: MIT */
/*
 * place -- where the programs of a workload are, and the catalogue
 *
 * A program is looked for as execvp(3) does.  Those of tracekit, whose names
 * begin with "tk-", are besides looked for in the folder that this program is
 * in, so that a catalogue may say tk-load though PATH does not have it.
 */
#ifndef TK_PLACE_H
#define TK_PLACE_H

#include <stddef.h>

/*
 * Returns the path of a program that can be executed, to be freed, or NULL
 * if there is none.  A name with a slash is a path already.
 */
char *place_program(const char *name);

/*
 * Returns the next of the programs, from *at on, that is not there, and moves
 * *at behind it; NULL when there is no other.  needs ends with NULL.
 */
const char *place_missing(char *const needs[], size_t *at);

/*
 * Returns the path of tracekit's own workloads.yaml, to be freed: where it is
 * installed, ../share/tracekit/pipelines/ from the folder that this program
 * is in (/proc/self/exe), or else in the source tree that it was built in,
 * ../pipelines/ or ../../pipelines/.  NULL if it is in neither.
 */
char *place_catalogue(void);

#endif
