/* SPDX-License-Identifier: MIT */
/*
 * dat_file -- trace.dat files made by hand, as trace-cmd.dat.v6(5) and
 * trace-cmd.dat.v7(5) describe them, for tests
 *
 * A file has three CPUs, of which the k-th has k * 100 bytes of pages (of the
 * letter 'A' + k), and an empty instance; what else it has stands below.
 */
#ifndef TK_TEST_DAT_FILE_H
#define TK_TEST_DAT_FILE_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "source/pages.h"

/* Bytes that grow; starts zeroed. */
struct bytes {
	char *p;
	size_t n, cap;
};

struct form {
	unsigned version;
	bool big;
	enum packing packing; /* of its sections, and said of its pages */
	bool ring;            /* its options lead to themselves */
	size_t chain_at;      /* set: where the first options are told */
};

/* v6 and v7, each little- and big-endian; v7 also packed. */
enum { FORMS = 8 };

static inline struct form
form_of(unsigned i)
{
	return (struct form){ .version = i < 2 ? 6 : 7,
		.big = i % 2 == 1,
		.packing = i < 4 ? PACKING_NONE
		    : i < 6      ? PACKING_ZLIB
				 : PACKING_ZSTD };
}

static inline void
put(struct bytes *t, const void *p, size_t n)
{
	t->p = mem_grow(t->p, &t->cap, t->n + n + 1, 1);
	if (n > 0)
		memcpy(t->p + t->n, p, n);
	t->n += n;
}

/* Puts a text with its NUL. */
static inline void
put_text(struct bytes *t, const char *z)
{
	put(t, z, strlen(z) + 1);
}

static inline void
put_number(struct bytes *t, bool big, unsigned n, uint64_t v)
{
	char p[8];

	for (unsigned i = 0; i < n; i++)
		p[i] = (char)(v >> 8 * (big ? n - 1 - i : i));
	put(t, p, n);
}

static inline void
put_block(struct bytes *t, bool big, unsigned n, const char *z)
{
	put_number(t, big, n, strlen(z));
	put(t, z, strlen(z));
}

static inline void
set_number(struct bytes *t, bool big, size_t at, uint64_t v)
{
	struct bytes n = { NULL, 0, 0 };

	put_number(&n, big, 8, v);
	memcpy(t->p + at, n.p, 8);
	free(n.p);
}

static inline void
put_option(struct bytes *t, bool big, unsigned id, struct bytes data)
{
	put_number(t, big, 2, id);
	put_number(t, big, 4, data.n);
	put(t, data.p, data.n);
	free(data.p);
}

static inline void
put_text_option(struct bytes *t, bool big, unsigned id, const char *z)
{
	struct bytes data = { NULL, 0, 0 };

	put_text(&data, z);
	put_option(t, big, id, data);
}

static inline void
put_number_option(struct bytes *t, bool big, unsigned id, unsigned n,
    uint64_t v)
{
	struct bytes data = { NULL, 0, 0 };

	put_number(&data, big, n, v);
	put_option(t, big, id, data);
}

/* Appends a section, packed as the form says.  Returns where it is. */
static inline size_t
put_section(struct bytes *t, const struct form *f, unsigned id,
    struct bytes data)
{
	size_t at = t->n, room = ZSTD_compressBound(data.n) + 64;
	uLongf packed = room;
	char *p = malloc(room);

	assert(p != NULL);
	if (f->packing == PACKING_ZLIB)
		assert(compress((Bytef *)p, &packed, (const Bytef *)data.p,
			   data.n) == Z_OK);
	else
		packed = ZSTD_compress(p, room, data.p, data.n, 3);
	put_number(t, f->big, 2, id);
	put_number(t, f->big, 2, f->packing != PACKING_NONE);
	put_number(t, f->big, 4, 77);
	put_number(t, f->big, 8,
	    f->packing == PACKING_NONE ? data.n : packed + 8);
	if (f->packing != PACKING_NONE) {
		put_number(t, f->big, 4, packed);
		put_number(t, f->big, 4, data.n);
		put(t, p, packed);
	} else {
		put(t, data.p, data.n);
	}
	free(p);
	free(data.p);
	return at;
}

static inline struct bytes
header_info(bool big)
{
	struct bytes t = { NULL, 0, 0 };

	put_text(&t, "header_page");
	put_block(&t, big, 8, "what is a page");
	put_text(&t, "header_event");
	put_block(&t, big, 8, "what is an event");
	return t;
}

static inline struct bytes
ftrace_events(bool big)
{
	struct bytes t = { NULL, 0, 0 };

	put_number(&t, big, 4, 1);
	put_block(&t, big, 8, "name: one\n");
	return t;
}

static inline struct bytes
event_formats(bool big)
{
	struct bytes t = { NULL, 0, 0 };

	put_number(&t, big, 4, 2);
	put_text(&t, "first");
	put_number(&t, big, 4, 1);
	put_block(&t, big, 8, "name: two\n");
	put_text(&t, "second");
	put_number(&t, big, 4, 1);
	put_block(&t, big, 8, "");
	return t;
}

static inline struct bytes
cmdlines(bool big)
{
	struct bytes t = { NULL, 0, 0 };

	put_block(&t, big, 8, "1 init\n");
	return t;
}

/* How two CPUs of a guest are behind their host, by two samples each. */
static inline struct bytes
time_shift(bool big)
{
	struct bytes t = { NULL, 0, 0 };

	put_number(&t, big, 8, 0x1234);
	put_number(&t, big, 4, 1);
	put_number(&t, big, 4, 2);
	for (unsigned i = 0; i < 2; i++) {
		put_number(&t, big, 4, 2);
		for (unsigned k = 0; k < 6; k++)
			put_number(&t, big, 8, k < 4 ? 1000 * k : 1);
	}
	return t;
}

/* The options that both versions have. */
static inline void
put_options(struct bytes *t, bool big)
{
	struct bytes tsc = { NULL, 0, 0 };

	put_text_option(t, big, 1, "0x10");
	put_text_option(t, big, 2, "CPU: 0\nentries: 5\n");
	put_text_option(t, big, 5, "Linux n 1.2 z");
	put_text_option(t, big, 7, "-7");
	put_number_option(t, big, 8, 4, 3);
	put_text_option(t, big, 999, "from times to come");
	put_number(&tsc, big, 4, 0xabcd0123);
	put_number(&tsc, big, 4, 30);
	put_number(&tsc, big, 8, 0x123456789abcdef0);
	put_option(t, big, 14, tsc);
	put_option(t, big, 12, time_shift(big));
}

/* Appends the pages; returns where they begin. */
static inline size_t
put_pages(struct bytes *t)
{
	size_t at = t->n;

	for (int i = 0; i < 300; i++)
		put(t, i < 100 ? "B" : "C", 1);
	return at;
}

static inline struct bytes
make_old(struct bytes t, const struct form *f)
{
	struct bytes part[] = { header_info(f->big), ftrace_events(f->big),
		event_formats(f->big), { NULL, 0, 0 }, cmdlines(f->big) };
	struct bytes inner = { NULL, 0, 0 };
	size_t inner_at, table, pages;

	put_block(&part[3], f->big, 4, "ffffffff81000000 T _text\n");
	put_number(&part[3], f->big, 4, 0);
	for (size_t i = 0; i < 5; i++) {
		put(&t, part[i].p, part[i].n);
		free(part[i].p);
	}
	put_number(&t, f->big, 4, 1);
	put_text(&t, "options  ");
	put_options(&t, f->big);
	put_number_option(&t, f->big, 4, 0, 0);
	put_number(&inner, f->big, 8, 0);
	put_text(&inner, "inner");
	inner_at = t.n + 6;
	put_option(&t, f->big, 3, inner);
	put_number(&t, f->big, 2, 0);
	put_text(&t, "flyrecord");
	table = t.n;
	for (size_t i = 0; i < 6; i++)
		put_number(&t, f->big, 8, 0);
	put_block(&t, f->big, 8, "local [mono] boot");
	set_number(&t, f->big, inner_at, t.n);
	put_text(&t, "flyrecord");
	for (size_t i = 0; i < 6; i++)
		put_number(&t, f->big, 8, 0);
	put_block(&t, f->big, 8, "[boot]");
	pages = put_pages(&t);
	for (size_t i = 0; i < 3; i++) {
		set_number(&t, f->big, table + 16 * i, pages + (i == 2) * 100);
		set_number(&t, f->big, table + 16 * i + 8, i * 100);
	}
	return t;
}

static inline struct bytes
buffer_option(const struct form *f, size_t at, const char *name, size_t pages)
{
	struct bytes t = { NULL, 0, 0 };

	put_number(&t, f->big, 8, at);
	put_text(&t, name);
	put_text(&t, "mono");
	put_number(&t, f->big, 4, 4096);
	put_number(&t, f->big, 4, pages > 0 ? 3 : 0);
	for (size_t i = 0; i < 3 && pages > 0; i++) {
		put_number(&t, f->big, 4, i);
		put_number(&t, f->big, 8, pages + (i == 2) * 100);
		put_number(&t, f->big, 8, i * 100);
	}
	return t;
}

static inline struct bytes
make_new(struct bytes t, struct form *f)
{
	static const char *const name[] = { "none", "zlib", "zstd" };
	size_t at[4], buffer, pages, second;
	struct bytes options = { NULL, 0, 0 }, more = { NULL, 0, 0 };

	put_text(&t, name[f->packing]);
	put_text(&t, "1.0");
	f->chain_at = t.n;
	put_number(&t, f->big, 8, 0);
	at[0] = put_section(&t, f, 16, header_info(f->big));
	at[1] = put_section(&t, f, 17, ftrace_events(f->big));
	at[2] = put_section(&t, f, 18, event_formats(f->big));
	at[3] = put_section(&t, f, 21, cmdlines(f->big));
	buffer = t.n; /* its pages are not packed, whatever it says */
	put_number(&t, f->big, 2, 3);
	put_number(&t, f->big, 2, f->packing != PACKING_NONE);
	put_number(&t, f->big, 4, 0);
	put_number(&t, f->big, 8, 300);
	pages = put_pages(&t);

	put_option(&more, f->big, 3, buffer_option(f, buffer, "", pages));
	put_option(&more, f->big, 3, buffer_option(f, buffer, "inner", 0));
	put_number_option(&more, f->big, 0, 8, f->ring ? t.n : 0);
	second = put_section(&t, f, 0, more);

	put_options(&options, f->big);
	put_text_option(&options, f->big, 4, "local [mono] boot");
	for (unsigned i = 0; i < 4; i++)
		put_number_option(&options, f->big, i < 3 ? 16 + i : 21, 8,
		    at[i]);
	put_number_option(&options, f->big, 0, 8, second);
	set_number(&t, f->big, f->chain_at, t.n);
	put_section(&t, f, 0, options);
	return t;
}

/* Makes a file, to be freed. */
static inline struct bytes
make(struct form *f)
{
	struct bytes t = { NULL, 0, 0 };

	put(&t, "\x17\x08\x44tracing", 10);
	put_text(&t, f->version == 6 ? "6" : "7");
	put_number(&t, f->big, 1, f->big);
	put_number(&t, f->big, 1, 4);
	put_number(&t, f->big, 4, 8192);
	return f->version == 6 ? make_old(t, f) : make_new(t, f);
}

#endif
