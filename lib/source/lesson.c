/* SPDX-License-Identifier: MIT */
#include "source/lesson.h"

#include <endian.h>
#include <string.h>

static const struct {
	const char *event, *comm, *tid;
} teachers[] = {
	{ "sched_switch", "prev_comm", "prev_pid" },
	{ "sched_switch", "next_comm", "next_pid" },
	{ "sched_wakeup", "comm", "pid" },
	{ "sched_wakeup_new", "comm", "pid" },
};

void
lesson_find(struct lesson *l, const struct format *f)
{
	l->n = 0;
	for (size_t i = 0; i < sizeof(teachers) / sizeof(teachers[0]); i++) {
		const struct format_field *comm, *tid;

		if (!str_is(f->name, teachers[i].event))
			continue;
		comm = format_field(f, str_of(teachers[i].comm));
		tid = format_field(f, str_of(teachers[i].tid));
		if (comm == NULL || tid == NULL || comm->form != FORM_CHARS ||
		    comm->place != PLACE_HERE || tid->size != 4)
			continue;
		l->comm[l->n] = comm;
		l->tid[l->n++] = tid;
	}
}

void
lesson_learn(const struct lesson *l, bool big_endian, const uint8_t *data,
    struct tasks *tasks)
{
	for (size_t i = 0; i < l->n; i++) {
		struct str name = { (const char *)data + l->comm[i]->offset,
			0 };
		uint32_t tid;

		memcpy(&tid, data + l->tid[i]->offset, sizeof(tid));
		tid = big_endian ? be32toh(tid) : le32toh(tid);
		name.n = strnlen(name.p, l->comm[i]->size);
		tasks_add(tasks, (int32_t)tid, name);
	}
}
