/* SPDX-License-Identifier: MIT */
#include "dataset/whole.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "dataset/behind.h"

enum { PIECE = 1 << 16 };

struct whole {
	struct output *const *set;
	size_t n;
	struct output *all;
	uint64_t head;
	bool digests;
	size_t now;     /* the set that is written */
	uint64_t named; /* how much of it the thread knows of */
	struct behind *behind;

	/* The thread's: */
	size_t at_set;
	uint64_t at;            /* bytes of that set that were copied */
	struct digest *own;     /* of that set */
	struct digest *sum;     /* of all, when the first set is complete */
	struct whole_sum *done; /* of each set, and of all */
	int err;                /* errno of a set that could not be read */
};

/* Passes a piece on that begins at w->at. */
static void
take_piece(struct whole *w, size_t n)
{
	struct output *all = w->all;
	const char *piece = all->buf + all->n;
	uint64_t skip = w->at_set > 0 && w->at < w->head ? w->head - w->at : 0;

	if (w->digests)
		digest_add(w->own, piece, n);
	w->at += n;
	if (skip >= n)
		return;
	if (skip > 0)
		memmove(all->buf + all->n, piece + skip, n - skip);
	n -= (size_t)skip;
	if (w->sum != NULL)
		digest_add(w->sum, all->buf + all->n, n);
	output_used(all, n);
}

/* Copies the present set as far as so many bytes, or its end. */
static void
copy(struct whole *w, uint64_t until)
{
	ssize_t n = 1;

	while (w->err == 0 && w->all->err == 0 && w->at < until && n != 0 &&
	    !behind_dropped(w->behind)) {
		uint64_t rest = until - w->at;

		n = pread(w->set[w->at_set]->fd, output_room(w->all, PIECE),
		    rest < PIECE ? (size_t)rest : PIECE, (off_t)w->at);
		if (n > 0)
			take_piece(w, (size_t)n);
		else if (n < 0 && errno != EINTR)
			w->err = errno;
	}
}

/* Ends the present set, which is complete. */
static void
end_set(struct whole *w)
{
	struct whole_sum *done = &w->done[w->at_set];

	copy(w, UINT64_MAX);
	if (w->err != 0)
		return;
	done->bytes = w->at;
	if (w->digests) {
		/* All begins as the first set does. */
		if (w->sum == NULL)
			w->sum = digest_copy(w->own);
		digest_end(w->own, done->sha256);
		w->own = digest_new();
	}
	w->at_set++;
	w->at = 0;
}

static void
work(void *arg, size_t set, uint64_t bytes)
{
	struct whole *w = arg;

	while (w->at_set < set && w->err == 0 && !behind_dropped(w->behind))
		end_set(w);
	if (set < w->n)
		copy(w, bytes);
}

struct whole *
whole_new(struct output *const *set, size_t n, struct output *all,
    uint64_t head, bool digests)
{
	struct whole *w = mem_alloc(sizeof(*w));

	w->set = set;
	w->n = n;
	w->all = all;
	w->head = head;
	w->digests = digests;
	w->own = digests ? digest_new() : NULL;
	w->done = mem_alloc((n + 1) * sizeof(*w->done));
	w->behind = behind_new(work, w);
	return w;
}

void
whole_until(struct whole *w, size_t set)
{
	uint64_t bytes = set < w->n ? w->set[set]->bytes : 0;

	if (set == w->now && bytes == w->named)
		return;
	for (; w->now < set; w->now++)
		output_flush(w->set[w->now]);
	w->named = bytes;
	behind_until(w->behind, set, bytes);
}

static void
release(struct whole *w)
{
	digest_free(w->own);
	digest_free(w->sum);
	free(w->done);
	free(w);
}

/* Returns the first file of which something failed, or NULL; sets errno. */
static const char *
failed(const struct whole *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->set[i]->err != 0) {
			errno = w->set[i]->err;
			return w->set[i]->name;
		}
	if (w->err != 0) {
		errno = w->err;
		return w->set[w->at_set]->name;
	}
	errno = w->all->err;
	return errno != 0 ? w->all->name : NULL;
}

int
whole_end(struct whole *w, struct whole_sum *sum, const char **where)
{
	struct whole_sum *all = &w->done[w->n];

	whole_until(w, w->n);
	behind_free(w->behind);
	output_flush(w->all);
	*where = failed(w);
	if (*where == NULL) {
		all->bytes = w->all->bytes;
		if (w->digests)
			digest_end(w->sum, all->sha256);
		w->sum = NULL;
		memcpy(sum, w->done, (w->n + 1) * sizeof(*sum));
	}
	release(w);
	return *where == NULL ? 0 : -1;
}

void
whole_drop(struct whole *w)
{
	struct output *all;

	if (w == NULL)
		return;
	all = w->all;
	behind_drop(w->behind);
	all->n = 0;
	all->bytes = 0;
	if (ftruncate(all->fd, 0) < 0 || lseek(all->fd, 0, SEEK_SET) < 0)
		all->err = errno;
	release(w);
}
