/* SPDX-License-Identifier: MIT */
/*
 * unpack, decode: blocks and streams come out as they were packed, whatever
 * came before them and however they are taken; any bytes give what the
 * libraries themselves make of them
 *
 * The first byte tells what is done, the second decides sizes and damage.
 */
#include "stream/unpack.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "check.h"
#include "stream/decode.h"

enum { MAX = 1 << 16, ROOM = 1 << 18, BIG = 1 << 20, PIECES = 64 };

/* What the second byte of the data decides. */
struct choice {
	uint64_t state;
};

static size_t
choose(struct choice *c, size_t below)
{
	c->state = c->state * 6364136223846793005u + 1442695040888963407u;
	return (c->state >> 33) % below;
}

/* Packs s as a block, or as gzip(1) does; to be freed. */
static struct str
pack(enum packing packing, int window_bits, struct str s)
{
	size_t room = ZSTD_compressBound(s.n) + compressBound(s.n) + 64, n;
	char *p = malloc(room);
	z_stream z = { 0 };

	if (packing == PACKING_ZSTD) {
		n = ZSTD_compress(p, room, s.p, s.n, 1);
		CHECK(!ZSTD_isError(n));
		return (struct str){ p, n };
	}
	CHECK(deflateInit2(&z, 1, Z_DEFLATED, window_bits, 8, 0) == Z_OK);
	z.next_in = (unsigned char *)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (unsigned char *)p;
	z.avail_out = (uInt)room;
	CHECK(deflate(&z, Z_FINISH) == Z_STREAM_END);
	n = room - z.avail_out;
	deflateEnd(&z);
	return (struct str){ p, n };
}

/* Unpacks to memory of just that size. */
static const char *
unpack(struct unpack *u, enum packing packing, struct str block, char **to,
    size_t *size)
{
	size_t room = *size;
	const char *why;

	*to = malloc(room > 0 ? room : 1);
	why = unpack_block(u, packing, block, *to, size);
	CHECK(*size <= room && (why != NULL || *size == room));
	return why;
}

/* A block that was cut gives a beginning, or nothing, and tells. */
static void
cut_block(struct unpack *u, enum packing packing, struct str block,
    struct str plain, size_t n)
{
	struct str cut = { malloc(n > 0 ? n : 1), n };
	size_t size = plain.n;
	char *to;

	memcpy((char *)cut.p, block.p, n);
	CHECK(unpack(u, packing, cut, &to, &size) != NULL);
	CHECK(memcmp(to, plain.p, size) == 0);
	CHECK(packing == PACKING_ZLIB || size == 0);
	free(to);
	free((char *)cut.p);
}

/* A damaged one gives anything, but not more than there is room for. */
static void
damaged_block(struct unpack *u, enum packing packing, struct str block,
    struct str plain, struct choice *c)
{
	size_t size = plain.n;
	char *to;

	((char *)block.p)[choose(c, block.n)] ^= (char)(1 + choose(c, 255));
	unpack(u, packing, block, &to, &size);
	free(to);
}

/* Blocks of both kinds, one after the other; some are cut or damaged. */
static void
blocks(struct str s, struct choice c)
{
	struct unpack *u = unpack_new();

	for (int i = 0; i < PIECES && (s.n > 0 || i == 0); i++) {
		enum packing packing = choose(&c, 2) ? PACKING_ZLIB
						     : PACKING_ZSTD;
		struct str plain = { s.p, choose(&c, s.n + 1) };
		struct str block = pack(packing, 15, plain);
		size_t size = plain.n;
		char *to;

		s = str_skip(s, plain.n);
		if (choose(&c, 4) == 0)
			cut_block(u, packing, block, plain,
			    choose(&c, block.n));
		CHECK(unpack(u, packing, block, &to, &size) == NULL);
		CHECK(memcmp(to, plain.p, size) == 0);
		free(to);
		if (choose(&c, 4) == 0)
			damaged_block(u, packing, block, plain, &c);
		free((char *)block.p);
	}
	unpack_free(u);
}

/* Tells whether the library itself makes size bytes of bytes that it has. */
static bool
library_does(enum packing packing, struct str block, char *to, size_t size)
{
	uLongf n = (uLongf)size;

	if (packing == PACKING_ZSTD)
		return block.n > 0 &&
		    ZSTD_decompress(to, size, block.p, block.n) == size;
	return uncompress((Bytef *)to, &n, (const Bytef *)block.p,
		   (uLong)block.n) == Z_OK &&
	    n == size;
}

/* Any bytes as a block, after one that is good or damaged. */
static void
pose(struct str s, struct choice c)
{
	enum packing packing = choose(&c, 2) ? PACKING_ZLIB : PACKING_ZSTD;
	struct str good = pack(packing, 15, s), bad = { malloc(s.n + 1), s.n };
	struct unpack *u = unpack_new();
	size_t size = choose(&c, BIG) >> choose(&c, 20), asked = size;
	char *to, *other = malloc(size + 1);
	const char *why;

	memcpy((char *)bad.p, s.p, s.n);
	if (choose(&c, 2))
		damaged_block(u, packing, good, s, &c);
	why = unpack(u, packing, bad, &to, &size);
	CHECK((why == NULL) == library_does(packing, bad, other, asked));
	CHECK(why != NULL || memcmp(to, other, size) == 0);
	unpack_free(u);
	free(to);
	free(other);
	free((char *)good.p);
	free((char *)bad.p);
}

/* What came of a stream, whatever it was taken by. */
struct taken {
	char *p;
	size_t n;
	const char *why;
	uint64_t read;
};

/* Takes all of a stream, or BIG bytes, by so many at most; 0: by any. */
static struct taken
take(struct str packed, size_t by, struct choice c)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct taken t = { malloc(BIG), 0, NULL, 0 };
	struct decode *d;
	ssize_t r = 1;

	CHECK(
	    fd >= 0 && pwrite(fd, packed.p, packed.n, 0) == (ssize_t)packed.n);
	d = decode_new(fd);
	while (t.n < BIG && r > 0) {
		size_t most = by > 0 ? by : 1 + choose(&c, 3000);
		uint64_t before = decode_at(d);
		char *to;

		if (most > BIG - t.n)
			most = BIG - t.n;
		to = malloc(most); /* its end is where no more may be put */
		r = decode_read(d, to, most, &t.why);
		CHECK(r <= (ssize_t)most && (r < 0) == (t.why != NULL));
		CHECK(r >= 0 || errno == 0);
		CHECK(decode_at(d) >= before && decode_at(d) <= packed.n);
		if (r > 0)
			memcpy(t.p + t.n, to, (size_t)r);
		t.n += r > 0 ? (size_t)r : 0;
		free(to);
	}
	CHECK(decode_size(d) == packed.n);
	t.read = decode_at(d);
	CHECK(t.n == BIG || t.why != NULL || t.read == packed.n);
	decode_free(d);
	return t;
}

/* Any stream gives the same whether much or little is taken at a time. */
static struct taken
take_twice(struct str packed, struct choice c)
{
	struct taken much = take(packed, BIG, c);
	struct taken little = take(packed, 0, c);

	CHECK(much.n == little.n && memcmp(much.p, little.p, much.n) == 0);
	CHECK(much.n == BIG || much.why == little.why);
	free(little.p);
	return much;
}

/* Pieces that gzip(1) or zstd(1) packed, joined, and cut at the end. */
static void
pieces(struct str s, struct choice c)
{
	enum packing packing = choose(&c, 2) ? PACKING_ZLIB : PACKING_ZSTD;
	char *all = malloc(ROOM);
	struct str rest = s, joined = { all, 0 };
	struct taken t;
	bool last;

	for (int i = 0; i < PIECES && (rest.n > 0 || i == 0); i++) {
		struct str one = { rest.p, choose(&c, rest.n + 1) };

		if (i == PIECES - 1)
			one.n = rest.n;
		rest = str_skip(rest, one.n);
		one = pack(packing, 31, one);
		CHECK(one.n <= ROOM - joined.n);
		memcpy(all + joined.n, one.p, one.n);
		joined.n += one.n;
		free((char *)one.p);
	}
	last = choose(&c, 2);
	if (!last) /* the last four bytes of any kind mean something */
		joined.n -= 1 + choose(&c, 4);
	t = take_twice(joined, c);
	CHECK(t.n <= s.n && memcmp(t.p, s.p, t.n) == 0);
	CHECK(!last || (t.n == s.n && t.why == NULL));
	CHECK(last || t.why != NULL);
	free(t.p);
	free(all);
}

/* Any bytes behind the first of a packed file, or as they are. */
static void
stream(struct str s, struct choice c)
{
	static const struct str heads[] = { { "", 0 },
		{ "\x1f\x8b\x08\0\0\0\0\0\0\3", 10 }, { "\x28\xb5\x2f\xfd", 4 },
		{ "\x50\x2a\x4d\x18", 4 } };
	struct str head = heads[choose(&c, 4)];
	char *all = malloc(head.n + s.n + 1);
	struct taken t;

	memcpy(all, head.p, head.n);
	memcpy(all + head.n, s.p, s.n);
	t = take_twice((struct str){ all, head.n + s.n }, c);
	free(t.p);
	free(all);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct choice c = { 0 };
	struct str s = { "", 0 };

	if (size > MAX)
		return 0;
	if (size > 1)
		c.state = data[1];
	choose(&c, 2);
	if (size > 2)
		s = (struct str){ (const char *)data + 2, size - 2 };
	switch (size > 0 ? data[0] % 4 : 0) {
	case 0:
		blocks(s, c);
		break;
	case 1:
		pose(s, c);
		break;
	case 2:
		pieces(s, c);
		break;
	default:
		stream(s, c);
	}
	return 0;
}
