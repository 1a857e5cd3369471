/* SPDX-License-Identifier: MIT */
#include "parquet/valuesin.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/plainin.h"
#include "parquet/textsin.h"

static const char FEW[] = "fewer values than the page's header tells";

struct valuesin {
	const struct leaf *leaf;
	int32_t encoding;
	struct valuesin_dictionary dictionary;
	struct str bytes; /* what is left of them */
	uint64_t at;      /* of booleans, and of split bytes: the next */
	uint64_t n;       /* of split bytes: how many values */
	struct hybridin hybrid;
	struct deltain number;
	struct textsin texts;
};

struct valuesin *
valuesin_new(const struct leaf *leaf)
{
	struct valuesin *v = mem_alloc(sizeof(*v));

	v->leaf = leaf;
	return v;
}

void
valuesin_free(struct valuesin *v)
{
	if (v == NULL)
		return;
	textsin_free(&v->texts);
	free(v);
}

bool
valuesin_indexed(const struct valuesin *v)
{
	return v->encoding == VALUESIN_RLE_DICTIONARY;
}

static const char *
open_indices(struct valuesin *v, const struct valuesin_dictionary *d)
{
	unsigned width;

	if (d == NULL)
		return "indices of a dictionary that is not there";
	v->encoding = VALUESIN_RLE_DICTIONARY;
	v->dictionary = *d;
	if (v->bytes.n == 0) { /* all are null */
		hybridin_open(&v->hybrid, v->bytes, 0);
		return NULL;
	}
	width = (unsigned char)v->bytes.p[0];
	if (width > 32)
		return "indices of more than 32 bits";
	hybridin_open(&v->hybrid, str_skip(v->bytes, 1), width);
	return NULL;
}

static const char *
open_booleans(struct valuesin *v)
{
	uint32_t n;

	if (v->bytes.n == 0) {
		hybridin_open(&v->hybrid, v->bytes, 1);
		return NULL;
	}
	if (v->bytes.n < 4)
		return FEW;
	n = plainin_u32(v->bytes.p);
	if (n > v->bytes.n - 4)
		return "booleans that end too soon";
	hybridin_open(&v->hybrid, (struct str){ v->bytes.p + 4, n }, 1);
	return NULL;
}

/* Tells whether values of a type are encoded so. */
static bool
fits(enum leaf_type type, int32_t encoding)
{
	bool whole = type == LEAF_INT32 || type == LEAF_INT64;

	switch (encoding) {
	case VALUESIN_PLAIN:
		return true;
	case VALUESIN_PLAIN_DICTIONARY:
	case VALUESIN_RLE_DICTIONARY:
		return type != LEAF_BOOLEAN;
	case VALUESIN_RLE:
		return type == LEAF_BOOLEAN;
	case VALUESIN_DELTA:
		return whole;
	case VALUESIN_DELTA_LENGTH:
	case VALUESIN_DELTA_TEXT:
		return type == LEAF_BYTES;
	case VALUESIN_SPLIT:
		return whole || type == LEAF_FLOAT || type == LEAF_DOUBLE;
	default:
		return false;
	}
}

const char *
valuesin_open(struct valuesin *v, int32_t encoding, struct str bytes,
    const struct valuesin_dictionary *d)
{
	if (encoding == VALUESIN_BIT_PACKED)
		return "values in BIT_PACKED, which is deprecated";
	if (!fits(v->leaf->type, encoding))
		return "values in an encoding that does not go with the type";
	v->encoding = encoding;
	v->bytes = bytes;
	v->at = 0;
	switch (encoding) {
	case VALUESIN_PLAIN_DICTIONARY:
	case VALUESIN_RLE_DICTIONARY:
		return open_indices(v, d);
	case VALUESIN_RLE:
		return open_booleans(v);
	case VALUESIN_DELTA:
		v->number = (struct deltain){ 0 };
		if (bytes.n > 0) /* else all are null */
			deltain_open(&v->number, bytes);
		return v->number.why;
	case VALUESIN_DELTA_LENGTH:
	case VALUESIN_DELTA_TEXT:
		return textsin_open(&v->texts, bytes,
		    encoding == VALUESIN_DELTA_TEXT);
	case VALUESIN_SPLIT:
		v->n = bytes.n / leaf_width(v->leaf);
		if (bytes.n % leaf_width(v->leaf) != 0)
			return "split bytes of values that are not whole";
		break;
	}
	return NULL;
}

static const char *
read_indices(struct valuesin *v, size_t n, uint64_t *word)
{
	const struct valuesin_dictionary *d = &v->dictionary;
	bool text = v->leaf->type == LEAF_BYTES;

	while (n > 0) {
		uint32_t some[256];
		size_t now = n < 256 ? n : 256;

		if (hybridin_read(&v->hybrid, some, now) < now)
			return FEW;
		for (size_t i = 0; i < now; i++) {
			if (some[i] >= d->n)
				return "an index beyond the dictionary";
			word[i] = text ? some[i] : d->word[some[i]];
		}
		word += now;
		n -= now;
	}
	return NULL;
}

static const char *
read_runs(struct valuesin *v, size_t n, uint64_t *word)
{
	uint32_t value;
	size_t now;

	while (n > 0) {
		now = hybridin_run(&v->hybrid, &value, n);
		if (now == 0)
			return FEW;
		for (size_t i = 0; i < now; i++)
			*word++ = value;
		n -= now;
	}
	return NULL;
}

static const char *
read_booleans(struct valuesin *v, size_t n, uint64_t *word)
{
	if ((v->at + n + 7) / 8 > v->bytes.n)
		return FEW;
	for (size_t i = 0; i < n; i++, v->at++)
		word[i] = (unsigned char)v->bytes.p[v->at / 8] >> v->at % 8 & 1;
	return NULL;
}

static const char *
read_deltas(struct valuesin *v, size_t n, uint64_t *word)
{
	if (deltain_read(&v->number, word, n) < n)
		return v->number.why != NULL ? v->number.why : FEW;
	if (v->leaf->type == LEAF_INT32)
		for (size_t i = 0; i < n; i++)
			word[i] = plainin_integer(v->leaf, word[i]);
	return NULL;
}

static const char *
read_split(struct valuesin *v, size_t n, uint64_t *word)
{
	size_t size = leaf_width(v->leaf);
	char bytes[8];

	if (n > v->n - v->at)
		return FEW;
	for (size_t i = 0; i < n; i++, v->at++) {
		for (size_t b = 0; b < size; b++)
			bytes[b] = v->bytes.p[b * v->n + v->at];
		plainin_words(v->leaf, bytes, 1, &word[i]);
	}
	return NULL;
}

static const char *
read_texts(struct valuesin *v, size_t n, uint64_t *word, struct str *text)
{
	const char *why = textsin_read(&v->texts, n, word, text);

	for (size_t i = 0; i < n; i++)
		word[i] = i;
	return why;
}

size_t
valuesin_ready(struct valuesin *v, size_t n)
{
	if (v->encoding != VALUESIN_DELTA_TEXT)
		return n;
	return textsin_ready(&v->texts, n);
}

static const char *
read_plain(struct valuesin *v, size_t n, uint64_t *word, struct str *text)
{
	size_t size;

	if (v->leaf->type == LEAF_BOOLEAN)
		return read_booleans(v, n, word);
	if (v->leaf->type == LEAF_BYTES) {
		if (!plainin_texts(&v->bytes, n, text))
			return "a text that goes beyond its page";
		for (size_t i = 0; i < n; i++)
			word[i] = i;
		return NULL;
	}
	size = n * leaf_width(v->leaf);
	if (size > v->bytes.n)
		return FEW;
	plainin_words(v->leaf, v->bytes.p, n, word);
	v->bytes = str_skip(v->bytes, size);
	return NULL;
}

const char *
valuesin_read(struct valuesin *v, size_t n, uint64_t *word, struct str *text)
{
	if (n == 0)
		return NULL;
	switch (v->encoding) {
	case VALUESIN_RLE_DICTIONARY:
		return read_indices(v, n, word);
	case VALUESIN_RLE:
		return read_runs(v, n, word);
	case VALUESIN_DELTA:
		return read_deltas(v, n, word);
	case VALUESIN_DELTA_LENGTH:
	case VALUESIN_DELTA_TEXT:
		return read_texts(v, n, word, text);
	case VALUESIN_SPLIT:
		return read_split(v, n, word);
	default:
		return read_plain(v, n, word, text);
	}
}
