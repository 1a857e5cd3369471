/* SPDX-License-Identifier: MIT */
/* load: as many processes and units as planned, and nothing left of them */
#undef NDEBUG
#include "capture/load.h"

#include <assert.h>
#include <errno.h>
#include <sys/wait.h>

enum { MANY = 5 };

static void
test_units(enum load_kind kind)
{
	const struct load_plan plan = { .kind = kind,
		.processes = MANY,
		.units = 3,
		.dir = "/tmp" };
	struct load_result results[MANY];
	int done = load_run(&plan, results);

	assert(done == 0);
	for (int i = 0; i < MANY; i++) {
		assert(results[i].done && results[i].error == 0);
		assert(results[i].units == 3);
	}
	done = waitpid(-1, NULL, WNOHANG);
	assert(done == -1 && errno == ECHILD);
}

/* However short, the time ends it, also before the units do. */
static void
test_time(enum load_kind kind)
{
	struct load_plan plan = { .kind = kind,
		.processes = 2,
		.duration = 1,
		.units = 1 + (uint64_t)UINT32_MAX,
		.dir = "/tmp" };
	struct load_result results[2];
	int done = load_run(&plan, results);

	assert(done == 0 && results[0].done && results[1].done);
	assert(results[0].units == 0 && results[1].units == 0);
	plan.duration = 20000000;
	done = load_run(&plan, results);
	assert(done == 0 && results[0].done && results[1].done);
	assert(results[0].units < plan.units);
}

static void
test_refused(void)
{
	const struct load_plan plan = { .kind = LOAD_IO,
		.processes = 2,
		.units = 1,
		.dir = "/nonexistent" };
	struct load_result results[2];
	int done = load_run(&plan, results);

	assert(done == 0 && results[0].done && results[1].done);
	assert(results[0].error == ENOENT && results[1].error == ENOENT);
	assert(results[0].units == 0);
}

int
main(void)
{
	test_units(LOAD_CPU);
	test_units(LOAD_IO);
	test_time(LOAD_CPU);
	test_time(LOAD_IO);
	test_refused();
	return 0;
}
