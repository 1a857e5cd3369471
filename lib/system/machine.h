/* SPDX-License-Identifier: MIT */
/*
 * machine -- what a recording should say of the machine that it is of
 *
 * Where the CPUs are is read from sysfs (Documentation/ABI/stable/
 * sysfs-devices-system-cpu and -node of the kernel), their name from
 * /proc/cpuinfo.
 */
#ifndef TK_MACHINE_H
#define TK_MACHINE_H

#include <stddef.h>
#include <stdint.h>

/* A CPU that is online; -1: the kernel does not tell. */
struct machine_cpu {
	int cpu;
	int core, cluster, die, package; /* the kernel's ids, from within */
	int node;                        /* of memory: NUMA */
	int64_t max_khz;
};

/* What is not told is NULL. */
struct machine {
	char *host, *kernel, *architecture; /* as uname(2) has them */
	char *model;                        /* of its first CPU */
	struct machine_cpu *cpu;            /* rising */
	size_t cpus;                        /* 0: not told */

	/* machine's own: */
	size_t cap;
};

/*
 * Finds all that is told; root, "" but in tests, stands before /sys and /proc.
 * To be freed by machine_free.
 */
void machine_read(struct machine *, const char *root);

/* Frees what it holds. */
void machine_free(struct machine *);

#endif
