/* SPDX-License-Identifier: MIT */
#include "capture/sink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/mem.h"
#include "capture/census.h"
#include "source/datwrite.h"

/*
 * What may wait for a slow output: of one CPU, and of all where that leaves
 * each its least.
 */
enum { HELD_ONE = 64 << 20, HELD_LEAST = 1 << 20, HELD_ALL = 512 << 20 };

struct sink {
	struct sink_plan plan;
	struct drain *drain;
	struct page_shape shape;
	struct formats *formats;
	struct writer *writer; /* of text and records */
	int *file;             /* of each CPU else */
	char *where;           /* what could not be made, or NULL */
};

static bool
is_live(const struct sink *s)
{
	return s->plan.form == SINK_TEXT || s->plan.form == SINK_RECORDS;
}

static size_t
share(size_t cpus)
{
	size_t one = HELD_ALL / (cpus > 0 ? cpus : 1);

	if (one > HELD_ONE)
		return HELD_ONE;
	return one > HELD_LEAST ? one : HELD_LEAST;
}

static int
start_writer(struct sink *s, const struct texts *texts)
{
	struct writer_plan plan = { .drain = s->drain,
		.shape = &s->shape,
		.out = s->plan.out,
		.records = s->plan.form == SINK_RECORDS,
		.ticks = drain_ticks(s->drain),
		.about = s->plan.about,
		.command = s->plan.command };

	s->formats = formats_new(s->shape.big_endian, s->shape.commit_size,
	    false);
	for (size_t i = 0; i < texts->events; i++)
		formats_add(s->formats, str_of(texts->event[i].system),
		    texts->event[i].format);
	plan.formats = s->formats;
	plan.feed = drain_into_feed(s->drain, share(drain_cpus(s->drain)));
	s->writer = writer_start(&plan);
	return s->writer != NULL ? 0 : -1;
}

/* Makes a file for the pages of each CPU. */
static int
open_files(struct sink *s)
{
	size_t n = drain_cpus(s->drain);
	int *cpu = mem_alloc((n + 1) * sizeof(*cpu)), r = 0;

	s->file = mem_alloc((n + 1) * sizeof(*s->file));
	for (size_t i = 0; i < n; i++) {
		cpu[i] = drain_cpu(s->drain, i);
		s->file[i] = -1;
	}
	if (s->plan.form == SINK_RAW)
		r = copytree_pages(s->plan.tree, cpu, n, s->file, &s->where);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (s->plan.form == SINK_DAT)
			s->file[i] = output_nameless(s->plan.folder);
		r = s->file[i] < 0 ? -1 : 0;
		if (r == 0)
			drain_into_file(s->drain, i, s->file[i]);
	}
	free(cpu);
	return r;
}

struct sink *
sink_new(const struct sink_plan *plan, struct drain *drain,
    const struct texts *texts, const struct page_shape *shape)
{
	struct sink *s = mem_alloc(sizeof(*s));
	int r, error;

	s->plan = *plan;
	s->drain = drain;
	s->shape = *shape;
	r = is_live(s) ? start_writer(s, texts) : open_files(s);
	if (r == 0)
		return s;
	error = errno;
	sink_free(s);
	errno = error;
	return NULL;
}

const char *
sink_where(const struct sink *s)
{
	return s->where != NULL ? s->where : "";
}

int
sink_done(const struct sink *s)
{
	return s->writer != NULL ? writer_done(s->writer) : -1;
}

uint64_t
sink_taken(const struct sink *s)
{
	return s->writer != NULL ? writer_taken(s->writer) : 0;
}

void
sink_abandon(struct sink *s)
{
	if (s->writer != NULL)
		writer_finish(s->writer);
	s->writer = NULL;
}

static int
write_dat(struct sink *s, const struct texts *texts)
{
	size_t n = drain_cpus(s->drain);
	struct datwrite_cpu *cpu = mem_alloc((n + 1) * sizeof(*cpu));
	struct utsname u;
	char uname_text[sizeof(u)];
	int r;

	uname(&u);
	snprintf(uname_text, sizeof(uname_text), "%s %s %s %s", u.sysname,
	    u.nodename, u.release, u.machine);
	for (size_t i = 0; i < n; i++)
		cpu[i] = (struct datwrite_cpu){ drain_cpu(s->drain, i),
			s->file[i], drain_bytes(s->drain, i) };
	r = datwrite(s->plan.file,
	    &(struct datwrite){ .texts = texts,
		.uname = str_of(uname_text),
		.by = str_of("tk-capture " TK_VERSION),
		.cpus = (unsigned)n,
		.big_endian = s->shape.big_endian,
		.long_size = s->shape.commit_size,
		.page_size = s->shape.size,
		.cpu = cpu,
		.n = n,
		.packed = s->plan.level != 0,
		.level = s->plan.level });
	free(cpu);
	return r;
}

/* Where none was recorded there are none. */
static int64_t
count_switches(const struct sink *s, const struct texts *texts)
{
	int id = census_id(texts, "sched", "sched_switch");
	uint64_t n = 0;

	for (size_t i = 0; id >= 0 && i < drain_cpus(s->drain); i++)
		n += census_count(s->file[i], drain_bytes(s->drain, i),
		    &s->shape, id);
	return (int64_t)n;
}

int
sink_finish(struct sink *s, const struct texts *texts, struct sink_result *r)
{
	*r = (struct sink_result){ .switches = -1 };
	if (is_live(s)) {
		r->counts = writer_finish(s->writer);
		s->writer = NULL;
		r->switches = (int64_t)r->counts.switches;
		errno = s->plan.out->err;
		return s->plan.out->err != 0 ? -1 : 0;
	}
	for (size_t i = 0; i < drain_cpus(s->drain); i++) {
		r->bytes += drain_bytes(s->drain, i);
		r->kept += drain_kept(s->drain, i);
	}
	if (s->plan.form == SINK_RAW)
		return copytree_texts(s->plan.tree, texts, &s->where);
	r->switches = count_switches(s, texts);
	return write_dat(s, texts);
}

void
sink_free(struct sink *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; s->file != NULL && i < drain_cpus(s->drain); i++)
		if (s->file[i] >= 0)
			close(s->file[i]);
	free(s->file);
	free(s->where);
	formats_free(s->formats);
	free(s);
}
