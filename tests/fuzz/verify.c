/* SPDX-License-Identifier: MIT */
/*
 * verify: whatever a document says of a data set, what is told are whole
 * lines, and all is well only where the last of them counts every file
 *
 * There are a file of each name, without bytes, and the document.
 */
#include "dataset/verify.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

static const char *const name[] = { "train.csv", "test_seen.csv",
	"test_unseen.csv", "all.csv", "fold1.csv", "fold2.csv",
	"dataset_meta.json" };
enum { NAMES = sizeof(name) / sizeof(*name), DOCUMENT = NAMES - 1 };

static void
write_file(const char *path, const void *p, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	CHECK(fd >= 0 && (n == 0 || write(fd, p, n) == (ssize_t)n));
	close(fd);
}

static void
remove_folder(void)
{
	char dir[4096];

	CHECK(getcwd(dir, sizeof(dir)) != NULL);
	for (size_t i = 0; i < NAMES; i++)
		unlink(name[i]);
	rmdir(dir);
}

/* Makes a folder and goes there; it goes when the fuzzer ends. */
static void
make_folder(void)
{
	char dir[] = "/tmp/tk-fuzz-verify-XXXXXX";

	CHECK(mkdtemp(dir) != NULL && chdir(dir) == 0);
	for (size_t i = 0; i < DOCUMENT; i++)
		write_file(name[i], "", 0);
	atexit(remove_folder);
}

/* Returns the last of the lines. */
static struct str
last_line(const struct output *out)
{
	struct str rest = { out->buf, out->n }, line = { "", 0 };

	while (str_line(&rest, &line))
		continue;
	return line;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool made;
	struct output out;
	unsigned good, all;
	struct str line;
	char text[128];

	if (!made)
		make_folder();
	made = true;
	write_file(name[DOCUMENT], data, size);
	output_in_memory(&out);
	if (verify_set(".", &out)) {
		line = last_line(&out);
		CHECK(line.n < sizeof(text));
		memcpy(text, line.p, line.n);
		text[line.n] = '\0';
		CHECK(sscanf(text, "%u of %u files and ", &good, &all) == 2);
		CHECK(good == all && all >= 4);
	}
	CHECK(out.n > 0 && out.buf[out.n - 1] == '\n');
	output_close(&out);
	return 0;
}
