/* SPDX-License-Identifier: MIT */
/* instance: made, written and removed in the kernel's own tracefs */
#include "tracefs/instance.h"

#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "live.h"

static const char *tracefs;
static int empty_writes; /* so many that take nothing are still to come */

/* Lets a file take nothing, as a kernel might. */
__attribute__((no_sanitize("thread", "address"))) ssize_t
write(int fd, const void *bytes, size_t n)
{
	if (empty_writes > 0 && empty_writes-- > 0)
		return 0;
	return syscall(SYS_write, fd, bytes, n);
}

static bool
reads(struct instance *in, const char *file, const char *want)
{
	char text[256];

	assert(instance_read(in, file, text, sizeof(text)) == 0);
	return strncmp(text, want, strlen(want)) == 0;
}

static void
it_traces_nothing_and_is_removed(void)
{
	int before = live_descriptors();
	struct instance a, b;
	struct stat st;

	assert(instance_make(&a, tracefs) == 0);
	assert(instance_make(&b, tracefs) == 0);
	assert(strcmp(a.path, b.path) != 0);
	assert(live_instances(tracefs, getpid()) == 2);
	assert(reads(&a, "tracing_on", "0"));
	assert(reads(&a, "options/disable_on_free", "1"));
	assert(stat(a.path, &st) == 0 && S_ISDIR(st.st_mode));
	assert(instance_remove(&a) == 0 && instance_remove(&b) == 0);
	assert(live_instances(tracefs, getpid()) == 0);
	assert(instance_remove(&a) == 0); /* once more does nothing */
	assert(live_descriptors() == before);
}

static void
what_is_written_can_be_read(void)
{
	struct instance in;
	char small[4];

	assert(instance_make(&in, tracefs) == 0);
	assert(instance_write(&in, "trace_clock", "mono") == 0);
	assert(instance_read(&in, "trace_clock", small, sizeof(small)) == 0);
	assert(strlen(small) == 3);
	assert(instance_write(&in, "set_event_pid", "") == 0);
	assert(instance_enable(&in, "sched", "sched_switch") == 0);
	assert(reads(&in, "events/sched/sched_switch/enable", "1"));
	assert(instance_filter(&in, "sched", "sched_switch",
		   "prev_pid > 0 && next_pid > 0") == 0);
	assert(reads(&in, "events/sched/sched_switch/filter",
	    "prev_pid > 0 && next_pid > 0"));
	assert(instance_remove(&in) == 0);
}

static void
what_the_kernel_refuses_is_told(void)
{
	int before = live_descriptors();
	struct instance in;

	assert(instance_make(&in, tracefs) == 0);
	assert(instance_write(&in, "trace_clock", "sundial") == -1);
	assert(errno == EINVAL && strcmp(in.failed, "trace_clock") == 0);
	assert(in.why[0] == '\0');
	assert(instance_write(&in, "no_such_file", "1") == -1);
	assert(errno == ENOENT && strcmp(in.failed, "no_such_file") == 0);
	assert(
	    instance_filter(&in, "sched", "sched_switch", "nosuch == 1") == -1);
	assert(errno == EINVAL && strcmp(in.why, "Field not found") == 0);
	assert(strcmp(in.failed, "events/sched/sched_switch/filter") == 0);
	/* Of several it is the last that is told. */
	assert(
	    instance_filter(&in, "sched", "sched_switch", "prev_pid >") == -1);
	assert(in.why[0] != '\0' && strcmp(in.why, "Field not found") != 0);
	assert(instance_enable(&in, "sched", "nosuch") == -1);
	assert(errno == ENOENT && in.why[0] == '\0');
	assert(instance_stop_at(&in, "sched", "sched_switch", "x == 1") == -1);
	assert(strcmp(in.failed, "events/sched/sched_switch/trigger") == 0);
	assert(instance_remove(&in) == 0);
	assert(live_descriptors() == before);
}

/* A file that takes nothing is not written to for ever. */
static void
what_takes_nothing_is_an_error(void)
{
	int before = live_descriptors();
	struct instance in;

	assert(instance_make(&in, tracefs) == 0);
	empty_writes = 3;
	assert(instance_write(&in, "trace_clock", "mono") == -1);
	assert(errno == EIO && strcmp(in.failed, "trace_clock") == 0);
	assert(empty_writes == 2);
	empty_writes = 0;
	assert(instance_write(&in, "set_event_pid", "") == 0);
	assert(instance_remove(&in) == 0);
	assert(live_descriptors() == before);
}

/* The lock of one who does not let go keeps nobody for ever. */
static void
a_lock_that_is_held_is_not_waited_for_for_ever(void)
{
	struct instance in;
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/instances", tracefs);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* Another run may have it for a moment. */
	assert(fd >= 0 && flock(fd, LOCK_EX) == 0);
	assert(instance_make(&in, tracefs) == 0);
	assert(live_instances(tracefs, getpid()) == 1);
	assert(instance_remove(&in) == 0);
	assert(live_instances(tracefs, getpid()) == 0);
	close(fd);
}

static void
an_event_stops_it(void)
{
	struct instance in;

	assert(instance_make(&in, tracefs) == 0);
	assert(instance_stop_at(&in, "sched", "sched_switch", NULL) == 0);
	assert(instance_enable(&in, "sched", "sched_switch") == 0);
	assert(instance_write(&in, "tracing_on", "1") == 0);
	for (int i = 0; i < 500 && reads(&in, "tracing_on", "1"); i++)
		usleep(1000);
	assert(reads(&in, "tracing_on", "0"));
	assert(instance_remove(&in) == 0);
	/* What no filter lets pass stops nothing. */
	assert(instance_make(&in, tracefs) == 0);
	assert(instance_stop_at(&in, "sched", "sched_switch",
		   "prev_prio < -1000") == 0);
	assert(instance_write(&in, "tracing_on", "1") == 0);
	usleep(20000);
	assert(reads(&in, "tracing_on", "1"));
	assert(instance_remove(&in) == 0);
}

static void
where_there_is_no_tracefs(void)
{
	int before = live_descriptors();
	struct instance_found found;
	struct instance in;

	assert(instance_make(&in, "/nonexistent") == -1 && errno == ENOENT);
	assert(strcmp(in.failed, "instances") == 0);
	assert(instance_make(&in, "/tmp") == -1 && errno == ENOENT);
	assert(instance_clean("/nonexistent", &found) == -1);
	assert(errno == ENOENT && found.removed == 0);
	assert(live_descriptors() == before);
}

/* With so few descriptors it cannot be made, and nothing is left of it. */
static void
without_descriptors_nothing_is_left(void)
{
	int before = live_descriptors();
	struct rlimit old, few;

	assert(getrlimit(RLIMIT_NOFILE, &old) == 0);
	for (rlim_t n = 0; n < 4; n++) {
		struct instance in;
		int lowest = dup(0);

		close(lowest);
		few = (struct rlimit){ (rlim_t)lowest + n, old.rlim_max };
		assert(setrlimit(RLIMIT_NOFILE, &few) == 0);
		if (instance_make(&in, tracefs) == 0) {
			assert(n == 3);
			assert(instance_remove(&in) == 0);
		} else {
			assert(errno == EMFILE && n < 3);
		}
		assert(setrlimit(RLIMIT_NOFILE, &old) == 0);
		assert(live_instances(tracefs, getpid()) == 0);
	}
	assert(live_descriptors() == before);
}

/* A child makes one, tells how that went, and waits to be killed. */
static pid_t
child_with_one(void)
{
	int ready[2];
	char byte = '-';
	pid_t pid;

	assert(pipe(ready) == 0);
	pid = fork();
	assert(pid >= 0);
	if (pid == 0) {
		struct instance in;

		if (instance_make(&in, tracefs) == 0 &&
		    instance_write(&in, "buffer_size_kb", "1024") == 0 &&
		    instance_write(&in, "tracing_on", "1") == 0)
			byte = '+';
		if (write(ready[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	assert(read(ready[0], &byte, 1) == 1 && byte == '+');
	close(ready[0]);
	close(ready[1]);
	return pid;
}

/* What the only instance of a process says in a file. */
static void
read_of(pid_t pid, const char *file, char *out, size_t room)
{
	char command[512];
	FILE *f;

	snprintf(command, sizeof(command),
	    "cat %s/instances/tk-capture.%d.*/%s", tracefs, (int)pid, file);
	f = popen(command, "r");
	assert(f != NULL && fgets(out, (int)room, f) != NULL);
	pclose(f);
}

static void
what_a_dead_process_left_is_removed_and_no_more(void)
{
	pid_t dead = child_with_one(), live = child_with_one();
	struct instance_found found;
	struct instance own;
	char text[64];

	assert(instance_make(&own, tracefs) == 0);
	read_of(dead, "buffer_size_kb", text, sizeof(text));
	assert(atoi(text) >= 1024);
	assert(kill(dead, SIGKILL) == 0);
	assert(waitpid(dead, NULL, 0) == dead);
	/* The kernel has stopped it and freed its buffer already. */
	read_of(dead, "tracing_on", text, sizeof(text));
	assert(text[0] == '0');
	read_of(dead, "buffer_size_kb", text, sizeof(text));
	assert(atoi(text) < 1024);
	assert(instance_clean(tracefs, &found) == 0);
	/* Others may run beside this test. */
	assert(live_instances(tracefs, dead) == 0 && found.live >= 2);
	assert(live_instances(tracefs, live) == 1);
	assert(live_instances(tracefs, getpid()) == 1);
	read_of(live, "tracing_on", text, sizeof(text));
	assert(text[0] == '1');
	assert(kill(live, SIGKILL) == 0);
	assert(waitpid(live, NULL, 0) == live);
	assert(instance_clean(tracefs, &found) == 0);
	assert(live_instances(tracefs, live) == 0);
	assert(instance_remove(&own) == 0);
}

/* One that somebody has open stays: it may be of a process not seen here. */
static void
one_in_use_is_not_removed(void)
{
	pid_t dead = child_with_one();
	struct instance_found found;
	char command[256], path[256];
	FILE *f;
	int fd;

	assert(kill(dead, SIGKILL) == 0 && waitpid(dead, NULL, 0) == dead);
	snprintf(command, sizeof(command),
	    "echo %s/instances/tk-capture.%d.*/trace_pipe", tracefs, (int)dead);
	f = popen(command, "r");
	assert(f != NULL && fscanf(f, "%255s", path) == 1);
	pclose(f);
	fd = open(path, O_RDONLY | O_NONBLOCK);
	assert(fd >= 0);
	assert(instance_clean(tracefs, &found) == 0);
	assert(live_instances(tracefs, dead) == 1 && found.live >= 1);
	close(fd);
	assert(instance_clean(tracefs, &found) == 0);
	assert(live_instances(tracefs, dead) == 0);
}

int
main(void)
{
	where_there_is_no_tracefs();
	tracefs = live_tracefs();
	it_traces_nothing_and_is_removed();
	what_is_written_can_be_read();
	what_the_kernel_refuses_is_told();
	what_takes_nothing_is_an_error();
	a_lock_that_is_held_is_not_waited_for_for_ever();
	an_event_stops_it();
	without_descriptors_nothing_is_left();
	what_a_dead_process_left_is_removed_and_no_more();
	one_in_use_is_not_removed();
	return 0;
}
