/* SPDX-License-Identifier: MIT */
/* file: what could not be encoded is an error, and is not a file */
#include "parquet/file.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>

/* Writes a row group of one column, whose chunk is as it is or failed. */
static int
write_group(int err)
{
	static const uint64_t word[] = { 1, 2, 3 };
	struct chunk_options options = { .codec = CODEC_NONE };
	struct chunk_coder *coder = chunk_coder_new(&options);
	struct leaf leaf = { .name = str_of("n"), .type = LEAF_INT64 };
	struct vector v = { .rows = 3, .n = 3, .word = word };
	struct chunk chunk = { 0 };
	struct parquet_file *f;
	struct output out;
	int status;

	status = output_open(&out, "/dev/null");
	assert(status == 0);
	f = file_new(&out);
	chunk_encode(coder, &leaf, &v, 1, &chunk);
	assert(chunk.err == 0);
	chunk.err = err;
	file_group(f, &chunk, 1, 3);
	file_end(f, &leaf, 1, NULL, 0, coder);
	file_free(f);
	chunk_coder_free(coder);
	errno = 0;
	status = output_close(&out);
	return status == 0 ? 0 : errno;
}

int
main(void)
{
	static const int errors[] = { 0, EFBIG, ENOMEM };

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		int status = write_group(errors[i]);

		assert(status == errors[i]);
	}
	return 0;
}
