/* SPDX-License-Identifier: MIT */
/*
 * pages: the same pages from a file, an input, and chunks that zlib and zstd
 * packed, through windows of any size; and what is cut, damaged or hostile
 */
#include "source/pages.h"

#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "input_of.h"
#include "page.h"

enum { PAGE = 4096, MANY = 23, CHUNK = 4 };

static const char ends_early[] = "the file ends early";
static const char damaged[] = "compressed data is damaged";
static const char too_large[] = "a chunk that is too large to hold is left out";

/* What unpacks all of them. */
static struct unpack *unpack;

/* A file in the making. */
struct file {
	uint8_t *p;
	size_t n, cap;
	bool big_endian;
};

static void
put(struct file *f, const void *p, size_t n)
{
	f->p = mem_grow(f->p, &f->cap, f->n + n + 1, 1);
	memcpy(f->p + f->n, p, n);
	f->n += n;
}

static void
put_number(struct file *f, uint32_t x)
{
	uint32_t y = f->big_endian ? htobe32(x) : htole32(x);

	put(f, &y, sizeof(y));
}

static void
put_chunk(struct file *f, enum packing packing, const void *p, size_t n)
{
	size_t most = ZSTD_compressBound(n) + compressBound(n), r;
	uLongf size = (uLongf)most;
	uint8_t *packed = mem_alloc(most);

	if (packing == PACKING_ZLIB) {
		assert(compress2(packed, &size, p, (uLong)n, 6) == Z_OK);
	} else {
		r = ZSTD_compress(packed, most, p, n, 3);
		assert(!ZSTD_isError(r));
		size = (uLongf)r;
	}
	put_number(f, (uint32_t)size);
	put_number(f, (uint32_t)n);
	put(f, packed, size);
	free(packed);
}

/* Packs n bytes, CHUNK pages each time, as trace-cmd(1) does ten. */
static struct file
pack(enum packing packing, bool big_endian, const uint8_t *p, size_t n)
{
	struct file f = { .big_endian = big_endian };
	const size_t most = (size_t)CHUNK * PAGE;

	put_number(&f, (uint32_t)((n + most - 1) / most));
	for (size_t at = 0; at < n; at += most)
		put_chunk(&f, packing, p + at, n - at < most ? n - at : most);
	return f;
}

static struct pages_part
part_of(const struct file *f, enum packing packing, uint64_t offset)
{
	int fd = memfd_create("pages", MFD_CLOEXEC);

	assert(fd >= 0);
	assert(pwrite(fd, f->p, f->n, (off_t)offset) == (ssize_t)f->n);
	return (struct pages_part){ fd, offset, f->n, packing, f->big_endian,
		unpack, 0 };
}

/* Asserts that the n bytes at p come, and then the end, as why says. */
static void
gives(struct pages *pages, const uint8_t *p, size_t n, const char *why)
{
	const uint8_t *page;
	size_t at = 0, size;

	for (; (page = pages_next(pages, &size)) != NULL; at += size) {
		assert(at + size <= n && memcmp(page, p + at, size) == 0);
		assert(size == PAGE || at + size == n);
	}
	assert(at == n && pages_next(pages, &size) == NULL);
	assert((pages_why(pages) == NULL) == (why == NULL));
	assert(why == NULL || strcmp(pages_why(pages), why) == 0);
	pages_free(pages);
}

/* The same of a file's first n bytes at some place in a larger one. */
static void
gives_part(struct file f, enum packing packing, const uint8_t *p, size_t n,
    const char *why)
{
	struct pages_part part = part_of(&f, packing, 12345);

	gives(pages_of_part(&part, PAGE, 10 * PAGE), p, n, why);
	close(part.fd);
}

/* Pages that pack somewhat. */
static uint8_t *
some_pages(void)
{
	uint8_t *p = malloc((size_t)MANY * PAGE);
	uint64_t x = 1;

	assert(p != NULL);
	for (size_t i = 0; i < (size_t)MANY * PAGE; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		p[i] = (uint8_t)(i % 5 == 0 ? x >> 56 : 7 * (i % 64));
	}
	return p;
}

static void
windows_of_any_size(const uint8_t *p)
{
	static const size_t windows[] = { 0, 1, PAGE, PAGE + 1, 3 * PAGE,
		MANY * PAGE, 1 << 20, SIZE_MAX };
	const size_t n = (size_t)MANY * PAGE;
	struct file f = { .p = (uint8_t *)p, .n = n };

	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++) {
		struct pages_part part = part_of(&f, PACKING_NONE, 100);
		struct input in;

		gives(pages_of_part(&part, PAGE, windows[i]), p, n, NULL);
		part.size = n - PAGE / 2; /* ends within a page */
		gives(pages_of_part(&part, PAGE, windows[i]), p, part.size,
		    NULL);
		part.size = n + PAGE; /* more than the file has */
		gives(pages_of_part(&part, PAGE, windows[i]), p, n, ends_early);
		part.size = 0;
		gives(pages_of_part(&part, PAGE, windows[i]), p, 0, NULL);
		close(part.fd);

		if (windows[i] > 1 << 20)
			continue; /* a window of an input is wholly taken */
		in = input_of((const char *)p, n);
		gives(pages_of_input(&in, PAGE, windows[i]), p, n, NULL);
		input_close(&in);
		in = input_of((const char *)p, n - 1);
		gives(pages_of_input(&in, PAGE, windows[i]), p, n - 1, NULL);
		input_close(&in);
	}
}

/* A page comes as soon as it is there, though the pipe has not ended. */
static void
a_live_pipe_holds_nothing_back(const uint8_t *p)
{
	struct pages *pages;
	const uint8_t *page;
	struct input in;
	char path[32];
	size_t n;
	int fd[2];

	assert(pipe(fd) == 0);
	snprintf(path, sizeof(path), "/dev/fd/%d", fd[0]);
	assert(write(fd[1], p, PAGE + 10) == PAGE + 10);
	assert(input_open(&in, path) == 0);
	close(fd[0]);
	pages = pages_of_input(&in, PAGE, 8 * PAGE);
	alarm(20);
	page = pages_next(pages, &n);
	alarm(0);
	assert(page != NULL && n == PAGE && memcmp(page, p, PAGE) == 0);
	assert(write(fd[1], p + PAGE + 10, PAGE) == PAGE);
	close(fd[1]);
	gives(pages, p + PAGE, PAGE + 10, NULL);
	input_close(&in);
}

static void
chunks_are_unpacked(const uint8_t *p)
{
	const size_t n = (size_t)MANY * PAGE;

	for (int i = 0; i < 4; i++) {
		enum packing packing = i < 2 ? PACKING_ZLIB : PACKING_ZSTD;
		struct file f = pack(packing, i % 2, p, n);

		gives_part(f, packing, p, n, NULL);
		put(&f, "more", 4); /* another part */
		gives_part(f, packing, p, n, NULL);
		free(f.p);
		f = pack(packing, i % 2, p, n - 5);
		gives_part(f, packing, p, n - 5, NULL);
		free(f.p);
		f = pack(packing, i % 2, p, 0);
		gives_part(f, packing, p, 0, NULL);
		f.n = 0;
		gives_part(f, packing, p, 0, NULL);
		free(f.p);
	}
}

/* Many at once, each with its own place, share what unpacks, of both kinds. */
static void
several_at_once(const uint8_t *p)
{
	const size_t n = (size_t)MANY * PAGE;
	struct file z = pack(PACKING_ZLIB, false, p, n);
	struct file s = pack(PACKING_ZSTD, false, p, n);
	struct pages_part part[2] = { part_of(&z, PACKING_ZLIB, 0),
		part_of(&s, PACKING_ZSTD, 0) };
	struct pages *pages[6];
	size_t size;

	for (size_t i = 0; i < 6; i++)
		pages[i] = pages_of_part(&part[i % 2], PAGE, PAGE);
	for (size_t at = 0; at < n; at += PAGE)
		for (size_t i = 0; i < 6; i++) {
			const uint8_t *page = pages_next(pages[i], &size);

			assert(page != NULL && size == PAGE);
			assert(memcmp(page, p + at, PAGE) == 0);
		}
	assert(pages_at(pages[0]) == z.n && pages_at(pages[1]) == s.n);
	for (size_t i = 0; i < 6; i++)
		gives(pages[i], p, 0, NULL);
	close(part[0].fd);
	close(part[1].fd);
	free(z.p);
	free(s.p);
}

/* Cut at each byte: a beginning comes, whole chunks at least. */
static void
cut_chunks(const uint8_t *p, enum packing packing)
{
	struct file f = pack(packing, false, p, 6 * (size_t)PAGE);
	uint32_t first;

	memcpy(&first, f.p + 4, 4);
	first = le32toh(first) + 12;
	for (size_t n = 0; n < f.n; n++) {
		struct file part = { f.p, n, n, false };
		struct pages_part at = part_of(&part, packing, 0);
		struct pages *pages;
		const uint8_t *page;
		size_t size, have = 0;

		at.size = f.n;
		pages = pages_of_part(&at, PAGE, PAGE);
		for (; (page = pages_next(pages, &size)) != NULL; have += size)
			assert(memcmp(page, p + have, size) == 0);
		assert(have <= 6 * (size_t)PAGE);
		assert(n < first || have >= CHUNK * (size_t)PAGE);
		/* Of zlib's, half the packed bytes are half the pages. */
		assert(packing != PACKING_ZLIB || n < first / 2 || have > PAGE);
		assert(strcmp(pages_why(pages), ends_early) == 0);
		pages_free(pages);
		close(at.fd);
	}
	free(f.p);
}

/*
 * A chunk that is damaged is left out, and those behind it come.  At is where
 * its packed bytes are: of zlib's the checksum tells, anywhere; a frame as
 * trace-cmd(1) writes it has none, and only its form can be wrong.
 */
static void
a_damaged_chunk(const uint8_t *p, enum packing packing, size_t at)
{
	const size_t n = (size_t)CHUNK * PAGE;
	struct file f = { .p = NULL };
	size_t first;

	put_number(&f, 3);
	put_chunk(&f, packing, p, n);
	first = f.n;
	put_chunk(&f, packing, p + n, n);
	f.p[first + 8 + at] ^= 0x55;
	put_chunk(&f, packing, p + n, n);
	gives_part(f, packing, p, 2 * n, damaged);
	free(f.p);
}

/* Asserts what comes of a part with one chunk that says these sizes. */
static void
sizes(uint32_t packed, uint32_t size, size_t bytes, const char *why)
{
	static const uint8_t page[PAGE];

	for (int i = PACKING_ZLIB; i <= PACKING_ZSTD; i++) {
		struct file f = { .p = NULL }, one = { .p = NULL };

		put_chunk(&one, (enum packing)i, page, PAGE);
		put_number(&f, 1);
		put_number(&f, packed == 0 ? (uint32_t)one.n - 8 : packed);
		put_number(&f, size);
		put(&f, one.p + 8, one.n - 8);
		gives_part(f, (enum packing)i, page, bytes, why);
		free(f.p);
		free(one.p);
	}
}

static void
sizes_that_cannot_be(void)
{
	struct file f = { .p = NULL };

	sizes(0, PAGE, PAGE, NULL);
	sizes(0, PAGE - 1, 0, damaged);
	sizes(0, PAGE + 1, 0, damaged);
	sizes(0, 0, 0, damaged);
	sizes(0, 16 << 20, 0, damaged);
	sizes(0, (16 << 20) + 1, 0, too_large);
	sizes(0, UINT32_MAX, 0, too_large);
	sizes((16 << 20) + 1, PAGE, 0, too_large);
	sizes(UINT32_MAX, PAGE, 0, too_large);

	put_number(&f, UINT32_MAX); /* chunks, and none is there */
	gives_part(f, PACKING_ZSTD, f.p, 0, ends_early);
	put_number(&f, 0);
	put_number(&f, PAGE);
	gives_part(f, PACKING_ZLIB, f.p, 0, damaged);
	free(f.p);
}

/* A chunk behind one that is too large to be unpacked. */
static void
the_next_after_one_too_large(const uint8_t *p)
{
	struct file f = { .p = NULL };

	put_number(&f, 2);
	put_number(&f, 3);
	put_number(&f, UINT32_MAX);
	put(&f, "abc", 3);
	put_chunk(&f, PACKING_ZSTD, p, PAGE);
	gives_part(f, PACKING_ZSTD, p, PAGE, too_large);
	free(f.p);
}

static void
what_the_system_or_the_caller_gets_wrong(void)
{
	struct pages_part part = { -1, 0, 100, PACKING_NONE, false, unpack, 0 };
	const uint8_t none = 0;

	gives(pages_of_part(&part, PAGE, 0), &none, 0, "cannot be read");
	part.packing = PACKING_ZSTD;
	gives(pages_of_part(&part, PAGE, 0), &none, 0, "cannot be read");
	part.offset = UINT64_MAX - 2;
	gives(pages_of_part(&part, PAGE, 0), &none, 0, ends_early);
	part.packing = PACKING_NONE;
	gives(pages_of_part(&part, PAGE, 0), &none, 0, ends_early);
	gives(pages_of_part(&part, 0, 0), &none, 0,
	    "pages of 0 bytes, or too large to hold");
	part.packing = PACKING_ZLIB;
	gives(pages_of_part(&part, SIZE_MAX, SIZE_MAX), &none, 0,
	    "pages of 0 bytes, or too large to hold");
	pages_free(NULL);
}

static uint64_t
get(const uint8_t *p, unsigned size)
{
	uint64_t x = 0;

	memcpy(&x, p, size);
	return le64toh(x);
}

/* Finds the option BUFFER of a little-endian trace.dat of version 7. */
static const uint8_t *
buffer_option(const struct bytes *dat)
{
	static const char first[] = "\x17\x08\x44tracing7\0\0\x08";
	const uint8_t *p = dat->p + sizeof(first) - 1 + 4;

	assert(memcmp(dat->p, first, sizeof(first) - 1) == 0);
	assert(memcmp(p, "none\0\0", 6) == 0); /* not compressed */
	p = dat->p + get(p + 6, 8) + 16;
	while (get(p, 2) != 3) /* 0 has the place of a section with more */
		p = get(p, 2) == 0 ? dat->p + get(p + 6, 8) + 16
				   : p + 6 + get(p + 2, 4);
	return p + 6;
}

/* Counts the events of a part, with libtraceevent looking on. */
static size_t
count_events(const struct pages_part *part)
{
	struct page_shape shape = page_shape_usual();
	struct pages *pages = pages_of_part(part, PAGE, 5 * PAGE);
	const uint8_t *page;
	size_t count = 0, n;

	while ((page = pages_next(pages, &n)) != NULL) {
		assert(n == PAGE);
		count += same_as_kbuffer(&shape, page);
	}
	assert(pages_why(pages) == NULL && pages_at(pages) == part->size);
	pages_free(pages);
	return count;
}

/* What trace-cmd report(1) prints of it is a line, and one an event. */
static void
a_trace_dat_has_the_events_of_its_report(void)
{
	struct bytes dat = slurp(SOURCE "small/small.dat.zst");
	struct bytes report = slurp(SOURCE "small/report.t.txt.zst");
	const uint8_t *p = buffer_option(&dat) + 8;
	struct file f = { .p = dat.p, .n = dat.n };
	struct pages_part part = part_of(&f, PACKING_NONE, 0);
	size_t events = 0, lines = 0;

	p += strlen((const char *)p) + 1; /* its name, and its clock */
	p += strlen((const char *)p) + 1;
	assert(get(p, 4) == PAGE && get(p + 4, 4) == 2);
	p += 8;
	for (int cpu = 0; cpu < 2; cpu++, p += 20) {
		part.offset = get(p + 4, 8);
		part.size = get(p + 12, 8);
		events += count_events(&part);
	}
	for (size_t i = 0; i < report.n; i++)
		lines += report.p[i] == '\n';
	assert(lines == events + 1 && events > 10000);
	close(part.fd);
	free(dat.p);
	free(report.p);
}

int
main(void)
{
	uint8_t *p = some_pages();

	unpack = unpack_new();
	windows_of_any_size(p);
	a_live_pipe_holds_nothing_back(p);
	chunks_are_unpacked(p);
	several_at_once(p);
	cut_chunks(p, PACKING_ZLIB);
	cut_chunks(p, PACKING_ZSTD);
	for (size_t at = 0; at < 4000; at += 40)
		a_damaged_chunk(p, PACKING_ZLIB, at);
	for (size_t at = 0; at < 4; at++)
		a_damaged_chunk(p, PACKING_ZSTD, at);
	sizes_that_cannot_be();
	the_next_after_one_too_large(p);
	what_the_system_or_the_caller_gets_wrong();
	a_trace_dat_has_the_events_of_its_report();
	unpack_free(unpack);
	free(p);
	return 0;
}
