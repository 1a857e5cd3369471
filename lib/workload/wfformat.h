/* SPDX-License-Identifier: MIT */
/*
 * wfformat -- workflows in the WfFormat 1.5 of WfCommons
 *
 * A document has a specification, tasks and who depends on whom, and perhaps
 * an execution: what each task took, on which machine.  A task becomes a task
 * that was submitted when the workflow was, and a fragment that is as long:
 *
 *	name, trace_id	its name and its id
 *	duration	runtimeInSeconds; assumed to be 0 where it has none
 *	cpu_count	coreCount, rounded up; assumed to be 1
 *	cpu_capacity	coreCount * speedInMHz of its machine; else assumed
 *	mem_capacity	memoryInBytes, rounded up to 1024; assumed to be 0
 *	cpu_usage	mean: of avgCPU, which is of one core, at most the
 *			capacity; whole: the capacity
 *	energy_uj	energyInKWh, or avgPowerInW * runtimeInSeconds
 *
 * Older documents, where one list of tasks has it all, are read likewise.
 * Files, arguments and priorities are left out.
 */
#ifndef TK_WFFORMAT_H
#define TK_WFFORMAT_H

#include "workload/bag.h"

struct wfformat {
	double mhz;    /* of a core of a machine that does not tell: set it */
	int64_t epoch; /* when a workflow began that does not tell */
	/* What there was: */
	uint64_t workflows, tasks;
	uint64_t bad;    /* tasks without a name or id, or two of one id */
	uint64_t no_run; /* tasks that did not tell these */
	uint64_t no_cpus, no_mhz, no_memory, no_cpu_time;
	uint64_t too_much; /* that used more than their cores have */
	uint64_t no_time;  /* workflows that do not tell when they began */
	uint64_t several;  /* tasks on several machines: the first counts */
	uint64_t wrong;    /* values that are none, such as a time below 0 */
};

/*
 * Takes a document.  Returns NULL, or why it is none of these: a phrase.  In
 * the bag its tasks have keys that differ from those of another document.
 */
const char *wfformat_read(struct wfformat *, struct str document, struct bag *);

/*
 * Writes the tasks of a bag that is settled as one document, valid by the
 * schema of 1.5: an execution too, of those of which the duration is known.
 * Failed tasks, which the format does not know, are left out.  Ids are the
 * trace_ids, if all have one, they differ, and consist of the characters that
 * the schema allows; else new ones.  name is the workflow's, where the tasks
 * do not all have the same one.  Returns NULL, or why it cannot be done.
 */
struct wfformat_written {
	uint64_t failed; /* left out */
	bool renumbered; /* the ids are new ones */
};
const char *wfformat_put(struct output *, const struct bag *, struct str name,
    struct wfformat_written *);

#endif
