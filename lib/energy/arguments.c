/* SPDX-License-Identifier: MIT */
#include "energy/arguments.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"

enum { WATTS = 1000, SMOOTH_MAX = 1000000 };

static const char no_number[] = "is no whole number above 0";
static const char no_time[] = "is no time, such as 0.5, 10s or 2h";

static const char *const verbs[] = {
	[VERB_TS] = "ts",
	[VERB_ONCE] = "once",
	[VERB_RUN] = "run",
	[VERB_SUM] = "sum",
	[VERB_PLOT] = "plot",
};

static const char *const formats[] = {
	[FORMAT_RECORDS] = "records",
	[FORMAT_CSV] = "csv",
	[FORMAT_TEXT] = "text",
};

/* The clocks of traces that a process can read as well, and nobody sets. */
static const struct argument_clock clocks[] = {
	{ "mono", CLOCK_MONOTONIC },
	{ "mono_raw", CLOCK_MONOTONIC_RAW },
	{ "boot", CLOCK_BOOTTIME },
};

/* Of each option that is not for all verbs, those that it is for. */
#define FOR(verb) (1u << (verb))
enum {
	MEASURES = FOR(VERB_TS) | FOR(VERB_ONCE) | FOR(VERB_RUN),
	LISTS = MEASURES | FOR(VERB_NONE),
	READS = FOR(VERB_SUM) | FOR(VERB_PLOT),
};
static const struct scope {
	int letter;
	unsigned verbs;
} scopes[] = {
	{ ARGUMENT_ALL, LISTS },
	{ ARGUMENT_CLOCK, MEASURES },
	{ ARGUMENT_DURATION, FOR(VERB_ONCE) },
	{ ARGUMENT_FILES, LISTS },
	{ ARGUMENT_FIX, MEASURES },
	{ ARGUMENT_FORMAT, MEASURES | FOR(VERB_SUM) },
	{ ARGUMENT_INTERVAL, FOR(VERB_TS) },
	{ ARGUMENT_LIST, LISTS },
	{ ARGUMENT_MANUAL, FOR(VERB_TS) },
	{ ARGUMENT_OUTPUT, MEASURES | READS },
	{ ARGUMENT_RANGE, LISTS },
	{ ARGUMENT_ROOT, LISTS },
	{ ARGUMENT_SAMPLES, FOR(VERB_TS) },
	{ ARGUMENT_SEPARATE, FOR(VERB_TS) },
	{ ARGUMENT_SMOOTH, FOR(VERB_TS) },
	{ ARGUMENT_UNTIL_ENTER, FOR(VERB_ONCE) },
	{ ARGUMENT_WATTS, LISTS },
	{ ARGUMENT_FROM, READS },
	{ ARGUMENT_TO, READS },
	{ ARGUMENT_WINDOW, FOR(VERB_SUM) },
	{ ARGUMENT_BY, FOR(VERB_SUM) },
};
enum { SCOPES = sizeof(scopes) / sizeof(scopes[0]) };

void
arguments_open(struct arguments *a)
{
	*a = (struct arguments){ .word = "--list",
		.clock = clocks,
		.watts = WATTS,
		.from = INT64_MIN,
		.to = INT64_MAX };
}

bool
arguments_verb(struct arguments *a, const char *word)
{
	for (unsigned i = VERB_TS; i <= VERB_PLOT; i++)
		if (strcmp(word, verbs[i]) == 0) {
			a->verb = (enum argument_verb)i;
			a->word = verbs[i];
			return true;
		}
	return false;
}

static const char *
take_time(const char *text, int64_t *ns)
{
	int64_t value;

	if (!duration_read(str_of(text), &value))
		return no_time;
	if (value == 0)
		return "is no time above 0";
	*ns = value;
	return NULL;
}

static const char *
take_number(const char *text, uint64_t most, uint64_t *out)
{
	uint64_t value;

	if (!num_u64(str_of(text), &value) || value == 0)
		return no_number;
	if (value > most)
		return "is too large";
	*out = value;
	return NULL;
}

static const char *
take_format(struct arguments *a, const char *text)
{
	for (unsigned i = FORMAT_RECORDS; i <= FORMAT_TEXT; i++)
		if (strcmp(text, formats[i]) == 0) {
			a->format = (enum argument_format)i;
			return NULL;
		}
	return "is none of records, csv and text";
}

static const char *
take_clock(struct arguments *a, const char *text)
{
	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++)
		if (strcmp(text, clocks[i].name) == 0) {
			a->clock = &clocks[i];
			return NULL;
		}
	return "is none of mono, mono_raw and boot";
}

static const char *
take_range(struct arguments *a, const char *text)
{
	const char *equals = strrchr(text, '=');
	struct argument_range *range;
	const char *why;

	if (equals == NULL || equals == text)
		return "is not ZONE=MICROJOULES";
	a->range = mem_grow(a->range, &a->range_cap, a->ranges + 1,
	    sizeof(*a->range));
	range = &a->range[a->ranges];
	why = take_number(equals + 1, UINT64_MAX - 1, &range->uj);
	range->zone = (struct str){ text, (size_t)(equals - text) };
	a->ranges += why == NULL;
	return why;
}

static void
append(const char ***list, size_t *n, size_t *cap, const char *text)
{
	*list = mem_grow(*list, cap, *n + 1, sizeof(**list));
	(*list)[(*n)++] = text;
}

/* Takes what is a number or a time. */
static const char *
take_quantity(struct arguments *a, int letter, const char *text)
{
	uint64_t n = a->smooth;
	const char *why;

	switch (letter) {
	case ARGUMENT_DURATION:
		return take_time(text, &a->duration);
	case ARGUMENT_INTERVAL:
		return take_time(text, &a->interval);
	case ARGUMENT_WINDOW:
		return take_time(text, &a->window);
	case ARGUMENT_FROM:
		return duration_read(str_of(text), &a->from) ? NULL : no_time;
	case ARGUMENT_TO:
		return duration_read(str_of(text), &a->to) ? NULL : no_time;
	case ARGUMENT_SAMPLES:
		return take_number(text, INT64_MAX, &a->samples);
	case ARGUMENT_WATTS:
		return take_number(text, UINT32_MAX, &a->watts);
	case ARGUMENT_SMOOTH:
		why = take_number(text, SMOOTH_MAX, &n);
		a->smooth = (unsigned)n;
		return why;
	default:
		return no_number;
	}
}

static void
note_given(struct arguments *a, int letter)
{
	for (unsigned i = 0; i < SCOPES; i++)
		if (scopes[i].letter == letter)
			a->given |= (uint64_t)1 << i;
}

const char *
arguments_take(struct arguments *a, int letter, const char *argument)
{
	note_given(a, letter);
	switch (letter) {
	case ARGUMENT_ALL:
		a->all = true;
		return NULL;
	case ARGUMENT_BY:
		a->by = argument;
		return NULL;
	case ARGUMENT_CLOCK:
		return take_clock(a, argument);
	case ARGUMENT_FILES:
		append(&a->file, &a->files, &a->file_cap, argument);
		return NULL;
	case ARGUMENT_FIX:
		a->fix = true;
		return NULL;
	case ARGUMENT_FORMAT:
		return take_format(a, argument);
	case ARGUMENT_LIST:
		a->list = true;
		return NULL;
	case ARGUMENT_MANUAL:
		a->manual = true;
		return NULL;
	case ARGUMENT_OUTPUT:
		a->output = argument;
		return NULL;
	case ARGUMENT_RANGE:
		return take_range(a, argument);
	case ARGUMENT_ROOT:
		append(&a->root, &a->roots, &a->root_cap, argument);
		return NULL;
	case ARGUMENT_SEPARATE:
		a->separate = true;
		return NULL;
	case ARGUMENT_UNTIL_ENTER:
		a->until_enter = true;
		return NULL;
	default:
		return take_quantity(a, letter, argument);
	}
}

/* Tells whether a path is that of a file with such an ending. */
static bool
ends_with(const char *path, const char *ending)
{
	struct str name = str_of(path);
	size_t e = strlen(ending);

	return str_ends(name, ending) && name.n > e &&
	    path[name.n - e - 1] != '/';
}

/* What is written, if that was not told. */
static void
choose_format(struct arguments *a)
{
	bool csv = a->output != NULL && ends_with(a->output, ".csv");

	if (a->format == FORMAT_NONE && (csv || a->separate))
		a->format = FORMAT_CSV;
}

/* What does not go together, of options that are for the verb. */
static const char *
check_together(const struct arguments *a)
{
	bool text = a->verb == VERB_ONCE || a->verb == VERB_RUN ||
	    a->verb == VERB_SUM;

	if (a->list && (a->format != FORMAT_NONE || a->output != NULL))
		return "--list prints a table: no -f and no -o";
	if (a->format == FORMAT_TEXT && !text)
		return "text is a format of once, run and sum";
	if (a->separate && a->format != FORMAT_CSV)
		return "--separate-files needs the format csv";
	if (a->separate && a->output == NULL)
		return "--separate-files needs -o, to name the files after";
	if (a->manual && a->samples > 0)
		return "--manual-stop and -n do not go together";
	if (a->verb == VERB_PLOT && a->output != NULL &&
	    !ends_with(a->output, ".svg"))
		return "plot writes SVG, to a file whose name ends in .svg";
	if (a->by != NULL && a->window > 0)
		return "--by and --window do not go together";
	if (a->to <= a->from || a->to <= 0)
		return "--to is not after --from";
	return NULL;
}

/* What does not go together with a recording on the standard input. */
static const char *
check_recording(const struct arguments *a)
{
	if (a->samples > 0 || a->duration > 0 || a->manual || a->until_enter)
		return "a recording ends by itself: no -n, -d, --manual-stop "
		       "or --until-enter";
	if (a->clock != clocks)
		return "a recording has times of its own: no -C";
	return NULL;
}

/*
 * Tells whether a source would be run as a command: ts takes --files A B, and
 * run --files A B -- COMMAND would run B.
 */
static bool
is_file_run(const struct arguments *a, char *const *operands)
{
	if (a->files == 0 || strcmp(operands[-1], "--") == 0)
		return false;
	for (; *operands != NULL; operands++)
		if (strcmp(*operands, "--") == 0)
			return true;
	return false;
}

/* What does not go together with the operands. */
static const char *
check_operands(struct arguments *a, char *const *operands)
{
	size_t n = a->files, recordings = 0;
	bool takes = ((LISTS & ~FOR(VERB_RUN)) >> a->verb & 1) != 0;

	if (a->verb == VERB_RUN && *operands == NULL && !a->list)
		return "run needs a command";
	if (a->verb == VERB_RUN && is_file_run(a, operands))
		return "-- must stand right before the command, and --files "
		       "before each source";
	if (!takes)
		return NULL;
	for (size_t i = 0; i < a->files; i++)
		recordings += strcmp(a->file[i], "-") == 0;
	for (; *operands != NULL; operands++, n++)
		recordings += strcmp(*operands, "-") == 0;
	if (a->list)
		return recordings == 0 ? NULL
				       : "- is a recording, which has "
					 "no counters to list";
	if (recordings > 0 && (n > 1 || a->roots > 0))
		return "- is a recording, and goes with no other source";
	a->recording = recordings > 0;
	if (a->recording)
		return check_recording(a);
	if (a->verb == VERB_ONCE && a->duration == 0 && !a->until_enter)
		return "once needs -d or --until-enter";
	return NULL;
}

const char *
arguments_end(struct arguments *a, char ***operands, int *letter)
{
	const char *why;

	*letter = 0;
	if (a->verb == VERB_NONE && **operands != NULL &&
	    arguments_verb(a, **operands)) {
		(*operands)++;
		if (a->verb == VERB_RUN)
			return "run must stand before all options";
	}
	if (a->verb == VERB_NONE && !a->list)
		return "say what to do: ts, once, run, sum or plot";
	for (unsigned i = 0; i < SCOPES; i++)
		if ((a->given >> i & 1) != 0 &&
		    (scopes[i].verbs >> a->verb & 1) == 0) {
			*letter = scopes[i].letter;
			return "it is not for this verb";
		}
	choose_format(a);
	why = check_together(a);
	return why != NULL ? why : check_operands(a, *operands);
}

uint64_t
arguments_range(const struct arguments *a, const char *zone)
{
	for (size_t i = a->ranges; i > 0; i--)
		if (str_is(a->range[i - 1].zone, zone))
			return a->range[i - 1].uj;
	return 0;
}

void
arguments_close(struct arguments *a)
{
	free(a->file);
	free(a->root);
	free(a->range);
}
