/* SPDX-License-Identifier: MIT */
#include "capture/request.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"

/* The level of zstd that its own program has. */
enum { PACKED = 3, RUNS = 3, RUNS_MAX = 1000000, KILOBYTES = 16384 };

static const char other_namespace[] =
    "the kernel takes ids of the first pid namespace, and this is another";
static const char no_seconds[] = "is no time in seconds";
static const char no_file[] = "is no name of a file";
static const char no_number[] = "is no number that will do";

static bool
read_form(const char *name, enum sink_form *out)
{
	static const char *const names[] = { [SINK_TEXT] = "text",
		[SINK_RECORDS] = "records",
		[SINK_RAW] = "raw",
		[SINK_DAT] = "dat" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0) {
			*out = (enum sink_form)i;
			return true;
		}
	return false;
}

enum sink_form
request_form_of(const char *path)
{
	struct str name = str_of(path);

	if (str_ends(name, "/"))
		return SINK_RAW;
	if (str_ends(name, ".dat"))
		return SINK_DAT;
	return str_ends(name, ".jsonl") ? SINK_RECORDS : SINK_TEXT;
}

bool
request_seconds(const char *text, int64_t *ns)
{
	struct str s = str_of(text);
	uint64_t whole;

	if (memchr(s.p, '.', s.n) != NULL)
		return num_time(s, ns) && *ns > 0 && *ns < NS_PER_S * NS_PER_S;
	if (!num_u64(s, &whole) || whole == 0 || whole >= (uint64_t)NS_PER_S)
		return false;
	*ns = (int64_t)whole * NS_PER_S;
	return true;
}

int
request_open(struct request *r, const char *tracefs)
{
	*r = (struct request){ .runs = RUNS };
	r->plan.tracefs = tracefs;
	r->plan.streams = (struct command_streams){ COMMAND_SAME, COMMAND_SAME,
		COMMAND_SAME };
	r->plan.setup.choice = &r->choice;
	r->plan.setup.threads = &r->threads;
	r->plan.setup.clock = "mono";
	r->plan.setup.kilobytes = KILOBYTES;
	threads_open(&r->threads, "/proc");
	if (tracefs == NULL)
		return 0;
	return choice_open(&r->choice, tracefs) == 0 &&
		choice_open(&r->stop_choice, tracefs) == 0
	    ? 0
	    : -1;
}

void
request_close(struct request *r)
{
	choice_close(&r->choice);
	choice_close(&r->stop_choice);
	threads_close(&r->threads);
	free(r->pids);
}

/* Tells which word is wrong, of an argument that may have several. */
static const char *
wrong(struct request *r, struct str word, const char *like, const char *why)
{
	int n = word.n < sizeof(r->said) / 2 ? (int)word.n
					     : (int)sizeof(r->said) / 2;

	snprintf(r->said, sizeof(r->said), "%.*s: %s%s%s%s", n, word.p, why,
	    like != NULL ? "; is it " : "", like != NULL ? like : "",
	    like != NULL ? "?" : "");
	return r->said;
}

static const char *
wrong_event(struct request *r, const struct choice *c, const char *why)
{
	if (why == NULL || c->word == NULL)
		return why;
	return wrong(r, str_of(c->word), c->like, why);
}

/* Takes one event, whose name goes up to the n-th colon of text. */
static const char *
take_event(struct choice *c, const char *text, int colons, const char **rest)
{
	const char *end = text - 1;
	const char *why;

	for (; colons > 0 && end != NULL; colons--)
		end = strchr(end + 1, ':');
	if (end == NULL)
		end = text + strlen(text);
	*rest = *end == ':' ? end + 1 : NULL;
	why = choice_words(c, (struct str){ text, (size_t)(end - text) });
	return why == NULL && c->n != 1 ? "is more than one event" : why;
}

/* Reads EVENT[:FILTER], where EVENT is NAME or SYSTEM:NAME. */
static const char *
take_stop(struct request *r, const char *text)
{
	struct choice *c = &r->stop_choice;
	const char *why = NULL, *rest;

	/* SYSTEM:NAME first: its first word alone may be a system's. */
	if (strchr(text, ':') == NULL || take_event(c, text, 2, &rest) != NULL)
		why = take_event(c, text, 1, &rest);
	if (why != NULL)
		return wrong_event(r, c, why);
	r->stop = (struct setup_stop){ c->event[0].system, c->event[0].name,
		rest };
	r->plan.setup.stop = &r->stop;
	return NULL;
}

/*
 * The kernel records by the ids of the first pid namespace, whose inode is
 * PROC_PID_INIT_INO of include/linux/proc_ns.h.
 */
static bool
is_first_namespace(void)
{
	struct stat st;

	return stat("/proc/self/ns/pid", &st) != 0 || st.st_ino == 0xeffffffc;
}

static const char *
take_pids(struct request *r, char *text)
{
	struct str word;
	const char *why = threads_add(&r->threads, str_of(text), &word);

	r->threads_told = true;
	r->pids = mem_grow(r->pids, &r->pids_cap, r->pids_n + 2,
	    sizeof(*r->pids));
	r->pids[r->pids_n++] = text;
	r->plan.setup.pids = r->pids;
	return why != NULL ? wrong(r, word, NULL, why) : NULL;
}

/* Takes the threads of a table; the first of its bad lines is told. */
static const char *
take_table(struct request *r, const char *path)
{
	FILE *f = fopen(path, "re");
	const char *why = NULL;
	char *text = NULL, place[32];
	size_t cap = 0;
	ssize_t n;

	r->threads_told = true;
	if (f == NULL)
		return strerror(errno);
	for (long no = 1; why == NULL && (n = getline(&text, &cap, f)) > 0;
	     no++) {
		n -= text[n - 1] == '\n';
		why = threads_add_row(&r->threads,
		    (struct str){ text, (size_t)n });
		snprintf(place, sizeof(place), "line %ld", no);
	}
	if (why != NULL)
		why = wrong(r, str_of(place), NULL, why);
	else if (ferror(f) != 0)
		why = strerror(errno);
	free(text);
	fclose(f);
	return why;
}

static const char *
take_seconds(const char *text, int64_t *out)
{
	return request_seconds(text, out) ? NULL : no_seconds;
}

static const char *
take_number(const char *text, uint64_t most, uint64_t *out)
{
	return num_u64(str_of(text), out) && *out > 0 && *out <= most
	    ? NULL
	    : no_number;
}

/* Takes an option that says what is recorded. */
static const char *
take_what(struct request *r, int option, char *argument)
{
	struct setup *setup = &r->plan.setup;
	char *mask;

	switch (option) {
	case REQUEST_EVENT:
		return wrong_event(r, &r->choice,
		    choice_words(&r->choice, str_of(argument)));
	case REQUEST_FILTER:
		return wrong_event(r, &r->choice,
		    choice_filter(&r->choice, str_of(argument)));
	case REQUEST_PRESET:
		return wrong_event(r, &r->choice,
		    choice_preset(&r->choice, str_of(argument)));
	case REQUEST_UNTIL:
		return take_stop(r, argument);
	case REQUEST_PID:
	case REQUEST_PIDS:
		if (!is_first_namespace())
			return other_namespace;
		return option == REQUEST_PID ? take_pids(r, argument)
					     : take_table(r, argument);
	case REQUEST_CPUS:
		setup->cpus = argument;
		mask = setup_mask(str_of(argument));
		free(mask);
		return mask != NULL ? NULL : "is no list of CPUs";
	case REQUEST_CLOCK:
		setup->clock = argument;
		return NULL;
	case REQUEST_BUFFER:
		return take_number(argument, 1 << 30, &setup->kilobytes);
	default:
		setup->overwrite = true;
		return NULL;
	}
}

/* Takes an option that says for how long. */
static const char *
take_time(struct request *r, int option, char *argument)
{
	switch (option) {
	case REQUEST_DURATION:
		return take_seconds(argument, &r->plan.duration);
	case REQUEST_TIMEOUT:
		return take_seconds(argument, &r->plan.timeout);
	default:
		r->plan.setup.overwrite = true;
		return take_seconds(argument, &r->plan.last);
	}
}

static const char *
take_output(struct request *r, const char *name)
{
	static const char *const packed[] = { ".gz", ".zst", ".xz", ".bz2" };

	r->output = strcmp(name, "-") != 0 ? name : NULL;
	for (size_t i = 0; i < sizeof(packed) / sizeof(packed[0]); i++)
		if (str_ends(str_of(name), packed[i]))
			return "is packed, which is done behind a pipe";
	return *name != '\0' ? NULL : no_file;
}

const char *
request_take(struct request *r, int option, char *argument)
{
	switch (option) {
	case REQUEST_DURATION:
	case REQUEST_TIMEOUT:
	case REQUEST_LAST:
		return take_time(r, option, argument);
	case REQUEST_FORM:
		r->form_told = true;
		return read_form(argument, &r->plan.sink.form)
		    ? NULL
		    : "is not text, records, raw or dat";
	case REQUEST_OUTPUT_DIR:
		r->workloads_told = true;
		/* fall through */
	case REQUEST_OUTPUT:
		return take_output(r, argument);
	case REQUEST_METADATA:
		r->metadata = argument;
		return *argument != '\0' ? NULL : no_file;
	case REQUEST_COMMAND_OUTPUT:
		r->command_output = argument;
		return NULL;
	case REQUEST_WORKLOADS:
		r->workloads = argument;
		return NULL;
	case REQUEST_CATALOGUE:
		r->catalogue = argument;
		return NULL;
	case REQUEST_RUNS:
		r->workloads_told = true;
		return take_number(argument, RUNS_MAX, &r->runs);
	case REQUEST_CLEAN:
		r->clean = true;
		return NULL;
	case REQUEST_LIST:
		r->list = true;
		return NULL;
	case REQUEST_ZSTD:
		r->plan.sink.level = PACKED;
		return NULL;
	default:
		return take_what(r, option, argument);
	}
}

/* Tells of options that do not go with workloads, or with nothing else. */
static const char *
wrong_once(const struct request *r)
{
	bool batch = r->workloads != NULL;

	if (batch && r->plan.command != NULL)
		return "workloads and a command are not recorded together";
	if (batch && r->metadata != NULL)
		return "workloads have a document each, not --metadata";
	if (batch && r->plan.sink.form == SINK_RAW)
		return "workloads are recorded as text, records or dat";
	if (!batch && r->workloads_told)
		return "--runs and --output-dir are for workloads (-w)";
	if (!batch && r->plan.timeout > 0 && r->plan.command == NULL)
		return "--timeout is for a command; without one it is -d";
	if (!batch && r->plan.sink.form >= SINK_RAW && r->output == NULL)
		return "-F raw and -F dat need -o: they are no stream";
	return NULL;
}

/* Tells whether a clock of the kernel's counts something else than time. */
static bool
is_counter(const char *clock)
{
	return strcmp(clock, "counter") == 0 || strcmp(clock, "x86-tsc") == 0 ||
	    strcmp(clock, "ppc-tb") == 0;
}

const char *
request_end(struct request *r)
{
	const char *why;

	if (r->workloads == NULL && r->catalogue != NULL)
		r->workloads = "all";
	if (!r->form_told && r->output != NULL && r->workloads == NULL)
		r->plan.sink.form = request_form_of(r->output);
	why = wrong_once(r);
	if (why != NULL)
		return why;
	if (r->plan.sink.level != 0 && r->plan.sink.form != SINK_DAT)
		return "--zstd is for -F dat; others are packed by zstd(1)";
	if (r->plan.last > 0 && is_counter(r->plan.setup.clock))
		return "--last needs a clock that counts time";
	threads_end(&r->threads);
	if (r->threads_told && r->threads.n == 0)
		return "none of the threads of -P and --pids is running";
	if (r->choice.n == 0)
		return wrong_event(r, &r->choice,
		    choice_preset(&r->choice, str_of("sched")));
	return NULL;
}
