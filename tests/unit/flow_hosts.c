/* SPDX-License-Identifier: MIT */
/* flow: threads that share requests, services that share a host, interrupts */
#include <malloc.h>

#include "flow.h"

/* What 12 has answered is done, though it was 11 that received it. */
static void
a_request_that_another_thread_answered_makes_no_further_calls(void)
{
	tells(WEB_AND_DB "12 web 10.0.0.2\n", USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 12 sends 4 2:80 1:40000\n"
	    "40 11 sends 7 2:50000 3:5432\n"
	    "60 21 receives 7 3:5432 2:50000\n"
	    "80 21 sends 7 3:5432 2:50000\n",
	    "1 web@11 10-25 root/0\n"
	    "0 db@21 70-85 orphan/0 q25\n");
	/* Nor does it stand beside the next one. */
	tells(WEB_AND_DB "12 web 10.0.0.2\n", USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 12 sends 4 2:80 1:40000\n"
	    "40 11 receives 6 2:80 1:40001\n"
	    "60 11 sends 7 2:50000 3:5432\n"
	    "80 21 receives 7 3:5432 2:50000\n"
	    "100 21 sends 7 3:5432 2:50000\n"
	    "120 11 receives 7 2:50000 3:5432\n"
	    "140 11 sends 6 2:80 1:40001\n",
	    "1 web@11 10-25 root/0\n"
	    "2 web@11 50-145 root/0\n"
	    "2 -db@21 90-105 direct/1 q25\n");
}

/*
 * Descriptor 2 is a log, not the connection that was opened just before: what
 * is written there at 260 is not for db, and 11 still has its request.
 */
static void
what_is_written_to_a_file_after_connect_is_no_request(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 state 2:0@ff1 3:5432 7 2\n"
	    "30 11 state 2:50001@ff1 3:5432 2 1\n"
	    "40 11 enter write 2\n"
	    "45 11 leave write 20\n"
	    "50 11 sends 5 2:50001 3:5432\n"
	    "70 21 receives 7 3:5432 2:50001\n"
	    "90 21 sends 7 3:5432 2:50001\n"
	    "110 11 receives 5 2:50001 3:5432\n"
	    "130 11 sends 4 2:80 1:40000\n"
	    "200 11 receives 4 2:80 1:40000\n"
	    "220 11 enter write 2\n"
	    "225 11 leave write 20\n"
	    "230 11 receives 6 2:80 1:40001\n"
	    "250 11 sends 8 2:50002 3:5432\n"
	    "270 22 receives 9 3:5432 2:50002\n"
	    "290 22 sends 9 3:5432 2:50002\n"
	    "310 11 receives 8 2:50002 3:5432\n"
	    "330 11 sends 4 2:80 1:40000\n"
	    "350 11 sends 6 2:80 1:40001\n",
	    "1 web@11 10-135 root/0\n"
	    "1 -db@21 80-95 connect/1 q25\n"
	    "2 web@11 210-335 root/0\n"
	    "2 -db@22 280-295 fifo/2 q25\n"
	    "3 web@11 240-355 root/0\n");
}

/* A whole application on 127.0.0.1: db is called there, and calls there. */
static void
services_that_share_an_address_call_each_other(void)
{
	tells("11 web 127.0.0.1\n21 db 127.0.0.1\n31 disk 127.0.0.1\n", USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 127.0.0.1:50000 127.0.0.1:90\n"
	    "40 21 receives 7 127.0.0.1:90 127.0.0.1:50000\n"
	    "60 21 sends 8 127.0.0.1:50001 127.0.0.1:91\n"
	    "80 31 receives 9 127.0.0.1:91 127.0.0.1:50001\n"
	    "100 31 sends 9 127.0.0.1:91 127.0.0.1:50001\n"
	    "120 21 receives 8 127.0.0.1:50001 127.0.0.1:91\n"
	    "140 21 sends 7 127.0.0.1:90 127.0.0.1:50000\n"
	    "160 11 receives 5 127.0.0.1:50000 127.0.0.1:90\n"
	    "180 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-185 root/0\n"
	    "1 -db@21 50-145 direct/1 q25\n"
	    "1 --disk@31 90-105 direct/1 q25\n");
}

/* A request and its answer, by which descriptors are known afterwards. */
#define ACQUAINTANCE                                                           \
	"0 11 receives 4 2:80 1:40000\n"                                       \
	"20 11 sends 5 2:50000 3:5432\n"                                       \
	"40 21 receives 7 3:5432 2:50000\n"                                    \
	"60 21 sends 7 3:5432 2:50000\n"                                       \
	"80 11 receives 5 2:50000 3:5432\n"                                    \
	"100 11 sends 4 2:80 1:40000\n"
#define ACQUAINTED                                                             \
	"1 web@11 10-105 root/0\n"                                             \
	"1 -db@21 50-65 direct/1 q25\n"

/* An idle CPU delivers at 225; 21 has the request before 11 comes back. */
static void
a_request_received_before_its_send_returns_is_that_of_the_sender(void)
{
	tells(WEB_AND_DB, USER,
	    ACQUAINTANCE "200 11 receives 4 2:80 1:40000\n"
			 "215 21 enter recvfrom 7\n"
			 "220 11 enter sendto 5\n"
			 "225 0 probe 3:5432 2:50000 100\n"
			 "230 21 adjust 3:5432 2:50000\n"
			 "235 21 leave recvfrom 100\n"
			 "240 11 leave sendto 100\n"
			 "250 21 sends 7 3:5432 2:50000\n"
			 "270 11 receives 5 2:50000 3:5432\n"
			 "290 11 sends 4 2:80 1:40000\n",
	    ACQUAINTED "2 web@11 210-295 root/0\n"
		       "2 -db@21 235-255 direct/1 q10\n");
}

/* 11 has it before 21 comes back at 290; at 255 it was there. */
static void
an_answer_received_before_its_send_returns_was_not_lost(void)
{
	tells(WEB_AND_DB, USER,
	    ACQUAINTANCE "200 11 receives 4 2:80 1:40000\n"
			 "220 11 sends 5 2:50000 3:5432\n"
			 "235 21 receives 7 3:5432 2:50000\n"
			 "250 21 enter sendto 7\n"
			 "255 0 probe 2:50000 3:5432 100\n"
			 "260 11 receives 5 2:50000 3:5432\n"
			 "290 21 leave sendto 100\n"
			 "300 11 sends 4 2:80 1:40000\n",
	    ACQUAINTED "2 web@11 210-305 root/0\n"
		       "2 -db@21 245-255 direct/1 q20\n");
	/* If nobody saw it come, it was there when 11 had it. */
	tells(WEB_AND_DB, USER,
	    ACQUAINTANCE "200 11 receives 4 2:80 1:40000\n"
			 "220 11 sends 5 2:50000 3:5432\n"
			 "235 21 receives 7 3:5432 2:50000\n"
			 "250 21 enter sendto 7\n"
			 "260 11 receives 5 2:50000 3:5432\n"
			 "290 21 leave sendto 100\n"
			 "300 11 sends 4 2:80 1:40000\n",
	    ACQUAINTED "2 web@11 210-305 root/0\n"
		       "2 -db@21 245-270 direct/1 q20\n");
}

/* 21 comes back at 280, before 11 has it; at 255 it was there. */
static void
an_answer_delivered_elsewhere_was_sent_when_it_came(void)
{
	tells(WEB_AND_DB, USER,
	    ACQUAINTANCE "200 11 receives 4 2:80 1:40000\n"
			 "220 11 sends 5 2:50000 3:5432\n"
			 "235 21 receives 7 3:5432 2:50000\n"
			 "250 21 enter sendto 7\n"
			 "255 0 probe 2:50000 3:5432 100\n"
			 "280 21 leave sendto 100\n"
			 "290 11 receives 5 2:50000 3:5432\n"
			 "310 11 sends 4 2:80 1:40000\n",
	    ACQUAINTED "2 web@11 210-315 root/0\n"
		       "2 -db@21 245-255 direct/1 q20\n");
}

/* Of what 12 had begun nobody saw the end; the socket ff1 is 11's by now. */
static void
a_socket_that_is_opened_again_is_opened_for_the_last_request(void)
{
	tells(WEB_AND_DB, USER,
	    "0 12 state 2:0@ff1 3:5432 7 2\n"
	    "10 11 receives 4 2:80 1:40000\n"
	    "30 11 state 2:0@ff1 3:5432 7 2\n"
	    "40 11 receives 6 2:80 1:40001\n"
	    "60 11 state 2:50001@ff1 3:5432 2 1\n"
	    "70 11 sends 5 2:50001 3:5432\n"
	    "90 21 receives 7 3:5432 2:50001\n"
	    "110 21 sends 7 3:5432 2:50001\n"
	    "130 11 receives 5 2:50001 3:5432\n"
	    "150 11 sends 4 2:80 1:40000\n"
	    "170 11 sends 6 2:80 1:40001\n",
	    "1 web@11 20-155 root/0\n"
	    "1 -db@21 100-115 connect/1 q25\n"
	    "2 web@11 50-175 root/0\n");
}

/*
 * At 75 the next request of 11, over the same connection, is delivered while
 * db is in the call that answers the first.
 */
static void
data_that_arrive_while_a_server_answers_are_not_sent_by_it(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "52 11 receives 6 2:80 1:40001\n"
	    "65 21 enter sendto 7\n"
	    "70 21 probe 2:50000 3:5432 100\n"
	    "72 11 enter sendto 5\n"
	    "75 21 probe 3:5432 2:50000 100\n"
	    "78 11 leave sendto 100\n"
	    "80 21 leave sendto 100\n"
	    "90 21 receives 7 3:5432 2:50000\n"
	    "110 21 sends 7 3:5432 2:50000\n"
	    "130 11 receives 5 2:50000 3:5432\n"
	    "150 11 sends 4 2:80 1:40000\n"
	    "170 11 sends 6 2:80 1:40001\n",
	    "1 web@11 10-155 root/0\n"
	    "1 -db@21 50-70 direct/1 q25\n"
	    "2 web@11 62-175 root/0\n"
	    "2 -db@21 100-115 direct/1 q25\n");
}

/* What is done for a request that has come to web, with db's part in it. */
#define WORK                                                                   \
	"110 11 receives 4 2:80 1:40000\n"                                     \
	"130 11 sends 7 2:50000 3:90\n"                                        \
	"150 21 receives 7 3:90 2:50000\n"                                     \
	"170 21 sends 7 3:90 2:50000\n"                                        \
	"190 11 receives 7 2:50000 3:90\n"                                     \
	"210 11 sends 4 2:80 1:40000\n"

/* 21 writes to a log; an interrupt delivers at 85 what a user has sent. */
static void
a_foreign_segment_does_not_tell_whose_a_thread_is(void)
{
	/* Without a list nothing is known of 21 before 155. */
	tells("", USER,
	    "80 21 enter write 1\n"
	    "85 21 probe 2:80 1:40000 100\n"
	    "90 21 leave write 30\n" WORK,
	    "1 10.0.0.2@11 120-215 root/0 q35\n"
	    "1 -10.0.0.3@21 160-175 direct/1 q25\n");
	/* What another service sends to a third says as little. */
	tells("", USER,
	    "80 21 enter write 1\n"
	    "85 21 probe 4:91 2:50007 100\n"
	    "90 21 leave write 30\n" WORK,
	    "1 10.0.0.2@11 120-215 root/0\n"
	    "1 -10.0.0.3@21 160-175 direct/1 q25\n");
}

/* 99 is in no list: a bystander, or the user's own program. */
static void
a_request_is_a_users_whoever_was_interrupted_when_it_came(void)
{
	static const char spans[] = "1 web@11 120-215 root/0 q35\n"
				    "1 -db@21 160-175 direct/1 q25\n";

	tells(WEB_AND_DB, USER,
	    "80 99 enter write 1\n"
	    "85 99 probe 2:80 1:40000 100\n"
	    "90 99 leave write 30\n" WORK,
	    spans);
	tells(WEB_AND_DB, USER, "80 99 sends 3 1:40000 2:80\n" WORK, spans);
	/* If no gateways are told, by the lack of a service that sent it. */
	tells(WEB_AND_DB, "",
	    "80 99 enter write 1\n"
	    "85 99 probe 2:80 1:40000 100\n"
	    "90 99 leave write 30\n" WORK,
	    spans);
	tells(WEB_AND_DB, "", "80 99 sends 3 1:40000 2:80\n" WORK, spans);
}

/* By its ports 50051 would be the client, as 35000 is lower. */
static void
who_listens_at_every_address_is_the_server(void)
{
	static const char *const every[] = { "0.0.0.0:50051 0.0.0.0:0",
		"[::]:50051 [::]:0" };

	for (size_t i = 0; i < 2; i++) {
		char story[1024];

		snprintf(story, sizeof(story), "0 21 state %s 7 10\n%s",
		    every[i],
		    "10 11 receives 4 2:80 1:40000\n"
		    "30 11 sends 5 2:35000 3:50051\n"
		    "50 21 receives 7 3:50051 2:35000\n"
		    "70 21 sends 7 3:50051 2:35000\n"
		    "90 11 receives 5 2:35000 3:50051\n"
		    "110 11 sends 4 2:80 1:40000\n");
		tells(WEB_AND_DB, USER, story,
		    "1 web@11 20-115 root/0\n"
		    "1 -db@21 60-75 direct/1 q25\n");
	}
}

/* A request in two parts, the first of which goes on to db at once. */
#define STREAM                                                                 \
	"100 11 receives 4 2:80 1:40000\n"                                     \
	"120 11 sends 5 2:50000 3:5432\n"                                      \
	"140 11 receives 4 2:80 1:40000\n"                                     \
	"160 11 sends 5 2:50000 3:5432\n"                                      \
	"180 21 receives 7 3:5432 2:50000\n"                                   \
	"200 21 sends 7 3:5432 2:50000\n"                                      \
	"220 11 receives 5 2:50000 3:5432\n"                                   \
	"240 11 sends 4 2:80 1:40000\n"

static void
a_loss_long_ago_parts_no_request_that_comes_in_parts(void)
{
	tells(WEB_AND_DB, USER, STREAM,
	    "1 web@11 110-245 root/0\n"
	    "1 -db@21 190-205 direct/1 q65\n");
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40009\n"
	    "CPU:0 [LOST 5 EVENTS]\n"
	    "50 11 sends 4 2:80 1:40009\n" STREAM,
	    "1 web@11 10-55 root/0 lost\n"
	    "2 web@11 110-245 root/0\n"
	    "2 -db@21 190-205 direct/1 q65\n");
}

/* Feeds a story; returns how much memory it took after its first half. */
static size_t
memory_of_second_half(const char *story, size_t events)
{
	struct services *services = services_of(WEB_AND_DB, USER);
	struct event_reader *r = event_reader_new();
	struct flow *f = flow_new(services, 1000000000);
	struct bytes text = text_of(story);
	struct input in = input_of(text.p, text.n);
	size_t n = 0, half = 0, whole;
	struct event ev;

	flow_ask(f, r);
	event_open(r, &in);
	while (event_next(r, &ev)) {
		assert(ev.kind != EVENT_BAD && flow_feed(f, &ev) == NULL);
		n += ev.kind == EVENT_POINT;
		if (n == events / 2)
			half = mallinfo2().uordblks;
	}
	assert(n == events);
	whole = mallinfo2().uordblks;
	input_close(&in);
	flow_free(f);
	event_reader_free(r);
	services_free(services);
	free(text.p);
	return whole > half ? whole - half : 0;
}

/* A segment comes in the context of a thread that has just exited. */
static void
a_thread_that_has_exited_is_not_kept_for_a_late_segment(void)
{
	enum { THREADS = 20000, EVENTS = 4 * THREADS };
	struct bytes story = { NULL, 0, 0 };

	for (long i = 0; i < THREADS; i++) {
		put_format(&story, "%ld %ld enter read 3\n", i, 100 + i);
		put_format(&story, "%ld %ld leave read 1\n", i, 100 + i);
		put_format(&story, "%ld %ld exit\n", i, 100 + i);
		put_format(&story, "%ld %ld probe 2:80 1:40000 100\n", i,
		    100 + i);
	}
	put(&story, "", 1);
	/* Less than a byte for each. */
	assert(memory_of_second_half(story.p, EVENTS) < THREADS / 2);
	free(story.p);
}

int
main(void)
{
	a_request_that_another_thread_answered_makes_no_further_calls();
	what_is_written_to_a_file_after_connect_is_no_request();
	services_that_share_an_address_call_each_other();
	a_request_received_before_its_send_returns_is_that_of_the_sender();
	an_answer_received_before_its_send_returns_was_not_lost();
	an_answer_delivered_elsewhere_was_sent_when_it_came();
	a_socket_that_is_opened_again_is_opened_for_the_last_request();
	data_that_arrive_while_a_server_answers_are_not_sent_by_it();
	a_foreign_segment_does_not_tell_whose_a_thread_is();
	a_request_is_a_users_whoever_was_interrupted_when_it_came();
	who_listens_at_every_address_is_the_server();
	a_loss_long_ago_parts_no_request_that_comes_in_parts();
	a_thread_that_has_exited_is_not_kept_for_a_late_segment();
	return 0;
}
