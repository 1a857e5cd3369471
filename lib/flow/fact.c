/* SPDX-License-Identifier: MIT */
#include "flow/fact.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/num.h"
#include "flow/memo.h"

static const struct {
	const char *event;
	enum fact_kind kind;
	bool file;     /* the call is for files as well as sockets */
	bool messages; /* its return counts messages, not bytes */
} asked[] = {
	{ .event = "sys_enter_sendto", .kind = FACT_SEND_ENTER },
	{ .event = "sys_enter_sendmsg", .kind = FACT_SEND_ENTER },
	{ .event = "sys_enter_sendmmsg", .kind = FACT_SEND_ENTER },
	{ .event = "sys_enter_write", .kind = FACT_SEND_ENTER, .file = true },
	{ .event = "sys_enter_writev", .kind = FACT_SEND_ENTER, .file = true },
	{ .event = "sys_exit_sendto", .kind = FACT_SEND_EXIT },
	{ .event = "sys_exit_sendmsg", .kind = FACT_SEND_EXIT },
	{ .event = "sys_exit_sendmmsg", .kind = FACT_SEND_EXIT },
	{ .event = "sys_exit_write", .kind = FACT_SEND_EXIT },
	{ .event = "sys_exit_writev", .kind = FACT_SEND_EXIT },
	{ .event = "sys_enter_recvfrom", .kind = FACT_RECEIVE_ENTER },
	{ .event = "sys_enter_recvmsg", .kind = FACT_RECEIVE_ENTER },
	{ .event = "sys_enter_recvmmsg", .kind = FACT_RECEIVE_ENTER },
	{ .event = "sys_enter_read", .kind = FACT_RECEIVE_ENTER, .file = true },
	{ .event = "sys_enter_readv",
	    .kind = FACT_RECEIVE_ENTER,
	    .file = true },
	{ .event = "sys_exit_recvfrom", .kind = FACT_RECEIVE_EXIT },
	{ .event = "sys_exit_recvmsg", .kind = FACT_RECEIVE_EXIT },
	{ .event = "sys_exit_recvmmsg",
	    .kind = FACT_RECEIVE_EXIT,
	    .messages = true },
	{ .event = "sys_exit_read", .kind = FACT_RECEIVE_EXIT },
	{ .event = "sys_exit_readv", .kind = FACT_RECEIVE_EXIT },
	{ .event = "tcp_probe", .kind = FACT_PROBE },
	{ .event = "tcp_rcv_space_adjust", .kind = FACT_ADJUST },
	{ .event = "inet_sock_set_state", .kind = FACT_STATE },
	{ .event = "sched_process_fork", .kind = FACT_FORK },
	{ .event = "sched_process_exit", .kind = FACT_EXIT },
};

enum { ASKED = sizeof(asked) / sizeof(asked[0]) };

enum slot {
	FD,
	RET,
	SADDR,
	DADDR,
	SADDR_V6,
	DADDR_V6,
	SPORT,
	DPORT,
	FAMILY,
	DATA_LEN,
	SND_NXT,
	SKADDR,
	OLDSTATE,
	NEWSTATE,
	PARENT_PID,
	CHILD_PID,
	SLOTS,
};

#define STR(z)                                                                 \
	{                                                                      \
		(z), sizeof(z) - 1                                             \
	}

static const struct str keys[SLOTS] = { STR("fd"), STR("ret"), STR("saddr"),
	STR("daddr"), STR("saddr_v6"), STR("daddr_v6"), STR("sport"),
	STR("dport"), STR("family"), STR("data_len"), STR("snd_nxt"),
	STR("skaddr"), STR("oldstate"), STR("newstate"), STR("parent_pid"),
	STR("child_pid") };

/* By the number of the state. */
static const char *const state_names[] = { "", "TCP_ESTABLISHED",
	"TCP_SYN_SENT", "TCP_SYN_RECV", "TCP_FIN_WAIT1", "TCP_FIN_WAIT2",
	"TCP_TIME_WAIT", "TCP_CLOSE", "TCP_CLOSE_WAIT", "TCP_LAST_ACK",
	"TCP_LISTEN", "TCP_CLOSING", "TCP_NEW_SYN_RECV" };

enum { STATES = sizeof(state_names) / sizeof(state_names[0]) };

struct facts {
	int first;   /* number of the first event that was asked for */
	bool broken; /* addresses could not be read: pointers are needed */
	struct memo memo;
	struct event_slot slot[FACT_KINDS][SLOTS];
};

struct facts *
facts_new(void)
{
	struct facts *f = mem_alloc(sizeof(*f));

	for (int i = 0; i < FACT_KINDS; i++)
		for (int j = 0; j < SLOTS; j++)
			f->slot[i][j].key = keys[j];
	return f;
}

void
facts_free(struct facts *f)
{
	free(f);
}

void
facts_ask(struct facts *f, struct event_reader *reader)
{
	f->first = event_want(reader, asked[0].event);
	for (int i = 1; i < ASKED; i++)
		event_want(reader, asked[i].event);
}

static bool
read_number(const struct event *ev, struct event_slot *slot, int64_t *out)
{
	return field_s64(event_field(ev, slot), out);
}

static bool
read_state(const struct event *ev, struct event_slot *slot, int64_t *out)
{
	struct str s = event_field(ev, slot);

	for (int i = 0; i < STATES; i++)
		if (str_is(s, state_names[i])) {
			*out = i;
			return s.n > 0;
		}
	return field_s64(s, out);
}

/*
 * Descriptors are printed in hexadecimal digits, by older kernels without 0x
 * before them.  All that is needed is to tell one from another.
 */
static const char *
read_descriptor(const struct event *ev, struct event_slot *slot,
    struct fact *out)
{
	uint64_t v;

	if (!num_hex(event_field(ev, slot), &v))
		return "no field 'fd'";
	out->fd = v <= INT32_MAX ? (int64_t)v : -1;
	return NULL;
}

/* Pointers are printed in hexadecimal digits, with or without 0x. */
static uint64_t
read_pointer(const struct event *ev, struct event_slot *slot)
{
	uint64_t v;

	return num_hex(event_field(ev, slot), &v) ? v : 0;
}

static bool
is_six(struct str family)
{
	return str_is(family, "10") || str_is(family, "AF_INET6") ||
	    str_is(family, "0xa");
}

/* Reads one end: its address, and the port that a field of its own tells. */
static bool
read_end(const struct event *ev, struct event_slot *address,
    struct event_slot *port, struct endpoint *out)
{
	int64_t v;

	if (!field_endpoint(event_field(ev, address), out))
		return false;
	if (read_number(ev, port, &v) && v >= 0 && v <= UINT16_MAX)
		out->port = (uint16_t)v;
	return true;
}

/* Reads the ends of a socket, and its pointer. */
static void
read_socket(const struct event *ev, struct event_slot *slot, struct fact *out)
{
	bool six = out->kind != FACT_PROBE &&
	    is_six(event_field(ev, &slot[FAMILY]));

	out->has_ends = read_end(ev, &slot[six ? SADDR_V6 : SADDR],
			    &slot[SPORT], &out->local) &&
	    read_end(ev, &slot[six ? DADDR_V6 : DADDR], &slot[DPORT],
		&out->remote);
	out->pointer = read_pointer(ev, &slot[SKADDR]);
}

static void
recall(const struct memo_entry *e, struct fact *out)
{
	out->local = e->local;
	out->remote = e->remote;
	out->pointer = e->pointer;
	out->has_ends = true;
}

static void
keep(struct memo_entry *e, struct str text, const struct fact *fact)
{
	if (text.n == 0 || !fact->has_ends)
		return;
	memo_keep(e, text);
	e->local = fact->local;
	e->remote = fact->remote;
	e->pointer = fact->pointer;
}

/* The whole of such an event is the same each time. */
static const char *
read_adjust(struct facts *f, const struct event *ev, struct fact *out)
{
	struct memo_entry *e = memo_place(&f->memo, ev->at.body);

	if (memo_is(e, ev->at.body) && e->n == ev->at.body.n) {
		recall(e, out);
		return NULL;
	}
	read_socket(ev, f->slot[FACT_ADJUST], out);
	keep(e, ev->at.body, out);
	f->broken = f->broken || !out->has_ends;
	if (!out->has_ends && out->pointer == 0)
		return "no field that tells the socket";
	return NULL;
}

static void
read_sequence(struct str text, struct fact *out)
{
	uint64_t v;

	out->has_sequence = num_hex(text, &v);
	if (out->has_sequence)
		out->sequence = (uint32_t)v;
}

/* Returns the front of s, up to the first blank. */
static struct str
word(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ')
		n++;
	return (struct str){ s.p, n };
}

/*
 * Reads the length of the segment, at the front of rest, and the number that
 * follows it, without splitting all that is before.
 */
static bool
read_length(struct str rest, struct fact *out)
{
	static const char key[] = " snd_nxt=";
	struct str length = word(rest);

	if (!field_s64(length, &out->length))
		return false;
	rest = str_skip(rest, length.n);
	if (str_starts(rest, key))
		read_sequence(word(str_skip(rest, sizeof(key) - 1)), out);
	return true;
}

/*
 * Of a probe, what stands before the length of the segment is the same each
 * time.
 */
static const char *
read_probe(struct facts *f, const struct event *ev, struct fact *out)
{
	struct event_slot *slot = f->slot[FACT_PROBE];
	struct str body = ev->at.body, length;
	struct memo_entry *e = memo_place(&f->memo, body);

	if (!f->broken && memo_is(e, body) &&
	    read_length(str_skip(body, e->n), out)) {
		recall(e, out);
		out->pointer = 0; /* it stands behind what was compared */
		return NULL;
	}
	length = event_field(ev, &slot[DATA_LEN]);
	if (!field_s64(length, &out->length))
		return "no field 'data_len'";
	read_socket(ev, slot, out);
	read_sequence(event_field(ev, &slot[SND_NXT]), out);
	if (!f->broken && length.p >= body.p && length.p < body.p + body.n)
		keep(e, (struct str){ body.p, (size_t)(length.p - body.p) },
		    out);
	return NULL;
}

static const char *
read_fields(struct facts *f, const struct event *ev, struct fact *out)
{
	struct event_slot *slot = f->slot[out->kind];

	switch (out->kind) {
	case FACT_SEND_ENTER:
	case FACT_RECEIVE_ENTER:
		return read_descriptor(ev, &slot[FD], out);
	case FACT_SEND_EXIT:
	case FACT_RECEIVE_EXIT:
		if (!read_number(ev, &slot[RET], &out->result))
			return "no field 'ret'";
		return NULL;
	case FACT_PROBE:
		return read_probe(f, ev, out);
	case FACT_STATE:
		if (!read_state(ev, &slot[OLDSTATE], &out->oldstate) ||
		    !read_state(ev, &slot[NEWSTATE], &out->newstate))
			return "no field 'oldstate' or 'newstate'";
		read_socket(ev, slot, out);
		f->broken = f->broken || !out->has_ends;
		return NULL;
	case FACT_ADJUST:
		return read_adjust(f, ev, out);
	case FACT_FORK:
		/* The parent is the thread in whose context it happened. */
		if (!read_number(ev, &slot[CHILD_PID], &out->other))
			return "no field 'child_pid'";
		read_number(ev, &slot[PARENT_PID], &out->tid);
		return NULL;
	default:
		return NULL;
	}
}

const char *
facts_read(struct facts *f, const struct event *ev, struct fact *out)
{
	enum fact_kind kind = asked[ev->type - f->first].kind;

	*out = (struct fact){ .kind = kind,
		.ts = ev->at.ts,
		.tid = ev->at.tid,
		.cpu = ev->at.cpu,
		.fd = -1 };
	out->file = asked[ev->type - f->first].file;
	out->messages = asked[ev->type - f->first].messages;
	if (out->tid < 0)
		return "no thread";
	if (out->ts < 0)
		return "no time";
	return read_fields(f, ev, out);
}
