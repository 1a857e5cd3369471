/* SPDX-License-Identifier: MIT */
#include "source/binary.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "source/clock.h"
#include "source/lane.h"
#include "source/lesson.h"
#include "source/render.h"

enum { TYPES = 1 << 16 };

/* What is known of a type of event, from its first one on. */
struct kind {
	bool known, wanted;
	const struct format *format; /* NULL: there is none */
	int number;                  /* of the event among those wanted */
	struct lesson lesson;
};

/* A lane that has events, by the time of its next one. */
struct place {
	uint64_t ts;
	size_t lane;
};

struct binary {
	struct formats *formats;
	struct tasks *tasks;
	bool learn, leave_raw;
	struct binary_clock clock;
	struct render render;

	struct kind *kind; /* by common_type */
	size_t kinds, kinds_cap;

	struct lane *lane;
	size_t lanes, lanes_cap;
	struct place *heap; /* the earliest is first; NULL: not built yet */
	size_t live;
	size_t spent; /* lanes before this one have told all they can */
	bool given;   /* the first event of the heap */
	bool flawed;  /* a field of it was left out */
	char flags[RENDER_FLAGS];
};

struct binary *
binary_new(struct formats *formats, struct tasks *tasks, bool big_endian,
    bool learn)
{
	struct binary *b = mem_alloc(sizeof(*b));

	b->formats = formats;
	b->tasks = tasks;
	b->learn = learn;
	b->render.big_endian = big_endian;
	return b;
}

void
binary_free(struct binary *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->lanes; i++)
		lane_close(&b->lane[i]);
	render_free(&b->render);
	free(b->kind);
	free(b->lane);
	free(b->heap);
	free(b);
}

void
binary_set_clock(struct binary *b, const struct binary_clock *clock)
{
	b->clock = *clock;
}

void
binary_leave_raw(struct binary *b)
{
	b->leave_raw = true;
}

static void
add(struct binary *b, int cpu, struct pages *pages,
    const struct page_shape *shape, bool recording)
{
	assert(b->heap == NULL);
	b->lane = mem_grow(b->lane, &b->lanes_cap, b->lanes + 1,
	    sizeof(*b->lane));
	lane_open(&b->lane[b->lanes++], cpu, pages, shape, recording);
}

void
binary_add(struct binary *b, int cpu, struct pages *pages,
    const struct page_shape *shape)
{
	add(b, cpu, pages, shape, false);
}

void
binary_add_recording(struct binary *b, int cpu, struct pages *pages,
    const struct page_shape *shape)
{
	add(b, cpu, pages, shape, true);
}

static inline bool
is_before(const struct place *a, const struct place *b)
{
	return a->ts != b->ts ? a->ts < b->ts : a->lane < b->lane;
}

/* Lets a place of the heap sink below those that are before it. */
static void
sink(struct binary *b, size_t at)
{
	struct place moved = b->heap[at];

	for (size_t child; (child = 2 * at + 1) < b->live; at = child) {
		if (child + 1 < b->live &&
		    is_before(&b->heap[child + 1], &b->heap[child]))
			child++;
		if (!is_before(&b->heap[child], &moved))
			break;
		b->heap[at] = b->heap[child];
	}
	b->heap[at] = moved;
}

/* The time by which the next event of a lane is merged, which then has it. */
static inline uint64_t
time_of(const struct binary *b, struct lane *l)
{
	if (b->clock.guest != NULL)
		l->ev.ts = shift_time(b->clock.guest, l->cpu, l->ev.ts);
	return l->ev.ts;
}

static void
build_heap(struct binary *b)
{
	b->heap = mem_alloc((b->lanes + 1) * sizeof(*b->heap));
	for (size_t i = 0; i < b->lanes; i++)
		if (b->lane[i].live)
			b->heap[b->live++] = (struct place){
				time_of(b, &b->lane[i]), i
			};
	for (size_t i = b->live / 2; i-- > 0;)
		sink(b, i);
}

/* Tells whether the first place is before those below it, as it often is. */
static inline bool
is_first(const struct binary *b)
{
	return (b->live < 2 || is_before(&b->heap[0], &b->heap[1])) &&
	    (b->live < 3 || is_before(&b->heap[0], &b->heap[2]));
}

/* Steps the lane whose event was given. */
static void
advance(struct binary *b)
{
	struct lane *l = &b->lane[b->heap[0].lane];

	lane_step(l);
	if (l->live)
		b->heap[0].ts = time_of(b, l);
	else
		b->heap[0] = b->heap[--b->live];
	if (!is_first(b))
		sink(b, 0);
}

/* Returns what is known of a type. */
static struct kind *
find_kind(struct binary *b, struct wanted *w, unsigned type)
{
	struct kind *kind;

	assert(type < TYPES);
	if (type >= b->kinds) {
		b->kind = mem_grow(b->kind, &b->kinds_cap, type + 1,
		    sizeof(*b->kind));
		b->kinds = type + 1;
	}
	kind = &b->kind[type];
	if (kind->known)
		return kind;
	kind->known = true;
	kind->format = formats_find(b->formats, type);
	if (kind->format == NULL)
		return kind;
	kind->wanted = wanted_find(w, kind->format->name, &kind->number);
	if (b->learn)
		lesson_find(&kind->lesson, kind->format);
	return kind;
}

/* Turns a time of the ring buffer into ns; false if it is out of range. */
static bool
read_time(const struct binary_clock *c, uint64_t ts, int64_t *out)
{
	if (c->mult == 0 && c->offset == 0) {
		*out = (int64_t)ts;
		return *out >= 0;
	}
	if (ts == SHIFT_NONE ||
	    (c->mult != 0 && !clock_scale(ts, c->mult, c->shift, &ts)))
		return false;
	return !__builtin_add_overflow(ts, c->offset, out) && *out >= 0;
}

/* Reads what all events have.  NULL, or what is wrong. */
static const char *
read_head(struct binary *b, const struct lane *l, const struct kind *kind,
    struct header *h)
{
	const struct page_event *ev = &l->ev;
	struct render_head head;
	const char *why = render_head(&b->render, kind->format, ev->data, ev->n,
	    &head);

	h->cpu = l->cpu;
	h->tgid = -1;
	h->nsec = true;
	h->name = kind->format->name;
	h->body = (struct str){ NULL, 0 };
	h->gap = 0;
	if (!read_time(&b->clock, ev->ts, &h->ts))
		return "a time out of range";
	if (why != NULL)
		return why;
	render_flags(head.flags, head.preempt, b->flags);
	h->flags = (struct str){ b->flags, RENDER_FLAGS };
	h->tid = head.tid;
	h->task = tasks_find(b->tasks, head.tid);
	return NULL;
}

/* Reads an event.  NULL, or what is wrong with it. */
static const char *
read_point(struct binary *b, struct wanted *w, const struct lane *l,
    struct item *item)
{
	const struct page_event *ev = &l->ev;
	int type = render_type(&b->render, ev->data, ev->n);
	const struct kind *kind;
	unsigned flaws = 0;
	const char *why;

	if (type < 0)
		return "an event without a type";
	kind = find_kind(b, w, (unsigned)type);
	if (kind->format == NULL)
		return "an event of which there is no format";
	/* While it is recorded a task goes by the name that it has now. */
	if (l->recording && kind->lesson.n > 0 && ev->n >= kind->format->fixed)
		lesson_learn(&kind->lesson, b->render.big_endian, ev->data,
		    b->tasks);
	if ((why = read_head(b, l, kind, item->at)) != NULL)
		return why;
	item->bytes = ev->n;
	item->number = kind->number;
	item->kind = kind->wanted ? ITEM_POINT : ITEM_UNWANTED;
	if (b->leave_raw)
		item->raw = (struct item_raw){ kind->format, ev->data, ev->n };
	else if (kind->wanted)
		why = render_fields(&b->render, kind->format, ev->data, ev->n,
		    &item->fields, &flaws);
	b->flawed = flaws > 0;
	if (!l->recording && kind->lesson.n > 0 && why == NULL &&
	    ev->n >= kind->format->fixed)
		lesson_learn(&kind->lesson, b->render.big_endian, ev->data,
		    b->tasks);
	return why;
}

static bool
give_bad(struct item *item, int cpu, const char *why)
{
	item->kind = ITEM_BAD;
	item->why = why;
	*item->at =
	    (struct header){ .cpu = cpu, .ts = -1, .tid = -1, .tgid = -1 };
	return true;
}

/* Gives what went wrong in a lane before its next event, if anything did. */
static bool
give_doubts(struct lane *l, struct item *item)
{
	if (l->lost != 0) {
		give_bad(item, l->cpu, NULL);
		item->kind = ITEM_LOST;
		item->count = l->lost;
		l->lost = 0;
		return true;
	}
	if (l->why == NULL)
		return false;
	give_bad(item, l->cpu, l->why);
	l->why = NULL;
	return true;
}

/* The same for the lanes that are at their end. */
static bool
give_last_doubts(struct binary *b, struct item *item)
{
	for (; b->spent < b->lanes; b->spent++)
		if (give_doubts(&b->lane[b->spent], item))
			return true;
	return false;
}

bool
binary_read(struct binary *b, struct wanted *w, struct item *item)
{
	struct lane *l;
	const char *why;

	if (b->heap == NULL)
		build_heap(b);
	if (b->flawed) {
		b->flawed = false;
		return give_bad(item, b->lane[b->heap[0].lane].cpu,
		    "a field that lies outside of its event");
	}
	do {
		if (b->given)
			advance(b);
		b->given = false;
		if (b->live == 0)
			return give_last_doubts(b, item);
		l = &b->lane[b->heap[0].lane];
		if (give_doubts(l, item))
			return true;
		b->given = true;
	} while (l->ev.n == 0); /* it only tells the time */
	why = read_point(b, w, l, item);
	return why == NULL || give_bad(item, l->cpu, why);
}

bool
binary_damaged(const struct binary *b)
{
	for (size_t i = 0; i < b->lanes; i++)
		if (b->lane[i].damaged)
			return true;
	return false;
}

uint64_t
binary_at(const struct binary *b)
{
	uint64_t at = 0;

	for (size_t i = 0; i < b->lanes; i++)
		at += pages_at(b->lane[i].pages);
	return at;
}
