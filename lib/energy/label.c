/* SPDX-License-Identifier: MIT */
#include "energy/label.h"

#include <stdbool.h>
#include <stdlib.h>

#include "record/quote.h"

/* Returns how many bytes the character has; the text is valid UTF-8. */
static size_t
length_of(const char *p)
{
	unsigned char c = (unsigned char)*p;

	return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

/*
 * DEL, the controls U+0080 to U+009F, U+FFFE and U+FFFF, and what makes the
 * end of a CDATA section of the text before it.
 */
static bool
is_harmful(const char *text, const char *p, size_t n)
{
	const unsigned char *u = (const unsigned char *)p;

	return (*p == '>' && p - text >= 2 && p[-1] == ']' && p[-2] == ']') ||
	    (n == 1 && u[0] == 0x7f) ||
	    (n == 2 && u[0] == 0xc2 && u[1] < 0xa0) ||
	    (n == 3 && u[0] == 0xef && u[1] == 0xbf && u[2] >= 0xbe);
}

void
label_put(struct output *out, struct str name)
{
	struct output quoted;
	const char *text, *p, *end;

	if (name.n > LABEL_MAX + 1) /* only the beginning is wanted */
		name.n = LABEL_MAX + 1;
	output_in_memory(&quoted);
	quote_put_name(&quoted, name);
	p = text = quoted.buf + 1;
	end = quoted.buf + quoted.n - 1;
	if (p == end)
		output_text(out, "\"\"");
	while (p < end) {
		size_t n = length_of(p);

		if ((size_t)(p - text) + n > LABEL_MAX) {
			output_text(out, "...");
			break;
		}
		if (is_harmful(text, p, n))
			for (size_t i = 0; i < n; i++)
				output_printf(out, "\\x%02x",
				    (unsigned char)p[i]);
		else
			output_put(out, p, n);
		p += n;
	}
	output_close(&quoted);
}
