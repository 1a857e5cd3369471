/* SPDX-License-Identifier: MIT */
#include "source/section.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

/* CHUNK is read at once where single pieces are smaller. */
enum { CHUNK = 1 << 16, KEPT_MAX = 64 << 20, TEXT_MAX = 4096 };

bool
section_fail(struct section_file *f, const char *why)
{
	if (f->why == NULL)
		f->why = why;
	return false;
}

void
section_from(struct section *s, struct section_file *f, uint64_t offset)
{
	*s = (struct section){ .file = f, .at = offset, .end = UINT64_MAX };
}

void
section_of(struct section *s, struct section_file *f, struct str bytes)
{
	*s = (struct section){ .file = f, .p = bytes.p, .n = bytes.n };
}

static bool
has_room(struct section_file *f, uint64_t n)
{
	return n <= KEPT_MAX - f->bytes ||
	    section_fail(f, "it has more than 64 MiB of metadata");
}

/* Keeps memory of n bytes, for which there is room. */
static void
keep(struct section_file *f, char *p, size_t n)
{
	f->kept = mem_grow(f->kept, &f->kept_cap, f->kept_n + 1,
	    sizeof(*f->kept));
	f->kept[f->kept_n++] = p;
	f->bytes += n;
}

static bool
read_at(struct section_file *f, char *p, size_t n, uint64_t at)
{
	while (n > 0) {
		ssize_t r = pread(f->fd, p, n, (off_t)at);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return section_fail(f,
			    r < 0 ? "it cannot be read" : SECTION_CUT);
		p += r;
		n -= (size_t)r;
		at += (uint64_t)r;
	}
	return true;
}

/* Reads more, so that n bytes can be taken, which are more than there are. */
static bool
refill(struct section *s, uint64_t n)
{
	struct section_file *f = s->file;
	uint64_t end = s->end < f->size ? s->end : f->size;
	uint64_t rest = s->at < end ? end - s->at : 0;
	size_t more;
	char *p;

	if (n - s->n > rest)
		return section_fail(f,
		    s->end > f->size ? SECTION_CUT : SECTION_DAMAGED);
	if (n < CHUNK && rest > CHUNK - s->n)
		n = CHUNK;
	else if (n < CHUNK)
		n = s->n + rest;
	if (!has_room(f, n))
		return false;
	more = (size_t)n - s->n;
	p = mem_alloc(n);
	keep(f, p, n);
	if (s->n > 0)
		memcpy(p, s->p, s->n);
	if (!read_at(f, p + s->n, more, s->at))
		return false;
	s->at += more;
	s->p = p;
	s->n = (size_t)n;
	return true;
}

const char *
section_take(struct section *s, uint64_t n)
{
	const char *p;

	if (n == 0)
		return "";
	if (n > s->n && !refill(s, n))
		return NULL;
	p = s->p;
	s->p += n;
	s->n -= n;
	return p;
}

bool
section_skip(struct section *s, uint64_t n)
{
	const struct section_file *f = s->file;
	uint64_t end = s->end < f->size ? s->end : f->size;

	if (n <= s->n) {
		s->p += n;
		s->n -= n;
		return true;
	}
	n -= s->n;
	s->n = 0;
	if (s->at > end || n > end - s->at)
		return section_fail(s->file,
		    s->end > f->size ? SECTION_CUT : SECTION_DAMAGED);
	s->at += n;
	return true;
}

bool
section_number(struct section *s, unsigned bytes, uint64_t *out)
{
	const char *p = section_take(s, bytes);
	uint64_t v = 0;

	if (p == NULL)
		return false;
	for (unsigned i = 0; i < bytes; i++) {
		unsigned at = s->file->big_endian ? i : bytes - 1 - i;

		v = v << 8 | (unsigned char)p[at];
	}
	*out = v;
	return true;
}

bool
section_text(struct section *s, struct str *out)
{
	const char *nul = NULL;

	while (s->n == 0 || (nul = memchr(s->p, '\0', s->n)) == NULL) {
		if (s->n >= TEXT_MAX)
			return section_fail(s->file, SECTION_DAMAGED);
		if (!refill(s, s->n + 1))
			return false;
	}
	*out = (struct str){ s->p, (size_t)(nul - s->p) };
	if (out->n >= TEXT_MAX)
		return section_fail(s->file, SECTION_DAMAGED);
	s->p += out->n + 1;
	s->n -= out->n + 1;
	return true;
}

bool
section_block(struct section *s, unsigned bytes, struct str *out)
{
	const char *p;
	uint64_t n;

	if (!section_number(s, bytes, &n) || (p = section_take(s, n)) == NULL)
		return false;
	*out = (struct str){ p, (size_t)n };
	return true;
}

bool
section_read_head(struct section_file *f, uint64_t offset, unsigned id,
    struct section_head *h)
{
	struct section s;
	uint64_t v[3];

	if (offset > UINT64_MAX - SECTION_HEAD)
		return section_fail(f, SECTION_DAMAGED);
	section_from(&s, f, offset);
	s.end = offset + SECTION_HEAD;
	if (!section_number(&s, 2, &v[0]) || !section_number(&s, 2, &v[1]) ||
	    !section_skip(&s, 4) || !section_number(&s, 8, &v[2]))
		return false;
	*h = (struct section_head){ (unsigned)v[0], (unsigned)v[1], v[2] };
	if (h->id != id || h->size > UINT64_MAX - SECTION_HEAD - offset)
		return section_fail(f, SECTION_DAMAGED);
	return true;
}

/* Puts what was packed in the section in its place. */
static bool
open_packed(struct section *s)
{
	struct section_file *f = s->file;
	struct str from;
	uint64_t packed, n;
	size_t size;
	char *to;

	if (f->packing == PACKING_NONE)
		return section_fail(f, SECTION_PACKING);
	if (!section_number(s, 4, &packed) || !section_number(s, 4, &n))
		return false;
	from.p = section_take(s, packed);
	from.n = (size_t)packed;
	if (from.p == NULL || !has_room(f, n))
		return false;
	to = mem_alloc(n > 0 ? n : 1);
	keep(f, to, n);
	size = (size_t)n;
	section_of(s, f, (struct str){ to, size });
	return unpack_block(f->unpack, f->packing, from, to, &size) == NULL ||
	    section_fail(f, SECTION_DAMAGED);
}

/* Frees what was kept from the first one on, but for the last. */
static void
forget(struct section_file *f, size_t first)
{
	for (size_t i = first; i + 1 < f->kept_n; i++)
		free(f->kept[i]);
	f->kept[first] = f->kept[f->kept_n - 1];
	f->kept_n = first + 1;
}

bool
section_open(struct section *s, struct section_file *f, uint64_t offset,
    unsigned id)
{
	struct section_head h;
	size_t kept = f->kept_n, bytes = f->bytes;

	if (!section_read_head(f, offset, id, &h))
		return false;
	section_from(s, f, offset + SECTION_HEAD);
	s->end = s->at + h.size;
	if ((h.flags & SECTION_PACKED) == 0)
		return true;
	if (!open_packed(s))
		return false;
	forget(f, kept);
	f->bytes = bytes + s->n;
	return true;
}
