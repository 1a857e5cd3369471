/* SPDX-License-Identifier: MIT */
#include "tracefs/setup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "stream/output.h"
#include "tracefs/counts.h"

enum { CPUS_MAX = 1 << 13, WORD = 32, WORDS = CPUS_MAX / WORD };

/* Reads "N" or "N-M". */
static bool
read_range(struct str s, uint64_t *from, uint64_t *to)
{
	const char *dash = memchr(s.p, '-', s.n);
	struct str first = s;

	if (dash != NULL)
		first.n = (size_t)(dash - s.p);
	if (!num_u64(first, from))
		return false;
	*to = *from;
	if (dash != NULL && !num_u64(str_skip(s, first.n + 1), to))
		return false;
	return *from <= *to && *to < CPUS_MAX;
}

static char *
print_mask(const uint32_t *word)
{
	size_t n = WORDS - 1, at = 0;
	char *text = mem_alloc(WORDS * 9 + 1);

	while (n > 0 && word[n] == 0)
		n--;
	for (size_t i = n + 1; i-- > 0;)
		at += (size_t)snprintf(text + at, 10, "%08" PRIx32 "%s",
		    word[i], i > 0 ? "," : "");
	return text;
}

char *
setup_mask(struct str list)
{
	uint32_t word[WORDS] = { 0 };
	struct str rest = list;

	do {
		const char *comma = memchr(rest.p, ',', rest.n);
		struct str one = rest;
		uint64_t from, to;

		if (comma != NULL)
			one.n = (size_t)(comma - rest.p);
		if (!read_range(one, &from, &to))
			return NULL;
		for (uint64_t cpu = from; cpu <= to; cpu++)
			word[cpu / WORD] |= UINT32_C(1) << cpu % WORD;
		rest = str_skip(rest, one.n + (comma != NULL));
		if (comma != NULL && rest.n == 0)
			return NULL;
	} while (rest.n > 0);
	return print_mask(word);
}

/*
 * Says in the instance's why what the kernel said of the file that failed,
 * with more to it, and leaves errno and failed alone.
 */
__attribute__((format(printf, 3, 4))) static int
explain(struct instance *in, int error, const char *format, ...)
{
	char more[sizeof(in->why)], why[sizeof(in->why)];
	va_list args;
	int n;

	va_start(args, format);
	vsnprintf(more, sizeof(more), format, args);
	va_end(args);
	snprintf(why, sizeof(why), "%s",
	    in->why[0] != '\0' ? in->why : strerror(error));
	n = snprintf(in->why, sizeof(in->why), "%s; %s", why, more);
	if (n >= (int)sizeof(in->why))
		memcpy(in->why + sizeof(in->why) - 4, "...", 4);
	errno = error;
	return -1;
}

/* Says which clocks there are, when one was refused. */
static int
explain_clock(struct instance *in, int error)
{
	char failed[sizeof(in->failed)], text[200], *to = text;

	memcpy(failed, in->failed, sizeof(failed));
	if (instance_read(in, "trace_clock", text, sizeof(text)) != 0)
		text[0] = '\0';
	memcpy(in->failed, failed, sizeof(failed));
	text[strcspn(text, "\n")] = '\0';
	for (const char *p = text; *p != '\0'; p++)
		if (*p != '[' && *p != ']') /* around the one in use */
			*to++ = *p;
	*to = '\0';
	return explain(in, error, "the clocks of this kernel: %s", text);
}

/*
 * Returns how many CPUs may be traced, and the highest number of one: those
 * that have a folder in per_cpu.  0 where that cannot be read.
 */
static size_t
count_cpus(struct instance *in, int *highest)
{
	int fd = openat(in->dir, "per_cpu", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	size_t n = 0;

	*highest = 0;
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		int cpu;

		if (!counts_cpu(entry->d_name, &cpu))
			continue;
		n++;
		if (cpu > *highest)
			*highest = cpu;
	}
	if (dir != NULL)
		closedir(dir);
	return n;
}

/* Says which CPUs there are, when a list of them was refused. */
static int
explain_cpus(struct instance *in, int error)
{
	int highest;
	size_t n = count_cpus(in, &highest);

	return explain(in, error, "this machine has %zu CPU%s, 0 to %d", n,
	    n == 1 ? "" : "s", highest);
}

/* Tells whether none of the CPUs of the mask is there. */
static bool
has_no_cpu(struct instance *in)
{
	char mask[CPUS_MAX / 4 + WORDS + 2];

	return instance_read(in, "tracing_cpumask", mask, sizeof(mask)) == 0 &&
	    mask[strspn(mask, "0,\n")] == '\0';
}

static int
set_cpus(struct instance *in, const char *list)
{
	char *mask = list != NULL ? setup_mask(str_of(list)) : NULL;
	int r = 0;

	if (list == NULL)
		return 0;
	if (mask != NULL)
		r = instance_write(in, "tracing_cpumask", mask);
	if (r != 0)
		explain_cpus(in, errno);
	else if (mask == NULL || has_no_cpu(in)) {
		snprintf(in->failed, sizeof(in->failed), "tracing_cpumask");
		r = explain_cpus(in, EINVAL);
	}
	free(mask);
	return r;
}

static int
write_threads(struct instance *in, const struct threads *t)
{
	struct output text;
	int r;

	output_in_memory(&text);
	threads_write(t, &text);
	output_byte(&text, '\0');
	r = instance_write(in, "set_event_pid", text.buf);
	output_close(&text);
	return r;
}

/* Records these threads, and from then on those that they start. */
static int
set_threads(struct instance *in, const struct setup *s)
{
	struct threads *t = s->threads;
	size_t n = t != NULL ? t->n : 0;
	struct str word;

	if (n == 0)
		return 0;
	if (instance_write(in, "options/event-fork", "1") != 0 ||
	    write_threads(in, t) != 0)
		return -1;
	/* Some may have been started between the first look and now. */
	for (size_t i = 0; s->pids != NULL && s->pids[i] != NULL; i++)
		threads_add(t, str_of(s->pids[i]), &word);
	threads_end(t);
	return t->n > n ? write_threads(in, t) : 0;
}

/* Each CPU has so much: what that is in all. */
static int
set_size(struct instance *in, uint64_t kilobytes)
{
	char number[32];
	int highest;
	uint64_t all;
	size_t n;
	int error;

	snprintf(number, sizeof(number), "%" PRIu64, kilobytes);
	if (instance_write(in, "buffer_size_kb", number) == 0)
		return 0;
	error = errno;
	n = count_cpus(in, &highest);
	if (__builtin_mul_overflow(kilobytes, (uint64_t)n, &all))
		return explain(in, error, "%s KiB for each of %zu CPUs", number,
		    n);
	return explain(in, error,
	    "%s KiB for each of %zu CPUs are %" PRIu64 " KiB", number, n, all);
}

static int
set_buffer(struct instance *in, const struct setup *s)
{
	if (instance_write(in, "trace_clock", s->clock) != 0)
		return explain_clock(in, errno);
	if (instance_write(in, "options/overwrite", s->overwrite ? "1" : "0") !=
		0 ||
	    set_size(in, s->kilobytes) != 0)
		return -1;
	/* Readers are to wake up long before it is full; older kernels
	 * wake them up at once. */
	if (instance_write(in, "buffer_percent", "25") != 0 && errno != ENOENT)
		return -1;
	return 0;
}

/* Names the event whose filter was refused, and tells the filter. */
static int
explain_filter(struct instance *in, int error, const char *system,
    const char *name, const char *filter)
{
	return explain(in, error, "event %s:%s, filter %s", system, name,
	    filter);
}

static int
set_events(struct instance *in, const struct choice *c)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct choice_event *e = &c->event[i];

		if (e->filter != NULL &&
		    instance_filter(in, e->system, e->name, e->filter) != 0)
			return explain_filter(in, errno, e->system, e->name,
			    e->filter);
	}
	for (size_t i = 0; i < c->n; i++)
		if (instance_enable(in, c->event[i].system, c->event[i].name) !=
		    0)
			return -1;
	return 0;
}

int
setup_apply(struct instance *in, const struct setup *s)
{
	if (set_buffer(in, s) != 0 || set_cpus(in, s->cpus) != 0 ||
	    set_threads(in, s) != 0 || set_events(in, s->choice) != 0)
		return -1;
	if (s->stop == NULL ||
	    instance_stop_at(in, s->stop->system, s->stop->name,
		s->stop->filter) == 0)
		return 0;
	if (s->stop->filter == NULL)
		return -1;
	return explain_filter(in, errno, s->stop->system, s->stop->name,
	    s->stop->filter);
}
