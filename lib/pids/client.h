/* SPDX-License-Identifier: MIT */
/*
 * client -- run a command-line client, and take what it prints
 *
 * The client gets its arguments as they are, without a shell between, an
 * empty standard input, and so many seconds.  It is ended with all that it
 * started in its process group if it takes longer.
 */
#ifndef TK_CLIENT_H
#define TK_CLIENT_H

#include "stream/output.h"

enum client_result {
	CLIENT_DONE,   /* it ended with status 0 */
	CLIENT_ABSENT, /* there is no such program */
	CLIENT_FAILED,
};

/*
 * Runs argv, which ends with NULL, the program being looked for in PATH, and
 * puts what it prints into out, a text in memory, instead of what is in it.
 * If it fails, adds to why a line for each of the first that it wrote to its
 * standard error, or one that tells what became of it; begun with the command.
 */
enum client_result client_run(char *const argv[], unsigned seconds,
    struct output *out, struct output *why);

#endif
