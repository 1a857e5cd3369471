/* SPDX-License-Identifier: MIT */
#include "parquet/pagein.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/mem.h"
#include "parquet/plainin.h"
#include "parquet/valuesin.h"

/* Headers are short, unless there are long texts in their statistics. */
enum { HEADER = 1 << 10, HEADER_MOST = 64 << 20, BLOCK = 128 << 10 };

static const char SYSTEM[] = "";

void
pagein_open(struct pagein *p, int fd, struct codec_room *room, int32_t codec,
    uint64_t from, uint64_t to)
{
	p->fd = fd;
	p->room = room;
	p->codec = codec;
	p->at = from;
	p->end = to;
	p->place = from;
}

void
pagein_free(struct pagein *p)
{
	free(p->packed);
	free(p->page);
}

char *
pagein_keep(struct pagein *p)
{
	char *page = p->page;

	p->page = NULL;
	p->page_n = 0;
	return page;
}

/* Makes room; what was in it is lost. */
static char *
make_room(char **room, size_t *room_n, size_t n)
{
	if (*room_n < n || *room == NULL) {
		free(*room);
		*room = mem_alloc(n);
		*room_n = n;
	}
	return *room;
}

/* Reads n bytes that the file has. */
static const char *
read_bytes(int fd, char *to, size_t n, uint64_t at)
{
	while (n > 0) {
		ssize_t got = pread(fd, to, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return SYSTEM;
		if (got == 0)
			return "the file has become shorter";
		to += got;
		n -= (size_t)got;
		at += (uint64_t)got;
	}
	return NULL;
}

static const char *
read_head(struct pagein *p)
{
	uint64_t left = p->end - p->at;
	size_t n = HEADER;

	for (;;) {
		const char *why;
		char *bytes;
		bool cut;

		if (n > left)
			n = (size_t)left;
		bytes = make_room(&p->packed, &p->packed_n, n);
		why = read_bytes(p->fd, bytes, n, p->at);
		if (why != NULL)
			return why;
		why = pageheadin_read(&p->head, (struct str){ bytes, n }, &cut);
		if (!cut || n == left || n >= HEADER_MOST)
			return why;
		n *= 8;
	}
}

/* Tells whether so many bytes can have been packed to so few. */
static bool
believable(int32_t codec, uint64_t size, uint64_t packed)
{
	switch (codec) {
	case CODEC_NONE:
		return size == packed;
	case CODEC_SNAPPY:
		return size <= 22 * packed;
	case CODEC_LZ4_RAW:
		return size <= 255 * packed;
	case CODEC_GZIP:
		return size <= 1032 * packed;
	case CODEC_ZSTD:
		return size <= 32768 * packed + BLOCK;
	default:
		return false;
	}
}

static const char *
check_head(const struct pagein *p)
{
	const struct pageheadin *h = &p->head;
	uint64_t levels = (uint64_t)h->definition_bytes + h->repetition_bytes;
	int32_t codec = h->plain ? CODEC_NONE : p->codec;

	if (p->codec != CODEC_NONE && codec_name((enum codec)p->codec) == NULL)
		return "a compression that is not read here";
	if (h->packed > p->end - p->at - h->bytes)
		return "a page that goes beyond its column";
	if (levels > h->packed || levels > h->size)
		return "levels that go beyond their page";
	if (h->size == levels && h->packed == levels)
		return NULL;
	if (!believable(codec, h->size - levels, h->packed - levels))
		return "a page that cannot be as large as it says";
	return NULL;
}

/* Reads the bytes of a page and unpacks them, but for levels in front. */
static const char *
read_page(struct pagein *p)
{
	const struct pageheadin *h = &p->head;
	size_t levels = (size_t)h->definition_bytes + h->repetition_bytes;
	bool as_it_is = p->codec == CODEC_NONE || h->plain ||
	    (h->packed == levels && h->size == levels);
	char *page = make_room(&p->page, &p->page_n, h->size);
	char *to = page;
	const char *why;

	if (!as_it_is)
		to = make_room(&p->packed, &p->packed_n, h->packed);
	why = read_bytes(p->fd, to, h->packed, p->at + h->bytes);
	if (why != NULL)
		return why;
	if (h->has_crc &&
	    crc32(crc32(0, NULL, 0), (const Bytef *)to, h->packed) != h->crc)
		return "its checksum is not that of its bytes";
	if (as_it_is)
		return NULL;
	if (levels > 0)
		memcpy(page, to, levels);
	return codec_unpack(p->room, (enum codec)p->codec,
	    (struct str){ to + levels, h->packed - levels }, page + levels,
	    h->size - levels);
}

/* Splits levels of version 1 off, which stand behind their length. */
static const char *
split_levels(struct str *rest, int32_t encoding, struct str *levels)
{
	uint32_t n;

	if (encoding == VALUESIN_BIT_PACKED)
		return "levels in BIT_PACKED, which is deprecated";
	if (encoding != VALUESIN_RLE)
		return "levels in an encoding that is not for levels";
	if (rest->n < 4)
		return "levels that go beyond their page";
	n = plainin_u32(rest->p);
	*rest = str_skip(*rest, 4);
	if (n > rest->n)
		return "levels that go beyond their page";
	*levels = (struct str){ rest->p, n };
	*rest = str_skip(*rest, n);
	return NULL;
}

static const char *
split(struct pagein *p, bool repetition, bool definition)
{
	const struct pageheadin *h = &p->head;
	struct str rest = { p->page, h->size };
	const char *why = NULL;

	p->repetition = p->definition = (struct str){ p->page, 0 };
	if (h->type == PAGEHEAD_DATA_V2) {
		p->repetition.n = h->repetition_bytes;
		rest = str_skip(rest, h->repetition_bytes);
		p->definition = (struct str){ rest.p, h->definition_bytes };
		rest = str_skip(rest, h->definition_bytes);
	} else if (h->type == PAGEHEAD_DATA) {
		if (repetition)
			why = split_levels(&rest, h->repetition,
			    &p->repetition);
		if (why == NULL && definition)
			why = split_levels(&rest, h->definition,
			    &p->definition);
	}
	p->values = rest;
	return why;
}

const char *
pagein_next(struct pagein *p, bool repetition, bool definition)
{
	const char *why;

	do {
		p->place = p->at;
		if (p->at == p->end)
			return "it has fewer pages than the footer tells";
		why = read_head(p);
		if (why == NULL)
			why = check_head(p);
		if (why != NULL)
			return why;
		p->at += p->head.bytes + p->head.packed;
	} while (
	    p->head.type == PAGEHEAD_INDEX || p->head.type > PAGEHEAD_DATA_V2);
	p->at = p->place;
	why = read_page(p);
	p->at += p->head.bytes + p->head.packed;
	if (why == NULL)
		why = split(p, repetition, definition);
	return why;
}
