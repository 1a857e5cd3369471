/* SPDX-License-Identifier: MIT */
/*
 * tree: folders as tracefs has them are found, and those that are not are not
 */
#include "source/tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format.h"

static char top[64];

static const char one[] = FORMAT("one", FIELD("int a", 8, 4, 1), "\"%d\"");
static const char two[] = "name: two\nID: 8\nformat:\n" COMMON FIELD("int b", 8,
    4, 1) "\nprint fmt: \"\"\n";

/* Returns the path of a name in the test's folder. */
static const char *
at(const char *name)
{
	static char path[4][200];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[0]), "%s/%s", top, name);
	return path[turn];
}

static void
folder(const char *name)
{
	assert(mkdir(at(name), 0700) == 0);
}

static void
file(const char *name, const char *bytes, size_t n)
{
	FILE *f = fopen(at(name), "w");

	assert(f != NULL);
	n -= fwrite(bytes, 1, n, f);
	if (fclose(f) != 0 || n > 0)
		abort();
}

static void
the_cpu_in_a_path(void)
{
	static const struct {
		const char *path;
		int cpu;
	} t[] = { { "per_cpu/cpu3/trace_pipe_raw", 3 }, { "cpu0.raw", 0 },
		{ "/a/cpu12.raw.zst", 12 }, { "trace.cpu7", 7 },
		{ "cpu1/cpu2.raw", 2 }, { "cpu1-cpu2", 2 }, { "cpucpu4", 4 },
		{ "cpu5/x/y", -1 }, { "cpu", -1 }, { "", -1 }, { "/", -1 },
		{ "x.raw", -1 }, { "CPU1", -1 }, { "cpu-1", -1 },
		{ "cpu999999", 999999 }, { "cpu1000000", -1 },
		{ "cpu99999999999999999999", -1 }, { "cpu007", 7 },
		{ "cpux/cpu", -1 } };

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++)
		assert(tree_cpu(t[i].path) == t[i].cpu);
}

static void
root_is(const char *path, const char *root)
{
	char *r = tree_root(path);

	assert((r == NULL) == (root == NULL));
	assert(root == NULL || strcmp(r, root) == 0);
	free(r);
}

static void
the_folder_that_pages_belong_to(void)
{
	root_is("/sys/kernel/tracing/per_cpu/cpu0/trace_pipe_raw",
	    "/sys/kernel/tracing");
	root_is("t/per_cpu/cpu10/x", "t");
	root_is("per_cpu/cpu0/x", ".");
	root_is("/per_cpu/cpu0/x", "/");
	root_is("cpu0/x", NULL);
	root_is("a/cpu0/x", NULL);
	root_is("a/per_cpu/x", NULL);
	root_is("a/per_cpu/cpu/x", NULL);
	root_is("a/xper_cpu/cpu0/x", NULL);
	root_is("cpu0.raw", NULL);
	root_is("", NULL);
	root_is("-", NULL);
}

static void
texts(void)
{
	static char large[(1 << 20) + 1];
	struct str text;

	file("small", "a\0b\n", 4);
	file("empty", "", 0);
	file("large", large, sizeof(large));
	file("most", large, sizeof(large) - 1);
	text = tree_text(top, "small");
	assert(text.n == 4 && memcmp(text.p, "a\0b\n", 4) == 0);
	free((char *)text.p);
	text = tree_text(top, "empty");
	assert(text.p != NULL && text.n == 0);
	free((char *)text.p);
	text = tree_text(top, "most");
	assert(text.p != NULL && text.n == sizeof(large) - 1);
	free((char *)text.p);
	assert(tree_text(top, "large").p == NULL);
	file("saved_cmdlines", large, sizeof(large));
	text = tree_text(top, "saved_cmdlines");
	assert(text.p != NULL && text.n == sizeof(large));
	free((char *)text.p);
	assert(tree_text(top, "none").p == NULL);
	assert(tree_text(top, ".").p == NULL); /* a folder */
}

/* A folder that has pages of some CPUs: by number, not by name. */
static void
pages_of_a_folder(void)
{
	static const char *const cpus[] = { "0", "10", "2", "1" };
	char **files, name[64],
	    *operands[] = { (char *)at("none"), strdup(at("t")), (char *)"-",
		    NULL };
	char **all;

	folder("t");
	assert(!tree_files(at("t"), &files));
	folder("t/per_cpu");
	assert(!tree_files(at("t"), &files));
	folder("t/per_cpu/cpu3"); /* without pages */
	folder("t/per_cpu/other");
	file("t/per_cpu/other/trace_pipe_raw", "x", 1);
	assert(!tree_files(at("t"), &files));
	for (size_t i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "t/per_cpu/cpu%s", cpus[i]);
		folder(name);
		snprintf(name, sizeof(name), "t/per_cpu/cpu%s/trace_pipe_raw",
		    cpus[i]);
		file(name, "x", 1);
	}
	assert(tree_files(at("t"), &files));
	assert(tree_cpu(files[0]) == 0 && tree_cpu(files[1]) == 1);
	assert(tree_cpu(files[2]) == 2 && tree_cpu(files[3]) == 10);
	assert(strcmp(files[0], at("t/per_cpu/cpu0/trace_pipe_raw")) == 0);
	for (size_t i = 0; i < 4; i++)
		free(files[i]);
	assert(files[4] == NULL);
	free(files);

	all = tree_operands(operands);
	assert(all[0] == operands[0] && strcmp(all[5], "-") == 0);
	assert(tree_cpu(all[4]) == 10 && all[6] == NULL);
	for (size_t i = 1; i < 5; i++)
		free(all[i]);
	free(all);
	free(operands[1]);
	all = tree_operands(operands + 3);
	assert(all[0] == NULL);
	free(all);
}

/* Both forms of a folder, and what is no format in it. */
static void
formats_of_a_folder(void)
{
	struct formats *f = formats_new(false, 8, false);

	assert(tree_formats(f, at("none")) == 0);
	folder("events");
	assert(tree_formats(f, at("events")) == 0);
	file("events/one.format", one, sizeof(one) - 1);
	file("events/.format", one, sizeof(one) - 1);
	file("events/bad.format", "none", 4);
	file("events/header_page", "x", 1);
	file("events/two", two, sizeof(two) - 1);
	assert(tree_formats(f, at("events")) == 1);
	assert(str_is(formats_find(f, 7)->name, "one"));
	assert(formats_find(f, 8) == NULL);
	folder("events/sys");
	file("events/sys/enable", "0\n", 2);
	folder("events/sys/empty");
	folder("events/sys/two");
	file("events/sys/two/format", two, sizeof(two) - 1);
	formats_free(f);
	f = formats_new(false, 8, false);
	assert(tree_formats(f, at("events")) == 2);
	assert(str_is(formats_find(f, 8)->name, "two"));
	assert(str_is(formats_find(f, 8)->system, "sys"));
	formats_free(f);
}

int
main(void)
{
	const char *tmp = getenv("TMPDIR");
	char command[100], *path = tree_path("a", "b");

	assert(strcmp(path, "a/b") == 0);
	free(path);
	snprintf(top, sizeof(top), "%s/tk-tree-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	assert(mkdtemp(top) != NULL);
	the_cpu_in_a_path();
	the_folder_that_pages_belong_to();
	texts();
	pages_of_a_folder();
	formats_of_a_folder();
	snprintf(command, sizeof(command), "rm -r %s", top);
	return system(command) == 0 ? 0 : 1;
}
