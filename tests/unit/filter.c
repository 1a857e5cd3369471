/* SPDX-License-Identifier: MIT */
/*
 * filter: lists of CPUs and tasks, times and windows, and what they keep
 */
#include "source/filter.h"

#include <assert.h>

static const int64_t second = 1000000000;

static struct event
point(int cpu, int64_t tid, int64_t tgid, int64_t ts)
{
	return (struct event){ .kind = EVENT_POINT,
		.at = { .cpu = cpu, .tid = tid, .tgid = tgid, .ts = ts } };
}

static struct event
lost(int cpu, int64_t ts)
{
	return (struct event){ .kind = EVENT_LOST,
		.at = { .cpu = cpu, .tid = -1, .tgid = -1, .ts = ts } };
}

static bool
keeps(const struct filter *f, struct event ev)
{
	return filter_keeps(f, &ev, 100);
}

static void
without_anything_it_keeps_all(void)
{
	const struct filter f = { .cpus = 0 };

	assert(keeps(&f, point(0, 0, -1, 0)));
	assert(keeps(&f, point(-1, -1, -1, -1)));
	assert(keeps(&f, point(65536, INT64_MAX, 1, INT64_MAX)));
	assert(keeps(&f, lost(-1, -1)));
}

static bool
lists_cpus(const char *text)
{
	struct filter f = { .cpus = 0 };
	bool good = filter_add_cpus(&f, str_of(text));

	filter_free(&f);
	return good;
}

static void
lists_of_cpus(void)
{
	static const char *const bad[] = { "", ",", "1,", ",1", "1,,2", "-",
		"-1", "1-", "2-1", "1-2-3", "1--2", "a", "1a", " 1", "0x1",
		"65536", "0-65536", "9223372036854775807",
		"18446744073709551617", "1-18446744073709551617" };
	struct filter f = { .cpus = 0 };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!lists_cpus(bad[i]));
	assert(
	    lists_cpus("65535") && lists_cpus("0-65535") && lists_cpus("7-7"));
	assert(filter_add_cpus(&f, str_of("9,0,4-6")));
	assert(filter_add_cpus(&f, str_of("2,4")));
	for (int cpu = -1; cpu < 12; cpu++)
		assert(keeps(&f, point(cpu, 1, 1, 1)) ==
		    (cpu >= 0 && strchr("024569", '0' + cpu) != NULL));
	assert(keeps(&f, lost(4, 1)) && !keeps(&f, lost(3, 1)));
	assert(keeps(&f, lost(-1, -1))); /* it may be of CPU 4 */
	filter_free(&f);
	filter_free(&f);
}

static void
lists_of_tasks(void)
{
	static const char *const bad[] = { "", "1,", ",", "-1", "a", "1-2",
		"9223372036854775808" };
	struct filter f = { .cpus = 0 };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert(!filter_add_pids(&f, str_of(bad[i])));
		filter_free(&f);
	}
	assert(filter_add_pids(&f, str_of("7,9223372036854775807,3")));
	assert(filter_add_pids(&f, str_of("0")));
	assert(keeps(&f, point(0, 7, -1, 1)));
	assert(keeps(&f, point(0, 8, 3, 1))); /* a thread of process 3 */
	assert(keeps(&f, point(0, 0, -1, 1)));
	assert(keeps(&f, point(0, INT64_MAX, -1, 1)));
	assert(!keeps(&f, point(0, 8, 8, 1)));
	assert(!keeps(&f, point(0, -1, -1, 1)));
	assert(keeps(&f, lost(0, 1))); /* it may be of these */
	filter_free(&f);
}

static void
time_is(const char *text, int64_t ns, bool relative)
{
	struct filter_time t = { .ns = -1 };

	assert(filter_read_time(str_of(text), &t));
	assert(t.given && t.ns == ns && t.relative == relative);
}

static void
times(void)
{
	static const char *const bad[] = { "", "+", "-1", "+-1", "++1", "1+",
		"-0.5", "1.", ".5", "+.5", "1.0000000001", "1.5s", " 1", "1 ",
		"1.2.3", "1e3", "9223372037", "9223372036.854775808",
		"99999999999999999999" };
	struct filter_time t = { .ns = 42 };

	time_is("0", 0, false);
	time_is("5", 5 * second, false);
	time_is("+0.5", second / 2, true);
	time_is("+0", 0, true);
	time_is("1125.525591", 1125525591000, false);
	time_is("1.000000001", second + 1, false);
	time_is("0000000000000000000000001.5", second + second / 2, false);
	time_is("9223372036", 9223372036 * second, false);
	time_is("9223372036.854775807", INT64_MAX, false);
	time_is("+9223372036.854775807", INT64_MAX, true);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert(!filter_read_time(str_of(bad[i]), &t));
	assert(t.ns == 42 && !t.given);
}

static void
from_and_to(void)
{
	struct filter f = { .cpus = 0 };

	assert(filter_read_time(str_of("1"), &f.since));
	assert(!keeps(&f, point(0, 1, 1, second - 1)));
	assert(keeps(&f, point(0, 1, 1, second)));
	assert(filter_read_time(str_of("1.5"), &f.until));
	assert(keeps(&f, point(0, 1, 1, second + second / 2)));
	assert(!keeps(&f, point(0, 1, 1, second + second / 2 + 1)));
	assert(!keeps(&f, lost(0, 1)) && keeps(&f, lost(0, second)));
	assert(keeps(&f, lost(0, -1))); /* nobody knows when that was */

	/* The first event is at 100. */
	assert(filter_read_time(str_of("+0.000000005"), &f.since));
	assert(filter_read_time(str_of("+9223372036.854775807"), &f.until));
	assert(!keeps(&f, point(0, 1, 1, 104)));
	assert(keeps(&f, point(0, 1, 1, 105)));
	assert(keeps(&f, point(0, 1, 1, INT64_MAX)));
	assert(filter_read_time(str_of("0"), &f.since));
	assert(filter_read_time(str_of("0"), &f.until));
	assert(keeps(&f, point(0, 1, 1, 0)) && !keeps(&f, point(0, 1, 1, 1)));
}

static void
a_window_once_more(void)
{
	struct filter f = { .clip = true, .clip_since = 10, .clip_until = 20 };

	assert(!keeps(&f, point(0, 1, 1, 9)) && keeps(&f, point(0, 1, 1, 10)));
	assert(keeps(&f, point(0, 1, 1, 20)) && !keeps(&f, point(0, 1, 1, 21)));
	assert(filter_read_time(str_of("0.000000015"), &f.since));
	assert(!keeps(&f, point(0, 1, 1, 14)) && keeps(&f, point(0, 1, 1, 15)));
	f.clip_since = 30; /* there is no such window */
	assert(!keeps(&f, point(0, 1, 1, 15)) && !keeps(&f, lost(0, 25)));
}

int
main(void)
{
	without_anything_it_keeps_all();
	lists_of_cpus();
	lists_of_tasks();
	times();
	from_and_to();
	a_window_once_more();
	return 0;
}
