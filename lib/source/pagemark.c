/* SPDX-License-Identifier: MIT */
#include "source/pagemark.h"

enum { SIZE = (1 << 27) - 1 };
#define STORED (UINT64_C(1) << 30)
#define MISSED (UINT64_C(1) << 31)

/* Reads and writes a long of the traced kernel. */
static uint64_t
get_long(const struct page_shape *shape, const uint8_t *p)
{
	uint64_t x;
	uint32_t half;

	if (shape->commit_size == 8) {
		memcpy(&x, p, sizeof(x));
		return shape->big_endian ? be64toh(x) : le64toh(x);
	}
	memcpy(&half, p, sizeof(half));
	return shape->big_endian ? be32toh(half) : le32toh(half);
}

static void
put_long(const struct page_shape *shape, uint8_t *p, uint64_t v)
{
	uint64_t x = shape->big_endian ? htobe64(v) : htole64(v);
	uint32_t half = shape->big_endian ? htobe32((uint32_t)v)
					  : htole32((uint32_t)v);

	if (shape->commit_size == 8)
		memcpy(p, &x, sizeof(x));
	else
		memcpy(p, &half, sizeof(half));
}

void
pagemark_empty(const struct page_shape *shape, uint8_t *bytes, uint64_t ts)
{
	memset(bytes, 0, shape->size);
	pagemark_set_time(shape, bytes, ts);
}

void
pagemark_set_time(const struct page_shape *shape, uint8_t *bytes, uint64_t ts)
{
	uint64_t x = shape->big_endian ? htobe64(ts) : htole64(ts);

	memcpy(bytes, &x, PAGEMARK_TIME);
}

uint64_t
pagemark_time(const struct page_shape *shape, const uint8_t *bytes)
{
	uint64_t x;

	memcpy(&x, bytes, sizeof(x));
	return shape->big_endian ? be64toh(x) : le64toh(x);
}

int64_t
pagemark_missed(const struct page_shape *shape, const uint8_t *bytes)
{
	struct page page;

	page_open(&page, shape, bytes, shape->size);
	return page.missed;
}

bool
pagemark_set(const struct page_shape *shape, uint8_t *bytes, uint64_t n)
{
	uint8_t *commit = bytes + shape->commit_at;
	uint64_t word = get_long(shape, commit);
	size_t behind = shape->data_at + (size_t)(word & SIZE);

	if (behind + shape->commit_size > shape->size)
		return false;
	put_long(shape, bytes + behind, n);
	put_long(shape, commit, word | MISSED | STORED);
	return true;
}
