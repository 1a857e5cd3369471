/* SPDX-License-Identifier: MIT */
#include "pids/inspected.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/mem.h"
#include "base/num.h"
#include "pids/roster.h"

enum { ID_MAX = 128 };

static json_t *
load(struct str answer)
{
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = json_loadb(answer.n > 0 ? answer.p : "", answer.n, 0, NULL);
	if (json_is_array(doc))
		return doc;
	json_decref(doc);
	return NULL;
}

char *
inspected_network(struct str answer)
{
	json_t *doc = load(answer);
	const json_t *network = json_array_get(doc, 0);
	const char *name = json_string_value(json_object_get(network, "Name"));
	char *copy = NULL;

	if (name == NULL)
		name = json_string_value(json_object_get(network, "name"));
	if (json_array_size(doc) == 1 && name != NULL &&
	    roster_takes(str_of(name)))
		copy = mem_dup(name, strlen(name));
	json_decref(doc);
	return copy;
}

/* Reads an address; an empty one, and null, are none. */
static bool
read_address(const json_t *from, const char *key, struct address *out)
{
	const char *text = json_string_value(json_object_get(from, key));

	return text != NULL && address_parse(str_of(text), out);
}

static bool
is_id(const char *id)
{
	size_t n = strlen(id);

	if (n == 0 || n > ID_MAX)
		return false;
	for (size_t i = 0; i < n; i++)
		if (num_hex_digit(id[i]) < 0)
			return false;
	return true;
}

/* Reads one; pid is 0 if it does not run. */
static const char *
read_container(const json_t *from, const char *network, struct container *out)
{
	const char *name = json_string_value(json_object_get(from, "Name"));
	const char *id = json_string_value(json_object_get(from, "Id"));
	const json_t *pid = json_object_get(json_object_get(from, "State"),
	    "Pid");
	const json_t *at =
	    json_object_get(json_object_get(json_object_get(from,
						"NetworkSettings"),
				"Networks"),
		network);

	if (name == NULL || id == NULL || !json_is_integer(pid))
		return "a container has no Name, Id or State.Pid";
	if (*name == '/') /* Docker's have it */
		name++;
	if (!roster_takes(str_of(name)))
		return "the name of a container is empty or has white space";
	if (!is_id(id))
		return "the Id of a container is no hexadecimal number";
	if (json_integer_value(pid) < 0 || json_integer_value(pid) > INT32_MAX)
		return "the State.Pid of a container is no process";
	*out = (struct container){
		.name = mem_dup(name, strlen(name)),
		.id = mem_dup(id, strlen(id)),
		.pid = (int32_t)json_integer_value(pid),
	};
	out->at.has_v4 = read_address(at, "IPAddress", &out->at.v4);
	out->at.has_v6 = read_address(at, "GlobalIPv6Address", &out->at.v6);
	return NULL;
}

static void
free_container(struct container *c)
{
	free(c->name);
	free(c->id);
}

static int
by_name(const void *a, const void *b)
{
	const struct container *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order != 0 ? order : strcmp(x->id, y->id);
}

const char *
inspected_containers(struct str answer, const char *network,
    struct containers *list)
{
	json_t *doc = load(answer);
	const char *why = doc == NULL ? "the answer is no array of JSON" : NULL;
	size_t before = list->n;

	for (size_t i = 0; why == NULL && i < json_array_size(doc); i++) {
		struct container c = { .pid = 0 };

		why = read_container(json_array_get(doc, i), network, &c);
		if (why != NULL || c.pid == 0) {
			free_container(&c);
			continue;
		}
		list->container = mem_grow(list->container, &list->cap,
		    list->n + 1, sizeof(*list->container));
		list->container[list->n++] = c;
	}
	while (why != NULL && list->n > before)
		free_container(&list->container[--list->n]);
	if (list->n > 0)
		qsort(list->container, list->n, sizeof(*list->container),
		    by_name);
	json_decref(doc);
	return why;
}

void
containers_free(struct containers *list)
{
	for (size_t i = 0; i < list->n; i++)
		free_container(&list->container[i]);
	free(list->container);
	*list = (struct containers){ 0 };
}
