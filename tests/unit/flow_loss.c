/* SPDX-License-Identifier: MIT */
/* flow, where events are missing: what can be told, and what must hold */
#include "flow.h"

/* The return of thread 11's call may be among what was lost on CPU 0. */
static void
a_loss_flags_spans_that_are_open_and_forgets_calls(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "CPU:0 [LOST 5 EVENTS]\n"
	    "100 11 sends 4 2:80 1:40000\n"
	    "200 11 receives 4 2:80 1:40000\n"
	    "300 11 sends 4 2:80 1:40000\n"
	    "400 11 receives 4 2:80 1:40000\n"
	    "CPU:1 [LOST EVENTS]\n",
	    "1 web@11 10-105 root/0 lost\n"
	    "2 web@11 210-305 root/0\n"
	    "3 web@11 410- root/0 lost\n");
	/* A call that goes on behind the mark: its socket was told before. */
	tells(WEB_AND_DB, USER,
	    "0 11 enter recvfrom 4\n"
	    "5 11 adjust 2:80 1:40000\n"
	    "CPU:0 [LOST 5 EVENTS]\n"
	    "10 11 leave recvfrom 100\n",
	    "");
	/* Not if what was lost was lost on another. */
	tells(WEB_AND_DB, USER,
	    "0 11 enter recvfrom 4\n"
	    "5 11 adjust 2:80 1:40000\n"
	    "CPU:1 [LOST 5 EVENTS]\n"
	    "10 11 leave recvfrom 100\n"
	    "20 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-25 root/0\n");
}

/* The data were read at 5; when the call was left, nobody has seen. */
static void
a_receipt_whose_return_was_lost_counts_from_when_it_was_read(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 enter recvfrom 4\n"
	    "5 11 adjust 2:80 1:40000\n"
	    "20 11 sends 4 2:80 1:40000\n",
	    "1 web@11 5-25 root/0\n");
}

static void
an_answer_that_is_never_sent_leaves_the_end_unknown(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "100 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-105 root/0\n"
	    "1 -db@21 50- direct/1 q25\n");
}

static void
a_close_while_unanswered_leaves_the_end_unknown(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 state 2:80 1:40000 1 7\n"
	    "30 11 receives 4 2:80 1:40001\n"
	    "50 11 sends 4 2:80 1:40001\n",
	    "1 web@11 10- root/0\n"
	    "2 web@11 40-55 root/0\n");
}

/* The client has the answer at 75: it was sent when it came there, at 60. */
static void
an_answer_not_seen_to_be_sent_is_there_when_it_arrives(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "60 5 probe 2:50000 3:5432 100\n"
	    "70 11 receives 5 2:50000 3:5432\n"
	    "100 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-105 root/0\n"
	    "1 -db@21 50-60 direct/1 q25 lost\n");
}

/* Thread 21 calls a third service, so it must have the request of 25. */
static void
a_request_not_seen_to_be_received_is_told_by_what_is_done_for_it(void)
{
	tells(WEB_AND_DB "31 disk 10.0.0.4\n", USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "10 11 sends 5 2:50000 3:5432\n"
	    "20 21 receives 7 3:5432 2:50000\n"
	    "40 21 sends 7 3:5432 2:50000\n"
	    "50 11 receives 5 2:50000 3:5432\n"
	    "60 11 sends 5 2:50000 3:5432\n"
	    "CPU:1 [LOST 3 EVENTS]\n"
	    "80 21 sends 8 3:50000 4:9\n"
	    "90 31 receives 7 4:9 3:50000\n"
	    "120 31 sends 7 4:9 3:50000\n"
	    "130 21 receives 8 3:50000 4:9\n"
	    "150 21 sends 7 3:5432 2:50000\n"
	    "160 11 receives 5 2:50000 3:5432\n"
	    "180 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-185 root/0 lost\n"
	    "1 -db@21 30-45 direct/1 q15\n"
	    "1 -db@21 65-155 direct/1 q0 lost\n"
	    "1 --disk@31 100-125 direct/1 q15\n");
}

/* Whoever calls was seen; that he called was not. */
static void
a_request_not_seen_to_be_sent_is_guessed_from_who_uses_the_other_side(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "60 21 sends 7 3:5432 2:50000\n"
	    "80 11 receives 5 2:50000 3:5432\n"
	    "140 21 receives 7 3:5432 2:50000\n"
	    "160 21 sends 7 3:5432 2:50000\n"
	    "180 11 receives 5 2:50000 3:5432\n"
	    "200 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-205 root/0\n"
	    "1 -db@21 50-65 direct/1 q25\n"
	    "1 -db@21 150-165 guess/1\n");
}

/*
 * Thread 11 has both ends of 2:80 2:50000, and calls itself for what came
 * over that same connection: a call of a call, which cannot take its own
 * caller's place.  (It was put below itself, without end.)
 */
static void
a_call_over_the_connection_that_it_serves_comes_to_an_end(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 2:50000\n"
	    "20 11 sends 5 2:50000 2:80\n"
	    "40 11 sends 4 2:80 2:50000\n",
	    "0 web@11 10- orphan/0\n"
	    "0 -web@11 25-45 direct/1 q0 lost\n");
}

/*
 * Of the first request all is answered but the call to db, whose answer at 75
 * is not read; when db has another request on that connection, that call is
 * over, and a new one is guessed for the same request.  (The tree was done
 * in between, and what was open then was not given at the end.)
 */
static void
a_guess_about_an_answered_request_loses_no_tree(void)
{
	tells(WEB_AND_DB "22 db 10.0.0.3\n", USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 11 receives 4 2:80 1:40000\n"
	    "60 11 sends 6 2:50001 3:5432\n"
	    "62 21 receives 7 3:5432 2:50000\n"
	    "70 21 sends 7 3:5432 2:50000\n"
	    "82 22 receives 7 3:5432 2:50001\n"
	    "90 22 sends 7 3:5432 2:50001\n"
	    "110 11 sends 4 2:80 1:40000\n"
	    "130 11 state 2:80 1:40000 8 9\n"
	    "140 11 receives 6 2:50001 3:5432\n"
	    "160 21 receives 7 3:5432 2:50000\n"
	    "180 21 sends 7 3:5432 2:50000\n"
	    "200 12 receives 4 2:80 1:40001\n"
	    "3000000 12 sends 4 2:80 1:40001\n",
	    "1 web@11 10-115 root/0\n"
	    "1 -db@21 72-75 direct/1 q47\n"
	    "1 -db@22 92-95 direct/1 q27\n"
	    "1 -db@21 170-185 guess/1\n"
	    "2 web@12 210-3000005 root/0\n");
}

int
main(void)
{
	a_loss_flags_spans_that_are_open_and_forgets_calls();
	a_receipt_whose_return_was_lost_counts_from_when_it_was_read();
	an_answer_that_is_never_sent_leaves_the_end_unknown();
	a_close_while_unanswered_leaves_the_end_unknown();
	an_answer_not_seen_to_be_sent_is_there_when_it_arrives();
	a_request_not_seen_to_be_received_is_told_by_what_is_done_for_it();
	a_request_not_seen_to_be_sent_is_guessed_from_who_uses_the_other_side();
	a_call_over_the_connection_that_it_serves_comes_to_an_end();
	a_guess_about_an_answered_request_loses_no_tree();
	return 0;
}
