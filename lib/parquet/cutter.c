/* SPDX-License-Identifier: MIT */
#include "parquet/cutter.h"

#include <stdlib.h>

#include "base/mem.h"

/* A read is to find its bytes in the processor's cache afterwards. */
enum { READ_LEAST = 1 << 16 };

char *
cutter_room(struct cutter *c, size_t *n)
{
	size_t want = c->n < CUTTER_BLOCK ? CUTTER_BLOCK - c->n : 0;

	if (want < READ_LEAST)
		want = READ_LEAST;
	c->buf = mem_grow(c->buf, &c->cap, c->n + want, 1);
	*n = want;
	return c->buf + c->n;
}

void
cutter_fill(struct cutter *c, size_t n)
{
	c->n += n;
}

void
cutter_put(struct cutter *c, struct str s)
{
	c->buf = mem_grow(c->buf, &c->cap, c->n + s.n, 1);
	if (s.n > 0)
		memcpy(c->buf + c->n, s.p, s.n);
	c->n += s.n;
}

/* Returns how many bytes the next block has, or 0 if that is not known. */
static size_t
length(struct cutter *c, bool end)
{
	const char *nl;

	if (c->n < CUTTER_BLOCK)
		return end ? c->n : 0;
	nl = c->seen >= CUTTER_BLOCK ? NULL
				     : memrchr(c->buf, '\n', CUTTER_BLOCK);
	if (nl != NULL)
		return (size_t)(nl - c->buf) + 1;
	if (c->seen < CUTTER_BLOCK)
		c->seen = CUTTER_BLOCK;
	nl = memchr(c->buf + c->seen, '\n', c->n - c->seen);
	if (nl != NULL)
		return (size_t)(nl - c->buf) + 1;
	c->seen = c->n;
	return end ? c->n : 0;
}

bool
cutter_cut(struct cutter *c, bool end, char **block, size_t *cap, size_t *n)
{
	char *other = *block;
	size_t other_cap = *cap;

	*n = length(c, end);
	if (*n == 0)
		return false;
	/* What is left is little: the buffers change places. */
	if (other_cap < c->n - *n)
		other = mem_grow(other, &other_cap, c->n - *n, 1);
	if (c->n > *n)
		memcpy(other, c->buf + *n, c->n - *n);
	*block = c->buf;
	*cap = c->cap;
	c->buf = other;
	c->cap = other_cap;
	c->n -= *n;
	c->seen = 0;
	return true;
}

void
cutter_free(struct cutter *c)
{
	free(c->buf);
	*c = (struct cutter){ 0 };
}
