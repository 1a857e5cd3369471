/* SPDX-License-Identifier: MIT */
/* fact: what the fields of an event tell, however they are printed */
#include "flow/fact.h"

#include "flow.h"

#define HEAD "<...>-11 [003] 1.000005: "

/* Reads a line; returns why it is no fact, or NULL. */
static const char *
read_fact(struct facts *f, const char *line, struct fact *out)
{
	struct event_reader *r = event_reader_new();
	struct input in = input_of(line, strlen(line));
	const char *why = "nothing was asked";
	struct event ev;

	facts_ask(f, r);
	event_open(r, &in);
	while (event_next(r, &ev))
		if (ev.kind == EVENT_POINT)
			why = facts_read(f, &ev, out);
	input_close(&in);
	event_reader_free(r);
	return why;
}

/* Reads a line that must be a fact. */
static struct fact
fact_of(const char *line)
{
	struct facts *f = facts_new();
	struct fact fact;

	assert(read_fact(f, line, &fact) == NULL);
	assert(fact.ts == 1000005000 && fact.tid == 11 && fact.cpu == 3);
	facts_free(f);
	return fact;
}

static bool
has_ends(const struct fact *fact, const char *local, const char *remote)
{
	struct endpoint a = end_of(local), b = end_of(remote);

	return fact->has_ends && endpoint_eq(&fact->local, &a) &&
	    endpoint_eq(&fact->remote, &b);
}

static void
calls_tell_descriptors_and_results(void)
{
	struct fact f;

	f = fact_of(HEAD "sys_enter_sendto: __syscall_nr=44 fd=0x00000004 "
			 "buff=0x1 len=0x31\n");
	assert(f.kind == FACT_SEND_ENTER && f.fd == 4);
	f = fact_of(HEAD "sys_exit_writev: __syscall_nr=20 ret=0x31\n");
	assert(f.kind == FACT_SEND_EXIT && f.result == 49);
	f = fact_of(HEAD "sys_enter_recvmsg: fd=0xc\n");
	assert(f.kind == FACT_RECEIVE_ENTER && f.fd == 12);
	f = fact_of(HEAD "sys_exit_read: ret=0xfffffffffffffff5\n");
	assert(f.kind == FACT_RECEIVE_EXIT && f.result == -11);
	f = fact_of(HEAD "sys_exit_read: ret=0\n");
	assert(f.kind == FACT_RECEIVE_EXIT && f.result == 0);
}

/* 0x1f93 is 8083, 0xc022 is 49186. */
static void
a_probe_tells_ends_length_and_sequence(void)
{
	struct fact f = fact_of(HEAD
	    "tcp_probe: "
	    "saddr=ARRAY[02,00,1f,93,ac,18,00,05,00,00,00,00,00,00,00,00,00,00,"
	    "00,00,00,00,00,00,00,00,00,00] "
	    "daddr=ARRAY[02,00,c0,22,ac,18,00,02,00,00,00,00,00,00,00,00,00,00,"
	    "00,00,00,00,00,00,00,00,00,00] sport=8083 dport=49186 family=2 "
	    "mark=0 data_len=49 snd_nxt=0xd73d65a9 snd_una=0xd73d65a9 "
	    "sock_cookie=d skbaddr=0xffff888118fca8e0 "
	    "skaddr=0xffff88827a3edc80\n");

	assert(f.kind == FACT_PROBE && f.length == 49);
	assert(has_ends(&f, "172.24.0.5:8083", "172.24.0.2:49186"));
	assert(f.pointer == 0xffff88827a3edc80);
	assert(f.has_sequence && f.sequence == 0xd73d65a9);
	f = fact_of(HEAD "tcp_probe: saddr=10.0.0.2:80 daddr=10.0.0.1:9 "
			 "data_len=0\n");
	assert(f.length == 0 && !f.has_sequence && f.pointer == 0);
}

static void
sockets_of_both_families_are_read(void)
{
	struct fact f = fact_of(HEAD
	    "tcp_rcv_space_adjust: skaddr=0xff1 "
	    "sport=8080 dport=33236 family=2 saddr=ARRAY[ac,18,00,02] "
	    "daddr=ARRAY[ac,18,00,01] saddr_v6= daddr_v6= sock_cookie=c\n");

	assert(f.kind == FACT_ADJUST && f.pointer == 0xff1);
	assert(has_ends(&f, "172.24.0.2:8080", "172.24.0.1:33236"));
	f = fact_of(HEAD "tcp_rcv_space_adjust: skaddr=0xff1 sport=80 dport=9 "
			 "family=10 saddr=ARRAY[00,00,00,00] "
			 "daddr=ARRAY[00,00,00,00] saddr_v6=ARRAY[fd,24,00,00,"
			 "00,00,00,00,00,00,00,00,00,00,00,02] "
			 "daddr_v6=ARRAY[fd,24,00,00,00,00,00,00,00,00,00,00,"
			 "00,00,00,01] sock_cookie=c\n");
	assert(has_ends(&f, "[fd24::2]:80", "[fd24::1]:9"));
}

static void
states_are_numbers_or_names(void)
{
	struct fact f = fact_of(
	    HEAD "inet_sock_set_state: skaddr=0xff1 "
		 "oldstate=7 newstate=2 sport=0 dport=8083 family=2 protocol=6 "
		 "saddr=ARRAY[ac,18,00,02] daddr=ARRAY[ac,18,00,05]\n");

	assert(f.kind == FACT_STATE && f.oldstate == FACT_CLOSE);
	assert(f.newstate == FACT_SYN_SENT);
	assert(has_ends(&f, "172.24.0.2:0", "172.24.0.5:8083"));
	f = fact_of(HEAD "inet_sock_set_state: skaddr=0xff1 "
			 "oldstate=TCP_LISTEN newstate=TCP_SYN_RECV sport=1 "
			 "dport=2 saddr=10.0.0.2 daddr=10.0.0.3\n");
	assert(f.oldstate == FACT_LISTEN && f.newstate == FACT_SYN_RECV);
	f = fact_of(HEAD "inet_sock_set_state: oldstate=TCP_ESTABLISHED "
			 "newstate=TCP_LAST_ACK\n");
	assert(f.oldstate == FACT_ESTABLISHED);
	assert(f.newstate == FACT_LAST_ACK && !f.has_ends && f.pointer == 0);
}

static void
forks_and_exits_tell_threads(void)
{
	struct fact f = fact_of(
	    HEAD "sched_process_fork: parent_comm=a "
		 "parent_pid=11 child_comm=a child_pid=12\n");

	assert(f.kind == FACT_FORK && f.tid == 11 && f.other == 12);
	f = fact_of(HEAD "sched_process_exit: comm=a pid=11 prio=120\n");
	assert(f.kind == FACT_EXIT);
}

static void
what_an_event_lacks_is_said(void)
{
	static const char *const lines[][2] = {
		{ HEAD "sys_enter_read: buf=1\n", "no field 'fd'" },
		{ HEAD "sys_exit_read: fd=1\n", "no field 'ret'" },
		{ HEAD "sys_exit_read: ret=x\n", "no field 'ret'" },
		{ HEAD "tcp_probe: saddr=1.2.3.4\n", "no field 'data_len'" },
		{ HEAD "tcp_rcv_space_adjust: sport=1\n",
		    "no field that tells the socket" },
		{ HEAD "inet_sock_set_state: oldstate=1\n",
		    "no field 'oldstate' or 'newstate'" },
		{ HEAD "inet_sock_set_state: oldstate=TCP_NONE newstate=1\n",
		    "no field 'oldstate' or 'newstate'" },
		{ HEAD "sched_process_fork: parent_pid=1\n",
		    "no field 'child_pid'" },
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct facts *f = facts_new();
		struct fact fact;
		const char *why = read_fact(f, lines[i][0], &fact);

		if (why == NULL || strcmp(why, lines[i][1]) != 0)
			fprintf(stderr, "%s", lines[i][0]);
		assert(why != NULL && strcmp(why, lines[i][1]) == 0);
		facts_free(f);
	}
}

/* What was read of a socket before does not stick to what is read now. */
static void
sockets_that_are_remembered_are_not_mixed_up(void)
{
	struct facts *f = facts_new();
	char line[256], local[64], remote[64];
	struct fact fact;

	for (int i = 0; i < 3 * 400; i++) {
		int port = 1 + i % 400;

		snprintf(local, sizeof(local), "10.0.0.2:%d", port);
		snprintf(remote, sizeof(remote), "10.0.0.1:%d", 7 * port);
		snprintf(line, sizeof(line),
		    HEAD "tcp_probe: saddr=%s daddr=%s skaddr=0x%x "
			 "data_len=%d snd_nxt=0x%x\n",
		    local, remote, 16 + port, i, 2 * i);
		assert(read_fact(f, line, &fact) == NULL);
		assert(has_ends(&fact, local, remote) && fact.length == i);
		assert(fact.pointer == (uint64_t)(16 + port));
		assert(fact.has_sequence && fact.sequence == (uint32_t)(2 * i));
		snprintf(line, sizeof(line),
		    HEAD "tcp_rcv_space_adjust: skaddr=0x%x saddr=%s "
			 "daddr=%s\n",
		    32 + port, local, remote);
		assert(read_fact(f, line, &fact) == NULL);
		assert(has_ends(&fact, local, remote));
		assert(fact.pointer == (uint64_t)(32 + port));
	}
	facts_free(f);
}

/* Ends are used again by other sockets; then it is the pointer that tells. */
static void
where_addresses_are_broken_each_pointer_is_read(void)
{
	struct facts *f = facts_new();
	struct fact fact;

	for (unsigned i = 1; i < 4; i++) {
		char line[256];

		snprintf(line, sizeof(line),
		    HEAD "tcp_probe: saddr=10.0.0.2:80 daddr=10.0.0.1:9 "
			 "data_len=1 skaddr=0x%x\n",
		    i);
		assert(read_fact(f, line, &fact) == NULL);
		assert(fact.pointer == i);
		assert(read_fact(f,
			   HEAD "tcp_rcv_space_adjust: skaddr=0xff1 saddr=* "
				"daddr=*\n",
			   &fact) == NULL);
		assert(!fact.has_ends && fact.pointer == 0xff1);
	}
	facts_free(f);
}

int
main(void)
{
	facts_free(NULL);
	calls_tell_descriptors_and_results();
	a_probe_tells_ends_length_and_sequence();
	sockets_of_both_families_are_read();
	states_are_numbers_or_names();
	forks_and_exits_tell_threads();
	what_an_event_lacks_is_said();
	sockets_that_are_remembered_are_not_mixed_up();
	where_addresses_are_broken_each_pointer_is_read();
	return 0;
}
