/* SPDX-License-Identifier: MIT */
/* owner: whose the files are, with links where others could have put them */
#include "system/owner.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { USER = 54321, GROUP = 54322 };

static char dir[] = "/tmp/tk-owner-XXXXXX";
static int at;

static const struct owner user = { true, USER, GROUP };
static const struct owner nobody = { false, 0, 0 };

static bool
finds(const char *uid, const char *gid)
{
	struct owner owner;

	unsetenv("SUDO_UID");
	unsetenv("SUDO_GID");
	if (uid != NULL)
		setenv("SUDO_UID", uid, 1);
	if (gid != NULL)
		setenv("SUDO_GID", gid, 1);
	owner_find(&owner);
	return owner.give;
}

static void
sudo_tells_who_it_is(void)
{
	struct owner owner;

	assert(!finds(NULL, NULL) && !finds("5", NULL) && !finds(NULL, "5"));
	assert(!finds("0", "5") && !finds("", "5") && !finds("5x", "5"));
	assert(!finds("-5", "5") && !finds("5", " 5"));
	assert(!finds("4294967295", "5") && !finds("5", "4294967295"));
	assert(!finds("4294967301", "5"));
	assert(finds("54321", "54322") == (geteuid() == 0));
	owner_find(&owner);
	assert(geteuid() != 0 || (owner.uid == USER && owner.gid == GROUP));
}

/* Tells whose a file is, without following a link. */
static bool
is_of(const char *path, uid_t uid, gid_t gid)
{
	struct stat st;

	assert(fstatat(at, path, &st, AT_SYMLINK_NOFOLLOW) == 0);
	return st.st_uid == uid && st.st_gid == gid;
}

/* Creates a file with a word in it; 0, or what errno says. */
static int
create(const struct owner *owner, const char *path, int flags)
{
	int fd = owner_create(owner, at, path, flags | O_WRONLY);

	if (fd < 0)
		return errno;
	assert(fcntl(fd, F_GETFD) == FD_CLOEXEC);
	assert(write(fd, "new", 3) == 3);
	close(fd);
	return 0;
}

static int
make(const struct owner *owner, const char *path)
{
	int fd = owner_make_directory(owner, at, path);

	if (fd < 0)
		return errno;
	assert(fcntl(fd, F_GETFD) == FD_CLOEXEC);
	close(fd);
	return 0;
}

static bool
has(const char *path, const char *want)
{
	char got[64];
	int fd = openat(at, path, O_RDONLY);
	ssize_t n = read(fd, got, sizeof(got));

	close(fd);
	return n == (ssize_t)strlen(want) && memcmp(got, want, (size_t)n) == 0;
}

static void
put(const char *path, const char *text)
{
	int fd = openat(at, path, O_WRONLY | O_CREAT | O_EXCL, 0644);

	assert(fd >= 0);
	assert(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
}

static void
new_files_are_given_away(void)
{
	assert(create(&user, "new", 0) == 0 && is_of("new", USER, GROUP));
	assert(create(&nobody, "ours", 0) == 0 && is_of("ours", 0, 0));
	assert(create(&user, "new", O_EXCL) == EEXIST);
	assert(create(&user, "missing/new", 0) == ENOENT);
}

static void
old_files_are_emptied_and_stay(void)
{
	put("old", "much longer");
	assert(create(&user, "old", 0) == 0 && has("old", "new"));
	assert(is_of("old", 0, 0));
}

static void
links_are_refused(void)
{
	put("secret", "secret");
	assert(symlinkat("secret", at, "link") == 0);
	assert(symlinkat("nothing", at, "dangling") == 0);
	assert(linkat(at, "secret", at, "hard", 0) == 0);
	assert(create(&user, "link", 0) == ELOOP);
	assert(create(&user, "dangling", 0) == ELOOP);
	assert(create(&user, "hard", 0) == EPERM);
	assert(has("secret", "secret") && is_of("secret", 0, 0));
	assert(faccessat(at, "nothing", F_OK, 0) < 0);
	/* Who is nobody else is let do what a shell would. */
	assert(create(&nobody, "link", 0) == 0 && has("secret", "new"));
	assert(create(&nobody, "dangling", 0) == 0 && has("nothing", "new"));
}

static void
only_files_and_directories_of_ours_are_given(void)
{
	int ends[2], fd;
	struct stat st;

	assert(pipe(ends) == 0 && owner_give(&user, ends[1]) == 0);
	assert(fstat(ends[1], &st) == 0 && st.st_uid == 0);
	fd = openat(at, "hard", O_RDONLY);
	assert(owner_give(&user, fd) < 0 && errno == EPERM);
	close(fd);
	fd = openat(at, "new", O_RDONLY);
	assert(fchown(fd, 7, 7) == 0 && owner_give(&user, fd) == 0);
	assert(is_of("new", 7, 7));
	close(fd);
	close(ends[0]);
	close(ends[1]);
	assert(owner_give(&user, -1) < 0 && errno == EBADF);
	assert(owner_give(&nobody, -1) == 0);
	assert(create(&user, "/dev/null", 0) == 0 && is_of("/dev/null", 0, 0));
}

static void
missing_directories_are_made(void)
{
	char path[128];

	assert(mkdirat(at, "top", 0755) == 0);
	assert(make(&user, "top//a/b/") == 0 && is_of("top", 0, 0));
	assert(is_of("top/a", USER, GROUP) && is_of("top/a/b", USER, GROUP));
	assert(make(&user, "top/a") == 0 && make(&user, "top") == 0);
	assert(is_of("top", 0, 0));
	assert(make(&nobody, "top/c") == 0 && is_of("top/c", 0, 0));
	snprintf(path, sizeof(path), "%s/absolute/x", dir);
	assert(make(&user, path) == 0 && is_of("absolute/x", USER, GROUP));
	assert(make(&user, "/") == 0 && make(&user, ".") == 0);
	assert(make(&user, "") == ENOENT);
	assert(make(&user, "old") == ENOTDIR && make(&user, "old/x") != 0);
}

static void
a_link_is_no_directory(void)
{
	assert(mkdirat(at, "elsewhere", 0755) == 0);
	assert(symlinkat("elsewhere", at, "led") == 0);
	assert(symlinkat("not-there", at, "astray") == 0);
	assert(make(&user, "led") == ELOOP && make(&user, "led/") == ELOOP);
	assert(make(&user, "astray") != 0 && is_of("elsewhere", 0, 0));
	assert(faccessat(at, "not-there", F_OK, 0) < 0);
	assert(make(&nobody, "led") == 0);
}

static void
no_part_of_a_path_is_a_link(void)
{
	char path[128];
	int fd;

	assert(mkdirat(at, "away", 0755) == 0);
	assert(mkdirat(at, "away/in", 0755) == 0);
	put("away/in/file", "secret");
	assert(mkdirat(at, "theirs", 0777) == 0);
	assert(symlinkat("../away", at, "theirs/dl") == 0);
	assert(create(&user, "theirs/dl/new", 0) == ELOOP);
	assert(create(&user, "theirs/dl/in/file", 0) == ELOOP);
	assert(create(&user, "theirs/dl/in/new", O_EXCL) == ELOOP);
	assert(create(&user, "theirs/./..//theirs/dl/new", 0) == ELOOP);
	snprintf(path, sizeof(path), "%s/theirs/dl/new", dir);
	assert(create(&user, path, 0) == ELOOP);
	assert(make(&user, "theirs/dl/x") == ELOOP);
	assert(make(&user, "theirs/dl/in/x/y") == ELOOP);
	assert(owner_open_directory(&user, at, "theirs/dl/in") < 0);
	assert(errno == ELOOP);
	assert(has("away/in/file", "secret"));
	assert(is_of("away/in/file", 0, 0) && is_of("away/in", 0, 0));
	assert(faccessat(at, "away/new", F_OK, 0) < 0);
	assert(faccessat(at, "away/x", F_OK, 0) < 0);
	assert(faccessat(at, "away/in/x", F_OK, 0) < 0);
	/* Who is nobody else is let do what a shell would. */
	assert(create(&nobody, "theirs/dl/new", 0) == 0);
	assert(has("away/new", "new") && make(&nobody, "theirs/dl/x") == 0);
	fd = owner_open_directory(&nobody, at, "theirs/dl/in");
	assert(fd >= 0 && faccessat(fd, "file", F_OK, 0) == 0);
	close(fd);
}

static void
paths_without_links_are_as_ever(void)
{
	char path[128];
	int fd;

	assert(mkdirat(at, "plain", 0755) == 0);
	assert(create(&user, "plain//../plain/./new", 0) == 0);
	assert(is_of("plain/new", USER, GROUP) && has("plain/new", "new"));
	snprintf(path, sizeof(path), "/%s//plain/other", dir);
	assert(create(&user, path, O_EXCL) == 0);
	assert(is_of("plain/other", USER, GROUP));
	assert(create(&user, "plain/", 0) == EISDIR);
	assert(create(&user, "plain/new/x", 0) == ENOTDIR);
	assert(create(&user, "none/new", 0) == ENOENT);
	assert(create(&user, "", 0) == ENOENT);
	assert(faccessat(at, "none", F_OK, 0) < 0);
	fd = owner_open_directory(&user, at, "plain");
	assert(fd >= 0 && faccessat(fd, "new", F_OK, 0) == 0);
	assert(fcntl(fd, F_GETFD) == FD_CLOEXEC && close(fd) == 0);
	assert(owner_open_directory(&user, at, "plain/none") < 0);
	assert(errno == ENOENT);
}

int
main(void)
{
	char command[64];

	sudo_tells_who_it_is();
	if (geteuid() != 0) {
		puts("owner: it needs root to give files away: skipped");
		return 0;
	}
	umask(022);
	assert(mkdtemp(dir) != NULL);
	at = open(dir, O_RDONLY | O_DIRECTORY);
	new_files_are_given_away();
	old_files_are_emptied_and_stay();
	links_are_refused();
	only_files_and_directories_of_ours_are_given();
	missing_directories_are_made();
	a_link_is_no_directory();
	no_part_of_a_path_is_a_link();
	paths_without_links_are_as_ever();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command) == 0 ? 0 : 1;
}
