/* SPDX-License-Identifier: MIT */
#include "source/recording.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "source/dat.h"
#include "source/parts.h"
#include "source/stats.h"
#include "source/tree.h"

enum {
	/* What the windows of all CPUs hold together, and one at most. */
	WINDOWS = 1 << 20,
	WINDOW = 1 << 16,
	/*
	 * The bytes of all CPUs' chunks, or of pages that are larger than a
	 * window, together and one at most.  trace-cmd(1) puts ten pages into
	 * a chunk.
	 */
	HELD = 256 << 20,
	HELD_ONE = 16 << 20,
	/* Bytes of a time; and of that, a commit and an event or two. */
	FEW = 8,
	ENOUGH = 24,
};

struct str
recording_beginning(struct input *in)
{
	struct str few = input_beginning(in, FEW);

	if (few.n < FEW || memchr(few.p, '\0', FEW) != NULL || few.p[0] < ' ')
		return input_beginning(in, ENOUGH);
	return few;
}

bool
recording_is_dat(struct str beginning)
{
	return dat_is(beginning);
}

bool
recording_is_raw(struct str beginning, struct page_shape *shape)
{
	const uint8_t *p = (const uint8_t *)beginning.p;

	if (beginning.n < 16)
		return false;
	for (int variant = 0; variant < 4; variant++) {
		*shape = page_shape_usual();
		shape->big_endian = variant & 1;
		if (variant & 2) { /* of a 32-bit kernel */
			shape->commit_size = 4;
			shape->data_at = 12;
		}
		if (page_is(shape, p, beginning.n))
			return true;
	}
	return false;
}

/* Returns the n-th word of s, from 0; p NULL if there are not so many. */
static struct str
word(struct str s, int n)
{
	for (;;) {
		const char *blank;

		s = str_trim(s);
		if (s.n == 0)
			return (struct str){ NULL, 0 };
		blank = memchr(s.p, ' ', s.n);
		if (n-- == 0)
			return (struct str){ s.p,
				blank != NULL ? (size_t)(blank - s.p) : s.n };
		s = blank != NULL ? str_skip(s, (size_t)(blank - s.p))
				  : (struct str){ s.p, 0 };
	}
}

/* Finds the clock that is chosen in "local [global] counter ...". */
static struct str
chosen_clock(struct str text)
{
	const char *open = text.n > 0 ? memchr(text.p, '[', text.n) : NULL;
	const char *close;

	text = str_trim(text);
	if (open == NULL)
		return text.n > 0 ? text : (struct str){ NULL, 0 };
	text = str_skip(text, (size_t)(open - text.p) + 1);
	close = memchr(text.p, ']', text.n);
	if (close != NULL)
		text.n = (size_t)(close - text.p);
	return text;
}

static size_t
window_of(size_t lanes)
{
	size_t window = WINDOWS / (lanes > 0 ? lanes : 1);

	return window < WINDOW ? window : WINDOW;
}

static void
add_dat_formats(struct recording *r, const struct recording_options *o)
{
	const struct dat *d = r->dat;

	r->formats = formats_new(d->big_endian, d->long_size, o->symbols);
	for (size_t i = 0; i < d->formats; i++)
		formats_add(r->formats, d->format[i].system, d->format[i].text);
}

static void
add_parts(struct recording *r, int fd, const struct parts *parts,
    struct page_shape shape)
{
	size_t most = HELD / (parts->n > 0 ? parts->n : 1);

	for (size_t i = 0; i < parts->n; i++) {
		const struct dat_cpu *c = parts->cpu[i];
		struct pages_part part = { fd, c->offset, c->size, c->packing,
			shape.big_endian, r->unpack,
			most < HELD_ONE ? most : HELD_ONE };

		shape.size = parts->page_size[i];
		binary_add(r->binary, c->cpu,
		    pages_of_part(&part, shape.size, window_of(parts->n)),
		    &shape);
	}
}

/* Adds the pages of all CPUs of all buffers. */
static void
add_dat_cpus(struct recording *r, int fd)
{
	const struct dat *d = r->dat;
	struct page_shape shape = { .size = d->page_size };
	struct parts parts;
	const char *why;

	parts_begin(&parts);
	if (!formats_page(r->formats, d->header_page, &shape))
		shape = page_shape_usual();
	shape.big_endian = d->big_endian;
	for (size_t i = 0; i < d->buffers; i++)
		if ((why = parts_add(&parts, &d->buffer[i])) != NULL)
			r->why = why;
	add_parts(r, fd, &parts, shape);
	parts_free(&parts);
}

/* Takes what a buffer with events tells of its clock and of its losses. */
static void
tell_buffer(struct recording *r, const struct dat_buffer *buffer)
{
	struct metadata stats = { .trace_id = NULL };

	if (buffer->n == 0)
		return;
	if (buffer->clock.n > 0)
		r->about.clock = chosen_clock(buffer->clock);
	for (size_t i = 0; i < buffer->stats_n; i++)
		metadata_add_stats(&stats, buffer->stats[i], (int)i);
	stats_add(&r->stats, &stats);
	metadata_free(&stats);
}

static void
tell_dat(struct recording *r)
{
	const struct dat *d = r->dat;

	r->about.host = word(d->uname, 1);
	r->about.kernel = word(d->uname, 2);
	r->about.cpus = d->cpus;
	r->about.clock = chosen_clock(d->clock);
	for (size_t i = 0; i < d->buffers; i++)
		tell_buffer(r, &d->buffer[i]);
	if (d->why != NULL)
		r->why = d->why;
}

const char *
recording_open_dat(struct recording *r, struct input *in,
    const struct recording_options *o)
{
	struct binary_clock clock;
	const char *why;
	uint64_t size;
	int fd;

	*r = (struct recording){ .why = NULL };
	if ((fd = input_file(in, o->tmp, &size)) < 0)
		return in->why;
	r->dat = mem_alloc(sizeof(*r->dat));
	r->unpack = unpack_new();
	if (!dat_open(r->dat, fd, size, r->unpack)) {
		why = r->dat->why;
		recording_close(r);
		return why;
	}
	add_dat_formats(r, o);
	r->tasks = tasks_new();
	tasks_add_lines(r->tasks, r->dat->cmdlines);
	r->binary = binary_new(r->formats, r->tasks, r->dat->big_endian, true);
	if (r->dat->shift.p != NULL)
		r->shift = shift_new(r->dat->shift, r->dat->big_endian);
	if (r->dat->shift.p != NULL && r->shift == NULL)
		r->why = "how a guest's times become its host's is damaged";
	/* libtracecmd does not heed the offset of the counter, either. */
	clock = (struct binary_clock){ r->dat->offset, r->dat->tsc.mult,
		r->dat->tsc.shift, r->shift };
	binary_set_clock(r->binary, &clock);
	add_dat_cpus(r, fd);
	tell_dat(r);
	return NULL;
}

/* Reads the formats in the folder events, and what a page looks like. */
static bool
add_formats(struct recording *r, const char *events, struct page_shape *shape)
{
	struct page_shape told = *shape;
	struct str header;

	if (tree_formats(r->formats, events) == 0)
		return false;
	header = tree_text(events, "header_page");
	if (header.p != NULL && formats_page(r->formats, header, &told)) {
		told.big_endian = shape->big_endian;
		*shape = told;
	}
	free((char *)header.p);
	return true;
}

/* The same for the folder root/events. */
static bool
add_root_formats(struct recording *r, const char *root,
    struct page_shape *shape)
{
	char *events = tree_path(root, "events");
	bool any = add_formats(r, events, shape);

	free(events);
	return any;
}

/*
 * Finds the formats: in the folder that was named, else beside the pages,
 * else those of this kernel.
 */
static const char *
find_formats(struct recording *r, const char *named, const char *root,
    struct page_shape *shape)
{
	if (named != NULL)
		return add_formats(r, named, shape) ||
			add_root_formats(r, named, shape)
		    ? NULL
		    : "no event formats in the folder given by --formats";
	if (root != NULL && add_root_formats(r, root, shape))
		return NULL;
	if (add_root_formats(r, "/sys/kernel/tracing", shape) ||
	    add_root_formats(r, "/sys/kernel/debug/tracing", shape))
		return NULL;
	return "raw pages, and no event formats: name their folder with "
	       "--formats";
}

/* Tells whether the tree is an instance's: a folder in one of them all. */
static bool
is_instance(const char *root)
{
	char *path = realpath(root, NULL); /* the root may be "." */
	bool is = path != NULL && strstr(path, "/instances/") != NULL;

	free(path);
	return is;
}

/* Reads what stands beside the pages of a tree; names are in the top one. */
static void
tell_tree(struct recording *r, const char *root)
{
	struct str text;

	if (root == NULL)
		return;
	text = r->clock = tree_text(root, "trace_clock");
	if (text.p != NULL)
		r->about.clock = chosen_clock(text);
	text = tree_text(root, "saved_cmdlines");
	if (text.p == NULL && is_instance(root))
		text = tree_text(root, "../../saved_cmdlines");
	if (text.p != NULL)
		tasks_add_lines(r->tasks, text);
	free((char *)text.p);
}

/* Reads what the ring buffer of a CPU counted, if that stands beside it. */
static void
add_raw_stats(struct recording *r, const char *path, int cpu)
{
	char *root = tree_root(path), name[64];
	struct str text = { NULL, 0 };

	snprintf(name, sizeof(name), "per_cpu/cpu%d/stats", cpu);
	if (root != NULL)
		text = tree_text(root, name);
	if (text.p != NULL)
		metadata_add_stats(&r->stats, text, cpu);
	free((char *)text.p);
	free(root);
}

static void
add_raw_cpu(struct recording *r, struct input *in, size_t position,
    size_t lanes, const struct page_shape *shape)
{
	int cpu = tree_cpu(in->path);

	if (cpu >= 0)
		add_raw_stats(r, in->path, cpu);
	else
		cpu = (int)position;
	binary_add(r->binary, cpu,
	    pages_of_input(in, shape->size, window_of(lanes)), shape);
}

const char *
recording_open_raw(struct recording *r, struct input *const *in, size_t n,
    const struct recording_options *o)
{
	struct page_shape shape = page_shape_usual();
	char *root = tree_root(in[0]->path);
	const char *why;

	*r = (struct recording){ .why = NULL };
	for (size_t i = 0; i < n; i++)
		if (recording_is_raw(recording_beginning(in[i]), &shape))
			break;
	r->formats = formats_new(shape.big_endian, shape.commit_size,
	    o->symbols);
	why = find_formats(r, o->formats, root, &shape);
	if (why == NULL) {
		r->tasks = tasks_new();
		r->binary = binary_new(r->formats, r->tasks, shape.big_endian,
		    false);
		for (size_t i = 0; i < n; i++)
			add_raw_cpu(r, in[i], i, n, &shape);
		r->about.cpus = n;
		tell_tree(r, root);
	}
	free(root);
	if (why != NULL)
		recording_close(r);
	return why;
}

void
recording_close(struct recording *r)
{
	binary_free(r->binary);
	tasks_free(r->tasks);
	formats_free(r->formats);
	metadata_free(&r->stats);
	if (r->dat != NULL)
		dat_close(r->dat);
	free(r->dat);
	shift_free(r->shift);
	unpack_free(r->unpack);
	free((char *)r->clock.p);
	*r = (struct recording){ .why = NULL };
}
