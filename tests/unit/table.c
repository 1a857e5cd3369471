/* SPDX-License-Identifier: MIT */
/* table and csv: columns in order of first sight, cells as RFC 4180 has them */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dataset/table.h"
#include "record/csv.h"
#include "record/json.h"

static struct table *table;
static struct json rec;
static char got[1 << 16];
static size_t n_got;

/* What f writes is put into got, with a NUL behind it. */
static void
capture(void (*f)(struct output *, const void *), const void *what)
{
	char path[] = "/tmp/tk-table-XXXXXX";
	int fd = mkstemp(path);
	struct output out;
	ssize_t n;

	assert(fd >= 0 && unlink(path) == 0);
	output_on(&out, fd, path);
	f(&out, what);
	assert(output_flush(&out) == 0);
	n = pread(fd, got, sizeof(got) - 1, 0);
	assert(n >= 0);
	n_got = (size_t)n;
	got[n_got] = '\0';
	assert(output_close(&out) == 0);
}

static void
put_cell(struct output *out, const void *s)
{
	csv_put(out, *(const struct str *)s);
}

static bool
cell(struct str s, const char *want)
{
	capture(put_cell, &s);
	return n_got == strlen(want) && strcmp(got, want) == 0;
}

static void
only_what_must_is_quoted(void)
{
	assert(cell(str_of("plain"), "plain"));
	assert(cell(str_of(" a b "), " a b "));
	assert(cell(str_of("a,b"), "\"a,b\""));
	assert(cell(str_of("\""), "\"\"\"\""));
	assert(cell(str_of("say \"x\""), "\"say \"\"x\"\"\""));
	assert(cell(str_of("a\nb"), "\"a\nb\""));
	assert(cell(str_of("a\r"), "\"a\r\""));
	assert(cell(str_of("\\xff \xc3\xa9;\t'"), "\\xff \xc3\xa9;\t'"));
	assert(cell(str_of(""), "\"\""));
	assert(cell((struct str){ "a\0b", 3 }, "a\\x00b"));
	assert(cell((struct str){ "\0,", 2 }, "\"\\x00,\""));
}

struct row {
	const char *line, *trace_id, *workload;
};

static void
put_row(struct output *out, const void *what)
{
	const struct row *row = what;
	struct table_names names = { .workload = { NULL, 0 } };
	size_t cells;

	if (row->trace_id != NULL)
		names.trace_id = str_of(row->trace_id);
	if (row->workload != NULL)
		names.workload = str_of(row->workload);
	assert(json_parse(&rec, str_of(row->line)) == NULL);
	assert(table_check(table, &rec) == NULL);
	cells = table_put(table, &rec, &names, out);
	table_end(table, out, cells, str_of("c"));
}

static bool
row(const char *line, const char *trace_id, const char *want)
{
	capture(put_row, &(struct row){ line, trace_id, NULL });
	return strcmp(got, want) == 0;
}

static bool
named_row(const char *line, const char *trace_id, const char *workload,
    const char *want)
{
	capture(put_row, &(struct row){ line, trace_id, workload });
	return strcmp(got, want) == 0;
}

static void
put_head(struct output *out, const void *unused)
{
	(void)unused;
	table_head(table, out);
}

static bool
head(const char *want)
{
	capture(put_head, NULL);
	return strcmp(got, want) == 0;
}

static void
begin(void)
{
	table_free(table);
	table = table_new();
}

static void
columns_come_in_order_of_first_sight(void)
{
	begin();
	assert(head("category\n"));
	assert(row("{\"type\":\"e\",\"b\":1,\"a\":2}", NULL, "1,2,c\n"));
	assert(row("{\"a\":2,\"type\":\"e\",\"b\":1}", NULL, "1,2,c\n"));
	assert(row("{\"d\":4,\"a\":2}", NULL, ",2,4,c\n"));
	assert(row("{\"a\":2}", NULL, ",2,,c\n"));
	assert(row("{}", NULL, ",,,c\n"));
	assert(row("{\"b\":3,\"d\":null}", NULL, "3,,,c\n"));
	assert(head("b,a,d,category\n"));
	assert(table_columns(table) == 4);
	assert(str_is(table_column(table, 3), "category"));
}

static void
values_are_as_they_stand(void)
{
	begin();
	assert(row("{\"a\":-0.5e3,\"b\":true,\"c\":false,\"d\":\"\","
		   "\"e\":[1,2],\"f\":123456789012345678901234567890}",
	    NULL,
	    "-0.5e3,true,false,\"\",\"[1,2]\","
	    "123456789012345678901234567890,c\n"));
	assert(row("{\"a\":\"x\\\"\\u00e9\\n\\\\\\\\xff\"}", NULL,
	    "\"x\"\"\xc3\xa9\n\\\\xff\",,,,,,c\n"));
}

/* Equal keys, however written, are one column; the last of them counts. */
static void
keys_are_compared_unescaped(void)
{
	begin();
	assert(row("{\"a\":1,\"\\u0061\":2}", NULL, "2,c\n"));
	assert(row("{\"\\u0061\":3,\"b,\":4}", NULL, "3,4,c\n"));
	assert(row("{\"a\":1,\"a\":null}", NULL, ",,c\n"));
	assert(row("{\"t\\u0079pe\":1,\"a\":5}", NULL, "5,,c\n"));
	assert(head("a,\"b,\",category\n"));
}

static void
a_stream_s_id_is_a_column(void)
{
	begin();
	assert(row("{\"a\":1}", "x,1", "1,\"x,1\",c\n"));
	assert(row("{\"b\":2,\"trace_id\":\"own\"}", "x", ",own,2,c\n"));
	assert(row("{\"b\":2,\"trace_id\":null}", "x", ",x,2,c\n"));
	assert(row("{\"b\":2}", NULL, ",,2,c\n"));
	assert(head("a,trace_id,b,category\n"));
}

/* The workload comes before the trace; a record's own goes before both. */
static void
a_trace_s_workload_is_a_column(void)
{
	begin();
	assert(named_row("{\"a\":1}", "x", "w,", "1,\"w,\",x,c\n"));
	assert(
	    named_row("{\"workload_type\":\"own\"}", "x", "w", ",own,x,c\n"));
	assert(named_row("{\"b\":2}", NULL, "w", ",w,,2,c\n"));
	assert(named_row("{\"b\":2}", "x", NULL, ",,x,2,c\n"));
	assert(head("a,workload_type,trace_id,b,category\n"));
}

static void
a_record_s_own_category_stays(void)
{
	begin();
	assert(row("{\"category\":\"mine\",\"a\":1}", NULL, "mine,1\n"));
	assert(head("category,a\n"));
	begin();
	assert(row("{\"category\":null}", NULL, "\"\"\n"));
	assert(head("category\n"));
}

/* A line of many keys is refused whole, and takes no column from others. */
static void
columns_are_bounded(void)
{
	size_t room = (size_t)16 * TABLE_COLUMNS, n = 0;
	char *line = malloc(room);

	assert(line != NULL);
	begin();
	for (int i = 0; i < TABLE_COLUMNS; i++)
		n += (size_t)snprintf(line + n, room - n, "%c\"k%d\":1",
		    i == 0 ? '{' : ',', i);
	strcpy(line + n, "}");
	assert(json_parse(&rec, str_of(line)) == NULL);
	assert(table_check(table, &rec) != NULL);
	assert(table_columns(table) == 1);
	assert(row("{\"a\":1}", NULL, "1,c\n"));
	free(line);
}

int
main(void)
{
	only_what_must_is_quoted();
	columns_come_in_order_of_first_sight();
	values_are_as_they_stand();
	keys_are_compared_unescaped();
	a_stream_s_id_is_a_column();
	a_trace_s_workload_is_a_column();
	a_record_s_own_category_stays();
	columns_are_bounded();
	table_free(table);
	table_free(NULL);
	json_free(&rec);
	return 0;
}
