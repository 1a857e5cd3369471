/* SPDX-License-Identifier: MIT */
#include "workload/joblog.h"

#include "base/duration.h"

enum { PLACES = 9 };

static const int64_t one = 1000000000, ns_per_ms = 1000000;

bool
joblog_decimal(struct str s, int64_t *v)
{
	bool below = s.n > 0 && s.p[0] == '-';
	const char *point;

	if (below)
		s = str_skip(s, 1);
	/* It may not end in a unit. */
	if (s.n == 0 || (s.p[s.n - 1] != '.' && s.p[s.n - 1] < '0') ||
	    s.p[s.n - 1] > '9')
		return false;
	point = memchr(s.p, '.', s.n);
	if (point != NULL) {
		size_t places = (size_t)(s.p + s.n - point) - 1;

		for (size_t i = PLACES + 1; i <= places; i++)
			if (point[i] < '0' || point[i] > '9')
				return false;
		if (places > PLACES)
			s.n -= places - PLACES;
	}
	if (!duration_read(s, v))
		return false;
	if (below)
		*v = -1;
	return true;
}

/* Reads a field as a number of 10^-9; what is not there is -1. */
static bool
read_decimal(const struct str *field, enum joblog_field at, int64_t *v)
{
	*v = -1;
	return field[at].p == NULL || joblog_decimal(field[at], v);
}

/* Reads one as a whole number. */
static bool
read_whole(const struct str *field, enum joblog_field at, int64_t *v)
{
	if (!read_decimal(field, at, v))
		return false;
	if (*v >= 0)
		*v /= one;
	return true;
}

/* Reads a time in ms; one above 0 stays so. */
static bool
read_ms(const struct str *field, enum joblog_field at, int64_t *ms)
{
	if (!read_decimal(field, at, ms))
		return false;
	if (*ms > 0) {
		int64_t ns = *ms;

		*ms = ns / ns_per_ms + (ns % ns_per_ms >= ns_per_ms / 2);
		*ms += *ms == 0;
	}
	return true;
}

/* Returns a text, p NULL where it says that it is not known. */
static struct str
text_of(struct str s)
{
	return s.n == 0 || str_is(s, "-1") ? (struct str){ NULL, 0 } : s;
}

static const char *
read_times(const struct joblog *l, const struct str *field, struct task *t)
{
	int64_t submit, wait;

	if (!read_ms(field, JOBLOG_SUBMIT, &submit) || submit < 0)
		return "the time of submission is none from 0 on";
	if (!read_ms(field, JOBLOG_WAIT, &wait))
		return "the time of waiting is no number";
	if (!read_ms(field, JOBLOG_RUN, &t->duration_ms))
		return "the time of running is no number";
	if (!read_ms(field, JOBLOG_REQUESTED_TIME, &t->requested_ms))
		return "the time that was requested is no number";
	if (!read_ms(field, JOBLOG_THINK, &t->think_ms))
		return "the time of thinking is no number";
	if (__builtin_add_overflow(submit, l->start_ms, &t->submission_ms))
		return "the time of submission is too late";
	if (wait >= 0 &&
	    __builtin_add_overflow(t->submission_ms, wait, &t->start_ms))
		return "the time of waiting is too long";
	return NULL;
}

static const char *
read_cpus(const struct joblog *l, const struct str *field, struct task *t)
{
	int64_t n;

	if (!read_whole(field, JOBLOG_PROCESSORS, &n) || n > INT32_MAX)
		return "the number of processors is none, or too large";
	if (!read_whole(field, JOBLOG_REQUESTED_PROCESSORS,
		&t->requested_cpus) ||
	    t->requested_cpus > INT32_MAX)
		return "the processors that were requested are no number";
	t->assumed = TASK_ASSUMED_MHZ;
	if (n <= 0) {
		t->assumed |= TASK_ASSUMED_CPUS;
		n = t->requested_cpus > 0 ? t->requested_cpus : 1;
	}
	t->cpu_count = (int32_t)n;
	t->cpu_mhz = (double)n * l->mhz;
	return NULL;
}

/* Reads what the log has by processor. */
static const char *
read_amounts(const struct str *field, struct task *t)
{
	int64_t cpu, used, requested, n = t->cpu_count;

	if (!read_decimal(field, JOBLOG_CPU_TIME, &cpu))
		return "the CPU time is no number";
	if (!read_whole(field, JOBLOG_MEMORY, &used))
		return "the memory is no number";
	if (!read_whole(field, JOBLOG_REQUESTED_MEMORY, &requested))
		return "the memory that was requested is no number";
	if (cpu >= 0 && __builtin_mul_overflow(cpu, n, &t->cpu_ns))
		return "the CPU time is too long";
	if ((used >= 0 && __builtin_mul_overflow(used, n, &t->mem_kb)) ||
	    (requested >= 0 &&
		__builtin_mul_overflow(requested, n, &t->requested_kb)))
		return "the memory is too much";
	if (used < 0) {
		t->mem_kb = t->requested_kb < 0 ? 0 : t->requested_kb;
		t->assumed |= TASK_ASSUMED_MEMORY;
	}
	return NULL;
}

static const char *
read_status(const struct str *field, struct task *t, bool *partial)
{
	int64_t status;

	if (!read_whole(field, JOBLOG_STATUS, &status))
		return "the status is no number";
	*partial = status >= 2 && status <= 4;
	if (status == 0)
		t->outcome = str_of("failed");
	else if (status == 1)
		t->outcome = str_of("completed");
	else if (status == 5)
		t->outcome = str_of("cancelled");
	t->failed = status == 0 || status == 5;
	return NULL;
}

static void
read_texts(const struct str *field, struct task *t)
{
	t->trace_id = t->name = text_of(field[JOBLOG_JOB]);
	t->user = text_of(field[JOBLOG_USER]);
	t->group = text_of(field[JOBLOG_GROUP]);
	t->executable = text_of(field[JOBLOG_EXECUTABLE]);
	t->queue = text_of(field[JOBLOG_QUEUE]);
	t->partition = text_of(field[JOBLOG_PARTITION]);
}

/* Says how much of its CPUs the task used, as far as that is known. */
static void
use(struct joblog *l, const struct task *t, struct fragment *f)
{
	double share, run = (double)t->duration_ms * (double)ns_per_ms;

	*f = (struct fragment){
		.failed = t->failed,
		.duration_ms = t->duration_ms,
		.cpu_mhz = t->cpu_mhz,
		.kind = t->cpu_ns >= 0 ? FRAGMENT_MEAN : FRAGMENT_WHOLE,
	};
	l->no_cpu_time += t->cpu_ns < 0;
	if (t->cpu_ns < 0 || t->duration_ms == 0)
		return;
	share = (double)t->cpu_ns / run / t->cpu_count;
	l->too_much += share > 1;
	if (share < 1)
		f->cpu_mhz = t->cpu_mhz * share;
}

const char *
joblog_task(struct joblog *l, const struct str field[JOBLOG_FIELDS],
    struct task *t, struct fragment *f, bool *is)
{
	const char *why;
	bool partial;

	*is = false;
	task_clear(t);
	if ((why = read_times(l, field, t)) != NULL ||
	    (why = read_cpus(l, field, t)) != NULL ||
	    (why = read_amounts(field, t)) != NULL ||
	    (why = read_status(field, t, &partial)) != NULL)
		return why;
	if (partial) {
		l->partial++;
		return NULL;
	}
	read_texts(field, t);
	if (t->duration_ms < 0) {
		t->duration_ms = 0;
		t->assumed |= TASK_ASSUMED_DURATION;
	}
	use(l, t, f);
	l->jobs++;
	l->no_cpus += (t->assumed & TASK_ASSUMED_CPUS) != 0;
	l->no_memory += (t->assumed & TASK_ASSUMED_MEMORY) != 0;
	l->no_run += (t->assumed & TASK_ASSUMED_DURATION) != 0;
	*is = true;
	return NULL;
}

size_t
joblog_split(struct str line, struct str *field, size_t max)
{
	size_t n = 0;

	for (line = str_trim(line); line.n > 0 && n < max; n++) {
		size_t length = 0;

		while (length < line.n && !str_is_blank(line.p[length]))
			length++;
		field[n] = (struct str){ line.p, length };
		line = str_trim(str_skip(line, length));
	}
	return n;
}
