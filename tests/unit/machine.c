/* SPDX-License-Identifier: MIT */
/* machine: a made-up one of two packages, and this one */
#include "system/machine.h"

#include <assert.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/tk-machine-XXXXXX";

static void
put(const char *path, const char *text)
{
	char full[256];
	FILE *f;

	snprintf(full, sizeof(full), "%s/%s", dir, path);
	for (char *at = full + sizeof(dir); (at = strchr(at, '/')); at++) {
		*at = '\0';
		mkdir(full, 0777);
		*at = '/';
	}
	f = fopen(full, "w");
	assert(f != NULL);
	fputs(text, f);
	fclose(f);
}

static void
put_cpu(int cpu, const char *what, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), "sys/devices/system/cpu/cpu%d/%s", cpu,
	    what);
	put(path, text);
}

static bool
is(const struct machine_cpu *c, const struct machine_cpu *want)
{
	return memcmp(c, want, sizeof(*c)) == 0;
}

/* CPU 2 is offline; CPU 4 tells nothing of itself. */
static void
a_made_up_machine_is_told(void)
{
	const struct machine_cpu want[] = {
		{ 0, 0, 8, 1, 0, 0, 3900000 },
		{ 1, 0, -1, -1, 0, 0, -1 },
		{ 3, 7, -1, -1, 2, 1, -1 },
		{ 4, -1, -1, -1, -1, -1, -1 },
	};
	struct machine m;

	put("sys/devices/system/cpu/online", "0-1,3-4\n");
	put_cpu(0, "topology/core_id", "0\n");
	put_cpu(0, "topology/cluster_id", "8\n");
	put_cpu(0, "topology/die_id", "1\n");
	put_cpu(0, "topology/physical_package_id", "0\n");
	put_cpu(0, "cpufreq/cpuinfo_max_freq", "3900000\n");
	put_cpu(1, "topology/core_id", "0\n");
	put_cpu(1, "topology/cluster_id", "65535\n");
	put_cpu(1, "topology/die_id", "-1\n");
	put_cpu(1, "topology/physical_package_id", "0\n");
	put_cpu(2, "topology/core_id", "5\n");
	put_cpu(3, "topology/core_id", "7\n");
	put_cpu(3, "topology/physical_package_id", "2\n");
	put("sys/devices/system/node/node0/cpulist", "0-2\n");
	put("sys/devices/system/node/node1/cpulist", "3\n");
	put("sys/devices/system/node/online", "0-1\n");
	put("proc/cpuinfo",
	    "processor\t: 0\ncpu MHz\t\t: 2600\nmodel\t\t: 1\n"
	    "model name\t: Some: CPU (R) \nmodel name\t: Other\n");
	machine_read(&m, dir);
	assert(m.cpus == 4 && strcmp(m.model, "Some: CPU (R)") == 0);
	for (size_t i = 0; i < m.cpus; i++)
		assert(is(&m.cpu[i], &want[i]));
	machine_free(&m);
}

static void
what_is_not_told_is_absent(void)
{
	struct machine m;

	machine_read(&m, "/nonexistent");
	assert(m.cpus == 0 && m.cpu == NULL && m.model == NULL);
	assert(m.host != NULL && m.kernel != NULL);
	machine_free(&m);
}

static void
lists_out_of_order_do_no_harm(void)
{
	static const char *const lists[] = { "0-99999999999\n", "3-1\n", "x\n",
		"\n", "", "-\n", "18446744073709551615\n" };
	struct machine m;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		put("sys/devices/system/cpu/online", lists[i]);
		machine_read(&m, dir);
		assert(m.cpus == 0);
		machine_free(&m);
	}
	put("sys/devices/system/cpu/online", "0,0-1,1,0\n");
	put("sys/devices/system/node/nodeX/cpulist", "0-1\n");
	put("proc/cpuinfo", "cpu\t\t: POWER9, altivec\n");
	machine_read(&m, dir);
	assert(m.cpus == 2 && m.cpu[1].cpu == 1 && m.cpu[1].node == 0);
	assert(strcmp(m.model, "POWER9, altivec") == 0);
	machine_free(&m);
}

static void
this_machine_is_told(void)
{
	char host[256], release[256] = "";
	FILE *f = fopen("/proc/sys/kernel/osrelease", "r");
	struct machine m;

	assert(gethostname(host, sizeof(host)) == 0);
	machine_read(&m, "");
	assert(strcmp(m.host, host) == 0);
	if (f != NULL) {
		assert(fscanf(f, "%255s", release) == 1);
		assert(strcmp(m.kernel, release) == 0);
		fclose(f);
	}
	if (access("/sys/devices/system/cpu/online", R_OK) == 0)
		assert(m.cpus == (size_t)sysconf(_SC_NPROCESSORS_ONLN));
	machine_free(&m);
	machine_free(&m);
}

int
main(void)
{
	char command[64];

	assert(mkdtemp(dir) != NULL);
	a_made_up_machine_is_told();
	what_is_not_told_is_absent();
	lists_out_of_order_do_no_harm();
	this_machine_is_told();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command) == 0 ? 0 : 1;
}
