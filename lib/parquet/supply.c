/* SPDX-License-Identifier: MIT */
#include "parquet/supply.h"

#include <stdlib.h>

/* So many bytes of records are made before they are handed on. */
enum { PIECE = 1 << 19 };

void
supply_init(struct supply *s, struct store *store, struct event_reader *reader)
{
	*s = (struct supply){ .store = store };
	output_in_memory(&s->text);
	s->retell.reader = reader;
	s->retell.crew = crew_new(&s->filter, NULL);
	s->retell.out = &s->text;
	s->retell.piece = PIECE;
}

void
supply_free(struct supply *s)
{
	crew_free(s->retell.crew);
	cutter_free(&s->cutter);
	free(s->block);
	if (s->text.name != NULL)
		output_close(&s->text);
}

void
supply_begin(struct supply *s, struct input *in)
{
	struct str few = input_beginning(in, 2);

	/* A comm may begin with a brace as well. */
	s->records = few.n > 0 && few.p[0] == '{' &&
	    (few.n == 1 || few.p[1] == '"' || few.p[1] == '}' ||
		str_is_blank(few.p[1]));
	s->end = false;
}

/* Hands on the blocks that are whole. */
static bool
pass(struct supply *s)
{
	size_t n;

	while (cutter_cut(&s->cutter, s->end, &s->block, &s->block_cap, &n))
		if (!store_block(s->store, &s->block, &s->block_cap, n))
			return false;
	return s->end ? store_input_end(s->store) : true;
}

static bool
read_records(struct supply *s, struct input *in)
{
	size_t n;
	char *to = cutter_room(&s->cutter, &n);

	n = input_read(in, to, n);
	s->end = n == 0;
	cutter_fill(&s->cutter, n);
	return pass(s);
}

static bool
read_events(struct supply *s, struct input *in, const struct metadata *beside,
    struct event *ev)
{
	s->end = !retell_more(&s->retell, in, beside, ev);
	if (!s->end && s->text.n < PIECE)
		return true;
	cutter_put(&s->cutter, (struct str){ s->text.buf, s->text.n });
	s->text.n = 0;
	if (pass(s))
		return true;
	crew_rest(s->retell.crew);
	return false;
}

bool
supply_more(struct supply *s, struct input *in, const struct metadata *beside,
    struct event *ev)
{
	if (s->end)
		return false;
	ev->kind = EVENT_LINE;
	if (s->records)
		return read_records(s, in);
	return read_events(s, in, beside, ev);
}
