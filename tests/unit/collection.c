/* SPDX-License-Identifier: MIT */
/* collection: which files are traces, in what order, and of what category */
#include "dataset/collection.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/tk-collection-XXXXXX";

static void
put(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	int put, closed;

	assert(f != NULL);
	put = fputs(text, f);
	closed = fclose(f);
	assert(put >= 0 && closed == 0);
}

static bool
no_raw(struct input *in, void *arg)
{
	(void)in;
	(void)arg;
	return false;
}

/* Tells whether a trace is called so. */
static bool
is(const struct collected *t, const char *path, const char *workload,
    const char *category)
{
	return strcmp(t->path, path) == 0 &&
	    strcmp(t->workload, workload) == 0 &&
	    strcmp(t->category, category) == 0;
}

static void
traces_come_by_name(void)
{
	static char here[] = ".", other[] = "z-1.txt";
	char *operands[] = { other, here, NULL };
	char **all = collection_operands(operands), *where;
	struct collection c;

	/* '-' is before '.', whatever is packed. */
	assert(strcmp(all[0], "z-1.txt") == 0);
	assert(strcmp(all[1], "./a-b_run1.dat") == 0);
	assert(strcmp(all[2], "./a.txt.gz") == 0);
	assert(strcmp(all[3], "./db_4t_run1.txt") == 0);
	assert(strcmp(all[4], "./db_4t_run2.txt.zst") == 0);
	assert(strcmp(all[5], "./z-1.txt") == 0 && all[6] == NULL);
	assert(collection_suits(all));
	assert(strcmp(collection_make(&c, all, false, no_raw, NULL, &where),
		   "two traces of the same trace_id") == 0);
	assert(strcmp(where, "./z-1.txt, z-1.txt") == 0);
	free(where);
	collection_free(&c);
	for (int i = 1; i <= 5; i++) /* a program never does, so tests may */
		free(all[i]);
	free(all);
}

static void
categories_are_told_or_inferred(void)
{
	static char first[] = "db_4t_run1.txt", second[] = "db_4t_run2.txt.zst",
		    third[] = "a-b_run1.dat";
	char *operands[] = { second, third, first, NULL }, *where;
	struct collection c;

	assert(
	    collection_make(&c, operands, false, no_raw, NULL, &where) == NULL);
	assert(is(&c.trace[0], third, "a-b", "a-b"));
	assert(is(&c.trace[1], first, "db_4t", "db"));
	assert(is(&c.trace[2], second, "db_4t", "db"));
	assert(c.trace[0].inferred && collection_inferred(&c) == 3);
	collection_free(&c);

	put("db_4t_run2.txt.json", "{\"category\":\"told\"}");
	assert(
	    collection_make(&c, operands, false, no_raw, NULL, &where) == NULL);
	assert(is(&c.trace[1], first, "db_4t", "told"));
	assert(is(&c.trace[2], second, "db_4t", "told"));
	assert(collection_inferred(&c) == 2);
	collection_free(&c);

	/* The original cuts at the last _, or takes the document's word. */
	assert(
	    collection_make(&c, operands, true, no_raw, NULL, &where) == NULL);
	assert(is(&c.trace[1], first, "db_4t", "db"));
	assert(is(&c.trace[2], second, "db_4t_run2", "told"));
	collection_free(&c);
}

static void
records_and_nothing_do_not_suit(void)
{
	static char records[] = "records", empty[] = "empty",
		    trace[] = "z-1.txt", standard[] = "-",
		    missing[] = "missing";
	char *operands[] = { trace, NULL, NULL };
	char *const with[] = { records, standard, missing };

	for (int i = 0; i < 3; i++) {
		operands[1] = with[i];
		assert(!collection_suits(operands));
	}
	operands[1] = empty;
	assert(collection_suits(operands));
	operands[0] = empty;
	assert(!collection_suits(operands));
	assert(!collection_suits(operands + 2));
}

int
main(void)
{
	assert(mkdtemp(dir) != NULL && chdir(dir) == 0);
	put("z-1.txt", "# tracer: nop\n");
	put("a.txt.gz", "x");
	put("a-b_run1.dat", "x");
	put("db_4t_run1.txt", "x");
	put("db_4t_run2.txt.zst", "x");
	put(".hidden.txt", "x");
	put("notes.md", "x");
	put("records", "\n {\"type\":\"e\"}\n");
	put("empty", "");
	traces_come_by_name();
	categories_are_told_or_inferred();
	records_and_nothing_do_not_suit();
	return 0;
}
