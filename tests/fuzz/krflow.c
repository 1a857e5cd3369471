/* SPDX-License-Identifier: MIT */
/*
 * krflow: whatever the events are, the trees come to an end, hold each span
 * once, parents before children, and add up to the counts at the end
 *
 * The first byte tells what the others are: bytes of a trace, or operations
 * of four bytes each that become events of a few threads and connections, so
 * that requests, answers, losses and closes meet in every order.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "flow/flow.h"
#include "flow/show.h"

/* Bits of the first byte. */
enum { OPERATIONS = 1, GATEWAY = 2, LIST = 4, LINGER = 8, FORM = 0x30 };

/* What the trees of a trace add up to. */
struct sums {
	uint64_t spans, roots, orphans, trees;
};

/* The two ends of each connection: the server's and the client's. */
static const char *const ends[8][2][2] = {
	{ { "10.0.0.2", "80" }, { "10.0.0.1", "40000" } },
	{ { "10.0.0.2", "80" }, { "10.0.0.1", "40001" } },
	{ { "10.0.0.3", "81" }, { "10.0.0.2", "50000" } },
	{ { "10.0.0.3", "81" }, { "10.0.0.2", "50001" } },
	{ { "10.0.0.4", "82" }, { "10.0.0.3", "50000" } },
	{ { "10.0.0.2", "80" }, { "10.0.0.4", "50000" } },
	{ { "10.0.0.2", "80" }, { "10.0.0.2", "50002" } },
	{ { "10.0.0.4", "82" }, { "10.0.0.4", "82" } },
};

/* What an operation of four bytes says. */
struct operation {
	unsigned kind, tid, connection, side, fd, extra, cpu;
	int64_t ts; /* microseconds */
	FILE *to;
};

static void
put_head(const struct operation *op, const char *event)
{
	fprintf(op->to,
	    "<...>-%u [%03u] %" PRId64 ".%06" PRId64 ": %s: ", op->tid, op->cpu,
	    op->ts / 1000000, op->ts % 1000000, event);
}

static void
put_call(const struct operation *op, const char *event, const char *field,
    unsigned value)
{
	put_head(op, event);
	fprintf(op->to, "%s=0x%x\n", field, value);
}

/* The socket of a side; without addresses there is its pointer alone. */
static void
put_socket(const struct operation *op, unsigned side)
{
	const char *const *local = ends[op->connection][side];
	const char *const *remote = ends[op->connection][!side];

	fprintf(op->to, "skaddr=0xff%x ", 1 + op->connection * 2 + side);
	fprintf(op->to, "sport=%s dport=%s family=2 ", local[1], remote[1]);
	if (op->extra != 7)
		fprintf(op->to, "saddr=%s daddr=%s ", local[0], remote[0]);
}

static void
put_probe(const struct operation *op)
{
	put_head(op, "tcp_probe");
	put_socket(op, !op->side);
	fprintf(op->to, "data_len=%u snd_nxt=0x%x\n", op->extra & 3,
	    op->extra * (unsigned)op->ts);
}

static void
put_adjust(const struct operation *op)
{
	put_head(op, "tcp_rcv_space_adjust");
	put_socket(op, op->side);
	fputs("\n", op->to);
}

static void
put_state(const struct operation *op, unsigned side, int from, int to)
{
	put_head(op, "inet_sock_set_state");
	put_socket(op, side);
	fprintf(op->to, "oldstate=%d newstate=%d\n", from, to);
}

static void
put_send(const struct operation *op)
{
	put_call(op, "sys_enter_write", "fd", op->fd);
	if (op->extra != 6)
		put_probe(op);
	put_call(op, "sys_exit_write", "ret", op->extra);
}

static void
put_receive(const struct operation *op)
{
	put_call(op, "sys_enter_read", "fd", op->fd);
	if (op->extra != 6)
		put_adjust(op);
	put_call(op, "sys_exit_read", "ret", op->extra);
}

static void
put_open(const struct operation *op)
{
	put_state(op, 1, 7, 2);
	if (op->extra > 1)
		put_state(op, 1, 2, op->extra == 2 ? 7 : 1);
	if (op->extra > 2)
		put_state(op, 0, 10, 3);
}

static void
put_rare(const struct operation *op)
{
	switch (op->extra) {
	case 0:
		fprintf(op->to, "CPU:%u [LOST %u EVENTS]\n", op->cpu, op->fd);
		break;
	case 1:
		put_head(op, "sched_process_exit");
		fprintf(op->to, "comm=a pid=%u\n", op->tid);
		break;
	case 2:
		fprintf(op->to, "{\"type\":\"trace\",\"version\":1}\n");
		break;
	case 3:
		fprintf(op->to, "{\"type\":\"end\",\"records\":1}\n");
		break;
	default:
		put_head(op, "sched_process_fork");
		fprintf(op->to, "parent_pid=%u child_pid=%u\n", op->tid,
		    op->fd + op->extra);
		break;
	}
}

static void
put_operation(const struct operation *op)
{
	static const int states[8] = { 1, 2, 3, 4, 7, 9, 10, 0 };

	switch (op->kind) {
	case 0:
		put_call(op, "sys_enter_sendto", "fd", op->fd);
		break;
	case 1:
		put_call(op, "sys_exit_sendto", "ret", op->extra);
		break;
	case 2:
		put_call(op, "sys_enter_recvfrom", "fd", op->fd);
		break;
	case 3:
		put_call(op, "sys_exit_recvfrom", "ret", op->extra);
		break;
	case 4:
		put_probe(op);
		break;
	case 5:
		put_adjust(op);
		break;
	case 6:
		put_state(op, op->side, states[op->fd], states[op->extra]);
		break;
	case 7:
		put_rare(op);
		break;
	case 8:
		put_open(op);
		break;
	case 9:
	case 10:
	case 11:
		put_send(op);
		break;
	default:
		put_receive(op);
		break;
	}
}

/* Makes a trace of operations. */
static void
put_operations(FILE *to, const uint8_t *p, size_t n)
{
	int64_t ts = 1000000;

	for (; n >= 4; p += 4, n -= 4) {
		struct operation op = { .kind = p[0] & 15,
			.tid = 1 + (p[0] >> 4),
			.connection = p[1] & 7,
			.side = p[1] >> 3 & 1,
			.cpu = p[1] >> 4 & 1,
			.fd = p[2] & 7,
			.extra = p[2] >> 3 & 7,
			.to = to };

		ts += p[3] < 250 ? p[3] : (p[3] - 249) * 500000;
		op.ts = ts - (p[1] >> 5 == 7 ? p[3] : 0);
		put_operation(&op);
	}
}

/* Tells whether s is the span itself or above it. */
static bool
is_above(const struct span *above, const struct span *s)
{
	while (s != NULL && s != above)
		s = s->parent;
	return s != NULL;
}

static void
check_span(const struct tree *t, const struct span *s)
{
	CHECK(s->tree == t && s->number > 0);
	CHECK((s->parent == NULL) == (s == t->root));
	CHECK((s->parent == NULL) ==
	    (s->link == SPAN_ROOT || s->link == SPAN_ORPHAN));
	CHECK(s->end == -1 || s->end >= s->start);
	CHECK(s->arrival == -1 || s->arrival >= 0);
}

static void
check_tree(const struct tree *t, struct sums *sums)
{
	const struct span *before = NULL;
	size_t n = 0, unanswered = 0, calls = 0;

	for (const struct span *s = NULL; (s = tree_step(t, s)) != NULL;) {
		CHECK(++n <= t->spans);
		check_span(t, s);
		CHECK(before == NULL || is_above(s->parent, before));
		unanswered += s->end < 0;
		calls += s->calls;
		sums->orphans += s->link == SPAN_ORPHAN;
		before = s;
	}
	CHECK(n == t->spans && t->done);
	CHECK(unanswered == t->unanswered && calls == t->calls);
	CHECK((t->number > 0) == (t->root->link == SPAN_ROOT));
	sums->spans += n;
	sums->roots += t->number > 0;
	sums->trees++;
}

static void
show(struct output *out, const struct services *services, const struct tree *t,
    uint64_t form)
{
	switch (form % 3) {
	case 0:
		show_records(out, services, t);
		break;
	case 1:
		show_tree(out, services, t, form & 1);
		break;
	case 2:
		show_raw(out, services, t);
		break;
	}
}

static void
check_end(const struct flow *flow, const struct sums *sums)
{
	struct flow_counts counts = flow_counts(flow);

	CHECK(counts.spans == sums->spans);
	CHECK(counts.traces == sums->roots);
	CHECK(counts.orphans == sums->orphans);
}

static void
follow(struct input *in, struct services *services, uint8_t mode)
{
	struct event_reader *reader = event_reader_new();
	struct flow *flow = flow_new(services, mode & LINGER ? 0 : 1000000000);
	struct sums sums = { 0 };
	struct output out;
	struct event ev;

	CHECK(output_open(&out, "/dev/null") == 0);
	flow_ask(flow, reader);
	event_open(reader, in);
	while (event_next(reader, &ev)) {
		const struct tree *t;

		if (ev.kind == EVENT_TRACE)
			sums = (struct sums){ 0 };
		if (flow_feed(flow, &ev) != NULL)
			event_reject(reader);
		if (flow_step(flow) != NULL)
			show_step(&out, services, flow_step(flow), false);
		while ((t = flow_next(flow)) != NULL) {
			check_tree(t, &sums);
			show(&out, services, t, (mode & FORM) + sums.trees);
		}
		if (ev.kind == EVENT_END)
			check_end(flow, &sums);
	}
	CHECK(output_close(&out) == 0);
	flow_free(flow);
	event_reader_free(reader);
}

/* The services that are known, as the first byte has it. */
static struct services *
known(uint8_t mode, struct str line)
{
	struct services *services = services_new();
	struct address_block block;

	if (mode & LIST) {
		services_add_line(services, str_of("1 web 10.0.0.2 x"));
		services_add_line(services, str_of("2\tdb\t10.0.0.3"));
		services_add_line(services, line);
	}
	if (mode & GATEWAY) {
		CHECK(address_block_parse(str_of("10.0.0.1"), &block));
		services_add_gateway(services, block);
	}
	return services;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t mode = size > 0 ? data[0] : 0;
	int fd = memfd_create("krflow", MFD_CLOEXEC);
	FILE *to = fdopen(dup(fd), "w");
	struct services *services;
	struct str line;
	struct input in;
	char path[32];

	data += size > 0;
	size -= size > 0;
	line = (struct str){ (const char *)data, size < 64 ? size : 64 };
	services = known(mode, line);
	/* A newline before it, so that it never is packed. */
	fputs("\n", to);
	if (mode & OPERATIONS)
		put_operations(to, data, size);
	else
		fwrite(data, 1, size, to);
	CHECK(fclose(to) == 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	CHECK(input_open(&in, path) == 0);
	close(fd);
	follow(&in, services, mode);
	CHECK(in.why == NULL);
	input_close(&in);
	services_free(services);
	return 0;
}
