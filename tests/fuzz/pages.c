/* SPDX-License-Identifier: MIT */
/*
 * pages: chunks come out as they were packed, in whatever windows; cut off,
 * they give a beginning; and any bytes may pose as chunks
 *
 * The first byte tells what is done, the next ones where and how.
 */
#include "source/pages.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "check.h"

enum { MAX = 1 << 16, ROOM = MAX * 32 };

static uint8_t room[ROOM];

struct file {
	size_t n;
	bool big_endian;
};

static void
put(struct file *f, const void *p, size_t n)
{
	CHECK(n <= ROOM - f->n);
	memcpy(room + f->n, p, n);
	f->n += n;
}

static void
put_number(struct file *f, size_t x)
{
	uint32_t y = (uint32_t)x;

	y = f->big_endian ? htobe32(y) : htole32(y);
	put(f, &y, sizeof(y));
}

static void
put_chunk(struct file *f, enum packing packing, const uint8_t *p, size_t n)
{
	size_t most = ZSTD_compressBound(n) + compressBound(n), r;
	uint8_t *packed = malloc(most);
	uLongf size = (uLongf)most;

	if (packing == PACKING_ZLIB) {
		CHECK(compress2(packed, &size, p, (uLong)n, 1) == Z_OK);
		r = size;
	} else {
		r = ZSTD_compress(packed, most, p, n, 1);
		CHECK(!ZSTD_isError(r));
	}
	put_number(f, r);
	put_number(f, n);
	put(f, packed, r);
	free(packed);
}

/* Packs p in chunks of so many bytes. */
static struct file
pack(enum packing packing, bool big_endian, const uint8_t *p, size_t n,
    size_t chunk)
{
	struct file f = { .big_endian = big_endian };

	put_number(&f, (n + chunk - 1) / chunk);
	for (size_t at = 0; at < n; at += chunk)
		put_chunk(&f, packing, p + at, n - at < chunk ? n - at : chunk);
	return f;
}

static int
file_of(const uint8_t *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	CHECK(fd >= 0 && pwrite(fd, p, n, 0) == (ssize_t)n);
	return fd;
}

/* Reads all; what comes is compared with the n bytes at p, unless NULL. */
static size_t
drain(struct pages *pages, size_t page_size, const uint8_t *p, size_t n,
    bool *failed)
{
	const uint8_t *page;
	size_t at = 0, size;

	while ((page = pages_next(pages, &size)) != NULL) {
		CHECK(size > 0 && size <= page_size);
		if (p != NULL)
			CHECK(size <= n - at && !memcmp(page, p + at, size));
		else
			room[page[size - 1]] ^= page[0]; /* it can be read */
		at += size;
	}
	CHECK(pages_next(pages, &size) == NULL);
	*failed = pages_why(pages) != NULL;
	pages_free(pages);
	return at;
}

/* Chunks, of which the first part is there. */
static void
packed(const uint8_t how[4], const uint8_t *p, size_t n)
{
	size_t page_size = 1 + (size_t)how[1] * 16;
	size_t chunk = page_size * (1 + how[2] % 8);
	struct pages_part part = { 0 };
	struct file f;
	size_t there, have;
	bool failed;

	if (n / chunk > 2000)
		return;
	part.packing = how[0] & 8 ? PACKING_ZLIB : PACKING_ZSTD;
	part.unpack = unpack_new();
	part.big_endian = how[0] & 16;
	f = pack(part.packing, part.big_endian, p, n, chunk);
	there = f.n * how[3] / 255;
	part.fd = file_of(room, there);
	part.size = f.n;
	have = drain(pages_of_part(&part, page_size, 0), page_size, p, n,
	    &failed);
	CHECK(failed == (there < f.n));
	CHECK(failed ? have <= n : have == n);
	unpack_free(part.unpack);
	close(part.fd);
}

/* The bytes as they are, at the end of a file. */
static void
plain(const uint8_t how[4], const uint8_t *p, size_t n)
{
	size_t page_size = 1 + (size_t)how[1] * 16;
	struct pages_part part = { .fd = file_of(p, n) };
	struct input in;
	char path[32];
	bool failed;

	part.offset = n * how[2] / 255;
	part.size = n - part.offset + how[3];
	CHECK(drain(pages_of_part(&part, page_size, (size_t)how[2] * 64),
		  page_size, p + part.offset, n - part.offset,
		  &failed) == n - part.offset);
	CHECK(failed == (how[3] > 0));
	/* Nor is it packed, which the input would see. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d", part.fd);
	if (n > 0 && p[0] < 0x1f) {
		CHECK(input_open(&in, path) == 0);
		CHECK(drain(pages_of_input(&in, page_size, (size_t)how[3] * 64),
			  page_size, p, n, &failed) == n);
		CHECK(!failed);
		input_close(&in);
	}
	close(part.fd);
}

/* Any bytes pose as chunks, or as those of a zlib stream or a frame. */
static void
pose(const uint8_t how[4], const uint8_t *p, size_t n)
{
	static const uint8_t zlib[] = { 0x78, 0x5e };
	static const uint8_t zstd[] = { 0x28, 0xb5, 0x2f, 0xfd };
	struct pages_part part = { 0 };
	struct file f = { 0 };
	bool failed;

	part.packing = how[0] & 8 ? PACKING_ZLIB : PACKING_ZSTD;
	part.unpack = unpack_new();
	if (how[0] & 16) {
		size_t magic = part.packing == PACKING_ZLIB ? sizeof(zlib)
							    : sizeof(zstd);

		put_number(&f, 2);
		put_number(&f, n + magic);
		put_number(&f, (size_t)how[2] << how[3] % 18);
		put(&f, magic == 2 ? zlib : zstd, magic);
	}
	put(&f, p, n);
	part.fd = file_of(room, f.n);
	part.size = f.n;
	drain(pages_of_part(&part, 4096, 4096), 4096, NULL, 0, &failed);
	CHECK(failed || n < 5 || !(how[0] & 16));
	unpack_free(part.unpack);
	close(part.fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 4 || size > MAX)
		return 0;
	switch (data[0] & 3) {
	case 0:
		packed(data, data + 4, size - 4);
		break;
	case 1:
		plain(data, data + 4, size - 4);
		break;
	default:
		pose(data, data + 4, size - 4);
	}
	return 0;
}
