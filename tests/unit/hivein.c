/* SPDX-License-Identifier: MIT */
/* hivein: names of files and folders say what they were made of */
#undef NDEBUG
#include "parquet/hivein.h"

#include <assert.h>

static struct output out;

static void
stands_for(const char *name, const char *want)
{
	out.n = 0;
	hivein_put(&out, str_of(name));
	assert(str_is((struct str){ out.buf, out.n }, want));
}

static void
is_type(const char *path, const char *want)
{
	out.n = 0;
	hivein_put_type(&out, str_of(path));
	assert(str_is((struct str){ out.buf, out.n }, want));
}

static void
test_folders(void)
{
	struct str path = str_of("/a=b/x/cpu=0/n%3D=/=no/f=g.parquet");
	struct str key, value;
	bool more = hivein_next(&path, &key, &value);

	assert(more && str_is(key, "a") && str_is(value, "b"));
	more = hivein_next(&path, &key, &value);
	assert(more && str_is(key, "cpu") && str_is(value, "0"));
	more = hivein_next(&path, &key, &value);
	assert(more && str_is(key, "n%3D") && value.n == 0);
	more = hivein_next(&path, &key, &value); /* the file's is none */
	assert(!more);
}

int
main(void)
{
	output_in_memory(&out);
	test_folders();
	stands_for("a%2Fb%3d", "a/b=");
	stands_for("100%", "100%");
	stands_for("%zz%4", "%zz%4");
	is_type("out/sched_switch.parquet", "sched_switch");
	is_type("a%2Fb.parquet.gz", "a/b");
	is_type("-", "row");
	is_type("x/y", "y");
	assert(hivein_null(str_of("__HIVE_DEFAULT_PARTITION__")));
	output_close(&out);
	return 0;
}
