/* SPDX-License-Identifier: MIT */
/*
 * load -- processes that keep the processors, or a disk too, at work
 *
 * Each process does one unit of work after the other, until the time is over
 * or it has done as many as it should:
 *
 * LOAD_CPU	LOAD_ROUNDS rounds of integer arithmetic, each of which needs
 *		the one before; some tenths of a millisecond
 * LOAD_IO	in a file of its own: writes LOAD_BLOCKS blocks of 4 KiB at
 *		scattered places, waits until they are on the disk (fsync(2)),
 *		reads them again and compares, and does a unit of LOAD_CPU
 *
 * The files have no names and are gone with the processes, which are killed
 * when the process that began them ends, however it does.
 */
#ifndef TK_LOAD_H
#define TK_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LOAD_ROUNDS = 100000,
	LOAD_BLOCKS = 8,
	LOAD_BLOCK = 4096,           /* bytes */
	LOAD_FILE = 64 * LOAD_BLOCK, /* what the file of a process may have */
	LOAD_PROCESSES_MAX = 4096,
};

enum load_kind { LOAD_CPU, LOAD_IO };

struct load_plan {
	enum load_kind kind;
	size_t processes;
	int64_t duration; /* in ns; 0: as long as units says */
	uint64_t units;   /* of each process; 0: as long as duration says */
	const char *dir;  /* where LOAD_IO has its files */
};

/* What a process did. */
struct load_result {
	uint64_t units;
	int error; /* errno, where a file could not be used, or 0 */
	bool done; /* it came to its end */
};

/*
 * Does what the plan says and waits for the end of it; gives a result for
 * each process, of which there are LOAD_PROCESSES_MAX at most.  Returns 0,
 * or -1 with errno if not all processes could be begun; those that were have
 * been ended then.
 */
int load_run(const struct load_plan *, struct load_result *results);

#endif
