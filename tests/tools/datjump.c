/* SPDX-License-Identifier: MIT */
/*
 * datjump -- events of a trace.dat file by their offsets, as libtracecmd
 * finds them
 *
 *	datjump FILE
 *
 * Reads all events of the top buffer, and then each of them again by its
 * offset, in an order that jumps to and fro between CPUs and pages, as a
 * program does that shows parts of a trace (KernelShark).  Fails unless they
 * are the same; prints how many there were.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <trace-cmd.h>

struct event {
	unsigned long long offset, ts;
	int cpu, size;
};

/* STEP is a prime, so that all are reached unless there are as many. */
enum { STEP = 7919, MOST = 1 << 22 };

static struct event *event;
static size_t n;

static void
read_all(struct tracecmd_input *in, int cpu)
{
	struct tep_record *r;

	while (n < MOST && (r = tracecmd_read_data(in, cpu)) != NULL) {
		event[n++] = (struct event){ r->offset, r->ts, cpu, r->size };
		tracecmd_free_record(r);
	}
}

static bool
is_there(struct tracecmd_input *in, const struct event *e)
{
	int cpu = -1;
	struct tep_record *r = tracecmd_read_at(in, e->offset, &cpu);
	bool same = r != NULL && r->ts == e->ts && r->size == e->size &&
	    cpu == e->cpu;

	if (r != NULL)
		tracecmd_free_record(r);
	return same;
}

int
main(int argc, char *argv[])
{
	struct tracecmd_input *in = argc == 2
	    ? tracecmd_open(argv[1], TRACECMD_FL_LOAD_NO_PLUGINS)
	    : NULL;
	size_t wrong = 0;
	int cpus;

	event = calloc(MOST, sizeof(*event));
	if (in == NULL || event == NULL) {
		fputs("usage: datjump FILE\n", stderr);
		return 2;
	}
	cpus = tep_get_cpus(tracecmd_get_tep(in));
	for (int cpu = 0; cpu < cpus; cpu++)
		read_all(in, cpu);
	for (size_t i = 0; i < n; i++)
		wrong += !is_there(in, &event[(i + 1) * STEP % n]);
	printf("%zu\n", n);
	tracecmd_close(in);
	free(event);
	return wrong > 0;
}
