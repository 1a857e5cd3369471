/* SPDX-License-Identifier: MIT */
#include "parquet/pageheadout.h"

#include <zlib.h>

#include "parquet/thriftout.h"

/* parquet.thrift, PageType */
enum { PAGE_DATA = 0, PAGE_DICTIONARY = 2, PAGE_DATA_V2 = 3 };

static void
put_data(struct thriftout *t, const struct pageheadout *h)
{
	thriftout_struct(t, 5);
	thriftout_number(t, 1, THRIFT_I32, (int64_t)h->values);
	thriftout_number(t, 2, THRIFT_I32, h->how);
	thriftout_number(t, 3, THRIFT_I32, CODING_RLE);
	thriftout_number(t, 4, THRIFT_I32, CODING_RLE);
	thriftout_end(t);
}

static void
put_dictionary(struct thriftout *t, const struct pageheadout *h)
{
	thriftout_struct(t, 7);
	thriftout_number(t, 1, THRIFT_I32, (int64_t)h->values);
	thriftout_number(t, 2, THRIFT_I32, CODING_PLAIN);
	thriftout_end(t);
}

static void
put_data_v2(struct thriftout *t, const struct pageheadout *h)
{
	thriftout_struct(t, 8);
	thriftout_number(t, 1, THRIFT_I32, (int64_t)h->values);
	thriftout_number(t, 2, THRIFT_I32, (int64_t)h->nulls);
	thriftout_number(t, 3, THRIFT_I32, (int64_t)h->rows);
	thriftout_number(t, 4, THRIFT_I32, h->how);
	thriftout_number(t, 5, THRIFT_I32, (int64_t)h->defined);
	thriftout_number(t, 6, THRIFT_I32, (int64_t)h->repeated);
	thriftout_bool(t, 7, h->compressed);
	thriftout_end(t);
}

static int64_t
checksum(const struct pageheadout *h)
{
	uLong sum = crc32_z(0, NULL, 0);

	sum = crc32_z(sum, (const Bytef *)h->levels.p, h->levels.n);
	sum = crc32_z(sum, (const Bytef *)h->rest.p, h->rest.n);
	return (int32_t)(uint32_t)sum;
}

void
pageheadout_put(struct output *out, const struct pageheadout *h)
{
	static const int type[] = { PAGE_DICTIONARY, PAGE_DATA, PAGE_DATA_V2 };
	struct thriftout t = { .out = out };

	thriftout_number(&t, 1, THRIFT_I32, type[h->version]);
	thriftout_number(&t, 2, THRIFT_I32, (int64_t)h->unpacked);
	thriftout_number(&t, 3, THRIFT_I32, (int64_t)(h->levels.n + h->rest.n));
	thriftout_number(&t, 4, THRIFT_I32, checksum(h));
	if (h->version == 0)
		put_dictionary(&t, h);
	else if (h->version == 1)
		put_data(&t, h);
	else
		put_data_v2(&t, h);
	thriftout_end(&t);
	output_str(out, h->levels);
	output_str(out, h->rest);
}
