/* SPDX-License-Identifier: MIT */
#include "capture/census.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/num.h"

enum { PAGES = 64 }; /* that are read at once */

/* Reads the line "ID: N" of a format. */
static int
id_of(struct str format)
{
	struct str line;
	uint64_t id;

	while (str_line(&format, &line))
		if (str_starts(line, "ID:") &&
		    num_u64(str_trim(str_skip(line, 3)), &id) &&
		    id <= UINT16_MAX)
			return (int)id;
	return -1;
}

int
census_id(const struct texts *t, const char *system, const char *name)
{
	for (size_t i = 0; i < t->events; i++)
		if (strcmp(t->event[i].system, system) == 0 &&
		    strcmp(t->event[i].name, name) == 0)
			return id_of(t->event[i].format);
	return -1;
}

static uint64_t
count_in(const struct page_shape *shape, const uint8_t *bytes, int id)
{
	struct page_event ev;
	struct page page;
	uint64_t n = 0;
	uint16_t type;

	page_open(&page, shape, bytes, shape->size);
	while (page_next(&page, &ev)) {
		memcpy(&type, ev.data, sizeof(type));
		n += (shape->big_endian ? be16toh(type) : le16toh(type)) == id;
	}
	return n;
}

uint64_t
census_count(int fd, uint64_t size, const struct page_shape *shape, int id)
{
	size_t window = PAGES * shape->size;
	uint8_t *bytes = mem_alloc(window);
	uint64_t n = 0;
	ssize_t r;

	for (uint64_t at = 0; at < size; at += (uint64_t)r) {
		r = pread(fd, bytes, window, (off_t)at);
		if (r < (ssize_t)shape->size)
			break;
		r -= r % (ssize_t)shape->size;
		for (ssize_t i = 0; i < r; i += (ssize_t)shape->size)
			n += count_in(shape, bytes + i, id);
	}
	free(bytes);
	return n;
}
