/* SPDX-License-Identifier: MIT */
/*
 * census: events of one number are counted, whole windows and a rest
 */
#include "capture/census.h"

#include <assert.h>
#include <sys/mman.h>
#include <unistd.h>

enum { SWITCH = 372, OTHER = 371, EVENTS = 3 };

/* A page with two events of one number and one of another, of 8 bytes each. */
static void
fill(uint8_t *page)
{
	static const uint16_t types[EVENTS] = { SWITCH, OTHER, SWITCH };
	uint8_t *p = page + 16;
	uint64_t commit = EVENTS * 12;

	memset(page, 0, 4096);
	for (size_t i = 0; i < EVENTS; i++, p += 12) {
		uint32_t head = 2; /* words of data, and no time since */

		memcpy(p, &head, sizeof(head));
		memcpy(p + 4, &types[i], sizeof(types[i]));
	}
	memcpy(page + 8, &commit, sizeof(commit));
}

static void
counts(size_t pages)
{
	const struct page_shape shape = page_shape_usual();
	int fd = memfd_create("pages", MFD_CLOEXEC);
	uint8_t page[4096];

	assert(fd >= 0);
	fill(page);
	for (size_t i = 0; i < pages; i++)
		assert(write(fd, page, sizeof(page)) == sizeof(page));
	assert(census_count(fd, pages * 4096, &shape, SWITCH) == 2 * pages);
	assert(census_count(fd, pages * 4096, &shape, OTHER) == pages);
	assert(census_count(fd, pages * 4096, &shape, 1) == 0);
	/* A file that is shorter than was said. */
	assert(census_count(fd, pages * 4096 + 8192, &shape, OTHER) == pages);
	close(fd);
}

static void
ids(void)
{
	struct texts_event event[] = {
		{ (char *)"sched", (char *)"sched_switch",
		    str_of("name: sched_switch\nID: 372\nformat:\n") },
		{ (char *)"x", (char *)"bad",
		    str_of("name: bad\nID: 70000\n") },
	};
	const struct texts t = { .event = event, .events = 2 };

	assert(census_id(&t, "sched", "sched_switch") == SWITCH);
	assert(census_id(&t, "x", "sched_switch") == -1);
	assert(census_id(&t, "x", "bad") == -1);
}

int
main(void)
{
	counts(0);
	counts(1);
	counts(64);
	counts(130);
	ids();
	return 0;
}
