/* SPDX-License-Identifier: MIT */
#include "dataset/python.h"

#include <assert.h>

/* Takes a piece of the text; an escape is a piece of its own. */
static int
take(const char *text, size_t n, void *arg)
{
	struct output *out = arg;
	char *p = output_room(out, n);

	memcpy(p, text, n);
	for (size_t i = 2; i < n && memcmp(text, "\\u", 2) == 0; i++)
		if (i % 6 > 1 && p[i] >= 'A' && p[i] <= 'F')
			p[i] = (char)(p[i] | 0x20);
	output_used(out, n);
	return 0;
}

/* Writes numbers and their keys: an exponent has at least two digits. */
static void
put_numbers(struct output *out, const char *p, size_t n)
{
	const char *e = memmem(p, n, "e-", 2);
	size_t before = e != NULL ? (size_t)(e + 2 - p) : n;

	output_put(out, p, before);
	if (e != NULL && (e[3] < '0' || e[3] > '9'))
		output_byte(out, '0');
	output_put(out, p + before, n - before);
}

/* Returns an integer as it is written usually: without zeros before it. */
static struct str
usual(struct str digits, bool *minus)
{
	*minus = digits.n > 0 && digits.p[0] == '-';
	digits = str_skip(digits, *minus);
	while (digits.n > 1 && digits.p[0] == '0')
		digits = str_skip(digits, 1);
	*minus = *minus && !str_is(digits, "0");
	return digits;
}

void
python_dump(struct output *out, const json_t *doc, size_t style,
    struct str seed)
{
	static const char before[] = "\"seed\": ";
	struct output all;
	struct str digits;
	bool minus;
	char *at;
	size_t n;

	output_in_memory(&all);
	json_dump_callback(doc, take, &all, style | JSON_ENSURE_ASCII);
	/* Nothing but numbers stands before it. */
	at = memmem(all.buf, all.n, before, sizeof(before) - 1);
	assert(at != NULL);
	n = (size_t)(at - all.buf) + sizeof(before) - 1;
	put_numbers(out, all.buf, n);
	digits = usual(seed, &minus);
	output_text(out, minus ? "-" : "");
	output_str(out, digits);
	n += seed.n + 2;
	output_put(out, all.buf + n, all.n - n);
	output_close(&all);
}
