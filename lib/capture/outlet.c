/* SPDX-License-Identifier: MIT */
#include "capture/outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static int
open_text(struct outlet *o, struct sink_plan *sink)
{
	/* The standard output itself stays open for whoever looks after it. */
	int fd = o->path != NULL
	    ? owner_create(o->owner, o->at, o->path, O_WRONLY | O_TRUNC)
	    : fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

	if (fd < 0)
		return -1;
	output_on(&o->out, fd, o->path != NULL ? o->path : "standard output");
	sink->out = &o->out;
	return 0;
}

static int
open_tree(struct outlet *o, struct sink_plan *sink)
{
	struct below_owner owner = { (uid_t)-1, (gid_t)-1 };
	char *where = NULL;
	int r;

	if (o->owner->give)
		owner = (struct below_owner){ o->owner->uid, o->owner->gid };
	r = copytree_open(&o->tree, o->path, owner, &where);
	free(where);
	sink->tree = &o->tree;
	return r;
}

/* Returns the part of a path that names the folder, to be freed. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return mem_dup(".", 1);
	return mem_dup(path, slash == path ? 1 : (size_t)(slash - path));
}

static const char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* Makes a file without a name or, where that cannot be, one that waits. */
static int
open_waiting(struct outlet *o)
{
	size_t room = strlen(name_of(o->path)) + 32;
	int fd = open(o->near, O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);

	o->waiting = mem_alloc(room);
	snprintf(o->waiting, room, ".%.200s.%d", name_of(o->path),
	    (int)getpid());
	if (fd < 0)
		return owner_create(o->owner, o->folder, o->waiting,
		    O_RDWR | O_EXCL);
	owner_give(o->owner, fd);
	return fd;
}

static int
open_dat(struct outlet *o, struct sink_plan *sink)
{
	char *folder = folder_of(o->path);

	o->folder = owner_open_directory(o->owner, o->at, folder);
	free(folder);
	if (o->folder < 0)
		return -1;
	snprintf(o->near, sizeof(o->near), "/proc/self/fd/%d", o->folder);
	o->file = open_waiting(o);
	sink->folder = o->near;
	sink->file = o->file;
	return o->file < 0 ? -1 : 0;
}

int
outlet_open(struct outlet *o, struct sink_plan *sink, struct trouble *t)
{
	int r;

	o->form = sink->form;
	o->file = o->folder = -1;
	if (o->form == SINK_RAW)
		r = open_tree(o, sink);
	else if (o->form == SINK_DAT)
		r = open_dat(o, sink);
	else
		r = open_text(o, sink);
	o->open = r == 0;
	if (r == 0)
		return 0;
	trouble_note(t,
	    o->form == SINK_RAW ? "cannot be made" : "cannot be written",
	    o->path != NULL ? o->path : "standard output");
	outlet_close(o, false, false, t);
	return -1;
}

/* Gives a trace.dat its name. */
static int
name_dat(struct outlet *o)
{
	char self[64];

	snprintf(self, sizeof(self), "/proc/self/fd/%d", o->file);
	/* A link takes no name that is taken, so it goes by the other one. */
	if (linkat(AT_FDCWD, self, o->folder, o->waiting, AT_SYMLINK_FOLLOW) !=
		0 &&
	    errno != EEXIST)
		return -1;
	return renameat(o->folder, o->waiting, o->folder, name_of(o->path));
}

static void
close_dat(struct outlet *o, bool whole, struct trouble *t)
{
	if (o->file >= 0) {
		if (whole && name_dat(o) != 0)
			whole = trouble_note(t, "cannot be written", o->path) ==
			    0;
		if (!whole)
			unlinkat(o->folder, o->waiting, 0);
		close(o->file);
	}
	if (o->folder >= 0)
		close(o->folder);
	free(o->waiting);
	o->waiting = NULL;
	o->file = o->folder = -1;
}

static void
remove_empty(struct outlet *o, bool begun)
{
	struct stat st;

	if (o->path == NULL || fstat(o->out.fd, &st) != 0 ||
	    !S_ISREG(st.st_mode))
		return;
	if (!begun || (st.st_size == 0 && o->out.n == 0))
		unlinkat(o->at, o->path, 0);
}

void
outlet_close(struct outlet *o, bool whole, bool begun, struct trouble *t)
{
	if (o->form == SINK_DAT) {
		close_dat(o, whole, t);
	} else if (o->open && o->form == SINK_RAW) {
		copytree_close(&o->tree);
	} else if (o->open) {
		if (!whole)
			remove_empty(o, begun);
		if (output_close(&o->out) != 0)
			trouble_note(t, "cannot be written", o->out.name);
	}
	o->open = false;
}
