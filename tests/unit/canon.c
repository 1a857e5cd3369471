/* SPDX-License-Identifier: MIT */
/* canon: a field has one form, however its line printed it */
#include "source/canon.h"

#include "source/body.h"
#include "source/text.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input_of.h"

#define SMALL "tests/data/source/small/"

static struct layouts *all;
static struct fields fields;
static struct canon canon;

/* Reads the body as the event's, and gives its fields their form. */
static void
read_canon(const char *event, const char *body)
{
	struct header h = { .name = str_of(event), .body = str_of(body) };
	struct body_kind kind = body_kind(all, h.name);

	h.gap = 1;
	body_read(all, &kind, &h, &fields);
	canon_fields(&canon, canon_kind(h.name), &h, &fields);
}

/* Writes them as "key=literal key='text'". */
static const char *
shown(void)
{
	static char out[4000];
	size_t n = 0;

	out[0] = '\0';
	for (size_t i = 0; i < fields.n; i++) {
		const struct field *f = &fields.field[i];
		const char *quote = f->kind == FIELD_TEXT ? "'" : "";

		assert(f->kind == FIELD_TEXT || f->kind == FIELD_LITERAL);
		n += (size_t)snprintf(out + n, sizeof(out) - n,
		    "%s%.*s=%s%.*s%s", i > 0 ? " " : "", (int)f->key.n,
		    f->key.p, quote, (int)f->value.n, f->value.p, quote);
		assert(n < sizeof(out));
	}
	return out;
}

static void
gives(const char *event, const char *body, const char *want)
{
	const char *got;

	read_canon(event, body);
	got = shown();
	if (strcmp(got, want) != 0)
		fprintf(stderr, "%s: %s\ngot  %s\nwant %s\n", event, body, got,
		    want);
	assert(strcmp(got, want) == 0);
}

/* The forms of one event stand together: they give the same. */
static const struct {
	const char *event, *body, *want;
} forms[] = {
	{ "sched_wakeup", "comm=007 pid=5 prio=4294967295 target_cpu=001",
	    "comm='007' pid=5 prio=-1 target_cpu=1" },
	{ "sched_wakeup", "007:5 [4294967295] CPU:001",
	    "comm='007' pid=5 prio=-1 target_cpu=1" },
	{ "sched_wakeup", "comm=007 pid=5 prio=-1 target_cpu=010",
	    "comm='007' pid=5 prio=-1 target_cpu=10" },
	{ "sched_wakeup", "comm=7 pid=-05 prio=-00 target_cpu=0",
	    "comm='7' pid=-5 prio=0 target_cpu=0" },
	{ "sched_process_exit", "comm=a pid=1 prio=120 group_dead=true",
	    "comm='a' pid=1 prio=120 group_dead=true" },
	{ "sched_process_exit", "comm=a pid=1 prio=120 group_dead=1",
	    "comm='a' pid=1 prio=120 group_dead=true" },
	{ "sched_process_exit", "comm=a pid=1 prio=120 group_dead=0",
	    "comm='a' pid=1 prio=120 group_dead=false" },
	{ "sched_stat_runtime",
	    "comm=x pid=1 runtime=18446744073709551615 [ns]",
	    "comm='x' pid=1 runtime=18446744073709551615" },
	{ "sched_switch",
	    "prev_comm=ARRAY[61, 20, ff, 00, 62, 00, 00, 00, 00, 00, 00, 00, "
	    "00, 00, 00, 00] prev_pid=1 prev_prio=120 prev_state=258 "
	    "next_comm=ARRAY[61] next_pid=0 next_prio=-1",
	    "prev_comm='a \xff' prev_pid=1 prev_prio=120 prev_state='D+' "
	    "next_comm='ARRAY[61]' next_pid=0 next_prio=-1" },
	/* An argument is a pointer by its name, or by its call's. */
	{ "sys_enter_sendto",
	    "fd: 0x00000010, buff: 0x7f5272f9bb90, len: 0x00000031, "
	    "flags: 0x00000000, addr: 0x00000000, addr_len: 0x00000000",
	    "fd=16 buff='0x7f5272f9bb90' len=49 flags=0 addr='0x0' "
	    "addr_len=0" },
	{ "sys_enter_sendto",
	    "fd: 10, buff: 7f5272f9bb90, len: 31, flags: 0, addr: 0, "
	    "addr_len: 0)",
	    "fd=16 buff='0x7f5272f9bb90' len=49 flags=0 addr='0x0' "
	    "addr_len=0" },
	{ "sys_enter_sendto",
	    "__syscall_nr=44 fd=0x00000010 buff=0x7f5272f9bb90 "
	    "len=0x00000031 flags=0x00000000 addr=0x00000000 "
	    "addr_len=0x00000000",
	    "__syscall_nr=44 fd=16 buff='0x7f5272f9bb90' len=49 flags=0 "
	    "addr='0x0' addr_len=0" },
	{ "sys_enter_recvfrom", "fd: 0x1, addr: 0x00000000, addr_len: 0x08",
	    "fd=1 addr='0x0' addr_len='0x8'" },
	{ "sys_enter_mmap", "addr: 0x7f0000000000, len: 0x1000",
	    "addr=139637976727552 len=4096" },
	{ "sys_enter_lseek", "fd: 0x01, offset: 0xffffffffffffffff",
	    "fd=1 offset=18446744073709551615" },
	{ "sys_enter_futex",
	    "op=FUTEX_WAIT_BITSET|FUTEX_PRIVATE_FLAG|FUTEX_CLOCK_REALTIME "
	    "uaddr=0x55f844c9e3f0 val=10",
	    "uaddr='0x55f844c9e3f0' op=393 val=10" },
	{ "sys_exit_read", "0x141", "ret=321" },
	{ "sys_exit_read", "0xfffffffffffffff5", "ret=-11" },
	{ "sys_exit_read", "__syscall_nr=0 ret=0xfffffffffffffff5",
	    "__syscall_nr=0 ret=-11" },
	{ "inet_sock_set_state",
	    "family=AF_INET protocol=IPPROTO_TCP sport=0 dport=8083 "
	    "saddr=172.24.0.2 daddr=172.24.0.5 saddrv6=::ffff:172.24.0.2 "
	    "daddrv6=fd24::3 oldstate=TCP_CLOSE newstate=TCP_SYN_SENT",
	    "oldstate=7 newstate=2 sport=0 dport=8083 family=2 protocol=6 "
	    "saddr='172.24.0.2' daddr='172.24.0.5' saddr_v6='172.24.0.2' "
	    "daddr_v6='fd24::3'" },
	{ "inet_sock_set_state",
	    "skaddr=0xffff88827a3e9bc0 oldstate=7 newstate=2 sport=0 "
	    "dport=8083 family=2 protocol=6 saddr=ARRAY[ac, 18, 00, 02] "
	    "daddr= saddr_v6=ARRAY[fd, 24, 00, 00, 00, 00, 00, 00, 00, 00, 00, "
	    "00, 00, 00, 00, 03] daddr_v6=",
	    "skaddr='0xffff88827a3e9bc0' oldstate=7 newstate=2 sport=0 "
	    "dport=8083 family=2 protocol=6 saddr='172.24.0.2' daddr=null "
	    "saddr_v6='fd24::3' daddr_v6=null" },
	/* Four bytes that are text are an address too, and so are three. */
	/* Of no address; report -R prints the zeros as nothing. */
	{ "inet_sock_set_state", "saddr=0.0.0.0 daddr=:: saddrv6=:: daddrv6=::",
	    "saddr='0.0.0.0' daddr='0.0.0.0' saddr_v6='::' daddr_v6='::'" },
	{ "inet_sock_set_state", "saddr=ARRAY[00, 00, 00, 00] daddr=::",
	    "saddr='0.0.0.0' daddr='::'" },
	{ "tcp_probe", "family=AF_INET6 src=0.0.0.0:80 dest=[::]:80 data_len=0",
	    "saddr='0.0.0.0:80' daddr='[::]:80' family=10 data_len=0" },
	{ "tcp_probe",
	    "saddr=ARRAY[02, 00, 1f, 93, 00, 00, 00, 00, 00, 00, 00, 00, 00, "
	    "00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00] "
	    "daddr=ARRAY[0a, 00, 1f, 92, 00, 00, 00, 00, 00, 00, 00, 00, 00, "
	    "00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00]",
	    "saddr='0.0.0.0:8083' daddr='[::]:8082'" },
	{ "inet_sock_set_state", "saddr=abcd daddr=abc",
	    "saddr='97.98.99.100' daddr='97.98.99.0'" },
	{ "tcp_probe",
	    "family=AF_INET6 src=[fd24::3]:8082 dest=172.24.0.2:46238 "
	    "mark=0x10 data_len=49 snd_nxt=0xde92d125 sock_cookie=29f "
	    "skbaddr=00000000c81a78e0 skaddr=0xffff888102727500",
	    "saddr='[fd24::3]:8082' daddr='172.24.0.2:46238' family=10 "
	    "mark=16 data_len=49 snd_nxt=3734163749 sock_cookie=671 "
	    "skbaddr='0xc81a78e0' skaddr='0xffff888102727500'" },
	{ "tcp_probe",
	    "saddr=ARRAY[02, 00, 1f, 93, ac, 18, 00, 05, 00, 00, 00, 00, 00, "
	    "00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00] "
	    "daddr=ARRAY[0a, 00, 1f, 92, 00, 00, 00, 00, fd, 24, 00, 00, 00, "
	    "00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 03, 00, 00, 00, 00]",
	    "saddr='172.24.0.5:8083' daddr='[fd24::3]:8082'" },
	{ "sock_send_length",
	    "sk address = 0xffff8882c07e0940, family = AF_INET protocol = "
	    "IPPROTO_TCP, length = 49, error = 0, flags = 0x40",
	    "sk='0xffff8882c07e0940' family=2 protocol=6 ret=49 flags=64" },
	{ "sock_recv_length",
	    "sk address = 00000000c07e0940, family = AF_INET6 protocol = "
	    "IPPROTO_TCP, length = 0, error = -11, flags = 0x0",
	    "sk='0xc07e0940' family=10 protocol=6 ret=-11 flags=0" },
	{ "softirq_entry", "vec=1 [action=TIMER]", "vec=1" },
	{ "irq_handler_entry", "irq=36 name=12", "irq=36 name='12'" },
	{ "irq_handler_exit", "irq=36 ret=handled", "irq=36 ret=1" },
	{ "signal_deliver",
	    "sig=17 errno=0 code=1 sa_handler=55fdac9bee40 sa_flags=14000000",
	    "sig=17 errno=0 code=1 sa_handler=94548010987072 "
	    "sa_flags=335544320" },
	{ "cpu_idle", "state=4294967295 cpu_id=0",
	    "state=4294967295 cpu_id=0" },
	{ "timer_start",
	    "timer=000000009e4f7149 function=process_timeout "
	    "expires=4298033018 [timeout=1] bucket_expiry=4298033019 cpu=0 "
	    "idx=59 flags=",
	    "timer='0x9e4f7149' function='process_timeout' "
	    "expires=4298033018 bucket_expiry=4298033019 flags=247463936" },
	{ "icmp_send",
	    "skbaddr=0xffff888100b84300 type=3 code=3 saddr=ARRAY[7f, 00, 00, "
	    "01] daddr=ARRAY[7f, 00, 00, 01] sport=46625 dport=9 ulen=9",
	    "skbaddr='0xffff888100b84300' type=3 code=3 saddr='127.0.0.1' "
	    "daddr='127.0.0.1' sport=46625 dport=9 ulen=9" },
	{ "icmp_send",
	    "icmp_send: type=3, code=3. From 127.0.0.1:46625 to 127.0.0.1:9 "
	    "ulen=9 skbaddr=0000000072814a17",
	    "skbaddr='0x72814a17' type=3 code=3 saddr='127.0.0.1' "
	    "daddr='127.0.0.1' sport=46625 dport=9 ulen=9" },
	{ "fib_table_lookup",
	    "err=0 src= dst=ARRAY[7f, 00, 00, 01] gw6=ARRAY[fd, 24, 00, 00, "
	    "00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 00, 03] name=lo",
	    "err=0 src=null dst='127.0.0.1' gw6='fd24::3' name='lo'" },
	{ "fib6_table_lookup", "src=abcd dst= name=lo gw=",
	    "src=null dst=null name='lo' gw=null" },
	{ "bpf_trace_printk", "a=b c: 1", "bpf_string='a=b c: 1'" },
	{ "block_rq_issue", "254,0 WS 4096 () 357564432 + 8 be,0,4 [a b [c] ]",
	    "dev=266338304 sector=357564432 nr_sector=8 bytes=4096 "
	    "ioprio=16388 rwbs='WS' comm='a b [c] ' cmd=''" },
	{ "ext4_es_insert_extent",
	    "dev 254,0 ino 12 es [0/4294967295) mapped 0 status ",
	    "dev=266338304 ino=12 lblk=0 len=4294967295 pblk=0 status=0" },
	{ "cpuhp_enter", "cpu: 0001 target: 236 step:  54 (a_b)",
	    "cpu=1 target=236 idx=54 fun='a_b'" },
	{ "mm_compaction_finished",
	    "node=0 zone=DMA      order=-1 ret=complete",
	    "nid=0 idx=0 order=-1 ret=5" },
	{ "mm_filemap_fault", "dev=254:0 ino=3c53d ofs=1261568",
	    "i_ino=247101 s_dev=266338304 index=308" },
	{ "kfree_skb",
	    "skbaddr=00000000c104db72 rx_sk=0000000000000000 protocol=2048 "
	    "location=a+0x57/0xf0 [b] reason: QUEUE_PURGE",
	    "skbaddr='0xc104db72' location='a+0x57 [b]' rx_sk='0x0' "
	    "protocol=2048 reason='QUEUE_PURGE'" },
	{ "kfree_skb",
	    "skbaddr=0xffff88813cb9cee0 location=a+0x57 rx_sk=(nil) "
	    "protocol=2048 reason=104",
	    "skbaddr='0xffff88813cb9cee0' location='a+0x57' rx_sk='0x0' "
	    "protocol=2048 reason=104" },
	{ "csd_function_entry", "func=flush_tlb_func, csd=0000000026a1c8e9",
	    "func='flush_tlb_func' csd='0x26a1c8e9'" },
	{ "rss_stat", "mm_id=339633479 curr=1 type=MM_ANONPAGES size=286720B",
	    "mm_id=339633479 curr=1 member=1 size=286720" },
	{ "rss_stat", "mm_id=339633479 curr=1 member=1 size=286720",
	    "mm_id=339633479 curr=1 member=1 size=286720" },
	{ "write_msr", "6e0, value 28e59183280b",
	    "msr=1760 val=44966453913611 failed=0" },
	{ "read_msr", "10, value 10 #GP", "msr=16 val=16 failed=1" },
	{ "x86_fpu_copy_dst",
	    "x86/fpu: 00000000fac0121f load: 0 xfeatures: a2 xcomp_bv: "
	    "80000000000200e7",
	    "fpu='0xfac0121f' load_fpu=false xfeatures=162 "
	    "xcomp_bv=9223372036854907111" },
	/* Hexadecimal and octal without a prefix, whatever the digits are. */
	{ "task_newtask", "pid=1 comm=a clone_flags=1200000 oom_score_adj=0",
	    "pid=1 comm='a' clone_flags=18874368 oom_score_adj=0" },
	{ "task_newtask", "pid=1 comm=a clone_flags=3d0f00 oom_score_adj=0",
	    "pid=1 comm='a' clone_flags=4001536 oom_score_adj=0" },
	{ "mm_filemap_fault", "dev 254:0 ino=51423 ofs=4096",
	    "ino=332835 ofs=4096" },
	{ "page_cache_ra_order", "i_ino=3c610 s_dev=266338304",
	    "i_ino=247312 s_dev=266338304" },
	{ "write_msr", "msr=830 val=fb failed=0", "msr=2096 val=251 failed=0" },
	{ "x86_fpu_dropped",
	    "fpu=0xffff88846888bac0 load_fpu=1 xfeatures=a2 "
	    "xcomp_bv=80000000000200e7",
	    "fpu='0xffff88846888bac0' load_fpu=true xfeatures=162 "
	    "xcomp_bv=9223372036854907111" },
	{ "ext4_free_blocks", "ino=11173897 mode=100644",
	    "ino=11173897 mode=33188" },
	{ "ext4_punch_hole", "mode=11", "mode=11" },
	/* A pointer of the kernel shows by its value, or by its name. */
	{ "kfree", "ptr=(nil)", "ptr='0x0'" },
	{ "kfree", "ptr=0xffff8881008730e0", "ptr='0xffff8881008730e0'" },
	{ "kfree", "ptr=00000000a2f3c1a0", "ptr='0xa2f3c1a0'" },
	{ "kfree", "ptr=0000000053830793", "ptr='0x53830793'" },
	{ "mm_page_free", "page=0000000096705729 pfn=0x10",
	    "page='0x96705729' pfn=16" },
	{ "ma_write", "node=0x10 val=0", "val='0x0' node='0x10'" },
	{ "tmigr_handle_remote", "group=00000000131ab959 lvl=0",
	    "group='0x131ab959' lvl=0" },
	{ "any", "a=0xffff888102cff20c b=(nil) c=0xffffffffffffffff d=0xffff",
	    "a='0xffff888102cff20c' b='0x0' c=18446744073709551615 d=65535" },
	/* Of an event that is not known the looks tell. */
	{ "any", "a=0012 b=-5 c=0x1F d=ARRAY[61, ff] e=true f=1.5 g= h=7, i=x",
	    "a=12 b=-5 c=31 d=[97,255] e=true f='1.5' g='' h=7 i='x'" },
	{ "any", "a=18446744073709551615 b=18446744073709551616 c=-0 d=-",
	    "a=18446744073709551615 b='18446744073709551616' c=0 d='-'" },
	{ "any", "comm=12 filename=34 ptr=5 skb=0x0012",
	    "comm='12' filename='34' ptr=5 skb='0x12'" },
	{ "any", "no keys at all", "text='no keys at all'" },
	{ "any", "", "" },
	{ "sys_enter_getpid", ")", "" },
};

static void
each_form_is_the_one(void)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		gives(forms[i].event, forms[i].body, forms[i].want);
}

/* How a sched_switch is printed, before its state and behind. */
struct printed_as {
	const char *before, *behind;
};

/* What prev_state becomes. */
static void
state_is(struct printed_as as, const char *printed, const char *want)
{
	char body[300];

	snprintf(body, sizeof(body), "%s%s%s", as.before, printed, as.behind);
	read_canon("sched_switch", body);
	if (!str_is(fields.field[3].value, want))
		fprintf(stderr, "%s: got %s\n", body, shown());
	assert(str_is(fields.field[3].key, "prev_state"));
	assert(str_is(fields.field[3].value, want));
	assert(fields.field[3].kind == FIELD_TEXT ||
	    fields.field[3].kind == FIELD_WORD);
}

static const struct printed_as kernel_form = {
	"prev_comm=a prev_pid=1 prev_prio=120 prev_state=",
	" ==> next_comm=b next_pid=2 next_prio=120",
};
static const struct printed_as raw_form = {
	"prev_comm=a prev_pid=1 prev_prio=120 prev_state=",
	" next_comm=b next_pid=2 next_prio=120",
};
static const struct printed_as cooked_form = { "a:1 [120] ", " ==> b:2 [120]" };

/* TASK_ of include/linux/sched.h, and what sched.h prints of them. */
static void
states_of_all_kernels(void)
{
	static const char *const kernel[][2] = { { "R", "R" }, { "R+", "R+" },
		{ "S", "S" }, { "D", "D" }, { "I", "I" }, { "P", "P" },
		{ "Z", "Z" }, { "X", "X" }, { "x", "X" }, { "D|K", "D" },
		{ "D|W", "D" }, { "D|N", "I" }, { "T|K", "T" },
		{ "S|D+", "S|D+" }, { "X|x", "X" }, { "K", "K" },
		{ "0x2000", "0x2000" } };
	static const char *const raw[][2] = { { "0", "R" }, { "1", "S" },
		{ "2", "D" }, { "4", "T" }, { "8", "t" }, { "16", "X" },
		{ "32", "Z" }, { "64", "P" }, { "128", "I" }, { "256", "R+" },
		{ "3", "S|D" }, { "258", "D+" }, { "1026", "D" } };

	for (size_t i = 0; i < sizeof(kernel) / sizeof(kernel[0]); i++)
		state_is(kernel_form, kernel[i][0], kernel[i][1]);
	for (size_t i = 0; i < sizeof(raw) / sizeof(raw[0]); i++)
		state_is(raw_form, raw[i][0], raw[i][1]);
	assert(canon.states == CANON_UNKNOWN && canon.doubtful == 0);
}

/* libtraceevent before 1.8 names the bits of 4.14 as older kernels did. */
static void
states_that_are_doubtful_until_one_tells(void)
{
	state_is(cooked_form, "S", "S");
	state_is(cooked_form, "X", "X");
	state_is(cooked_form, "Z", "Z");
	assert(canon.states == CANON_UNKNOWN && canon.doubtful == 2);
	state_is(cooked_form, "D|W", "D");
	assert(canon.states == CANON_UNKNOWN && canon.doubtful == 2);
	state_is(cooked_form, "X|Z", "X|Z"); /* one state, of two letters */
	assert(canon.states == CANON_UNKNOWN && canon.doubtful == 3);
	state_is(cooked_form, "W", "I");
	assert(canon.states == CANON_OLD);
	state_is(cooked_form, "X", "Z");
	state_is(cooked_form, "Z", "X");
	state_is(cooked_form, "x", "P");
	state_is(kernel_form, "Z", "Z");
	assert(canon.doubtful == 3);
	canon_free(&canon);
	state_is(cooked_form, "x", "P");
	assert(canon.states == CANON_OLD && canon.doubtful == 0);
	state_is(cooked_form, "Z", "X");
	canon_free(&canon);
	state_is(cooked_form, "I", "I");
	assert(canon.states == CANON_NEW);
	state_is(cooked_form, "X", "X");
	state_is(cooked_form, "Z", "Z");
	assert(canon.doubtful == 0);
	canon_free(&canon);
	state_is(cooked_form, "P", "P");
	assert(canon.states == CANON_NEW);
	canon_free(&canon);
}

/* A trace that is read line by line. */
struct reading {
	struct input in;
	struct text text;
	struct wanted *wanted;
	struct item item;
	struct header at; /* of the item */
	struct canon canon;
};

static void
open_reading(struct reading *r, const char *path)
{
	*r = (struct reading){ .wanted = wanted_new() };
	r->item.at = &r->at;
	if (input_open(&r->in, path) < 0) {
		perror(path);
		abort();
	}
}

static void
close_reading(struct reading *r)
{
	wanted_free(r->wanted);
	fields_free(&r->item.fields);
	canon_free(&r->canon);
	input_close(&r->in);
}

static bool
next_point(struct reading *r)
{
	while (input_line(&r->in)) {
		text_read(&r->text, r->wanted, &r->in, &r->item);
		assert(r->item.kind != ITEM_BAD);
		if (r->item.kind != ITEM_POINT)
			continue;
		canon_fields(&r->canon, canon_kind(r->item.at->name),
		    r->item.at, &r->item.fields);
		return true;
	}
	return false;
}

/* Libtraceevent's own layout does not tell R+ from R. */
static bool
same_field(const struct field *a, const struct field *b, bool cooked)
{
	bool text = a->kind == FIELD_TEXT || a->kind == FIELD_WORD;

	if (!str_eq(a->key, b->key) ||
	    text != (b->kind == FIELD_TEXT || b->kind == FIELD_WORD))
		return false;
	if (cooked && str_is(a->value, "R+"))
		return str_is(b->value, "R");
	return str_eq(a->value, b->value);
}

/* Two texts of a recording say the same. */
static void
same_recording(const char *one, const char *other, bool cooked)
{
	struct reading a, b;
	size_t n = 0;

	open_reading(&a, one);
	open_reading(&b, other);
	for (; next_point(&a); n++) {
		bool any = next_point(&b);

		assert(any && a.item.at->cpu == b.item.at->cpu);
		assert(a.item.at->tid == b.item.at->tid);
		assert(str_eq(a.item.at->name, b.item.at->name));
		assert(a.item.fields.n == b.item.fields.n);
		for (size_t i = 0; i < a.item.fields.n; i++)
			assert(same_field(&a.item.fields.field[i],
			    &b.item.fields.field[i], cooked));
	}
	assert(n == 18158 && !next_point(&b));
	close_reading(&a);
	close_reading(&b);
}

/* A function of a module, and what is no pointer where one must be. */
static void
modules_stand_behind_functions(void)
{
	gives("mm_shrink_slab_start",
	    "mmu_shrink_scan+0x0/0x1 [kvm] 00000000c1234567: nid: 0 objects "
	    "to shrink 0 gfp_flags GFP_KERNEL cache items 1 delta 2 "
	    "total_scan 3 priority 4",
	    "shr='0xc1234567' shrink='mmu_shrink_scan+0x0 [kvm]' nid=0 "
	    "nr_objects_to_shrink=0 gfp_flags=3264 cache_items=1 delta=2 "
	    "total_scan=3 priority=4");
}

/* Kprobes may have the names of events that the kernel has, too. */
static void
probes_keep_what_they_say(void)
{
	gives("clk_enable", "(clk_enable+0x0/0x50) clk=0xffff888100000000",
	    "clk='0xffff888100000000'");
	gives("notifier_run", "(notifier_run+0x0/0x10) a=1 b=2", "a=1 b=2");
	gives("mm_page_alloc", "(x+0x0/0x10) order=-1", "order=-1");
}

/* With MSG_PEEK the kernel prints a length of 0, whatever was returned. */
static void
a_peek_does_not_tell_its_length(void)
{
#define LENGTH_0                                                               \
	"sk address = 00000000c1234567, family = AF_INET protocol = "          \
	"IPPROTO_TCP, length = 0, error = 0, flags = "
	gives("sock_recv_length", LENGTH_0 "0x4022",
	    "sk='0xc1234567' family=2 protocol=6 flags=16418");
	gives("sock_recv_length", LENGTH_0 "0x4020",
	    "sk='0xc1234567' family=2 protocol=6 ret=0 flags=16416");
}

static void
delays_have_a_unit(void)
{
	gives("sched_stat_sleep", "comm=a b pid=1 delay=123 [ns]",
	    "comm='a b' pid=1 delay=123");
}

int
main(void)
{
	all = layouts_new();
	each_form_is_the_one();
	states_of_all_kernels();
	states_that_are_doubtful_until_one_tells();
	same_recording(SMALL "report.N.txt.zst", SMALL "report.R.txt.zst",
	    false);
	same_recording(SMALL "report.N.txt.zst", SMALL "report.default.txt.zst",
	    true);
	same_recording(SMALL "report.N.txt.zst", SMALL "report.l.txt.zst",
	    true);
	same_recording(SMALL "report.N.txt.zst", SMALL "report.t.txt.zst",
	    true);
	modules_stand_behind_functions();
	probes_keep_what_they_say();
	a_peek_does_not_tell_its_length();
	delays_have_a_unit();
	layouts_free(all);
	fields_free(&fields);
	canon_free(&canon);
	return 0;
}
