/* SPDX-License-Identifier: MIT */
#include "parquet/levelsin.h"

#include <assert.h>

static const char FEW[] = "fewer levels than the page's header tells";
static const char HIGH[] = "a level that is too high";

void
levelsin_open(struct levelsin *l, uint64_t values, struct str repetition,
    struct str definition, unsigned most)
{
	assert(most <= 3);
	l->left = values;
	l->most = most;
	l->at = l->n = 0;
	hybridin_open(&l->repetition, repetition, 1);
	hybridin_open(&l->definition, definition, most > 1 ? 2 : 1);
}

const char *
levelsin_defined(struct levelsin *l, size_t n, uint8_t *defined, size_t *count)
{
	assert(n <= l->left);
	*count = 0;
	l->left -= n;
	while (n > 0) {
		uint32_t level;
		size_t now = hybridin_run(&l->definition, &level, n);

		if (now == 0)
			return FEW;
		if (level > 1)
			return HIGH;
		memset(defined, (int)level, now);
		*count += level * now;
		defined += now;
		n -= now;
	}
	return NULL;
}

/* Reads some levels ahead. */
static const char *
look_ahead(struct levelsin *l)
{
	size_t n = l->left < LEVELSIN_AHEAD ? (size_t)l->left : LEVELSIN_AHEAD;

	l->at = 0;
	l->n = n;
	if (hybridin_read(&l->repetition, l->rep, n) < n ||
	    hybridin_read(&l->definition, l->def, n) < n)
		return FEW;
	for (size_t i = 0; i < n; i++)
		if (l->def[i] > l->most)
			return HIGH;
	return NULL;
}

const char *
levelsin_look(struct levelsin *l, uint32_t *repetition, uint32_t *definition)
{
	const char *why = NULL;

	assert(l->left > 0);
	if (l->at == l->n)
		why = look_ahead(l);
	*repetition = l->rep[l->at];
	*definition = l->def[l->at];
	return why;
}

void
levelsin_take(struct levelsin *l)
{
	l->at++;
	l->left--;
}
