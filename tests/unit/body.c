/* SPDX-License-Identifier: MIT */
/* body and layout: the fields of an event, however its line prints them */
#include "source/body.h"

#include "source.h"

static struct layouts *all;
static struct fields fields;

/* Reads the body as the event's; tells whether it is surely all of it. */
static bool
reads(const char *event, const char *body)
{
	struct body_kind kind = body_kind(all, str_of(event));
	struct header h = { .name = str_of(event), .body = str_of(body) };
	bool whole;

	h.gap = 1;
	whole = body_read(all, &kind, &h, &fields);
	while (body_more(&fields))
		;
	return whole;
}

/* The same where it is to be whole, or is not to be. */
static void
reads_whole(const char *event, const char *body)
{
	bool whole = reads(event, body);

	assert(whole);
}

static void
reads_part(const char *event, const char *body)
{
	bool whole = reads(event, body);

	assert(!whole);
}

/* Compares with "key=value|key=value". */
static void
fields_are(const char *want)
{
	char got[1000];
	size_t n = 0;

	got[0] = '\0';
	for (size_t i = 0; i < fields.n; i++)
		n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%.*s=%.*s",
		    i > 0 ? "|" : "", (int)fields.field[i].key.n,
		    fields.field[i].key.p, (int)fields.field[i].value.n,
		    fields.field[i].value.p);
	if (strcmp(got, want) != 0)
		fprintf(stderr, "got  %s\nwant %s\n", got, want);
	assert(strcmp(got, want) == 0);
}

static const struct {
	const char *event, *body, *fields;
} forms[] = {
	{ "sched_switch",
	    "prev_comm=a b prev_pid=1 prev_prio=-1 prev_state=R+ ==> "
	    "next_comm=swapper/0 next_pid=0 next_prio=120",
	    "prev_comm=a b|prev_pid=1|prev_prio=-1|prev_state=R+|"
	    "next_comm=swapper/0|next_pid=0|next_prio=120" },
	{ "sched_switch", "a b:1 [-1] R ==> swapper/0:0 [120]",
	    "prev_comm=a b|prev_pid=1|prev_prio=-1|prev_state=R|"
	    "next_comm=swapper/0|next_pid=0|next_prio=120" },
	{ "sched_switch",
	    "prev_comm=a b prev_pid=1 prev_prio=-1 prev_state=256 "
	    "next_comm=swapper/0 next_pid=0 next_prio=120",
	    "prev_comm=a b|prev_pid=1|prev_prio=-1|prev_state=256|"
	    "next_comm=swapper/0|next_pid=0|next_prio=120" },
	{ "sched_switch",
	    "prev_comm=ARRAY[61, 20, ff, 00, 00, 00, 00, 00, 00, 00, "
	    "00, 00, 00, 00, 00, 00] prev_pid=1 prev_prio=120 "
	    "prev_state=0 next_comm=x next_pid=0 next_prio=120",
	    "prev_comm=ARRAY[61, 20, ff, 00, 00, 00, 00, 00, 00, 00, "
	    "00, 00, 00, 00, 00, 00]|prev_pid=1|prev_prio=120|"
	    "prev_state=0|next_comm=x|next_pid=0|next_prio=120" },
	{ "sched_switch",
	    "prev_comm=a prev_pid=1 prev_prio=120 prev_state=D|K ==> "
	    "next_comm=b next_pid=2 next_prio=120",
	    "prev_comm=a|prev_pid=1|prev_prio=120|prev_state=D|K|"
	    "next_comm=b|next_pid=2|next_prio=120" },
	{ "sched_waking", "comm=x=y pid=1 prio=120 target_cpu=001",
	    "comm=x=y|pid=1|prio=120|target_cpu=1" },
	{ "sched_waking",
	    "comm=x pid=1 prio=4294967295 success=1 target_cpu=001",
	    "comm=x|pid=1|prio=4294967295|success=1|target_cpu=1" },
	{ "sched_wakeup", "x:5 [4294967295] CPU:000",
	    "comm=x|pid=5|prio=4294967295|target_cpu=0" },
	{ "sched_wakeup", "x:5 [120] success=1 CPU:000",
	    "comm=x|pid=5|prio=120|success=1|target_cpu=0" },
	{ "sched_process_fork", "comm=a pid=1 child_comm=b child_pid=2",
	    "parent_comm=a|parent_pid=1|child_comm=b|child_pid=2" },
	{ "sched_process_fork",
	    "parent_comm=a parent_pid=1 child_comm=b child_pid=2",
	    "parent_comm=a|parent_pid=1|child_comm=b|child_pid=2" },
	{ "sched_process_exit", "comm=a pid=1 prio=120 group_dead=true",
	    "comm=a|pid=1|prio=120|group_dead=true" },
	{ "sched_process_exit", "comm=a pid=1 prio=120 group_dead=0",
	    "comm=a|pid=1|prio=120|group_dead=0" },
	{ "sched_process_exit", "comm=a pid=1 prio=120",
	    "comm=a|pid=1|prio=120" },
	{ "sched_process_exec",
	    "filename=/bin/a pid=1 old_pid=b pid=1 old_pid=2",
	    "filename=/bin/a pid=1 old_pid=b|pid=1|old_pid=2" },
	{ "sched_stat_runtime", "comm=a pid=1 runtime=55 [ns] vruntime=66 [ns]",
	    "comm=a|pid=1|runtime=55|vruntime=66" },
	{ "task_rename", "pid=1 oldcomm=a newcomm=b oom_score_adj=0",
	    "pid=1|oldcomm=a|newcomm=b|oom_score_adj=0" },
	{ "tcp_probe",
	    "family=AF_INET src=172.24.0.5:8083 dest=172.24.0.2:48192 "
	    "mark=0x0 data_len=49 sock_cookie=29e",
	    "family=AF_INET|saddr=172.24.0.5:8083|"
	    "daddr=172.24.0.2:48192|mark=0x0|data_len=49|"
	    "sock_cookie=29e" },
	{ "inet_sock_set_state",
	    "family=AF_INET protocol=IPPROTO_TCP sport=1 dport=2 "
	    "saddr=1.2.3.4 daddr=1.2.3.5 saddrv6=:: daddrv6=::1 "
	    "oldstate=TCP_SYN_SENT newstate=TCP_ESTABLISHED",
	    "oldstate=TCP_SYN_SENT|newstate=TCP_ESTABLISHED|sport=1|dport=2|"
	    "family=AF_INET|protocol=IPPROTO_TCP|saddr=1.2.3.4|"
	    "daddr=1.2.3.5|saddr_v6=::|daddr_v6=::1" },
	{ "sys_enter_sendto",
	    "__syscall_nr=44 fd=0x00000004 buff=0x7f len=0x31",
	    "__syscall_nr=44|fd=0x00000004|buff=0x7f|len=0x31" },
	{ "sys_enter_sendto", "fd: 0x00000004, buff: 0x7f, len: 0x31",
	    "fd=0x00000004|buff=0x7f|len=0x31" },
	{ "sys_enter_sendto", "fd: 4, buff: 0x7f, len: 0x31)",
	    "fd=4|buff=0x7f|len=0x31" },
	{ "sys_enter_getpid", ")", "" },
	{ "sys_enter_getpid", "", "" },
	{ "sys_exit_sendto", "__syscall_nr=44 ret=0x31",
	    "__syscall_nr=44|ret=0x31" },
	{ "sys_exit_sendto", "0x31", "ret=0x31" },
	{ "sys_exit_sendto", "0xffffffffffffff91", "ret=0xffffffffffffff91" },
	{ "sys_exit_sendto", "-11", "ret=-11" },
};

/* The kernel's text, trace-cmd report, and report -R of the same events. */
static void
each_form_gives_the_fields_of_the_format(void)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		reads_whole(forms[i].event, forms[i].body);
		fields_are(forms[i].fields);
	}
}

static void
other_events_are_pairs(void)
{
	reads_part("x", "a=1  b=two words c= d=ARRAY[01, 02] e=x=y f");
	fields_are("a=1|b=two words|c=|d=ARRAY[01, 02]|e=x=y f");
	reads("x", "some text a=1");
	fields_are("a=1");
	reads("x", "no pairs at all");
	fields_are("");
	reads("x", "");
	fields_are("");
	reads("x", "a=");
	fields_are("a=");
	reads("x", "=1 a=2");
	fields_are("a=2");
	reads("x", "a=1 \xff=2");
	fields_are("a=1 \xff=2");
	reads("x", "a=12345678 b=1234567 c=123456789 d=");
	fields_are("a=12345678|b=1234567|c=123456789|d=");
}

/* Names that hold the text of a layout, in each place of each layout. */
static void
names_may_hold_the_text_around_them(void)
{
	static const char *const names[] = { "", " ", "   ", "prev_pid=7",
		"p prev_pid=7 q", "next_comm=z", "==>", "  ==> next_comm",
		"a:12 [120] R", "S ==> x:1 [120]", "comm=x pid=9", "pid=1",
		" CPU:000", "x:1 [1] R ==> ", "]", ":", "ARRAY[61, 62]",
		"ARRAY[", "a\nb", "\n", "child_comm=x", "\x80\xff" };
	enum { N = sizeof(names) / sizeof(names[0]) };

	for (size_t i = 0; i < N * N; i++) {
		const char *a = names[i / N], *b = names[i % N];
		char body[400], want[400];

		snprintf(want, sizeof(want),
		    "prev_comm=%s|prev_pid=1234|prev_prio=120|prev_state=S|"
		    "next_comm=%s|next_pid=2|next_prio=-1",
		    a, b);
		snprintf(body, sizeof(body),
		    "prev_comm=%s prev_pid=1234 prev_prio=120 prev_state=S ==> "
		    "next_comm=%s next_pid=2 next_prio=-1",
		    a, b);
		reads_whole("sched_switch", body);
		fields_are(want);
		if (*a != ' ') { /* those in front: see below */
			snprintf(body, sizeof(body),
			    "%s:1234 [120] S ==> %s:2 [-1]", a, b);
			reads_whole("sched_switch", body);
			fields_are(want);
		}
		snprintf(want, sizeof(want),
		    "parent_comm=%s|parent_pid=1|child_comm=%s|child_pid=2", a,
		    b);
		snprintf(body, sizeof(body),
		    "comm=%s pid=1 child_comm=%s child_pid=2", a, b);
		reads_whole("sched_process_fork", body);
		fields_are(want);
	}
}

/* trace-cmd pads the event's name; what is more is the comm's. */
static void
blanks_before_a_name_are_its_own(void)
{
	static const char *const lines[] = {
		"a-1 [000] 1.5: sched_switch:           x:1 [120] S ==>  y:2 "
		"[120]",
		"a-1 [000] 1.5: sched_wakeup_new:      x:1 [120] CPU:000",
	};

	for (size_t i = 0; i < 2; i++) {
		struct header_prefix none = { .n = 0 };
		char name[HEADER_NAME_MAX];
		struct header h;
		struct body_kind kind;

		assert(header_parse(&h, &none, str_of(lines[i]), name));
		kind = body_kind(all, h.name);
		assert(body_read(all, &kind, &h, &fields));
		assert(str_is(fields.field[0].value, i == 0 ? "  x" : " x"));
	}
}

static void
a_name_has_fifteen_bytes_at_most(void)
{
	reads_whole("sched_waking",
	    "comm=123456789012345 pid=1 prio=120 target_cpu=001");
	fields_are("comm=123456789012345|pid=1|prio=120|target_cpu=1");
	reads_part("sched_waking",
	    "comm=1234567890123456 pid=1 prio=120 target_cpu=001");
	fields_are("comm=1234567890123456|pid=1|prio=120|target_cpu=001");
}

/* All that was written is one field; it may go on in the next line. */
static void
what_was_written_is_whole(void)
{
	reads_part("print", " B|12|a=b: c=d  ");
	fields_are("buf= B|12|a=b: c=d  ");
	reads_part("print", "ip=tracing_mark_write buf=x buf=y");
	fields_are("buf=x buf=y");
	reads_part("print", "ip=x y buf=z");
	fields_are("buf=ip=x y buf=z");
	reads_part("print", "");
	fields_are("buf=");
}

static void
a_call_has_two_ends(void)
{
	reads_whole("function", "foo.isra.0 <-bar [mod]");
	fields_are("ip=foo.isra.0|parent_ip=bar [mod]");
	reads_whole("function", "schedule <-- do_wait");
	fields_are("ip=schedule|parent_ip=do_wait");
	reads_part("function", "ip=schedule parent_ip=do_wait");
	fields_are("ip=schedule|parent_ip=do_wait");
	reads_whole("kernel_stack", "<stack trace >");
	fields_are("");
	reads_whole("kernel_stack", "");
	fields_are("");
	reads_part("kernel_stack", "size=1 caller=ARRAY[ed, e5]");
	fields_are("size=1|caller=ARRAY[ed, e5]");
}

/* Where a body may go on, and with what. */
static bool
goes_on(const char *event, const char *lines, enum body_next like)
{
	const char *nl = strchr(lines, '\n');
	struct body_kind kind = body_kind(all, str_of(event));
	struct header h = { .name = str_of(event), .gap = 1 };

	h.body = (struct str){ lines, (size_t)(nl - lines) };
	assert(!body_read(all, &kind, &h, &fields));
	return body_goes_on(all, &kind, &h, str_of(nl + 1), like, &fields);
}

static void
only_what_can_be_part_of_an_event_is(void)
{
	static const struct {
		const char *event, *lines;
		enum body_next like;
		bool goes_on;
	} t[] = {
		{ "sched_waking", "comm=a\nb pid=1 prio=1 target_cpu=1",
		    NEXT_TEXT, true },
		{ "sched_waking", "comm=a\n# pid=1 prio=1 target_cpu=1",
		    NEXT_COMMENT, true },
		{ "sched_waking", "comm=a\n", NEXT_COMMENT, true },
		{ "sched_waking", "comm=a\ncpus=2", NEXT_MARK, true },
		{ "sched_waking", "comm=a\na long line of garbage", NEXT_TEXT,
		    false },
		{ "sched_waking", "comm=a pid=1 prio=1 target_\ngarbage",
		    NEXT_TEXT, false },
		{ "sched_process_exec", "filename=a\nb", NEXT_TEXT, true },
		{ "sched_process_exec", "filename=a\n#", NEXT_COMMENT, false },
		{ "tcp_probe", "saddr=\n daddr=", NEXT_TEXT, true },
		{ "tcp_probe", "saddr=\n# daddr=", NEXT_COMMENT, true },
		{ "tcp_probe", "saddr=\n", NEXT_COMMENT, true },
		{ "tcp_probe", "saddr=\nCPU:1 [LOST 5 EVENTS]", NEXT_MARK,
		    false },
		{ "tcp_probe", "saddr=\na line of garbage, as long as that",
		    NEXT_TEXT, false },
		{ "tcp_probe", "saddr=\nabcdefgh", NEXT_TEXT, true },
		{ "inet_sock_set_state", "a=1 daddr_v6=ab\ncd", NEXT_TEXT,
		    true },
		{ "x", "a=1\ngarbage", NEXT_TEXT, false },
		{ "x", "a=\n b=1", NEXT_TEXT, true },
		{ "print", "hello\nworld", NEXT_TEXT, true },
		{ "print", "hello\n", NEXT_COMMENT, false },
		{ "print", "a=1\nworld", NEXT_TEXT, true },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		bool is = goes_on(t[i].event, t[i].lines, t[i].like);

		if (is != t[i].goes_on)
			fprintf(stderr, "%s: %s\n", t[i].event, t[i].lines);
		assert(is == t[i].goes_on);
	}
}

int
main(void)
{
	all = layouts_new();
	each_form_gives_the_fields_of_the_format();
	other_events_are_pairs();
	names_may_hold_the_text_around_them();
	blanks_before_a_name_are_its_own();
	a_name_has_fifteen_bytes_at_most();
	what_was_written_is_whole();
	a_call_has_two_ends();
	only_what_can_be_part_of_an_event_is();
	fields_free(&fields);
	layouts_free(all);
	return 0;
}
