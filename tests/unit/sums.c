/* SPDX-License-Identifier: MIT */
/* sums: the digests of files, by a thread that follows */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/str.h"
#include "dataset/sums.h"

/* FIPS 180-4, as sha256sum prints them: of nothing, and of "abc". */
static const char of_nothing[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char of_abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static char dir[] = "/tmp/tk-sums-XXXXXX";
static char a[64], bc[64], empty[64], fifo[64], none[64];

static void
make(char path[64], const char *name, const char *text)
{
	FILE *f;

	snprintf(path, 64, "%s/%s", dir, name);
	if (text == NULL)
		return;
	f = fopen(path, "w");
	assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

static void
several_files_are_taken_as_one(void)
{
	const char *const first[] = { a, bc, NULL },
			  *const second[] = { empty, NULL };
	char sum[2][DIGEST_TEXT];
	struct sums *s = sums_new(3); /* one more than will be */

	sums_begin(s, first, sum[0]);
	sums_until(s, 1);
	sums_until(s, 1);
	sums_begin(s, second, sum[1]);
	sums_free(s);
	assert(strcmp(sum[0], of_abc) == 0);
	assert(strcmp(sum[1], of_nothing) == 0);
}

static void
what_cannot_be_read_again_has_none(void)
{
	const char *const absent[] = { a, none, NULL },
			  *const pipe[] = { fifo, NULL };
	const char *const good[] = { a, bc, NULL };
	char sum[3][DIGEST_TEXT] = { "x", "x", "x" };
	struct sums *s = sums_new(3);

	assert(mkfifo(fifo, 0600) == 0);
	sums_begin(s, absent, sum[0]);
	sums_begin(s, pipe, sum[1]); /* nobody writes to it: not a wait */
	sums_begin(s, good, sum[2]);
	sums_free(s);
	assert(sum[0][0] == '\0' && sum[1][0] == '\0');
	assert(strcmp(sum[2], of_abc) == 0);
}

static void
nothing_is_written_of_what_is_dropped(void)
{
	const char *const files[] = { a, bc, NULL };
	char sum[DIGEST_TEXT] = "as it was";
	struct sums *s = sums_new(1);

	sums_begin(s, files, sum);
	sums_drop(s);
	assert(strcmp(sum, "as it was") == 0);
	sums_drop(NULL);
	sums_free(NULL);
	sums_free(sums_new(0));
}

int
main(void)
{
	assert(mkdtemp(dir) != NULL);
	make(a, "a", "a");
	make(bc, "bc", "bc");
	make(empty, "empty", "");
	make(fifo, "fifo", NULL);
	make(none, "none", NULL);
	several_files_are_taken_as_one();
	what_cannot_be_read_again_has_none();
	nothing_is_written_of_what_is_dropped();
	assert(unlink(a) == 0 && unlink(bc) == 0 && unlink(empty) == 0);
	assert(unlink(fifo) == 0 && rmdir(dir) == 0);
	return 0;
}
