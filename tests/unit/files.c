/* SPDX-License-Identifier: MIT */
/* files and spool: all or nothing in a directory; rows that wait on disk */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dataset/files.h"
#include "dataset/spool.h"

static char dir[] = "/tmp/tk-files-XXXXXX";

static const char *
path(const char *name)
{
	static char text[256];

	snprintf(text, sizeof(text), "%s/%s", dir, name);
	return text;
}

/* Tells whether the file holds just that text; NULL: whether it is absent. */
static bool
holds(const char *name, const char *want)
{
	char got[256] = "";
	FILE *f = fopen(path(name), "r");

	if (f == NULL)
		return want == NULL;
	assert(fread(got, 1, sizeof(got) - 1, f) < sizeof(got) - 1);
	fclose(f);
	return want != NULL && strcmp(got, want) == 0;
}

static void
files_appear_all_at_once(void)
{
	struct output *a, *b;
	struct files files;

	assert(files_open(&files, path("new")) == 0);
	a = files_add(&files, "a");
	assert(a != NULL);
	b = files_add(&files, "b");
	assert(b != NULL);
	output_text(a, "head;tail");
	output_text(b, "b:");
	output_flush(a);
	assert(holds("new/a", NULL) && holds("new/b", NULL));
	assert(files_commit(&files) == 0);
	assert(holds("new/a", "head;tail") && holds("new/b", "b:"));
}

static void
what_is_abandoned_leaves_the_old(void)
{
	struct files files;
	struct output *a;

	assert(files_open(&files, path("new")) == 0);
	a = files_add(&files, "a");
	assert(a != NULL);
	output_text(a, "other");
	errno = EDOM;
	files_abandon(&files);
	assert(errno == EDOM);
	assert(holds("new/a", "head;tail"));
	assert(unlink(path("new/a")) == 0 && unlink(path("new/b")) == 0);
	/* The directory was there before, and nothing else is in it. */
	assert(rmdir(path("new")) == 0);
	assert(files_open(&files, path("new")) == 0);
	assert(files_add(&files, "a") != NULL);
	files_abandon(&files);
	assert(access(path("new"), F_OK) < 0);
}

static void
what_is_in_the_way_is_told(void)
{
	struct files files;
	int fd = open(path("file"), O_WRONLY | O_CREAT, 0600);

	assert(fd >= 0 && close(fd) == 0);
	assert(files_open(&files, path("file")) < 0 && errno == ENOTDIR);
	assert(strcmp(files.where, path("file")) == 0);
	files_abandon(&files);
	assert(files_open(&files, path("no/such")) < 0 && errno == ENOENT);
	files_abandon(&files);
	assert(mkdir(path("a"), 0700) == 0);
	assert(files_open(&files, dir) == 0);
	assert(files_add(&files, "a") == NULL && errno == EISDIR);
	assert(strcmp(files.where, path("a")) == 0);
	files_abandon(&files);
	assert(rmdir(path("a")) == 0 && unlink(path("file")) == 0);
}

static void
a_failed_write_commits_nothing(void)
{
	struct files files;
	struct output *a;

	assert(files_open(&files, path("new")) == 0);
	a = files_add(&files, "a");
	assert(a != NULL);
	output_text(a, "x");
	a->err = ENOSPC;
	assert(files_commit(&files) < 0 && errno == ENOSPC);
	files_abandon(&files);
	assert(access(path("new"), F_OK) < 0);
}

/* Makes the files a and last, in the place of o1 and o2. */
static int
make(struct files *files)
{
	assert(files_open(files, path("new")) == 0);
	files_remove(files, "o2");
	files_remove(files, "o1");
	files_remove(files, "a"); /* which is made again */
	files_remove(files, "none");
	output_text(files_add(files, "a"), "new");
	output_text(files_add(files, "last"), "new");
	return files_commit(files);
}

static void
touch(const char *name)
{
	FILE *f = fopen(path(name), "w");

	assert(f != NULL);
	fclose(f);
}

static void
files_of_an_earlier_time_are_gone(void)
{
	struct files files;

	assert(mkdir(path("new"), 0700) == 0);
	touch("new/o1");
	touch("new/o2");
	touch("new/a");
	touch("new/mine");
	assert(make(&files) == 0);
	assert(files.gone_n == 2);
	assert(strcmp(files.gone[0], "o2") == 0);
	assert(strcmp(files.gone[1], "o1") == 0);
	assert(holds("new/o1", NULL) && holds("new/o2", NULL));
	assert(holds("new/a", "new") && holds("new/last", "new"));
	assert(holds("new/mine", ""));
	files_close(&files);
	assert(unlink(path("new/mine")) == 0 && unlink(path("new/a")) == 0);
	assert(unlink(path("new/last")) == 0 && rmdir(path("new")) == 0);
}

/* Rows of every length around the buffer's, with newlines in them. */
static void
rows_come_back(void)
{
	enum { N = 70000 };
	char *text = malloc(N);
	struct spool_row row;
	struct spool spool;
	size_t i = 0;

	assert(text != NULL);
	memset(text, '\n', N);
	assert(spool_open(&spool, dir) == 0);
	for (size_t n = 0; n < N; n += 1 + n / 3) {
		output_put(&spool.out, text, n);
		spool_end_row(&spool, UINT64_MAX - n, n % 7, (int64_t)n);
	}
	assert(spool_rewind(&spool) == 0);
	for (; spool_next(&spool, &row); i += 1 + i / 3) {
		assert(row.text.n == i && row.cells == i % 7);
		assert(memcmp(row.text.p, text, i) == 0);
		assert(row.group == UINT64_MAX - i && row.ts == (int64_t)i);
	}
	assert(i >= N && spool.err == 0);
	spool_close(&spool);
	spool_close(&spool);
	free(text);
}

static void
a_spool_without_a_place_is_told(void)
{
	struct spool spool;

	assert(spool_open(&spool, path("none")) < 0);
	assert(spool.err == ENOENT && errno == ENOENT);
	spool_close(&spool);
}

int
main(void)
{
	assert(mkdtemp(dir) != NULL);
	files_appear_all_at_once();
	what_is_abandoned_leaves_the_old();
	what_is_in_the_way_is_told();
	a_failed_write_commits_nothing();
	files_of_an_earlier_time_are_gone();
	rows_come_back();
	a_spool_without_a_place_is_told();
	assert(rmdir(dir) == 0);
	return 0;
}
