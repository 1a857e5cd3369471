/* SPDX-License-Identifier: MIT */
#include "parquet/landing.h"

#include <errno.h>
#include <sys/stat.h>

int
landing_open(struct landing *l, const char *path, bool one)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	if (one && there && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) {
		if (output_open(&l->direct, path) < 0)
			return -1;
		l->out = &l->direct;
		return 0;
	}
	one &= !there ? !str_ends(str_of(path), "/") : !S_ISDIR(st.st_mode);
	l->shelved = true;
	return one ? shelf_open_beside(&l->shelf, path, &l->file)
		   : shelf_open(&l->shelf, path);
}

int
landing_commit(struct landing *l)
{
	struct output *direct = l->out == &l->direct ? l->out : NULL;

	if (l->shelved)
		return shelf_commit(&l->shelf);
	l->out = NULL;
	if (direct == NULL || output_close(direct) == 0)
		return 0;
	errno = direct->err;
	return -1;
}

void
landing_close(struct landing *l)
{
	if (l->shelved)
		shelf_close(&l->shelf);
	if (l->out == &l->direct) {
		l->out->n = 0;
		output_close(l->out);
	}
	*l = (struct landing){ .out = NULL };
}
