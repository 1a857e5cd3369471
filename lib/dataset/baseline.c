/* SPDX-License-Identifier: MIT */
#include "dataset/baseline.h"

#include <stdlib.h>

#include "base/intern.h"
#include "base/mem.h"
#include "dataset/cell.h"

/* Room for the code and the commas. */
enum { ROOM = 32 };

struct baseline {
	enum baseline_kind kind;
	struct intern *names; /* that have a code: their number tells it */
};

const char *const baseline_column[BASELINE_COLUMNS] = { "task_code", "time",
	"name", "pid" };

bool
baseline_kind(const char *name, enum baseline_kind *kind)
{
	if (name == NULL || strcmp(name, "time") == 0)
		*kind = BASELINE_TIME;
	else if (strcmp(name, "diff") == 0)
		*kind = BASELINE_DIFF;
	else
		return false;
	return true;
}

struct baseline *
baseline_new(enum baseline_kind kind)
{
	struct baseline *b;

	if (kind == BASELINE_NONE)
		return NULL;
	b = mem_alloc(sizeof(*b));
	b->kind = kind;
	b->names = intern_new();
	return b;
}

void
baseline_free(struct baseline *b)
{
	if (b == NULL)
		return;
	intern_free(b->names);
	free(b);
}

bool
baseline_tells_difference(const struct baseline *b)
{
	return b->kind == BASELINE_DIFF;
}

/* Writes the code of that number; there are 62 of one character. */
static char *
put_code(char *p, size_t number)
{
	static const char character[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					"abcdefghijklmnopqrstuvwxyz0123456789";
	const size_t base = sizeof(character) - 1;
	size_t codes = base, n = 1;

	for (; number >= codes; n++) {
		number -= codes;
		codes *= base;
	}
	for (size_t i = n; i-- > 0; number /= base)
		p[i] = character[number % base];
	return p + n;
}

/* Returns a time without the zeros that say nothing. */
static struct str
short_time(struct str time)
{
	const char *point = memchr(time.p, '.', time.n);

	if (point == NULL)
		return time;
	while (time.p + time.n > point + 2 && time.p[time.n - 1] == '0')
		time.n--;
	return time;
}

void
baseline_put(struct baseline *b, struct output *out, struct str time,
    struct str name, struct str pid)
{
	size_t room = ROOM + time.n + name.n + pid.n;
	char *p = output_room(out, room);

	if (b->kind == BASELINE_DIFF) {
		p = put_code(p,
		    intern_id(b->names, name.p != NULL ? name : str_of("")));
	} else {
		*p++ = '0';
		time = short_time(time);
	}
	*p++ = ',';
	p = str_copy(p, time);
	*p++ = ',';
	p = cell_put(out, p, name, room);
	*p++ = ',';
	p = cell_put(out, p, pid, room);
	*p++ = '\n';
	cell_fill(out, p);
}
