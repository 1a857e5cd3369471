/* SPDX-License-Identifier: MIT */
#include "source/tasks.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"

enum {
	COMM_MAX = 15,
	/* They stay where they are, so they stand in blocks. */
	BLOCK = 1 << 12,
	BLOCKS = TASKS_MAX / BLOCK,
	PLACES = 1 << 10, /* at first; always a power of two */
	RECENT = 1024,
};

struct task {
	int64_t tid;
	unsigned char n;
	char name[COMM_MAX];
};

/* What was looked up the last time by tasks with these low bits. */
struct recent {
	int64_t tid;
	struct task *task; /* NULL: it has no name */
};

struct tasks {
	struct task *block[BLOCKS];
	uint32_t n;
	uint32_t *place; /* by hash, or behind that: number of a task, from 1 */
	uint32_t places;
	struct recent recent[RECENT];
	bool follow; /* the last name stands */
};

/* Begins with no name. */
static void
begin(struct tasks *t)
{
	t->n = 0;
	t->places = PLACES;
	t->place = mem_alloc(t->places * sizeof(*t->place));
	for (int i = 0; i < RECENT; i++)
		t->recent[i] = (struct recent){ .tid = -1 };
}

struct tasks *
tasks_new(void)
{
	struct tasks *t = mem_alloc(sizeof(*t));

	begin(t);
	return t;
}

void
tasks_follow(struct tasks *t)
{
	t->follow = true;
}

void
tasks_free(struct tasks *t)
{
	if (t == NULL)
		return;
	for (int i = 0; i < BLOCKS; i++)
		free(t->block[i]);
	free(t->place);
	free(t);
}

/* Returns the task with that number, from 1. */
static struct task *
task_of(const struct tasks *t, uint32_t number)
{
	return &t->block[(number - 1) / BLOCK][(number - 1) % BLOCK];
}

/* Returns the place of a task, or the free one that would be its. */
static uint32_t *
place_of(const struct tasks *t, int64_t tid)
{
	uint32_t i = hash_bytes(&tid, sizeof(tid)) & (t->places - 1);

	while (t->place[i] != 0 && task_of(t, t->place[i])->tid != tid)
		i = (i + 1) & (t->places - 1);
	return &t->place[i];
}

static struct task *
look_up(struct tasks *t, int64_t tid)
{
	struct recent *r = &t->recent[(uint64_t)tid % RECENT];
	uint32_t number;

	if (r->tid == tid)
		return r->task;
	number = *place_of(t, tid);
	*r = (struct recent){ tid, number != 0 ? task_of(t, number) : NULL };
	return r->task;
}

/* Doubles the places, so that at most half of them are taken. */
static void
grow(struct tasks *t)
{
	free(t->place);
	t->places *= 2;
	t->place = mem_alloc(t->places * sizeof(*t->place));
	for (uint32_t number = 1; number <= t->n; number++)
		*place_of(t, task_of(t, number)->tid) = number;
}

static void
set_name(struct task *task, struct str name)
{
	task->n = (unsigned char)name.n;
	memcpy(task->name, name.p, name.n);
}

void
tasks_add(struct tasks *t, int64_t tid, struct str name)
{
	struct task *task;

	if (tid <= 0 || name.n == 0 || name.n > COMM_MAX)
		return;
	task = look_up(t, tid);
	if (task != NULL && t->follow)
		set_name(task, name);
	if (task != NULL)
		return;
	if (t->n == TASKS_MAX && t->follow) {
		free(t->place);
		begin(t);
	}
	if (t->n == TASKS_MAX)
		return;
	if (t->n >= t->places / 2)
		grow(t);
	if (t->block[t->n / BLOCK] == NULL)
		t->block[t->n / BLOCK] = mem_alloc(BLOCK * sizeof(*task));
	*place_of(t, tid) = ++t->n;
	task = task_of(t, t->n);
	task->tid = tid;
	set_name(task, name);
	t->recent[(uint64_t)tid % RECENT] = (struct recent){ tid, task };
}

void
tasks_add_lines(struct tasks *t, struct str text)
{
	struct str line;

	while (str_line(&text, &line)) {
		const char *blank = memchr(line.p, ' ', line.n);
		int64_t tid;

		if (blank == NULL ||
		    !num_s64((struct str){ line.p, (size_t)(blank - line.p) },
			&tid))
			return;
		tasks_add(t, tid, str_skip(line, (size_t)(blank - line.p) + 1));
	}
}

struct str
tasks_find(struct tasks *t, int64_t tid)
{
	const struct task *task;

	if (tid == 0)
		return str_of("<idle>");
	task = look_up(t, tid);
	if (task == NULL)
		return (struct str){ NULL, 0 };
	return (struct str){ task->name, task->n };
}
