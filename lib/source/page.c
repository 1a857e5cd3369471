/* SPDX-License-Identifier: MIT */
#include "source/page.h"

/* Of the field commit, its low 32 bits; those above are its sign. */
enum {
	SIZE = (1 << 27) - 1,
	STORED = 1 << 30, /* how many were missed stands behind the data */
};
#define MISSED (UINT32_C(1) << 31)

/* Types of events, above the lengths in words of small ones, 1 to 28. */
enum {
	LARGE = 0,
	PADDING = 29,
	TIME_EXTEND = 30,
	TIME_STAMP = 31,
};

/* A time stamp has 59 bits: a delta of 27 and a word. */
enum { DELTA_BITS = 27, STAMP_BITS = 59 };

static const char cut[] = "a page is cut short";
static const char full[] = "a page says that it has more than fits";
static const char beyond[] = "an event reaches beyond the end of its page";
static const char odd[] = "an event has a size that cannot be";

struct page_shape
page_shape_usual(void)
{
	return (struct page_shape){ .commit_at = 8,
		.commit_size = 8,
		.data_at = 16,
		.size = 4096 };
}

static uint32_t
get32(bool big_endian, const uint8_t *p)
{
	uint32_t x;

	memcpy(&x, p, sizeof(x));
	return big_endian ? be32toh(x) : le32toh(x);
}

static uint64_t
get64(bool big_endian, const uint8_t *p)
{
	uint64_t x;

	memcpy(&x, p, sizeof(x));
	return big_endian ? be64toh(x) : le64toh(x);
}

/* A long of the traced kernel. */
static uint64_t
get_long(const struct page_shape *shape, const uint8_t *p)
{
	return shape->commit_size == 8 ? get64(shape->big_endian, p)
				       : get32(shape->big_endian, p);
}

static size_t
long_size(const struct page_shape *shape)
{
	return shape->commit_size == 8 ? 8 : 4;
}

/* Tells whether the header of a page is in its first n bytes. */
static bool
has_header(const struct page_shape *shape, size_t n)
{
	return n >= 8 && n >= shape->data_at && n >= long_size(shape) &&
	    shape->commit_at <= n - long_size(shape);
}

/* Returns how many events were lost; behind are bytes behind the data. */
static int64_t
get_missed(const struct page_shape *shape, uint32_t commit,
    const uint8_t *behind, size_t n)
{
	uint64_t count = 0;

	if ((commit & MISSED) == 0)
		return 0;
	if ((commit & STORED) != 0 && n >= long_size(shape))
		count = get_long(shape, behind);
	return count > 0 && count <= INT64_MAX ? (int64_t)count : -1;
}

void
page_open(struct page *page, const struct page_shape *shape,
    const uint8_t *bytes, size_t n)
{
	uint32_t commit;
	size_t size;

	if (n > shape->size)
		n = shape->size;
	*page = (struct page){ .big_endian = shape->big_endian,
		.why = n < shape->size ? cut : NULL,
		.p = bytes,
		.end = bytes };
	if (!has_header(shape, n)) {
		page->why = cut;
		return;
	}
	page->ts = get64(shape->big_endian, bytes);
	commit = (uint32_t)get_long(shape, bytes + shape->commit_at);
	size = commit & SIZE;
	if (size > shape->size - shape->data_at)
		page->why = full;
	page->p += shape->data_at;
	n -= shape->data_at;
	if (size > n)
		size = n;
	page->end = page->p + size;
	page->missed = get_missed(shape, commit, page->end, n - size);
}

/* Ends the page; what is known to be wrong with all of it says more. */
static bool
ends_beyond(struct page *page)
{
	if (page->why == NULL)
		page->why = beyond;
	page->p = page->end;
	return false;
}

/*
 * The five bits that an absolute time has not come from the time before, so
 * that the two are near each other: the kernel's rb_fix_abs_ts(), which goes
 * forward at each step back, while a clock that is set goes a little back.
 */
static uint64_t
absolute(uint64_t stamp, uint64_t last)
{
	stamp |= last >> STAMP_BITS << STAMP_BITS;
	if (stamp < last && last - stamp > UINT64_C(1) << (STAMP_BITS - 1))
		stamp += UINT64_C(1) << STAMP_BITS;
	return stamp;
}

/* What stands in front of an event. */
struct head {
	unsigned type;
	uint32_t delta;
	uint32_t word; /* the second one, of those that have it */
};

/* Reads it; false where the page ends within. */
static bool
get_head(const struct page *page, struct head *head)
{
	size_t left = (size_t)(page->end - page->p);
	uint32_t first;

	if (left < 4)
		return false;
	first = get32(page->big_endian, page->p);
	if (page->big_endian) {
		head->type = first >> DELTA_BITS;
		head->delta = first & ((UINT32_C(1) << DELTA_BITS) - 1);
	} else {
		head->type = first & 31;
		head->delta = first >> 5;
	}
	if (left >= 8)
		head->word = get32(page->big_endian, page->p + 4);
	return left >= 8 || (head->type == PADDING && head->delta == 0);
}

/*
 * Gives the data of an event, of which at skips the header; size is that of
 * the data and of the word that holds it, if there is one.
 */
static bool
take(struct page *page, const struct head *head, size_t size,
    struct page_event *ev)
{
	size_t word = head->type == LARGE ? 4 : 0;

	if (size > (size_t)(page->end - page->p) - 4)
		return ends_beyond(page);
	page->ts += head->delta;
	ev->ts = page->ts;
	ev->data = page->p + 4 + word;
	ev->n = size - word;
	page->p += 4 + size;
	return true;
}

/*
 * Steps over what is no event: the time, or an event that was discarded,
 * whose size is in the second word as that of a large one is.
 */
static bool
skip(struct page *page, const struct head *head)
{
	uint64_t stamp = (uint64_t)head->word << DELTA_BITS | head->delta;
	struct page_event unused;

	if (head->type == PADDING)
		return take(page, head, head->word, &unused);
	if (head->type == TIME_EXTEND)
		page->ts += stamp;
	else
		page->ts = absolute(stamp, page->ts);
	page->p += 8;
	return true;
}

bool
page_next_rare(struct page *page, struct page_event *ev)
{
	struct head head;

	while (page->p < page->end) {
		if (!get_head(page, &head))
			return ends_beyond(page);
		if (head.type == PADDING && head.delta == 0)
			break;
		if (head.type > LARGE && head.type < PADDING)
			return take(page, &head, (size_t)head.type * 4, ev);
		/* The least is a word, behind that with the size. */
		if ((head.type == LARGE && head.word < 8) ||
		    (head.type == PADDING && head.word < 4) ||
		    (head.type < TIME_EXTEND && head.word % 4 != 0)) {
			page->why = odd;
			break;
		}
		if (head.type == LARGE)
			return take(page, &head, head.word, ev);
		if (!skip(page, &head))
			return false;
	}
	page->p = page->end;
	return false;
}

bool
page_is(const struct page_shape *shape, const uint8_t *bytes, size_t n)
{
	struct page_event ev;
	struct page page;
	uint64_t commit;
	uint32_t low, high;

	if (!has_header(shape, n))
		return false;
	commit = get_long(shape, bytes + shape->commit_at);
	low = (uint32_t)commit;
	high = (uint32_t)(commit >> 32);
	if ((high != 0 && high != UINT32_MAX) || (low & SIZE) == 0 ||
	    low % 4 != 0 || (low & ~(MISSED | STORED | SIZE)) != 0 ||
	    (low & (MISSED | STORED)) == STORED)
		return false;
	page_open(&page, shape, bytes, n);
	while (page_next(&page, &ev))
		;
	return page.why == NULL || page.why == cut;
}
