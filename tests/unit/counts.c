/* SPDX-License-Identifier: MIT */
/* counts: what the kernel tells of its buffers, and what it could not tell */
#include "tracefs/counts.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Of a buffer of 64 KB in which nothing was overwritten; clock mono. */
static const char told[] = "entries: 1594\n"
			   "overrun: 0\n"
			   "commit overrun: 0\n"
			   "bytes: 69356\n"
			   "oldest event ts:  1126.765439\n"
			   "now ts:  1126.820733\n"
			   "dropped events: 19917\n"
			   "read events: 7\n";

static void
all_that_the_kernel_tells(void)
{
	struct counts c = { .cpu = 3, .ticks = true };

	assert(counts_parse(&c, str_of(told)));
	assert(c.cpu == 3 && c.entries == 1594 && c.overrun == 0);
	assert(c.commit_overrun == 0 && c.dropped == 19917 && c.read == 7);
	assert(c.oldest == UINT64_C(1126765439000));
	assert(c.now == UINT64_C(1126820733000) && !c.ticks);
	assert(counts_lost(&c) == 19917);
}

static void
a_clock_that_counts_something_else(void)
{
	struct counts c = { .cpu = 0 };

	assert(counts_parse(&c,
	    str_of("oldest event ts: 18446744073709551615\n"
		   "now ts: 77\nread events: 0\n")));
	assert(c.ticks && c.oldest == UINT64_MAX && c.now == 77);
}

static void
losses_are_of_three_kinds(void)
{
	struct counts c = { .cpu = 0 };

	assert(counts_parse(&c,
	    str_of("overrun: 1000000\ncommit overrun: 200\n"
		   "dropped events: 3\nread events: 4\n")));
	assert(c.overrun == 1000000 && c.commit_overrun == 200);
	assert(c.dropped == 3 && counts_lost(&c) == 1000203);
}

static void
the_largest_numbers(void)
{
	struct counts c = { .dropped = 5 };

	assert(counts_parse(&c,
	    str_of("entries: 18446744073709551615\n"
		   "dropped events: 18446744073709551616\n" /* too large */
		   "read events: 18446744073709551615\n")));
	assert(c.entries == UINT64_MAX && c.read == UINT64_MAX);
	assert(c.dropped == 5);
}

/* What is not told stays as it was, and without what was read it is none. */
static void
what_is_no_stats_file(void)
{
	static const char *const bad[] = { "", "\n\n:\n", "read events\n",
		"entries: 9\n", "read events:\n", "read events: \n",
		"read events: x\n", "read events: -1\n", "read events: 0x1\n",
		"read events: 1 2\n", "READ EVENTS: 1\n", " read events: 1\n",
		"read events: 18446744073709551616\n", "reader events: 1\n" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct counts c = { .read = 42, .now = 43 };

		assert(!counts_parse(&c, str_of(bad[i])));
		assert(c.read == 42 && c.now == 43);
	}
}

static void
bad_lines_spoil_no_others(void)
{
	static const char text[] = "entries: 1\nnow ts: 1.5x\n"
				   "oldest event ts: -3.000000\ngarbage\n"
				   "\0: \0\nread events: 2";
	struct counts c = { .now = 8, .oldest = 9 };

	assert(counts_parse(&c, (struct str){ text, sizeof(text) - 1 }));
	assert(c.entries == 1 && c.read == 2);
	assert(c.now == 8 && c.oldest == 9 && !c.ticks);
}

static void
from_a_descriptor_each_time_anew(void)
{
	struct counts c = { .cpu = 0 };
	int fd = memfd_create("stats", MFD_CLOEXEC);

	assert(counts_read(&c, fd) == -1 && errno == EPROTO);
	assert(write(fd, told, strlen(told)) == (ssize_t)strlen(told));
	assert(counts_read(&c, fd) == 0 && c.read == 7);
	assert(pwrite(fd, "entries: 2000", 13, 0) == 13);
	assert(counts_read(&c, fd) == 0 && c.entries == 2000);
	close(fd);
	assert(counts_read(&c, fd) == -1 && errno == EBADF);
}

int
main(void)
{
	all_that_the_kernel_tells();
	a_clock_that_counts_something_else();
	losses_are_of_three_kinds();
	the_largest_numbers();
	what_is_no_stats_file();
	bad_lines_spoil_no_others();
	from_a_descriptor_each_time_anew();
	return 0;
}
