/* SPDX-License-Identifier: MIT */
/* tk-load -- keep the processors, or a disk too, at work for a while */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/num.h"
#include "capture/load.h"
#include "cli/cli.h"

enum { DIR = 256 };
static const struct cli_option options[] = {
	{ 'd', "duration", "SECONDS", "for so long: 10, if there is no -n" },
	{ 'n', "units", "NUMBER", "until each process did so many units" },
	{ 'p', "processes", "NUMBER", "with so many processes: 4" },
	{ 'v', "verbose", NULL, "print how many units each process did" },
	{ DIR, "dir", "DIR", "for io: where the files are: $TMPDIR" },
	{ 0, NULL, NULL, NULL },
};

static const int64_t SECOND = 1000000000;
static const int64_t LONGEST = 1000000; /* s */

static struct load_plan plan = { .processes = 4 };
static bool verbose;

/* Returns a time in s, which may have a point, in ns. */
static int64_t
duration(void)
{
	const struct str s = str_of(optarg);
	int64_t n;

	if (!num_time(s, &n))
		cli_usage("%s is no number of seconds", optarg);
	if (memchr(s.p, '.', s.n) == NULL)
		n = n > LONGEST ? -1 : n * SECOND;
	if (n <= 0 || n > LONGEST * SECOND)
		cli_usage("-d takes up to 1000000 seconds, and more than 0");
	return n;
}

static void
read_options(void)
{
	int c;

	while ((c = cli_getopt()) != -1) {
		switch (c) {
		case 'd':
			plan.duration = duration();
			break;
		case 'n':
			plan.units = cli_number("-n", 1, UINT64_MAX);
			break;
		case 'p':
			plan.processes = cli_number("-p", 1,
			    LOAD_PROCESSES_MAX);
			break;
		case 'v':
			verbose = true;
			break;
		case DIR:
			plan.dir = optarg;
			break;
		}
	}
	if (plan.duration == 0 && plan.units == 0)
		plan.duration = 10 * SECOND;
	if (plan.dir == NULL)
		plan.dir = cli_tmp();
}

static void
read_kind(void)
{
	char **operand = cli_operands();

	if (operand[0] == NULL || operand[1] != NULL)
		cli_usage("one kind of load is needed, cpu or io");
	if (strcmp(operand[0], "cpu") == 0)
		plan.kind = LOAD_CPU;
	else if (strcmp(operand[0], "io") == 0)
		plan.kind = LOAD_IO;
	else
		cli_usage("unknown kind of load: %s", operand[0]);
}

/* Tells what became of a process; true if it did what it should. */
static bool
report(size_t i, const struct load_result *result)
{
	if (!result->done) {
		cli_errx("process %zu was killed", i + 1);
		return false;
	}
	if (result->error != 0) {
		errno = result->error;
		cli_err("%s", plan.dir);
		return false;
	}
	if (verbose)
		output_printf(cli_output(), "process %zu: %" PRIu64 " units\n",
		    i + 1, result->units);
	return true;
}

int
main(int argc, char *argv[])
{
	static struct load_result results[LOAD_PROCESSES_MAX];

	cli_start(argc, argv, "cpu | io", options);
	read_options();
	read_kind();
	if (load_run(&plan, results) == -1)
		cli_err("cannot begin %zu processes", plan.processes);
	else
		for (size_t i = 0; i < plan.processes; i++)
			if (!report(i, &results[i]) && results[i].done)
				break; /* one of them tells it for all */
	return cli_finish();
}
