/* SPDX-License-Identifier: MIT */
#include "energy/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "system/command.h"
#include "system/owner.h"

enum { CHUNK = 1 << 16, QUOTED_MAX = 200 };

/* Writes why something failed, errno in the end; returns -1. */
static int
fail(struct output *why, const char *what)
{
	int error = errno;

	output_in_line(why, str_of(what));
	output_text(why, ": ");
	output_text(why, strerror(error));
	output_byte(why, '\n');
	return -1;
}

/* Appends all of a file in memory.  Returns 0, or -1 with errno. */
static int
read_all(int fd, struct output *to)
{
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, output_room(to, CHUNK), CHUNK, at)) > 0) {
		output_used(to, (size_t)n);
		at += n;
	}
	return n == 0 ? 0 : -1;
}

/* ---- gnuplot ---- */

static int
start(struct command *c, const struct command_streams *streams,
    struct output *why)
{
	static char name[] = "gnuplot", settings[] = "--default-settings",
		    input[] = "-";
	char *const argv[] = { name, settings, input, NULL };

	if (command_start(c, argv, streams) != 0)
		return fail(why, name);
	if (command_release(c) == 0)
		return 0;
	if (errno == ENOENT)
		output_text(why,
		    "gnuplot is not installed, and makes the SVG: it is in "
		    "the package gnuplot-nox\n");
	else
		fail(why, name);
	command_close(c);
	return -1;
}

static void
wait_for(struct command *c)
{
	struct pollfd ended = { .fd = command_fd(c), .events = POLLIN };

	while (!command_reap(c))
		poll(&ended, 1, -1);
}

/* Says that it failed, with the last line that it printed, which says why. */
static int
quote_errors(int fd, struct output *why)
{
	struct output text;
	struct str rest, next, line = { NULL, 0 };

	output_in_memory(&text);
	output_text(why, "gnuplot failed");
	if (read_all(fd, &text) == 0) {
		rest = (struct str){ text.buf, text.n };
		while (str_line(&rest, &next))
			if (str_trim(next).n > 0)
				line = str_trim(next);
		if (line.n > QUOTED_MAX)
			line.n = QUOTED_MAX;
		if (line.n > 0) {
			output_text(why, ": ");
			output_in_line(why, line);
		}
	}
	output_byte(why, '\n');
	output_close(&text);
	return -1;
}

static bool
is_whole(const struct output *svg)
{
	struct str s = { svg->buf, svg->n };
	const struct str end = str_of("</svg>");

	while (s.n > 0 && (s.p[s.n - 1] == '\n' || str_is_blank(s.p[s.n - 1])))
		s.n--;
	return s.n >= end.n && str_eq(str_skip(s, s.n - end.n), end);
}

/* Runs it with these streams, and takes what it printed. */
static int
run(const struct command_streams *streams, struct output *svg,
    struct output *why)
{
	struct command c;
	int status;

	if (start(&c, streams, why) != 0)
		return -1;
	wait_for(&c);
	status = command_status(&c);
	command_close(&c);
	if (status != 0)
		return quote_errors(streams->errors, why);
	if (read_all(streams->output, svg) != 0)
		return fail(why, "gnuplot");
	if (is_whole(svg))
		return 0;
	return quote_errors(streams->errors, why);
}

/* Makes three files in memory, the first of them with the script. */
static int
run_script(struct str script, struct output *svg, struct output *why)
{
	struct output input;
	struct command_streams s = { -1, -1, -1 };
	int result = -1;

	s.input = memfd_create("script", MFD_CLOEXEC);
	s.output = memfd_create("svg", MFD_CLOEXEC);
	s.errors = memfd_create("errors", MFD_CLOEXEC);
	if (s.input == -1 || s.output == -1 || s.errors == -1) {
		fail(why, "no memory for gnuplot");
		goto out;
	}
	output_on(&input, s.input, "script");
	output_str(&input, script);
	if (output_flush(&input) != 0 || lseek(s.input, 0, SEEK_SET) != 0) {
		errno = input.err != 0 ? input.err : errno;
		fail(why, "no memory for gnuplot");
	} else {
		result = run(&s, svg, why);
	}
	input.n = 0;
	s.input = -1;
	output_close(&input); /* and the descriptor */
out:
	if (s.input != -1)
		close(s.input);
	if (s.output != -1)
		close(s.output);
	if (s.errors != -1)
		close(s.errors);
	return result;
}

/* ---- the file ---- */

/* Writes to a name of its own in the folder, and then renames. */
static int
write_in(int folder, const struct owner *owner, const char *name,
    struct str bytes)
{
	char waiting[300];
	struct output file;
	int fd, error;

	snprintf(waiting, sizeof(waiting), ".%.200s.%d", name, (int)getpid());
	fd = owner_create(owner, folder, waiting, O_WRONLY | O_EXCL);
	if (fd == -1)
		return -1;
	output_on(&file, fd, name);
	output_str(&file, bytes);
	if (output_close(&file) == 0 &&
	    renameat(folder, waiting, folder, name) == 0)
		return 0;
	error = errno;
	unlinkat(folder, waiting, 0);
	errno = error;
	return -1;
}

static int
write_file(const char *path, struct str bytes)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;
	char *folder = mem_dup(".", 1);
	struct owner owner;
	int fd, r, error;

	if (slash != NULL) {
		free(folder);
		folder = mem_dup(path,
		    slash == path ? 1 : (size_t)(slash - path));
	}
	owner_find(&owner);
	fd = owner_open_directory(&owner, AT_FDCWD, folder);
	free(folder);
	if (fd == -1)
		return -1;
	r = write_in(fd, &owner, name, bytes);
	error = errno;
	close(fd);
	errno = error;
	return r;
}

int
gnuplot_write(struct str script, const char *path, struct output *why)
{
	struct output svg;
	int r;

	output_in_memory(&svg);
	r = run_script(script, &svg, why);
	if (r == 0) {
		r = write_file(path, (struct str){ svg.buf, svg.n });
		if (r != 0)
			fail(why, path);
	}
	output_close(&svg);
	return r;
}
