/* SPDX-License-Identifier: MIT */
/*
 * task_columns -- the fields of a task's record that are alike
 *
 * For task.c and task_read.c alone: what one writes the other reads.
 */
#ifndef TK_TASK_COLUMNS_H
#define TK_TASK_COLUMNS_H

#include <stddef.h>

struct column {
	const char *key;
	size_t at;         /* in struct task */
	const char *wrong; /* of a number: what is wrong with it */
};

/* clang-format off */
#define COLUMN(key, member) \
	{ key, offsetof(struct task, member), key " is no number from 0 on" }

/* Texts of any bytes. */
#define TASK_NAMES \
	COLUMN("name", name), \
	COLUMN("executable", executable)

/* Texts. */
#define TASK_TEXTS \
	COLUMN("trace_id", trace_id), \
	COLUMN("node", node), \
	COLUMN("outcome", outcome), \
	COLUMN("workflow", workflow), \
	COLUMN("user", user), \
	COLUMN("group", group), \
	COLUMN("queue", queue), \
	COLUMN("partition", partition)

/* Numbers that are not known where they are below 0. */
#define TASK_NUMBERS \
	COLUMN("mem_capacity", mem_kb), \
	COLUMN("pid", pid), \
	COLUMN("start", start_ms), \
	COLUMN("read_bytes", read_bytes), \
	COLUMN("written_bytes", written_bytes), \
	COLUMN("energy_uj", energy_uj), \
	COLUMN("cpu_time", cpu_ns), \
	COLUMN("requested_cpus", requested_cpus), \
	COLUMN("requested_time", requested_ms), \
	COLUMN("requested_mem", requested_kb), \
	COLUMN("think_time", think_ms)
/* clang-format on */

/* Of TASK_ASSUMED_..., by their bits; and of enum fragment_kind. */
#define TASK_ASSUMPTIONS "cpu_count", "cpu_capacity", "mem_capacity", "duration"
#define FRAGMENT_WORDS "sample", "head", "gap", "tail", "whole", "mean"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

#endif
