/* SPDX-License-Identifier: MIT */
/*
 * datcat -- the events of a trace.dat file, as libtracecmd reads them
 *
 *	datcat FILE
 *
 * Prints a line for each event: the buffer's name ("-" for the top one), the
 * CPU, the time, the size, and the bytes in hexadecimal; buffer by buffer and
 * CPU by CPU.  A line "BUFFER CPU lost N" stands before an event before which
 * N were lost (-1: not told).  It shares nothing with what it is a truth for.
 */
#include <stdio.h>
#include <stdlib.h>

#include <trace-cmd.h>

static void
print_event(const char *name, int cpu, const struct tep_record *e)
{
	const unsigned char *p = e->data;

	if (e->missed_events != 0)
		printf("%s %d lost %lld\n", name, cpu,
		    (long long)e->missed_events);
	printf("%s %d %llu %d ", name, cpu, e->ts, e->size);
	for (int i = 0; i < e->size; i++)
		printf("%02x", p[i]);
	putchar('\n');
}

static void
print_buffer(struct tracecmd_input *in, const char *name)
{
	int cpus = tep_get_cpus(tracecmd_get_tep(in));

	for (int cpu = 0; cpu < cpus; cpu++) {
		struct tep_record *e;

		while ((e = tracecmd_read_data(in, cpu)) != NULL) {
			print_event(name, cpu, e);
			tracecmd_free_record(e);
		}
	}
}

int
main(int argc, char *argv[])
{
	struct tracecmd_input *in;
	int n;

	if (argc != 2) {
		fputs("usage: datcat FILE\n", stderr);
		return 2;
	}
	in = tracecmd_open(argv[1], TRACECMD_FL_LOAD_NO_PLUGINS);
	if (in == NULL) {
		fprintf(stderr, "datcat: %s: cannot be read\n", argv[1]);
		return 1;
	}
	print_buffer(in, "-");
	n = tracecmd_buffer_instances(in);
	for (int i = 0; i < n; i++) {
		const char *name = tracecmd_buffer_instance_name(in, i);
		struct tracecmd_input *one;

		one = tracecmd_buffer_instance_handle(in, i);
		if (one == NULL)
			continue;
		print_buffer(one, name);
		tracecmd_close(one);
	}
	tracecmd_close(in);
	return fflush(stdout) == 0 ? 0 : 1;
}
