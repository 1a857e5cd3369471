/* SPDX-License-Identifier: MIT */
#include "parquet/pageheadin.h"

#include "parquet/thriftin.h"

/* Reads a number that is not below 0. */
static uint32_t
count(struct thriftin *in, const struct thriftin_field *f)
{
	int32_t v = thriftin_int32(in, f);

	if (v < 0 && in->why == NULL) {
		in->why = "a page's header with a number below 0";
		in->p = in->end;
	}
	return v < 0 ? 0 : (uint32_t)v;
}

/* Reads DataPageHeader, and DictionaryPageHeader, whose first two are its. */
static void
read_data(struct thriftin *in, struct pageheadin *h)
{
	struct thriftin_field f = { 0 };

	while (thriftin_next(in, &f))
		switch (f.id) {
		case 1:
			h->values = count(in, &f);
			break;
		case 2:
			h->encoding = thriftin_int32(in, &f);
			break;
		case 3:
			if (h->type == PAGEHEAD_DATA)
				h->definition = thriftin_int32(in, &f);
			else
				thriftin_skip(in, &f);
			break;
		case 4:
			h->repetition = thriftin_int32(in, &f);
			break;
		default:
			thriftin_skip(in, &f);
		}
}

static void
read_data_v2(struct thriftin *in, struct pageheadin *h)
{
	struct thriftin_field f = { 0 };

	while (thriftin_next(in, &f))
		switch (f.id) {
		case 1:
			h->values = count(in, &f);
			break;
		case 2:
			h->nulls = count(in, &f);
			break;
		case 3:
			h->rows = count(in, &f);
			break;
		case 4:
			h->encoding = thriftin_int32(in, &f);
			break;
		case 5:
			h->definition_bytes = count(in, &f);
			break;
		case 6:
			h->repetition_bytes = count(in, &f);
			break;
		case 7:
			h->plain = !thriftin_boolean(in, &f);
			break;
		default:
			thriftin_skip(in, &f);
		}
}

/* Reads a field; *part is the type of page whose own header was there. */
static void
read_field(struct thriftin *in, const struct thriftin_field *f,
    struct pageheadin *h, int32_t *part)
{
	switch (f->id) {
	case 1:
		h->type = thriftin_int32(in, f);
		break;
	case 2:
		h->size = count(in, f);
		break;
	case 3:
		h->packed = count(in, f);
		break;
	case 4:
		h->crc = (uint32_t)thriftin_int32(in, f);
		h->has_crc = true;
		break;
	case 5:
	case 7:
		thriftin_struct(in, f);
		*part = f->id == 5 ? PAGEHEAD_DATA : PAGEHEAD_DICTIONARY;
		read_data(in, h);
		break;
	case 8:
		thriftin_struct(in, f);
		*part = PAGEHEAD_DATA_V2;
		read_data_v2(in, h);
		break;
	default:
		thriftin_skip(in, f);
	}
}

const char *
pageheadin_read(struct pageheadin *h, struct str bytes, bool *cut)
{
	struct thriftin in = { .p = bytes.p, .end = bytes.p + bytes.n };
	struct thriftin_field f = { 0 };
	int32_t part = -1;

	*h = (struct pageheadin){
		.type = -1,
		.encoding = -1,
		.definition = -1,
		.repetition = -1,
	};
	while (thriftin_next(&in, &f))
		read_field(&in, &f, h, &part);
	*cut = in.cut;
	if (in.why != NULL)
		return in.cut ? "a page's header that ends too soon" : in.why;
	h->bytes = (size_t)(in.p - bytes.p);
	if (h->type < 0)
		return "a page without a type";
	if ((h->type == PAGEHEAD_DATA || h->type == PAGEHEAD_DICTIONARY ||
		h->type == PAGEHEAD_DATA_V2) &&
	    part != h->type)
		return "a page without the header of its type";
	return NULL;
}
