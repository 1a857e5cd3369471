/* SPDX-License-Identifier: MIT */
/*
 * metadata: of any document, any stats and any name, what is told lies within
 * them, comes again when it is written down, and adds up
 *
 * The document ends at the first zero byte, and the stats are behind it; where
 * there is none, the bytes are both.  The document's bytes are a name, too.
 */
#include "source/metadata.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "record/json.h"
#include "source/stats.h"

enum { CPU = 3, READ_AT_ONCE = 4096, NAME_MAX_BYTES = 512 };

/* In a folder of its own: a trace, and what is beside it. */
static char dir[64], raw[128], stats_file[128], document_file[128];

static void
write_file(const char *path, const char *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	CHECK(fd >= 0 && (n == 0 || write(fd, p, n) == (ssize_t)n));
	close(fd);
}

static void
remove_folders(void)
{
	static const char *const folders[] = { "x/per_cpu/cpu3", "x/per_cpu",
		"x", "" };
	char path[128];

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, folders[i]);
		rmdir(path);
	}
}

/* Makes the folder where all files are; they go when the fuzzer ends. */
static void
make_folders(void)
{
	static const char *const folders[] = { "x", "x/per_cpu",
		"x/per_cpu/cpu3" };
	const char *tmp = getenv("TMPDIR");
	char path[128];

	snprintf(dir, sizeof(dir), "%.30s/tk-fuzz-metadata-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	CHECK(mkdtemp(dir) != NULL);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, folders[i]);
		CHECK(mkdir(path, 0700) == 0);
	}
	snprintf(raw, sizeof(raw), "%s/trace_pipe_raw", path);
	snprintf(stats_file, sizeof(stats_file), "%s/stats", path);
	snprintf(document_file, sizeof(document_file), "%s/x.json", dir);
	atexit(remove_folders);
}

static bool
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Field by field: what lies between them is anything. */
static bool
same_cpu(const struct cpu_stats *a, const struct cpu_stats *b)
{
	return a->cpu == b->cpu && a->entries == b->entries &&
	    a->overrun == b->overrun && a->dropped == b->dropped &&
	    a->read == b->read;
}

static bool
same_stats(const struct metadata *a, const struct metadata *b)
{
	if (a->stats_n != b->stats_n)
		return false;
	for (size_t i = 0; i < a->stats_n; i++)
		if (!same_cpu(&a->stats[i], &b->stats[i]))
			return false;
	return true;
}

/* CPUs come in order and once, those that are not told at the end. */
static void
check_order(const struct metadata *m)
{
	for (size_t i = 0; i < m->stats_n; i++) {
		const struct cpu_stats *s = &m->stats[i];

		CHECK(s->cpu >= -1 && s->entries >= -1 && s->overrun >= -1);
		CHECK(s->dropped >= -1 && s->read >= -1);
		if (i == 0)
			continue;
		CHECK((unsigned)s->cpu >= (unsigned)s[-1].cpu);
		CHECK(s->cpu == -1 || s->cpu != s[-1].cpu);
	}
}

/* Writes a count, which is left out, or is none, where it is not told. */
static void
write_count(FILE *f, const char *name, int64_t n)
{
	if (n >= 0)
		fprintf(f, "%s: %" PRId64 "\n", name, n);
	else
		fprintf(f, "%s: ?\n", name);
}

static void
write_one(FILE *f, const struct cpu_stats *s)
{
	if (s->cpu >= 0)
		fprintf(f, "CPU: %d\n", s->cpu);
	write_count(f, "entries", s->entries);
	write_count(f, "overrun", s->overrun);
	write_count(f, "dropped events", s->dropped);
	write_count(f, "read events", s->read);
}

/* Writes them as the kernel does, those of no CPU before all numbers. */
static void
check_written(const struct metadata *m)
{
	struct metadata again = { 0 };
	char *text;
	size_t n;
	FILE *f = open_memstream(&text, &n);

	CHECK(f != NULL);
	for (size_t i = 0; i < m->stats_n; i++)
		if (m->stats[i].cpu < 0)
			write_one(f, &m->stats[i]);
	for (size_t i = 0; i < m->stats_n; i++)
		if (m->stats[i].cpu >= 0)
			write_one(f, &m->stats[i]);
	fclose(f);
	CHECK(metadata_add_stats(&again, (struct str){ text, n }, -1) ==
	    m->stats_n);
	CHECK(same_stats(m, &again));
	metadata_free(&again);
	free(text);
}

/* The sum of two is the same either way, and each CPU is there once. */
static void
check_sum(const struct metadata *a, const struct metadata *b)
{
	struct metadata ab = { 0 }, ba = { 0 };

	stats_add(&ab, a);
	stats_add(&ab, b);
	stats_add(&ba, b);
	stats_add(&ba, a);
	check_order(&ab);
	CHECK(same_stats(&ab, &ba));
	CHECK(ab.stats_n <= a->stats_n + b->stats_n);
	for (size_t i = 1; i < ab.stats_n; i++)
		CHECK(ab.stats[i].cpu != ab.stats[i - 1].cpu);
	metadata_free(&ab);
	metadata_free(&ba);
}

/* Counts the lines that begin the numbers of a CPU. */
static size_t
count_entries(struct str text)
{
	struct str line;
	size_t n = 0;

	while (str_line(&text, &line))
		n += str_starts(str_trim(line), "entries:");
	return n;
}

/* Reads stats whose end is the end of their memory. */
static void
read_stats(struct metadata *m, struct str text, int cpu)
{
	char *copy = malloc(text.n > 0 ? text.n : 1);
	size_t told;

	memcpy(copy, text.p, text.n);
	told = metadata_add_stats(m, (struct str){ copy, text.n }, cpu);
	CHECK(told == count_entries(text) && m->stats_n <= told);
	free(copy);
	check_order(m);
	check_written(m);
}

/* Writes a document of what is told. */
static void
write_document(const struct metadata *m)
{
	const struct {
		const char *key, *value;
	} known[] = { { "trace_id", m->trace_id },
		{ "workload_name", m->workload_type },
		{ "category", m->category }, { "hostname", m->host },
		{ "kernel", m->kernel }, { "clock", m->clock } };
	struct output out;

	CHECK(output_open(&out, document_file) == 0);
	json_open(&out, "x");
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].value != NULL)
			json_put_string(&out, known[i].key,
			    str_of(known[i].value));
	if (m->cpus > 0)
		json_put_u64(&out, "num_cpus", m->cpus);
	json_close(&out);
	CHECK(output_close(&out) == 0);
}

/* Reads what is beside the trace, once more if what is said of it is known. */
static void
check_files(struct str document, struct str stats)
{
	struct metadata m, again;
	char *where;
	const char *why;

	write_file(document_file, document.p, document.n);
	write_file(stats_file, stats.p,
	    stats.n < READ_AT_ONCE ? stats.n : READ_AT_ONCE);
	why = metadata_read(&m, raw, &where);
	CHECK((why == NULL) == (where == NULL));
	CHECK(why == NULL || strcmp(where, document_file) == 0);
	CHECK(m.trace_id != NULL && m.workload_type != NULL);
	CHECK(m.category != NULL);
	free(where);
	check_order(&m);
	write_document(&m);
	CHECK(metadata_read(&again, raw, &where) == NULL && where == NULL);
	CHECK(same_text(m.trace_id, again.trace_id));
	CHECK(same_text(m.workload_type, again.workload_type));
	CHECK(same_text(m.category, again.category));
	CHECK(same_text(m.host, again.host));
	CHECK(same_text(m.kernel, again.kernel));
	CHECK(same_text(m.clock, again.clock));
	CHECK(m.cpus == again.cpus);
	metadata_free(&again);
	metadata_free(&m);
	CHECK(unlink(document_file) == 0 && unlink(stats_file) == 0);
}

/* What a name says is a part of it; there is nothing beside it. */
static void
check_name(struct str name)
{
	char path[NAME_MAX_BYTES + 8] = "no/";
	struct metadata m;
	char *where;
	size_t n;

	if (name.n > NAME_MAX_BYTES)
		name.n = NAME_MAX_BYTES;
	memcpy(path + 3, name.p, name.n);
	CHECK(metadata_read(&m, path, &where) == NULL || where != NULL);
	if (m.trace_id != NULL) {
		n = strlen(m.trace_id);
		CHECK(n > 0 && strstr(path, m.trace_id) != NULL);
		CHECK(strchr(m.trace_id, '/') == NULL);
		CHECK(strncmp(m.trace_id, m.workload_type,
			  strlen(m.workload_type)) == 0);
		CHECK(strncmp(m.workload_type, m.category,
			  strlen(m.category)) == 0);
	} else {
		CHECK(m.workload_type == NULL && m.category == NULL);
	}
	free(where);
	metadata_free(&m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str document = { (const char *)data, size }, stats = document;
	const char *zero = size > 0 ? memchr(data, '\0', size) : NULL;
	struct metadata one = { 0 }, more = { 0 };

	if (raw[0] == '\0')
		make_folders();
	if (zero != NULL) {
		document.n = (size_t)(zero - document.p);
		stats = str_skip(stats, document.n + 1);
	}
	read_stats(&one, stats, CPU);
	read_stats(&more, document, -1);
	check_sum(&one, &more);
	metadata_free(&one);
	metadata_free(&more);
	check_files(document, stats);
	check_name(document);
	return 0;
}
