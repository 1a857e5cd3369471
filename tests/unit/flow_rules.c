/* SPDX-License-Identifier: MIT */
/* flow: how sockets, threads and connections are known where it is not said */
#include "flow.h"

/* Two are opened at a time; the second is open, and used, first. */
static void
a_connection_is_for_the_request_for_which_it_was_opened(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 receives 5 2:80 1:40001\n"
	    "40 11 state 2:0@ff1 3:5432 7 2\n"
	    "50 11 state 2:0@ff2 3:5432 7 2\n"
	    "60 5 state 2:50002@ff2 3:5432 2 1\n"
	    "70 5 state 2:50001@ff1 3:5432 2 1\n"
	    "80 11 sends 7 2:50002 3:5432\n"
	    "100 21 receives 8 3:5432 2:50002\n"
	    "120 11 sends 6 2:50001 3:5432\n"
	    "140 22 receives 9 3:5432 2:50001\n"
	    "160 22 sends 9 3:5432 2:50001\n"
	    "180 21 sends 8 3:5432 2:50002\n"
	    "200 11 receives 6 2:50001 3:5432\n"
	    "220 11 sends 4 2:80 1:40000\n"
	    "240 11 receives 7 2:50002 3:5432\n"
	    "260 11 sends 5 2:80 1:40001\n",
	    "1 web@11 10-225 root/0\n"
	    "1 -db@22 150-165 connect/2 q25\n"
	    "2 web@11 30-265 root/0\n"
	    "2 -db@21 110-185 connect/1 q25\n");
}

/* The request goes on, and calls over another connection. */
static void
a_connection_that_could_not_be_opened_gives_its_request_back(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 state 2:0@ff1 3:5432 7 2\n"
	    "30 11 state 2:50001@ff1 3:5432 2 7\n"
	    "40 11 sends 5 2:50000 3:5432\n"
	    "60 21 receives 7 3:5432 2:50000\n"
	    "80 21 sends 7 3:5432 2:50000\n",
	    "1 web@11 10- root/0\n"
	    "1 -db@21 70-85 direct/1 q25\n");
}

/* Where segments are steered to another CPU, no probe is in the call. */
static void
without_a_probe_a_descriptor_is_the_socket_that_it_was(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 receives 5 2:80 1:40001\n"
	    "40 11 enter sendto 5\n"
	    "50 11 leave sendto 100\n"
	    "60 11 enter sendto 4\n"
	    "70 11 leave sendto 100\n",
	    "1 web@11 10-70 root/0\n"
	    "2 web@11 30-50 root/0\n");
	/* Of a file nothing is known. */
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 enter write 9\n"
	    "30 11 leave write 100\n"
	    "40 12 enter write 4\n"
	    "50 12 leave write 100\n",
	    "1 web@11 10- root/0\n");
}

static void
without_a_probe_it_is_the_connection_that_the_thread_has_just_opened(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 state 2:0@ff1 3:5432 7 2\n"
	    "30 11 state 2:50001@ff1 3:5432 2 1\n"
	    "40 11 enter sendto 6\n"
	    "50 11 leave sendto 60\n"
	    "70 21 receives 7 3:5432 2:50001\n"
	    "90 21 enter sendto 7\n"
	    "100 21 leave sendto 20\n"
	    "110 11 receives 6 2:50001 3:5432\n"
	    "130 11 enter sendto 4\n"
	    "140 11 leave sendto 300\n",
	    "1 web@11 10-140 root/0\n"
	    "1 -db@21 80-100 connect/1\n");
}

static void
a_socket_is_known_by_its_pointer_where_addresses_are_broken(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80@ff1 1:40000\n"
	    "20 11 sends 4 2:80 1:40000@ff2\n"
	    "40 11 receives 4 @ff1 1:1\n"
	    "60 11 sends 4 2:80 @ff2\n"
	    "80 11 receives 4 @ff9 1:1\n",
	    "1 web@11 10-25 root/0\n"
	    "2 web@11 50-65 root/0\n");
	/* Once the socket is closed, its pointer is nobody's. */
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80@ff1 1:40000\n"
	    "20 11 sends 4 2:80 1:40000\n"
	    "40 11 state @ff1 1:1 9 7\n"
	    "60 11 receives 4 @ff1 1:1\n",
	    "1 web@11 10-25 root/0\n");
}

static void
a_receipt_that_began_before_the_trace_counts(void)
{
	tells(WEB_AND_DB, USER,
	    "5 11 adjust 2:80 1:40000\n"
	    "10 11 leave recvfrom 100\n"
	    "20 11 sends 4 2:80 1:40000\n",
	    "1 web@11 10-25 root/0\n");
}

/* 12 and 22 are in no list, 77 has an address that is in none. */
static void
threads_belong_to_the_service_that_has_their_address(void)
{
	tells(WEB_AND_DB, USER,
	    "0 12 receives 4 2:80 1:40000\n"
	    "20 12 sends 5 2:50000 3:5432\n"
	    "40 22 receives 7 3:5432 2:50000\n"
	    "60 22 sends 7 3:5432 2:50000\n"
	    "80 77 receives 4 7:80 1:40001\n",
	    "1 web@12 10- root/0\n"
	    "1 -db@22 50-65 direct/1 q25\n");
}

/* 10.0.0.7 is in no list, but 11 serves there, so 12 there is web, too. */
static void
a_service_may_have_addresses_that_no_list_has(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 7:80 1:40000\n"
	    "20 11 sends 4 7:80 1:40000\n"
	    "40 12 receives 4 7:80 1:40001\n"
	    "60 12 sends 4 7:80 1:40001\n",
	    "1 web@11 10-25 root/0\n"
	    "2 web@12 50-65 root/0\n");
}

static void
a_forked_thread_inherits_its_service_and_the_request(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 fork 12\n"
	    "30 12 sends 5 2:50000 3:5432\n"
	    "50 21 receives 7 3:5432 2:50000\n"
	    "70 21 sends 7 3:5432 2:50000\n"
	    "90 12 receives 5 2:50000 3:5432\n"
	    "110 11 sends 4 2:80 1:40000\n"
	    "130 12 receives 4 7:80 1:40001\n",
	    "1 web@11 10-115 root/0\n"
	    "1 -db@21 60-75 fork/1 q25\n"
	    "2 web@12 140- root/0\n");
}

/* The number 11 is given to a process of db's. */
static void
a_thread_number_may_be_used_again(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 exit\n"
	    "30 21 fork 11\n"
	    "40 11 receives 4 3:5432 2:50000\n",
	    "1 web@11 10- root/0\n"
	    "0 db@11 50- orphan/0\n");
	/* Even if its exit was not seen. */
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "30 21 fork 11\n"
	    "40 11 enter sendto 4\n"
	    "50 11 leave sendto 100\n",
	    "1 web@11 10- root/0\n");
}

/* The same ends again after a close are another connection. */
static void
ends_may_be_used_again(void)
{
	tells(WEB_AND_DB, USER,
	    "0 11 receives 4 2:80 1:40000\n"
	    "20 11 sends 5 2:50000 3:5432\n"
	    "40 21 receives 7 3:5432 2:50000\n"
	    "60 11 state 2:50000 3:5432 4 7\n"
	    "70 21 state 3:5432 2:50000 9 7\n"
	    "80 11 sends 4 2:80 1:40000\n"
	    "100 21 receives 7 3:5432 2:50000\n"
	    "120 21 sends 7 3:5432 2:50000\n",
	    "1 web@11 10-85 root/0\n"
	    "1 -db@21 50- direct/1 q25\n"
	    "0 db@21 110-125 orphan/0\n");
}

/* By its ports 40000 would be the server, but 50000 listens. */
static void
who_listens_is_the_server(void)
{
	tells("", "",
	    "0 11 state 2:50000 0:0 7 10\n"
	    "10 11 receives 4 2:50000 9:40000\n"
	    "30 11 sends 4 2:50000 9:40000\n",
	    "1 10.0.0.2@11 20-35 root/0\n");
	tells("", "",
	    "0 11 state 2:40000 9:50000 10 3\n"
	    "10 11 receives 4 2:40000 9:50000\n"
	    "30 11 sends 4 2:40000 9:50000\n",
	    "1 10.0.0.2@11 20-35 root/0\n");
}

int
main(void)
{
	a_connection_is_for_the_request_for_which_it_was_opened();
	a_connection_that_could_not_be_opened_gives_its_request_back();
	without_a_probe_a_descriptor_is_the_socket_that_it_was();
	without_a_probe_it_is_the_connection_that_the_thread_has_just_opened();
	a_socket_is_known_by_its_pointer_where_addresses_are_broken();
	a_receipt_that_began_before_the_trace_counts();
	threads_belong_to_the_service_that_has_their_address();
	a_service_may_have_addresses_that_no_list_has();
	a_forked_thread_inherits_its_service_and_the_request();
	a_thread_number_may_be_used_again();
	ends_may_be_used_again();
	who_listens_is_the_server();
	return 0;
}
