/* SPDX-License-Identifier: MIT */
/*
 * threads -- the threads to record, as set_event_pid of tracefs takes them
 *
 *	threads_open(&t, "/proc");
 *	why = threads_add(&t, str_of("1234,5678"), &word);
 *	while (a line of a table)
 *		why = threads_add_row(&t, line);
 *	threads_end(&t);
 *	threads_write(&t, out);
 *	threads_close(&t);
 *
 * Those that do not run any more are left out and counted; whoever then has
 * none at all must not write that: the kernel takes it for all threads.
 */
#ifndef TK_THREADS_H
#define TK_THREADS_H

#include <stddef.h>

#include "base/str.h"
#include "stream/output.h"

struct threads {
	int *id; /* after threads_end: rising, each once */
	size_t n;
	size_t gone; /* ids that were given and run no more */

	/* threads' own: */
	const char *proc;
	size_t cap;
};

/* Begins with none; proc is where procfs is, and must outlive it. */
void threads_open(struct threads *, const char *proc);

/*
 * Adds what the words, with commas between them, are the ids of: a process,
 * which is all threads that it has now, or a thread that leads none.  Those
 * that a process starts meanwhile may be missing, unless the kernel is told to
 * follow forks before: then what is added again afterwards has them all.
 *
 * Returns NULL, or a constant phrase that says what is wrong with *word, which
 * points into words; those before it are added.
 */
const char *threads_add(struct threads *, struct str words, struct str *word);

/*
 * Adds the thread of a line of KRTrace's table, "ID NAME ADDRESS CONTAINER"
 * with blanks or tabs between them, of which but the first is looked at; none
 * for a line that is blank or begins with '#'.  Returns NULL, or a constant
 * phrase: such a line is passed over.
 */
const char *threads_add_row(struct threads *, struct str line);

/* Sorts them, and leaves each there once. */
void threads_end(struct threads *);

/* Writes them with blanks between them, and a line feed. */
void threads_write(const struct threads *, struct output *);

/* Frees what it holds. */
void threads_close(struct threads *);

#endif
