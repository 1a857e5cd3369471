/* SPDX-License-Identifier: MIT */
#include "capture/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/binary.h"
#include "source/print.h"
#include "source/textline.h"

/* As the kernel prints a name that it does not know. */
static const char unknown[] = "<...>";

/* Where a lane of the feed is read from. */
struct tap {
	struct writer *writer;
	size_t lane;
};

struct writer {
	struct writer_plan plan;
	struct tap *tap;
	struct tasks *tasks;
	struct wanted *wanted;
	struct binary *binary;
	struct textline *text; /* NULL: records are written */
	struct writer_counts counts;
	int64_t last;               /* time of the last event, or -1 */
	atomic_uint_fast64_t taken; /* pages */
	int done;
	pthread_t thread;
};

/* Nothing is held back while the next events are waited for. */
static void
hand_on(void *arg)
{
	struct writer *w = arg;

	output_flush(w->plan.out);
}

static const uint8_t *
next_page(void *arg)
{
	struct tap *tap = arg;
	struct writer *w = tap->writer;
	const uint8_t *page = feed_next(w->plan.feed, tap->lane, hand_on, w);

	/* Nobody reads it any more: the next event may be far away. */
	return w->plan.out->err == 0 ? page : NULL;
}

/* Opens the lanes, which waits for the first pages. */
static void
open_lanes(struct writer *w)
{
	const struct writer_plan *p = &w->plan;

	w->binary = binary_new(p->formats, w->tasks, p->shape->big_endian,
	    true);
	if (w->text != NULL)
		binary_leave_raw(w->binary);
	for (size_t i = 0; i < drain_cpus(p->drain); i++) {
		w->tap[i] = (struct tap){ w, i };
		binary_add_recording(w->binary, drain_cpu(p->drain, i),
		    pages_of_caller(next_page, &w->tap[i], p->shape->size),
		    p->shape);
	}
}

static void
put_front(struct writer *w)
{
	struct output *out = w->plan.out;

	if (w->plan.records)
		frame_put_trace(out, &w->plan.about, w->plan.command);
	else
		output_printf(out, "cpus=%zu\n", drain_cpus(w->plan.drain));
}

static void
put_end(struct writer *w)
{
	const struct writer_counts *n = &w->counts;

	if (!w->plan.records)
		return;
	frame_open_end(w->plan.out, n->events, n->lost, n->lost_marks, n->bad);
	json_close(w->plan.out);
}

static void
put_lost(struct writer *w, const struct item *item)
{
	w->counts.lost_marks++;
	if (item->count > 0)
		w->counts.lost += (uint64_t)item->count;
	if (w->text == NULL)
		frame_put_lost(w->plan.out, w->last, item->at->cpu,
		    item->count);
	else
		textline_lost(w->plan.out, item->at->cpu, item->count);
}

static void
put_bad(struct writer *w, const char *why)
{
	if (w->counts.bad++ == 0)
		w->counts.why = why;
}

static void
put_record(struct writer *w, struct item *item)
{
	struct event ev;

	ev.at = *item->at;
	if (str_is(ev.at.task, unknown))
		ev.at.task.p = NULL;
	event_point(&ev, item, w->wanted);
	print_point(w->plan.out, &ev);
}

/*
 * Finds the name of a task that no event has told yet; of one that has ended
 * there is none.
 */
static struct str
find_name(struct writer *w, int64_t tid)
{
	char path[64], name[64];
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%" PRId64 "/comm", tid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, name, sizeof(name));
		close(fd);
	}
	tasks_add(w->tasks, tid,
	    n > 1 ? (struct str){ name, (size_t)n - 1 } : str_of(unknown));
	return tasks_find(w->tasks, tid);
}

static void
put_point(struct writer *w, struct item *item)
{
	const struct item_raw *raw = &item->raw;
	const char *why = NULL;

	w->last = item->at->ts;
	if (item->at->task.p == NULL)
		item->at->task = find_name(w, item->at->tid);
	if (w->text == NULL) {
		put_record(w, item);
	} else {
		item->at->nsec = !w->plan.ticks;
		why = textline_put(w->text, item->at, raw->format, raw->data,
		    raw->size, w->plan.out);
	}
	if (why != NULL) {
		put_bad(w, why);
		return;
	}
	w->counts.events++;
	w->counts.switches += str_is(item->at->name, "sched_switch");
}

static void
put(struct writer *w, struct item *item)
{
	switch (item->kind) {
	case ITEM_POINT:
		put_point(w, item);
		break;
	case ITEM_LOST:
		put_lost(w, item);
		break;
	case ITEM_BAD:
		put_bad(w, item->why);
		break;
	default:
		break;
	}
}

static void *
run(void *arg)
{
	const uint64_t one = 1;
	struct writer *w = arg;
	struct item item = { 0 };
	struct header at;

	item.at = &at;
	put_front(w);
	open_lanes(w);
	while (
	    w->plan.out->err == 0 && binary_read(w->binary, w->wanted, &item))
		put(w, &item);
	if (w->plan.out->err == 0)
		put_end(w);
	output_flush(w->plan.out);
	feed_close(w->plan.feed);
	fields_free(&item.fields);
	while (write(w->done, &one, sizeof(one)) < 0 && errno == EINTR)
		;
	return NULL;
}

static void
writer_free(struct writer *w)
{
	if (w->done >= 0)
		close(w->done);
	binary_free(w->binary);
	textline_free(w->text);
	wanted_free(w->wanted);
	tasks_free(w->tasks);
	free(w->tap);
	free(w);
}

struct writer *
writer_start(const struct writer_plan *plan)
{
	struct writer *w = mem_alloc(sizeof(*w));
	int error;

	w->plan = *plan;
	w->last = -1;
	w->tap = mem_alloc((drain_cpus(plan->drain) + 1) * sizeof(*w->tap));
	w->wanted = wanted_new();
	w->tasks = tasks_new();
	if (!plan->records)
		w->text = textline_new(plan->shape->big_endian,
		    plan->shape->commit_size);
	tasks_follow(w->tasks);
	w->done = eventfd(0, EFD_CLOEXEC);
	error = w->done < 0 ? errno : pthread_create(&w->thread, NULL, run, w);
	if (error == 0)
		return w;
	writer_free(w);
	errno = error;
	return NULL;
}

uint64_t
writer_taken(const struct writer *w)
{
	return w->taken;
}

int
writer_done(const struct writer *w)
{
	return w->done;
}

struct writer_counts
writer_finish(struct writer *w)
{
	struct writer_counts counts;

	pthread_join(w->thread, NULL);
	counts = w->counts;
	writer_free(w);
	return counts;
}
