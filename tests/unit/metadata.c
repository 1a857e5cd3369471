/* SPDX-License-Identifier: MIT */
/* metadata: names out of paths, documents beside them, the kernel's stats */
#include "source/metadata.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the original's collector wrote, shortened. */
static const char document[] =
    "{\n"
    "  \"trace_id\": \"hackbench_pipe_small_run0\",\n"
    "  \"workload_name\": \"hackbench_pipe_small\",\n"
    "  \"category\": \"hackbench\",\n"
    "  \"start_time\": 1795191000.0686982,\n"
    "  \"hostname\": \"vm\",\n"
    "  \"kernel\": \"6.18.44\",\n"
    "  \"num_cpus\": 2\n"
    "}";

/* What tk-capture writes, its CPUs out of order. */
static const char captured[] =
    "{\"command\":[\"ls\"],\"exit_status\":0,\"lost\":5,\"clock\":\"mono\","
    "\"events\":[\"sched:sched_switch\"],\"category\":null,\"stats\":["
    "{\"cpu\":1,\"entries\":10,\"overrun\":0,\"dropped_events\":5,"
    "\"read_events\":10},{\"cpu\":0,\"entries\":7,\"overrun\":2},"
    "{\"cpu\":0,\"entries\":99}]}";

/* A stats file of the kernel's. */
static const char counted[] = "entries: 10219\n"
			      "overrun: 17\n"
			      "commit overrun: 3\n"
			      "bytes: 599820\n"
			      "oldest event ts:  1125.525591\n"
			      "now ts:  1125.701242\n"
			      "dropped events: 33191\n"
			      "read events: 4\n";

static void
write_file(const char *path, const char *text, size_t n)
{
	FILE *f = fopen(path, "w");
	size_t written, failed;

	assert(f != NULL);
	written = fwrite(text, 1, n, f);
	failed = (size_t)fclose(f);
	assert(written == n && failed == 0);
}

static void
put(const char *path, const char *text)
{
	write_file(path, text, strlen(text));
}

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Reads what is known of path, and checks what is wrong in which file. */
static void
look(struct metadata *m, const char *path, const char *why, const char *where)
{
	char *file;
	const char *phrase = metadata_read(m, path, &file);

	assert(same(phrase, why));
	assert(same(file, where));
	free(file);
}

/* The names of a path beside which there is nothing. */
static void
named(const char *path, const char *id, const char *workload,
    const char *category)
{
	struct metadata m;

	look(&m, path, NULL, NULL);
	assert(same(m.trace_id, id));
	assert(same(m.workload_type, workload));
	assert(same(m.category, category));
	assert(m.host == NULL && m.kernel == NULL && m.clock == NULL);
	assert(m.cpus == 0 && m.stats_n == 0);
	metadata_free(&m);
	metadata_free(&m);
}

/* A document with which something is wrong: what, and in which file. */
static void
wrong(const char *text, size_t n, const char *phrase)
{
	struct metadata m;

	write_file("bad_one_run1.json", text, n);
	look(&m, "bad_one_run1.txt", phrase, "bad_one_run1.json");
	assert(same(m.trace_id, "bad_one_run1"));
	assert(m.workload_type != NULL && m.category != NULL);
	metadata_free(&m);
	assert(unlink("bad_one_run1.json") == 0);
}

static void
names_without_documents(void)
{
	named("-", NULL, NULL, NULL);
	named("hackbench_pipe_small_run0.txt", "hackbench_pipe_small_run0",
	    "hackbench_pipe_small", "hackbench");
	named("/no/where.d/io_mixed_run12.txt.gz", "io_mixed_run12", "io_mixed",
	    "io_mixed");
	named("db_16t_run0.dat", "db_16t_run0", "db_16t", "db");
	named("../a/b_c_run1_run2.dat.zst", "b_c_run1_run2", "b_c_run1",
	    "b_c_run1");
	named("trace", "trace", "trace", "trace");
	named("pick_rust.txt", "pick_rust", "pick_rust", "pick_rust");
	named("trace.dat.gz.zst", "trace.dat", "trace.dat", "trace.dat");
	named("v1.2_run3.txt", "v1.2_run3", "v1.2", "v1.2");
	named(".hidden", ".hidden", ".hidden", ".hidden");
	named("no.dot.d/plain", "plain", "plain", "plain");
	named("a b\n\xff\xc3_{\"_run.txt", "a b\n\xff\xc3_{\"_run",
	    "a b\n\xff\xc3_{\"", "a b\n\xff\xc3_{\"");
	named("instances/foo.bar/per_cpu/cpu12/trace_pipe_raw", "foo.bar",
	    "foo.bar", "foo.bar");
	named("per_cpu/cpu0/trace_pipe_raw.zst", NULL, NULL, NULL);
	named("x/trace_pipe_raw", "trace_pipe_raw", "trace_pipe_raw",
	    "trace_pipe_raw");
	named("", NULL, NULL, NULL);
}

static void
check_original(const char *path, const char *id)
{
	struct metadata m;

	look(&m, path, NULL, NULL);
	assert(same(m.trace_id, id));
	assert(same(m.workload_type, "hackbench_pipe_small"));
	assert(same(m.category, "hackbench"));
	assert(same(m.host, "vm") && same(m.kernel, "6.18.44"));
	assert(m.cpus == 2 && m.clock == NULL && m.stats_n == 0);
	metadata_free(&m);
}

static void
documents_count_before_names(void)
{
	const char *id = "hackbench_pipe_small_run0";

	put("other.json", document);
	check_original("other.txt", id);
	check_original("./other.txt.gz", id);
	check_original("other.dat.zst", id);
	check_original("other", id);
	put("other.txt.json", "{\"category\":\"nearer\"}");
	check_original("other.dat", id);
	named("other.json/x", "x", "x", "x");
	assert(unlink("other.txt.json") == 0 && unlink("other.json") == 0);
	/* The trace itself is no document of its own. */
	put("records.json", "{\"type\":\"trace\",\"category\":\"no\"}");
	named("records.json", "records", "records", "records");
	assert(unlink("records.json") == 0);
}

static void
what_a_document_lacks_is_derived(void)
{
	struct metadata m;

	put("cpu_bound_4p_run1.txt.json", captured);
	put("cpu_bound_4p_run1.json", document);
	look(&m, "cpu_bound_4p_run1.txt", NULL, NULL);
	assert(same(m.trace_id, "cpu_bound_4p_run1"));
	assert(same(m.workload_type, "cpu_bound_4p"));
	assert(same(m.category, "cpu_bound"));
	assert(same(m.clock, "mono") && m.host == NULL && m.cpus == 0);
	assert(m.stats_n == 2);
	assert(m.stats[0].cpu == 0 && m.stats[0].entries == 7);
	assert(m.stats[0].overrun == 2 && m.stats[0].dropped == -1);
	assert(m.stats[0].read == -1);
	assert(m.stats[1].cpu == 1 && m.stats[1].entries == 10);
	assert(m.stats[1].overrun == 0 && m.stats[1].dropped == 5);
	assert(m.stats[1].read == 10);
	metadata_free(&m);
	assert(unlink("cpu_bound_4p_run1.json") == 0);
	assert(unlink("cpu_bound_4p_run1.txt.json") == 0);
}

static void
wrong_documents_are_told(void)
{
	static const char *const none[] = { "", "{", "nonsense", "{\"a\":1}}",
		"{\"category\":\"\xff\"}", "{\"category\":\"\\u0000\"}" };
	static const struct {
		const char *text, *why;
	} odd[] = {
		{ "[]", "it is no JSON object" },
		{ "{\"trace_id\":1}", "trace_id is no string" },
		{ "{\"workload_name\":[]}", "workload_name is no string" },
		{ "{\"category\":true}", "category is no string" },
		{ "{\"hostname\":{}}", "hostname is no string" },
		{ "{\"kernel\":6.18}", "kernel is no string" },
		{ "{\"clock\":0}", "clock is no string" },
		{ "{\"num_cpus\":-1}", "num_cpus is no count" },
		{ "{\"num_cpus\":\"2\"}", "num_cpus is no count" },
		{ "{\"stats\":{}}", "stats is no array of objects" },
		{ "{\"stats\":[7]}", "stats is no array of objects" },
	};
	size_t whole = strlen(captured);

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		wrong(none[i], strlen(none[i]), "it is no JSON");
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		wrong(odd[i].text, strlen(odd[i].text), odd[i].why);
	wrong("{}\0", 3, "it is no JSON");
	/* Cut anywhere, it is no document. */
	for (size_t n = 0; n < whole; n++)
		wrong(captured, n, "it is no JSON");
}

static void
what_is_right_in_a_wrong_document_counts(void)
{
	struct metadata m;

	put("a.json",
	    "{\"category\":\"c\",\"num_cpus\":8,\"stats\":"
	    "[0,{\"cpu\":4,\"read_events\":-7}]}");
	look(&m, "a.txt", "stats is no array of objects", "a.json");
	assert(same(m.category, "c") && m.cpus == 8);
	assert(m.stats_n == 1 && m.stats[0].cpu == 4);
	assert(m.stats[0].read == -1);
	metadata_free(&m);
	assert(unlink("a.json") == 0);
}

/* A pipe is not waited for, and a directory is no document. */
static void
what_is_no_file_is_told(void)
{
	static const char why[] = "it is no file, or too large";
	struct metadata m;

	assert(mkfifo("a.json", 0600) == 0);
	look(&m, "a.txt", why, "a.json");
	metadata_free(&m);
	assert(unlink("a.json") == 0 && mkdir("a.json", 0700) == 0);
	look(&m, "a.txt", why, "a.json");
	metadata_free(&m);
	assert(rmdir("a.json") == 0);
}

static void
check_counted(const struct cpu_stats *s, int cpu)
{
	assert(s->cpu == cpu && s->entries == 10219 && s->overrun == 17);
	assert(s->dropped == 33191 && s->read == 4);
}

static void
stats_beside_a_raw_buffer(void)
{
	static const char raw[] = "run_x/per_cpu/cpu3/trace_pipe_raw";
	static const char stats[] = "run_x/per_cpu/cpu3/stats";
	struct metadata m;

	assert(mkdir("run_x", 0700) == 0 && mkdir("run_x/per_cpu", 0700) == 0);
	assert(mkdir("run_x/per_cpu/cpu3", 0700) == 0);
	put(stats, counted);
	look(&m, raw, NULL, NULL);
	assert(same(m.trace_id, "run_x") && same(m.category, "run_x"));
	assert(m.stats_n == 1);
	check_counted(&m.stats[0], 3);
	metadata_free(&m);

	/* What the document tells of a CPU counts before. */
	put("run_x.json",
	    "{\"category\":\"c\",\"stats\":[{\"cpu\":3,"
	    "\"entries\":1},{\"cpu\":0,\"entries\":2}]}");
	look(&m, "run_x/per_cpu/cpu3/trace_pipe_raw.gz", NULL, NULL);
	assert(same(m.category, "c") && m.stats_n == 2);
	assert(m.stats[0].cpu == 0 && m.stats[0].entries == 2);
	assert(m.stats[1].cpu == 3 && m.stats[1].entries == 1);
	assert(m.stats[1].dropped == -1);
	metadata_free(&m);

	/* The document is wrong, but the stats are not. */
	put("run_x.json", "?");
	look(&m, raw, "it is no JSON", "run_x.json");
	assert(m.stats_n == 1);
	check_counted(&m.stats[0], 3);
	metadata_free(&m);

	/* Of two that are wrong the first is told. */
	assert(unlink(stats) == 0 && mkdir(stats, 0700) == 0);
	look(&m, raw, "it is no JSON", "run_x.json");
	assert(m.stats_n == 0);
	metadata_free(&m);
	assert(unlink("run_x.json") == 0);
	look(&m, raw, "it is no file, or too large", stats);
	metadata_free(&m);
	assert(rmdir(stats) == 0 && rmdir("run_x/per_cpu/cpu3") == 0);
	assert(rmdir("run_x/per_cpu") == 0 && rmdir("run_x") == 0);
}

static void
stats_that_were_joined(void)
{
	struct metadata m = { 0 };
	char text[3 * sizeof(counted) + 32];

	snprintf(text, sizeof(text), "%s%s", counted, counted);
	assert(metadata_add_stats(&m, str_of(text), 1) == 2);
	assert(m.stats_n == 2);
	check_counted(&m.stats[0], 1);
	check_counted(&m.stats[1], 2);
	/* Each on a line of its own, as trace-cmd keeps them. */
	snprintf(text, sizeof(text), "CPU: 5\n%sCPU: 0\n%s", counted, counted);
	assert(metadata_add_stats(&m, str_of(text), -1) == 2);
	assert(m.stats_n == 4);
	check_counted(&m.stats[0], 0);
	check_counted(&m.stats[3], 5);
	assert(metadata_add_stats(&m, str_of(counted), -1) == 1);
	assert(m.stats_n == 5);
	check_counted(&m.stats[4], -1);
	metadata_free(&m);
}

static void
stats_that_are_none(void)
{
	struct metadata m = { 0 };

	assert(metadata_add_stats(&m, str_of(""), 0) == 0);
	assert(metadata_add_stats(&m, str_of("CPU: 1\noverrun: 3\n"), 0) == 0);
	assert(m.stats_n == 0);
	assert(metadata_add_stats(&m,
		   str_of("entries: x\r\noverrun: 9223372036854775808\n"
			  "dropped events: -3\nread events: 12"),
		   0) == 1);
	assert(m.stats[0].entries == -1 && m.stats[0].overrun == -1);
	assert(m.stats[0].dropped == -1 && m.stats[0].read == 12);
	metadata_free(&m);
	metadata_free(NULL);
}

/* Tells whether the document of a trace has that value; NULL: none. */
static bool
tells(const char *path, const char *key, const char *want)
{
	char *value = metadata_value(path, key);
	bool good = same(value, want);

	free(value);
	return good;
}

static void
any_key_of_the_document(void)
{
	put("odd_run1.json",
	    "{\"host\":\"a\\u00e9\",\"n\":-7,\"x\":0.25,"
	    "\"list\":[1],\"none\":null,\"yes\":true,"
	    "\"no\":false,\"y\":1795191015.36748670}");
	assert(tells("odd_run1.txt.zst", "host", "a\xc3\xa9"));
	assert(tells("odd_run1.txt", "n", "-7"));
	assert(tells("odd_run1.txt", "x", "0.25"));
	assert(tells("odd_run1.txt", "list", NULL));
	assert(tells("odd_run1.txt", "none", NULL));
	assert(tells("odd_run1.txt", "yes", "true"));
	assert(tells("odd_run1.txt", "no", "false"));
	assert(tells("odd_run1.txt", "y", "1795191015.3674867"));
	assert(tells("odd_run1.txt", "other", NULL));
	assert(tells("odd_run2.txt", "n", NULL));
	assert(tells("-", "n", NULL));
	/* That which has the whole name goes before. */
	put("odd_run1.txt.json", "{\"n\":8}");
	assert(tells("odd_run1.txt.gz", "n", "8"));
	assert(tells("odd_run1.txt", "x", NULL));
	put("odd_run1.txt.json", "{\"n\":");
	assert(tells("odd_run1.txt", "n", NULL));
	unlink("odd_run1.json");
	unlink("odd_run1.txt.json");
}

int
main(void)
{
	const char *tmp = getenv("TMPDIR");
	char dir[4096];

	snprintf(dir, sizeof(dir), "%s/tk-metadata-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	assert(mkdtemp(dir) != NULL && chdir(dir) == 0);
	names_without_documents();
	documents_count_before_names();
	what_a_document_lacks_is_derived();
	wrong_documents_are_told();
	what_is_right_in_a_wrong_document_counts();
	what_is_no_file_is_told();
	stats_beside_a_raw_buffer();
	stats_that_were_joined();
	stats_that_are_none();
	any_key_of_the_document();
	assert(chdir("/") == 0 && rmdir(dir) == 0);
	return 0;
}
