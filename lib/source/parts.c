/* SPDX-License-Identifier: MIT */
#include "source/parts.h"

#include <stdlib.h>

#include "base/mem.h"

/*
 * Tells whether two CPUs share bytes of the file.  The four of a count may
 * have been added to the size of packed ones.
 */
static bool
overlap(const struct dat_cpu *a, const struct dat_cpu *b)
{
	const struct dat_cpu *first = a->offset <= b->offset ? a : b;
	const struct dat_cpu *second = first == a ? b : a;
	uint64_t slack = first->packing != PACKING_NONE ? 4 : 0;

	return second->offset == first->offset ||
	    second->offset - first->offset + slack < first->size;
}

/* NULL, or why that CPU is left out. */
static const char *
why_not(const struct parts *parts, const struct dat_cpu *cpu)
{
	if (parts->n == PARTS_MAX)
		return "it has pages of more than 4096 CPUs";
	for (size_t i = 0; i < parts->n; i++)
		if (overlap(parts->cpu[i], cpu))
			return "the pages of two CPUs stand in one place";
	return NULL;
}

void
parts_begin(struct parts *parts)
{
	parts->n = 0;
	parts->cpu = mem_alloc(PARTS_MAX * sizeof(*parts->cpu));
	parts->page_size = mem_alloc(PARTS_MAX * sizeof(*parts->page_size));
}

const char *
parts_add(struct parts *parts, const struct dat_buffer *b)
{
	const char *why = NULL, *left_out;

	for (size_t i = 0; i < b->n; i++) {
		if (b->cpu[i].size == 0)
			continue;
		if ((left_out = why_not(parts, &b->cpu[i])) != NULL) {
			why = left_out;
			continue;
		}
		parts->page_size[parts->n] = b->page_size;
		parts->cpu[parts->n++] = &b->cpu[i];
	}
	return why;
}

void
parts_free(struct parts *parts)
{
	free(parts->cpu);
	free(parts->page_size);
}
