/* SPDX-License-Identifier: MIT */
#include "source/scan.h"

#include "base/num.h"

/* Takes a time of six places, as most are; NULL if it is of another form. */
static const char *
take_microseconds(const char *p, const char *end, struct scan_time *out)
{
	int64_t sec;
	uint64_t micro;

	if ((p = scan_number(p, end, &sec)) == NULL || end - p < 9 ||
	    p[0] != '.' || p[7] != ':' || !num_digits(p + 1, 6, &micro) ||
	    sec >= INT64_MAX / 1000000000)
		return NULL;
	out->ts = sec * 1000000000 + (int64_t)micro * 1000;
	out->nsec = false;
	return p + 8;
}

const char *
scan_time(const char *p, const char *end, struct scan_time *out)
{
	const char *behind = take_microseconds(p, end, out), *colon = p;

	if (behind != NULL)
		return behind;
	while (colon < end && (scan_is_digit(*colon) || *colon == '.'))
		colon++;
	if (colon == end || *colon != ':' ||
	    !num_time((struct str){ p, (size_t)(colon - p) }, &out->ts))
		return NULL;
	out->nsec = colon - p > 10 && colon[-10] == '.';
	return colon + 1;
}
