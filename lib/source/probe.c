/* SPDX-License-Identifier: MIT */
#include "source/probe.h"

#include "base/num.h"

enum { ADDRESS_MIN = 8 /* digits: fewer may be a word */ };

bool
probe_is(struct str body)
{
	const char *close, *plus;
	uint64_t address;
	struct str place;

	if (body.n == 0 || body.p[0] != '(' ||
	    (close = memchr(body.p, ')', body.n)) == NULL)
		return false;
	place = (struct str){ body.p + 1, (size_t)(close - body.p) - 1 };
	plus = memmem(place.p, place.n, "+0x", 3);
	return (place.n >= ADDRESS_MIN && num_hex(place, &address)) ||
	    (plus != NULL &&
		memchr(place.p, ' ', (size_t)(plus - place.p)) == NULL);
}
