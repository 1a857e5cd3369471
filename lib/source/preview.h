/* SPDX-License-Identifier: MIT */
/*
 * preview -- read a trace before it is read, to find its window
 */
#ifndef TK_PREVIEW_H
#define TK_PREVIEW_H

#include "source/event.h"
#include "source/window.h"

/*
 * Opens n inputs once more (input_reopen): returns that many new ones, to be
 * given to preview_close, or NULL where one could not be, and it says why.
 */
struct input **preview_open(struct input *const *in, size_t n, const char *tmp);

/* Closes what preview_open gave for in, which learn why they ended early. */
void preview_close(struct input **again, struct input *const *in, size_t n);

/*
 * Notes all events of n inputs that are read together, to their end, whichever
 * of them are wanted later: a CPU has data where there is any.
 */
void preview_window(const struct recording_options *, struct input *const *in,
    size_t n, struct window *window);

#endif
