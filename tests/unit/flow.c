/* SPDX-License-Identifier: MIT */
/* flow: short stories of requests, and the spans that are in them */
#include "flow.h"

#define THREE WEB_AND_DB "31 disk 10.0.0.4\n"

static void
calls_of_a_blocking_thread_are_those_of_its_request(void)
{
	tells(THREE, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "60 21 sends 8 3:50000 4:9\n"
	    "80 31 receives 7 4:9 3:50000\n"
	    "100 31 sends 7 4:9 3:50000\n"
	    "120 21 receives 8 3:50000 4:9\n"
	    "140 21 sends 7 3:5432 2:50000\n"
	    "160 11 receives 5 2:50000 3:5432\n"
	    "180 11 sends 6 2:50001 4:9\n"
	    "200 32 receives 9 4:9 2:50001\n"
	    "220 32 sends 9 4:9 2:50001\n"
	    "240 11 receives 6 2:50001 4:9\n"
	    "260 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-265 root/0\n"
	    "1 -db@21 50-145 direct/1 q25\n"
	    "1 --disk@31 90-105 direct/1 q25\n"
	    "1 -disk@32 210-225 direct/1 q25\n");
}

/* Both connections serve twice; each call belongs to its own request. */
static void
a_connection_that_is_kept_serves_one_request_after_the_other(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "60 21 sends 7 3:5432 2:50000\n"
	    "80 11 receives 5 2:50000 3:5432\n"
	    "100 11 sends 4 2:80 1:40000\n"
	    "200 11 receives 4 2:80 1:40000\n"
	    "220 11 sends 5 2:50000 3:5432\n"
	    "250 21 receives 7 3:5432 2:50000\n"
	    "270 21 sends 7 3:5432 2:50000\n"
	    "280 11 receives 5 2:50000 3:5432\n"
	    "300 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-105 root/0\n"
	    "1 -db@21 50-65 direct/1 q25\n"
	    "2 web@11 210-305 root/0\n"
	    "2 -db@21 260-275 direct/1 q35\n");
}

static void
messages_may_come_in_pieces(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 receives 4 2:80 1:40000\n"
	    "40 11 sends 4 2:80 1:40000\n"
	    "60 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-65 root/0\n");
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "60 11 sends 5 2:50000 3:5432\n"
	    "80 21 receives 7 3:5432 2:50000\n"
	    "100 21 sends 7 3:5432 2:50000\n"
	    "120 11 receives 5 2:50000 3:5432\n"
	    "140 21 sends 7 3:5432 2:50000\n"
	    "160 11 receives 5 2:50000 3:5432\n"
	    "180 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-185 root/0\n"
	    "1 -db@21 50-145 direct/1 q25\n");
}

/* One thread, two requests: calls in turn, answers in any order. */
static void
an_event_loop_takes_up_requests_in_the_order_they_came(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 receives 5 2:80 1:40001\n"
	    "40 11 sends 6 2:50000 3:5432\n"
	    "60 11 sends 7 2:50001 3:5432\n"
	    "70 22 receives 4 3:5432 2:50001\n"
	    "90 22 sends 4 3:5432 2:50001\n"
	    "100 21 receives 4 3:5432 2:50000\n"
	    "120 21 sends 4 3:5432 2:50000\n"
	    "140 11 receives 7 2:50001 3:5432\n"
	    "160 11 sends 5 2:80 1:40001\n"
	    "180 11 receives 6 2:50000 3:5432\n"
	    "200 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-205 root/0\n"
	    "1 -db@21 110-125 fifo/2 q65\n"
	    "2 web@11 30-165 root/0\n"
	    "2 -db@22 80-95 direct/1 q15\n");
}

static void
failed_calls_and_ends_of_files_are_no_messages(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 enter sendto 4\n"
	    "30 11 leave sendto 0xfffffffffffffff5\n"
	    "40 11 enter sendto 4\n"
	    "50 11 leave sendto -11\n"
	    "60 11 enter sendto 4\n"
	    "70 11 leave sendto 100\n"
	    "80 11 enter recvfrom 4\n"
	    "85 11 adjust 2:80 1:40000\n"
	    "90 11 leave recvfrom 0\n"
	    "100 11 enter recvfrom 4\n"
	    "105 11 adjust 2:80 1:40000\n"
	    "110 11 leave recvfrom 0xfffffffffffffff5\n",
	    "1 web@11 10-70 root/0\n");
}

/* The acknowledgement of 22 has no data, the answer of 27 is db's. */
static void
only_the_first_segment_with_data_is_what_a_call_sends(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "2 12 receives 4 2:80 1:40001\n"
	    "13 12 sends 5 2:50000 3:5432\n"
	    "14 21 receives 7 3:5432 2:50000\n"
	    "20 11 enter sendto 4\n"
	    "22 11 probe 1:40000 2:80 0\n"
	    "25 11 probe 1:40000 2:80 100\n"
	    "27 11 probe 2:50000 3:5432 100\n"
	    "30 11 leave sendto 100\n",
	    "1 web@11 10-25 root/0\n"
	    "2 web@12 12- root/0\n"
	    "2 -db@21 24- direct/1 q6\n");
}

static void
all_calls_that_send_and_receive_are_read(void)
{
	static const char *const sends[] = { "sendto", "sendmsg", "sendmmsg",
		"write", "writev" };
	static const char *const receives[] = { "recvfrom", "recvmsg",
		"recvmmsg", "read", "readv" };

	for (int i = 0; i < 5; i++) {
		struct bytes story = { NULL, 0, 0 };

		put_format(&story, "0 11 enter %s 4\n", receives[i]);
		put_format(&story, "5 11 adjust 2:80 1:40000\n");
		put_format(&story, "10 11 leave %s 1\n", receives[i]);
		put_format(&story, "20 11 enter %s 4\n", sends[i]);
		put_format(&story, "25 11 probe 1:40000 2:80 1\n");
		put_format(&story, "30 11 leave %s 1\n", sends[i]);
		put(&story, "", 1);
		tells(WEB_AND_DB, USER, story.p, "1 web@11 10-25 root/0\n");
		free(story.p);
	}
}

static void
both_families_and_their_mixture(void)
{
	tells("11 web fd24::2\n21 db fd24::3\n", "10.0.0.1\nfd24::/127\n",
	    "0 11 receives 4 [fd24::2]:80 [fd24::1]:40000\n"
	    "20 11 sends 5 [fd24::2]:50000 [fd24::3]:5432\n"
	    "40 21 receives 7 [fd24::3]:5432 [fd24::2]:50000\n"
	    "60 21 sends 7 [fd24::3]:5432 [fd24::2]:50000\n"
	    "80 11 receives 5 [fd24::2]:50000 [fd24::3]:5432\n"
	    "100 11 sends 4 [fd24::2]:80 [fd24::1]:40000\n",
	    "1 web@11 10-105 root/0\n"
	    "1 -db@21 50-65 direct/1 q25\n");
	/* A server's IPv6 socket with an IPv4 client. */
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 [::ffff:10.0.0.2]:80 [::ffff:10.0.0.1]:40000\n"
	    "20 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-25 root/0\n");
}

static void
two_gateways_number_their_requests_together(void)
{
	tells(WEB_AND_DB, "10.0.0.1\n10.0.0.8/30\n",
	    "0 11 receives 4 2:80 9:40000\n"
	    "20 11 sends 4 2:80 9:40000\n"
	    "40 11 receives 5 2:80 1:40000\n"
	    "60 11 sends 5 2:80 1:40000\n"
	    "80 11 receives 6 2:80 12:40000\n"
	    "100 11 sends 6 2:80 12:40000\n",
	    "1 web@11 10-25 root/0\n"
	    "2 web@11 50-65 root/0\n"
	    "0 web@11 90-105 orphan/0\n");
}

/* What is open in the first belongs to nothing in the second. */
static void
joined_traces_are_followed_apart_and_numbered_from_1(void)
{
	tells(WEB_AND_DB, USER,
	    "cpus=2\n"
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "cpus=2\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "60 21 sends 7 3:5432 2:50000\n"
	    "100 11 sends 4 2:80 1:40000\n"
	    "110 11 receives 4 2:80 1:40000\n",
	    "1 web@11 10- root/0\n"
	    "0 db@21 50-65 orphan/0\n"
	    "1 web@11 120- root/0\n");
}

static void
counts_are_those_of_the_spans(void)
{
	struct services *services = services_of(WEB_AND_DB, USER);
	struct flow *f = flow_new(services, 0);
	struct event_reader *r = event_reader_new();
	struct bytes text = text_of("0 11 receives 4 2:80 1:40000\n"
				    "20 21 receives 7 3:5432 2:50000\n"
				    "40 11 sends 4 2:80 1:40000\n"
				    "60 11 receives 4 2:80 1:40000\n");
	struct input in = input_of(text.p, text.n);
	struct flow_counts n;
	struct event ev;

	flow_ask(f, r);
	event_open(r, &in);
	while (event_next(r, &ev))
		assert(flow_feed(f, &ev) == NULL);
	n = flow_counts(f);
	assert(n.traces == 2 && n.spans == 3 && n.orphans == 1);
	assert(flow_step(f) == NULL);
	input_close(&in);
	flow_free(f);
	flow_free(NULL);
	event_reader_free(r);
	services_free(services);
	free(text.p);
}

int
main(void)
{
	calls_of_a_blocking_thread_are_those_of_its_request();
	a_connection_that_is_kept_serves_one_request_after_the_other();
	messages_may_come_in_pieces();
	an_event_loop_takes_up_requests_in_the_order_they_came();
	failed_calls_and_ends_of_files_are_no_messages();
	only_the_first_segment_with_data_is_what_a_call_sends();
	all_calls_that_send_and_receive_are_read();
	both_families_and_their_mixture();
	two_gateways_number_their_requests_together();
	joined_traces_are_followed_apart_and_numbered_from_1();
	counts_are_those_of_the_spans();
	return 0;
}
