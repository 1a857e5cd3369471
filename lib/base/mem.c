/* SPDX-License-Identifier: MIT */
#include "base/mem.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
checked(void *p)
{
	if (p != NULL)
		return p;
	fprintf(stderr, "%s: out of memory\n", program_invocation_short_name);
	exit(1);
}

void *
mem_alloc(size_t n)
{
	return checked(calloc(1, n > 0 ? n : 1));
}

char *
mem_dup(const char *s, size_t n)
{
	char *copy = checked(n < SIZE_MAX ? malloc(n + 1) : NULL);

	if (n > 0)
		memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

void *
mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t want = *cap < SIZE_MAX / 2 ? *cap * 2 : SIZE_MAX;

	if (need <= *cap)
		return p;
	if (want < 16)
		want = 16;
	if (want < need)
		want = need;
	p = checked(want > SIZE_MAX / size ? NULL : realloc(p, want * size));
	memset((char *)p + *cap * size, 0, (want - *cap) * size);
	*cap = want;
	return p;
}
