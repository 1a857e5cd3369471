/* SPDX-License-Identifier: MIT */
/* divide: heads stay in order, tails move, whatever stands between quotes */
#include "dataset/divide.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "scratch.h"

static void
stretches_lose_their_last_rows(void)
{
	struct output rows = scratch(), rest = scratch();
	struct divide d;

	output_text(&rows, "head\n1\n2\n\"3\n\"\n\"4\"\"\n\"\n5\n6\n7\n");
	divide_begin(&d, &rows, &rest, 5);
	divide_stretch(&d, 9, 2);
	divide_stretch(&d, 9, 1);
	divide_stretch(&d, 2, 0);
	divide_stretch(&d, 2, 7);
	assert(divide_end(&d) == 0);
	assert(scratch_holds(&rest, "\"3\n\"\n5\n6\n"));
	output_text(&rows, "8\n");
	assert(scratch_holds(&rows, "head\n1\n2\n\"4\"\"\n\"\n7\n8\n"));
	output_close(&rows);
	output_close(&rest);
}

/* In lines of JSON a quote alone joins nothing. */
static void
lines_end_at_line_feeds(void)
{
	struct output rows = scratch(), rest = scratch();
	struct divide d;

	output_text(&rows, "\"\n{\"\\\"\"}\n\"\n4\n");
	divide_begin(&d, &rows, &rest, 0);
	d.lines = true;
	divide_stretch(&d, rows.bytes, 2);
	assert(divide_end(&d) == 0);
	assert(scratch_holds(&rows, "\"\n{\"\\\"\"}\n"));
	assert(scratch_holds(&rest, "\"\n4\n"));
	assert(divide_share(10, 0.75) == 7 && divide_share(3, 0) == 0);
	output_close(&rows);
	output_close(&rest);
}

static void
pieces_join(void)
{
	enum { ROWS = 50000, KEPT = 20001 };
	struct output rows = scratch(), rest = scratch();
	struct divide d;

	for (int i = 0; i < ROWS; i++)
		output_text(&rows, "\"a\nb\",c\n");
	divide_begin(&d, &rows, &rest, 0);
	divide_stretch(&d, ROWS * 8, KEPT);
	assert(divide_end(&d) == 0);
	assert(rows.bytes == KEPT * 8);
	assert(rest.bytes + rest.n == (ROWS - KEPT) * 8);
	/* What is not there is an error. */
	divide_begin(&d, &rows, &rest, 0);
	divide_stretch(&d, ROWS * 8, ROWS);
	assert(divide_end(&d) < 0 && rows.err != 0);
	rows.err = 0;
	output_close(&rows);
	output_close(&rest);
}

int
main(void)
{
	stretches_lose_their_last_rows();
	lines_end_at_line_feeds();
	pieces_join();
	return 0;
}
