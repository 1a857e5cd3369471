/* SPDX-License-Identifier: MIT */
/*
 * probe -- events that users define, on any function and of any name
 *
 * An event of a kprobe or a uprobe may be called as one of the kernel's own
 * is.  But its text begins with where it is, "(function+0x0/0x50) a=1" or an
 * address (Documentation/trace/kprobetrace.rst, uprobetracer.rst).
 */
#ifndef TK_PROBE_H
#define TK_PROBE_H

#include <stdbool.h>

#include "base/str.h"

/* Tells whether a body begins so. */
bool probe_is(struct str body);

#endif
