/* SPDX-License-Identifier: MIT */
/*
 * process -- which processes and threads there are, as proc(5) tells
 *
 * Processes end while they are being listed: what is gone when it is looked
 * at is not there, and no error.
 */
#ifndef TK_PROCESS_H
#define TK_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stream/output.h"

struct process {
	int32_t pid, parent; /* parent is 0 where there is none */
};

/* All of them, by pid. */
struct processes {
	struct process *process;
	size_t n, cap;
};

/* A growing list of numbers of processes or threads. */
struct numbers {
	int32_t *number;
	size_t n, cap;
};

void numbers_add(struct numbers *, int32_t number);
void numbers_free(struct numbers *);

/* Reads all processes into an empty table.  Returns 0, or -1 with errno. */
int processes_read(struct processes *);
void processes_free(struct processes *);

/* Returns the process of that number, or NULL. */
const struct process *processes_find(const struct processes *, int32_t pid);

/*
 * Returns which of the n numbers at root is that of the process or, if none
 * is, of its next ancestor; n if it descends from none of them.
 */
size_t processes_root(const struct processes *, int32_t pid,
    const int32_t *root, size_t n);

/*
 * Adds the threads of a process, ascending: none if it has ended.  Returns 0,
 * or -1 with errno set.
 */
int process_threads(int32_t pid, struct numbers *);

/*
 * Puts what /proc/ID/file holds into a text in memory, instead of what is in
 * it.  Returns 0, or -1 with errno set.
 */
int process_file(int32_t id, const char *file, struct output *text);

/*
 * Returns the number that the text of a status file has behind a key such as
 * "PPid:"; -1 if it has none.
 */
int32_t process_status(struct str text, const char *key);

/*
 * Tells whether processes have other numbers here than the kernel's own, as
 * in a container: it is not the first namespace of them, whose inode is
 * always the same (PROC_PID_INIT_INO of Linux's include/linux/proc_ns.h).
 */
bool process_renumbered(void);

/* Tells whether an errno says that a process or thread has ended. */
bool process_gone(int err);

#endif
