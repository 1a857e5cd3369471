/* SPDX-License-Identifier: MIT */
#include "source/block.h"

#include <stdlib.h>

#include "base/mem.h"
#include "source/print.h"

/* So many times a stretch its records may be: memory stays bounded. */
enum { RECORDS_MAX = 3 };

struct block {
	struct wanted *wanted;
	struct input in;
	struct intake intake;
	struct item item;
	struct output out;
	const struct block_writer *writer;
	void *state; /* of the writer */
};

struct block *
block_new(const struct wanted *wanted, const struct block_writer *writer)
{
	struct block *b = mem_alloc(sizeof(*b));

	b->writer = writer;
	if (writer != NULL)
		b->state = writer->make(writer->arg);
	b->wanted = wanted_like(wanted);
	output_in_memory(&b->out);
	return b;
}

void
block_free(struct block *b)
{
	if (b == NULL)
		return;
	if (b->writer != NULL)
		b->writer->unmake(b->state);
	wanted_free(b->wanted);
	intake_close(&b->intake);
	input_close(&b->in);
	fields_free(&b->item.fields);
	json_free(&b->item.record);
	output_close(&b->out);
	free(b);
}

/* Returns where the first line begins at or behind the n-th of some bytes. */
static size_t
line_from(struct str bytes, size_t n)
{
	const char *nl = NULL;

	if (n <= bytes.n)
		nl = memchr(bytes.p + n - 1, '\n', bytes.n - (n - 1));
	return nl != NULL ? (size_t)(nl - bytes.p) + 1 : bytes.n;
}

/* Writes the present item, if it is to be kept; false if it cannot. */
static bool
keep(struct block *b, const struct block_source *source, struct event *ev,
    struct block_result *result)
{
	struct item *item = &b->item;

	event_point(ev, item, b->wanted);
	if (!filter_keeps(source->filter, ev, source->first))
		return true;
	intake_canon(&b->intake, item->at, item->number, ev->fields);
	if (b->writer == NULL)
		print_point(&b->out, ev);
	else if (!b->writer->put(b->state, &b->out, &b->in, ev))
		return false;
	result->records++;
	return true;
}

/* Reads the next line; false where that is more than an event or a comment. */
static bool
read_plain(struct block *b, const struct block_source *source,
    struct block_result *result)
{
	enum item_kind kind;
	struct event ev;

	b->item.at = &ev.at;
	if (!intake_read(&b->intake, b->wanted, &b->item) || b->in.dry)
		return false;
	kind = b->item.kind;
	if (kind == ITEM_NOTHING)
		return true;
	if ((kind != ITEM_POINT && kind != ITEM_UNWANTED) ||
	    !intake_is_text(&b->intake))
		return false;
	if (kind == ITEM_POINT && !keep(b, source, &ev, result))
		return false;
	event_count(&result->counts, ev.at.ts);
	return true;
}

void
block_read(struct block *b, const struct block_source *source, uint64_t at,
    struct block_result *result)
{
	const uint64_t begin = at - 1; /* to see whether a line ends there */
	const size_t most = RECORDS_MAX * source->size;
	struct input *in = &b->in;
	struct str bytes;
	size_t border;

	*result = (struct block_result){ .manner = source->manner,
		.counts = { .first = -1, .last = -1 } };
	if (input_piece(in, source->fd, begin,
		1 + source->size + source->beyond) < 0)
		in->end = 0;
	bytes = (struct str){ in->buf, in->end };
	border = line_from(bytes, 1 + source->size);
	in->next = in->seen = line_from(bytes, 1);
	result->from = result->to = begin + in->next;
	intake_resume(&b->intake, in, &source->manner);
	b->intake.canon.doubtful = 0;
	b->out.n = 0;
	result->state = b->state;
	if (b->writer != NULL)
		b->writer->begin(b->state);
	do {
		result->to = begin + in->next;
		result->counts.lines = in->no;
		result->counts.doubtful = b->intake.canon.doubtful;
		intake_follow(&b->intake, &result->manner);
	} while (in->next < border && b->out.n < most &&
	    read_plain(b, source, result));
	result->text = (struct str){ b->out.buf, b->out.n };
}
