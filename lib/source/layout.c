/* SPDX-License-Identifier: MIT */
#include "source/layout.h"

#include <stdlib.h>

#include "base/mem.h"

enum { COMM_MAX = 15, PARTS_MAX = 16 };

#define COMM_PID_PRIO "comm={comm:c} pid={pid:d} prio={prio:d}"
#define COOKED_PRIO "{comm:c}:{pid:d} [{prio:d}]"

/* Several layouts of an event stand together, the likeliest first. */
static const struct {
	const char *event, *layout;
} known[] = {
	{ "sched_switch",
	    "prev_comm={prev_comm:c} prev_pid={prev_pid:d} "
	    "prev_prio={prev_prio:d} prev_state={prev_state:w} ==> "
	    "next_comm={next_comm:c} next_pid={next_pid:d} "
	    "next_prio={next_prio:d}" },
	{ "sched_switch",
	    "prev_comm={prev_comm:c} prev_pid={prev_pid:d} "
	    "prev_prio={prev_prio:d} prev_state={prev_state:w} "
	    "next_comm={next_comm:c} next_pid={next_pid:d} "
	    "next_prio={next_prio:d}" },
	{ "sched_switch",
	    "{prev_comm:c}:{prev_pid:d} [{prev_prio:d}] {prev_state:w} ==> "
	    "{next_comm:c}:{next_pid:d} [{next_prio:d}]" },
	{ "sched_wakeup", COMM_PID_PRIO " target_cpu={target_cpu:d}" },
	{ "sched_wakeup", COOKED_PRIO " CPU:{target_cpu:d}" },
	{ "sched_wakeup",
	    COMM_PID_PRIO " success={success:d} target_cpu={target_cpu:d}" },
	{ "sched_wakeup",
	    COOKED_PRIO " success={success:d} CPU:{target_cpu:d}" },
	{ "sched_wakeup_new", COMM_PID_PRIO " target_cpu={target_cpu:d}" },
	{ "sched_wakeup_new", COOKED_PRIO " CPU:{target_cpu:d}" },
	{ "sched_wakeup_new",
	    COMM_PID_PRIO " success={success:d} target_cpu={target_cpu:d}" },
	{ "sched_wakeup_new",
	    COOKED_PRIO " success={success:d} CPU:{target_cpu:d}" },
	{ "sched_waking", COMM_PID_PRIO " target_cpu={target_cpu:d}" },
	{ "sched_waking", COOKED_PRIO " CPU:{target_cpu:d}" },
	{ "sched_waking",
	    COMM_PID_PRIO " success={success:d} target_cpu={target_cpu:d}" },
	{ "sched_migrate_task",
	    COMM_PID_PRIO " orig_cpu={orig_cpu:d} dest_cpu={dest_cpu:d}" },
	{ "sched_process_fork",
	    "comm={parent_comm:c} pid={parent_pid:d} "
	    "child_comm={child_comm:c} child_pid={child_pid:d}" },
	{ "sched_process_fork",
	    "parent_comm={parent_comm:c} parent_pid={parent_pid:d} "
	    "child_comm={child_comm:c} child_pid={child_pid:d}" },
	{ "sched_process_exit", COMM_PID_PRIO " group_dead={group_dead:w}" },
	{ "sched_process_exit", COMM_PID_PRIO },
	{ "sched_process_free", COMM_PID_PRIO },
	{ "sched_process_wait", COMM_PID_PRIO },
	{ "sched_wait_task", COMM_PID_PRIO },
	{ "sched_process_exec",
	    "filename={filename:s} pid={pid:d} old_pid={old_pid:d}" },
	{ "sched_stat_runtime",
	    "comm={comm:c} pid={pid:d} runtime={runtime:d} [ns]" },
	{ "sched_stat_runtime",
	    "comm={comm:c} pid={pid:d} runtime={runtime:d} [ns] "
	    "vruntime={vruntime:d} [ns]" },
	{ "sched_stat_runtime",
	    "comm={comm:c} pid={pid:d} runtime={runtime:d}" },
	{ "sched_pi_setprio",
	    "comm={comm:c} pid={pid:d} oldprio={oldprio:d} "
	    "newprio={newprio:d}" },
	{ "task_newtask",
	    "pid={pid:d} comm={comm:c} clone_flags={clone_flags:w} "
	    "oom_score_adj={oom_score_adj:d}" },
	{ "task_rename",
	    "pid={pid:d} oldcomm={oldcomm:c} newcomm={newcomm:c} "
	    "oom_score_adj={oom_score_adj:d}" },
};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

/* Text, and the field behind it; the last part may have no field. */
struct part {
	struct str text;
	struct str key;
	char kind; /* c, d, w, s, or 0: no field */
};

struct layout {
	struct part part[PARTS_MAX];
	size_t n;
};

struct layouts {
	struct layout layout[KNOWN];
};

/* Splits the text of a layout at its braces. */
static void
compile(struct layout *l, const char *s)
{
	while (*s != '\0') {
		struct part *p = &l->part[l->n++];
		const char *open = strchr(s, '{'), *colon;

		if (open == NULL) {
			*p = (struct part){ .text = str_of(s) };
			return;
		}
		colon = strchr(open, ':');
		p->text = (struct str){ s, (size_t)(open - s) };
		p->key = (struct str){ open + 1, (size_t)(colon - open) - 1 };
		p->kind = colon[1];
		s = colon + 3;
	}
}

struct layouts *
layouts_new(void)
{
	struct layouts *all = mem_alloc(sizeof(*all));

	for (size_t i = 0; i < KNOWN; i++)
		compile(&all->layout[i], known[i].layout);
	return all;
}

void
layouts_free(struct layouts *all)
{
	free(all);
}

int
layouts_find(const struct layouts *all, struct str event)
{
	(void)all;
	for (size_t i = 0; i < KNOWN; i++)
		if (str_is(event, known[i].event))
			return (int)i;
	return -1;
}

/* Returns how long the number is that s begins with; 0 if it does not. */
static size_t
number_length(struct str s)
{
	bool hex = str_starts(s, "0x");
	size_t start = hex ? 2 : s.n > 0 && s.p[0] == '-', n = start;

	while (n < s.n &&
	    ((s.p[n] >= '0' && s.p[n] <= '9') ||
		(hex && s.p[n] >= 'a' && s.p[n] <= 'f')))
		n++;
	return n > start ? n : 0;
}

/* The same for a word. */
static size_t
word_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ' && s.p[n] != '\n')
		n++;
	return n;
}

/*
 * Returns the longest that the field may be that s begins with; for a
 * number or a word that is its only length, and 0 if it is none.
 */
static size_t
longest(char kind, struct str s)
{
	const char *close;

	switch (kind) {
	case 'd':
		return number_length(s);
	case 'w':
		return word_length(s);
	case 'c':
		if (!str_starts(s, "ARRAY["))
			break;
		/* report -R prints a comm so when it has seen an odd one. */
		close = memchr(s.p, ']', s.n);
		if (close != NULL && close - s.p > COMM_MAX)
			return (size_t)(close - s.p) + 1;
		break;
	default:
		return s.n;
	}
	return s.n < COMM_MAX ? s.n : COMM_MAX;
}

static bool match(const struct layout *, size_t, struct str, struct fields *,
    enum layout_end *);

/*
 * Tries each length that the name may have, the shortest first, until the
 * rest fits: a comm that itself holds the text behind it is passed over,
 * since the rest then does not.  Where nothing fits, s may end in the name.
 */
static bool
match_name(const struct layout *l, size_t i, struct str s, struct fields *f,
    enum layout_end *end)
{
	size_t max = longest(l->part[i].kind, s), had = f->n;
	bool last = i + 1 == l->n;
	char stop = last ? '\0' : l->part[i + 1].text.p[0];

	for (size_t n = last ? max : 0; n <= max; n++) {
		if (!last && (n >= s.n || s.p[n] != stop))
			continue;
		fields_add(f, l->part[i].key, (struct str){ s.p, n });
		if (match(l, i + 1, str_skip(s, n), f, end))
			return true;
		f->n = had;
	}
	if (l->part[i].kind == 'c' && s.n < COMM_MAX)
		*end = LAYOUT_IN_COMM;
	else if (l->part[i].kind == 's' && *end == LAYOUT_BROKEN)
		*end = LAYOUT_IN_TEXT;
	return false;
}

/*
 * Fits the parts of a layout from the i-th to all of s.  It calls itself
 * through match_name once for each name, of which no layout has over two.
 */
static bool
match(const struct layout *l, size_t i, struct str s, struct fields *f,
    enum layout_end *end)
{
	for (; i < l->n; i++) {
		const struct part *p = &l->part[i];
		size_t n;

		if (s.n < p->text.n || memcmp(s.p, p->text.p, p->text.n) != 0)
			return false;
		s = str_skip(s, p->text.n);
		if (p->kind == '\0')
			break;
		if (p->kind == 'c' || p->kind == 's')
			return match_name(l, i, s, f, end);
		if ((n = longest(p->kind, s)) == 0)
			return false;
		fields_add(f, p->key, (struct str){ s.p, n });
		s = str_skip(s, n);
	}
	return str_trim(s).n == 0;
}

/* Tries each layout of the event; where none fits, *end tells how far. */
static bool
fits(const struct layouts *all, int number, struct str body, struct fields *f,
    enum layout_end *end)
{
	const char *event = known[number].event;

	*end = LAYOUT_BROKEN;
	for (size_t i = (size_t)number; i < KNOWN; i++) {
		if (i > (size_t)number && strcmp(known[i].event, event) != 0)
			break;
		fields_clear(f);
		if (match(&all->layout[i], 0, body, f, end))
			return true;
	}
	fields_clear(f);
	return false;
}

bool
layouts_read(const struct layouts *all, int number, struct str body,
    struct fields *f)
{
	enum layout_end end;

	return fits(all, number, body, f, &end);
}

enum layout_end
layouts_end(const struct layouts *all, int number, struct str body,
    struct fields *f)
{
	enum layout_end end;

	return fits(all, number, body, f, &end) ? LAYOUT_BROKEN : end;
}
