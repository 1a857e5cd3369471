/* SPDX-License-Identifier: MIT */
/* memo: what was kept is found by the same text alone */
#include "flow/memo.h"

#undef NDEBUG
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static void
the_text_decides_to_the_letter(void)
{
	struct memo *m = calloc(1, sizeof(*m));
	struct str text = str_of("saddr=10.0.0.2:80 data_len=");
	struct memo_entry *e = memo_place(m, text);

	assert(!memo_is(e, text));
	memo_keep(e, text);
	assert(memo_is(e, text));
	assert(memo_is(e, str_of("saddr=10.0.0.2:80 data_len=17")));
	assert(!memo_is(e, str_of("saddr=10.0.0.2:80 data_len")));
	assert(!memo_is(e, str_of("saddr=10.0.0.2:81 data_len=")));
	assert(!memo_is(e, str_of("")));
	/* The place is taken over. */
	memo_keep(e, str_of("other"));
	assert(!memo_is(e, text) && memo_is(e, str_of("other")));
	free(m);
}

static void
texts_that_are_too_long_or_empty_are_not_kept(void)
{
	struct memo *m = calloc(1, sizeof(*m));
	char text[MEMO_TEXT + 1];
	struct str s = { text, sizeof(text) };
	struct memo_entry *e;

	memset(text, 'a', sizeof(text));
	e = memo_place(m, s);
	memo_keep(e, s);
	assert(!memo_is(e, s));
	s.n--;
	memo_keep(e, s);
	assert(memo_is(e, s));
	s.n++;
	memo_keep(e, s);
	assert(!memo_is(e, s));
	memo_keep(e, str_of(""));
	assert(!memo_is(e, str_of("")) && !memo_is(e, s));
	free(m);
}

/* Any number of texts has one of the places, each always the same. */
static void
every_text_has_a_place(void)
{
	struct memo *m = calloc(1, sizeof(*m));
	char text[32];

	assert(memo_place(m, (struct str){ text, 0 }) < m->entry + MEMO_PLACES);
	for (int i = 0; i < 100000; i++) {
		int n = snprintf(text, sizeof(text), "saddr=%d", i);
		struct str s = { text, (size_t)n };
		struct memo_entry *e = memo_place(m, s);

		assert(e >= m->entry && e < m->entry + MEMO_PLACES);
		assert(e == memo_place(m, s));
		memo_keep(e, s);
		assert(memo_is(e, s));
	}
	free(m);
}

int
main(void)
{
	the_text_decides_to_the_letter();
	texts_that_are_too_long_or_empty_are_not_kept();
	every_text_has_a_place();
	return 0;
}
