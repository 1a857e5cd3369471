/* SPDX-License-Identifier: MIT */
#include "dataset/cell.h"

char *
cell_put_odd(struct output *out, char *p, struct str s, size_t room)
{
	if (s.p == NULL)
		return p;
	cell_fill(out, p);
	csv_put(out, s);
	return output_room(out, room);
}
