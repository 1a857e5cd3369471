/* SPDX-License-Identifier: MIT */
/*
 * store: of any records and any schema, a file has as many rows as were
 * taken, in each column, however the records came in blocks
 *
 * What stands before the first NUL is the schema, if it is one; the records of
 * type "a" behind it are taken.
 */
#include "parquet/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "check.h"
#include "parquet/reader.h"
#include "parquet/schemafile.h"

/* Returns a descriptor of a file of these bytes. */
static int
file_of(const void *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	CHECK(fd >= 0);
	CHECK(n == 0 || write(fd, p, n) == (ssize_t)n);
	return fd;
}

/* Reads a schema; false, and it is empty, if that is none. */
static bool
read_schema(struct schema *schema, const uint8_t *data, size_t size)
{
	int fd = file_of(data, size);
	char path[64], *why;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	why = schemafile_read(schema, path);
	close(fd);
	if (why == NULL)
		return true;
	CHECK(why[0] != '\0');
	free(why);
	schema_free(schema);
	return false;
}

/* Tells how many rows a file has, each column of it. */
static uint64_t
count_rows(const struct output *out)
{
	int fd = file_of(out->buf, out->n);
	struct reader *r = reader_new(fd, out->n);
	uint64_t all = 0;
	struct vector v;

	CHECK(r->trouble.n == 0 && r->footer.columns > 0);
	for (size_t g = 0; g < r->footer.groups; g++) {
		CHECK(reader_seek(r, g));
		all += r->footer.group[g].rows;
		for (size_t i = 0; i < r->footer.columns; i++) {
			uint64_t rows = 0;

			CHECK(reader_choose(r, i));
			while (reader_read(r, i, SIZE_MAX, &v))
				rows += v.rows;
			CHECK(rows == r->footer.group[g].rows);
		}
	}
	CHECK(r->trouble.n == 0);
	reader_free(r);
	close(fd);
	return all;
}

static void
feed(struct store *s, struct str text)
{
	char *block = NULL;
	size_t cap = 0;

	if (text.n == 0)
		return;
	block = mem_grow(block, &cap, text.n, 1);
	memcpy(block, text.p, text.n);
	store_block(s, &block, &cap, text.n);
	free(block);
}

/*
 * Takes a text as two blocks, of which the first has the lines up to a place.
 * Returns how many rows the file has, or -1 where it cannot be.
 */
static int64_t
take(const struct store_options *options, struct str text, size_t place)
{
	const char *nl = memchr(text.p + place, '\n', text.n - place);
	size_t first = nl != NULL ? (size_t)(nl - text.p) + 1 : text.n;
	struct store *s = store_new(options);
	int64_t rows = -1;
	bool done;

	feed(s, (struct str){ text.p, first });
	feed(s, str_skip(text, first));
	done = store_input_end(s) && store_end(s);
	CHECK(done == !s->failed);
	CHECK(done || s->admit.error.n > 0);
	if (done && options->keys == 0 && s->branches.n > 0) {
		rows = (int64_t)count_rows(options->branch.out);
		CHECK(s->branches.n == 1);
		CHECK((uint64_t)rows == s->branches.branch[0]->family->rows);
	}
	store_free(s);
	options->branch.out->n = 0;
	return rows;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size > 0 ? memchr(data, 0, size) : NULL;
	struct str text = { (const char *)data, size }, key = str_of("k");
	struct schema schema = { .type = NULL };
	struct output out;
	struct store_options o = { .branch = { .row_group = 1 << 30,
				       .press = { .chunk = { .version = 2 } },
				       .command = str_of("fuzz"),
				       .only = str_of("a"),
				       .out = &out },
		.key = &key,
		.threads = 1 };
	int64_t rows;

	output_in_memory(&out);
	if (nul != NULL) {
		text = str_skip(text, (size_t)(nul - data) + 1);
		if (read_schema(&schema, data, (size_t)(nul - data)))
			o.branch.schema = &schema;
	}
	if (text.n > 0) {
		rows = take(&o, text, text.n - 1);
		CHECK(rows == take(&o, text, text.n / 2));
		o.branch.row_group = 64;
		o.branch.press.chunk.version = 1;
		take(&o, text, text.n / 2);
		o.keys = 1;
		schema_set_key(&schema, key);
		take(&o, text, text.n / 2);
	}
	output_close(&out);
	schema_free(&schema);
	return 0;
}
