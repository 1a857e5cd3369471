/* SPDX-License-Identifier: MIT */
#include "dataset/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "base/mem.h"

enum { PIECE = 1 << 16 };

struct digest {
	struct sha256_ctx state;
	const char *const *path; /* of the files that follow */
	int fd, err;
	uint64_t at; /* bytes that were added of files */
	uint8_t piece[PIECE];
};

struct digest *
digest_new(void)
{
	struct digest *d = mem_alloc(sizeof(*d));

	sha256_init(&d->state);
	d->path = NULL;
	d->fd = -1;
	d->err = 0;
	d->at = 0;
	return d;
}

struct digest *
digest_copy(const struct digest *d)
{
	struct digest *other = digest_new();

	other->state = d->state;
	return other;
}

static void
close_file(struct digest *d)
{
	if (d->fd >= 0)
		close(d->fd);
	d->fd = -1;
}

void
digest_free(struct digest *d)
{
	if (d != NULL)
		close_file(d);
	free(d);
}

void
digest_add(struct digest *d, const void *p, size_t n)
{
	sha256_update(&d->state, n, p);
}

void
digest_end(struct digest *d, char text[DIGEST_TEXT])
{
	static const char digit[] = "0123456789abcdef";
	uint8_t sum[SHA256_DIGEST_SIZE];

	sha256_digest(&d->state, sizeof(sum), sum);
	for (size_t i = 0; i < sizeof(sum); i++) {
		text[2 * i] = digit[sum[i] >> 4];
		text[2 * i + 1] = digit[sum[i] & 15];
	}
	text[2 * sizeof(sum)] = '\0';
	digest_free(d);
}

struct digest *
digest_open(const char *const *path)
{
	struct digest *d = digest_new();

	d->path = path;
	return d;
}

/* Opens the next file.  False if there is none, or it cannot be read. */
static bool
open_next(struct digest *d)
{
	struct stat st;

	if (*d->path == NULL)
		return false;
	/* A pipe must not even be opened: its writer would take us for one
	 * that reads. */
	if (stat(*d->path, &st) == 0 && !S_ISREG(st.st_mode))
		d->err = EINVAL;
	else if ((d->fd = open(*d->path, O_RDONLY | O_CLOEXEC)) < 0)
		d->err = errno;
	d->path++;
	return d->err == 0;
}

/* Adds the next piece, of at most so many bytes.  False at the end of all. */
static bool
add_piece(struct digest *d, uint64_t most)
{
	ssize_t n;

	if (d->err != 0 || (d->fd < 0 && !open_next(d)))
		return false;
	n = read(d->fd, d->piece, most < PIECE ? (size_t)most : PIECE);
	if (n > 0) {
		digest_add(d, d->piece, (size_t)n);
		d->at += (uint64_t)n;
	} else if (n == 0) {
		close_file(d);
	} else if (errno != EINTR) {
		d->err = errno;
	}
	return true;
}

bool
digest_until(struct digest *d, uint64_t at)
{
	while (d->at < at)
		if (!add_piece(d, at - d->at))
			return false;
	return true;
}

int
digest_close(struct digest *d, char text[DIGEST_TEXT])
{
	int why;

	while (add_piece(d, PIECE))
		continue;
	why = d->err;
	digest_end(d, text);
	errno = why;
	return why != 0 ? -1 : 0;
}

int
digest_files(const char *const *path, char text[DIGEST_TEXT])
{
	return digest_close(digest_open(path), text);
}
