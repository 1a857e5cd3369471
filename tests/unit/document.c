/* SPDX-License-Identifier: MIT */
/* document: by the byte, by Python's reader, and by metadata's */
#include "capture/document.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "source/metadata.h"

static struct machine_cpu cpu[] = {
	{ 0, 0, -1, 0, 0, 0, 3900000 },
	{ 2, 1, 5, -1, 1, -1, -1 },
};
static char host[] = "vm", kernel[] = "6.18.44", arch[] = "x86_64",
	    model[] = "Some CPU";
static const struct machine machine = { host, kernel, arch, model, cpu, 2, 2 };

static char pid[] = "comm ~ \"a\\b\"";
static const struct choice_event events[] = {
	{ "sched", "sched_switch", NULL },
	{ "sched", "sched_wakeup", pid },
};

static const struct document_stats stats[] = {
	{ 0, 12, 3, 0, 4, 500 },
	{ 1, -1, -1, -1, -1, 7 },
};

/* A byte that is no UTF-8, a letter that is, a line feed, a quote. */
static char ls[] = "ls", odd[] = "\xff\xc3\xa9\n\"\\", empty[] = "";
static char *command[] = { ls, odd, empty, NULL };

static const struct document_version version[] = { { "hackbench", "2.4" } };

static const char want[] =
    "{\n"
    "  \"trace_id\": \"io_mixed_run0\",\n"
    "  \"workload_name\": \"io_mixed\",\n"
    "  \"category\": \"io_mixed\",\n"
    "  \"description\": \"Mixed I/O \xc3\xa9\",\n"
    "  \"start_time\": 1763706503.000001,\n"
    "  \"end_time\": 1763706533.999999,\n"
    "  \"duration_seconds\": 30.03,\n"
    "  \"sched_switch_events\": 0,\n"
    "  \"buffer_size_kb\": 16384,\n"
    "  \"collected_at\": \"2025-11-21T06:28:53.000009+00:00\",\n"
    "  \"hostname\": \"vm\",\n"
    "  \"kernel\": \"6.18.44\",\n"
    "  \"num_cpus\": 2,\n"
    "  \"architecture\": \"x86_64\",\n"
    "  \"cpu_model\": \"Some CPU\",\n"
    "  \"command\": [\n"
    "    \"ls\",\n"
    "    \"\\\\xff\xc3\xa9\\n\\\"\\\\\\\\\",\n"
    "    \"\"\n"
    "  ],\n"
    "  \"exit_status\": 0,\n"
    "  \"signal\": null,\n"
    "  \"timed_out\": false,\n"
    "  \"clock\": \"mono\",\n"
    "  \"overwrite\": false,\n"
    "  \"events\": [\n"
    "    \"sched:sched_switch\",\n"
    "    \"sched:sched_wakeup\"\n"
    "  ],\n"
    "  \"filters\": {\n"
    "    \"sched:sched_wakeup\": \"comm ~ \\\"a\\\\\\\\b\\\"\"\n"
    "  },\n"
    "  \"event_count\": 519,\n"
    "  \"lost\": 7,\n"
    "  \"stats\": [\n"
    "    {\n"
    "      \"cpu\": 0,\n"
    "      \"entries\": 12,\n"
    "      \"overrun\": 3,\n"
    "      \"commit_overrun\": 0,\n"
    "      \"dropped_events\": 4,\n"
    "      \"read_events\": 500\n"
    "    },\n"
    "    {\n"
    "      \"cpu\": 1,\n"
    "      \"read_events\": 7\n"
    "    }\n"
    "  ],\n"
    "  \"topology\": [\n"
    "    {\n"
    "      \"cpu\": 0,\n"
    "      \"core\": 0,\n"
    "      \"die\": 0,\n"
    "      \"package\": 0,\n"
    "      \"node\": 0,\n"
    "      \"max_khz\": 3900000\n"
    "    },\n"
    "    {\n"
    "      \"cpu\": 2,\n"
    "      \"core\": 1,\n"
    "      \"cluster\": 5,\n"
    "      \"package\": 1\n"
    "    }\n"
    "  ],\n"
    "  \"versions\": {\n"
    "    \"tracekit\": \"" TK_VERSION "\",\n"
    "    \"hackbench\": \"2.4\"\n"
    "  },\n"
    "  \"tracer\": \"tk-capture " TK_VERSION "\"\n"
    "}\n";

static struct document
full(void)
{
	struct document d;

	document_init(&d);
	d.trace_id = "io_mixed_run0";
	d.workload = "io_mixed";
	d.category = "io_mixed";
	d.description = "Mixed I/O \xc3\xa9";
	d.start_us = 1763706503000001;
	d.end_us = 1763706533999999;
	d.duration_us = 30025000;
	d.collected_us = 1763706533000009;
	d.switches = 0;
	d.events = 519;
	d.lost = 7;
	d.buffer_kb = 16384;
	d.command = command;
	d.exit_status = 0;
	d.clock = "mono";
	d.event = events;
	d.event_n = 2;
	d.stats = stats;
	d.stats_n = 2;
	d.machine = &machine;
	d.version = version;
	d.version_n = 1;
	return d;
}

static bool
writes(const struct document *d, const char *text)
{
	struct output out;
	bool right;

	output_in_memory(&out);
	document_put(&out, d);
	right = str_is((struct str){ out.buf, out.n }, text);
	if (!right)
		fprintf(stderr, "%.*s", (int)out.n, out.buf);
	output_close(&out);
	return right;
}

static void
all_that_is_known_is_told(void)
{
	struct document d = full();

	assert(writes(&d, want));
	/* In any time zone. */
	setenv("TZ", "IST-5:30", 1);
	tzset();
	assert(writes(&d, want));
}

static void
what_is_not_known_is_left_out(void)
{
	struct document d;

	document_init(&d);
	d.trace_id = "\xff";
	assert(writes(&d,
	    "{\n"
	    "  \"command\": null,\n"
	    "  \"exit_status\": null,\n"
	    "  \"signal\": null,\n"
	    "  \"timed_out\": null,\n"
	    "  \"overwrite\": false,\n"
	    "  \"events\": [],\n"
	    "  \"filters\": {},\n"
	    "  \"versions\": {\n"
	    "    \"tracekit\": \"" TK_VERSION "\"\n"
	    "  },\n"
	    "  \"tracer\": \"tk-capture " TK_VERSION "\"\n"
	    "}\n"));
}

static char dir[] = "/tmp/tk-document-XXXXXX";

/* Writes the document beside a trace a.txt in dir. */
static void
put(const struct document *d)
{
	char path[64];
	struct output out;

	snprintf(path, sizeof(path), "%s/a.txt.json", dir);
	assert(output_open(&out, path) == 0);
	document_put(&out, d);
	assert(output_close(&out) == 0);
}

static void
the_reader_of_documents_has_it_back(void)
{
	struct document d = full();
	char path[64], *where;
	struct metadata m;

	put(&d);
	snprintf(path, sizeof(path), "%s/a.txt", dir);
	assert(metadata_read(&m, path, &where) == NULL && m.beside);
	assert(strcmp(m.trace_id, d.trace_id) == 0 && m.told_workload);
	assert(strcmp(m.workload_type, "io_mixed") == 0 && m.told_category);
	assert(strcmp(m.category, "io_mixed") == 0);
	assert(strcmp(m.host, host) == 0 && strcmp(m.kernel, kernel) == 0);
	assert(strcmp(m.clock, "mono") == 0 && m.cpus == 2 && m.stats_n == 2);
	for (size_t i = 0; i < 2; i++) {
		assert(m.stats[i].cpu == stats[i].cpu);
		assert(m.stats[i].entries == stats[i].entries);
		assert(m.stats[i].overrun == stats[i].overrun);
		assert(m.stats[i].dropped == stats[i].dropped);
		assert(m.stats[i].read == stats[i].read);
	}
	metadata_free(&m);
	/* What the document leaves out comes of the name. */
	document_init(&d);
	put(&d);
	assert(metadata_read(&m, path, &where) == NULL && m.beside);
	assert(strcmp(m.trace_id, "a") == 0 && m.clock == NULL);
	assert(m.cpus == 0 && m.stats_n == 0 && !m.told_category);
	metadata_free(&m);
}

static void
python_reads_it_too(void)
{
	struct document d = full();
	char text[512];

	if (system("command -v python3 >/dev/null") != 0) {
		puts("document: there is no python3: its part is skipped");
		return;
	}
	put(&d);
	snprintf(text, sizeof(text),
	    "python3 -c '\n"
	    "import json, datetime\n"
	    "d = json.load(open(\"%s/a.txt.json\", encoding=\"utf-8\"))\n"
	    "t = datetime.datetime.fromisoformat(d[\"collected_at\"])\n"
	    "assert t.timestamp() == 1763706533.000009\n"
	    "assert d[\"start_time\"] == 1763706503.000001\n"
	    "assert d[\"command\"] == [\"ls\", \"\\\\xff\\u00e9\\n\\\"\" + "
	    "chr(92) * 2, \"\"]\n'",
	    dir);
	assert(system(text) == 0);
}

int
main(void)
{
	char text[64];

	all_that_is_known_is_told();
	what_is_not_known_is_left_out();
	assert(mkdtemp(dir) != NULL);
	the_reader_of_documents_has_it_back();
	python_reads_it_too();
	snprintf(text, sizeof(text), "rm -r %s", dir);
	return system(text) == 0 ? 0 : 1;
}
