/* SPDX-License-Identifier: MIT */
/* cgroup: which names of groups are those of containers */
#undef NDEBUG
#include "pids/cgroup.h"

#include <assert.h>

#define A "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define B "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210"

static bool
names(const char *path, const char *want)
{
	struct str id = cgroup_id(str_of(path));

	return want == NULL ? id.p == NULL : id.p != NULL && str_is(id, want);
}

static bool
contains(const char *text, const char *want)
{
	struct str id = cgroup_container(str_of(text));

	return want == NULL ? id.p == NULL : id.p != NULL && str_is(id, want);
}

static void
engines_name_groups_by_ids(void)
{
	assert(names("/docker/" A, A));
	assert(names("/system.slice/docker-" A ".scope", A));
	assert(names("/machine.slice/libpod-" A ".scope/container", A));
	assert(names("/kubepods/pod1/cri-containerd-" A ".scope", A));
	assert(names("/sys/fs/cgroup/memory/docker/" A "/", A));
	assert(names("/docker/" A "/docker/" B, B));
	assert(names("/docker/" A "/init.scope", A));
}

static void
others_have_none(void)
{
	assert(names("", NULL) && names("/", NULL));
	assert(names("/user.slice/user-1000.slice", NULL));
	assert(names("/machine.slice/libpod-conmon-" A ".scope", NULL));
	assert(names("/docker/" A "0", NULL)); /* 65 digits */
	assert(names("/docker/x" A, NULL));
	assert(names("/docker/g123456789abcdef0123456789abcdef0123456789abcdef"
		     "0123456789abcdef",
	    NULL));
	assert(names("/" A ".service", NULL));
}

static void
texts_have_a_path_in_each_line(void)
{
	static const char one[] = "12:pids:/docker/" A "\n"
				  "1:name=systemd:/x:y\n"
				  "0::/system.slice/docker-" B ".scope\n";

	assert(contains(one, A));
	assert(cgroup_within(str_of(one), str_of(A)));
	assert(cgroup_within(str_of(one), str_of(B)));
	assert(contains("0::/docker/" A " (deleted)\n", NULL));
	assert(contains("0::/\n", NULL) && contains("", NULL));
	assert(contains("0::", NULL) && contains("::", NULL));
	assert(contains("/docker/" A, NULL) && contains("\n\n", NULL));
	assert(!cgroup_within(str_of("0::/\n"), str_of(A)));
	/* The outer container of two has what is in the inner one. */
	assert(cgroup_within(str_of("0::/docker/" A "/docker/" B), str_of(A)));
}

int
main(void)
{
	struct numbers none = { 0 };

	engines_name_groups_by_ids();
	others_have_none();
	texts_have_a_path_in_each_line();
	assert(cgroup_find("/nonexistent") == NULL);
	assert(cgroup_find("/tmp") == NULL);
	assert(cgroup_threads("/nonexistent", &none) == 0 && none.n == 0);
	return 0;
}
