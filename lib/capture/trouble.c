/* SPDX-License-Identifier: MIT */
#include "capture/trouble.h"

#include <errno.h>
#include <stdio.h>

int
trouble_note(struct trouble *t, const char *what, const char *where)
{
	if (t->what != NULL)
		return -1;
	t->what = what;
	t->error = errno;
	snprintf(t->where, sizeof(t->where), "%s", where);
	return -1;
}

int
trouble_in(struct trouble *t, const char *what, const struct instance *in)
{
	if (t->what != NULL)
		return -1;
	t->kernel = true;
	snprintf(t->why, sizeof(t->why), "%s", in->why);
	return trouble_note(t, what, in->failed);
}
