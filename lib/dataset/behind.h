/* SPDX-License-Identifier: MIT */
/*
 * behind -- a thread that follows what another one writes or reads
 *
 * The work goes in stages, and in each as far as some number of bytes:
 *
 *	b = behind_new(work, arg);
 *	behind_until(b, 0, 4096);
 *	behind_until(b, 0, 70000);
 *	behind_until(b, 1, 0);		the first stage is complete
 *	...
 *	behind_free(b);
 *
 * The thread calls work with the place that was named last, so it may lag and
 * leave some out; what it works on must stay until then.
 */
#ifndef TK_BEHIND_H
#define TK_BEHIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct behind; /* opaque */

/* Works on: all of the stages before this one, and so many bytes of it. */
typedef void behind_work(void *arg, size_t stage, uint64_t bytes);

/*
 * Returns it, to be freed by behind_free; work is called by one thread at a
 * time.
 */
struct behind *behind_new(behind_work *work, void *arg);

/*
 * Names the place as far as which to work, none before an earlier one.  Does
 * not wait for it, unless no thread could be had: then the work is done now.
 */
void behind_until(struct behind *, size_t stage, uint64_t bytes);

/* Tells work that nobody waits for the rest of it. */
bool behind_dropped(const struct behind *);

/* Waits until all of it is done; b may be NULL. */
void behind_free(struct behind *b);

/* Waits only until work returns, which may be before all of it is done. */
void behind_drop(struct behind *b);

#endif
