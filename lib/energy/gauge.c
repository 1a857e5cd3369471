/* SPDX-License-Identifier: MIT */
#include "energy/gauge.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/duration.h"
#include "energy/reading.h"

enum { TEXT_MAX = 128, DOUBT_NS = 100 * 1000 * 1000 };

void
gauge_open(struct gauge *g, const char *path, bool dates)
{
	*g = (struct gauge){ .path = path, .dates = dates, .fd = -1 };
}

void
gauge_close(struct gauge *g)
{
	if (g->fd >= 0)
		close(g->fd);
	g->fd = -1;
}

/* Opens the file; a FIFO, too, without waiting for who writes to it. */
static bool
reopen(struct gauge *g)
{
	const int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	struct stat st;
	struct statfs fs;

	/* Only an owner may read without a trace; it is quicker, too. */
	g->fd = open(g->path, flags | O_NOATIME);
	if (g->fd < 0 && errno == EPERM)
		g->fd = open(g->path, flags);
	if (g->fd < 0)
		return false;
	g->written = 0;
	/* sysfs makes up the times of its files. */
	g->dated = g->dates && fstat(g->fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    fstatfs(g->fd, &fs) == 0 && fs.f_type != SYSFS_MAGIC;
	return true;
}

/* Notes when the file was written; false if its path is not its name now. */
static bool
look_at(struct gauge *g, int64_t now)
{
	struct stat open, named;

	g->checked = now;
	if (fstat(g->fd, &open) != 0)
		return true;
	if (g->dated)
		g->written = (int64_t)open.st_mtim.tv_sec * NS_PER_S +
		    open.st_mtim.tv_nsec;
	if (stat(g->path, &named) != 0)
		return errno != ENOENT && errno != ENOTDIR;
	return named.st_dev == open.st_dev && named.st_ino == open.st_ino;
}

/*
 * Reads once, from the file as it is open or is opened now.  Returns how many
 * bytes, or -1 with errno.
 */
static ssize_t
read_text(struct gauge *g, char *text)
{
	ssize_t n;

	if (g->fd < 0 && !reopen(g))
		return -1;
	n = pread(g->fd, text, TEXT_MAX, 0);
	if (n < 0) {
		int error = errno;

		gauge_close(g);
		errno = error;
	}
	return n;
}

/* Reads the value; false, with kind and error set, if there is none. */
static bool
read_value(struct gauge *g, struct counter_reading *r)
{
	char text[TEXT_MAX];
	ssize_t n = read_text(g, text);

	r->kind = COUNTER_NONE;
	if (n < 0) {
		g->error = errno;
	} else if (n == 0) {
		r->kind = COUNTER_EMPTY;
		g->error = ENODATA;
	} else if (n == TEXT_MAX ||
	    !reading_parse((struct str){ text, (size_t)n }, &r->uj)) {
		/* What fills the place may go on behind it. */
		g->error = EINVAL;
	} else {
		r->kind = COUNTER_VALUE;
		g->error = 0;
	}
	return r->kind == COUNTER_VALUE;
}

void
gauge_read(struct gauge *g, struct counter_reading *r)
{
	bool fresh = read_value(g, r) && r->uj != g->uj;
	bool doubt = !fresh && r->ts - g->checked >= DOUBT_NS;

	/* One without its name is not written any more: its successor is. */
	if (g->fd >= 0 && (doubt || (fresh && g->dated)) &&
	    !look_at(g, r->ts)) {
		gauge_close(g);
		read_value(g, r);
		if (g->fd >= 0)
			look_at(g, r->ts);
	}
	if (r->kind == COUNTER_VALUE)
		g->uj = r->uj;
	r->written = g->written;
}
