/* SPDX-License-Identifier: MIT */
#include "parquet/cellout.h"

#include "parquet/shortest.h"
#include "record/quote.h"

static double
double_of(uint64_t word)
{
	double v;

	memcpy(&v, &word, sizeof(v));
	return v;
}

static void
put_integer(struct output *out, const struct leaf *leaf, uint64_t word)
{
	if (leaf->logical == LEAF_UINT64)
		output_u64(out, word);
	else
		output_s64(out, (int64_t)word);
}

void
cellout_put(struct output *out, const struct leaf *leaf, const struct vector *v,
    size_t word)
{
	uint64_t value = v->word[word];

	switch (leaf->type) {
	case LEAF_BOOLEAN:
		output_text(out, value != 0 ? "true" : "false");
		break;
	case LEAF_FLOAT:
	case LEAF_DOUBLE:
		shortest_put(out, double_of(value), leaf->type == LEAF_FLOAT);
		break;
	case LEAF_BYTES:
		if (leaf->logical == LEAF_STRING)
			quote_put(out, v->text[value]);
		else
			quote_put_name(out, v->text[value]);
		break;
	default:
		put_integer(out, leaf, value);
	}
}

void
cellout_put_list(struct output *out, const struct leaf *leaf,
    const struct vector *v, size_t word, size_t n)
{
	output_byte(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			output_byte(out, ',');
		cellout_put(out, leaf, v, word + i);
	}
	output_byte(out, ']');
}
