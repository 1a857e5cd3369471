/* SPDX-License-Identifier: MIT */
/*
 * label -- a zone's name as people can be shown it
 */
#ifndef TK_LABEL_H
#define TK_LABEL_H

#include "base/str.h"
#include "stream/output.h"

/*
 * Writes a name as it stands in a record, between the quotes (record/quote),
 * but with each control character and what XML 1.0 does not take in a text
 * (2.2, 2.4) as \xNN: so it is one line of UTF-8 that neither moves a cursor
 * nor breaks a document.  Of one that takes more than LABEL_MAX bytes come the
 * first ones and three dots; an empty one is "".
 */
enum { LABEL_MAX = 100 };
void label_put(struct output *, struct str name);

#endif
