/* SPDX-License-Identifier: MIT */
/* layout: the tables of layouts, and bodies that end at the memory's end */
#include "source/layout.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "source/compiled.h"
#include "source/printed.h"

static struct layouts *all;
static struct fields fields;

/* Reads a body that lies at the very end of its memory. */
static bool
reads(const char *event, const char *body)
{
	static char *copy;
	int number = layouts_find(all, str_of(event));
	size_t n = strlen(body);

	assert(number >= 0);
	free(copy);
	copy = malloc(n > 0 ? n : 1);
	assert(copy != NULL);
	memcpy(copy, body, n);
	return layouts_read(all, number, (struct str){ copy, n }, &fields);
}

/* Reads a body as "kind key=value|...", where the kinds are P L T W C. */
static void
reads_as(const char *event, const char *body, const char *want)
{
	bool fits = reads(event, body);
	char got[1000];
	size_t n = 0;

	if (!fits)
		fprintf(stderr, "%s does not fit: %s\n", event, body);
	assert(fits);
	got[0] = '\0';
	for (size_t i = 0; i < fields.n; i++)
		n += (size_t)snprintf(got + n, sizeof(got) - n,
		    "%s%c %.*s=%.*s", i > 0 ? "|" : "",
		    "PLTWC"[fields.field[i].kind], (int)fields.field[i].key.n,
		    fields.field[i].key.p, (int)fields.field[i].value.n,
		    fields.field[i].value.p);
	if (strcmp(got, want) != 0)
		fprintf(stderr, "got  %s\nwant %s\n", got, want);
	assert(strcmp(got, want) == 0);
}

static void
reads_not(const char *event, const char *body)
{
	bool fits = reads(event, body);

	if (fits)
		fprintf(stderr, "%s fits: %s\n", event, body);
	assert(!fits);
	assert(fields.n == 0);
}

/* Calls f for each row of all tables. */
static void
each_row(void (*f)(const struct printed *))
{
	for (size_t i = 0; printed[i] != NULL; i++)
		for (const struct printed *p = printed[i]; p->events; p++)
			f(p);
}

static void
check_compiled(const struct printed *row)
{
	struct layout *l = compiled_new(row->layout);

	if (l->n == 0)
		assert(l->order != NULL);
	for (size_t i = 0; i < l->n; i++) {
		const struct part *p = &l->part[i];
		bool name = p->kind == 'c' || p->kind == 's';

		/* Only what has no meaning may have one letter as its kind. */
		assert(p->kind == '\0'
			? i + 1 == l->n
			: strchr("cdwiszZnmpv", p->kind) != NULL);
		assert(p->meant == (p->kind && strchr("nmpv", p->kind)));
		if (p->kind == '\0')
			assert(p->text.n > 0 && p->key.p == NULL);
		if (name && i + 1 < l->n && l->part[i + 1].text.n == 0)
			fprintf(stderr, "no text behind a name: %s\n",
			    row->layout);
		assert(!name || i + 1 == l->n || l->part[i + 1].text.n > 0);
		/* Where a comm is the last, only the body's end tells its. */
		assert(!l->straight || p->kind != 'c' || i + 1 < l->n);
	}
	compiled_free(l);
}

static void
every_row_compiles(void)
{
	each_row(check_compiled);
}

/* The rows of one event stand together, and have the same names. */
static void
check_events(const struct printed *row)
{
	const char *name = row->events;

	for (size_t n; *name != '\0'; name += n + (name[n] == ' ')) {
		struct str event = { name, n = strcspn(name, " ") };
		size_t groups = 0;

		assert(
		    n > 0 && !compiled_has(name + n + (name[n] == ' '), event));
		for (size_t i = 0; printed[i] != NULL; i++)
			for (const struct printed *p = printed[i]; p->events;
			     p++) {
				if (!compiled_has(p->events, event))
					continue;
				groups += p == printed[i] ||
				    strcmp(p[-1].events, p->events) != 0;
			}
		if (groups != 1)
			fprintf(stderr, "%.*s stands in %zu places\n", (int)n,
			    name, groups);
		assert(groups == 1);
	}
}

static void
each_event_stands_in_one_place(void)
{
	each_row(check_events);
}

static bool
has_field(const struct layout *l, struct str key)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->part[i].key, key))
			return true;
	return false;
}

/* One without parts has the order of key=value alone. */
static void
check_order(const struct printed *row)
{
	struct layout *l = compiled_new(row->layout);
	const char *name = l->order;

	for (size_t n; name != NULL && *name != '\0' && l->n > 0;
	     name += n + (name[n] == ' ')) {
		struct str key = { name, n = strcspn(name, " ") };

		if (!has_field(l, key))
			fprintf(stderr, "%s: no field %.*s\n", row->events,
			    (int)n, name);
		assert(has_field(l, key));
		assert(!compiled_has(name + n + (name[n] == ' '), key));
	}
	compiled_free(l);
}

static void
orders_are_of_fields(void)
{
	each_row(check_order);
}

/* What a straight layout prints for values that are made up. */
static size_t
print(const struct layout *l, char *out, size_t size, bool ends)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct part *p = &l->part[i];
		const char *kind = p->kind == '\0' ? ""
		    : p->kind == 'c'               ? "a b"
		    : p->kind == 'd'               ? "12345678"
						   : "S";

		if (i + 1 == l->n && !ends)
			kind = "";
		n += (size_t)snprintf(out + n, size - n, "%.*s%s",
		    (int)p->text.n, p->text.p, kind);
	}
	return n;
}

/*
 * Each front of a body, at the end of its memory: what fits is a shorter form
 * or a shorter number at the end.
 */
static void
check_fronts(const struct printed *row)
{
	struct layout *l = compiled_new(row->layout);
	char body[500], event[100];
	size_t n, shortest;

	snprintf(event, sizeof(event), "%.*s", (int)strcspn(row->events, " "),
	    row->events);
	if (l->straight && l->n > 0) {
		shortest = print(l, body, sizeof(body), false);
		n = print(l, body, sizeof(body), true);
		assert(reads(event, body));
		assert(fields.n == l->n - (l->part[l->n - 1].kind == '\0'));
		for (; n-- > 0;) {
			body[n] = '\0';
			if (n > shortest)
				assert(reads(event, body));
			else if (reads(event, body))
				assert(fields.n < l->n);
		}
	}
	compiled_free(l);
}

static void
fronts_of_bodies_fit_rightly(void)
{
	each_row(check_fronts);
}

#define VICTIM                                                                 \
	"pid=1 comm=x total-vm=2kB anon-rss=3kB file-rss:4kB shmem-rss:5kB "   \
	"uid=6 pgtables=7"

/* Texts of 3, 8, 15, 17, 22 and 25 bytes with nothing behind them. */
static void
texts_may_be_the_last(void)
{
	reads_as("sys_exit", "NR 1 = 2", "L id=1|L ret=2");
	reads_not("sys_exit", "NR 1 = ");
	reads_as("damos_esz", "ctx_idx=1 scheme_idx=2 esz=3",
	    "L context_idx=1|L scheme_idx=2|L esz=3");
	reads_not("damos_esz", "ctx_idx="); /* 8 */
	reads_not("damos_esz", "ctx_idx");
	reads_not("damos_esz", "ctx_idy=");
	reads_as("pm_qos_add_request", "CPU_DMA_LATENCY value=1", "L value=1");
	reads_not("pm_qos_add_request", "CPU_DMA_LATENCY value="); /* 22 */
	reads_as("cpu_frequency_limits", "min=1 max=2 cpu_id=3",
	    "L min_freq=1|L max_freq=2|L cpu_id=3");
	reads_not("cpu_frequency_limits", "min=1 max=2 cpu_id="); /* 8 */
	reads_not("cpu_frequency_limits", "min=1 max=2 cpu_id");
	reads_not("cpu_frequency_limits", "min=1 max=2 cpu_ix=");
	reads_as("oom_score_adj_update", "pid=1 comm=x oom_score_adj=-17",
	    "L pid=1|T comm=x|L oom_score_adj=-17");
	reads_not("oom_score_adj_update",
	    "pid=1 comm=x oom_score_adj="); /* 15 */
	reads_not("oom_score_adj_update", "pid=1 comm=x oom_score_adj");
	reads_not("oom_score_adj_update", "pid=1 comm=x oom_score_adk=1");
	reads_not("oom_score_adj_update", "pid=1 comm=x_oom_score_adj=1");
	reads_as("mark_victim", VICTIM "kB oom_score_adj=9",
	    "L pid=1|T comm=x|L total_vm=2|L anon_rss=3|L file_rss=4|"
	    "L shmem_rss=5|L uid=6|L pgtables=7|L oom_score_adj=9");
	reads_not("mark_victim", VICTIM "kB oom_score_adj="); /* 17 */
	reads_not("mark_victim", VICTIM "kB oom_score_adj");
	reads_not("mark_victim", VICTIM "kB oom_score_adk=9");
	reads_not("mark_victim", VICTIM "kB_oom_score_adj=9");
	reads_not("mark_victim", VICTIM);
	reads_not("bpf_test_finish", "bpf_test_finish with err="); /* 25 */
	reads_not("bpf_test_finish", "bpf_test_finish with err");
	reads_as("bpf_test_finish", "bpf_test_finish with err=0", "L err=0");
}

/* The last text of these, of five bytes and of one, ends the body. */
static void
text_ends_bodies(void)
{
	reads_as("sched_stat_runtime", "comm=x pid=1 runtime=2 [ns]",
	    "T comm=x|L pid=1|L runtime=2");
	reads_not("sched_stat_runtime", "comm=x pid=1 runtime=2 [ns");
	reads_not("sched_stat_runtime", "comm=x pid=1 runtime=2 [ns]x");
	reads_as("sched_stat_runtime", "comm=x pid=1 runtime=2 [ns]  ",
	    "T comm=x|L pid=1|L runtime=2");
	reads_as("block_plug", "[x]", "T comm=x");
	reads_as("block_plug", "[a]]", "T comm=a]");
	reads_not("block_plug", "[x");
	reads_not("block_plug", "[");
	reads_not("block_plug", "");
}

#define SWITCH_NEXT " next_pid=2 next_prio=-1"

static void
kinds_are_those_of_looks(void)
{
	reads_as("sched_switch",
	    "prev_comm=a prev_pid=0123 prev_prio=0 prev_state=S ==> "
	    "next_comm=" SWITCH_NEXT,
	    "T prev_comm=a|L prev_pid=123|L prev_prio=0|W prev_state=S|"
	    "T next_comm=|L next_pid=2|L next_prio=-1");
	/* Longer numbers, and states of two letters, are looked at again. */
	reads_as("sched_switch",
	    "prev_comm=a prev_pid=123456789 prev_prio=4294967295 "
	    "prev_state=R+ ==> next_comm=b" SWITCH_NEXT,
	    "T prev_comm=a|L prev_pid=123456789|P prev_prio=4294967295|"
	    "P prev_state=R+|T next_comm=b|L next_pid=2|L next_prio=-1");
	reads_as("sched_switch", "a:1 [120] X ==> b:2 [-1]",
	    "T prev_comm=a|L prev_pid=1|L prev_prio=120|C prev_state=X|"
	    "T next_comm=b|L next_pid=2|L next_prio=-1");
	reads_as("sched_switch", "a:1 [120] D ==> b:2 [-1]",
	    "T prev_comm=a|L prev_pid=1|L prev_prio=120|W prev_state=D|"
	    "T next_comm=b|L next_pid=2|L next_prio=-1");
	reads_as("sched_wakeup", "comm=a pid=1 prio=-01 target_cpu=003",
	    "T comm=a|L pid=1|P prio=-01|L target_cpu=3");
	reads_as("sched_wakeup", "a:1 [0] CPU:000",
	    "T comm=a|L pid=1|L prio=0|L target_cpu=0");
	reads_not("sched_wakeup", "comm=a pid=- prio=1 target_cpu=003");
	reads_not("sched_wakeup", "comm=a pid=1 prio=1 target_cpu=3x");
	reads_not("sched_wakeup", "comm=a pid=1 prio=1 target_cpu=3 x");
}

/* A comm has 15 bytes at most, and any of the text around it. */
static void
comms_hold_text(void)
{
	reads_as("sched_wakeup", "comm= pid=1 pid=2 prio=3 target_cpu=4",
	    "T comm= pid=1|L pid=2|L prio=3|L target_cpu=4");
	reads_as("sched_wakeup",
	    "comm=123456789012345 pid=2 prio=3 "
	    "target_cpu=4",
	    "T comm=123456789012345|L pid=2|L prio=3|L target_cpu=4");
	reads_not("sched_wakeup",
	    "comm=1234567890123456 pid=2 prio=3 "
	    "target_cpu=4");
	reads_as("sched_wakeup", "a:1 [2] CPU:3:4 [5] CPU:006",
	    "T comm=a:1 [2] CPU:3|L pid=4|L prio=5|L target_cpu=6");
	reads_as("sched_switch", "x ==> y:1 [2] S ==> :3 [4]:5 [6]",
	    "T prev_comm=x ==> y|L prev_pid=1|L prev_prio=2|W prev_state=S|"
	    "T next_comm=:3 [4]|L next_pid=5|L next_prio=6");
	reads_as("sched_switch",
	    "prev_comm=p prev_pid=7 q prev_pid=1 prev_prio=2 "
	    "prev_state=S ==> next_comm= next_pid=1" SWITCH_NEXT,
	    "T prev_comm=p prev_pid=7 q|L prev_pid=1|L prev_prio=2|"
	    "W prev_state=S|T next_comm= next_pid=1|L next_pid=2|"
	    "L next_prio=-1");
	reads_as("task_rename",
	    "pid=1 oldcomm= newcomm=a newcomm= newcomm=b oom_score_adj=0",
	    "L pid=1|T oldcomm= newcomm=a|T newcomm= newcomm=b|"
	    "L oom_score_adj=0");
}

/* sched_prepare_exec ends with a comm. */
static void
the_last_comm_ends_the_body(void)
{
	const char *front = "interp=/i filename=/f pid=1 comm=";
	char body[100];

	snprintf(body, sizeof(body), "%s123456789012345", front);
	reads_as("sched_prepare_exec", body,
	    "T interp=/i|T filename=/f|L pid=1|T comm=123456789012345");
	strncat(body, "6", sizeof(body) - strlen(body) - 1);
	reads_not("sched_prepare_exec", body);
	reads_as("sched_prepare_exec", front,
	    "T interp=/i|T filename=/f|L pid=1|T comm=");
	reads_not("sched_prepare_exec", "interp=/i filename=/f pid=1 comm");
}

#define EIGHT "61, 62, 63, 64, 65, 66, 67, 68"
#define ARRAY "ARRAY[" EIGHT ", " EIGHT "]"

/* What report -R prints for an odd comm is looked at again. */
static void
arrays_are_comms(void)
{
	reads_as("sched_wakeup", "comm=" ARRAY " pid=2 prio=3 target_cpu=4",
	    "P comm=" ARRAY "|L pid=2|L prio=3|L target_cpu=4");
	reads_as("sched_wakeup", "comm=ARRAY[1] pid=2 prio=3 target_cpu=4",
	    "T comm=ARRAY[1]|L pid=2|L prio=3|L target_cpu=4");
	reads_as("sched_wakeup", "comm=ARRAY[ pid=2 prio=3 target_cpu=4",
	    "T comm=ARRAY[|L pid=2|L prio=3|L target_cpu=4");
	reads_not("sched_wakeup", "comm=" ARRAY);
	reads_not("sched_wakeup", "comm=ARRAY[" EIGHT);
}

static enum layout_end
end_of(const char *event, const char *body)
{
	int number = layouts_find(all, str_of(event));
	enum layout_end end;

	assert(number >= 0);
	end = layouts_end(all, number, str_of(body), &fields);
	assert(end == LAYOUT_BROKEN || fields.n == 0);
	return end;
}

static void
ends_are_told(void)
{
	/* Fifteen bytes leave no room for a newline, fourteen do. */
	assert(end_of("sched_wakeup", "comm=12345678901234") == LAYOUT_IN_COMM);
	assert(end_of("sched_wakeup", "comm=123456789012345") == LAYOUT_BROKEN);
	assert(end_of("sched_wakeup", "comm=") == LAYOUT_IN_COMM);
	assert(end_of("sched_wakeup", "com") != LAYOUT_IN_TEXT);
	assert(end_of("task_rename", "pid=1 oldc") == LAYOUT_BROKEN);
	assert(end_of("task_rename", "pid=1 oldcomm=a") == LAYOUT_IN_COMM);
	assert(end_of("task_rename", "pid=1 oldcomm=12345678901 newcomm=a") ==
	    LAYOUT_IN_COMM);
	assert(end_of("sched_process_exec", "filename=/bin/a pid=1 ol") ==
	    LAYOUT_IN_TEXT);
	assert(end_of("sched_process_exec", "filenam") == LAYOUT_BROKEN);
	/* Whatever fits is whole. */
	assert(end_of("sched_process_exec", "filename=/a pid=1 old_pid=2") ==
	    LAYOUT_BROKEN);
}

static void
events_have_numbers(void)
{
	assert(layouts_find(all, str_of("sched_switch")) >= 0);
	assert(layouts_find(all, str_of("sched_switc")) < 0);
	assert(layouts_find(all, str_of("")) < 0);
	assert(layouts_find(all, str_of("sched_kthread_stop")) ==
	    layouts_find(all, str_of("sched_process_hang")));
}

int
main(void)
{
	all = layouts_new();
	every_row_compiles();
	each_event_stands_in_one_place();
	orders_are_of_fields();
	events_have_numbers();
	fronts_of_bodies_fit_rightly();
	texts_may_be_the_last();
	text_ends_bodies();
	kinds_are_those_of_looks();
	comms_hold_text();
	the_last_comm_ends_the_body();
	arrays_are_comms();
	ends_are_told();
	fields_free(&fields);
	layouts_free(all);
	return 0;
}
