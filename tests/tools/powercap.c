/* SPDX-License-Identifier: MIT */
/*
 * powercap -- play a tree of energy counters, as sysfs shows one, in a folder
 *
 *	powercap [-c CPU] [-l LINKS] [-t SECONDS] DIR TRUTH ZONE ...
 *
 * A ZONE is a path below DIR, and what is played there:
 *
 *	intel-rapl:0,name=package-0,range=65532610987,unit=15258,add=9:99
 *
 *	name=NAME	what its file name says; there is none without
 *	range=UJ	what max_energy_range_uj says
 *	unit=NJ		it has 32 bits of that and shows raw * unit / 1000;
 *			without, it shows uJ, and goes round after the range
 *	hidden		the range is not shown
 *	start=N		it begins there, in units or uJ
 *	add=N[:M]	so many are added each time, or a number between
 *	every=US	it is written each so many us; 1000 unless told
 *	way=write	in place, with newlines up to 21 bytes
 *	way=rename	by a new file each time
 *	way=empty	in place without newline, empty for gap us before, as
 *	gap=US		Scaphandre does
 *	reset=N		each N writes it begins anew at 0
 *	gone=N:M	each N writes its folder vanishes for the time of M
 *	fail=N:M	each N writes it cannot be read, EIO, for that time
 *	mode=OCTAL	of energy_uj; 400 unless told
 *	user=UID	and its owner
 *	like=N		it shows what zone number N, from 0, shows
 *
 * In LINKS a link is made to each folder, the first of each name, as in
 * /sys/class/powercap.  Each change is a line in TRUTH, with tabs: ns of
 * CLOCK_MONOTONIC, path, what happened (begin, write, wrap, reset, gone, back,
 * fail, heal, end), what it shows, how many units or uJ it has counted since
 * it began, and how often it began anew.  TRUTH is there when the tree is.  It
 * ends at SIGTERM, or after so many seconds, a day unless told.
 *
 * A reader that keeps the file open sees nothing of rename until it looks for
 * the name.  But a read beside a write in place may give half of each (on ext4
 * and tmpfs, once in 1e4 at full speed): so this stays on one CPU, the
 * first that it may use unless told, and a reader is to be put onto that one
 * too: then one is over before the other begins.  Who is late goes on later,
 * and never adds twice at once.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/num.h"
#include "base/wide.h"

#define NS_PER_S INT64_C(1000000000)
#define FIXED 21 /* digits of the longest number, and a newline */

enum { ZONES = 128, PATH_SIZE = 512 };
enum way { WRITE, RENAME, EMPTY };

struct zone {
	char path[PATH_SIZE], name[64];
	uint64_t range, unit, low, high, start, reset, mode;
	uint64_t gone, gone_for, fail, fail_for;
	int64_t every, gap, user, like;
	bool hidden;
	enum way way;
	/* As it plays: */
	uint64_t place, counted, epoch, writes;
	int64_t due, next;
	int fd;
	bool filling, lost, failed;
};

static struct zone zone[ZONES];
static size_t zones;
static const char *dir;
static FILE *truth;
static uint64_t chance = 88172645463325252;

static _Noreturn void
fail(const char *what)
{
	fprintf(stderr, "powercap: %s: %s\n", what, strerror(errno));
	exit(1);
}

static _Noreturn void
usage(const char *why)
{
	fprintf(stderr,
	    "powercap: %s\n"
	    "usage: powercap [-c CPU] [-l LINKS] [-t SECONDS] "
	    "DIR TRUTH ZONE ...\n",
	    why);
	exit(2);
}

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static uint64_t
draw(uint64_t low, uint64_t high)
{
	chance ^= chance << 13;
	chance ^= chance >> 7;
	chance ^= chance << 17;
	return low + chance % (high - low + 1);
}

/* The path of a file of a zone; of its folder where name is "". */
static const char *
path_of(const struct zone *z, const char *name)
{
	static char path[2 * PATH_SIZE];
	int n = snprintf(path, sizeof(path), "%s/%s%s%s", dir, z->path,
	    *name == '\0' ? "" : "/", name);

	if (n >= (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		fail(dir);
	}
	return path;
}

static uint64_t
shown(const struct zone *z)
{
	if (z->unit == 0)
		return z->place;
	return (uint64_t)((wide)z->place * z->unit / 1000);
}

static void
note(const struct zone *z, const char *event)
{
	fprintf(truth, "%lld\t%s\t%s\t%llu\t%llu\t%llu\n", (long long)now(),
	    z->path, event, (unsigned long long)shown(z),
	    (unsigned long long)z->counted, (unsigned long long)z->epoch);
}

/* The text of a way; returns how long it is. */
static size_t
text_of(const struct zone *z, char *text)
{
	size_t n = num_put(text, shown(z));

	memset(text + n, '\n', FIXED - n);
	if (z->way == WRITE)
		return FIXED;
	return z->way == RENAME ? n + 1 : n;
}

static void
write_text(const struct zone *z, int fd)
{
	char text[FIXED + 1];
	size_t n = text_of(z, text);

	if (pwrite(fd, text, n, 0) != (ssize_t)n)
		fail("pwrite");
}

/* Puts a new file there, whole, and keeps it open. */
static void
place_file(struct zone *z)
{
	char temporary[2 * PATH_SIZE];
	int fd;

	snprintf(temporary, sizeof(temporary), "%s", path_of(z, ".energy_uj"));
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		fail(temporary);
	write_text(z, fd);
	if (z->user >= 0 && fchown(fd, (uid_t)z->user, (gid_t)-1) != 0)
		fail("fchown");
	if (fchmod(fd, (mode_t)z->mode) != 0)
		fail("fchmod");
	if (rename(temporary, path_of(z, "energy_uj")) != 0)
		fail(temporary);
	if (z->fd >= 0)
		close(z->fd);
	z->fd = fd;
}

static void
put_text(const struct zone *z, const char *name, const char *text)
{
	FILE *to = fopen(path_of(z, name), "w");

	if (to == NULL || fprintf(to, "%s\n", text) < 0 || fclose(to) != 0)
		fail(name);
}

static void
make_folders(const char *path)
{
	char part[2 * PATH_SIZE];

	snprintf(part, sizeof(part), "%s", path);
	for (char *p = part + 1;; p++) {
		char was = *p;

		if (was != '/' && was != '\0')
			continue;
		*p = '\0';
		if (mkdir(part, 0755) != 0 && errno != EEXIST)
			fail(part);
		*p = was;
		if (was == '\0')
			return;
	}
}

static void
make_zone(struct zone *z)
{
	char text[NUM_TEXT + 1];

	make_folders(path_of(z, ""));
	if (*z->name != '\0')
		put_text(z, "name", z->name);
	if (z->range > 0 && !z->hidden) {
		text[num_put(text, z->range)] = '\0';
		put_text(z, "max_energy_range_uj", text);
	}
	place_file(z);
}

static void
remove_zone(struct zone *z)
{
	static const char *const name[] = { "energy_uj", "name",
		"max_energy_range_uj" };

	close(z->fd);
	z->fd = -1;
	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++)
		unlink(path_of(z, name[i]));
	if (rmdir(path_of(z, "")) != 0)
		fail(path_of(z, ""));
}

/* The memory of whoever reads it has nothing at 0: that is an EIO. */
static void
break_file(struct zone *z)
{
	close(z->fd);
	z->fd = -1;
	unlink(path_of(z, "energy_uj"));
	if (symlink("/proc/self/mem", path_of(z, "energy_uj")) != 0)
		fail("symlink");
}

/* Writes what it shows now, and what is like it. */
static void
show(struct zone *z, const char *event)
{
	if (z->way == RENAME)
		place_file(z);
	else
		write_text(z, z->fd);
	note(z, event);
	for (size_t i = 0; i < zones; i++) {
		struct zone *twin = &zone[i];

		if (twin->like < 0 || &zone[twin->like] != z)
			continue;
		twin->place = z->place;
		twin->counted = z->counted;
		twin->epoch = z->epoch;
		show(twin, event);
	}
}

/* Adds; returns what happened. */
static const char *
count(struct zone *z)
{
	uint64_t more = draw(z->low, z->high);
	wide end = (wide)z->range + 1, sum = (wide)z->place + more;

	if (z->reset > 0 && z->writes % z->reset == 0) {
		z->place = z->counted = 0;
		z->epoch++;
		return "reset";
	}
	if (z->unit > 0)
		end = (wide)1 << 32;
	else if (z->range == 0)
		end = (wide)1 << 64;
	z->counted += more;
	z->place = (uint64_t)(sum % end);
	return sum >= end ? "wrap" : "write";
}

/* Plays what is due, and sets when the next is. */
static void
play(struct zone *z)
{
	int64_t time = now();

	if (z->filling) {
		z->filling = false;
		z->due = z->next;
		show(z, count(z));
		return;
	}
	z->next = z->due + z->every > time ? z->due + z->every
					   : time + z->every;
	z->due = z->next;
	z->writes++;
	if (z->lost || z->failed) {
		make_zone(z);
		note(z, z->lost ? "back" : "heal");
		z->lost = z->failed = false;
	} else if (z->gone > 0 && z->writes % z->gone == 0) {
		remove_zone(z);
		note(z, "gone");
		z->lost = true;
		z->due = time + (int64_t)z->gone_for * z->every;
	} else if (z->fail > 0 && z->writes % z->fail == 0) {
		break_file(z);
		note(z, "fail");
		z->failed = true;
		z->due = time + (int64_t)z->fail_for * z->every;
	} else if (z->way == EMPTY) {
		if (ftruncate(z->fd, 0) != 0)
			fail("ftruncate");
		z->filling = true;
		z->due = time + z->gap;
	} else {
		show(z, count(z));
	}
}

static struct zone *
first_due(void)
{
	struct zone *first = NULL;

	for (size_t i = 0; i < zones; i++)
		if (zone[i].like < 0 &&
		    (first == NULL || zone[i].due < first->due))
			first = &zone[i];
	return first;
}

/* Waits until then; true if it is to end. */
static bool
wait_until(int64_t then, const sigset_t *ends)
{
	int64_t left = then - now();
	struct timespec t = { 0 };

	if (left > 0)
		t = (struct timespec){ left / NS_PER_S, left % NS_PER_S };
	return sigtimedwait(ends, NULL, &t) > 0;
}

static void
play_all(int64_t end, const sigset_t *ends)
{
	for (;;) {
		struct zone *z = first_due();

		if (wait_until(z->due < end ? z->due : end, ends) ||
		    now() >= end)
			return;
		if (now() >= z->due)
			play(z);
	}
}

/* Reads N or N:M; high may be NULL. */
static bool
numbers(struct str s, uint64_t *low, uint64_t *high)
{
	const char *colon = memchr(s.p, ':', s.n);
	size_t n = colon == NULL ? s.n : (size_t)(colon - s.p);

	if (!num_u64((struct str){ s.p, n }, low))
		return false;
	if (high == NULL || colon == NULL)
		return colon == NULL;
	return num_u64(str_skip(s, n + 1), high) && *high >= 1;
}

static bool
set_time(struct str s, int64_t *ns)
{
	uint64_t us;

	if (!num_u64(s, &us) || us > 3600u * 1000 * 1000)
		return false;
	*ns = (int64_t)us * 1000;
	return true;
}

static bool
set_number(struct str s, int64_t most, int64_t *to)
{
	return num_s64(s, to) && *to >= 0 && *to <= most;
}

static bool
set_text(struct zone *z, const char *key, struct str s)
{
	if (strcmp(key, "name") == 0 && s.n < sizeof(z->name)) {
		memcpy(z->name, s.p, s.n);
		return true;
	}
	if (strcmp(key, "mode") == 0)
		return (z->mode = strtoul(s.p, NULL, 8)) <= 0777;
	if (strcmp(key, "hidden") == 0)
		return z->hidden = true;
	if (strcmp(key, "way") != 0)
		return false;
	z->way = str_is(s, "rename") ? RENAME
	    : str_is(s, "empty")     ? EMPTY
				     : WRITE;
	return z->way != WRITE || str_is(s, "write");
}

static bool
set(struct zone *z, const char *key, struct str s)
{
	const struct {
		const char *key;
		uint64_t *low, *high;
	} number[] = { { "range", &z->range, NULL }, { "unit", &z->unit, NULL },
		{ "start", &z->start, NULL }, { "reset", &z->reset, NULL },
		{ "gone", &z->gone, &z->gone_for },
		{ "fail", &z->fail, &z->fail_for } };

	for (size_t i = 0; i < sizeof(number) / sizeof(*number); i++)
		if (strcmp(key, number[i].key) == 0)
			return numbers(s, number[i].low, number[i].high);
	if (strcmp(key, "add") == 0) {
		bool good = numbers(s, &z->low, &z->high);

		if (memchr(s.p, ':', s.n) == NULL)
			z->high = z->low;
		return good && z->high >= z->low &&
		    z->high - z->low < UINT64_MAX;
	}
	if (strcmp(key, "every") == 0)
		return set_time(s, &z->every) && z->every > 0;
	if (strcmp(key, "gap") == 0)
		return set_time(s, &z->gap);
	if (strcmp(key, "user") == 0)
		return set_number(s, INT32_MAX, &z->user);
	if (strcmp(key, "like") == 0)
		return set_number(s, (int64_t)zones - 1, &z->like);
	return set_text(z, key, s);
}

static void
add_zone(char *text)
{
	struct zone *z = &zone[zones];
	char *rest = text, *word = strsep(&rest, ",");

	if (zones == ZONES || *word == '\0' || strlen(word) >= PATH_SIZE)
		usage("too many zones, or no path");
	*z = (struct zone){ .every = 1000000,
		.user = -1,
		.like = -1,
		.fd = -1,
		.mode = 0400 };
	snprintf(z->path, sizeof(z->path), "%s", word);
	while ((word = strsep(&rest, ",")) != NULL) {
		char *value = word, *key = strsep(&value, "=");

		if (!set(z, key, str_of(value == NULL ? "" : value)))
			usage(key);
	}
	z->place = z->start;
	if (z->like >= 0) {
		z->place = zone[z->like].place;
		z->unit = zone[z->like].unit;
		z->range = zone[z->like].range;
	}
	if (z->unit > 0 && z->place > UINT32_MAX)
		usage("start");
	zones++;
}

static void
make_link(const struct zone *z, const char *links)
{
	char *to = realpath(path_of(z, ""), NULL);
	char link[2 * PATH_SIZE];

	if (to == NULL)
		fail(z->path);
	snprintf(link, sizeof(link), "%s%s", links, strrchr(to, '/'));
	if (symlink(to, link) != 0 && errno != EEXIST)
		fail(link);
	free(to);
}

/* Makes all there is, and then the truth under its name. */
static void
make_all(const char *to, const char *links)
{
	char temporary[2 * PATH_SIZE];

	snprintf(temporary, sizeof(temporary), "%s.new", to);
	truth = fopen(temporary, "w");
	if (truth == NULL)
		fail(temporary);
	if (links != NULL)
		make_folders(links);
	for (size_t i = 0; i < zones; i++) {
		make_zone(&zone[i]);
		zone[i].due = now() + zone[i].every;
		note(&zone[i], "begin");
		if (links != NULL)
			make_link(&zone[i], links);
	}
	if (fflush(truth) != 0 || rename(temporary, to) != 0)
		fail(to);
}

static void
stay_on(int64_t cpu)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		fail("sched_getaffinity");
	while (cpu < 0 || (cpu < CPU_SETSIZE && !CPU_ISSET((size_t)cpu, &set)))
		cpu++;
	CPU_ZERO(&set);
	CPU_SET((size_t)cpu, &set);
	if (sched_setaffinity(0, sizeof(set), &set) != 0)
		fail("sched_setaffinity");
}

int
main(int argc, char *argv[])
{
	int64_t cpu = -1, seconds = 86400;
	const char *links = NULL;
	sigset_t ends;
	int option;

	while ((option = getopt(argc, argv, "c:l:t:")) != -1) {
		bool good = option != '?';

		if (option == 'c')
			good = set_number(str_of(optarg), CPU_SETSIZE, &cpu);
		else if (option == 't')
			good = set_number(str_of(optarg), 86400, &seconds);
		else if (option == 'l')
			links = optarg;
		if (!good)
			usage("bad option");
	}
	if (argc - optind < 3)
		usage("no zone");
	dir = argv[optind];
	for (int i = optind + 2; i < argc; i++)
		add_zone(argv[i]);
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	stay_on(cpu);
	make_all(argv[optind + 1], links);
	play_all(now() + seconds * NS_PER_S, &ends);
	for (size_t i = 0; i < zones; i++)
		note(&zone[i], "end");
	return fclose(truth) != 0;
}
