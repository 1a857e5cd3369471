/* SPDX-License-Identifier: MIT */
#include "source/sectionwrite.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

void
sectionwrite_begin(struct sectionwrite *w, int fd, bool big_endian,
    struct pack *pack)
{
	*w = (struct sectionwrite){ .fd = fd,
		.big_endian = big_endian,
		.pack = pack };
	output_in_memory(&w->body);
	output_in_memory(&w->option);
	output_in_memory(&w->title);
}

void
sectionwrite_free(struct sectionwrite *w)
{
	free(w->body.buf);
	free(w->option.buf);
	free(w->title.buf);
}

void
sectionwrite_number(const struct sectionwrite *w, struct output *to, uint64_t x,
    unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++) {
		unsigned from = w->big_endian ? bytes - 1 - i : i;

		output_byte(to, (char)(x >> 8 * from));
	}
}

void
sectionwrite_text(struct output *to, struct str s)
{
	output_str(to, s);
	output_byte(to, '\0');
}

void
sectionwrite_block(const struct sectionwrite *w, struct output *to,
    struct str s, unsigned bytes)
{
	sectionwrite_number(w, to, s.n, bytes);
	output_str(to, s);
}

static int
put_at(const struct sectionwrite *w, struct str s, uint64_t at)
{
	while (s.n > 0) {
		ssize_t r = pwrite(w->fd, s.p, s.n, (off_t)at);

		if (r < 0 && errno == EINTR)
			continue;
		if (r < 0)
			return -1;
		s = str_skip(s, (size_t)r);
		at += (uint64_t)r;
	}
	return 0;
}

int
sectionwrite_put(struct sectionwrite *w, struct str s)
{
	if (put_at(w, s, w->at) < 0)
		return -1;
	w->at += s.n;
	return 0;
}

int
sectionwrite_body(struct sectionwrite *w)
{
	struct str body = { w->body.buf, w->body.n };

	w->body.n = 0;
	return sectionwrite_put(w, body);
}

/* The numbers before what is in body or packed: they are put together here. */
static struct output
numbers(void)
{
	struct output out;

	output_in_memory(&out);
	return out;
}

static int
put_numbers(struct sectionwrite *w, struct output *out, uint64_t at)
{
	int done = put_at(w, (struct str){ out->buf, out->n }, at);

	free(out->buf);
	return done;
}

int
sectionwrite_patch(struct sectionwrite *w, uint64_t x, uint64_t at)
{
	struct output out = numbers();

	sectionwrite_number(w, &out, x, 8);
	return put_numbers(w, &out, at);
}

int
sectionwrite_head(struct sectionwrite *w, unsigned id, const char *title,
    bool packed, uint64_t size)
{
	struct output out = numbers();
	uint64_t at = w->at;

	sectionwrite_number(w, &out, id, 2);
	sectionwrite_number(w, &out, packed ? SECTION_PACKED : 0, 2);
	sectionwrite_number(w, &out, w->title.n, 4);
	sectionwrite_number(w, &out, size, 8);
	sectionwrite_text(&w->title, str_of(title));
	w->at += out.n;
	return put_numbers(w, &out, at);
}

static int
put_packed(struct sectionwrite *w, struct str packed, size_t size)
{
	struct output out = numbers();
	uint64_t at = w->at;

	sectionwrite_number(w, &out, packed.n, 4);
	sectionwrite_number(w, &out, size, 4);
	w->at += out.n;
	return put_numbers(w, &out, at) < 0 ? -1 : sectionwrite_put(w, packed);
}

static struct str
pack(struct sectionwrite *w, struct str s)
{
	struct str packed = pack_block(w->pack, s);

	if (packed.p == NULL)
		errno = ENOMEM;
	return packed;
}

int
sectionwrite_packed(struct sectionwrite *w, struct str s)
{
	struct str packed = pack(w, s);

	return packed.p == NULL ? -1 : put_packed(w, packed, s.n);
}

int
sectionwrite_plain(struct sectionwrite *w, unsigned id, const char *title)
{
	if (sectionwrite_head(w, id, title, false, w->body.n) < 0)
		return -1;
	return sectionwrite_body(w);
}

int
sectionwrite_told(struct sectionwrite *w, unsigned id, const char *title)
{
	struct str body = { w->body.buf, w->body.n }, less;

	sectionwrite_number(w, &w->option, id, 2);
	sectionwrite_number(w, &w->option, 8, 4);
	sectionwrite_number(w, &w->option, w->at, 8);
	if (w->pack == NULL)
		return sectionwrite_plain(w, id, title);
	less = pack(w, body);
	w->body.n = 0;
	if (less.p == NULL ||
	    sectionwrite_head(w, id, title, true, 8 + less.n) < 0)
		return -1;
	return put_packed(w, less, body.n);
}
