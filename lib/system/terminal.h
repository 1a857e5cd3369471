/* SPDX-License-Identifier: MIT */
/*
 * terminal -- how much fits on a line
 */
#ifndef TK_TERMINAL_H
#define TK_TERMINAL_H

/*
 * Returns the columns of the terminal that fd is: as the kernel knows them, or
 * else COLUMNS, or else 80.  Of all that is no terminal they are 80, so that
 * the same comes out everywhere.
 */
unsigned terminal_columns(int fd);

#endif
