/* SPDX-License-Identifier: MIT */
/*
 * past -- the document of a data set that was made before
 */
#ifndef TK_PAST_H
#define TK_PAST_H

struct json_t; /* jansson.h, whose names are those of record/json.h, too */

/*
 * Reads a document, to be freed by json_decref.  NULL, with a phrase in *why,
 * if it is none, cannot be read, or is too large.
 */
struct json_t *past_load(const char *path, const char **why);

/*
 * Returns the names of the files with rows of the data set in a directory,
 * NULL-terminated; they and the array are to be freed.  There are none where
 * no document tells of any.
 */
char **past_files(const char *dir);

#endif
