/* SPDX-License-Identifier: MIT */
#include "parquet/shortest.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/num.h"

/* Up to here every whole number is one, and its digits are the shortest. */
static const double WHOLE = 1e15, WHOLE_FLOAT = 1e6;

enum { TEXT = 32 };

static bool
reads_back(const char *text, double v, bool is_float)
{
	return is_float ? strtof(text, NULL) == (float)v
			: strtod(text, NULL) == v;
}

/*
 * A normal number that so few digits suffice for is written with them alone by
 * %g, which leaves zeros out; the smallest ones have fewer.
 */
static int
digits(double v, bool is_float)
{
	double size = fabs(v);

	if (is_float)
		return size < (double)FLT_MIN ? 1 : FLT_DIG;
	return size < DBL_MIN ? 1 : DBL_DIG;
}

void
shortest_put(struct output *out, double v, bool is_float)
{
	const int most = is_float ? FLT_DECIMAL_DIG : DBL_DECIMAL_DIG;
	char text[TEXT];
	int n;

	if (isnan(v)) {
		output_text(out, "\"NaN\"");
	} else if (isinf(v)) {
		output_text(out, v < 0 ? "\"-Infinity\"" : "\"Infinity\"");
	} else if (fabs(v) < (is_float ? WHOLE_FLOAT : WHOLE) &&
	    v == trunc(v) && (v != 0 || !signbit(v))) {
		char *p = output_room(out, NUM_TEXT + 2);
		size_t used = num_put_signed(p, (int64_t)v);

		memcpy(p + used, ".0", 2);
		output_used(out, used + 2);
	} else {
		n = digits(v, is_float);
		do
			snprintf(text, sizeof(text), "%.*g", n, v);
		while (n++ < most && !reads_back(text, v, is_float));
		output_text(out, text);
		if (strpbrk(text, ".e") == NULL)
			output_text(out, ".0");
	}
}
