/* SPDX-License-Identifier: MIT */
/*
 * descriptors -- the three that every program begins with
 */
#ifndef TK_DESCRIPTORS_H
#define TK_DESCRIPTORS_H

/*
 * Opens those that the parent closed, so that none becomes the next file that
 * is opened.  To read or to write them fails, as it would have, and a program
 * that is executed has them closed again.
 */
void descriptors_hold(void);

#endif
