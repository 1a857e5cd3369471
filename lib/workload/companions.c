/* SPDX-License-Identifier: MIT */
#include "workload/companions.h"

#include <errno.h>

#include "workload/powered.h"
#include "workload/topology.h"

static void
fail(struct output *errors, const char *path, const char *why)
{
	output_in_line(errors, str_of(path));
	output_printf(errors, ": %s\n", why);
}

/* Creates a file; false where that cannot be done. */
static bool
create(struct output *out, const char *path, struct output *errors)
{
	if (output_open(out, path) == 0)
		return true;
	fail(errors, path, strerror(errno));
	return false;
}

static void
complete(struct output *out, const char *path, struct output *errors)
{
	if (output_close(out) < 0)
		fail(errors, path, strerror(errno));
}

static void
write_topology(const struct companions *c, const struct issued *issued,
    struct metered *metered, struct output *errors, struct output *notes)
{
	enum topology_dialect dialect = c->v1 ? TOPOLOGY_RUNNER_V1
					      : TOPOLOGY_RUNNER;
	struct topology hosts = { 0 };
	const char *without = powered_hosts(&hosts, issued->assembled);
	struct output out;

	if (c->sdk)
		dialect = TOPOLOGY_SDK;
	if (without != NULL) {
		fail(errors, without,
		    "its memory is not known: no topology was written");
	} else if (create(&out, c->topology, errors)) {
		if (metered != NULL)
			powered_fit(&hosts, issued, metered, notes);
		topology_put(&hosts, dialect, &out);
		complete(&out, c->topology, errors);
	}
	topology_free(&hosts);
}

void
companions_write(const struct companions *c, const struct issued *issued,
    struct metered *metered, struct output *errors, struct output *notes)
{
	struct output out;

	if (c->ids != NULL && create(&out, c->ids, errors)) {
		issued_put_ids(issued, &out);
		complete(&out, c->ids, errors);
	}
	if (metered != NULL && metered_end(metered))
		output_text(notes,
		    "the records of energy were cut short: "
		    "their end is missing\n");
	if (c->topology != NULL)
		write_topology(c, issued, metered, errors, notes);
	if (c->experiment != NULL && create(&out, c->experiment, errors)) {
		if (!experiment_put(&out, "tracekit", c->workload,
			c->topology != NULL ? c->topology : "topology.json"))
			fail(errors, c->experiment,
			    "JSON cannot name a path that is no UTF-8");
		complete(&out, c->experiment, errors);
	}
}
