/* SPDX-License-Identifier: MIT */
/* thread: threads by their numbers, and which sockets their descriptors are */
#include "flow/thread.h"

#include "flow.h"

static struct socket
socket_to(struct connections *all, uint16_t port)
{
	struct endpoint a = end_of("10.0.0.2:50000"), b = end_of("10.0.0.3:1");
	struct socket s;
	bool fresh;

	b.port = port;
	assert(connections_find(all, &a, &b, 1, &s, &fresh));
	return s;
}

/* Tells whether a descriptor is the socket to that port; 0: none. */
static bool
leads_to(struct threads *all, const struct thread *t, int64_t fd, uint16_t port)
{
	struct socket s;

	if (!threads_get_socket(all, t, fd, &s))
		return port == 0;
	return s.connection->end[!s.side].port == port;
}

static void
a_thread_is_found_until_it_is_removed(void)
{
	struct threads *all = threads_new();
	struct thread *t;

	assert(threads_find(all, 11) == NULL);
	threads_remove(all, 11);
	t = threads_get(all, 11);
	assert(t->tid == 11 && t->service == SERVICE_UNKNOWN && t->fd == -1);
	t->service = 3;
	assert(threads_get(all, 12) != t && threads_find(all, 11) == t);
	assert(threads_get(all, 11)->service == 3);
	threads_remove(all, 11);
	assert(threads_find(all, 11) == NULL && threads_find(all, 12) != NULL);
	assert(threads_get(all, 11)->service == SERVICE_UNKNOWN);
	threads_free(all);
}

static void
threads_stay_where_they_are(void)
{
	enum { MANY = 20000 };
	struct thread **t = calloc(MANY, sizeof(struct thread *));
	struct threads *all = threads_new();

	for (int i = 0; i < MANY; i++)
		t[i] = threads_get(all, i);
	for (int i = MANY; i-- > 0;)
		assert(threads_find(all, i) == t[i] && t[i]->tid == i);
	threads_free(all);
	free(t);
}

static void
a_descriptor_is_what_the_same_thread_used_last(void)
{
	struct connections *connections = connections_new();
	struct threads *all = threads_new();
	struct thread *a = threads_get(all, 11), *b = threads_get(all, 12);

	for (int64_t fd = 0; fd < 40; fd++) {
		struct socket s = socket_to(connections, (uint16_t)(1 + fd));

		assert(leads_to(all, a, fd, 0));
		threads_set_socket(all, a, fd, &s);
	}
	for (int64_t fd = 0; fd < 40; fd++) {
		assert(leads_to(all, a, fd, (uint16_t)(1 + fd)));
		assert(leads_to(all, b, fd, 0));
	}
	threads_set_socket(all, a, 8,
	    &(struct socket[]){ socket_to(connections, 99) }[0]);
	assert(leads_to(all, a, 8, 99) && leads_to(all, a, 0, 1));
	assert(leads_to(all, a, 16, 17));
	/* A descriptor that is not known is never found. */
	threads_set_socket(all, a, -1,
	    &(struct socket[]){ socket_to(connections, 99) }[0]);
	assert(leads_to(all, a, -1, 0) && leads_to(all, a, INT64_MAX, 0));
	threads_free(all);
	connections_free(connections);
}

static void
a_descriptor_forgets_a_socket_that_is_closed_or_gone(void)
{
	struct connections *connections = connections_new();
	struct threads *all = threads_new();
	struct thread *t = threads_get(all, 11);
	struct socket s = socket_to(connections, 1);

	s.connection->tid[!s.side] = 21;
	threads_set_socket(all, t, 4, &s);
	connections_close(connections, &s);
	assert(socket_valid(&s) && leads_to(all, t, 4, 0));
	s.side = !s.side;
	connections_close(connections, &s);
	assert(!socket_valid(&s) && leads_to(all, t, 4, 0));
	/* A new connection with the same ends is not that socket. */
	socket_to(connections, 1);
	assert(leads_to(all, t, 4, 0));
	threads_free(all);
	connections_free(connections);
}

/* The number's next owner has descriptors of its own. */
static void
descriptors_go_with_their_thread(void)
{
	struct connections *connections = connections_new();
	struct threads *all = threads_new();
	struct thread *t = threads_get(all, 11);
	struct socket s = socket_to(connections, 1);

	for (int64_t fd = 0; fd < 20; fd++)
		threads_set_socket(all, t, fd, &s);
	threads_set_socket(all, threads_get(all, 12), 4, &s);
	threads_remove(all, 11);
	t = threads_get(all, 11);
	for (int64_t fd = 0; fd < 20; fd++)
		assert(leads_to(all, t, fd, 0));
	assert(leads_to(all, threads_get(all, 12), 4, 1));
	threads_free(all);
	connections_free(connections);
}

/* Seen when they are met again, on whatever CPU that is. */
static void
an_interrupt_ends_the_calls_on_its_cpu(void)
{
	struct connections *connections = connections_new();
	struct threads *all = threads_new();
	struct socket s = socket_to(connections, 1);

	for (int cpu = -1; cpu < 2; cpu++) {
		for (int i = 0; i < 4; i++) {
			struct thread *t = threads_get(all, i);

			threads_meet(all, t, i % 2, 1);
			t->call = THREAD_SENDS;
			t->socket = t->connected = s;
		}
		threads_interrupt(all, cpu);
		for (int i = 0; i < 4; i++) {
			struct thread *t = threads_find(all, i);
			bool hit = cpu < 0 || i % 2 == cpu;

			threads_meet(all, t, i / 2, 2);
			assert(hit == (t->call == THREAD_NO_CALL));
			assert(hit == !socket_valid(&t->socket));
			assert(hit == !socket_valid(&t->connected));
		}
	}
	threads_free(all);
	connections_free(connections);
}

/* A million threads whose exits nobody saw, one each millisecond. */
static void
threads_that_were_not_seen_for_long_are_forgotten(void)
{
	enum { MANY = 1000000, MS = 1000000 };
	struct threads *all = threads_new();
	size_t left = 0;

	for (int64_t i = 0; i < MANY; i++) {
		threads_meet(all, threads_get(all, i), 0, i * MS);
		threads_sweep(all, i * MS);
	}
	assert(threads_find(all, 0) == NULL);
	for (int64_t i = 0; i < MANY; i++)
		left += threads_find(all, i) != NULL;
	assert(left >= 60000 && left <= 2 * 60000 + 4096);
	threads_free(all);
}

int
main(void)
{
	threads_free(NULL);
	a_thread_is_found_until_it_is_removed();
	threads_stay_where_they_are();
	a_descriptor_is_what_the_same_thread_used_last();
	a_descriptor_forgets_a_socket_that_is_closed_or_gone();
	descriptors_go_with_their_thread();
	an_interrupt_ends_the_calls_on_its_cpu();
	threads_that_were_not_seen_for_long_are_forgotten();
	return 0;
}
