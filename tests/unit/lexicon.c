/* SPDX-License-Identifier: MIT */
/* lexicon: equal texts have one number, until most are new */
#include "parquet/lexicon.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { TEXTS = 60000, LENGTH = 40 };

static char text[TEXTS][LENGTH];

static struct str
make(int i)
{
	/* Of all lengths, alike in front and at the back. */
	snprintf(text[i], LENGTH, "%.*s%d%.*s", i % 14, "aaaaaaaaaaaaaa", i,
	    i % 11, "bbbbbbbbbbb");
	return str_of(text[i]);
}

static void
equal_texts_have_one_number(struct lexicon *l)
{
	for (int i = 0; i < 2000; i++) {
		assert(lexicon_find(l, make(i)) == LEXICON_NONE);
		assert(lexicon_number(l, make(i)) == (uint32_t)i);
		assert(lexicon_number(l, make(i / 2)) == (uint32_t)i / 2);
		assert(lexicon_find(l, make(i / 3)) == (uint32_t)i / 3);
	}
	for (uint32_t i = 0; i < 2000; i++)
		assert(str_eq(l->text[i], str_of(text[i])));
	assert(l->n == 2000);
}

static void
what_is_forgotten_gets_a_new_number(struct lexicon *l)
{
	lexicon_forget(l);
	for (uint32_t i = 0; i < 1000; i++)
		assert(lexicon_find(l, make((int)i)) == LEXICON_NONE);
	for (uint32_t i = 0; i < 1000; i++)
		assert(lexicon_number(l, make((int)i)) == 2000 + i);
	for (uint32_t i = 0; i < 1000; i++)
		assert(lexicon_number(l, make((int)i)) == 2000 + i);
	assert(l->from == 2000 && l->n == 3000);
	lexicon_clear(l);
	assert(l->n == 0 && lexicon_find(l, make(5)) == LEXICON_NONE);
	assert(lexicon_number(l, make(7)) == 0);
}

static void
many_new_texts_are_not_looked_up(struct lexicon *l)
{
	lexicon_clear(l);
	for (int i = 0; i < TEXTS; i++) {
		uint32_t number = lexicon_number(l, make(i));

		assert(number == (uint32_t)i);
		assert(lexicon_number(l, make(i)) == number);
	}
	assert(lexicon_number(l, str_of(text[3])) == TEXTS);
	assert(str_is(l->text[TEXTS], text[3]));
}

int
main(void)
{
	struct lexicon l = { .text = NULL };

	equal_texts_have_one_number(&l);
	what_is_forgotten_gets_a_new_number(&l);
	many_new_texts_are_not_looked_up(&l);
	lexicon_free(&l);
	return 0;
}
