/* SPDX-License-Identifier: MIT */
#include "source/tasks.h"

#include <stdlib.h>
#include <uthash.h>

#include "base/mem.h"
#include "base/num.h"

enum {
	COMM_MAX = 15,
	/* A kernel has at most 4 Mi tids; so memory stays bounded. */
	TASKS_MAX = 1 << 22,
	RECENT = 1024,
};

struct task {
	int64_t tid;
	UT_hash_handle hh;
	unsigned char n;
	char name[COMM_MAX];
};

/* What was looked up the last time by tasks with these low bits. */
struct recent {
	int64_t tid;
	const struct task *task; /* NULL: it has no name */
};

struct tasks {
	struct task *task; /* by tid */
	struct recent recent[RECENT];
};

struct tasks *
tasks_new(void)
{
	struct tasks *t = mem_alloc(sizeof(*t));

	for (int i = 0; i < RECENT; i++)
		t->recent[i].tid = -1;
	return t;
}

void
tasks_free(struct tasks *t)
{
	struct task *task, *next;

	if (t == NULL)
		return;
	HASH_ITER (hh, t->task, task, next) {
		HASH_DEL(t->task, task);
		free(task);
	}
	free(t);
}

static const struct task *
look_up(struct tasks *t, int64_t tid)
{
	struct recent *r = &t->recent[(uint64_t)tid % RECENT];
	struct task *task;

	if (r->tid == tid)
		return r->task;
	HASH_FIND(hh, t->task, &tid, sizeof(tid), task);
	*r = (struct recent){ tid, task };
	return task;
}

void
tasks_add(struct tasks *t, int64_t tid, struct str name)
{
	struct task *task;

	if (tid <= 0 || name.n == 0 || name.n > COMM_MAX ||
	    look_up(t, tid) != NULL || HASH_COUNT(t->task) >= TASKS_MAX)
		return;
	task = mem_alloc(sizeof(*task));
	task->tid = tid;
	task->n = (unsigned char)name.n;
	memcpy(task->name, name.p, name.n);
	HASH_ADD(hh, t->task, tid, sizeof(task->tid), task);
	t->recent[(uint64_t)tid % RECENT] = (struct recent){ tid, task };
}

void
tasks_add_lines(struct tasks *t, struct str text)
{
	while (text.n > 0) {
		const char *nl = memchr(text.p, '\n', text.n);
		struct str line = { text.p,
			nl != NULL ? (size_t)(nl - text.p) : text.n };
		const char *blank = memchr(line.p, ' ', line.n);
		int64_t tid;

		text = str_skip(text, line.n + (nl != NULL));
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
