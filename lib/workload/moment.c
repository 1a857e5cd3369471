/* SPDX-License-Identifier: MIT */
#include "workload/moment.h"

static const int64_t ms_per_day = 86400000;

/* Takes so many digits off the front. */
static bool
take_digits(struct str *s, size_t n, int64_t *v)
{
	if (s->n < n)
		return false;
	*v = 0;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		*v = *v * 10 + (s->p[i] - '0');
	}
	*s = str_skip(*s, n);
	return true;
}

static bool
take(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_skip(*s, 1);
	return true;
}

/*
 * Returns the days from 1970 to a date of the Gregorian calendar.  A year that
 * begins in March has its odd day at its end; 400 of them have 146097 days.
 */
static int64_t
days_to(int64_t year, int64_t month, int64_t day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	y += 400; /* never below 0 */
	return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 146097 - 719468;
}

static bool
read_date(struct str *s, int64_t *days)
{
	int64_t year, month, day, next;

	if (!take_digits(s, 4, &year))
		return false;
	take(s, '-');
	if (!take_digits(s, 2, &month) || month < 1 || month > 12)
		return false;
	take(s, '-');
	if (!take_digits(s, 2, &day) || day < 1)
		return false;
	*days = days_to(year, month, day);
	next = month < 12 ? days_to(year, month + 1, 1)
			  : days_to(year + 1, 1, 1);
	return *days < next;
}

/* Reads the decimals of a second, of which three count. */
static int64_t
read_decimals(struct str *s)
{
	int64_t ms = 0, unit = 100;

	for (; s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9'; unit /= 10) {
		ms += (s->p[0] - '0') * unit;
		*s = str_skip(*s, 1);
	}
	return ms;
}

static bool
read_clock(struct str *s, int64_t *ms)
{
	int64_t hour, minute, second = 0, rest = 0;

	if (!take_digits(s, 2, &hour) || hour > 24)
		return false;
	take(s, ':');
	if (!take_digits(s, 2, &minute) || minute > 59)
		return false;
	take(s, ':');
	if (s->n > 0 && s->p[0] >= '0' && s->p[0] <= '9') {
		if (!take_digits(s, 2, &second) || second > 60)
			return false;
		if (take(s, '.') || take(s, ','))
			rest = read_decimals(s);
	}
	*ms = ((hour * 60 + minute) * 60 + second) * 1000 + rest;
	return true;
}

/* Reads how much the clock there is ahead of UTC. */
static bool
read_zone(struct str *s, int64_t *ms)
{
	int64_t hour, minute = 0;
	bool behind;

	*ms = 0;
	if (s->n == 0 || take(s, 'Z'))
		return true;
	behind = s->p[0] == '-';
	if (!take(s, '-') && !take(s, '+'))
		return false;
	if (!take_digits(s, 2, &hour))
		return false;
	take(s, ':');
	if (s->n > 0 && !take_digits(s, 2, &minute))
		return false;
	*ms = (hour * 60 + minute) * 60000;
	if (behind)
		*ms = -*ms;
	return true;
}

bool
moment_read(struct str s, int64_t *ms)
{
	int64_t days, clock, zone;

	if (!read_date(&s, &days))
		return false;
	if (!take(&s, 'T') && !take(&s, ' '))
		return false;
	if (!read_clock(&s, &clock) || !read_zone(&s, &zone) || s.n > 0)
		return false;
	*ms = days * ms_per_day + clock - zone;
	return true;
}

/* Writes n digits and what follows them. */
static void
put_digits(char *p, int64_t v, int n, char behind)
{
	p[n] = behind;
	for (int i = n; i > 0; v /= 10)
		p[--i] = (char)('0' + v % 10);
}

size_t
moment_put(char text[MOMENT_TEXT], int64_t ms)
{
	int64_t days = ms / ms_per_day, clock = ms % ms_per_day;
	int64_t year, month = 1;

	if (clock < 0) {
		clock += ms_per_day;
		days--;
	}
	if (days < days_to(0, 1, 1) || days >= days_to(10000, 1, 1))
		return 0;
	year = 1970 + days / 366;
	if (days < 0)
		year = 1970 + days / 365 - 1;
	if (year < 0)
		year = 0;
	while (days >= days_to(year + 1, 1, 1))
		year++;
	while (month < 12 && days >= days_to(year, month + 1, 1))
		month++;
	days -= days_to(year, month, 1);
	text[0] = (char)('0' + year / 1000);
	put_digits(text + 1, year % 1000, 3, '-');
	put_digits(text + 5, month, 2, '-');
	put_digits(text + 8, days + 1, 2, 'T');
	put_digits(text + 11, clock / 3600000, 2, ':');
	put_digits(text + 14, clock / 60000 % 60, 2, ':');
	put_digits(text + 17, clock / 1000 % 60, 2, '.');
	put_digits(text + 20, clock % 1000, 3, 'Z');
	return MOMENT_TEXT;
}
