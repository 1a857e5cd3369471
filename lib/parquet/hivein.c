/* SPDX-License-Identifier: MIT */
#include "parquet/hivein.h"

#include "base/num.h"
#include "record/quote.h"

void
hivein_put(struct output *out, struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		int high = -1, low = -1;

		if (name.p[i] == '%' && name.n - i > 2) {
			high = num_hex_digit(name.p[i + 1]);
			low = num_hex_digit(name.p[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			output_byte(out, (char)(high << 4 | low));
			i += 2;
		} else {
			output_byte(out, name.p[i]);
		}
	}
}

bool
hivein_null(struct str value)
{
	return str_is(value, "__HIVE_DEFAULT_PARTITION__");
}

/* What is written as an integer would be is one. */
void
hivein_put_value(struct output *out, struct str value)
{
	struct output text;
	char same[NUM_TEXT];
	int64_t v;

	if (hivein_null(value)) {
		output_text(out, "null");
		return;
	}
	output_in_memory(&text);
	hivein_put(&text, value);
	value = (struct str){ text.buf, text.n };
	if (num_s64(value, &v) &&
	    str_eq(value, (struct str){ same, num_put_signed(same, v) }))
		output_s64(out, v);
	else
		quote_put(out, value);
	output_close(&text);
}

bool
hivein_next(struct str *path, struct str *key, struct str *value)
{
	const char *slash, *equals;

	while ((slash = memchr(path->p, '/', path->n)) != NULL) {
		struct str part = { path->p, (size_t)(slash - path->p) };

		*path = str_skip(*path, part.n + 1);
		equals = memchr(part.p, '=', part.n);
		if (equals == NULL || equals == part.p)
			continue;
		*key = (struct str){ part.p, (size_t)(equals - part.p) };
		*value = str_skip(part, key->n + 1);
		return true;
	}
	return false;
}

static void
cut_end(struct str *s, const char *end)
{
	if (str_ends(*s, end) && s->n > strlen(end))
		s->n -= strlen(end);
}

void
hivein_put_type(struct output *out, struct str path)
{
	const char *slash;

	if (str_is(path, "-")) {
		output_text(out, "row");
		return;
	}
	while ((slash = memchr(path.p, '/', path.n)) != NULL)
		path = str_skip(path, (size_t)(slash + 1 - path.p));
	cut_end(&path, ".gz");
	cut_end(&path, ".zst");
	cut_end(&path, ".parquet");
	hivein_put(out, path);
}
