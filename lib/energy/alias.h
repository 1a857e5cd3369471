/* SPDX-License-Identifier: MIT */
/*
 * alias -- short names for files with counters, no two of them the same
 *
 * A file is known by the folder that it is in: intel-rapl:0.  Below a folder
 * scaphandre, it is known by the folder in that, which has the name of a
 * virtual machine: /var/lib/libvirt/scaphandre/VM/intel-rapl:0/energy_uj is VM.
 */
#ifndef TK_ALIAS_H
#define TK_ALIAS_H

#include "stream/output.h"

/* Tells whether a file is in a folder that is below one called scaphandre. */
bool alias_is_virtual(const char *path);

/* Returns the name of the folder of a file; of the file, if it has none. */
struct str alias_folder(const char *path);

/*
 * Sets label[i], to be freed, for each of n paths.  Of those that would be the
 * same, all get as much of the path behind and before as tells them apart; of
 * equal paths, all but the first get a number: "z#2".  O(all bytes), times the
 * number of folders that it takes.
 */
void alias_all(const char *const *path, size_t n, char **label);

/*
 * Writes bytes for people, so that they can do a terminal no harm: control
 * characters, and what is not UTF-8, become \xNN.
 */
void alias_put(struct output *, struct str s);

#endif
