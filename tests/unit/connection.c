/* SPDX-License-Identifier: MIT */
/* connection: two ends are one connection, from either side, until it goes */
#include "flow/connection.h"

#include "flow.h"

/* Finds what two ends are at ts; whether that is new must be as told. */
static struct socket
found(struct connections *all, const char *local, const char *remote,
    int64_t ts, bool new)
{
	struct endpoint a = end_of(local), b = end_of(remote);
	struct socket s = { NULL, 0, 0 };
	bool fresh;

	assert(connections_find(all, &a, &b, ts, &s, &fresh));
	assert(fresh == new &&socket_valid(&s));
	assert(endpoint_eq(&s.connection->end[s.side], &a));
	assert(endpoint_eq(&s.connection->end[!s.side], &b));
	return s;
}

static bool
is_missing(struct connections *all, const char *local, const char *remote)
{
	struct endpoint a = end_of(local), b = end_of(remote);
	struct socket s;
	bool fresh;

	return !connections_find(all, &a, &b, -1, &s, &fresh);
}

static void
both_directions_are_one_connection(void)
{
	static const char *const ends[][2] = {
		{ "10.0.0.1:40000", "10.0.0.2:80" },
		{ "10.0.0.2:80", "10.0.0.1:40001" },
		{ "[fd24::1]:80", "[fd24::1]:81" },
		{ "10.0.0.3:256", "10.0.0.3:1" },
	};
	struct connections *all = connections_new();

	for (int i = 0; i < 4; i++) {
		struct socket one, two;

		assert(is_missing(all, ends[i][0], ends[i][1]));
		one = found(all, ends[i][0], ends[i][1], 5, true);
		two = found(all, ends[i][1], ends[i][0], 6, false);
		assert(one.connection == two.connection);
		assert(one.side == !two.side);
		assert(!is_missing(all, ends[i][1], ends[i][0]));
		assert(one.connection->used == 6);
		assert(one.connection->arrival[0] == -1);
		assert(one.connection->arrival[1] == -1);
	}
	/* An IPv6 socket knows its IPv4 peer by the mapped address. */
	found(all, "[::ffff:10.0.0.2]:80", "[::ffff:10.0.0.1]:40000", 7, false);
	connections_free(all);
}

static void
a_socket_may_be_connected_to_itself(void)
{
	struct connections *all = connections_new();
	struct socket s = found(all, "10.0.0.2:80", "10.0.0.2:80", 1, true);

	assert(found(all, "10.0.0.2:80", "10.0.0.2:80", 2, false).connection ==
	    s.connection);
	connections_free(all);
}

static bool
named(struct connections *all, uint64_t pointer, struct socket want)
{
	struct socket s;

	return connections_named(all, pointer, &s) &&
	    s.connection == want.connection && s.side == want.side;
}

static void
a_pointer_names_the_socket_that_had_it_last(void)
{
	struct connections *all = connections_new();
	struct socket a = found(all, "10.0.0.1:1", "10.0.0.2:80", 1, true);
	struct socket b = found(all, "10.0.0.1:2", "10.0.0.2:80", 1, true);
	struct socket none, server = a;

	server.side = !a.side;
	assert(!connections_named(all, 0xff1, &none));
	connections_name(all, &a, 0);
	assert(!connections_named(all, 0, &none));
	connections_name(all, &a, 0xff1);
	connections_name(all, &server, 0xff2);
	assert(named(all, 0xff1, a) && named(all, 0xff2, server));
	/* The pointer moves to another connection. */
	connections_name(all, &b, 0xff1);
	assert(named(all, 0xff1, b) && a.connection->pointer[a.side] == 0);
	/* The socket has another pointer; the old one is nobody's. */
	connections_name(all, &b, 0xff3);
	assert(named(all, 0xff3, b) && !connections_named(all, 0xff1, &none));
	connections_name(all, &a, 0xff1);
	assert(named(all, 0xff1, a) && named(all, 0xff3, b));
	connections_free(all);
}

static void
a_connection_goes_when_both_sides_are_closed(void)
{
	struct connections *all = connections_new();
	struct socket a = found(all, "10.0.0.1:1", "10.0.0.2:80", 1, true);
	struct socket b = a, none, again;

	b.side = !a.side;
	connections_name(all, &a, 0xff1);
	connections_name(all, &b, 0xff2);
	connections_close(all, &a);
	assert(socket_valid(&a) && named(all, 0xff2, b));
	assert(a.connection->closed[a.side] && !a.connection->closed[b.side]);
	connections_close(all, &b);
	assert(!socket_valid(&a) && !socket_valid(&b));
	assert(!connections_named(all, 0xff1, &none));
	assert(!connections_named(all, 0xff2, &none));
	assert(is_missing(all, "10.0.0.1:1", "10.0.0.2:80"));
	/* The same ends again, and the same memory, are another. */
	again = found(all, "10.0.0.1:1", "10.0.0.2:80", 2, true);
	assert(socket_valid(&again) && !socket_valid(&a));
	assert(!again.connection->closed[0] && !again.connection->closed[1]);
	assert(again.connection->pointer[0] == 0);
	connections_free(all);
}

static void
one_close_is_enough_where_nobody_was_seen_on_the_other_side(void)
{
	struct connections *all = connections_new();
	struct socket a = found(all, "10.0.0.1:1", "10.0.0.2:80", 1, true);

	connections_close(all, &a);
	assert(!socket_valid(&a));
	a = found(all, "10.0.0.1:1", "10.0.0.2:80", 1, true);
	a.connection->tid[!a.side] = 9;
	connections_close(all, &a);
	assert(socket_valid(&a));
	connections_free(all);
}

static void
it_is_known_where_somebody_listens(void)
{
	struct connections *all = connections_new();
	struct endpoint a = end_of("10.0.0.2:80"), b = end_of("10.0.0.2:81");

	assert(!connections_listens(all, &a));
	connections_listen(all, &a);
	connections_listen(all, &a);
	assert(connections_listens(all, &a) && !connections_listens(all, &b));
	connections_free(all);
}

static int
compare_pointers(const void *a, const void *b)
{
	const char *const *p = a, *const *q = b;

	return (*p > *q) - (*p < *q);
}

static struct endpoint
client(uint32_t i)
{
	struct endpoint e = end_of("10.0.0.1:1");

	memcpy(e.address.byte + 12, &i, sizeof(i));
	return e;
}

/*
 * A million connections that are never closed, ten a second: 600 are younger
 * than a minute, and no more than some thousands are kept.  One that is used
 * on and on stays.
 */
static void
idle_connections_go(void)
{
	enum { MANY = 1000000 };
	const void **place = calloc(MANY, sizeof(*place));
	struct connections *all = connections_new();
	struct socket s, none,
	    busy = found(all, "10.0.0.9:9", "10.0.0.2:80", 0, true);
	struct endpoint b = end_of("10.0.0.2:80"), a;
	size_t places = 0, kept = 0;
	bool fresh;

	for (uint32_t i = 0; i < MANY; i++) {
		a = client(i);
		assert(
		    connections_find(all, &a, &b, i * 100000000LL, &s, &fresh));
		assert(fresh);
		connections_name(all, &s, 1 + i);
		place[i] = s.connection;
		if (i % 100 == 0)
			found(all, "10.0.0.9:9", "10.0.0.2:80", i * 100000000LL,
			    false);
		while (connections_idle(all, i * 100000000LL, &none))
			connections_drop(all, &none);
	}
	assert(socket_valid(&busy) && !connections_named(all, 1, &none));
	for (uint32_t i = 0; i < MANY; i++) {
		a = client(i);
		kept += connections_find(all, &a, &b, -1, &none, &fresh);
		if (i >= MANY - 600)
			assert(connections_named(all, 1 + i, &none));
	}
	assert(kept >= 600 && kept <= 5000);
	qsort(place, MANY, sizeof(*place), compare_pointers);
	for (size_t i = 0; i < MANY; i++)
		places += i == 0 || place[i] != place[i - 1];
	assert(places <= 5000);
	free(place);
	connections_free(all);
}

int
main(void)
{
	connections_free(NULL);
	both_directions_are_one_connection();
	a_socket_may_be_connected_to_itself();
	a_pointer_names_the_socket_that_had_it_last();
	a_connection_goes_when_both_sides_are_closed();
	one_close_is_enough_where_nobody_was_seen_on_the_other_side();
	it_is_known_where_somebody_listens();
	idle_connections_go();
	return 0;
}
