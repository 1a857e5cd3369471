/* SPDX-License-Identifier: MIT */
/* alias: of any paths, no two labels are the same, and each is of its path */
#include "energy/alias.h"

#include <stdlib.h>

#include "point.h"

enum { ROUNDS = 5000, MOST = 12, PATH = 256 };

/* Numbers as minstd has them: the same in each run. */
static unsigned
draw(unsigned below)
{
	static uint64_t state = 1;

	state = state * 48271 % 2147483647;
	return (unsigned)(state % below);
}

static void
draw_path(char *path)
{
	static const char *const parts[] = { "a", "b", "a#2", "scaphandre",
		"energy_uj", ".", "", "..", "a#3", "\n" };
	unsigned n = 1 + draw(5);

	strcpy(path, draw(2) ? "/" : "");
	for (unsigned i = 0; i < n; i++) {
		strcat(path, parts[draw(10)]);
		strcat(path, "/");
	}
	strcat(path, draw(3) ? "energy_uj" : "x");
}

/* Tells whether a label, without a number, is a run of whole parts of path. */
static bool
is_part(const char *label, const char *path)
{
	char plain[PATH + 2] = "/", want[PATH + 2], *to = plain + 1;
	size_t end;

	for (; *path != '\0'; path += strspn(path, "/")) {
		size_t n = strcspn(path, "/");

		if (n > 0 && !(n == 1 && *path == '.')) {
			memcpy(to, path, n);
			memcpy(to + n, "/", 2);
			to += n + 1;
		}
		path += n;
	}
	snprintf(want, sizeof(want), "/%s/", label);
	if (strstr(plain, want) != NULL)
		return true;
	end = strlen(want) - 1;
	while (want[end] != '#')
		end--;
	strcpy(want + end, "/");
	return strstr(plain, want) != NULL;
}

static void
any_labels_are_unique(void)
{
	char path[MOST][PATH], *label[MOST];
	const char *list[MOST];

	for (unsigned round = 0; round < ROUNDS; round++) {
		unsigned n = draw(MOST + 1);

		for (unsigned i = 0; i < n; i++) {
			draw_path(path[i]);
			list[i] = path[i];
		}
		alias_all(list, n, label);
		for (unsigned i = 0; i < n; i++) {
			assert(*label[i] != '\0' && is_part(label[i], path[i]));
			for (unsigned j = 0; j < i; j++)
				assert(strcmp(label[i], label[j]) != 0);
		}
		for (unsigned i = 0; i < n; i++)
			free(label[i]);
	}
}

static void
what_is_put_does_a_terminal_no_harm(void)
{
	static const char text[] = "a\0\t\x7f\x1b[m\xc3\xa9\xe2\x82\xac\xf0\x9f"
				   "\x98\x80|\x9b\xc2\x85\xc2\xa0\xe2\x82";
	struct output out = { 0 };

	output_in_memory(&out);
	alias_put(&out, (struct str){ text, sizeof(text) - 1 });
	wrote(&out,
	    "a\\x00\\x09\\x7f\\x1b[m\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80|"
	    "\\x9b\\xc2\\x85\xc2\xa0\\xe2\\x82");
	output_close(&out);
}

int
main(void)
{
	any_labels_are_unique();
	what_is_put_does_a_terminal_no_harm();
	return 0;
}
