/* SPDX-License-Identifier: MIT */
/*
 * nodemeta -- what a node of a run is, as its collection says
 *
 * CTS/nodes.json is a list of one object with node_id, cpu_cores, mem_mb and
 * cpu_freq_mhz; node_meta.json is an object with the same keys, but for node
 * in the place of node_id.  Tracekit's parser makes the former of the latter,
 * with the MHz rounded to hundreds and the memory to GiB.  To have each figure
 * from one place, read one after the other: what is known stays.
 */
#ifndef TK_NODEMETA_H
#define TK_NODEMETA_H

#include "base/str.h"

/* The most that is believed of a machine. */
enum {
	NODEMETA_CORES_MAX = 1 << 20,
	NODEMETA_MHZ_MAX = 1000000,
	NODEMETA_FILE_MAX = 1 << 20, /* bytes of such a file */
};

struct nodemeta {
	char *name;     /* not known: NULL */
	int32_t cores;  /* not known: 0 */
	double mhz;     /* of a core; not known: 0 */
	int64_t mem_mb; /* MiB; not known: 0 */
};

/*
 * Sets what of m is not known and text, the whole file, says.  Returns NULL,
 * or what is wrong with the text: a phrase; m is as it was then.
 */
const char *nodemeta_read(struct nodemeta *m, struct str text);

/* Frees what m holds. */
void nodemeta_close(struct nodemeta *m);

#endif
