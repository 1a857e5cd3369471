/* SPDX-License-Identifier: MIT */
#include "dataset/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nettle/sha2.h>

#include "base/mem.h"

enum { PIECE = 1 << 16 };

struct digest {
	struct sha256_ctx state;
	uint8_t piece[PIECE];
};

struct digest *
digest_new(void)
{
	struct digest *d = mem_alloc(sizeof(*d));

	sha256_init(&d->state);
	return d;
}

struct digest *
digest_copy(const struct digest *d)
{
	struct digest *other = mem_alloc(sizeof(*other));

	other->state = d->state;
	return other;
}

void
digest_free(struct digest *d)
{
	free(d);
}

int64_t
digest_read(struct digest *d, int fd, uint64_t skip)
{
	int64_t sum = 0;
	ssize_t n;

	do {
		n = pread(fd, d->piece, PIECE, (off_t)skip + sum);
		if (n > 0) {
			sha256_update(&d->state, (size_t)n, d->piece);
			sum += n;
		}
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n < 0 ? -1 : sum;
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

static int
add_file(struct digest *d, const char *path)
{
	/* A pipe must not keep us waiting. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	int64_t done = -1;
	struct stat st;
	int why;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode))
		errno = EINVAL;
	else
		done = digest_read(d, fd, 0);
	why = errno;
	close(fd);
	errno = why;
	return done < 0 ? -1 : 0;
}

int
digest_files(const char *const *path, char text[DIGEST_TEXT])
{
	struct digest *d = digest_new();
	int why;

	for (; *path != NULL; path++)
		if (add_file(d, *path) < 0) {
			why = errno;
			digest_free(d);
			errno = why;
			return -1;
		}
	digest_end(d, text);
	return 0;
}
