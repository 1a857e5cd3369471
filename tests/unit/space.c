/* SPDX-License-Identifier: MIT */
/* space: namespaces of processes, and that no link-local address is told */
#undef NDEBUG
#include "pids/space.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static bool
is_told(const struct address *a)
{
	static const char *const none[] = { "127.0.0.0/8", "169.254.0.0/16",
		"fe80::/10", "::1" };
	struct address_block block;

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		assert(address_block_parse(str_of(none[i]), &block));
		if (address_in(a, &block))
			return false;
	}
	return true;
}

int
main(void)
{
	struct spaces *all = spaces_new();
	const struct space *here;
	struct space own, pids, other;
	char path[64], text[64], want[64];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/ns/net", (int)getpid());
	assert(space_identify("/proc/self/ns/net", &own) == 0);
	assert(space_identify("/proc/self/ns/pid", &pids) == 0);
	assert(space_identify(path, &other) == 0);
	assert(space_same(&own, &other) && !space_same(&own, &pids));
	assert(space_identify("/tmp", &other) < 0 && errno == EINVAL);
	assert(space_identify("/nonexistent", &other) < 0 && errno == ENOENT);

	/* The link's text is the kernel's own account of it. */
	n = readlink(path, text, sizeof(text) - 1);
	assert(n > 0);
	text[n] = '\0';
	here = spaces_at(all, path);
	assert(here != NULL && here->err == 0 && space_same(here, &own));
	snprintf(want, sizeof(want), "net:[%ju]", (uintmax_t)here->ino);
	assert(strcmp(text, want) == 0);
	assert(spaces_at(all, "/proc/self/ns/net") == here);
	assert(!here->at.has_v4 || is_told(&here->at.v4));
	assert(!here->at.has_v6 || is_told(&here->at.v6));

	assert(spaces_at(all, "/nonexistent") == NULL && errno == ENOENT);
	assert(spaces_at(all, "/tmp") == NULL && errno == EINVAL);
	spaces_free(all);
	spaces_free(NULL);
	return 0;
}
