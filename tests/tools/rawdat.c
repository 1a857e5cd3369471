/* SPDX-License-Identifier: MIT */
/*
 * rawdat -- raw pages and what goes with them, copied
 *
 *	rawdat [-z LEVEL] [-k FILE] dat FOLDER TOP FILE CPUS EVENT ...
 *	rawdat raw FOLDER TOP COPY CPUS EVENT ...
 *
 * FOLDER is laid out as tracefs, TOP has what it lacks.  Of its first CPUS
 * CPUs all the pages are copied, into a new trace.dat file or a new folder.
 * FILE of -k is one of kernel symbols.  A kernel's own trace_pipe_raw is
 * drained.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/copytree.h"
#include "source/datwrite.h"
#include "stream/output.h"

enum { CPUS = 64, PAGE = 4096 };

static struct texts texts;
static int pages[CPUS];
static int number[CPUS];
static char *where;

static int
fail(const char *what)
{
	fprintf(stderr, "rawdat: %s: %s\n", where != NULL ? where : what,
	    strerror(errno));
	exit(1);
}

/* Appends the pages of a CPU to a file; there may be none. */
static void
drain(const char *folder, int cpu, int to)
{
	static char page[PAGE];
	char path[4096];
	int from;
	ssize_t n;

	snprintf(path, sizeof(path), "%s/per_cpu/cpu%d/trace_pipe_raw", folder,
	    cpu);
	from = open(path, O_RDONLY | O_NONBLOCK);
	if (from < 0 && errno == ENOENT)
		return;
	if (from < 0)
		fail(path);
	while ((n = read(from, page, sizeof(page))) > 0)
		if (write(to, page, (size_t)n) != n)
			fail(path);
	if (n < 0 && errno != EAGAIN)
		fail(path);
	close(from);
}

static void
read_texts(char *argv[])
{
	struct texts_from from = { .folder = open(argv[0], O_RDONLY),
		.top = open(argv[1], O_RDONLY) };

	from.event = (const char *const *)argv + 4;
	while (argv[4 + from.n] != NULL)
		from.n++;
	if (from.folder < 0 || texts_read(&texts, &from, &where) < 0)
		fail(argv[0]);
}

static struct str
read_file(const char *path)
{
	static char all[1 << 24];
	FILE *file = fopen(path, "r");
	size_t n;

	if (file == NULL)
		fail(path);
	n = fread(all, 1, sizeof(all), file);
	fclose(file);
	return (struct str){ mem_dup(all, n), n };
}

static int
to_dat(char *argv[], int cpus, const int *level, const char *symbols)
{
	struct datwrite_cpu cpu[CPUS];
	struct datwrite d = { .texts = &texts,
		.by = str_of("rawdat"),
		.cpus = (unsigned)cpus,
		.long_size = sizeof(long),
		.page_size = PAGE,
		.cpu = cpu,
		.n = (size_t)cpus,
		.packed = level != NULL,
		.level = level != NULL ? *level : 0 };
	struct utsname u;
	char name[512];
	int fd;

	for (int i = 0; i < cpus; i++) {
		pages[i] = output_nameless("/tmp");
		drain(argv[0], i, pages[i]);
		cpu[i] = (struct datwrite_cpu){ i, pages[i],
			(uint64_t)lseek(pages[i], 0, SEEK_END) };
	}
	read_texts(argv);
	if (symbols != NULL)
		texts.kallsyms = read_file(symbols);
	uname(&u);
	snprintf(name, sizeof(name), "%s %s %s %s", u.sysname, u.nodename,
	    u.release, u.machine);
	d.uname = str_of(name);
	fd = open(argv[2], O_WRONLY | O_CREAT | O_EXCL, 0666);
	if (fd < 0 || datwrite(fd, &d) < 0)
		fail(argv[2]);
	return close(fd) < 0 ? fail(argv[2]) : 0;
}

static int
to_folder(char *argv[], int cpus)
{
	const struct below_owner same = { (uid_t)-1, (gid_t)-1 };
	struct copytree tree;

	if (copytree_open(&tree, argv[2], same, &where) < 0 ||
	    copytree_pages(&tree, number, (size_t)cpus, pages, &where) < 0)
		fail(argv[2]);
	for (int i = 0; i < cpus; i++) {
		drain(argv[0], i, pages[i]);
		close(pages[i]);
	}
	read_texts(argv);
	if (copytree_texts(&tree, &texts, &where) < 0)
		fail(argv[2]);
	copytree_close(&tree);
	return 0;
}

int
main(int argc, char *argv[])
{
	const char *symbols = NULL;
	int c, level = 0, done;
	bool packed = false;

	while ((c = getopt(argc, argv, "k:z:")) != -1) {
		if (c == 'k')
			symbols = optarg;
		if (c == 'z')
			level = (int)strtol(optarg, NULL, 10);
		packed |= c == 'z';
	}
	argv += optind;
	if (argc - optind < 5) {
		fputs("usage: rawdat [-z LEVEL] [-k FILE] dat|raw FOLDER TOP "
		      "TO CPUS EVENT ...\n",
		    stderr);
		return 2;
	}
	c = (int)strtol(argv[4], NULL, 10);
	if (c < 0 || c > CPUS)
		return 2;
	for (int i = 0; i < c; i++)
		number[i] = i;
	if (strcmp(argv[0], "raw") == 0)
		done = to_folder(argv + 1, c);
	else
		done = to_dat(argv + 1, c, packed ? &level : NULL, symbols);
	texts_free(&texts);
	return done;
}
