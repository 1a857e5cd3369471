/* SPDX-License-Identifier: MIT */
#include "parquet/trail.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/json.h"

/* Tells whether a record is of a type. */
static bool
is_of(const struct json_field *f, struct str type)
{
	char *text;
	bool is;

	if (!f->escaped)
		return str_eq(f->value, type);
	text = mem_alloc(f->value.n);
	is = str_eq((struct str){ text, json_unescape(f->value, text) }, type);
	free(text);
	return is;
}

uint32_t
trail_find(struct str block, size_t stretch, struct str type, size_t row,
    struct str *line)
{
	struct json record = { .field = NULL };
	const struct json_field *f;
	uint32_t number = 0;
	bool begun = false, found = false;

	while (!found && str_line(&block, line)) {
		number++;
		if (json_parse(&record, *line) != NULL ||
		    (f = json_get(&record, "type")) == NULL ||
		    f->kind != JSON_STRING)
			continue;
		if (begun && is_of(f, str_of("trace"))) {
			if (stretch-- == 0)
				break;
		}
		begun = true;
		found = stretch == 0 && is_of(f, type) && row-- == 0;
	}
	json_free(&record);
	return found ? number : 0;
}
