/* SPDX-License-Identifier: MIT */
#include "flow/service.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/num.h"

#define HASH_FUNCTION(key, n, out) ((out) = hash_bytes(key, n))
#define uthash_malloc(n) mem_alloc(n)
#include <uthash.h>

struct named_thread {
	int64_t tid;
	int service;
	UT_hash_handle hh;
};

struct named_address {
	struct address address;
	int service; /* the first that has it */
	bool shared; /* another has it too */
	UT_hash_handle hh;
};

struct services {
	struct intern *names; /* a service's number is its name's */
	struct named_thread *threads;
	struct named_address *addresses;
	struct address_block *gateway;
	size_t gateways, cap;
	bool listed;
};

struct services *
services_new(void)
{
	struct services *all = mem_alloc(sizeof(*all));

	all->names = intern_new();
	return all;
}

void
services_free(struct services *all)
{
	struct named_thread *t, *next_thread;
	struct named_address *a, *next_address;

	if (all == NULL)
		return;
	HASH_ITER (hh, all->threads, t, next_thread) {
		HASH_DEL(all->threads, t);
		free(t);
	}
	HASH_ITER (hh, all->addresses, a, next_address) {
		HASH_DEL(all->addresses, a);
		free(a);
	}
	intern_free(all->names);
	free(all->gateway);
	free(all);
}

static struct named_address *
find_address(const struct services *all, const struct address *address)
{
	struct named_address *a;

	HASH_FIND(hh, all->addresses, address, sizeof(*address), a);
	return a;
}

static void
add_address(struct services *all, const struct address *address, int service)
{
	struct named_address *a = find_address(all, address);

	if (a != NULL) {
		a->shared = a->shared || a->service != service;
		return;
	}
	a = mem_alloc(sizeof(*a));
	a->address = *address;
	a->service = service;
	HASH_ADD(hh, all->addresses, address, sizeof(a->address), a);
}

static void
add_thread(struct services *all, int64_t tid, int service)
{
	struct named_thread *t;

	HASH_FIND(hh, all->threads, &tid, sizeof(tid), t);
	if (t == NULL) {
		t = mem_alloc(sizeof(*t));
		t->tid = tid;
		HASH_ADD(hh, all->threads, tid, sizeof(t->tid), t);
	}
	t->service = service;
}

/* Splits off the first column of s. */
static struct str
take_column(struct str *s)
{
	struct str column;

	*s = str_trim(*s);
	column = *s;
	column.n = 0;
	while (
	    column.n < s->n && memchr(" \t\r", column.p[column.n], 3) == NULL)
		column.n++;
	*s = str_skip(*s, column.n);
	return column;
}

const char *
services_add_line(struct services *all, struct str line)
{
	struct str tid = take_column(&line), name = take_column(&line);
	struct str host = take_column(&line);
	struct address address;
	uint64_t number;
	int service;

	if (tid.n == 0 || tid.p[0] == '#')
		return NULL;
	if (!num_u64(tid, &number) || number > INT32_MAX)
		return "the first column is no thread";
	if (name.n == 0)
		return "there is no name";
	all->listed = true;
	service = (int)intern_id(all->names, name);
	add_thread(all, (int64_t)number, service);
	if (host.n == 0)
		return NULL;
	if (address_parse(host, &address))
		add_address(all, &address, service);
	else if (take_column(&line).n > 0)
		return "the third of four columns is no address";
	return NULL;
}

void
services_add_gateway(struct services *all, struct address_block block)
{
	all->gateway = mem_grow(all->gateway, &all->cap, all->gateways + 1,
	    sizeof(*all->gateway));
	all->gateway[all->gateways++] = block;
}

bool
services_have_gateways(const struct services *all)
{
	return all->gateways > 0;
}

bool
services_gateway(const struct services *all, const struct address *address)
{
	for (size_t i = 0; i < all->gateways; i++)
		if (address_in(address, &all->gateway[i]))
			return true;
	return false;
}

int
services_of_thread(const struct services *all, int64_t tid)
{
	const struct named_thread *t;

	HASH_FIND(hh, all->threads, &tid, sizeof(tid), t);
	return t != NULL ? t->service : SERVICE_UNKNOWN;
}

bool
services_known(const struct services *all, const struct address *address)
{
	return find_address(all, address) != NULL;
}

int
services_of_address(struct services *all, const struct address *address)
{
	const struct named_address *a = find_address(all, address);
	char text[ADDRESS_TEXT];
	struct str name = { text, 0 };
	int service;

	if (a != NULL)
		return a->service;
	if (all->listed || services_gateway(all, address))
		return SERVICE_OUTSIDE;
	name.n = address_print(address, text);
	service = (int)intern_id(all->names, name);
	add_address(all, address, service);
	return service;
}

bool
services_others(const struct services *all, int service,
    const struct address *address)
{
	const struct named_address *a = find_address(all, address);

	if (a != NULL)
		return a->service != service && !a->shared;
	return services_gateway(all, address);
}

void
services_learn(struct services *all, int service, const struct address *address)
{
	if (!services_gateway(all, address))
		add_address(all, address, service);
}

struct str
services_name(const struct services *all, size_t service)
{
	return intern_str(all->names, service);
}
