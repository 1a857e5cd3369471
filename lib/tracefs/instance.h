/* SPDX-License-Identifier: MIT */
/*
 * instance -- a ring buffer of our own in the kernel
 *
 * A folder in instances/ of tracefs is a tracer with its own events, clock
 * and buffer (Documentation/trace/ftrace.rst, "Instances").  What others
 * trace is not touched, and nothing outside of the folder is written.
 *
 * Its name says which process made it, and that process keeps its file
 * free_buffer open: when the process is gone, however it went, the kernel
 * closes the file, stops tracing and frees the buffer.  The folder stays
 * until it is removed, by us or by a later run.  The kernel does not let a
 * folder be removed of which a file is open, and folders are made and removed
 * under a lock, so one that is in use elsewhere, in a container that cannot
 * be seen from here, stays.  Who holds the lock for more than two seconds is
 * not waited for any longer: that of a file in use still protects what is
 * there, and one that another removes while it is made fails to be made.
 */
#ifndef TK_INSTANCE_H
#define TK_INSTANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct instance {
	char *path;       /* of its folder */
	char failed[256]; /* which file of it, when something failed */
	char why[256];    /* what the kernel says of that, or "" */

	/* instance's own: */
	int dir;   /* of its folder */
	int guard; /* free_buffer */
};

/*
 * Makes an instance in the tracefs at that path, which traces nothing yet.
 * Returns 0, or -1 with errno: there is nothing to remove then.
 */
int instance_make(struct instance *, const char *tracefs);

/*
 * Writes text to a file of the instance.  Returns 0, or -1 with errno, failed
 * and why set; EIO where the file takes nothing and does not say why.
 */
int instance_write(struct instance *, const char *file, const char *text);

/*
 * Reads the beginning of a file of the instance into out, NUL-terminated.  As
 * instance_write.
 */
int instance_read(struct instance *, const char *file, char *out, size_t room);

/*
 * Sets the filter of an event, or enables it; system and event are names of
 * folders.  As instance_write.
 */
int instance_filter(struct instance *, const char *system, const char *event,
    const char *filter);
int instance_enable(struct instance *, const char *system, const char *event);

/*
 * Lets the event stop the tracing of the instance, the first time that the
 * filter lets it pass (NULL: the first time).  As instance_write.
 */
int instance_stop_at(struct instance *, const char *system, const char *event,
    const char *filter);

/* Opens a file of the instance, O_CLOEXEC; -1 with errno, failed set. */
int instance_open(struct instance *, const char *file, int flags);

/*
 * Removes it, once all its other files are closed; waits up to a second for
 * one who still reads it.  Returns 0, or -1 with errno: it is still there.
 */
int instance_remove(struct instance *);

/* What instance_clean found. */
struct instance_found {
	size_t removed; /* left by runs that are dead */
	size_t live;    /* of runs that are not, or in use by somebody */
};

/*
 * Removes the instances that dead runs left.  Returns 0, or -1 with errno
 * where one that is nobody's could not be removed.
 */
int instance_clean(const char *tracefs, struct instance_found *);

#endif
