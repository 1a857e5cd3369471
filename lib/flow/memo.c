/* SPDX-License-Identifier: MIT */
#include "flow/memo.h"

#include "base/hash.h"

/* So many bytes tell one socket from another, in any form of a report. */
enum { TELLING = 160 };

struct memo_entry *
memo_place(struct memo *m, struct str body)
{
	size_t n = body.n < TELLING ? body.n : TELLING;

	return &m->entry[hash_bytes(body.p, n) % MEMO_PLACES];
}

void
memo_keep(struct memo_entry *e, struct str text)
{
	e->n = text.n <= MEMO_TEXT ? text.n : 0;
	memcpy(e->text, text.p, e->n);
}
