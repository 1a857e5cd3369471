/* SPDX-License-Identifier: MIT */
#include "workload/export_options.h"

#include <stdlib.h>

#include "base/num.h"

enum { TICKS = 100, TICKS_MAX = 1000000 };

#define FLOOR_MHZ 0.1

void
export_options_open(struct export_options *o)
{
	*o = (struct export_options){
		.rules.fragments.floor_mhz = FLOOR_MHZ,
		.rules.ticks = TICKS,
		.companions.workload = "workload",
	};
}

static const char *
take_mhz(const char *argument, double *mhz)
{
	char *end;
	double v = strtod(argument, &end);

	if (*argument < '0' || *argument > '9' || *end != '\0' || !(v > 0) ||
	    v > NODEMETA_MHZ_MAX)
		return "no MHz above 0";
	*mhz = v;
	return NULL;
}

static bool
take_number(const char *argument, uint64_t least, uint64_t most, uint64_t *v)
{
	return num_u64(str_of(argument), v) && *v >= least && *v <= most;
}

static const char *
take_dialect(struct export_options *o, const char *argument)
{
	if (strcmp(argument, "sdk") == 0)
		o->companions.sdk = true;
	else if (strcmp(argument, "runner") == 0)
		o->companions.sdk = false;
	else
		return "not runner or sdk";
	return NULL;
}

static const char *
take_version(struct export_options *o, const char *argument)
{
	if (argument[0] != 'v' || argument[1] < '1' || argument[1] > '3' ||
	    argument[2] != '\0')
		return "not v1, v2 or v3";
	o->companions.v1 = argument[1] == '1';
	return NULL;
}

static const char *
take_count(struct export_options *o, int option, const char *argument)
{
	uint64_t v;

	switch (option) {
	case EXPORT_CORES:
		if (!take_number(argument, 1, NODEMETA_CORES_MAX, &v))
			return "no number of cores";
		o->machine.cores = (int32_t)v;
		return NULL;
	case EXPORT_TICKS:
		if (!take_number(argument, 1, TICKS_MAX, &v))
			return "not from 1 to 1000000";
		o->rules.ticks = (unsigned)v;
		return NULL;
	default:
		if (!take_number(argument, 0, INVOCATION_TIME_MAX, &v))
			return "no time in ms since 1970";
		o->zero_ms = (double)v;
		return NULL;
	}
}

/* Remembers an option that other forms have no use for. */
static void
note_of_runs(struct export_options *o, int option)
{
	static const struct {
		int option;
		const char *why;
	} of_runs[] = {
		{ EXPORT_COMPAT, "--compat is for runs of Tracekit's" },
		{ EXPORT_CORES, "--cores is for runs of Tracekit's" },
		{ EXPORT_DIALECT, "--dialect is for runs of Tracekit's" },
		{ EXPORT_ENERGY, "--energy is for runs of Tracekit's" },
		{ EXPORT_ENERGY_ZERO,
		    "--energy-zero is for runs of Tracekit's" },
		{ EXPORT_TICKS, "--ticks is for runs of Tracekit's" },
		{ EXPORT_TOPOLOGY,
		    "--topology is for runs of Tracekit's: other forms do not "
		    "tell all of their nodes" },
	};

	for (size_t i = 0; i < sizeof(of_runs) / sizeof(of_runs[0]); i++)
		if (of_runs[i].option == option)
			o->of_runs = of_runs[i].why;
}

const char *
export_options_take(struct export_options *o, int option, const char *argument)
{
	note_of_runs(o, option);
	switch (option) {
	case EXPORT_COMPAT:
		o->rules.fragments.compat = true;
		return NULL;
	case EXPORT_DIALECT:
		return take_dialect(o, argument);
	case EXPORT_ENERGY:
		o->energy[0] = (char *)(uintptr_t)argument;
		return NULL;
	case EXPORT_EXPERIMENT:
		o->companions.experiment = argument;
		return NULL;
	case EXPORT_FLOOR:
		return take_mhz(argument, &o->rules.fragments.floor_mhz);
	case EXPORT_ID_MAP:
		o->companions.ids = argument;
		return NULL;
	case EXPORT_MHZ:
		return take_mhz(argument, &o->machine.mhz);
	case EXPORT_OPENDC:
		return take_version(o, argument);
	case EXPORT_REFUSE:
		return basis_refuse(&o->rules.refuse, argument);
	case EXPORT_UNMEASURED:
		return basis_refuse(&o->rules.refuse, "cpu_time,duration");
	case EXPORT_TOPOLOGY:
		o->companions.topology = argument;
		return NULL;
	case EXPORT_WORKLOAD:
		o->companions.workload = argument;
		return NULL;
	default:
		return take_count(o, option, argument);
	}
}

const char *
export_options_end(const struct export_options *o, bool runs)
{
	if (!runs && o->of_runs != NULL)
		return o->of_runs;
	if (o->companions.sdk && o->companions.v1)
		return "--dialect sdk: there is no v1 of it";
	if (o->companions.sdk && o->companions.experiment != NULL)
		return "--dialect sdk: there is no --experiment of it";
	return NULL;
}

bool
export_options_meta(const struct export_options *o, const char *folder,
    struct nodemeta *meta, struct output *errors)
{
	if (meta->mhz <= 0)
		meta->mhz = o->machine.mhz;
	if (meta->cores == 0)
		meta->cores = o->machine.cores;
	if (meta->mhz <= 0)
		output_printf(errors,
		    "%s: the MHz of its cores are not known: left out without "
		    "--mhz\n",
		    folder);
	if (meta->cores == 0)
		output_printf(errors,
		    "%s: the number of its cores is not known: left out "
		    "without --cores\n",
		    folder);
	return meta->mhz > 0 && meta->cores > 0;
}
