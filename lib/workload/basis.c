/* SPDX-License-Identifier: MIT */
#include "workload/basis.h"

#include <inttypes.h>

#include "record/json.h"
#include "workload/task_columns.h"

static const char *const assumptions[] = { TASK_ASSUMPTIONS };
static const char *const kinds[] = { FRAGMENT_WORDS };

/* Adds one that is named; false if there is none of that name. */
static bool
refuse_one(struct basis_refusal *r, struct str name)
{
	const unsigned beside = 1u << FRAGMENT_HEAD | 1u << FRAGMENT_GAP |
	    1u << FRAGMENT_TAIL;

	if (str_is(name, "cpu_time")) {
		r->cpu_time = true;
		return true;
	}
	for (size_t i = 0; i < LENGTH(assumptions); i++)
		if (str_is(name, assumptions[i])) {
			r->assumed |= 1u << i;
			return true;
		}
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if ((beside & 1u << i) != 0 && str_is(name, kinds[i])) {
			r->kinds |= 1u << i;
			return true;
		}
	return false;
}

const char *
basis_refuse(struct basis_refusal *r, const char *list)
{
	for (;;) {
		size_t n = strcspn(list, ",");

		if (!refuse_one(r, (struct str){ list, n }))
			return "not of cpu_time, cpu_count, cpu_capacity, "
			       "mem_capacity, duration, head, gap, tail";
		if (list[n] == '\0')
			return NULL;
		list += n + 1;
	}
}

bool
basis_refuses(const struct basis_refusal *r, const struct task *t,
    const struct fragment *f, size_t n)
{
	if ((t->assumed & r->assumed) != 0 || (r->cpu_time && t->cpu_ns < 0))
		return true;
	for (size_t i = 0; i < n; i++)
		if ((r->kinds & 1u << f[i].kind) != 0)
			return true;
	return false;
}

void
basis_add(struct basis *b, const struct task *t, const struct fragment *f,
    size_t n)
{
	b->tasks++;
	b->failed += t->failed;
	b->unmeasured += t->cpu_ns < 0;
	for (size_t i = 0; i < LENGTH(assumptions); i++)
		b->assumed[i] += (t->assumed & 1u << i) != 0;
	b->fragments += n;
	for (size_t i = 0; i < n; i++)
		if (__builtin_add_overflow(b->ms[f[i].kind], f[i].duration_ms,
			&b->ms[f[i].kind]))
			b->ms[f[i].kind] = INT64_MAX;
}

uint64_t
basis_assumed(const struct basis *b, unsigned what)
{
	return b->assumed[__builtin_ctz(what)];
}

static void
put(struct output *out, const char *before, const char *name, const char *after,
    uint64_t v)
{
	output_printf(out, ",\"%s%s%s\":%" PRIu64, before, name, after, v);
}

void
basis_put(const struct basis *b, struct output *out)
{
	json_put_u64(out, "tasks", b->tasks - b->failed);
	json_put_u64(out, "failed_tasks", b->failed);
	json_put_u64(out, "refused", b->refused);
	json_put_u64(out, "unmeasured", b->unmeasured);
	for (size_t i = 0; i < LENGTH(assumptions); i++)
		put(out, "assumed_", assumptions[i], "", b->assumed[i]);
	json_put_u64(out, "fragments", b->fragments);
	json_put_u64(out, "raised", b->raised);
	for (size_t i = 0; i < LENGTH(kinds); i++)
		put(out, "", kinds[i], "_ms", (uint64_t)b->ms[i]);
}

void
basis_put_notes(const struct basis *b, struct output *out)
{
	if (b->refused > 0)
		output_printf(out,
		    "%" PRIu64 " tasks refused: too much of them is assumed\n",
		    b->refused);
	if (b->raised > 0)
		output_printf(out,
		    "%" PRIu64 " fragments had less than the floor\n",
		    b->raised);
}
