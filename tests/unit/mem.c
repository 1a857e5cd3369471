/* SPDX-License-Identifier: MIT */
/* mem: what it gives is zeroed, what it moves is kept */
#undef NDEBUG
#include "base/mem.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_alloc(void)
{
	unsigned char *p = mem_alloc(1000);

	for (size_t i = 0; i < 1000; i++)
		assert(p[i] == 0);
	free(p);
	p = mem_alloc(0); /* no NULL to stumble over */
	assert(p != NULL);
	free(p);
}

static void
test_dup(void)
{
	char *p = mem_dup("a\0bc", 3);

	assert(memcmp(p, "a\0b", 4) == 0);
	free(p);
	p = mem_dup(NULL, 0);
	assert(strcmp(p, "") == 0);
	free(p);
}

/* Grows by uneven steps; each item that was there stays, new ones are 0. */
static void
test_grow(void)
{
	size_t cap = 0, old = 0, moves = 0;
	uint32_t *p = NULL;

	for (size_t need = 0; need < 100000; need += 1 + need % 3) {
		p = mem_grow(p, &cap, need, sizeof(*p));
		assert(cap >= need);
		for (size_t i = old; i < cap; i++) {
			assert(p[i] == 0);
			p[i] = (uint32_t)(i * 2654435761u);
		}
		moves += cap != old;
		old = cap;
	}
	for (size_t i = 0; i < cap; i++)
		assert(p[i] == (uint32_t)(i * 2654435761u));
	assert(moves < 20); /* amortised: doubling from 16 to 131072 is 14 */
	free(p);
}

/* Runs a request that no machine can grant in a child: it exits with 1. */
static void
test_none_left(size_t need, size_t size)
{
	pid_t child = fork();
	int status;

	assert(child >= 0);
	if (child == 0) {
		size_t cap = 0;

		if (freopen("/dev/null", "w", stderr) == NULL)
			_exit(2);
		mem_grow(NULL, &cap, need, size);
		_exit(0);
	}
	assert(waitpid(child, &status, 0) == child);
	assert(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

int
main(void)
{
	test_alloc();
	test_dup();
	test_grow();
	test_none_left(SIZE_MAX, 1);
	test_none_left(SIZE_MAX / 4, 8); /* the product does not fit */
	return 0;
}
