/* SPDX-License-Identifier: MIT */
#include "dataset/sums.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "dataset/behind.h"

/* So many bytes are summed up before it is asked whether anybody waits. */
enum { STEP = 1 << 22 };

struct item {
	const char *const *files;
	char *sha256;
};

struct sums {
	struct item *item;
	size_t n, begun;
	struct behind *behind;

	/* The thread's: */
	size_t done;           /* so many are complete, */
	struct digest *digest; /* and this is the next, or NULL */
};

static void
work(void *arg, size_t stage, uint64_t bytes)
{
	struct sums *s = arg;

	for (;; s->done++) {
		const struct item *item = &s->item[s->done];
		uint64_t step = STEP;

		if (item->files == NULL) /* behind the last */
			return;
		if (s->digest == NULL)
			s->digest = digest_open(item->files);
		if (s->done == stage)
			break;
		while (
		    !behind_dropped(s->behind) && digest_until(s->digest, step))
			step += STEP;
		if (behind_dropped(s->behind))
			return;
		if (digest_close(s->digest, item->sha256) < 0)
			item->sha256[0] = '\0';
		s->digest = NULL;
	}
	digest_until(s->digest, bytes);
}

struct sums *
sums_new(size_t n)
{
	struct sums *s = mem_alloc(sizeof(*s));

	s->item = mem_alloc((n + 1) * sizeof(*s->item));
	s->n = n;
	s->behind = behind_new(work, s);
	return s;
}

void
sums_begin(struct sums *s, const char *const *files, char sha256[DIGEST_TEXT])
{
	assert(s->begun < s->n);
	s->item[s->begun++] = (struct item){ files, sha256 };
	sums_until(s, 0);
}

void
sums_until(struct sums *s, uint64_t bytes)
{
	assert(s->begun > 0);
	behind_until(s->behind, s->begun - 1, bytes);
}

void
sums_free(struct sums *s)
{
	if (s == NULL)
		return;
	if (s->behind != NULL)
		behind_until(s->behind, s->begun, 0);
	behind_free(s->behind);
	digest_free(s->digest);
	free(s->item);
	free(s);
}

void
sums_drop(struct sums *s)
{
	if (s == NULL)
		return;
	behind_drop(s->behind);
	s->behind = NULL;
	sums_free(s);
}
