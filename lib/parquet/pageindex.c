/* SPDX-License-Identifier: MIT */
#include "parquet/pageindex.h"

#include "parquet/thriftout.h"

/* parquet.thrift, BoundaryOrder */
enum order { UNORDERED, ASCENDING, DESCENDING };

bool
pageindex_has_columns(const struct chunk *c)
{
	for (size_t i = 0; i < c->pages; i++)
		if (!c->page[i].all_null && !c->page[i].bounds.known)
			return false;
	return c->pages > 0;
}

static enum order
order_of(const struct leaf *leaf, const struct chunk *c)
{
	const struct bounds *before = NULL;
	bool up = true, down = true;

	for (size_t i = 0; i < c->pages; i++) {
		const struct bounds *b = &c->page[i].bounds;

		if (c->page[i].all_null)
			continue;
		if (before != NULL) {
			int least = bounds_compare(leaf, before->least,
			    b->least);
			int most = bounds_compare(leaf, before->most, b->most);

			up = up && least <= 0 && most <= 0;
			down = down && least >= 0 && most >= 0;
		}
		before = b;
	}
	return up ? ASCENDING : down ? DESCENDING : UNORDERED;
}

void
pageindex_put_columns(struct output *out, const struct leaf *leaf,
    const struct chunk *c)
{
	struct thriftout t = { .out = out };

	thriftout_list(&t, 1, THRIFT_TRUE, c->pages);
	for (size_t i = 0; i < c->pages; i++)
		thriftout_element_bool(&t, c->page[i].all_null);
	thriftout_list(&t, 2, THRIFT_BYTES, c->pages);
	for (size_t i = 0; i < c->pages; i++)
		thriftout_element_bytes(&t, c->page[i].bounds.least);
	thriftout_list(&t, 3, THRIFT_BYTES, c->pages);
	for (size_t i = 0; i < c->pages; i++)
		thriftout_element_bytes(&t, c->page[i].bounds.most);
	thriftout_number(&t, 4, THRIFT_I32, order_of(leaf, c));
	thriftout_list(&t, 5, THRIFT_I64, c->pages);
	for (size_t i = 0; i < c->pages; i++)
		thriftout_element(&t, (int64_t)c->page[i].nulls);
	thriftout_end(&t);
}

void
pageindex_put_offsets(struct output *out, const struct chunk *c, uint64_t at)
{
	struct thriftout t = { .out = out };

	thriftout_list(&t, 1, THRIFT_STRUCT, c->pages);
	for (size_t i = 0; i < c->pages; i++) {
		const struct chunk_page *p = &c->page[i];

		thriftout_element_struct(&t);
		thriftout_number(&t, 1, THRIFT_I64, (int64_t)(at + p->at));
		thriftout_number(&t, 2, THRIFT_I32, (int64_t)p->bytes);
		thriftout_number(&t, 3, THRIFT_I64, (int64_t)p->first_row);
		thriftout_end(&t);
	}
	thriftout_end(&t);
}
