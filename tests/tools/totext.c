/* SPDX-License-Identifier: MIT */
/*
 * totext -- recordings as trace text, and what of formats is understood
 *
 *	totext FILE.dat
 *	totext FORMATS RAW ...
 *	totext -c FORMAT ...
 *
 * Writes each event as lib/source/textline does.  With -c, for each file of an
 * event's format, "compiled" or "fields" and the name of the file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "source/printfmt.h"
#include "source/recording.h"
#include "source/textline.h"
#include "stream/input.h"

enum { LONG_SIZE = 8 };

static void
check(const char *path)
{
	struct formats *all = formats_new(false, LONG_SIZE, false);
	char *text = mem_alloc(1 << 17);
	FILE *f = fopen(path, "r");
	const struct format *format = NULL;
	struct printfmt *p = NULL;
	struct str s = { text, 0 };

	if (f != NULL) {
		s.n = fread(text, 1, 1 << 17, f);
		fclose(f);
	}
	if (formats_add(all, (struct str){ "s", 1 }, s) == NULL)
		for (unsigned id = 0; id < 65536 && format == NULL; id++)
			format = formats_find(all, id);
	if (format != NULL)
		p = printfmt_new(format, false, LONG_SIZE);
	printf("%s %s\n", p != NULL ? "compiled" : "fields", path);
	printfmt_free(p);
	formats_free(all);
	free(text);
}

static void
print_all(struct binary *b, struct output *out)
{
	struct textline *t = textline_new(false, LONG_SIZE);
	struct wanted *w = wanted_new();
	struct header h;
	struct item item = { .at = &h };

	binary_leave_raw(b);
	while (binary_read(b, w, &item)) {
		const char *why = item.why;

		if (item.kind == ITEM_LOST)
			textline_lost(out, h.cpu, item.count);
		if (item.kind == ITEM_POINT)
			why = textline_put(t, &h, item.raw.format,
			    item.raw.data, item.raw.size, out);
		if (item.kind == ITEM_BAD || (item.kind == ITEM_POINT && why))
			fprintf(stderr, "totext: %s\n", why);
	}
	wanted_free(w);
	textline_free(t);
}

/* Opens one trace.dat, or a folder of formats and raw pages. */
static const char *
open_files(struct recording *r, char **path, size_t n, struct input *in)
{
	struct recording_options o = { .tmp = "/tmp" };
	struct input *inputs[64];

	if (n == 0 || n > 64)
		return "a file is missing, or there are too many";
	o.formats = n > 1 ? path[0] : NULL;
	for (size_t i = n > 1; i < n; i++) {
		inputs[i - (n > 1)] = &in[i];
		if (input_open(&in[i], path[i]) < 0)
			return "a file that cannot be opened";
	}
	return n > 1 ? recording_open_raw(r, inputs, n - 1, &o)
		     : recording_open_dat(r, inputs[0], &o);
}

int
main(int argc, char *argv[])
{
	struct recording r = { .binary = NULL };
	struct input *in;
	struct output out;
	const char *why;

	if (argc > 1 && strcmp(argv[1], "-c") == 0) {
		for (int i = 2; i < argc; i++)
			check(argv[i]);
		return 0;
	}
	in = mem_alloc((size_t)argc * sizeof(*in));
	why = open_files(&r, argv + 1, (size_t)argc - 1, in);
	if (why != NULL) {
		fprintf(stderr, "totext: %s\n", why);
		return 1;
	}
	output_on(&out, 1, "standard output");
	print_all(r.binary, &out);
	recording_close(&r);
	for (int i = argc > 2 ? 2 : 1; i < argc; i++)
		input_close(&in[i - 1]);
	free(in);
	return output_close(&out) == 0 ? 0 : 1;
}
