/* SPDX-License-Identifier: MIT */
#include "parquet/deltain.h"

#include <endian.h>

static const char CUT[] = "differences that end too soon";

static uint64_t
varint(struct deltain *d)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 64 && d->p < d->end; shift += 7) {
		unsigned b = (unsigned char)*d->p++;

		if (shift == 63 && b > 1)
			break;
		v |= (uint64_t)(b & 0x7f) << shift;
		if (b < 0x80)
			return v;
	}
	d->why = CUT;
	d->p = d->end;
	return 0;
}

static uint64_t
zigzag(struct deltain *d)
{
	uint64_t v = varint(d);

	return v >> 1 ^ (0 - (v & 1));
}

void
deltain_open(struct deltain *d, struct str bytes)
{
	uint64_t block;

	*d = (struct deltain){
		.p = bytes.p,
		.end = bytes.p + bytes.n,
		.first = true,
	};
	block = varint(d);
	d->minis = varint(d);
	d->left = varint(d);
	d->value = zigzag(d);
	if (d->why == NULL &&
	    (block == 0 || block > INT32_MAX || block % 128 != 0 ||
		d->minis == 0 || d->minis > block || block % d->minis != 0 ||
		block / d->minis % 32 != 0))
		d->why = "differences in blocks of a wrong size";
	if (d->why != NULL)
		d->left = 0;
	else
		d->per = block / d->minis;
}

/* Steps to the next miniblock; false, with why set, if it is not there. */
static bool
next_mini(struct deltain *d)
{
	uint64_t bits;

	if (d->widths_n == 0) {
		d->least = zigzag(d);
		if (d->why == NULL && d->minis > (uint64_t)(d->end - d->p))
			d->why = CUT;
		if (d->why != NULL)
			return false;
		d->widths = d->p;
		d->widths_n = d->minis;
		d->p += d->minis;
	}
	d->width = (unsigned char)*d->widths++;
	d->widths_n--;
	if (d->width > 64) {
		d->why = "differences of more than 64 bits";
		return false;
	}
	d->place = d->p;
	d->bit = 0;
	d->mini = d->per;
	bits = d->per * d->width;
	if (bits / 8 > (uint64_t)(d->end - d->p)) {
		/* What fills the last miniblock may be left out. */
		uint64_t n = d->left < d->per ? d->left : d->per;

		bits = n * d->width + 7;
		if (bits / 8 > (uint64_t)(d->end - d->p)) {
			d->why = CUT;
			return false;
		}
		d->mini = n;
	}
	d->p += bits / 8;
	return true;
}

/* Returns the packed number at a bit. */
static uint64_t
packed_at(const struct deltain *d, uint64_t bit)
{
	const char *p = d->place + bit / 8;
	size_t room = (size_t)(d->end - p), bytes;
	unsigned shift = bit % 8;
	uint64_t v = 0;

	bytes = room < sizeof(v) ? room : sizeof(v);
	if (bytes > 0)
		memcpy(&v, p, bytes);
	v = le64toh(v) >> shift;
	if (shift + d->width > 64) /* it has a part in a ninth byte */
		v |= (uint64_t)(unsigned char)p[8] << (64 - shift);
	return d->width < 64 ? v & ((UINT64_C(1) << d->width) - 1) : v;
}

size_t
deltain_read(struct deltain *d, uint64_t *to, size_t n)
{
	size_t done = 0;

	if (d->first && n > 0 && d->left > 0) {
		d->first = false;
		d->left--;
		to[done++] = d->value;
	}
	while (done < n && d->left > 0) {
		uint64_t now = n - done;

		if (d->mini == 0 && !next_mini(d)) {
			d->left = 0;
			break;
		}
		if (now > d->left)
			now = d->left;
		if (now > d->mini)
			now = d->mini;
		for (uint64_t i = 0; i < now; i++) {
			d->value += d->least;
			if (d->width > 0)
				d->value += packed_at(d, d->bit);
			d->bit += d->width;
			to[done++] = d->value;
		}
		d->mini -= now;
		d->left -= now;
	}
	return done;
}

struct str
deltain_behind(struct deltain *d)
{
	if (d->first && d->left > 0) {
		d->first = false;
		d->left--;
	}
	while (d->left > 0 && d->why == NULL) {
		uint64_t now;

		if (d->mini == 0 && !next_mini(d))
			break;
		now = d->left < d->mini ? d->left : d->mini;
		d->left -= now;
		d->mini -= now;
	}
	d->left = 0;
	if (d->why != NULL)
		return (struct str){ NULL, 0 };
	return (struct str){ d->p, (size_t)(d->end - d->p) };
}
