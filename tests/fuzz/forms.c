/* SPDX-License-Identifier: MIT */
/*
 * forms: whatever comes as SWF, GWF, WfFormat or records, its records are good
 * and can be read again, and what is written as SWF is the same when it is
 * read and written once more; the first byte says which form it is
 */
#include "workload/forms.h"

#include <string.h>

#include "check.h"

static struct output first, second, third, errors, notes;

/* Reads a text of one form and writes it in another. */
static void
recast(enum form from, enum form to, struct str text, struct output *out)
{
	struct forms f;
	struct str line;

	out->n = errors.n = notes.n = 0;
	forms_open(&f);
	f.from = from;
	f.to = to;
	forms_begin(&f, out, str_of("fuzz"));
	if (from == FORM_WFFORMAT)
		wfformat_read(&f.wfformat, text, f.bag);
	else
		while (str_line(&text, &line))
			forms_line(&f, line);
	forms_end(&f, NULL, 0, &errors, &notes);
	forms_close(&f);
}

/* Each record can be read; a fragment is as long as its task. */
static void
check_records(struct str text)
{
	struct task_room room = { 0 };
	struct json rec = { 0 };
	struct fragment f;
	struct task t;
	struct str line;
	int32_t next = 0;

	while (str_line(&text, &line)) {
		CHECK(json_parse(&rec, line) == NULL);
		if (memmem(line.p, line.n, "task\",\"id\"", 10) != NULL) {
			CHECK(task_read(&room, &rec, &t) == NULL);
			CHECK(t.id == next++);
			for (size_t i = 0; i < t.parents; i++)
				CHECK(t.parent[i] != t.id);
		} else if (memmem(line.p, line.n, "fragment\",\"id\"", 14)) {
			CHECK(fragment_read(&rec, &f) == NULL);
			CHECK(f.id == t.id && f.duration_ms == t.duration_ms);
			CHECK(f.cpu_mhz <= t.cpu_mhz);
		}
	}
	json_free(&rec);
	task_room_free(&room);
}

static struct str
written(const struct output *out)
{
	return (struct str){ out->buf, out->n };
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum form forms[] = { FORM_SWF, FORM_GWF, FORM_WFFORMAT,
		FORM_RECORDS };
	struct str text;
	enum form from;
	char *exact;

	if (size == 0)
		return 0;
	if (first.buf == NULL) {
		output_in_memory(&first);
		output_in_memory(&second);
		output_in_memory(&third);
		output_in_memory(&errors);
		output_in_memory(&notes);
	}
	from = forms[data[0] % 4];
	exact = malloc(size);
	memcpy(exact, data + 1, size - 1);
	text = (struct str){ exact, size - 1 };
	if (from != FORM_RECORDS) {
		recast(from, FORM_RECORDS, text, &first);
		check_records(written(&first));
	}
	recast(from, FORM_WFFORMAT, text, &first);
	recast(FORM_WFFORMAT, FORM_WFFORMAT, written(&first), &second);
	CHECK(first.n == 0 || second.n > 0);
	recast(from, FORM_SWF, text, &first);
	recast(FORM_SWF, FORM_SWF, written(&first), &second);
	recast(FORM_SWF, FORM_SWF, written(&second), &third);
	CHECK(str_eq(written(&second), written(&third)));
	free(exact);
	return 0;
}
