/* SPDX-License-Identifier: MIT */
/* moment: against the C library's calendar, and what is no time */
#include "workload/moment.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

static char text[MOMENT_TEXT];

static void
every_week_is_that_of_the_library(void)
{
	const time_t week = 7 * 86400 + 3661;

	for (time_t t = -62167219200 /* year 0 */; t < 253402300800;
	     t += week) {
		struct tm tm;
		char want[40];
		int64_t back = 0;

		assert(gmtime_r(&t, &tm) != NULL);
		strftime(want, sizeof(want), "%m-%dT%H:%M:%S.250Z", &tm);
		assert(moment_put(text, (int64_t)t * 1000 + 250) == 24);
		assert(memcmp(text + 5, want, 19) == 0);
		assert(moment_read((struct str){ text, 24 }, &back));
		assert(back == (int64_t)t * 1000 + 250);
	}
	assert(!moment_put(text, -62167219200001));
	assert(!moment_put(text, 253402300800000));
	assert(!moment_put(text, INT64_MIN) && !moment_put(text, INT64_MAX));
}

static void
forms_are_many(void)
{
	static const char *const same[] = {
		"2001-09-09T01:46:40Z",
		"2001-09-09T01:46:40",
		"2001-09-09 01:46:40.000999",
		"20010909T014640Z",
		"2001-09-09T03:46:40+02:00",
		"2001-09-08T16:16:40-0930",
		"2001-09-09T02:46:40,0+01",
	};
	int64_t ms;

	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		ms = 0;
		assert(moment_read(str_of(same[i]), &ms));
		if (ms != 1000000000000)
			fprintf(stderr, "%s: %lld\n", same[i], (long long)ms);
		assert(ms == 1000000000000);
	}
	assert(moment_read(str_of("1969-12-31T23:59Z"), &ms) && ms == -60000);
	assert(moment_read(str_of("2000-02-29T00:00Z"), &ms));
	assert(ms == 951782400000);
}

static void
other_texts_are_none(void)
{
	static const char *const bad[] = { "", "2001", "2001-09-09",
		"2001-13-09T01:46:40Z", "2001-02-29T01:46:40Z",
		"2001-09-31T01:46:40Z", "2001-09-00T01:46:40Z",
		"2001-09-09T25:46:40Z", "2001-09-09T01:60:40Z",
		"2001-09-09T01:46:40X", "2001-09-09T01:46:40ZZ",
		"2001-09-09T01:46:40+2", "2001-09-09T01:46:4", "1000000000",
		"2001-09-09T" };
	int64_t ms;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!moment_read(str_of(bad[i]), &ms));
}

int
main(void)
{
	every_week_is_that_of_the_library();
	forms_are_many();
	other_texts_are_none();
	return 0;
}
