/* SPDX-License-Identifier: MIT */
/* whole: the sets one after the other in one file, and the sums of all */
#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dataset/behind.h"
#include "dataset/whole.h"

enum { SETS = 3 };

/* FIPS 180-4, as sha256sum prints them: of nothing, and of "abc". */
static const char of_nothing[] =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char of_abc[] =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

struct files {
	struct output out[SETS + 1];
	struct output *set[SETS];
};

static void
begin(struct files *f)
{
	for (int i = 0; i <= SETS; i++)
		output_on(&f->out[i], output_nameless("/tmp"), "file");
	for (int i = 0; i < SETS; i++)
		f->set[i] = &f->out[i];
}

static void
end(struct files *f)
{
	for (int i = 0; i <= SETS; i++)
		assert(output_close(&f->out[i]) == 0);
}

/* Tells whether a file holds just that. */
static bool
holds(const struct output *out, const char *want)
{
	char got[64];
	ssize_t n = pread(out->fd, got, sizeof(got), 0);

	return n == (ssize_t)strlen(want) &&
	    memcmp(got, want, strlen(want)) == 0;
}

static void
the_names_of_the_columns_stand_there_once(void)
{
	struct whole_sum sum[SETS + 1];
	const char *where;
	struct files f;
	struct whole *w;

	begin(&f);
	for (int i = 0; i < SETS; i++)
		output_text(f.set[i], "h\n");
	w = whole_new(f.set, SETS, &f.out[SETS], 2, true);
	output_text(f.set[0], "a\n");
	whole_until(w, 0);
	output_text(f.set[0], "b\n");
	whole_until(w, 1);
	output_text(f.set[2], "c\n");
	assert(whole_end(w, sum, &where) == 0 && where == NULL);
	assert(holds(&f.out[SETS], "h\na\nb\nc\n"));
	assert(sum[0].bytes == 6 && sum[1].bytes == 2 && sum[2].bytes == 4);
	assert(sum[3].bytes == 8);
	end(&f);
}

static void
sums_are_those_of_sha256sum(void)
{
	struct whole_sum sum[SETS + 1];
	const char *where;
	struct files f;
	struct whole *w;

	begin(&f);
	w = whole_new(f.set, SETS, &f.out[SETS], 0, true);
	output_text(f.set[0], "a");
	whole_until(w, 1);
	output_text(f.set[2], "bc");
	assert(whole_end(w, sum, &where) == 0);
	assert(strcmp(sum[1].sha256, of_nothing) == 0);
	assert(strcmp(sum[3].sha256, of_abc) == 0);
	end(&f);
}

static void
it_can_begin_anew(void)
{
	struct whole_sum sum[SETS + 1];
	const char *where;
	struct files f;
	struct whole *w;

	begin(&f);
	output_text(f.set[0], "old old old");
	w = whole_new(f.set, SETS, &f.out[SETS], 0, true);
	whole_until(w, 1);
	whole_drop(w);
	whole_drop(NULL);
	assert(ftruncate(f.set[0]->fd, 0) == 0);
	assert(pwrite(f.set[0]->fd, "abc", 3, 0) == 3);
	w = whole_new(f.set, SETS, &f.out[SETS], 0, true);
	assert(whole_end(w, sum, &where) == 0);
	assert(holds(&f.out[SETS], "abc"));
	assert(strcmp(sum[0].sha256, of_abc) == 0 && sum[3].bytes == 3);
	end(&f);
}

/* Many pieces, of which some are cut where the names of the columns end. */
static void
long_sets_are_copied_whole(void)
{
	enum { HEAD = 100000, ROWS = 300000 };
	struct whole_sum sum[SETS + 1];
	const char *where;
	struct files f;
	struct whole *w;
	char *got = malloc(HEAD + SETS * ROWS);

	begin(&f);
	w = whole_new(f.set, SETS, &f.out[SETS], HEAD, false);
	for (int i = 0; i < SETS; i++) {
		for (int k = 0; k < HEAD + ROWS; k++) {
			output_byte(f.set[i], (char)(k < HEAD ? 'h' : '0' + i));
			if (k % 1000 == 0)
				whole_until(w, (size_t)i);
		}
	}
	assert(whole_end(w, sum, &where) == 0);
	assert(sum[SETS].bytes == HEAD + SETS * ROWS);
	assert(sum[SETS].sha256[0] == '\0');
	assert(pread(f.out[SETS].fd, got, HEAD + SETS * ROWS, 0) ==
	    HEAD + SETS * ROWS);
	for (int k = 0; k < HEAD + SETS * ROWS; k++)
		assert(got[k] == (k < HEAD ? 'h' : '0' + (k - HEAD) / ROWS));
	free(got);
	end(&f);
}

static void
a_file_that_cannot_be_written_is_named(void)
{
	struct whole_sum sum[SETS + 1];
	const char *where;
	struct files f;
	struct whole *w;

	begin(&f);
	output_close(&f.out[SETS]);
	output_on(&f.out[SETS], open("/dev/full", O_WRONLY | O_CLOEXEC),
	    "all.csv");
	w = whole_new(f.set, SETS, &f.out[SETS], 0, true);
	output_text(f.set[1], "row");
	assert(whole_end(w, sum, &where) < 0);
	assert(strcmp(where, "all.csv") == 0);
	assert(output_close(&f.out[SETS]) < 0);
	for (int i = 0; i < SETS; i++)
		output_close(&f.out[i]);
}

/* Sums up what is left to do, as far as it was named. */
static void
add_up(void *arg, size_t stage, uint64_t bytes)
{
	uint64_t *place = arg;

	assert(stage > place[0] || (stage == place[0] && bytes >= place[1]));
	place[0] = stage;
	place[1] = bytes;
}

static void
what_is_behind_arrives(void)
{
	uint64_t place[2] = { 0, 0 };
	struct behind *b = behind_new(add_up, place);

	for (size_t i = 0; i < 100; i++)
		for (uint64_t k = 0; k < 100; k++)
			behind_until(b, i, k);
	behind_free(b);
	behind_free(NULL);
	assert(place[0] == 99 && place[1] == 99);
}

int
main(void)
{
	the_names_of_the_columns_stand_there_once();
	sums_are_those_of_sha256sum();
	it_can_begin_anew();
	long_sets_are_copied_whole();
	a_file_that_cannot_be_written_is_named();
	what_is_behind_arrives();
	return 0;
}
