/* SPDX-License-Identifier: MIT */
/*
 * fact -- what an event tells of system calls, sockets and threads
 *
 * Here, and here alone, the model touches the fields of events.
 */
#ifndef TK_FACT_H
#define TK_FACT_H

#include "base/address.h"
#include "source/event.h"

enum fact_kind {
	FACT_SEND_ENTER,
	FACT_SEND_EXIT,
	FACT_RECEIVE_ENTER,
	FACT_RECEIVE_EXIT,
	FACT_PROBE,  /* tcp_probe: a segment came to a socket */
	FACT_ADJUST, /* tcp_rcv_space_adjust: data were read from one */
	FACT_STATE,  /* inet_sock_set_state: it opens or closes */
	FACT_FORK,
	FACT_EXIT,
	FACT_KINDS,
};

/* States of a TCP socket, include/net/tcp_states.h. */
enum {
	FACT_ESTABLISHED = 1,
	FACT_SYN_SENT = 2,
	FACT_SYN_RECV = 3,
	FACT_FIN_WAIT1 = 4,
	FACT_CLOSE = 7,
	FACT_LAST_ACK = 9,
	FACT_LISTEN = 10,
};

struct fact {
	enum fact_kind kind;
	int64_t ts, tid;
	int cpu;
	int64_t fd;     /* a number for each descriptor of a call; -1: none */
	int64_t result; /* of its return: bytes, or below 0 an error */
	bool file;      /* of a call: for files as well as sockets */
	bool messages;  /* of a return: result counts messages */
	struct endpoint local; /* of the socket: its own end */
	struct endpoint remote;
	bool has_ends;    /* the two could be read */
	uint64_t pointer; /* of the socket, struct sock; 0: not told */
	int64_t length;   /* of a segment, in bytes */
	bool has_sequence;
	uint32_t sequence; /* of what the socket itself sent so far */
	int64_t oldstate, newstate;
	int64_t other; /* the thread that was forked */
};

struct facts; /* opaque: where fields were found the last time */

struct facts *facts_new(void);
void facts_free(struct facts *);

/* Asks the reader for the events that tell facts. */
void facts_ask(struct facts *, struct event_reader *);

/*
 * Reads the fact that an event of that reader tells.  Returns NULL, or a
 * constant phrase that says what the event lacks.
 */
const char *facts_read(struct facts *, const struct event *, struct fact *);

#endif
