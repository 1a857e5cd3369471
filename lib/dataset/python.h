/* SPDX-License-Identifier: MIT */
/*
 * python -- a document as json.dump of CPython writes it
 *
 * It differs from what jansson writes in three ways: escapes are of small
 * letters, an exponent has two digits at least, and the seed is a number of any
 * size, which jansson does not know.
 */
#ifndef TK_PYTHON_H
#define TK_PYTHON_H

#include <jansson.h>

#include "stream/output.h"

/*
 * Writes a document, in the style that json_dumpf(3) is told.  It has the
 * seed, decimal digits, as a string under "seed", before any other string, and
 * before that one decimal at most, which is below 10.
 */
void python_dump(struct output *, const json_t *doc, size_t style,
    struct str seed);

#endif
