/* SPDX-License-Identifier: MIT */
#include "workload/swf.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"

/* Looks for the one comment that matters. */
static void
read_comment(struct swf *s, struct str line)
{
	static const char key[] = "UnixStartTime:";
	const int64_t most = INT64_MAX / 2000;
	int64_t start;

	line = str_trim(str_skip(line, 1));
	if (s->start_given || !str_starts(line, key))
		return;
	line = str_trim(str_skip(line, sizeof(key) - 1));
	for (size_t i = 0; i < line.n; i++)
		if (str_is_blank(line.p[i]))
			line.n = i;
	if (num_s64(line, &start) && start >= 0 && start < most)
		s->log.start_ms = start * 1000;
}

/* Users and the like are numbers here; the job has one in any case. */
static bool
are_numbers(const struct str *field)
{
	int64_t v;

	for (int i = JOBLOG_USER; i <= JOBLOG_PRECEDING; i++)
		if (!num_s64(field[i], &v))
			return false;
	return num_s64(field[JOBLOG_JOB], &v) && v >= 0;
}

const char *
swf_line(struct swf *s, struct str line, struct bag *bag)
{
	struct str field[JOBLOG_FIELDS + 1];
	struct fragment f;
	struct task t;
	const char *why;
	bool is;

	line = str_trim(line);
	if (line.n == 0)
		return NULL;
	if (line.p[0] == ';') {
		read_comment(s, line);
		return NULL;
	}
	if (joblog_split(line, field, JOBLOG_FIELDS + 1) != JOBLOG_FIELDS)
		return "it has not 18 fields";
	if (!are_numbers(field))
		return "a field that must be a whole number is none";
	why = joblog_task(&s->log, field, &t, &f, &is);
	if (why != NULL || !is)
		return why;
	bag_add(bag, &t, field[JOBLOG_JOB], &f);
	if (field[JOBLOG_PRECEDING].p[0] != '-')
		bag_depend(bag, field[JOBLOG_JOB], field[JOBLOG_PRECEDING]);
	return NULL;
}

static int
by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Takes the numbers that jobs have; false where one has none, or two one. */
static bool
take_numbers(const struct bag *bag, int64_t *number, size_t n)
{
	int64_t *sorted = mem_alloc((n + 1) * sizeof(*sorted));
	bool differ = true;

	for (size_t i = 0; i < n && differ; i++) {
		struct str id = bag_task(bag, i)->trace_id;

		differ = id.p != NULL && num_s64(id, &number[i]) &&
		    number[i] >= 0;
		sorted[i] = number[i];
	}
	if (differ && n > 0)
		qsort(sorted, n, sizeof(*sorted), by_value);
	for (size_t i = 1; i < n && differ; i++)
		differ = sorted[i] != sorted[i - 1];
	free(sorted);
	return differ;
}

/* Writes a number of 10^-places as a decimal without zeros at its end. */
static void
put_decimal(struct output *out, int64_t v, unsigned places)
{
	int64_t unit = 1;
	char text[NUM_TEXT];
	size_t n;

	if (v < 0) {
		output_text(out, " -1");
		return;
	}
	for (unsigned i = 0; i < places; i++)
		unit *= 10;
	output_byte(out, ' ');
	output_s64(out, v / unit);
	if (v % unit == 0)
		return;
	/* A one before them keeps the zeros at their front. */
	n = num_put_signed(text, unit + v % unit);
	while (text[n - 1] == '0')
		n--;
	output_byte(out, '.');
	output_put(out, text + 1, n - 1);
}

static void
put_text(struct output *out, struct str s, struct swf_written *w)
{
	int64_t v = -1;

	if (s.p != NULL && (!num_s64(s, &v) || v < 0)) {
		w->texts++;
		v = -1;
	}
	put_decimal(out, v, 0);
}

static int64_t
status_of(const struct task *t)
{
	if (t->outcome.p != NULL && str_is(t->outcome, "cancelled"))
		return 5;
	if (t->failed || (t->has_status && t->status != 0))
		return 0;
	if (t->outcome.p != NULL && str_is(t->outcome, "completed"))
		return 1;
	return t->has_status ? 1 : -1;
}

/* Returns the share of a processor, or -1; all that are begun count. */
static int64_t
share_of(int64_t amount, const struct task *t)
{
	int64_t n = t->cpu_count > 0 ? t->cpu_count : 1;

	return amount < 0 ? -1 : amount / n + (amount % n != 0);
}

static void
put_job(struct output *out, const struct task *t, int64_t start_ms,
    const int64_t *number, struct swf_written *w)
{
	bool waited = t->start_ms >= 0 && t->start_ms >= t->submission_ms;
	int64_t wait = waited ? t->start_ms - t->submission_ms : -1;
	bool no_memory = t->assumed & TASK_ASSUMED_MEMORY;
	bool no_cpus = t->cpu_count == 0 || (t->assumed & TASK_ASSUMED_CPUS);

	output_s64(out, number[t->id]);
	put_decimal(out, t->submission_ms - start_ms, 3);
	put_decimal(out, wait, 3);
	put_decimal(out,
	    t->assumed & TASK_ASSUMED_DURATION ? -1 : t->duration_ms, 3);
	put_decimal(out, no_cpus ? -1 : t->cpu_count, 0);
	put_decimal(out, share_of(t->cpu_ns, t), 9);
	put_decimal(out, no_memory ? -1 : share_of(t->mem_kb, t), 0);
	put_decimal(out, t->requested_cpus, 0);
	put_decimal(out, t->requested_ms, 3);
	put_decimal(out, share_of(t->requested_kb, t), 0);
	put_decimal(out, status_of(t), 0);
	put_text(out, t->user, w);
	put_text(out, t->group, w);
	put_text(out, t->executable, w);
	put_text(out, t->queue, w);
	put_text(out, t->partition, w);
	put_decimal(out, t->parents > 0 ? number[t->parent[0]] : -1, 0);
	put_decimal(out, t->think_ms, 3);
	output_byte(out, '\n');
	w->parents += t->parents > 1;
}

void
swf_put(struct output *out, const struct bag *bag, int64_t start_ms,
    struct swf_written *w)
{
	size_t n = bag_length(bag);
	int64_t *number = mem_alloc((n + 1) * sizeof(*number));
	int64_t start = n > 0 ? bag_task(bag, 0)->submission_ms : 0;

	*w = (struct swf_written){ 0 };
	if (start_ms < start)
		start = start_ms;
	start -= ((start % 1000) + 1000) % 1000;
	w->renumbered = !take_numbers(bag, number, n);
	for (size_t i = 0; i < n && w->renumbered; i++)
		number[i] = (int64_t)i + 1;
	output_text(out, "; Version: 2.2\n");
	output_printf(out, "; MaxJobs: %zu\n; MaxRecords: %zu\n", n, n);
	output_printf(out, "; UnixStartTime: %lld\n",
	    (long long)(start / 1000));
	output_text(out, "; TimeZoneString: UTC\n");
	for (size_t i = 0; i < n; i++)
		put_job(out, bag_task(bag, i), start, number, w);
	free(number);
}
