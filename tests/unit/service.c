/* SPDX-License-Identifier: MIT */
/* service: lists of threads, gateways, and whose an address is */
#include "flow/service.h"

#include "flow.h"

static const char *
added(struct services *all, const char *line)
{
	/* A copy whose end is the end of its memory. */
	size_t n = strlen(line);
	char *copy = malloc(n > 0 ? n : 1);
	const char *why;

	memcpy(copy, line, n);
	why = services_add_line(all, (struct str){ copy, n });
	free(copy);
	return why;
}

static bool
is_service(const struct services *all, int service, const char *name)
{
	return service >= 0 &&
	    str_is(services_name(all, (size_t)service), name);
}

static int
of_address(struct services *all, const char *text)
{
	struct address a = address_of(text);

	return services_of_address(all, &a);
}

static bool
known(const struct services *all, const char *text)
{
	struct address a = address_of(text);

	return services_known(all, &a);
}

static void
lists_have_three_columns_or_four(void)
{
	static const char *const lines[] = { "11 web 10.0.0.2",
		"11 web 10.0.0.2 5812f0c8f365", "11\tweb\t10.0.0.2\t58",
		" \t11  web\t 10.0.0.2 \r", "11 web 10.0.0.2 58 more of it\r",
		"0011 web 10.0.0.2" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct services *all = services_new();

		assert(added(all, lines[i]) == NULL);
		assert(
		    services_of_thread(all, 11) == of_address(all, "10.0.0.2"));
		assert(is_service(all, services_of_thread(all, 11), "web"));
		assert(is_service(all, of_address(all, "10.0.0.2"), "web"));
		assert(services_of_thread(all, 12) == SERVICE_UNKNOWN);
		assert(of_address(all, "10.0.0.3") == SERVICE_OUTSIDE);
		services_free(all);
	}
}

static void
an_address_may_be_absent_and_of_either_family(void)
{
	struct services *all = services_new();

	assert(added(all, "11 web") == NULL);
	assert(added(all, "12 web 5812f0c8f365") == NULL);
	assert(!known(all, "10.0.0.2"));
	assert(services_of_thread(all, 11) == services_of_thread(all, 12));
	assert(added(all, "21 db fd24::3 5812f0c8f365") == NULL);
	assert(is_service(all, of_address(all, "[fd24::3]:80"), "db"));
	assert(added(all, "31 disk 10.0.0.4") == NULL);
	assert(is_service(all, of_address(all, "::ffff:10.0.0.4"), "disk"));
	services_free(all);
}

static void
blank_lines_and_comments_are_nothing(void)
{
	static const char *const lines[] = { "", " ", "\r", "\t \r", "#",
		"# 11 web 10.0.0.2", "  #11 web" };
	struct services *all = services_new();

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert(added(all, lines[i]) == NULL);
	/* So no list was given, and an address is a service. */
	assert(is_service(all, of_address(all, "10.0.0.2"), "10.0.0.2"));
	services_free(all);
}

static void
what_is_wrong_with_a_line_is_said(void)
{
	static const char *const lines[][2] = {
		{ "x11 web 10.0.0.2", "the first column is no thread" },
		{ "-1 web 10.0.0.2", "the first column is no thread" },
		{ "0x11 web 10.0.0.2", "the first column is no thread" },
		{ "2147483648 web", "the first column is no thread" },
		{ "99999999999999999999999 web",
		    "the first column is no thread" },
		{ "11", "there is no name" },
		{ "11 \r", "there is no name" },
		{ "11 web nowhere 58",
		    "the third of four columns is no address" },
		{ "11 web 10.0.0.2/24 58",
		    "the third of four columns is no address" },
	};
	struct services *all = services_new();

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *why = added(all, lines[i][0]);

		assert(why != NULL && strcmp(why, lines[i][1]) == 0);
	}
	assert(added(all, "2147483647 web") == NULL);
	services_free(all);
}

static void
any_bytes_are_a_name(void)
{
	struct services *all = services_new();
	struct str line = { "11 a\0\xff\"' 10.0.0.2", 18 };

	assert(services_add_line(all, line) == NULL);
	assert(str_eq(services_name(all, 0), (struct str){ "a\0\xff\"'", 5 }));
	services_free(all);
}

/* The last line that names a thread counts, the first that has an address. */
static void
services_have_many_threads_and_addresses(void)
{
	struct services *all = services_new();
	struct address own = address_of("10.0.1.2");
	struct address others = address_of("10.0.0.3");
	int web;

	assert(added(all, "11 web 10.0.0.2") == NULL);
	assert(added(all, "12 web 10.0.1.2") == NULL);
	assert(added(all, "21 db 10.0.0.3") == NULL);
	assert(added(all, "11 db 10.0.0.2") == NULL);
	assert(services_of_thread(all, 11) == services_of_thread(all, 21));
	assert(is_service(all, services_of_thread(all, 11), "db"));
	web = services_of_thread(all, 12);
	assert(of_address(all, "10.0.0.2") == web);
	assert(of_address(all, "10.0.1.2") == web);
	assert(!services_others(all, web, &own));
	assert(services_others(all, web, &others));
	services_free(all);
}

static void
gateway(struct services *all, const char *text)
{
	struct address_block block;

	assert(address_block_parse(str_of(text), &block));
	services_add_gateway(all, block);
}

static bool
is_gateway(const struct services *all, const char *text)
{
	struct address a = address_of(text);

	return services_gateway(all, &a);
}

static void
gateways_are_addresses_or_blocks_of_both_families(void)
{
	struct services *all = services_new();

	assert(!services_have_gateways(all) && !is_gateway(all, "10.0.0.1"));
	gateway(all, "10.0.0.1");
	assert(services_have_gateways(all));
	assert(is_gateway(all, "10.0.0.1") && !is_gateway(all, "10.0.0.2"));
	assert(is_gateway(all, "::ffff:10.0.0.1"));
	gateway(all, "172.16.0.0/12");
	assert(is_gateway(all, "172.31.255.255"));
	assert(!is_gateway(all, "172.32.0.0"));
	assert(!is_gateway(all, "172.15.255.255"));
	gateway(all, "fd24::/127");
	assert(is_gateway(all, "fd24::1") && !is_gateway(all, "fd24::2"));
	gateway(all, "192.168.0.0/0");
	assert(is_gateway(all, "8.8.8.8") && !is_gateway(all, "fd25::1"));
	for (int i = 0; i < 100; i++)
		gateway(all, "fe80::1");
	assert(is_gateway(all, "fe80::1") && is_gateway(all, "10.0.0.1"));
	services_free(all);
}

static void
without_a_list_an_address_is_a_service_but_a_gateway_is_none(void)
{
	struct services *all = services_new();
	int one;

	gateway(all, "10.0.0.1");
	one = of_address(all, "10.0.0.2");
	assert(is_service(all, one, "10.0.0.2"));
	assert(of_address(all, "10.0.0.2:80") == one);
	assert(is_service(all, of_address(all, "FD24:0::3"), "fd24::3"));
	assert(of_address(all, "10.0.0.1") == SERVICE_OUTSIDE);
	services_free(all);
}

static void
an_address_that_a_list_lacks_is_learnt_unless_it_is_somebodys(void)
{
	struct services *all = services_new();
	struct address new = address_of("10.0.0.9"), user = address_of(USER);
	struct address dbs = address_of("10.0.0.3");
	int web, db;

	gateway(all, USER);
	assert(added(all, "11 web") == NULL);
	assert(added(all, "21 db 10.0.0.3") == NULL);
	web = services_of_thread(all, 11);
	db = services_of_thread(all, 21);
	assert(!services_others(all, web, &new));
	assert(services_others(all, web, &user));
	services_learn(all, web, &new);
	services_learn(all, web, &user);
	assert(of_address(all, "10.0.0.9") == web);
	assert(services_others(all, db, &new));
	assert(services_others(all, web, &dbs));
	assert(of_address(all, USER) == SERVICE_OUTSIDE && !known(all, USER));
	services_free(all);
}

/* On one host, such as 127.0.0.1, all services have one address. */
static void
an_address_may_be_that_of_several_services(void)
{
	struct services *all = services_new();
	struct address home = address_of("127.0.0.1");
	struct address dbs = address_of("10.0.0.3");
	int web, db;

	assert(added(all, "11 web 127.0.0.1") == NULL);
	assert(added(all, "21 db 127.0.0.1") == NULL);
	assert(added(all, "22 db 10.0.0.3") == NULL);
	web = services_of_thread(all, 11);
	db = services_of_thread(all, 21);
	assert(!services_others(all, web, &home));
	assert(!services_others(all, db, &home));
	assert(services_others(all, web, &dbs));
	services_learn(all, web, &dbs);
	assert(!services_others(all, web, &dbs));
	services_free(all);
}

int
main(void)
{
	services_free(NULL);
	lists_have_three_columns_or_four();
	an_address_may_be_absent_and_of_either_family();
	blank_lines_and_comments_are_nothing();
	what_is_wrong_with_a_line_is_said();
	any_bytes_are_a_name();
	services_have_many_threads_and_addresses();
	gateways_are_addresses_or_blocks_of_both_families();
	without_a_list_an_address_is_a_service_but_a_gateway_is_none();
	an_address_that_a_list_lacks_is_learnt_unless_it_is_somebodys();
	an_address_may_be_that_of_several_services();
	return 0;
}
