/* SPDX-License-Identifier: MIT */
#include "source/category.h"

static const char *const known[] = { "hackbench", "schbench", "sysbench_cpu",
	"sysbench_threads", "sysbench_memory", "cpu_bound", "io_mixed" };

static const char *const size[] = { "tiny", "small", "medium", "large",
	"huge" };

/* Tells whether s is the name z, or that with more behind a '_'. */
static bool
is_kind_of(struct str s, const char *z)
{
	return str_starts(s, z) && (s.n == strlen(z) || s.p[strlen(z)] == '_');
}

/* Tells whether s is a size: a word for one, or a number, as 4, 8p or 16t. */
static bool
is_size(struct str s)
{
	size_t digits = 0;

	for (size_t i = 0; i < sizeof(size) / sizeof(size[0]); i++)
		if (str_is(s, size[i]))
			return true;
	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	if (digits + 1 == s.n && digits > 0)
		return (s.p[digits] | 0x20) >= 'a' &&
		    (s.p[digits] | 0x20) <= 'z';
	return digits > 0 && digits == s.n;
}

struct str
category_of(struct str workload)
{
	struct str rest = workload;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (is_kind_of(workload, known[i]))
			return str_of(known[i]);
	while (rest.n > 0 && rest.p[rest.n - 1] != '_')
		rest.n--;
	if (rest.n > 1 && is_size(str_skip(workload, rest.n)))
		return (struct str){ workload.p, rest.n - 1 };
	return workload;
}
