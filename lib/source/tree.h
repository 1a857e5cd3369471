/* SPDX-License-Identifier: MIT */
/*
 * tree -- folders that are laid out as tracefs is
 *
 *	per_cpu/cpuN/trace_pipe_raw	the pages of a CPU
 *	events/header_page		what their shape is
 *	events/SYSTEM/EVENT/format	what is in an event
 *	saved_cmdlines, trace_clock
 *
 * This is the kernel's own (Documentation/trace/ftrace.rst), an instance of
 * it, or a copy of some of it.
 */
#ifndef TK_TREE_H
#define TK_TREE_H

#include <stdbool.h>

#include "base/str.h"
#include "source/format.h"

/* Returns "FOLDER/NAME", to be freed. */
char *tree_path(const char *folder, const char *name);

/*
 * Tells whether the folder path has pages, and if so stores the paths of
 * those, by CPU, in *files, NULL-terminated; they and the array are to be
 * freed.
 */
bool tree_files(const char *path, char ***files);

/*
 * Returns the operands, NULL-terminated, of a command line with each folder
 * that has pages replaced by their files; to be freed never, as those are.
 */
char **tree_operands(char **operands);

/*
 * Returns the number N of the last "cpuN" in a path: in the name of the file,
 * or else of its folder; -1 if there is none.
 */
int tree_cpu(const char *path);

/*
 * Returns the folder to which ROOT/per_cpu/cpuN/NAME belongs, to be freed;
 * NULL where the path is none such.
 */
char *tree_root(const char *path);

/* Tells whether a path is ROOT/per_cpu/cpuN/NAME. */
bool tree_is_file(const char *path);

/*
 * Reads the file name in the folder root, of at most a MiB, or 64 MiB of
 * saved_cmdlines.  Its text is to be freed; p NULL where it cannot be read.
 */
struct str tree_text(const char *root, const char *name);

/*
 * Reads all formats in a folder: SYSTEM/EVENT/format, or NAME.format in the
 * folder itself.  Returns how many there were.
 */
size_t tree_formats(struct formats *, const char *events);

#endif
