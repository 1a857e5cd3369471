/* SPDX-License-Identifier: MIT */
#include "record/csv.h"

/* Tells what a byte does to the cell that it is in. */
enum effect { PLAIN, QUOTED, DOUBLED, REPLACED };

static enum effect
effect_of(unsigned char c)
{
	static const unsigned char effect[256] = {
		['\0'] = REPLACED,
		['\n'] = QUOTED,
		['\r'] = QUOTED,
		[','] = QUOTED,
		['"'] = DOUBLED,
	};

	return effect[c];
}

static void
put_marked(struct output *out, struct str s, bool quotes)
{
	if (quotes)
		output_byte(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		enum effect e = effect_of((unsigned char)s.p[i]);

		if (e == REPLACED) {
			output_text(out, "\\x00");
			continue;
		}
		if (e == DOUBLED)
			output_byte(out, '"');
		output_byte(out, s.p[i]);
	}
	if (quotes)
		output_byte(out, '"');
}

void
csv_put(struct output *out, struct str s)
{
	bool quotes = s.n == 0, plain = true;

	for (size_t i = 0; i < s.n; i++) {
		enum effect e = effect_of((unsigned char)s.p[i]);

		plain = plain && e == PLAIN;
		quotes = quotes || e == QUOTED || e == DOUBLED;
	}
	if (plain && !quotes)
		output_str(out, s);
	else
		put_marked(out, s, quotes);
}

struct str
csv_cut(struct str *text)
{
	struct str row = { text->p, 0 };
	bool quoted = false;

	while (row.n < text->n) {
		char c = row.p[row.n++];

		quoted ^= c == '"';
		if (c == '\n' && !quoted)
			break;
	}
	*text = str_skip(*text, row.n);
	return row;
}
