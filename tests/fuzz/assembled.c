/* SPDX-License-Identifier: MIT */
/*
 * assembled: of any files of a node the fragments of each task add up to its
 * duration, records can be read again, and hosts have power models that are
 * numbers
 *
 * The first byte of a line tells the file it is of: n(odes.json),
 * i(nvocations), e(vents), s(amples), m(eter); r says that samples are raw.
 * Files come in this order, and an n begins another node.
 */
#include "workload/assembled.h"

#include <math.h>

#include "check.h"
#include "workload/issued.h"
#include "workload/powered.h"

static struct json rec;

/* Checks the records that were written. */
static void
check_records(struct str text, bool compat)
{
	static struct task_room room;
	struct task task = { .duration_ms = 0 };
	int64_t left = 0;
	struct fragment fragment;
	struct str line;

	while (str_line(&text, &line)) {
		CHECK(json_parse(&rec, line) == NULL);
		if (str_is(rec.field[0].value, "task") ||
		    str_is(rec.field[0].value, "failed_task")) {
			CHECK(left == 0 || compat);
			CHECK(task_read(&room, &rec, &task) == NULL);
			CHECK(isfinite(task.cpu_mhz) && task.cpu_count > 0);
			left = task.duration_ms;
			continue;
		}
		CHECK(fragment_read(&rec, &fragment) == NULL);
		CHECK(fragment.id == task.id && fragment.duration_ms > 0);
		CHECK(fragment.cpu_mhz > 0 && isfinite(fragment.cpu_mhz));
		left -= fragment.duration_ms;
	}
	CHECK(left == 0 || compat);
}

static void
check_hosts(const struct issued *issued, const struct metered *metered)
{
	struct topology hosts = { 0 };
	struct output out;

	output_in_memory(&out);
	powered_hosts(&hosts, issued->assembled);
	powered_fit(&hosts, issued, metered, &out);
	for (size_t i = 0; i < hosts.n; i++)
		CHECK(hosts.host[i].power.type == NULL ||
		    (isfinite(hosts.host[i].power.idle) &&
			isfinite(hosts.host[i].power.max)));
	topology_put(&hosts, TOPOLOGY_RUNNER, &out);
	topology_free(&hosts);
	output_close(&out);
}

/* Hands one line to whom it is for. */
static void
take(struct assembled *a, struct metered *metered, char file, struct str line,
    bool raw)
{
	struct nodemeta meta = { 0 };

	if (file == 'n') {
		if (a->nodes > 0)
			assembled_node_end(a);
		(void)nodemeta_read(&meta, line);
		if (meta.cores == 0)
			meta.cores = 4;
		if (meta.mhz <= 0)
			meta.mhz = 1000;
		assembled_node(a, "folder", &meta, raw);
		return;
	}
	if (json_parse(&rec, line) != NULL)
		return;
	if (file == 'i')
		(void)assembled_line(a, ASSEMBLED_INVOCATIONS, &rec);
	else if (file == 'e')
		(void)assembled_line(a, ASSEMBLED_EVENTS, &rec);
	else if (file == 's')
		(void)assembled_line(a, ASSEMBLED_SAMPLES, &rec);
	else if (file == 'm')
		(void)metered_read(metered, &rec);
}

static void
check_all(struct str text, const struct assembled_rules *rules)
{
	static const char order[] = "ies";
	struct assembled a;
	struct metered metered;
	struct issued issued;
	struct output out;
	struct str line;
	size_t at = 0;
	bool raw = text.n > 0 && *text.p == 'r';

	assembled_open(&a, rules);
	metered_open(&metered, 0);
	take(&a, &metered, 'n', (struct str){ "", 0 }, raw);
	while (str_line(&text, &line)) {
		const char *place;

		if (line.n == 0)
			continue;
		place = memchr(order, *line.p, 3);
		if (place != NULL && (size_t)(place - order) < at)
			continue;
		at = place != NULL ? (size_t)(place - order) : at;
		at = *line.p == 'n' ? 0 : at;
		take(&a, &metered, *line.p, str_skip(line, 1), raw);
	}
	assembled_node_end(&a);
	issued_open(&issued, &a);
	issued_meter(&issued, &metered);
	output_in_memory(&out);
	issued_put(&issued, &out);
	check_records((struct str){ out.buf, out.n }, rules->fragments.compat);
	issued_put_ids(&issued, &out);
	issued_put_notes(&issued, &out);
	check_hosts(&issued, &metered);
	output_close(&out);
	issued_close(&issued);
	metered_close(&metered);
	assembled_close(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	struct assembled_rules rules = {
		.fragments.floor_mhz = 0.1,
		.ticks = 100,
	};

	check_all(text, &rules);
	rules.refuse.cpu_time = true;
	rules.refuse.kinds = 1u << FRAGMENT_GAP;
	check_all(text, &rules);
	rules.fragments.compat = true;
	check_all(text, &rules);
	return 0;
}
