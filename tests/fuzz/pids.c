/* SPDX-License-Identifier: MIT */
/*
 * pids: of any bytes, what tk-pids takes for the answer of a client, for the
 * control groups of a process or for its status is fit for its table
 */
#include "pids/cgroup.h"
#include "pids/inspected.h"
#include "pids/roster.h"

#include "check.h"

static void
check_container(const struct container *c)
{
	CHECK(roster_takes(str_of(c->name)) && roster_takes(str_of(c->id)));
	CHECK(c->pid > 0);
}

static void
check_answer(struct str answer)
{
	char *network = inspected_network(answer);
	struct containers list = { 0 };

	CHECK(network == NULL || roster_takes(str_of(network)));
	if (inspected_containers(answer, "net", &list) != NULL)
		CHECK(list.n == 0);
	for (size_t i = 0; i < list.n; i++) {
		check_container(&list.container[i]);
		CHECK(i == 0 ||
		    strcmp(list.container[i - 1].name,
			list.container[i].name) <= 0);
	}
	containers_free(&list);
	free(network);
}

static void
check_groups(struct str text)
{
	struct str id = cgroup_container(text);

	if (id.p == NULL)
		return;
	CHECK(id.n == 64 && roster_takes(id));
	CHECK(id.p >= text.p && id.p + id.n <= text.p + text.n);
	CHECK(cgroup_within(text, id));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };

	check_answer(text);
	check_groups(text);
	CHECK(process_status(text, "PPid:") >= -1);
	return 0;
}
