/* SPDX-License-Identifier: MIT */
/*
 * tk-opendc -- workloads for OpenDC
 */
#include "cli/cli.h"
#include "cli/trace.h"
#include "workload/export_options.h"
#include "workload/forms.h"
#include "workload/runfolder.h"

static const struct cli_option options[] = {
	{ EXPORT_COMPAT, "compat", NULL, "as Tracekit's, where right" },
	{ EXPORT_CORES, "cores", "N", "of a node that does not say" },
	{ EXPORT_DIALECT, "dialect", "NAME", "topology: runner or sdk" },
	{ EXPORT_ENERGY, "energy", "FILE", "its records: power, energy" },
	{ EXPORT_ENERGY_ZERO, "energy-zero", "MS", "their clock's 0" },
	{ FORMS_EPOCH, "epoch", "TIME", "that has no date began then" },
	{ EXPORT_EXPERIMENT, "experiment", "FILE", "write an experiment" },
	{ EXPORT_FLOOR, "floor", "MHZ", "least usage of a fragment (0.1)" },
	{ FORMS_FRAGMENT, "fragment", "TIME", "of a trace: 1s, or change" },
	{ FORMS_FROM, "from", "FORM", "what is read (tracekit)" },
	{ EXPORT_ID_MAP, "id-map", "FILE", "write which task has which id" },
	{ EXPORT_MHZ, "mhz", "MHZ", "of a core of a node that does not say" },
	{ EXPORT_OPENDC, "opendc", "VERSION", "topology: for v1, v2 or v3" },
	{ EXPORT_REFUSE, "refuse", "WHAT,...", "no task where it is assumed" },
	{ EXPORT_UNMEASURED, "refuse-unmeasured", NULL, "without CPU time" },
	{ EXPORT_TICKS, "ticks", "N", "a second, in raw samples (100)" },
	{ FORMS_TO, "to", "FORM", "what is written (records)" },
	{ EXPORT_TOPOLOGY, "topology", "FILE", "write the nodes as hosts" },
	{ EXPORT_WORKLOAD, "workload", "DIR", "of the experiment (workload)" },
	{ 0, NULL, NULL, NULL },
};

static struct export_options asked;
static struct assembled assembled;
static struct metered metered;
static struct forms forms;
static struct json record;

static void
read_options(void)
{
	const char *why;
	int c;

	export_options_open(&asked);
	forms_open(&forms);
	while ((c = cli_getopt()) != -1) {
		if (c >= FORMS_EPOCH && c < FORMS_END)
			why = forms_option(&forms, c, optarg);
		else
			why = export_options_take(&asked, c, optarg);
		if (why != NULL)
			cli_refuse(c, why);
	}
	why = export_options_end(&asked, forms.from == FORM_TRACEKIT);
	if (why == NULL)
		why = forms_options_end(&forms);
	if (why == NULL)
		why = forms_rule(&forms, asked.machine.mhz, &asked.rules);
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

/* What a line is of, besides the files of a node. */
enum { ENERGY = ASSEMBLED_SAMPLES + 1, FORM, PROGRESS_EVERY = 4096 };

static const char *
take(int file, struct str line)
{
	const char *why;

	if (file == FORM)
		return forms_line(&forms, line);
	why = json_parse(&record, line);
	if (why != NULL)
		return why;
	if (file == ENERGY)
		return metered_read(&metered, &record);
	return assembled_line(&assembled, (enum assembled_file)file, &record);
}

/* Reads all inputs; a form may take one as a whole. */
static void
read_inputs(int file)
{
	struct input **in;
	const char *why;
	size_t n;

	while ((in = cli_inputs(&n, NULL, NULL)) != NULL) {
		why = file == FORM ? forms_input(&forms, *in) : NULL;
		if (why != NULL)
			cli_errx("%s: %s", (*in)->name, why);
		while (input_line(*in)) {
			why = take(file, (*in)->line);
			if (why != NULL)
				cli_bad(*in, why);
			if ((*in)->no % PROGRESS_EVERY == 0)
				cli_progress((*in)->name, input_at(*in),
				    input_size(*in));
		}
	}
}

/* Reads some files of one kind; paths may be NULL. */
static void
read_lines(char **paths, int file)
{
	static char *none[] = { NULL };

	if (paths == NULL)
		return;
	cli_set_operands(paths);
	read_inputs(file);
	cli_set_operands(none); /* the paths are freed soon */
}

/* Reads what a node is; false if that is not known. */
static bool
read_meta(const struct node_files *files, const char *folder,
    struct nodemeta *meta)
{
	struct output errors;
	bool known;

	output_in_memory(&errors);
	runfolder_meta(files, asked.rules.fragments.compat, meta, &errors);
	known = export_options_meta(&asked, folder, meta, &errors);
	fail_with(&errors);
	return known;
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
	struct output errors;

	if (*run == NULL)
		cli_usage("no run: which folder?");
	output_in_memory(&errors);
	runfolder_all(&nodes, run, &errors);
	fail_with(&errors);
	for (size_t i = 0; i < nodes.n; i++)
		read_node(nodes.path[i]);
	paths_free(&nodes);
}

static void
write_companions(struct issued *issued)
{
	struct output errors, notes;

	output_in_memory(&errors);
	output_in_memory(&notes);
	metered_open(&metered, asked.zero_ms);
	if (asked.energy[0] != NULL) {
		read_lines(asked.energy, ENERGY);
		issued_meter(issued, &metered);
	}
	companions_write(&asked.companions, issued,
	    asked.energy[0] != NULL ? &metered : NULL, &errors, &notes);
	metered_close(&metered);
	cli_note_lines(&notes, "");
	fail_with(&errors);
}

static void
read_traces(void)
{
	struct event_reader *reader = event_reader_new();
	struct trace trace = { 0 };
	struct event ev;
	unsigned n = 0;

	forms_want(&forms, reader);
	trace_take(&trace, reader, cli_operands());
	while (trace_next(&trace, reader))
		while (event_next(reader, &ev)) {
			const char *why = forms_event(&forms, reader, &ev,
			    trace.metadata.trace_id);

			if (why != NULL)
				trace_bad(&trace, &ev, why);
			if (ev.kind == EVENT_END)
				trace_doubts(&trace, event_counts(reader));
			if (n++ % PROGRESS_EVERY == 0)
				trace_progress(&trace);
		}
	event_reader_free(reader);
}

static void
end_forms(const struct companions *companions)
{
	struct output errors, notes;

	output_in_memory(&errors);
	output_in_memory(&notes);
	forms_end(&forms, companions, cli_bad_count(), &errors, &notes);
	cli_note_lines(&notes, "");
	fail_with(&errors);
	if (forms_incomplete(&forms))
		cli_incomplete();
}

static void
write_runs(struct issued *issued)
{
	struct output notes, *out = cli_output();

	output_in_memory(&notes);
	if (forms.to == FORM_RECORDS) {
		issued_put_stream(issued, out, cli_command(), cli_bad_count());
	} else {
		forms_begin(&forms, out, cli_command());
		issued_put(issued, forms_records(&forms));
		end_forms(NULL);
	}
	issued_put_notes(issued, &notes);
	cli_note_lines(&notes, "");
	if (assembled.counts.basis.refused > 0)
		cli_incomplete();
}

static void
export_runs(void)
{
	struct issued issued;

	assembled_open(&assembled, &asked.rules);
	read_runs(cli_operands());
	issued_open(&issued, &assembled);
	write_companions(&issued);
	write_runs(&issued);
	issued_close(&issued);
	assembled_close(&assembled);
}

static void
export_forms(void)
{
	forms_begin(&forms, cli_output(), cli_command());
	if (forms.from == FORM_TRACE)
		read_traces();
	else
		read_inputs(FORM);
	end_forms(&asked.companions);
}

int
main(int argc, char *argv[])
{
	cli_start(argc, argv, "[RUN ...]", options);
	read_options();
	if (forms.from == FORM_TRACEKIT)
		export_runs();
	else
		export_forms();
	forms_close(&forms);
	json_free(&record);
	return cli_finish();
}
