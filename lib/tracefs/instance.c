/* SPDX-License-Identifier: MIT */
#include "tracefs/instance.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

#define PREFIX "tk-capture."

enum {
	NAME_ROOM = 128,
	TRIES = 50,       /* to remove */
	LOCK_TRIES = 100, /* 2 s of them */
	PAUSE = 20000000, /* ns */
};

/*
 * When a process began, in the ticks that /proc/PID/stat tells (its field 22,
 * proc(5)); 0 where there is no such process.
 */
static unsigned long long
began(int pid)
{
	char path[64], text[1024], *p;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = '\0';
	p = strrchr(text, ')'); /* a comm may hold anything */
	for (int field = 2; p != NULL && field < 22; field++)
		p = strchr(p + 1, ' ');
	return p != NULL ? strtoull(p, NULL, 10) : 0;
}

static void
wait_a_moment(void)
{
	const struct timespec pause = { 0, PAUSE };

	nanosleep(&pause, NULL);
}

/* Locks the folder of all instances, unless somebody else does not let go. */
static void
lock(int all)
{
	for (int i = 0; i < LOCK_TRIES; i++) {
		if (flock(all, LOCK_EX | LOCK_NB) == 0 ||
		    (errno != EWOULDBLOCK && errno != EINTR))
			return;
		wait_a_moment();
	}
}

/* Opens the folder of all instances and locks it; -1 with errno. */
static int
open_all(const char *tracefs)
{
	int top = open(tracefs, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = top >= 0
	    ? openat(top, "instances", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
	    : -1;

	if (top >= 0)
		close(top);
	if (fd >= 0)
		lock(fd);
	return fd;
}

/* Closes it without another word about errno. */
static int
shut(int fd, int result)
{
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return result;
}

static int
fail(struct instance *in, const char *file)
{
	snprintf(in->failed, sizeof(in->failed), "%s", file);
	in->why[0] = '\0';
	return -1;
}

/* Makes the folder in all, and opens what guards it. */
static int
make(struct instance *in, int all, const char *tracefs)
{
	static unsigned made;
	char name[NAME_ROOM];
	size_t room;

	snprintf(name, sizeof(name), PREFIX "%d.%llu.%u", (int)getpid(),
	    began((int)getpid()), made++);
	room = strlen(tracefs) + strlen(name) + sizeof("/instances/");
	in->path = mem_alloc(room);
	snprintf(in->path, room, "%s/instances/%s", tracefs, name);
	if (mkdirat(all, name, 0750) != 0)
		return fail(in, "instances");
	in->dir = openat(all, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (in->dir < 0) {
		fail(in, "instances");
		unlinkat(all, name, AT_REMOVEDIR);
		return -1;
	}
	in->guard = instance_open(in, "free_buffer", O_WRONLY);
	return in->guard < 0 ? -1 : 0;
}

int
instance_make(struct instance *in, const char *tracefs)
{
	int all = open_all(tracefs), error;

	*in = (struct instance){ .dir = -1, .guard = -1 };
	if (all < 0)
		return fail(in, "instances");
	if (shut(all, make(in, all, tracefs)) == 0 &&
	    instance_write(in, "tracing_on", "0") == 0 &&
	    instance_write(in, "options/disable_on_free", "1") == 0)
		return 0;
	error = errno;
	instance_remove(in);
	errno = error;
	return -1;
}

int
instance_open(struct instance *in, const char *file, int flags)
{
	int fd = openat(in->dir, file, flags | O_CLOEXEC);

	return fd >= 0 ? fd : fail(in, file);
}

int
instance_write(struct instance *in, const char *file, const char *text)
{
	int fd = instance_open(in, file, O_WRONLY | O_TRUNC);
	size_t left = strlen(text);
	ssize_t r;

	if (fd < 0)
		return -1;
	do { /* a call may take a part of a long list */
		r = write(fd, text, left);
		if (r == 0 && left > 0) {
			errno = EIO;
			r = -1;
		}
		if (r < 0)
			return shut(fd, fail(in, file));
		text += r;
		left -= (size_t)r;
	} while (left > 0);
	return shut(fd, 0);
}

int
instance_read(struct instance *in, const char *file, char *out, size_t room)
{
	int fd = instance_open(in, file, O_RDONLY);
	ssize_t n;

	if (fd < 0)
		return -1;
	n = read(fd, out, room - 1);
	if (n < 0)
		return shut(fd, fail(in, file));
	out[n] = '\0';
	return shut(fd, 0);
}

static void
event_file(char out[static 256], const char *system, const char *event,
    const char *file)
{
	snprintf(out, 256, "events/%s/%s/%s", system, event, file);
}

int
instance_enable(struct instance *in, const char *system, const char *event)
{
	char file[256];

	event_file(file, system, event, "enable");
	return instance_write(in, file, "1");
}

/* Finds what the kernel says of the last thing that it refused. */
static void
explain(struct instance *in)
{
	static const char mark[] = "error: ";
	char text[4096], *error = NULL;

	if (instance_read(in, "error_log", text, sizeof(text)) != 0)
		return;
	for (char *p = text; (p = strstr(p, mark)) != NULL; p++)
		error = p;
	if (error == NULL)
		return;
	error += strlen(mark);
	error[strcspn(error, "\n")] = '\0';
	snprintf(in->why, sizeof(in->why), "%s", error);
}

/* Writes to the file of an event what the kernel has to understand. */
static int
write_rule(struct instance *in, const char *system, const char *event,
    const char *name, const char *text)
{
	char file[256];
	int error;

	event_file(file, system, event, name);
	if (instance_write(in, file, text) == 0)
		return 0;
	error = errno;
	explain(in);
	snprintf(in->failed, sizeof(in->failed), "%s", file);
	errno = error;
	return -1;
}

int
instance_filter(struct instance *in, const char *system, const char *event,
    const char *filter)
{
	return write_rule(in, system, event, "filter", filter);
}

int
instance_stop_at(struct instance *in, const char *system, const char *event,
    const char *filter)
{
	static const char once[] = "traceoff:1", cond[] = " if ";
	size_t room = sizeof(once) + sizeof(cond) +
	    (filter != NULL ? strlen(filter) : 0);
	char *text = mem_alloc(room);
	int r;

	snprintf(text, room, "%s%s%s", once, filter != NULL ? cond : "",
	    filter != NULL ? filter : "");
	r = write_rule(in, system, event, "trigger", text);
	free(text);
	return r;
}

/* Removes a folder of instances, which a reader may have open for a moment. */
static int
remove_patiently(int all, const char *name)
{
	for (int i = 0; i < TRIES; i++) {
		if (unlinkat(all, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
			return 0;
		if (errno != EBUSY)
			return -1;
		wait_a_moment();
	}
	errno = EBUSY;
	return -1;
}

int
instance_remove(struct instance *in)
{
	char *slash = in->path != NULL ? strrchr(in->path, '/') : NULL;
	int r = 0, all;

	if (in->guard >= 0)
		close(in->guard);
	if (in->dir >= 0 && slash != NULL) {
		all = openat(in->dir, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		close(in->dir);
		lock(all);
		r = remove_patiently(all, slash + 1);
		r = shut(all, r);
	}
	in->guard = in->dir = -1;
	free(in->path);
	in->path = NULL;
	return r;
}

/* Tells whether a name is that of an instance of a process that is dead. */
static bool
is_left(const char *name)
{
	char *end;
	long pid = strtol(name + strlen(PREFIX), &end, 10);

	return pid > 0 && *end == '.' &&
	    began((int)pid) != strtoull(end + 1, NULL, 10);
}

int
instance_clean(const char *tracefs, struct instance_found *found)
{
	int all = open_all(tracefs), r = 0;
	struct dirent *entry;
	DIR *dir;

	*found = (struct instance_found){ 0 };
	dir = all >= 0 ? fdopendir(all) : NULL;
	if (dir == NULL)
		return shut(all, -1);
	while ((entry = readdir(dir)) != NULL) {
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
			continue;
		errno = EBUSY; /* as where somebody has it open */
		if (is_left(entry->d_name) &&
		    unlinkat(all, entry->d_name, AT_REMOVEDIR) == 0)
			found->removed++;
		else if (errno == EBUSY)
			found->live++;
		else
			r = -1;
	}
	closedir(dir);
	return r;
}
