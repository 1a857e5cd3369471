/* SPDX-License-Identifier: MIT */
/* catalogue: workloads out of YAML, and a line for each mistake */
#undef NDEBUG
#include "capture/catalogue.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

static int failed;

static const char whole[] =
    "# mine\n"
    "workloads:\n"
    "  - name: one of mine\n"
    "    category: c\n"
    "    description: it's \xc3\xa4\n"
    "    command: [sh, -c, \"a  b\", \"\", 4, \"\\n\"]\n"
    "    needs: [sh, a, b]\n"
    "    duration: 10\n"
    "    timeout: 20\n"
    "  - command:\n"
    "      - /bin/true\n"
    "    name: \"2\"\n"
    "    category: null\n";

static bool
list_is(char *const *list, const char *const *want)
{
	for (; *list != NULL && *want != NULL; list++, want++)
		if (strcmp(*list, *want) != 0)
			return false;
	return *list == NULL && *want == NULL;
}

static void
test_whole(void)
{
	const char *const argv[] = { "sh", "-c", "a  b", "", "4", "\n", NULL };
	const char *const needs[] = { "sh", "a", "b", NULL };
	const char *const other[] = { "/bin/true", NULL };
	struct catalogue c;
	const struct workload *w;
	size_t line;
	const char *why = catalogue_read(&c, str_of(whole), &line);

	assert(why == NULL && c.n == 2);
	w = &c.workload[0];
	assert(strcmp(w->name, "one of mine") == 0);
	assert(strcmp(w->category, "c") == 0);
	assert(strcmp(w->description, "it's \xc3\xa4") == 0);
	assert(list_is(w->argv, argv) && list_is(w->needs, needs));
	assert(w->duration == 10 && w->timeout == 20);
	w = &c.workload[1];
	assert(strcmp(w->description, "") == 0);
	assert(strcmp(w->category, "null") == 0);
	assert(list_is(w->argv, other) && list_is(w->needs, other));
	assert(w->duration == 0 && w->timeout == 300);

	assert(catalogue_find(&c, str_of("2")) == w);
	assert(catalogue_find(&c, str_of("3")) == NULL);
	catalogue_free(&c);
	catalogue_free(&c);
}

/* It is refused at that line, in words that have about in them. */
static void
check_refused(const char *text, size_t at, const char *about)
{
	struct catalogue c;
	size_t line;
	const char *why = catalogue_read(&c, str_of(text), &line);

	if (why == NULL || line != at || strstr(why, about) == NULL ||
	    c.n != 0 || c.workload != NULL) {
		fprintf(stderr, "%zu: %s: of %s\n", line,
		    why != NULL ? why : "accepted", text);
		failed = 1;
	}
}

/* The same of a line in a workload that is right otherwise. */
static void
check_line(const char *text, const char *about)
{
	char all[1024];

	snprintf(all, sizeof(all),
	    "workloads:\n"
	    "- {name: a, category: c, command: [d]}\n"
	    "- category: c\n"
	    "  %s\n",
	    text);
	check_refused(all, 4, about);
}

static void
test_form(void)
{
	check_refused("", 1, "workloads");
	check_refused("# nothing\n", 2, "workloads");
	check_refused("- a\n", 1, "workloads");
	check_refused("\nworkload: []\n", 2, "workloads");
	check_refused("workloads:\n", 1, "a list");
	check_refused("workloads: {}\n", 1, "a list");
	check_refused("workloads: []\nmore: 1\n", 2, "workloads");
	check_refused("workloads: []\n---\na: b\n", 2, "second document");
	check_refused("workloads:\n- sleep 10\n", 2, "- name:");
	check_refused("workloads:\n- [a\n- b]\n", 2, "- name:");
	check_refused("workloads:\n\t- a\n", 2, "cannot start any token");
	check_refused("workloads: [\n", 2, "");
	check_refused("a: \xff\n", 1, "UTF-8");
	check_refused("workloads: &a []\n", 1, "anchors");
	check_refused("workloads: *a\n", 1, "anchors");
	check_refused("workloads: !!seq []\n", 1, "tags");
}

static void
test_keys(void)
{
	check_line("comand: [a]", "unknown key");
	check_line("? [a]\n  : b", "unknown key");
	check_line("category: c", "before");
	check_line("command: sleep 10", "list");
	check_line("command: {a: b}", "list");
	check_line("command: [a, [b]]", "words");
	check_line("command: [a, *b]", "aliases");
	check_line("command: [a, \"b\\0c\"]", "NUL");
	check_line("command: [\"\", a]", "without text");
	check_line("command: [a, ,]", "");
	check_line("name: [a]", "text");
	check_line("name: a/b", "'/'");
	check_line("name: a,b", "','");
	check_line("name: .", "'.'");
	check_line("name: ..", "'.'");
	check_line("name: .a", "'.'");
	check_line("name: ' a'", "blank");
	check_line("name: 'a '", "blank");
	check_line("name: ''", "no text");
	check_line("name:", "no text");
	check_line("name: \"a\\nb\"", "control");
	check_line("name: \"a\\0\"", "control");
	check_line("name: \"a\\e[31m\"", "control");
	check_line("name: a", "another workload");
	check_line("description: \"\\e[2J\"", "control");
	check_line("duration: ten", "whole seconds");
	check_line("duration: -1", "whole seconds");
	check_line("duration: 1.5", "whole seconds");
	check_line("timeout: 0", "whole seconds");
	check_line("timeout: 1000001", "whole seconds");
	check_line("timeout: 99999999999999999999", "whole seconds");
}

static void
test_absent(void)
{
	check_refused("workloads:\n\n- {name: a, category: c}\n", 3,
	    "without a command");
	check_refused("workloads:\n- {name: a, command: [c]}\n", 2,
	    "without a category");
	check_refused("workloads:\n- {command: [a], category: c}\n", 2,
	    "without a name");
	check_refused("workloads:\n- {name: a, category: c, command: []}\n", 2,
	    "empty list");
	check_refused("workloads:\n- {}\n", 2, "without a name");
}

/* Writes a name of n bytes into a catalogue; the phrase. */
static const char *
long_name(int n)
{
	char text[1024];
	struct catalogue c;
	size_t line;
	const char *why;

	snprintf(text, sizeof(text),
	    "workloads: [{category: c, command: [d], name: %0*d}]", n, 0);
	why = catalogue_read(&c, str_of(text), &line);
	catalogue_free(&c);
	return why;
}

static void
test_limits(void)
{
	enum { SIZE = CATALOGUE_SIZE_MAX + 1 };
	char *text = mem_alloc(SIZE + 1);
	struct catalogue c;
	size_t line;

	assert(long_name(200) == NULL && long_name(201) != NULL);

	memset(text, '[', SIZE);
	assert(catalogue_read(&c, (struct str){ text, SIZE }, &line) != NULL);
	assert(
	    catalogue_read(&c, (struct str){ text, SIZE - 1 }, &line) != NULL);
	memset(text, '#', SIZE);
	memcpy(text, "workloads: [] ", 14);
	assert(catalogue_read(&c, (struct str){ text, SIZE }, &line) != NULL);
	assert(
	    catalogue_read(&c, (struct str){ text, SIZE - 1 }, &line) == NULL);
	assert(c.n == 0);
	catalogue_free(&c);
	free(text);
}

static void
test_many(void)
{
	enum { LINE = 48, MANY = 1001 };
	char *text = mem_alloc(LINE * (MANY + 1)), *p = text;
	struct catalogue c;
	const char *why;
	size_t line;

	p = stpcpy(p, "workloads:\n");
	for (int i = 0; i < MANY; i++) {
		p += snprintf(p, LINE,
		    "- {name: n%d, category: c, command: [d]}\n", i);
		if (i == MANY - 2) {
			why = catalogue_read(&c, str_of(text), &line);
			assert(why == NULL && c.n == 1000);
			catalogue_free(&c);
		}
	}
	why = catalogue_read(&c, str_of(text), &line);
	assert(why != NULL && line == 1002 && c.n == 0);
	free(text);
}

static void
test_file(void)
{
	char name[] = "/tmp/tk-catalogue-XXXXXX";
	int fd = mkstemp(name);
	struct catalogue c;
	const char *why;
	size_t line;

	assert(fd != -1);
	assert(write(fd, whole, sizeof(whole) - 1) == sizeof(whole) - 1);
	why = catalogue_load(&c, name, &line);
	assert(why == NULL && c.n == 2);
	catalogue_free(&c);
	assert(write(fd, "x", 1) == 1);
	why = catalogue_load(&c, name, &line);
	assert(why != NULL && line == 14 && c.n == 0);
	unlink(name);
	close(fd);
	why = catalogue_load(&c, name, &line);
	assert(why != NULL && line == 0);
	assert(strcmp(why, "No such file or directory") == 0);
	why = catalogue_load(&c, "/", &line);
	assert(why != NULL && line == 0 && strcmp(why, "Is a directory") == 0);
	why = catalogue_load(&c, "/dev/zero", &line);
	assert(why != NULL && line == 1 && strstr(why, "1 MiB") != NULL);
}

/* The original's workloads, by name and category, in its order. */
static void
test_ours(void)
{
	static const char *const want[][2] = {
		{ "hackbench_pipe_small", "hackbench" },
		{ "hackbench_pipe_large", "hackbench" },
		{ "hackbench_socket_small", "hackbench" },
		{ "hackbench_socket_large", "hackbench" },
		{ "sysbench_cpu_4t", "sysbench_cpu" },
		{ "sysbench_cpu_8t", "sysbench_cpu" },
		{ "sysbench_threads_8t", "sysbench_threads" },
		{ "sysbench_threads_16t", "sysbench_threads" },
		{ "sysbench_memory_4t", "sysbench_memory" },
		{ "cpu_bound_4p", "cpu_bound" },
		{ "cpu_bound_8p", "cpu_bound" },
		{ "io_mixed", "io_mixed" },
	};
	struct catalogue c;
	size_t line;
	const char *why = catalogue_load(&c, "pipelines/workloads.yaml", &line);

	assert(why == NULL && c.n == 12);
	for (size_t i = 0; i < 12; i++) {
		assert(strcmp(c.workload[i].name, want[i][0]) == 0);
		assert(strcmp(c.workload[i].category, want[i][1]) == 0);
		assert(c.workload[i].description[0] != '\0');
		assert(c.workload[i].duration > 0);
	}
	catalogue_free(&c);
}

int
main(void)
{
	test_ours();
	test_whole();
	test_form();
	test_keys();
	test_absent();
	test_limits();
	test_many();
	test_file();
	return failed;
}
