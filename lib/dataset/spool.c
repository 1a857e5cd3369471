/* SPDX-License-Identifier: MIT */
#include "dataset/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

enum { BUFFER = 1 << 16 };

/* What stands behind the text of a row and its NUL. */
struct trailer {
	uint64_t group;
	uint64_t cells;
	int64_t ts;
};

int
spool_open(struct spool *spool, const char *dir)
{
	int fd = output_nameless(dir);

	*spool = (struct spool){ .err = fd < 0 ? errno : 0 };
	if (fd < 0)
		return -1;
	output_on(&spool->out, fd, dir);
	return 0;
}

void
spool_end_row(struct spool *spool, uint64_t group, size_t cells, int64_t ts)
{
	const struct trailer t = { group, cells, ts };

	output_byte(&spool->out, '\0');
	output_put(&spool->out, &t, sizeof(t));
}

void
spool_restart(struct spool *spool)
{
	struct output *out = &spool->out;

	out->n = 0;
	out->bytes = 0;
	if (ftruncate(out->fd, 0) < 0 || lseek(out->fd, 0, SEEK_SET) < 0)
		spool->err = errno;
}

int
spool_rewind(struct spool *spool)
{
	int fd = fcntl(spool->out.fd, F_DUPFD_CLOEXEC, 0);

	if (fd < 0)
		spool->err = errno;
	if (output_close(&spool->out) < 0)
		spool->err = errno;
	if (spool->err == 0 && lseek(fd, 0, SEEK_SET) < 0)
		spool->err = errno;
	if (spool->err == 0)
		spool->back = fdopen(fd, "r");
	if (spool->back == NULL) {
		if (spool->err == 0)
			spool->err = errno;
		if (fd >= 0)
			close(fd);
		return -1;
	}
	setvbuf(spool->back, NULL, _IOFBF, BUFFER);
	/* No other thread reads it: locks would cost a third of the time. */
	__fsetlocking(spool->back, FSETLOCKING_BYCALLER);
	return 0;
}

bool
spool_next(struct spool *spool, struct spool_row *row)
{
	ssize_t n = getdelim(&spool->text, &spool->cap, '\0', spool->back);
	struct trailer t;

	if (n < 0) {
		if (!feof(spool->back))
			spool->err = errno;
		return false;
	}
	if (fread(&t, sizeof(t), 1, spool->back) != 1) {
		spool->err = EIO; /* what was written is not all there */
		return false;
	}
	row->text = (struct str){ spool->text, (size_t)n - 1 };
	row->group = t.group;
	row->cells = t.cells;
	row->ts = t.ts;
	return true;
}

void
spool_close(struct spool *spool)
{
	if (spool->out.buf != NULL)
		output_close(&spool->out);
	if (spool->back != NULL)
		fclose(spool->back);
	free(spool->text);
	*spool = (struct spool){ 0 };
}
