/* SPDX-License-Identifier: MIT */
#include "parquet/omission.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "record/frame.h"

void
omission_add(struct omission *o, struct str type, uint64_t rows)
{
	size_t i = 0;

	if (frame_is_taken(type))
		return;
	while (i < o->types && !str_eq(o->type[i].name, type))
		i++;
	if (i == OMISSION_TYPES) {
		o->others += rows;
		return;
	}
	if (i == o->types) {
		o->type[i].name = (struct str){ mem_dup(type.p, type.n),
			type.n };
		o->types++;
	}
	o->type[i].rows += rows;
}

void
omission_put_types(const struct omission *o, struct output *out)
{
	enum { MOST = 100 };

	for (size_t i = 0; i < o->types; i++) {
		struct str name = o->type[i].name;

		output_text(out,
		    i == 0 ? "records of other types were left out: " : ", ");
		output_printf(out, "%" PRIu64 " ", o->type[i].rows);
		output_in_line(out,
		    name.n <= MOST ? name : (struct str){ name.p, MOST });
	}
	if (o->others > 0)
		output_printf(out, ", %" PRIu64 " of others", o->others);
	if (o->types > 0)
		output_byte(out, '\n');
}

void
omission_put_values(const struct omission *o, struct output *out)
{
	if (o->values > 0)
		output_printf(out,
		    "%" PRIu64 " values of fields that the schema does not "
		    "have were left out\n",
		    o->values);
}

void
omission_free(struct omission *o)
{
	for (size_t i = 0; i < o->types; i++)
		free((char *)(uintptr_t)o->type[i].name.p);
}
