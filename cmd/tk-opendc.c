/* SPDX-License-Identifier: MIT */
/*
 * tk-opendc -- workloads for OpenDC
 */
#include "cli/cli.h"
#include "record/frame.h"
#include "workload/export_options.h"
#include "workload/runfolder.h"

enum { FROM = 1 };

static const struct cli_option options[] = {
	{ EXPORT_COMPAT, "compat", NULL,
	    "as Tracekit's exporter, where right" },
	{ EXPORT_CORES, "cores", "N", "of a node that does not say" },
	{ EXPORT_DIALECT, "dialect", "NAME", "topology: runner or sdk" },
	{ EXPORT_ENERGY, "energy", "FILE", "fit power models to its records" },
	{ EXPORT_ENERGY_ZERO, "energy-zero", "MS", "their clock's 0" },
	{ EXPORT_EXPERIMENT, "experiment", "FILE", "write an experiment" },
	{ EXPORT_FLOOR, "floor", "MHZ", "least usage of a fragment (0.1)" },
	{ FROM, "from", "FORM", "what is read (collection)" },
	{ EXPORT_ID_MAP, "id-map", "FILE", "write which task has which id" },
	{ EXPORT_MHZ, "mhz", "MHZ", "of a core of a node that does not say" },
	{ EXPORT_OPENDC, "opendc", "VERSION", "topology: for v1, v2 or v3" },
	{ EXPORT_REFUSE, "refuse-unmeasured", NULL, "no task without sample" },
	{ EXPORT_TICKS, "ticks", "N", "a second, in raw samples (100)" },
	{ EXPORT_TOPOLOGY, "topology", "FILE", "write the nodes as hosts" },
	{ EXPORT_WORKLOAD, "workload", "DIR", "of the experiment (workload)" },
	{ 0, NULL, NULL, NULL },
};

static struct export_options asked;
static struct assembled assembled;
static struct metered metered;

static void
read_options(void)
{
	const char *why;
	int c;

	export_options_open(&asked);
	while ((c = cli_getopt()) != -1)
		if (c == FROM) {
			if (strcmp(optarg, "collection") != 0)
				cli_refuse(c, "no form that is known");
		} else {
			why = export_options_take(&asked, c, optarg);
			if (why != NULL)
				cli_refuse(c, why);
		}
	why = export_options_end(&asked);
	if (why != NULL)
		cli_usage("%s", why);
}

/* Reports each line of errors as a failure, and frees them. */
static void
fail_with(struct output *errors)
{
	struct str rest = { errors->buf, errors->n }, line;

	while (str_line(&rest, &line))
		cli_errx("%.*s", (int)line.n, line.p);
	output_close(errors);
}

/* Hands a line of a file to whom it is for. */
enum { ENERGY = ASSEMBLED_SAMPLES + 1 };

static const char *
take(int file, const struct json *line)
{
	if (file == ENERGY)
		return metered_read(&metered, line);
	return assembled_line(&assembled, (enum assembled_file)file, line);
}

/* Reads some files of one kind; paths may be NULL. */
static void
read_lines(char **paths, int file)
{
	static char *none[] = { NULL };
	struct json line = { 0 };
	struct input **in;
	const char *why;
	size_t n;

	if (paths == NULL)
		return;
	cli_set_operands(paths);
	while ((in = cli_inputs(&n, NULL, NULL)) != NULL)
		while (input_line(*in)) {
			why = json_parse(&line, (*in)->line);
			if (why == NULL)
				why = take(file, &line);
			if (why != NULL)
				cli_bad(*in, why);
			if ((*in)->no % 4096 == 0)
				cli_progress((*in)->name, input_at(*in),
				    input_size(*in));
		}
	json_free(&line);
	cli_set_operands(none); /* the paths are freed soon */
}

/* Reads what a node is; false if that is not known. */
static bool
read_meta(const struct node_files *files, const char *folder,
    struct nodemeta *meta)
{
	struct output errors;

	output_in_memory(&errors);
	runfolder_meta(files, asked.rules.fragments.compat, meta, &errors);
	fail_with(&errors);
	if (meta->mhz <= 0)
		meta->mhz = asked.machine.mhz;
	if (meta->cores == 0)
		meta->cores = asked.machine.cores;
	if (meta->mhz <= 0)
		cli_errx("%s: the MHz of its cores are not known: left out "
			 "without --mhz",
		    folder);
	if (meta->cores == 0)
		cli_errx("%s: the number of its cores is not known: left out "
			 "without --cores",
		    folder);
	return meta->mhz > 0 && meta->cores > 0;
}

static void
read_node(const char *folder)
{
	struct node_files files;
	struct nodemeta meta = { 0 };

	runfolder_files(&files, folder);
	if (files.invocations.n + files.events.n == 0)
		cli_errx("%s: no invocations.jsonl and no events.*.jsonl",
		    folder);
	else if (files.samples.n == 0)
		cli_note("%s: no proc_metrics.jsonl", folder);
	if (read_meta(&files, folder, &meta)) {
		assembled_node(&assembled, folder, &meta, files.raw);
		read_lines(files.invocations.path, ASSEMBLED_INVOCATIONS);
		read_lines(files.events.path, ASSEMBLED_EVENTS);
		read_lines(files.samples.path, ASSEMBLED_SAMPLES);
		assembled_node_end(&assembled);
	} else {
		nodemeta_close(&meta);
	}
	runfolder_close(&files);
}

static void
read_runs(char *const *run)
{
	struct paths nodes = { 0 };
	size_t before;

	if (*run == NULL)
		cli_usage("no run: which folder?");
	for (; *run != NULL; run++) {
		before = nodes.n;
		if (runfolder_nodes(&nodes, *run) < 0)
			cli_err("%s", *run);
		else if (nodes.n == before)
			cli_errx("%s: no folder of a node: CTS, cctf and "
				 "node_meta.json are neither in it nor below",
			    *run);
	}
	for (size_t i = 0; i < nodes.n; i++)
		read_node(nodes.path[i]);
	paths_free(&nodes);
}

static void
write_companions(const struct issued *issued)
{
	char *energy[] = { (char *)asked.energy, NULL };
	struct output errors, notes;

	output_in_memory(&errors);
	output_in_memory(&notes);
	metered_open(&metered, asked.zero_ms);
	if (asked.energy != NULL)
		read_lines(energy, ENERGY);
	companions_write(&asked.companions, issued,
	    asked.energy != NULL ? &metered : NULL, &errors, &notes);
	metered_close(&metered);
	cli_note_lines(&notes, "");
	fail_with(&errors);
}

static void
write_records(struct issued *issued)
{
	const struct assembled_counts *counts = &assembled.counts;
	struct output *out = cli_output();
	struct output notes;

	frame_put_trace(out, &(struct frame_trace){ 0 }, cli_command());
	issued_put(issued, out);
	frame_open_end(out, counts->tasks + counts->fragments, 0, 0,
	    cli_bad_count());
	issued_put_counts(issued, out);
	json_close(out);
	output_in_memory(&notes);
	issued_put_notes(issued, &notes);
	cli_note_lines(&notes, "");
	if (asked.rules.refuse && counts->unmeasured > 0)
		cli_incomplete();
}

int
main(int argc, char *argv[])
{
	struct issued issued;

	cli_start(argc, argv, "RUN ...", options);
	read_options();
	assembled_open(&assembled, &asked.rules);
	read_runs(cli_operands());
	issued_open(&issued, &assembled);
	write_companions(&issued);
	write_records(&issued);
	issued_close(&issued);
	assembled_close(&assembled);
	return cli_finish();
}
