/* SPDX-License-Identifier: MIT */
#include "energy/survey.h"

#include <errno.h>
#include <linux/magic.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "energy/alias.h"

/* Writes the name of a user, or the number if there is none. */
static void
put_user(struct output *out, uid_t uid)
{
	const struct passwd *user = getpwuid(uid);

	if (user != NULL)
		alias_put(out, str_of(user->pw_name));
	else
		output_u64(out, uid);
}

/* Writes a path for a shell, or a word for one that would need quoting. */
static void
put_operand(struct output *out, const char *path, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789%+,-./:=@_";

	if (path[0] == '-' || path[strspn(path, plain)] != '\0')
		path = word;
	output_text(out, path);
}

/* Returns the path of this program, to be freed; NULL if it is not told. */
static char *
this_program(void)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof(path));

	return n > 0 && (size_t)n < sizeof(path) ? mem_dup(path, (size_t)n)
						 : NULL;
}

/* sysfs has no access control lists, and makes its files anew at each boot. */
static bool
is_sysfs(const char *path)
{
	struct statfs fs;

	return statfs(path, &fs) == 0 && fs.f_type == SYSFS_MAGIC;
}

/* Says whose the file is, and why it is closed. */
static void
put_reason(struct output *out, const char *path, const struct stat *st)
{
	const char *slash = strrchr(path, '/');
	bool is_kernels = slash != NULL && strcmp(slash, "/energy_uj") == 0 &&
	    !alias_is_virtual(path);

	output_printf(out, "mode %04o, owner ",
	    (unsigned)st->st_mode & (unsigned)~S_IFMT);
	put_user(out, st->st_uid);
	if (is_kernels)
		output_text(out,
		    "; since Linux 5.10 only root may read it, as power "
		    "tells secrets of others (PLATYPUS, CVE-2020-8694)");
	output_byte(out, '\n');
}

static void
put_remedies(struct output *out, const char *path, bool folder)
{
	bool sysfs = is_sysfs(path);
	const char *word = folder ? "FOLDER" : "FILE";
	char *program = this_program();

	output_text(out, "  let a group read it, as root: chgrp GROUP ");
	put_operand(out, path, word);
	output_text(out, folder ? " && chmod g+rx " : " && chmod g+r ");
	put_operand(out, path, word);
	if (sysfs)
		output_text(out,
		    " (until the next boot; for good by a udev rule for "
		    "SUBSYSTEM==\"powercap\")");
	output_text(out,
	    sysfs ? "\n  or by an ACL, where there are any (sysfs has none): "
		  : "\n  or one user, by an ACL: ");
	output_text(out, "setfacl -m u:");
	put_user(out, geteuid());
	output_text(out, folder ? ":rx " : ":r ");
	put_operand(out, path, word);
	output_text(out,
	    "\n  or this program, all files: setcap cap_dac_read_search=ep ");
	put_operand(out, program != NULL ? program : " ", "PROGRAM");
	output_byte(out, '\n');
	free(program);
}

/* Says what a file is that is no counter, though it can be read. */
static const char *
what_it_is(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return "a folder without an energy_uj, and none is below it";
	if (stat(path, &st) == 0 && S_ISFIFO(st.st_mode))
		return "a FIFO, in which there is nothing";
	return "an empty file";
}

void
survey_advice(const char *path, int error, struct output *out)
{
	struct stat st;

	alias_put(out, str_of(path));
	output_text(out, ": ");
	if (error == EINVAL) {
		output_text(out, "no number of microjoules\n");
	} else if (error == ENODATA) {
		output_text(out, what_it_is(path));
		output_byte(out, '\n');
	} else if (error != EACCES && error != EPERM) {
		output_text(out, strerror(error));
		output_byte(out, '\n');
	} else if (stat(path, &st) < 0) {
		output_text(out, strerror(error));
		output_text(out, ": a folder above it is closed\n");
	} else {
		output_text(out, strerror(error));
		output_text(out, ": ");
		put_reason(out, path, &st);
		put_remedies(out, path, S_ISDIR(st.st_mode));
	}
}
