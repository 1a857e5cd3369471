/* SPDX-License-Identifier: MIT */
/* reader: rows of files made by hand, and what is wrong with others */
#undef NDEBUG
#include "parquet/reader.h"

#include <assert.h>
#include <stdio.h>
#include <zlib.h>

#include "parquet_file.h"

#define BYTES(z) z, sizeof(z) - 1

static const struct element required = { "x", 1, REQUIRED, -1, -1 };
static const struct element optional = { "x", 1, OPTIONAL, -1, -1 };
static const struct element text = { "x", 6, REQUIRED, -1, 0 };

static char told[4096];

/* Writes the rows of a file as text: "1 - [2 3] ", or what is wrong. */
static const char *
rows_of(const struct table *t)
{
	uint64_t size;
	int fd = table_file(t, &size);
	struct reader *r = reader_new(fd, size);
	struct output out;
	struct vector v;

	output_in_memory(&out);
	for (size_t g = 0; reader_seek(r, g) && reader_choose(r, 0); g++)
		while (reader_read(r, 0, UINT64_MAX, &v))
			for (size_t i = 0, n = 0; i < v.rows; i++) {
				uint32_t length = v.length ? v.length[i] : 1;

				if (v.defined != NULL && !v.defined[i]) {
					output_text(&out, "- ");
					continue;
				}
				if (v.length != NULL)
					output_text(&out, "[ ");
				for (; length > 0; length--, n++)
					output_printf(&out, "%lld ",
					    (long long)v.word[n]);
				if (v.length != NULL)
					output_text(&out, "] ");
			}
	if (r->trouble.n > 0)
		out.n = 0;
	output_put(&out, r->trouble.buf, r->trouble.n);
	snprintf(told, sizeof(told), "%.*s", (int)out.n, out.buf);
	output_close(&out);
	reader_free(r);
	close(fd);
	return told;
}

static bool
says(const struct table *t, const char *part)
{
	return strstr(rows_of(t), part) != NULL;
}

/* 1, null, 3 in version 1: levels 1 0 1, and two values. */
static const char three[] = "\x02\x00\x00\x00\x03\x05"
			    "\x01\x00\x00\x00\x03\x00\x00\x00";

static struct table
table_of(const struct element *e, int elements, const struct page *p,
    size_t pages, int64_t rows, int64_t values)
{
	return (struct table){ e, elements, 1, p, pages, rows, values, 0 };
}

static void
test_nulls(void)
{
	struct page p = { .bytes = three,
		.n = sizeof(three) - 1,
		.values = 3,
		.levels = 3 };
	struct table t = table_of(&optional, 1, &p, 1, 3, 3);

	assert(strcmp(rows_of(&t), "1 - 3 ") == 0);
	p.has_crc = true;
	p.crc = (uint32_t)crc32(0, (const Bytef *)p.bytes, (uInt)p.n);
	assert(strcmp(rows_of(&t), "1 - 3 ") == 0);
	p.crc ^= 1;
	assert(strcmp(rows_of(&t),
		   "row group 1, column x, page 1 at byte 4: "
		   "its checksum is not that of its bytes") == 0);
	p.has_crc = false;
	p.levels = 4;
	assert(says(&t, "BIT_PACKED"));
	p.levels = 3;
	p.values = 4;
	assert(says(&t, "more values than the footer"));
	p.values = 2;
	assert(says(&t, "fewer rows than the row group") ||
	    says(&t, "fewer pages"));
	p.values = 3;
	t.rows = 4;
	assert(says(&t, "not as many values as there are rows"));
	t.rows = t.values = 2;
	assert(says(&t, "more values than the footer"));
	t = table_of(&optional, 1, &p, 1, 3, 3);
	t.codec = 3;
	assert(says(&t, "a compression that is not read here"));
	t.codec = 0;
	t.type = 2;
	assert(says(&t, "it is of another type"));
}

/* The same in version 2, whose levels have no length in front. */
static void
test_version_2(void)
{
	struct page p = { .type = 3,
		.bytes = three + 4,
		.n = sizeof(three) - 5,
		.values = 3,
		.nulls = 1,
		.rows = 3,
		.definition_bytes = 2 };
	struct table t = table_of(&optional, 1, &p, 1, 3, 3);

	assert(strcmp(rows_of(&t), "1 - 3 ") == 0);
	p.rows = 2;
	assert(says(&t, "not as many values as rows"));
	p.rows = 3;
	p.definition_bytes = 11;
	assert(says(&t, "levels that go beyond their page"));
}

/* Values that were packed to nothing, and sizes that no codec makes. */
static void
test_sizes(void)
{
	struct page p = { .type = 3,
		.bytes = "\x03\x05",
		.n = 2,
		.more = 8,
		.values = 3,
		.nulls = 1,
		.rows = 3,
		.definition_bytes = 2 };
	struct table t = table_of(&optional, 1, &p, 1, 3, 3);

	t.codec = 6; /* ZSTD */
	assert(says(&t, "cannot be decompressed"));
	p.more = 1 << 30;
	assert(says(&t, "cannot be as large as it says"));
	p.more = 1;
	t.codec = 1; /* SNAPPY */
	assert(says(&t, "cannot be as large as it says"));
	t.codec = 0;
	assert(says(&t, "cannot be as large as it says"));
}

/*
 * A run of 2^30 rows that are null, in 5 bytes: they come some thousand at a
 * time.
 */
static void
test_claim(void)
{
	static const char run[] = "\x06\x00\x00\x00\x80\x80\x80\x80\x08\x00";
	struct page p = { .bytes = run,
		.n = sizeof(run) - 1,
		.values = 1 << 30,
		.levels = 3 };
	struct table t = table_of(&optional, 1, &p, 1, 1 << 30, 1 << 30);
	uint64_t size, rows = 0;
	int fd = table_file(&t, &size);
	struct reader *r = reader_new(fd, size);
	bool good = reader_seek(r, 0) && reader_choose(r, 0);
	struct vector v;

	while (good && rows < 100000) {
		good = reader_read(r, 0, UINT64_MAX, &v);
		assert(good && v.n == 0 && v.rows <= 4096);
		rows += v.rows;
	}
	assert(good);
	reader_free(r);
	close(fd);
}

/* Older lists of structs with one field; see LogicalTypes.md. */
static void
test_tuples(void)
{
	static const char *const names[] = { "array", "x_tuple", "y_tuple",
		"bag" };

	for (size_t i = 0; i < 4; i++) {
		const struct element list[] = {
			{ "x", -1, OPTIONAL, 1, 3 },
			{ names[i], -1, REPEATED, 1, -1 },
			{ "n", 1, OPTIONAL, -1, -1 },
		};
		struct page p = { .values = 0 };
		struct table t = table_of(list, 3, &p, 0, 0, 0);
		uint64_t size;
		int fd = table_file(&t, &size);
		struct reader *r = reader_new(fd, size);

		assert(r->trouble.n == 0);
		assert(r->footer.columns == (i < 2 ? 0 : 1));
		assert(r->footer.others == (i < 2 ? 1 : 0));
		reader_free(r);
		close(fd);
	}
}

/*
 * Lists in all forms: rows 1 2, none, 3.  Repetition 0 1 0 0; where the list
 * is repeated alone, definition 1 1 0 1, else 1 higher, and that of an element
 * that can be null 1 higher still.
 */
static void
test_lists(void)
{
	static const struct element alone[] = { { "x", 1, REPEATED, -1, -1 } };
	static const struct element two[] = { { "x", -1, OPTIONAL, 1, 3 },
		{ "array", 1, REPEATED, -1, -1 } };
	static const struct element three_levels[] = {
		{ "x", -1, OPTIONAL, 1, 3 },
		{ "list", -1, REPEATED, 1, -1 },
		{ "element", 1, OPTIONAL, -1, -1 },
	};
	static const char numbers[] = "\x01\x00\x00\x00\x02\x00\x00\x00"
				      "\x03\x00\x00\x00";
	static const char rep[] = "\x02\x00\x00\x00\x03\x02";
	char bytes[64];
	struct page p = { .bytes = bytes, .values = 4, .levels = 3 };
	struct table t = table_of(alone, 1, &p, 1, 3, 4);

	/* Levels of one bit: 1 1 0 1 are 0b1011. */
	memcpy(bytes, rep, 6);
	memcpy(bytes + 6, "\x02\x00\x00\x00\x03\x0b", 6);
	memcpy(bytes + 12, numbers, 12);
	p.n = 24;
	assert(strcmp(rows_of(&t), "[ 1 2 ] [ ] [ 3 ] ") == 0);
	/* Of two bits: 2 2 1 2 are 0b10011010, and a byte of the group. */
	memcpy(bytes + 6, "\x03\x00\x00\x00\x03\x9a\x00", 7);
	memcpy(bytes + 13, numbers, 12);
	p.n = 25;
	t = table_of(two, 2, &p, 1, 3, 4);
	assert(strcmp(rows_of(&t), "[ 1 2 ] [ ] [ 3 ] ") == 0);
	bytes[11] = (char)0x8a; /* 2 2 0 2 */
	assert(strcmp(rows_of(&t), "[ 1 2 ] - [ 3 ] ") == 0);
	bytes[11] = (char)0xdf; /* 3 3 1 3 */
	t = table_of(three_levels, 3, &p, 1, 3, 4);
	assert(strcmp(rows_of(&t), "[ 1 2 ] [ ] [ 3 ] ") == 0);
	bytes[11] = (char)0xdb; /* 3 2 1 3: the second is null */
	assert(says(&t, "an element that is null"));
	bytes[11] = (char)0xd7; /* 3 1 1 3 */
	assert(says(&t, "without an element"));
}

/* A row that goes over pages of version 1: 1 2 and 3 4, then 5. */
static void
test_over_pages(void)
{
	static const struct element alone[] = { { "x", 1, REPEATED, -1, -1 } };
	struct page p[2] = {
		{ .bytes = "\x02\x00\x00\x00\x03\x02\x02\x00\x00\x00\x04\x01"
			   "\x01\x00\x00\x00\x02\x00\x00\x00",
		    .n = 20,
		    .values = 2,
		    .levels = 3 },
		{ .bytes = "\x02\x00\x00\x00\x03\x03\x02\x00\x00\x00\x06\x01"
			   "\x03\x00\x00\x00\x04\x00\x00\x00\x05\x00\x00\x00",
		    .n = 24,
		    .values = 3,
		    .levels = 3 },
	};
	struct table t = table_of(alone, 1, p, 2, 2, 5);

	assert(strcmp(rows_of(&t), "[ 1 2 3 4 ] [ 5 ] ") == 0);
	t.rows = 3;
	assert(says(&t, "fewer rows than the row group"));
	t.rows = 1;
	assert(says(&t, "more rows than the row group"));
}

/*
 * A text of 100000 letters, and a thousand that are the same one: a piece has
 * some of them.  Lengths as in deltain's test: the first, then differences of
 * -100000, 0, ... for the ends, and of 100000, 0, ... for the beginnings.
 */
static void
test_long_texts(void)
{
	enum { TEXTS = 1000, LENGTH = 100000 };
	struct output out;
	struct page p = { .values = TEXTS, .encoding = 7 };
	struct table t = { &text, 1, 6, &p, 1, TEXTS, TEXTS, 0 };
	uint64_t size, rows = 0;
	struct reader *r;
	struct vector v;
	int fd;

	output_in_memory(&out);
	for (int ends = 0; ends < 2; ends++) {
		put_varint(&out, 1024); /* a block, of one miniblock */
		put_varint(&out, 1);
		put_varint(&out, TEXTS);
		put_varint(&out, ends ? 2 * LENGTH : 0);
		put_varint(&out, ends ? 2 * LENGTH - 1 : 0); /* the least */
		output_byte(&out, 17);                       /* bits of each */
		/* 0, then 100000 each; or 100000, then 0 each. */
		for (int bit = 0; bit < 1024 * 17; bit += 8) {
			unsigned byte = 0;

			for (int b = bit; b < bit + 8; b++) {
				bool of_first = b / 17 == 0;
				unsigned value = of_first != ends ? LENGTH : 0;

				byte |= (value >> b % 17 & 1) << (b - bit);
			}
			output_byte(&out, (char)byte);
		}
	}
	memset(output_room(&out, LENGTH), 'a', LENGTH);
	output_used(&out, LENGTH);
	p.bytes = out.buf;
	p.n = out.n;
	fd = table_file(&t, &size);
	r = reader_new(fd, size);
	assert(reader_seek(r, 0) && reader_choose(r, 0));
	while (reader_read(r, 0, UINT64_MAX, &v)) {
		assert(v.rows < 20);
		for (size_t i = 0; i < v.rows; i++)
			assert(v.text[v.word[i]].n == LENGTH &&
			    v.text[v.word[i]].p[LENGTH - 1] == 'a');
		rows += v.rows;
	}
	assert(rows == TEXTS && r->trouble.n == 0);
	reader_free(r);
	close(fd);
	output_close(&out);
}

/* What is no file, or only a part of one. */
static void
test_ends(void)
{
	struct page p = { .bytes = "\x01\x00\x00\x00", .n = 4, .values = 1 };
	struct table t = table_of(&required, 1, &p, 1, 1, 1);
	uint64_t size;
	int fd = table_file(&t, &size);

	assert(strcmp(rows_of(&t), "1 ") == 0);
	for (uint64_t n = 0; n < size; n++) {
		struct reader *r = reader_new(fd, n);

		assert(r->trouble.n > 0 && !reader_seek(r, 0));
		reader_free(r);
	}
	close(fd);
}

int
main(void)
{
	test_nulls();
	test_version_2();
	test_sizes();
	test_claim();
	test_lists();
	test_tuples();
	test_over_pages();
	test_long_texts();
	test_ends();
	return 0;
}
