/* SPDX-License-Identifier: MIT */
#include "parquet/dictionaryin.h"

#include <stdlib.h>

#include "base/mem.h"
#include "parquet/plainin.h"

static const char MANY[] = "a dictionary of more values than bytes";

static const char *
take_texts(struct dictionaryin *d, struct pagein *page, size_t n)
{
	struct str bytes = page->values;

	if (n > bytes.n / 4)
		return MANY;
	d->text = mem_alloc(n * sizeof(*d->text));
	if (!plainin_texts(&bytes, n, d->text))
		return "a text that goes beyond its page";
	d->page = pagein_keep(page);
	d->values.text = d->text;
	return NULL;
}

const char *
dictionaryin_take(struct dictionaryin *d, const struct leaf *leaf,
    struct pagein *page)
{
	unsigned width = leaf_width(leaf);
	size_t n = page->head.values;

	if (width == 0 && leaf->type != LEAF_BYTES)
		return "a dictionary of booleans";
	if (page->head.encoding != VALUESIN_PLAIN &&
	    page->head.encoding != VALUESIN_PLAIN_DICTIONARY)
		return "a dictionary that is not PLAIN";
	d->there = true;
	d->values = (struct valuesin_dictionary){ .n = n };
	if (width == 0)
		return take_texts(d, page, n);
	if (n > page->values.n / width)
		return MANY;
	d->word = mem_alloc(n * sizeof(*d->word));
	plainin_words(leaf, page->values.p, n, d->word);
	d->values.word = d->word;
	return NULL;
}

void
dictionaryin_drop(struct dictionaryin *d)
{
	free(d->page);
	free(d->word);
	free(d->text);
	*d = (struct dictionaryin){ 0 };
}
