/* SPDX-License-Identifier: MIT */
/*
 * signals -- those that end a recording, as something to wait for
 */
#ifndef TK_SIGNALS_H
#define TK_SIGNALS_H

/*
 * Blocks SIGINT, SIGTERM, SIGHUP, SIGQUIT and SIGUSR1 for good, but for those
 * that are ignored, as under nohup(1).  Returns a signalfd(2) of them, to be
 * closed, which does not wait; or -1 with errno.
 */
int signals_take(void);

#endif
