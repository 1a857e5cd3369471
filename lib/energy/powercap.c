/* SPDX-License-Identifier: MIT */
#include "energy/powercap.h"

#include "base/num.h"

/* Takes what is before the next c off s; all, and false, if there is none. */
static bool
take(struct str *s, char c, struct str *part)
{
	const char *at = s->n > 0 ? memchr(s->p, c, s->n) : NULL;

	*part = *s;
	if (at == NULL)
		return false;
	part->n = (size_t)(at - s->p);
	*s = str_skip(*s, part->n + 1);
	return true;
}

static bool
read_number(struct str digits, uint64_t *number)
{
	return num_hex(digits, number) &&
	    memchr(digits.p, 'x', digits.n) == NULL;
}

void
powercap_read(struct powercap *zone, struct str id)
{
	struct str rest = id, part;
	bool more = take(&rest, ':', &part);

	*zone = (struct powercap){ .type = part };
	while (more && zone->n < POWERCAP_DEEP) {
		more = take(&rest, ':', &part);
		if (!read_number(part, &zone->number[zone->n++]))
			break;
		if (!more)
			return;
	}
	*zone = (struct powercap){ .type = id };
}

bool
powercap_is_in(const struct powercap *zone, const struct powercap *other)
{
	if (other->n == 0 || other->n >= zone->n ||
	    !str_eq(zone->type, other->type))
		return false;
	return memcmp(zone->number, other->number,
		   other->n * sizeof(*zone->number)) == 0;
}

int
powercap_compare(const struct powercap *a, const struct powercap *b)
{
	int order = str_compare(a->type, b->type);

	for (unsigned i = 0; order == 0 && i < a->n && i < b->n; i++)
		order = (a->number[i] > b->number[i]) -
		    (a->number[i] < b->number[i]);
	return order != 0 ? order : (a->n > b->n) - (a->n < b->n);
}

bool
powercap_package(struct str name, uint64_t *package, int64_t *die)
{
	const char *start = "package-", *middle = "die-";
	struct str number;

	*die = -1;
	if (!str_starts(name, start))
		return false;
	name = str_skip(name, strlen(start));
	if (!take(&name, '-', &number))
		return num_u64(number, package);
	if (!num_u64(number, package) || !str_starts(name, middle))
		return false;
	name = str_skip(name, strlen(middle));
	return num_s64(name, die) && name.p[0] != '-';
}
