/* SPDX-License-Identifier: MIT */
/* csv: cells and rows, as RFC 4180 has them */
#include <assert.h>
#include <stdlib.h>

#include "record/csv.h"

/* Tells whether a cell is written as that. */
static bool
writes(const char *text, size_t n, const char *want)
{
	struct output out;
	bool same;

	output_in_memory(&out);
	csv_put(&out, (struct str){ text, n });
	same = out.n == strlen(want) && memcmp(out.buf, want, out.n) == 0;
	output_close(&out);
	return same;
}

static void
cells_are_quoted_where_they_must_be(void)
{
	assert(writes("a b", 3, "a b"));
	assert(writes("", 0, "\"\""));
	assert(writes("a,b", 3, "\"a,b\""));
	assert(writes("a\"b", 3, "\"a\"\"b\""));
	assert(writes("a\nb", 3, "\"a\nb\""));
	assert(writes("\r", 1, "\"\r\""));
	assert(writes("a\0b", 3, "a\\x00b"));
}

static void
rows_end_outside_of_quotes(void)
{
	struct str text = str_of("a,b\r\n\"c\nd\"\"\n\",e\nlast");

	assert(str_is(csv_cut(&text), "a,b\r\n"));
	assert(str_is(csv_cut(&text), "\"c\nd\"\"\n\",e\n"));
	assert(str_is(csv_cut(&text), "last"));
	assert(text.n == 0 && csv_cut(&text).n == 0);
}

/* What was written as cells comes back as one row. */
static void
a_row_of_any_cells_is_one(void)
{
	static const char some[] = "a\",\n\r b";

	for (unsigned seed = 0; seed < 2000; seed++) {
		struct output out;
		struct str text;
		unsigned v = seed;

		output_in_memory(&out);
		for (int i = 0; i < 3; i++, v /= 8) {
			char cell[2] = { some[v % 7], some[v / 7 % 7] };

			if (i > 0)
				output_byte(&out, ',');
			csv_put(&out, (struct str){ cell, v % 3 });
		}
		output_byte(&out, '\n');
		text = (struct str){ out.buf, out.n };
		assert(csv_cut(&text).n == out.n);
		output_close(&out);
	}
}

int
main(void)
{
	cells_are_quoted_where_they_must_be();
	rows_end_outside_of_quotes();
	a_row_of_any_cells_is_one();
	return 0;
}
