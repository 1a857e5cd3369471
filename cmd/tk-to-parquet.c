/* SPDX-License-Identifier: MIT */
/*
 * tk-to-parquet -- write records as Parquet files, one for each type
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>

#include "cli/interrupt.h"
#include "cli/trace.h"
#include "parquet/generation.h"
#include "parquet/landing.h"
#include "parquet/schemafile.h"
#include "parquet/supply.h"
#include "parquet/wish.h"

/* Options without a letter. */
enum {
	BLOOM = 0x100,
	CODEC,
	FORMATS,
	LEVEL,
	OPENDC,
	PAGE_VERSION,
	PARTITION,
	PRINT_SCHEMA,
	ROW_GROUP,
	SCHEMA,
};

static const struct cli_option options[] = {
	{ 'o', "output", "PATH", "the folder (parquet), or a file with -t" },
	{ 't', "type", "TYPE", "write the records of this type only" },
	{ BLOOM, "bloom", "COLUMN,...",
	    "write bloom filters of these columns" },
	{ CODEC, "codec", "NAME", "zstd (usual), snappy, gzip, lz4_raw, none" },
	{ FORMATS, "formats", "DIR", "event formats, for raw pages" },
	{ LEVEL, "level", "N", "of the codec, instead of its usual one" },
	{ OPENDC, "opendc", "VERSION", "a workload of OpenDC: v1, v2 or v3" },
	{ PAGE_VERSION, "page-version", "N", "of the data pages: 1 or 2" },
	{ PARTITION, "partition", "KEY,...",
	    "a folder for each value of these" },
	{ PRINT_SCHEMA, "print-schema", NULL,
	    "print the schema, write no file" },
	{ ROW_GROUP, "row-group", "BYTES", "in memory, of a row group (32M)" },
	{ SCHEMA, "schema", "FILE", "what columns there are to be" },
	{ 0, NULL, NULL, NULL },
};

static struct wish_names keys, blooms;
static struct store_options how = {
	.branch = { .row_group = 1 << 25,
	    .press = { .chunk = { .codec = CODEC_ZSTD, .version = 2 },
		.bloom = blooms.name } },
	.key = keys.name,
};
static const char *output, *type;
static bool print_schema;

static struct schema schema;
static struct landing landing;
static struct store *store;
static struct event_reader *reader;
static struct trace trace;

static void
read_names(struct wish_names *names, const char *option)
{
	const char *why = wish_names(names, optarg);

	if (why != NULL)
		cli_usage("%s %s: %s", option, optarg, why);
}

static void
read_word(int c)
{
	struct chunk_options *chunk = &how.branch.press.chunk;
	const char *why;

	switch (c) {
	case BLOOM:
		read_names(&blooms, "--bloom");
		how.branch.press.blooms = blooms.n;
		break;
	case CODEC:
		if (!codec_named(str_of(optarg), &chunk->codec))
			cli_usage("--codec %s: there is no such", optarg);
		break;
	case FORMATS:
		trace.reading.formats = optarg;
		break;
	case LEVEL:
		chunk->level = (int)cli_number("--level", 1, 22);
		break;
	case OPENDC:
		if (!generation_schema(&schema, optarg))
			cli_usage("--opendc %s: not v1, v2 or v3", optarg);
		how.branch.schema = &schema;
		break;
	case PAGE_VERSION:
		chunk->version = (unsigned)cli_number("--page-version", 1, 2);
		break;
	case PARTITION:
		read_names(&keys, "--partition");
		how.keys = keys.n;
		break;
	case PRINT_SCHEMA:
		print_schema = true;
		break;
	case ROW_GROUP:
		if (!wish_bytes(optarg, &how.branch.row_group))
			cli_usage("--row-group %s: no number of bytes", optarg);
		break;
	case SCHEMA:
		why = schemafile_read(&schema, optarg);
		if (why != NULL)
			cli_usage("--schema %s: %s", optarg, why);
		how.branch.schema = &schema;
		break;
	}
}

static void
read_options(void)
{
	int c, schemas = 0;

	while ((c = cli_getopt()) != -1) {
		schemas += c == SCHEMA || c == OPENDC;
		if (c == 'o')
			output = optarg;
		else if (c == 't')
			how.branch.only = str_of(type = optarg);
		else
			read_word(c);
	}
	if (schemas > 1)
		cli_usage("--schema and --opendc: one of them, once");
	if (print_schema && output != NULL)
		cli_usage("--print-schema and -o: either or");
	if ((type == NULL || how.keys > 0) && output == NULL && !print_schema)
		output = "parquet";
	if (output == NULL && !print_schema && cli_stdout_is_terminal())
		cli_usage("-o is missing: a terminal cannot take the file");
}

/* Opens where it goes.  False, with the message printed, if it cannot be. */
static bool
open_output(void)
{
	if (output != NULL &&
	    landing_open(&landing, output, type != NULL && how.keys == 0) < 0) {
		cli_err("%s", output);
		return false;
	}
	if (landing.shelved) {
		how.branch.shelf = &landing.shelf;
		how.branch.file = landing.file;
		interrupt_clean(shelf_interrupt, &landing.shelf,
		    "no file was written");
	} else if (!print_schema) {
		how.branch.out = output != NULL ? landing.out : cli_output();
	}
	return true;
}

/* Reports the lines that were left out. */
static void
tell_bad(void)
{
	struct input line = { .name = trace.in->name };

	for (uint64_t i = 0; i < store->bad_count; i++) {
		const struct store_bad *bad = i < store->bads ? &store->bad[i]
							      : NULL;

		if (bad != NULL) {
			line.no = bad->line;
			line.line = (struct str){ bad->text, bad->n };
		}
		cli_bad(&line, bad != NULL ? bad->why : "");
	}
	store_forgive(store);
}

static void
read_input(struct supply *supply)
{
	struct event ev;
	bool more;

	supply_begin(supply, trace.in);
	do {
		more = supply_more(supply, trace.in, &trace.metadata, &ev);
		tell_bad();
		if (more && ev.kind == EVENT_BAD)
			trace_bad(&trace, &ev, ev.why);
		if (more && ev.kind == EVENT_END)
			trace_doubts(&trace, event_counts(reader));
		trace_progress(&trace);
	} while (more);
	if (supply->records && store->frame.open && trace.in->why == NULL &&
	    !store->failed)
		cli_note("%s: the input was cut short: its end is missing",
		    trace.in->name);
	frame_finish(&store->frame);
}

/* Says why the store has failed. */
static void
tell_failure(void)
{
	const struct output *why = &store->admit.error;

	errno = store->branches.err;
	if (why->n > 0)
		cli_errx("%s:%" PRIu64 ": %.*s", trace.in->name,
		    store->line + store->admit.line, (int)why->n, why->buf);
	else if (landing.shelved)
		cli_err("%s", landing.shelf.where);
	else if (output != NULL)
		cli_err("%s", output);
	if (errno == EMFILE)
		cli_note("each file is open until all are complete: more can "
			 "be with ulimit -n");
}

/* Says what was left out; false, with the message printed, if that is all. */
static bool
tell_rest(void)
{
	const struct omission *omission = &store->admit.omission;
	const struct frame *f = &store->frame;
	struct output notes;

	if (f->lost_marks > 0)
		cli_note("%" PRIu64 " events lost (%" PRIu64 " marks)", f->lost,
		    f->lost_marks);
	if (f->lost_marks > 0 || f->short_cut || f->bad > cli_bad_count())
		cli_incomplete();
	output_in_memory(&notes);
	if (type == NULL || cli_stderr_is_terminal())
		omission_put_types(omission, &notes);
	omission_put_values(omission, &notes);
	cli_note_lines(&notes, "");
	if (store_has_any(store))
		return true;
	cli_errx("no records%s%s", type != NULL ? " of type " : "",
	    type != NULL ? type : "");
	return false;
}

/* Reads all inputs.  False, with the message printed, where that fails. */
static bool
convert(void)
{
	struct supply supply;

	supply_init(&supply, store, reader);
	while (!store->failed && trace_next(&trace, reader))
		read_input(&supply);
	if (!store->failed && !cli_failed())
		store_end(store);
	if (store->failed)
		tell_failure();
	supply_free(&supply);
	if (store->failed || cli_failed() || !tell_rest())
		return false;
	if (print_schema)
		schemafile_put(cli_output(), &store->branches);
	if (landing_commit(&landing) == 0)
		return true;
	cli_err("%s", landing.shelved ? landing.shelf.where : output);
	return false;
}

int
main(int argc, char *argv[])
{
	reader = event_reader_new();
	cli_start(argc, argv, "[FILE | DIR ...]", options);
	read_options();
	signal(SIGXFSZ, SIG_IGN); /* a file too large is an error like others */
	how.branch.command = cli_command();
	for (size_t i = 0; i < keys.n; i++)
		schema_set_key(&schema, keys.name[i]);
	if (open_output()) {
		store = store_new(&how);
		if (!convert() && landing.shelved)
			cli_errx("%s: no file was written", output);
		store_free(store);
	}
	landing_close(&landing);
	schema_free(&schema);
	event_reader_free(reader);
	return cli_finish();
}
