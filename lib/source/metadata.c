/* SPDX-License-Identifier: MIT */
#include "source/metadata.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/num.h"
#include "source/category.h"
#include "source/path.h"

enum { DOCUMENT_MAX = 16 << 20, CPU_MAX = 1 << 14 };

/*
 * Opens the file path, if there is one; *fd is -1 if there is none or a phrase
 * is returned.  A pipe would have to be waited for.
 */
static const char *
open_beside(const char *path, int *fd)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (*fd < 0)
		return errno == ENOENT || errno == ENOTDIR ||
			errno == ENAMETOOLONG
		    ? NULL
		    : "it cannot be read";
	if (fstat(*fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size <= DOCUMENT_MAX)
		return NULL;
	close(*fd);
	*fd = -1;
	return "it is no file, or too large";
}

/* Adds the numbers of a CPU; the first ones that are told count. */
static void
add_stats(struct metadata *m, const struct cpu_stats *s)
{
	size_t at = 0, end = m->stats_n;

	while (at < end) {
		size_t middle = (at + end) / 2;

		/* Compared as unsigned, -1 comes last. */
		if ((unsigned)m->stats[middle].cpu <= (unsigned)s->cpu)
			at = middle + 1;
		else
			end = middle;
	}
	if ((at > 0 && s->cpu >= 0 && m->stats[at - 1].cpu == s->cpu) ||
	    m->stats_n == CPU_MAX)
		return;
	m->stats = mem_grow(m->stats, &m->stats_cap, m->stats_n + 1,
	    sizeof(*m->stats));
	memmove(m->stats + at + 1, m->stats + at,
	    (m->stats_n - at) * sizeof(*m->stats));
	m->stats[at] = *s;
	m->stats_n++;
}

/* Returns the number behind the name with which a line begins, or -1. */
static int64_t
number_of(struct str line, const char *name)
{
	uint64_t v;

	if (str_starts(line, name) &&
	    num_u64(str_trim(str_skip(line, strlen(name))), &v))
		return v <= INT64_MAX ? (int64_t)v : -1;
	return -1;
}

static void
take_line(struct cpu_stats *s, struct str line)
{
	if (str_starts(line, "entries:"))
		s->entries = number_of(line, "entries:");
	if (str_starts(line, "overrun:"))
		s->overrun = number_of(line, "overrun:");
	if (str_starts(line, "dropped events:"))
		s->dropped = number_of(line, "dropped events:");
	if (str_starts(line, "read events:"))
		s->read = number_of(line, "read events:");
}

size_t
metadata_add_stats(struct metadata *m, struct str text, int cpu)
{
	struct cpu_stats s = { cpu, -1, -1, -1, -1 };
	bool begun = false;
	size_t told = 0;

	while (text.n > 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end != NULL ? (size_t)(end - text.p) : text.n;
		struct str line = str_trim((struct str){ text.p, n });
		int64_t number = number_of(line, "CPU:");
		bool begins = str_starts(line, "entries:");

		text = str_skip(text, n < text.n ? n + 1 : n);
		if (begun && (begins || number >= 0)) {
			add_stats(m, &s);
			begun = false;
			cpu = s.cpu >= 0 ? s.cpu + 1 : -1;
			s = (struct cpu_stats){ cpu, -1, -1, -1, -1 };
		}
		if (number >= 0 && number < CPU_MAX)
			s.cpu = (int)number;
		told += begins;
		begun = begun || begins;
		if (begun)
			take_line(&s, line);
	}
	if (begun)
		add_stats(m, &s);
	return told;
}

static int64_t
count_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) && json_integer_value(value) >= 0
	    ? json_integer_value(value)
	    : -1;
}

/* What a flight recorder, which has last, writes over is no loss. */
static bool
take_stats(struct metadata *m, const json_t *list, const json_t *last)
{
	bool good = list == NULL || json_is_null(list) || json_is_array(list);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		int64_t cpu = count_of(one, "cpu");
		const struct cpu_stats s = {
			.cpu = cpu < CPU_MAX ? (int)cpu : -1,
			.entries = count_of(one, "entries"),
			.overrun = last != NULL ? 0 : count_of(one, "overrun"),
			.dropped = count_of(one, "dropped_events"),
			.read = count_of(one, "read_events"),
		};

		good &= json_is_object(one);
		if (json_is_object(one))
			add_stats(m, &s);
	}
	return good;
}

static const char *
take_strings(struct metadata *m, const json_t *doc)
{
	const struct {
		const char *key, *why;
		char **to;
	} known[] = {
		{ "trace_id", "trace_id is no string", &m->trace_id },
		{ "workload_name", "workload_name is no string",
		    &m->workload_type },
		{ "category", "category is no string", &m->category },
		{ "hostname", "hostname is no string", &m->host },
		{ "kernel", "kernel is no string", &m->kernel },
		{ "clock", "clock is no string", &m->clock },
	};
	const char *why = NULL;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const json_t *value = json_object_get(doc, known[i].key);

		if (json_is_string(value))
			*known[i].to = mem_dup(json_string_value(value),
			    json_string_length(value));
		else if (value != NULL && !json_is_null(value))
			why = known[i].why;
	}
	return why;
}

static const char *
take_object(struct metadata *m, const json_t *doc)
{
	const json_t *cpus = json_object_get(doc, "num_cpus");
	const json_t *last = json_object_get(doc, "last_seconds");
	const char *why = take_strings(m, doc);

	if (count_of(doc, "num_cpus") >= 0)
		m->cpus = (uint64_t)count_of(doc, "num_cpus");
	else if (cpus != NULL && !json_is_null(cpus))
		why = "num_cpus is no count";
	if (!take_stats(m, json_object_get(doc, "stats"), last))
		why = "stats is no array of objects";
	return why;
}

/* Returns the document path, NULL with a phrase in *why if it is none. */
static json_t *
load(const char *path, bool *there, const char **why)
{
	int fd;
	json_t *doc;

	*why = open_beside(path, &fd);
	*there = *why != NULL || fd >= 0;
	if (fd < 0)
		return NULL;
	json_set_alloc_funcs(mem_alloc, free);
	doc = json_loadfd(fd, 0, NULL);
	close(fd);
	if (doc == NULL)
		*why = "it is no JSON";
	else if (!json_is_object(doc))
		*why = "it is no JSON object";
	return doc;
}

static const char *
read_document(struct metadata *m, const char *path, bool *there)
{
	const char *why;
	json_t *doc = load(path, there, &why);

	if (doc != NULL && why == NULL)
		why = take_object(m, doc);
	json_decref(doc);
	return why;
}

/* Keeps in *where the path of the first file with which something is wrong. */
static const char *
blame(const char *why, char *path, char **where)
{
	if (why != NULL && *where == NULL)
		*where = path;
	else
		free(path);
	return why;
}

/* Reads the first document that there is; name is the trace's path. */
static const char *
read_documents(struct metadata *m, struct str name, char **where)
{
	const struct str stem[2] = { name, path_stem(name) };
	const char *why = NULL;

	for (int i = 0; i < 2 && name.n > 0 && !m->beside; i++) {
		char *path = path_join(stem[i], ".json");

		/* The trace itself may be called so. */
		if (!str_is(name, path))
			why = read_document(m, path, &m->beside);
		blame(why, path, where);
	}
	return why;
}

/* Tells whether a path ends in cpuN/trace_pipe_raw. */
static bool
is_raw_buffer(struct str path, int *cpu)
{
	struct str part = path_last(path_directory(path));
	uint64_t number;

	if (!str_is(path_last(path), "trace_pipe_raw") ||
	    !str_starts(part, "cpu") || !num_u64(str_skip(part, 3), &number))
		return false;
	*cpu = number < CPU_MAX ? (int)number : -1;
	return true;
}

/* Reads the stats beside a raw buffer; tracefs gives them in one piece. */
static const char *
read_stats(struct metadata *m, struct str raw, int cpu, char **where)
{
	char *path = path_join(path_directory(raw), "/stats"), text[4096];
	int fd;
	const char *why = open_beside(path, &fd);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text)) : 0;

	if (n < 0)
		why = "it cannot be read";
	else
		metadata_add_stats(m, (struct str){ text, (size_t)n }, cpu);
	if (fd >= 0)
		close(fd);
	return blame(why, path, where);
}

/* Makes what is not told of the trace's name. */
static void
derive(struct metadata *m)
{
	struct str name;

	if (m->workload_type == NULL && m->trace_id != NULL)
		m->workload_type = mem_dup(m->trace_id,
		    path_last_of(str_of(m->trace_id), "_run"));
	if (m->category == NULL && m->workload_type != NULL) {
		name = category_of(str_of(m->workload_type));
		m->category = mem_dup(name.p, name.n);
	}
}

const char *
metadata_read(struct metadata *m, const char *path, char **where)
{
	struct str name = str_of(path), stem;
	const char *why, *then = NULL;
	int cpu;

	*m = (struct metadata){ 0 };
	*where = NULL;
	if (str_is(name, "-"))
		return NULL;
	(void)(path_drop_end(&name, ".gz") || path_drop_end(&name, ".zst"));
	if (is_raw_buffer(name, &cpu)) {
		stem = path_directory(path_directory(path_directory(name)));
		why = read_documents(m, stem, where);
		then = read_stats(m, name, cpu, where);
	} else {
		stem = path_stem(name);
		why = read_documents(m, name, where);
	}
	stem = path_last(stem);
	if (m->trace_id == NULL && stem.n > 0)
		m->trace_id = mem_dup(stem.p, stem.n);
	m->told_workload = m->workload_type != NULL;
	m->told_category = m->category != NULL;
	derive(m);
	return why != NULL ? why : then;
}

/* Returns the text of a string, a number or a boolean, to be freed, or NULL. */
static char *
text_of(const json_t *value)
{
	if (json_is_string(value))
		return mem_dup(json_string_value(value),
		    json_string_length(value));
	if (!json_is_number(value) && !json_is_boolean(value))
		return NULL;
	return json_dumps(value,
	    JSON_ENCODE_ANY |
		JSON_REAL_PRECISION(num_precision(json_real_value(value))));
}

char *
metadata_value(const char *path, const char *key)
{
	struct str name = str_of(path), stem[2];
	char *value = NULL;
	bool there = false;
	int cpu;

	if (str_is(name, "-"))
		return NULL;
	(void)(path_drop_end(&name, ".gz") || path_drop_end(&name, ".zst"));
	if (is_raw_buffer(name, &cpu))
		name = path_directory(path_directory(path_directory(name)));
	stem[0] = name;
	stem[1] = path_stem(name);
	for (int i = 0; i < 2 && name.n > 0 && !there; i++) {
		char *file = path_join(stem[i], ".json");
		const char *why;
		json_t *doc = NULL;

		if (!str_is(name, file))
			doc = load(file, &there, &why);
		value = text_of(json_object_get(doc, key));
		json_decref(doc);
		free(file);
	}
	return value;
}

void
metadata_free(struct metadata *m)
{
	if (m == NULL)
		return;
	free(m->trace_id);
	free(m->workload_type);
	free(m->category);
	free(m->host);
	free(m->kernel);
	free(m->clock);
	free(m->stats);
	*m = (struct metadata){ 0 };
}
