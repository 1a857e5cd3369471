/* SPDX-License-Identifier: MIT */
/* inspected: networks and containers as Docker and Podman tell of them */
#undef NDEBUG
#include "pids/inspected.h"

#include <assert.h>
#include <stdlib.h>

static const char two[] =
    "[{\"Id\":\"ab\",\"Name\":\"/web\",\"State\":{\"Pid\":12},"
    "\"NetworkSettings\":{\"Networks\":{\"x\":{\"IPAddress\":\"10.0.0.9\"},"
    "\"net\":{\"IPAddress\":\"172.24.0.2\",\"GlobalIPv6Address\":\"\"}}}},"
    "{\"Id\":\"CD\",\"Name\":\"db\",\"State\":{\"Pid\":7},"
    "\"NetworkSettings\":{\"Networks\":{"
    "\"net\":{\"IPAddress\":\"\",\"GlobalIPv6Address\":\"fd24::3\"}}}},"
    "{\"Id\":\"ef\",\"Name\":\"off\",\"State\":{\"Pid\":0}}]";

static bool
network_is(const char *answer, const char *want)
{
	char *name = inspected_network(str_of(answer));
	bool same = want == NULL ? name == NULL
				 : name != NULL && strcmp(name, want) == 0;

	free(name);
	return same;
}

static bool
at_is(const struct address *a, const char *want)
{
	char text[ADDRESS_TEXT];

	address_print(a, text);
	return strcmp(text, want) == 0;
}

static void
networks_have_names(void)
{
	assert(network_is("[{\"Name\":\"net\",\"Id\":\"a\"}]", "net"));
	assert(network_is("[{\"name\":\"net\",\"id\":\"a\"}]", "net"));
	assert(network_is("[]", NULL) && network_is("", NULL));
	assert(network_is("{\"Name\":\"net\"}", NULL));
	assert(network_is("[{\"Name\":3}]", NULL));
	assert(network_is("[{\"Name\":\"\"}]", NULL));
	assert(network_is("[{\"Name\":\"a\"},{\"Name\":\"b\"}]", NULL));
	assert(network_is("[{\"Name\":\"net\"}] x", NULL));
}

static void
containers_come_by_name_with_their_addresses(void)
{
	struct containers list = { 0 };

	assert(inspected_containers(str_of(two), "net", &list) == NULL);
	assert(list.n == 2); /* the third one does not run */
	assert(strcmp(list.container[0].name, "db") == 0);
	assert(strcmp(list.container[0].id, "CD") == 0);
	assert(list.container[0].pid == 7 && !list.container[0].at.has_v4);
	assert(at_is(&list.container[0].at.v6, "fd24::3"));
	assert(strcmp(list.container[1].name, "web") == 0);
	assert(at_is(&list.container[1].at.v4, "172.24.0.2"));
	assert(!list.container[1].at.has_v6);
	containers_free(&list);
	assert(inspected_containers(str_of(two), "no", &list) == NULL);
	assert(list.n == 2 && !list.container[0].at.has_v6);
	containers_free(&list);
}

static bool
refuses(const char *answer)
{
	struct containers list = { 0 };
	bool refused = inspected_containers(str_of(answer), "net", &list) !=
	    NULL;

	assert(list.n == 0);
	containers_free(&list);
	return refused;
}

static void
what_is_no_answer_is_refused(void)
{
	assert(refuses("") && refuses("{}") && refuses("[{}]"));
	assert(refuses("[null]") && refuses("[[]]"));
	assert(refuses("[{\"Id\":\"a\",\"Name\":\"b\",\"State\":{}}]"));
	assert(refuses("[{\"Id\":\"a\",\"Name\":\"b\","
		       "\"State\":{\"Pid\":-1}}]"));
	assert(refuses("[{\"Id\":\"a\",\"Name\":\"b\","
		       "\"State\":{\"Pid\":2147483648}}]"));
	assert(refuses("[{\"Id\":\"a\",\"Name\":\"/\","
		       "\"State\":{\"Pid\":1}}]"));
	assert(refuses("[{\"Id\":\"a\",\"Name\":\"b\\tc\","
		       "\"State\":{\"Pid\":1}}]"));
	assert(refuses("[{\"Id\":\"a g\",\"Name\":\"b\","
		       "\"State\":{\"Pid\":1}}]"));
	/* The first is good, and not kept either. */
	assert(refuses("[{\"Id\":\"a\",\"Name\":\"b\",\"State\":{\"Pid\":1}},"
		       "{}]"));
	assert(!refuses("[]"));
}

int
main(void)
{
	networks_have_names();
	containers_come_by_name_with_their_addresses();
	what_is_no_answer_is_refused();
	return 0;
}
