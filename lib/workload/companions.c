/* SPDX-License-Identifier: MIT */
#include "workload/companions.h"

#include <errno.h>

#include "stream/replace.h"
#include "workload/powered.h"
#include "workload/topology.h"

static void
fail(struct output *errors, const char *path, const char *why)
{
	output_in_line(errors, str_of(path));
	output_printf(errors, ": %s\n", why);
}

/* Writes a file of what is in memory, and closes that; false if it failed. */
static bool
write_file(const char *path, struct output *text, struct output *errors)
{
	int result = replace_file(path, (struct str){ text->buf, text->n });

	if (result < 0)
		fail(errors, path, strerror(errno));
	output_close(text);
	return result == 0;
}

/* Returns false where there was to be one and is none. */
static bool
write_topology(const struct companions *c, const struct issued *issued,
    const struct metered *metered, struct output *errors, struct output *notes)
{
	enum topology_dialect dialect = c->v1 ? TOPOLOGY_RUNNER_V1
					      : TOPOLOGY_RUNNER;
	struct topology hosts = { 0 };
	const char *without;
	struct output text;
	bool is_there = false;

	if (c->topology == NULL)
		return true;
	if (c->sdk)
		dialect = TOPOLOGY_SDK;
	without = powered_hosts(&hosts, issued->assembled);
	if (without != NULL) {
		fail(errors, without,
		    "its memory is not known: no topology was written");
	} else {
		if (metered != NULL)
			powered_fit(&hosts, issued, metered, notes);
		output_in_memory(&text);
		topology_put(&hosts, dialect, &text);
		is_there = write_file(c->topology, &text, errors);
	}
	topology_free(&hosts);
	return is_there;
}

static void
write_experiment(const struct companions *c, struct output *errors)
{
	const char *topology = c->topology != NULL ? c->topology
						   : "topology.json";
	struct output text;

	if (c->experiment == NULL)
		return;
	output_in_memory(&text);
	if (experiment_put(&text, "tracekit", c->workload, topology)) {
		write_file(c->experiment, &text, errors);
		return;
	}
	output_close(&text);
	fail(errors, c->experiment, "JSON cannot name a path that is no UTF-8");
}

void
companions_write(const struct companions *c, const struct issued *issued,
    struct metered *metered, struct output *errors, struct output *notes)
{
	struct output ids;

	if (metered != NULL && metered_end(metered))
		output_text(notes,
		    "the records of energy were cut short: "
		    "their end is missing\n");
	if (issued->assembled->nodes == 0)
		return;
	if (c->ids != NULL) {
		output_in_memory(&ids);
		issued_put_ids(issued, &ids);
		write_file(c->ids, &ids, errors);
	}
	if (write_topology(c, issued, metered, errors, notes))
		write_experiment(c, errors);
}

void
companions_write_bag(const struct companions *c, const struct bag *bag,
    struct output *errors)
{
	struct output ids;

	if (bag_length(bag) == 0)
		return;
	if (c->ids != NULL) {
		output_in_memory(&ids);
		task_put_ids(&ids, NULL);
		for (size_t i = 0; i < bag_length(bag); i++)
			task_put_ids(&ids, bag_task(bag, i));
		write_file(c->ids, &ids, errors);
	}
	write_experiment(c, errors);
}
