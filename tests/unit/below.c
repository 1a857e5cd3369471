/* SPDX-License-Identifier: MIT */
/* below: files and folders of our own; links and odd paths are refused */
#include "base/below.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/tk-below-XXXXXX";
static const struct below_owner same = { (uid_t)-1, (gid_t)-1 };

static void
refused(int fd, int why)
{
	assert(fd < 0 && errno == why);
}

static void
what_is_made_can_be_opened(int folder)
{
	const struct below_owner me = { geteuid(), getegid() };
	char got[8];
	ssize_t n;
	int fd = below_make(folder, "a/b/c", &me);

	assert(fd >= 0);
	n = write(fd, "hello", 5);
	assert(n == 5);
	close(fd);
	fd = below_open(folder, "a/b/c", O_RDONLY);
	assert(fd >= 0);
	n = read(fd, got, sizeof(got));
	assert(n == 5 && memcmp(got, "hello", 5) == 0);
	close(fd);
	fd = below_make(folder, "a/d", NULL);
	assert(fd >= 0);
	close(fd);
	refused(below_make(folder, "a/d", &same), EEXIST);
	refused(below_make(folder, "a/d/e", &same), ENOTDIR);
	refused(below_make(folder, "a/b", &same), EEXIST);
	refused(below_open(folder, "a/x", O_RDONLY), ENOENT);
	refused(below_open(folder, "a/x", O_WRONLY | O_CREAT), ENOENT);
	refused(below_open(folder, "x/y", O_RDONLY), ENOENT);
}

static void
no_link_is_followed(int folder)
{
	int done = symlinkat("a", folder, "to-folder");

	assert(done == 0);
	done = symlinkat("a/d", folder, "to-file");
	assert(done == 0);
	done = symlinkat("nowhere", folder, "to-nothing");
	assert(done == 0);
	refused(below_open(folder, "to-file", O_RDONLY), ELOOP);
	refused(below_open(folder, "to-folder/d", O_RDONLY), ENOTDIR);
	refused(below_make(folder, "to-folder/new", &same), ENOTDIR);
	refused(below_make(folder, "to-nothing", &same), EEXIST);
	refused(below_make(folder, "to-nothing/new", &same), ENOTDIR);
	assert(faccessat(folder, "a/new", F_OK, 0) != 0);
	assert(faccessat(folder, "nowhere", F_OK, 0) != 0);
}

static void
odd_paths(int folder)
{
	static const char *const path[] = { "", "/", "/etc/passwd", "..",
		"../x", "a/../d", "a/./d", "a//d", "a/", "a/b/." };
	char lengthy[300];

	for (size_t i = 0; i < sizeof(path) / sizeof(*path); i++) {
		refused(below_open(folder, path[i], O_RDONLY), EINVAL);
		refused(below_make(folder, path[i], &same), EINVAL);
	}
	memset(lengthy, 'x', sizeof(lengthy) - 1);
	lengthy[sizeof(lengthy) - 1] = '\0';
	refused(below_make(folder, lengthy, &same), ENAMETOOLONG);
	assert(
	    below_is_name("a") && below_is_name("...") && below_is_name(".a"));
	assert(!below_is_name("") && !below_is_name(".") &&
	    !below_is_name("..") && !below_is_name("a/b"));
}

static void
a_folder_is_reached_without_links(int folder)
{
	static const char *const good[] = { "a", "a/", "./a//", "a/../a/b/..",
		".", "/", "//", "/." };
	char text[600];
	int fd;

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct stat want, got;
		int done = fstatat(folder, good[i], &want, 0);

		fd = below_reach(folder, good[i], O_PATH);
		assert(done == 0 && fd >= 0 && fstat(fd, &got) == 0);
		assert(want.st_ino == got.st_ino && want.st_dev == got.st_dev);
		assert(fcntl(fd, F_GETFD) == FD_CLOEXEC);
		close(fd);
	}
	refused(below_reach(folder, "to-folder", O_RDONLY), ELOOP);
	refused(below_reach(folder, "to-folder/", O_PATH), ELOOP);
	refused(below_reach(folder, "to-folder/b", O_PATH), ELOOP);
	refused(below_reach(folder, "a/../to-folder/..", O_PATH), ELOOP);
	refused(below_reach(folder, "to-nothing/x", O_PATH), ELOOP);
	refused(below_reach(folder, "a/d/x", O_PATH), ENOTDIR);
	refused(below_reach(folder, "none/x", O_PATH), ENOENT);
	refused(below_reach(folder, "", O_PATH), ENOENT);
	refused(below_reach(-1, "a", O_PATH), EBADF);
	snprintf(text, sizeof(text), "%s/to-folder", dir);
	refused(below_reach(AT_FDCWD, text, O_PATH), ELOOP);
	snprintf(text, sizeof(text), "a/%0300d/b", 0);
	refused(below_reach(folder, text, O_PATH), ENAMETOOLONG);
}

/* Only root can give things away. */
static void
things_have_an_owner(int folder)
{
	const struct below_owner other = { 4321, 1234 };
	struct stat st;
	int fd;

	if (geteuid() != 0)
		return;
	fd = below_make(folder, "a/of/other", &other);
	assert(fd >= 0 && fstat(fd, &st) == 0);
	assert(st.st_uid == 4321 && st.st_gid == 1234);
	close(fd);
	fstatat(folder, "a/of", &st, 0);
	assert(st.st_uid == 4321 && st.st_gid == 1234);
	fstatat(folder, "a", &st, 0); /* that was there */
	assert(st.st_uid == 0);
}

int
main(void)
{
	char command[64] = "rm -rf ";
	int folder, done;

	assert(mkdtemp(dir) != NULL);
	folder = open(dir, O_RDONLY | O_DIRECTORY);
	assert(folder >= 0);
	what_is_made_can_be_opened(folder);
	no_link_is_followed(folder);
	odd_paths(folder);
	a_folder_is_reached_without_links(folder);
	things_have_an_owner(folder);
	close(folder);
	memcpy(command + strlen(command), dir, sizeof(dir));
	done = system(command);
	assert(done == 0);
	return 0;
}
