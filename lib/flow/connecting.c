/* SPDX-License-Identifier: MIT */
#include "flow/connecting.h"

#include <stdlib.h>

#include "base/mem.h"

static void
drop(struct connecting *all, size_t i)
{
	all->n--;
	memmove(all->item + i, all->item + i + 1,
	    (all->n - i) * sizeof(*all->item));
}

void
connecting_add(struct connecting *all, const struct opening *o)
{
	struct opening stale;

	/* The socket of one that came to nothing, unseen, is used again. */
	if (o->pointer != 0)
		connecting_take(all, o->pointer, &o->remote, &stale);
	if (all->n == CONNECTING_MAX)
		drop(all, 0);
	all->item = mem_grow(all->item, &all->cap, all->n + 1,
	    sizeof(*all->item));
	all->item[all->n++] = *o;
}

bool
connecting_take(struct connecting *all, uint64_t pointer,
    const struct endpoint *remote, struct opening *out)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct opening *o = &all->item[i];

		if (pointer != 0 ? o->pointer != pointer
				 : !endpoint_eq(&o->remote, remote))
			continue;
		*out = *o;
		drop(all, i);
		return true;
	}
	return false;
}

void
connecting_free(struct connecting *all)
{
	free(all->item);
	*all = (struct connecting){ .item = NULL };
}
