/* SPDX-License-Identifier: MIT */
#include "parquet/hive.h"

#include <inttypes.h>

static void
put_escaped(struct output *out, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < ' ' || c == 0x7f ||
		    strchr("\"#%'*/:=?\\{[]^", c) != NULL)
			output_printf(out, "%%%02X", c);
		else
			output_byte(out, (char)c);
	}
}

/* FNV-1a of 64 bits: it is part of a name, and stays what it is. */
static uint64_t
hash(struct str s)
{
	uint64_t h = 0xcbf29ce484222325;

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
	return h;
}

void
hive_put_type(struct output *out, struct str type)
{
	enum { ROOM = 17 }; /* for what stands behind a name that is cut */
	const size_t at = out->n;

	if (type.n == 0) {
		output_byte(out, '%');
		return;
	}
	if (type.p[0] == '.' || type.p[0] == '_') {
		output_text(out, type.p[0] == '.' ? "%2E" : "%5F");
		type = str_skip(type, 1);
	}
	put_escaped(out, type);
	if (out->n - at <= HIVE_NAME)
		return;
	out->n = at + HIVE_NAME - ROOM;
	while ((out->buf[out->n] & 0xc0) == 0x80) /* whole characters */
		out->n--;
	output_printf(out, "%%%016" PRIx64, hash(type));
}

bool
hive_put_pair(struct output *out, struct str key, struct str value)
{
	const size_t at = out->n;

	put_escaped(out, key);
	output_byte(out, '=');
	if (value.n == 0)
		output_text(out, "__HIVE_DEFAULT_PARTITION__");
	else
		put_escaped(out, value);
	if (out->n - at <= HIVE_NAME)
		return true;
	out->n = at;
	return false;
}
