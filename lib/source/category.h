/* SPDX-License-Identifier: MIT */
/*
 * category -- which workloads are of one kind, where nobody tells
 *
 * The benchmarks that collections of scheduler traces are made with are known
 * by name: hackbench_pipe_small is of the category hackbench, and
 * sysbench_cpu_4t of sysbench_cpu, as collect_traces.py of KernelOracle has
 * it.  Any other workload is a category of its own, together with those whose
 * name differs in a size at its end, as in io_small and io_large, db_4t and
 * db_16t.
 */
#ifndef TK_CATEGORY_H
#define TK_CATEGORY_H

#include "base/str.h"

/* Returns the category of a workload: a part of its name. */
struct str category_of(struct str workload);

#endif
