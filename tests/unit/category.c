/* SPDX-License-Identifier: MIT */
/* category: the workloads of collect_traces.py, and names of others */
#include "source/category.h"

#include <assert.h>

static const struct {
	const char *workload, *category;
} known[] = {
	{ "hackbench_pipe_small", "hackbench" },
	{ "hackbench_socket_large", "hackbench" },
	{ "sysbench_cpu_4t", "sysbench_cpu" },
	{ "sysbench_threads_16t", "sysbench_threads" },
	{ "sysbench_memory_4t", "sysbench_memory" },
	{ "cpu_bound_8p", "cpu_bound" },
	{ "io_mixed", "io_mixed" },
	{ "schbench", "schbench" },
	{ "hackbenches", "hackbenches" },
	{ "db_4t", "db" },
	{ "db_16", "db" },
	{ "db_large", "db" },
	{ "db_4tt", "db_4tt" },
	{ "db_", "db_" },
	{ "_4t", "_4t" },
	{ "web_mixed", "web_mixed" },
	{ "", "" },
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		assert(str_is(category_of(str_of(known[i].workload)),
		    known[i].category));
	return 0;
}
