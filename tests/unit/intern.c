/* SPDX-License-Identifier: MIT */
/* intern: equal bytes have one number, and stay where they are */
#undef NDEBUG
#include "base/intern.h"

#include <assert.h>
#include <stdio.h>

enum { MANY = 20000 };

static struct str
numbered(char text[32], int i)
{
	return (struct str){ text, (size_t)snprintf(text, 32, "name %d", i) };
}

static void
test_many(void)
{
	static const char *where[MANY];
	struct intern *t = intern_new();
	char text[32];
	size_t id;

	for (size_t i = 0; i < MANY; i++) {
		struct str s = numbered(text, (int)i);

		assert(!intern_find(t, s, &id));
		assert(intern_id(t, s) == i);
		assert(intern_count(t) == i + 1);
		where[i] = intern_str(t, i).p;
	}
	for (size_t i = 0; i < MANY; i++) {
		struct str s = numbered(text, (int)i);

		assert(intern_id(t, s) == i);
		assert(intern_find(t, s, &id) && id == i);
		assert(str_eq(intern_str(t, i), s));
		assert(intern_str(t, i).p == where[i]);
		assert(where[i][s.n] == '\0');
	}
	assert(intern_count(t) == MANY);
	intern_free(t);
}

/* Any bytes are a name: none, a NUL, and those that only differ behind it. */
static void
test_any_bytes(void)
{
	static const struct str name[] = {
		{ NULL, 0 },
		{ "\0", 1 },
		{ "\0\0", 2 },
		{ "a", 1 },
		{ "a\0b", 3 },
		{ "a\0c", 3 },
		{ "\xff\xfe", 2 },
	};
	struct intern *t = intern_new();
	size_t n = sizeof(name) / sizeof(name[0]);

	for (size_t i = 0; i < n; i++)
		assert(intern_id(t, name[i]) == i);
	for (size_t i = 0; i < n; i++) {
		assert(intern_id(t, name[i]) == i);
		assert(str_eq(intern_str(t, i), name[i]));
	}
	assert(intern_id(t, str_of("")) == 0);
	intern_free(t);
}

int
main(void)
{
	intern_free(NULL);
	test_many();
	test_any_bytes();
	return 0;
}
