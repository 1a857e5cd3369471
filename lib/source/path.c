/* SPDX-License-Identifier: MIT */
#include "source/path.h"

#include "base/mem.h"

bool
path_drop_end(struct str *s, const char *z)
{
	size_t n = strlen(z);
	bool ends = s->n >= n && memcmp(s->p + s->n - n, z, n) == 0;

	s->n -= ends ? n : 0;
	return ends;
}

size_t
path_last_of(struct str s, const char *z)
{
	size_t n = strlen(z);

	for (size_t at = s.n; at-- > 0;)
		if (s.n - at >= n && memcmp(s.p + at, z, n) == 0)
			return at;
	return s.n;
}

struct str
path_directory(struct str path)
{
	size_t slash = path_last_of(path, "/");

	return (struct str){ path.p, slash < path.n ? slash : 0 };
}

struct str
path_last(struct str path)
{
	size_t slash = path_last_of(path, "/");

	return slash < path.n ? str_skip(path, slash + 1) : path;
}

struct str
path_stem(struct str path)
{
	struct str name = path_last(path);
	size_t dot = path_last_of(name, ".");

	if (dot > 0)
		path.n -= name.n - dot;
	return path;
}

char *
path_join(struct str a, const char *b)
{
	size_t n = strlen(b);
	char *both = mem_alloc(a.n + n + 1);

	memcpy(both, a.p, a.n);
	memcpy(both + a.n, b, n);
	return both;
}
