/* SPDX-License-Identifier: MIT */
/*
 * copytree and texts: what was read from a folder and written into another
 * is the same; what was there is not touched
 */
#include "source/copytree.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct below_owner same = { (uid_t)-1, (gid_t)-1 };
static char dir[] = "/tmp/tk-copytree-XXXXXX";

static void
put(const char *path, const char *text)
{
	int at = open(".", O_RDONLY | O_DIRECTORY);
	int fd = below_make(at, path, &same);
	ssize_t n;

	assert(fd >= 0);
	n = write(fd, text, strlen(text));
	assert(n == (ssize_t)strlen(text));
	close(fd);
	close(at);
}

static void
has(const char *path, const char *text)
{
	char got[256];
	int fd = open(path, O_RDONLY);
	ssize_t n;

	assert(fd >= 0);
	n = read(fd, got, sizeof(got));
	close(fd);
	assert(n == (ssize_t)strlen(text));
	assert(memcmp(got, text, (size_t)n) == 0);
}

static bool
is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

static void
make_trees(void)
{
	put("in/events/header_page", "page");
	put("in/events/header_event", "event");
	put("in/events/enable", "1");
	put("in/events/ftrace/print/format", "print");
	put("in/events/ftrace/bprint/format", "bprint");
	put("in/events/ftrace/enable", "0");
	put("in/events/sched/b/format", "b");
	put("in/events/sched/a/format", "a");
	put("in/events/sched/unwanted/format", "c");
	put("in/events/irq/z/format", "z");
	put("in/trace_clock", "[local] global\n");
	put("in/per_cpu/cpu10/stats", "ten");
	put("in/per_cpu/cpu2/stats", "two");
	put("in/per_cpu/cpu3/trace", "");
	put("in/per_cpu/cpux/stats", "no");
	put("in/saved_cmdlines", ""); /* there, and empty */
	put("top/saved_cmdlines", "rest\n1 init\nof a name\n");
	put("top/printk_formats", "0x1 : \"x\"\n");
	put("top/trace_clock", "[boot]\n");
	put("few/events/header_page", "page");
}

/* Reads the texts of a folder; returns errno, or 0. */
static int
reads(struct texts *t, const char *folder, const char *const *event, size_t n,
    char **where)
{
	struct texts_from from = { .folder = open(folder, O_RDONLY),
		.top = open("top", O_RDONLY),
		.event = event,
		.n = n };
	int done = texts_read(t, &from, where), why = done < 0 ? errno : 0;

	assert((done < 0) == (*where != NULL));
	close(from.folder);
	close(from.top);
	return why;
}

static const char *const some[] = { "sched/b", "irq/z", "sched/a", "irq/z",
	"ftrace/print" };

static void
texts_are_in_order(void)
{
	static const char *const want[][3] = { { "ftrace", "bprint", "bprint" },
		{ "ftrace", "print", "print" }, { "irq", "z", "z" },
		{ "sched", "a", "a" }, { "sched", "b", "b" } };
	struct texts t;
	char *where;
	int why = reads(&t, "in", some, 5, &where);

	assert(why == 0 && t.events == 5);
	for (size_t i = 0; i < 5; i++) {
		assert(strcmp(t.event[i].system, want[i][0]) == 0);
		assert(strcmp(t.event[i].name, want[i][1]) == 0);
		assert(str_is(t.event[i].format, want[i][2]));
	}
	assert(t.cpus == 3 && t.cpu[0].cpu == 2 && t.cpu[2].cpu == 10);
	assert(str_is(t.cpu[0].stats, "two") && t.cpu[1].stats.p == NULL);
	assert(str_is(t.cpu[2].stats, "ten"));
	assert(
	    str_is(t.header_page, "page") && str_is(t.header_event, "event"));
	assert(t.cmdlines.p != NULL && t.cmdlines.n == 0);
	assert(str_is(t.printk, "0x1 : \"x\"\n") && t.kallsyms.p == NULL);
	assert(str_is(texts_clock(&t), "local"));
	texts_free(&t);
	texts_free(&t);
	why = reads(&t, "few", NULL, 0, &where);
	assert(why == 0 && t.events == 0 && t.cpus == 0 && t.clock.p == NULL);
	assert(str_is(t.cmdlines, "1 init\n") && texts_clock(&t).p == NULL);
	texts_free(&t);
}

static void
lacks(const char *folder, const char *event, int want, const char *path)
{
	struct texts t;
	char *where;
	int why = reads(&t, folder, &event, event != NULL, &where);

	assert(why == want && strcmp(where, path) == 0);
	free(where);
	texts_free(&t);
}

static void
what_cannot_be_read_is_named(void)
{
	int done;

	lacks("top", NULL, ENOENT, "events/header_page");
	lacks("in", "sched/x", ENOENT, "events/sched/x/format");
	lacks("in", "sched", EINVAL, "sched");
	lacks("in", "sched/", EINVAL, "sched/");
	lacks("in", "sched/..", EINVAL, "sched/..");
	lacks("in", "sched/a/b", EINVAL, "sched/a/b");
	lacks("in", "../a", EINVAL, "events/../a/format");
	lacks("in", "/a", EINVAL, "events//a/format");
	put("far/events/header_page", "page");
	done = symlink("../in/trace_clock", "far/trace_clock");
	assert(done == 0);
	lacks("far", NULL, ELOOP, "trace_clock");
	done = truncate("top/printk_formats", (64 << 20) + 1);
	assert(done == 0);
	lacks("few", NULL, EFBIG, "printk_formats");
	done = truncate("top/printk_formats", 10);
	assert(done == 0);
}

static void
clocks(void)
{
	static const char *const text[][2] = { { "[mono]", "mono" },
		{ "local [x86-tsc] y\n", "x86-tsc" }, { "boot\n", "boot" },
		{ "a [b", "b" }, { "", "" }, { "[]\n", "" } };

	for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++) {
		struct texts t = { .clock = str_of(text[i][0]) };
		struct str clock = texts_clock(&t);

		assert(clock.n == strlen(text[i][1]));
		assert(clock.n == 0 || str_is(clock, text[i][1]));
	}
}

static void
a_copy_is_the_same(const char *path, const char *name)
{
	static const int cpu[] = { 2, 10 };
	struct copytree tree;
	struct texts t;
	char *where, file[64];
	int fd[2], done, why = reads(&t, "in", some, 5, &where);

	assert(why == 0);
	done = copytree_open(&tree, path, same, &where);
	assert(done == 0 && where == NULL);
	done = copytree_pages(&tree, cpu, 2, fd, &where);
	assert(done == 0 && where == NULL);
	assert(write(fd[1], "pages", 5) == 5);
	close(fd[0]);
	close(fd[1]);
	done = copytree_texts(&tree, &t, &where);
	assert(done == 0 && where == NULL);
	done = copytree_pages(&tree, cpu + 1, 1, fd, &where);
	assert(done < 0 && errno == EEXIST);
	assert(strcmp(where, "per_cpu/cpu10/trace_pipe_raw") == 0);
	free(where);
	done = copytree_texts(&tree, &t, &where);
	assert(done < 0 && errno == EEXIST);
	assert(strcmp(where, "events/header_page") == 0);
	free(where);
	copytree_close(&tree);
	texts_free(&t);
	snprintf(file, sizeof(file), "%s/per_cpu/cpu10/trace_pipe_raw", name);
	has(file, "pages");
	snprintf(file, sizeof(file), "%s/per_cpu/cpu2/trace_pipe_raw", name);
	has(file, "");
	snprintf(file, sizeof(file), "%s/per_cpu/cpu3", name);
	assert(!is_there(file));
	snprintf(file, sizeof(file), "%s/events/sched/a/format", name);
	has(file, "a");
	snprintf(file, sizeof(file), "%s/events/sched/unwanted", name);
	assert(!is_there(file));
	snprintf(file, sizeof(file), "%s/printk_formats", name);
	has(file, "0x1 : \"x\"\n");
	snprintf(file, sizeof(file), "%s/saved_cmdlines", name);
	has(file, "");
}

static void
is_refused(const char *path, int want)
{
	struct copytree tree;
	char *where;
	int done = copytree_open(&tree, path, same, &where);

	assert(done < 0 && errno == want && strcmp(where, path) == 0);
	free(where);
}

static void
what_is_there_is_not_touched(void)
{
	int done;

	put("full/mine", "mine");
	put("file", "mine");
	done = mkdir("aim", 0777);
	assert(done == 0);
	done = symlink("aim", "link");
	assert(done == 0);
	done = symlink("nowhere", "dangling");
	assert(done == 0);
	is_refused("full", EEXIST);
	is_refused("full/", EEXIST);
	is_refused("file", EEXIST);
	is_refused("link", EEXIST);
	is_refused("link/", EEXIST);
	is_refused("dangling", EEXIST);
	is_refused("no/folder", ENOENT);
	has("full/mine", "mine");
	has("file", "mine");
	assert(!is_there("nowhere") && rmdir("aim") == 0);
}

/* Only root can give things away. */
static void
a_copy_has_an_owner(void)
{
	const struct below_owner other = { 4321, 1234 };
	struct copytree tree;
	struct stat st;
	char *where;
	int cpu = 0, fd, done;

	if (geteuid() != 0)
		return;
	done = copytree_open(&tree, "other", other, &where);
	assert(done == 0);
	done = copytree_pages(&tree, &cpu, 1, &fd, &where);
	assert(done == 0);
	close(fd);
	copytree_close(&tree);
	stat("other", &st);
	assert(st.st_uid == 4321 && st.st_gid == 1234);
	stat("other/per_cpu", &st);
	assert(st.st_uid == 4321 && st.st_gid == 1234);
	stat("other/per_cpu/cpu0/trace_pipe_raw", &st);
	assert(st.st_uid == 4321 && st.st_gid == 1234);
	done = mkdir("theirs", 0777);
	assert(done == 0);
	done = symlink("../full", "theirs/dl");
	assert(done == 0);
	done = copytree_open(&tree, "theirs/dl/new", other, &where);
	assert(done < 0 && errno == ELOOP);
	assert(strcmp(where, "theirs/dl/new") == 0 && !is_there("full/new"));
	free(where);
	/* Of whoever is nobody else a link is followed. */
	a_copy_is_the_same("theirs/dl/new", "full/new");
}

int
main(void)
{
	char command[64] = "rm -rf ";
	int done;

	assert(mkdtemp(dir) != NULL && chdir(dir) == 0);
	make_trees();
	texts_are_in_order();
	what_cannot_be_read_is_named();
	clocks();
	a_copy_is_the_same("new", "new");
	done = mkdir("empty", 0777);
	assert(done == 0);
	a_copy_is_the_same("empty//", "empty");
	what_is_there_is_not_touched();
	a_copy_has_an_owner();
	memcpy(command + strlen(command), dir, sizeof(dir));
	done = system(command);
	assert(done == 0);
	return 0;
}
