/* SPDX-License-Identifier: MIT */

/*
 * score: compares span records with what the services logged themselves.
 *
 *	score [options] TRUTH.jsonl[.gz] PIDS.txt < spans.jsonl
 *
 * TRUTH has a JSON object a line for each request that a service handled:
 * rid (the request's id), svc, tid, t0 and t1 (CLOCK_MONOTONIC ns), peer and
 * pport (the client's end), calls [[address, port, local port], ...], where
 * the times of a call's begin and end may follow; svc "client" is the load
 * generator, with lport.  PIDS maps addresses to names.
 *
 * The expected tree of a request: its root is what the client called; a call
 * is a child at the service called.  A service without a log (redis, nginx)
 * gets its entries from the calls of others, a root without a log from the
 * client's line.  A logged request belongs to the run if it began while the
 * client waited for that rid: ids recur between a warm-up and the run.
 *
 * A span is matched by service, port of the peer and the longest overlap in
 * time.  Each expected span is then one of: correct (its tree's root and its
 * parent are matched to its own root and caller), orphan (on no root),
 * stitched (on another request or parent) or missed (nothing matched).
 *
 * Shares are rounded so that 1.0000 is all and 0.0000 is none.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define CLOSED_SLACK 2000  /* ns: reports are cut to microseconds */
#define OPEN_SLACK 1000000 /* ns: receipt before the service's own t0 */
#define NONE INT64_MIN

enum verdict { CORRECT, ORPHAN, STITCHED, MISSED, VERDICTS };

static const char *const verdict_names[] = { "correct", "orphan", "stitched",
	"missed" };

struct service {
	char *name;
	char *address; /* NULL: met as a name only */
};

struct entry { /* a request at a service: an expected span */
	const char *rid;
	const char *peer;
	const json_t *calls;
	int64_t t0, t1, port, tid;
	int service, caller, root, span;
	bool logged; /* by the service itself, so its times are its own */
	enum verdict verdict;
};

struct client {
	const char *rid;
	int64_t t0, t1, port;
	int root;
};

struct span {
	int64_t id, parent, trace, ts, dur, port, tid;
	int service, entry;
};

struct pair {
	int64_t overlap;
	int entry, span;
};

struct limits {
	double correct, orphan, stitched, start, dur;
	long whole, extra; /* -1: not asked; whole -2: all */
	const char *start_service, *dur_service; /* NULL: all of them */
};

static struct service *services;
static struct entry *entries;
static struct client *clients;
static struct span *spans;
static struct pair *pairs;
static int nservices, nentries, nlogged, nclients, nspans, npairs;
static json_t *truth; /* all of its objects: entries point into them */
static bool verbose;

static void __attribute__((noreturn, format(printf, 1, 2)))
die(const char *format, ...)
{
	va_list args;

	fputs("score: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(1);
}

/* Room for one more of `size` bytes behind the n that are there. */
static void *
grow(void *array, int n, size_t size)
{
	if (n && (n & (n - 1)))
		return array;
	array = realloc(array, (n ? 2 * (size_t)n : 1) * size);
	if (!array)
		die("out of memory");
	return array;
}

static char *
copy(const char *text)
{
	char *p = strdup(text);

	if (!p)
		die("out of memory");
	return p;
}

static int
service_add(const char *name, const char *address)
{
	services = grow(services, nservices, sizeof *services);
	services[nservices].name = copy(name);
	services[nservices].address = address ? copy(address) : NULL;
	return nservices++;
}

/* The service of a name or an address; the first line of each name stands
 * for it. */
static int
service_of(const char *text)
{
	for (int i = 0; i < nservices; i++)
		if (strcmp(services[i].name, text) == 0)
			return i;
	for (int i = 0; i < nservices; i++)
		if (services[i].address &&
		    strcmp(services[i].address, text) == 0)
			return service_of(services[i].name);
	return service_add(text, NULL);
}

static void
read_pids(const char *path)
{
	char line[1024], name[256], address[256];
	FILE *file = fopen(path, "r");

	if (!file)
		die("%s: %s", path, strerror(errno));
	while (fgets(line, sizeof line, file))
		if (line[0] != '#' &&
		    sscanf(line, "%*s %255s %255s", name, address) == 2)
			service_add(name, address);
	fclose(file);
}

static int64_t
number(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? json_integer_value(value) : NONE;
}

static const char *
text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value ? value : "";
}

static void
truth_line(json_t *object)
{
	const char *svc = text(object, "svc");

	if (strcmp(svc, "client") == 0) {
		clients = grow(clients, nclients, sizeof *clients);
		clients[nclients++] = (struct client){ .rid = text(object,
							   "rid"),
			.t0 = number(object, "t0"),
			.t1 = number(object, "t1"),
			.port = number(object, "lport"),
			.root = -1 };
		return;
	}
	entries = grow(entries, nentries, sizeof *entries);
	entries[nentries++] = (struct entry){ .rid = text(object, "rid"),
		.peer = text(object, "peer"),
		.calls = json_object_get(object, "calls"),
		.t0 = number(object, "t0"),
		.t1 = number(object, "t1"),
		.port = number(object, "pport"),
		.tid = number(object, "tid"),
		.service = service_of(svc),
		.caller = -1,
		.root = -1,
		.span = -1,
		.logged = true };
}

static void
read_truth(const char *path)
{
	static char line[1 << 20];
	json_error_t error;
	json_t *object;
	gzFile file = gzopen(path, "r");

	if (!file)
		die("%s: %s", path, strerror(errno));
	for (int n = 1; gzgets(file, line, sizeof line); n++) {
		object = json_loads(line, 0, &error);
		if (!json_is_object(object))
			die("%s:%d: not a JSON object", path, n);
		json_array_append_new(truth, object);
		truth_line(object);
	}
	gzclose(file);
	if (!nentries && !nclients)
		die("%s: no truth in it", path);
}

static int64_t
port_of(const char *end)
{
	const char *colon = strrchr(end, ':');

	return colon ? strtoll(colon + 1, NULL, 10) : 0;
}

static void
span_line(const json_t *object)
{
	if (strcmp(text(object, "type"), "span") != 0)
		return;
	spans = grow(spans, nspans, sizeof *spans);
	spans[nspans++] = (struct span){ .id = number(object, "span"),
		.parent = number(object, "parent"),
		.trace = number(object, "trace"),
		.ts = number(object, "ts"),
		.dur = number(object, "dur"),
		.port = port_of(text(object, "peer")),
		.tid = number(object, "tid"),
		.service = service_of(text(object, "service")),
		.entry = -1 };
}

static void
read_spans(void)
{
	char *line = NULL;
	size_t size = 0;
	json_error_t error;
	json_t *object;

	for (int n = 1; getline(&line, &size, stdin) > 0; n++) {
		object = json_loads(line, 0, &error);
		if (!json_is_object(object))
			die("stdin:%d: not a JSON object", n);
		span_line(object);
		json_decref(object);
	}
	free(line);
}

static int
by_rid(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->rid, y->rid);

	return order ? order : (x->t0 > y->t0) - (x->t0 < y->t0);
}

static int
client_by_rid(const void *a, const void *b)
{
	const struct client *x = a, *y = b;

	return strcmp(x->rid, y->rid);
}

/* Without a client's log each rid that began within the spans' time is a
 * request. */
static void
make_clients(void)
{
	int64_t first = INT64_MAX, last = INT64_MIN;

	for (int i = 0; i < nspans; i++) {
		first = spans[i].ts < first ? spans[i].ts : first;
		last = spans[i].ts > last ? spans[i].ts : last;
	}
	for (int i = 0; i < nentries; i++) {
		const struct entry *e = &entries[i];

		if (e->t0 < first - OPEN_SLACK || e->t0 > last + OPEN_SLACK)
			continue;
		if (nclients &&
		    strcmp(clients[nclients - 1].rid, e->rid) == 0) {
			clients[nclients - 1].t1 = e->t0;
			continue;
		}
		clients = grow(clients, nclients, sizeof *clients);
		clients[nclients++] = (struct client){ .rid = e->rid,
			.t0 = e->t0,
			.t1 = e->t0,
			.port = NONE,
			.root = -1 };
	}
}

/* Only what began while the client waited for it is of the run. */
static void
keep_run(void)
{
	int kept = 0;

	for (int i = 0; i < nentries; i++) {
		const struct client key = { .rid = entries[i].rid };
		const struct client *c = bsearch(&key, clients, nclients,
		    sizeof *clients, client_by_rid);

		if (c && entries[i].t0 >= c->t0 && entries[i].t0 <= c->t1)
			entries[kept++] = entries[i];
	}
	nentries = nlogged = kept;
}

static int
entry_derive(const struct client *client, int service, int64_t port)
{
	entries = grow(entries, nentries, sizeof *entries);
	entries[nentries] = (struct entry){ .rid = client->rid,
		.peer = "",
		.t0 = client->t0,
		.t1 = client->t1,
		.port = port,
		.tid = NONE,
		.service = service,
		.caller = -1,
		.root = -1,
		.span = -1 };
	return nentries++;
}

/* The element of a call as a number; ports come as strings, too. */
static int64_t
call_number(const json_t *call, size_t i)
{
	const json_t *value = json_array_get(call, i);
	const char *digits = json_string_value(value);

	return digits ? strtoll(digits, NULL, 10) : json_integer_value(value);
}

/* A time of the call, where it has it. */
static int64_t
call_time(const json_t *call, size_t i, int64_t otherwise)
{
	return json_array_size(call) > i ? call_number(call, i) : otherwise;
}

/* The entries first to end are those of one rid, in order of time. */
static void
link_call(const struct client *client, int caller, const json_t *call,
    int first, int end)
{
	const char *address = json_string_value(json_array_get(call, 0));
	int64_t port = call_number(call, 2);
	int service = service_of(address ? address : ""), e;

	for (e = first; e < end; e++)
		if (entries[e].caller < 0 && e != caller &&
		    entries[e].port == port &&
		    (entries[e].service == service || port == 0))
			break;
	if (e == end && port == 0)
		return;
	if (e == end) {
		e = entry_derive(client, service, port);
		entries[e].t0 = call_time(call, 3, entries[caller].t0);
		entries[e].t1 = call_time(call, 4, entries[caller].t1);
	}
	entries[e].caller = caller;
}

/* The entry that the client's request began; derived if its service keeps no
 * log: then the first entry that nobody called tells the service by its
 * peer. */
static int
find_root(const struct client *client, int first, int end)
{
	int e, service = -1;

	for (e = end - 1; e >= first; e--) {
		if (entries[e].caller >= 0)
			continue;
		if (entries[e].port == client->port || client->port == NONE)
			return e;
		service = service_of(entries[e].peer);
	}
	if (service < 0)
		return -1;
	return entry_derive(client, service, client->port);
}

/* Where the caller did not log its calls, the peer's address tells it. */
static void
link_by_peer(int e, int root, int first, int end)
{
	int service = service_of(entries[e].peer);

	if (entries[root].service == service)
		entries[e].caller = root;
	for (int i = first; i < end && entries[e].caller < 0; i++)
		if (i != e && entries[i].service == service)
			entries[e].caller = i;
}

static void
link_request(struct client *client, int first, int end)
{
	int derived = nentries, root;

	for (int e = first; e < end; e++) {
		const json_t *calls = entries[e].calls;

		for (size_t i = 0; i < json_array_size(calls); i++)
			link_call(client, e, json_array_get(calls, i), first,
			    end);
	}
	client->root = root = find_root(client, first, end);
	if (root < 0)
		return;
	for (int e = first; e < end; e++) {
		entries[e].root = root;
		if (e != root && entries[e].caller < 0)
			link_by_peer(e, root, first, end);
	}
	for (int e = derived; e < nentries; e++)
		entries[e].root = root;
}

static void
build_trees(void)
{
	int first = 0, end;

	qsort(entries, nentries, sizeof *entries, by_rid);
	if (!nclients)
		make_clients();
	qsort(clients, nclients, sizeof *clients, client_by_rid);
	keep_run();
	for (int i = 0; i < nclients; i++) {
		while (first < nlogged &&
		    strcmp(entries[first].rid, clients[i].rid) < 0)
			first++;
		for (end = first; end < nlogged &&
		     strcmp(entries[end].rid, clients[i].rid) == 0;
		     end++)
			;
		link_request(&clients[i], first, end);
		first = end;
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct span *x = &spans[*(const int *)a];
	const struct span *y = &spans[*(const int *)b];

	if (x->service != y->service)
		return x->service < y->service ? -1 : 1;
	if (x->port != y->port)
		return x->port < y->port ? -1 : 1;
	return *(const int *)a < *(const int *)b ? -1 : 1;
}

static int
by_overlap(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->overlap != y->overlap)
		return x->overlap > y->overlap ? -1 : 1;
	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	return (x->span > y->span) - (x->span < y->span);
}

static void
try_pair(int e, int s)
{
	const struct entry *entry = &entries[e];
	const struct span *span = &spans[s];
	bool open = span->dur == NONE;
	int64_t end = span->ts + (open ? 0 : span->dur);
	int64_t overlap = (end < entry->t1 ? end : entry->t1) -
	    (span->ts > entry->t0 ? span->ts : entry->t0);

	if (overlap < (open ? -OPEN_SLACK : -CLOSED_SLACK))
		return;
	/* without a port (AF_UNIX) the thread has to tell */
	if (entry->port == 0 && entry->tid != span->tid)
		return;
	pairs = grow(pairs, npairs, sizeof *pairs);
	pairs[npairs++] = (struct pair){ overlap, e, s };
}

/* The first place in order (sorted by_key) that is not before the key. */
static int
lower_bound(const int *order, int service, int64_t port)
{
	int low = 0, high = nspans;

	while (low < high) {
		int middle = (low + high) / 2;
		const struct span *s = &spans[order[middle]];

		if (s->service < service ||
		    (s->service == service && s->port < port))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
match(void)
{
	int *order = calloc(nspans + 1, sizeof *order);

	if (!order)
		die("out of memory");
	for (int i = 0; i < nspans; i++)
		order[i] = i;
	qsort(order, nspans, sizeof *order, by_key);
	for (int e = 0; e < nentries; e++) {
		int service = entries[e].service;
		int64_t port = entries[e].port;

		for (int i = lower_bound(order, service, port);
		     i < nspans && spans[order[i]].service == service &&
		     (spans[order[i]].port == port || port == 0);
		     i++)
			try_pair(e, order[i]);
	}
	free(order);
	qsort(pairs, npairs, sizeof *pairs, by_overlap);
	for (int i = 0; i < npairs; i++)
		if (entries[pairs[i].entry].span < 0 &&
		    spans[pairs[i].span].entry < 0) {
			entries[pairs[i].entry].span = pairs[i].span;
			spans[pairs[i].span].entry = pairs[i].entry;
		}
}

static int
by_id(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static const struct span *
span_find(int64_t id)
{
	const struct span key = { .id = id };

	return bsearch(&key, spans, nspans, sizeof *spans, by_id);
}

/* The root of a span's tree, or NULL if the parents lead nowhere. */
static const struct span *
root_of(const struct span *span)
{
	for (int step = 0; span && step <= nspans; step++) {
		if (span->parent == NONE)
			return span;
		span = span_find(span->parent);
	}
	return NULL;
}

static enum verdict
judge(const struct entry *e)
{
	const struct span *span, *root, *parent;

	if (e->span < 0)
		return MISSED;
	span = &spans[e->span];
	if (span->trace == NONE)
		return ORPHAN;
	root = root_of(span);
	if (!root || root->trace != span->trace || e->root < 0 ||
	    root->entry != e->root)
		return STITCHED;
	if (e->caller < 0)
		return CORRECT;
	parent = span->parent == NONE ? NULL : span_find(span->parent);
	return parent && parent->entry == e->caller ? CORRECT : STITCHED;
}

static void
show(const struct entry *e)
{
	printf("%s %s %s:%" PRId64 " t0 %" PRId64, verdict_names[e->verdict],
	    e->rid, services[e->service].name, e->port, e->t0);
	if (e->span >= 0) {
		const struct span *s = &spans[e->span];
		const struct span *root = root_of(s);

		printf(" span %" PRId64, s->id);
		if (root && root != s && root->entry >= 0)
			printf(" in %s", entries[root->entry].rid);
		else if (root && root != s)
			printf(" under span %" PRId64, root->id);
	}
	putchar('\n');
}

static void
show_extra(void)
{
	for (int i = 0; i < nspans; i++)
		if (spans[i].entry < 0)
			printf("extra span %" PRId64 " %s:%" PRId64
			       " ts %" PRId64 "\n",
			    spans[i].id, services[spans[i].service].name,
			    spans[i].port, spans[i].ts);
}

static double
share(int n, int of, bool up)
{
	int64_t part = of ? (int64_t)n * 10000 : 0;

	if (!of)
		return 0;
	return (double)((part + (up ? of - 1 : 0)) / of) / 10000;
}

static int
count_whole(void)
{
	int whole = 0;
	bool *broken = calloc(nentries + 1, sizeof *broken);

	if (!broken)
		die("out of memory");
	for (int i = 0; i < nentries; i++)
		if (entries[i].verdict != CORRECT && entries[i].root >= 0)
			broken[entries[i].root] = true;
	for (int i = 0; i < nclients; i++)
		whole += clients[i].root >= 0 && !broken[clients[i].root];
	free(broken);
	return whole;
}

static int
by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Microseconds; the array is sorted.  Of an even number the mean of two. */
static double
median(const int64_t *values, int n)
{
	if (!n)
		return 0;
	return (double)(values[(n - 1) / 2] + values[n / 2]) / 2000;
}

static double
percentile99(const int64_t *values, int n)
{
	return n ? (double)values[(n * 99 + 99) / 100 - 1] / 1000 : 0;
}

/* Whether an entry tells of time: logged, matched, ended; of a service, or
 * of any (-1). */
static bool
is_timed(const struct entry *e, int service)
{
	return e->logged && e->span >= 0 && spans[e->span].dur != NONE &&
	    (service < 0 || e->service == service);
}

struct times {
	int n;
	double start, start99, dur, dur99, span, truth;
};

/* a, b: room for a number of each entry. */
static struct times
measure(int service, int64_t *a, int64_t *b)
{
	struct times t = { 0 };

	for (int pass = 0; pass < 2; pass++) {
		t.n = 0;
		for (int i = 0; i < nentries; i++) {
			const struct entry *e = &entries[i];

			if (!is_timed(e, service))
				continue;
			a[t.n] = spans[e->span].dur;
			b[t.n] = e->t1 - e->t0;
			if (pass == 0) {
				b[t.n] = llabs(a[t.n] - b[t.n]);
				a[t.n] = llabs(spans[e->span].ts - e->t0);
			}
			t.n++;
		}
		qsort(a, t.n, sizeof *a, by_number);
		qsort(b, t.n, sizeof *b, by_number);
		if (pass == 0) {
			t.start = median(a, t.n);
			t.start99 = percentile99(a, t.n);
			t.dur = median(b, t.n);
			t.dur99 = percentile99(b, t.n);
		}
	}
	t.span = median(a, t.n);
	t.truth = median(b, t.n);
	return t;
}

/* Whether a limit named for one service (NULL: for all) is for this one. */
static bool
is_named(const char *name, int service)
{
	if (!name)
		return service < 0;
	return service >= 0 && strcmp(services[service].name, name) == 0;
}

static bool
keeps_times(const struct limits *want, int service, const struct times *t)
{
	double off = t->span > t->truth ? t->span - t->truth
					: t->truth - t->span;

	if (want->start >= 0 && is_named(want->start_service, service) &&
	    (!t->n || t->start > want->start))
		return false;
	return want->dur < 0 || !is_named(want->dur_service, service) ||
	    (t->n && off <= want->dur);
}

static bool
show_times(const struct limits *want)
{
	int64_t *a = calloc(nentries + 1, sizeof *a);
	int64_t *b = calloc(nentries + 1, sizeof *b);
	struct times t;
	bool good;

	if (!a || !b)
		die("out of memory");
	t = measure(-1, a, b);
	printf("start median %.1f p99 %.1f us, dur median %.1f p99 %.1f us, "
	       "of %d\n",
	    t.start, t.start99, t.dur, t.dur99, t.n);
	good = keeps_times(want, -1, &t);
	for (int i = 0; i < nservices; i++) {
		if (service_of(services[i].name) != i)
			continue;
		t = measure(i, a, b);
		if (t.n)
			printf("service %s spans %d start off %.1f "
			       "dur median %.1f truth %.1f us\n",
			    services[i].name, t.n, t.start, t.span, t.truth);
		good = keeps_times(want, i, &t) && good;
	}
	free(a);
	free(b);
	return good;
}

static bool
report(const struct limits *want)
{
	int count[VERDICTS] = { 0 }, extra = 0, whole;
	double n = nentries;

	for (int i = 0; i < nspans; i++)
		extra += spans[i].entry < 0;
	for (int i = 0; i < nentries; i++) {
		entries[i].verdict = judge(&entries[i]);
		count[entries[i].verdict]++;
		if (verbose && entries[i].verdict != CORRECT)
			show(&entries[i]);
	}
	if (verbose)
		show_extra();
	whole = count_whole();
	printf("spans %d", nentries);
	for (int i = 0; i < VERDICTS; i++)
		printf(" %s %.4f", verdict_names[i],
		    share(count[i], nentries, i != CORRECT));
	printf(" extra %d requests %d whole %d\n", extra, nclients, whole);
	printf("counts");
	for (int i = 0; i < VERDICTS; i++)
		printf(" %s %d", verdict_names[i], count[i]);
	putchar('\n');
	return count[CORRECT] >= want->correct * n &&
	    count[ORPHAN] <= want->orphan * n &&
	    count[STITCHED] <= want->stitched * n &&
	    (want->extra < 0 || extra <= want->extra) &&
	    whole >= (want->whole == -2 ? nclients : want->whole);
}

static const struct option options[] = {
	{ "correct", required_argument, NULL, 'c' },
	{ "dur", required_argument, NULL, 'd' },
	{ "extra", required_argument, NULL, 'x' },
	{ "orphan", required_argument, NULL, 'o' },
	{ "start", required_argument, NULL, 't' },
	{ "stitched", required_argument, NULL, 's' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "whole", required_argument, NULL, 'w' },
	{ NULL, 0, NULL, 0 },
};

static void __attribute__((noreturn)) usage(void)
{
	fputs("usage: score [-v] [--correct MIN] [--orphan MAX] "
	      "[--stitched MAX]\n\t[--extra MAX] [--whole MIN|all] "
	      "[--start [SERVICE:]US] [--dur [SERVICE:]US]\n"
	      "\tTRUTH.jsonl[.gz] PIDS.txt < spans.jsonl\n",
	    stderr);
	exit(2);
}

static double
decimal(const char *argument)
{
	char *end;
	double value = strtod(argument, &end);

	if (end == argument || *end)
		usage();
	return value;
}

/* Splits [SERVICE:]MICROSECONDS. */
static void
time_limit(char *argument, const char **service, double *us)
{
	char *colon = strchr(argument, ':');

	if (colon) {
		*colon = '\0';
		*service = argument;
		argument = colon + 1;
	}
	*us = decimal(argument);
}

static void
set_limit(struct limits *want, int letter, char *argument)
{
	switch (letter) {
	case 'c':
		want->correct = decimal(argument);
		break;
	case 'd':
		time_limit(argument, &want->dur_service, &want->dur);
		break;
	case 'o':
		want->orphan = decimal(argument);
		break;
	case 's':
		want->stitched = decimal(argument);
		break;
	case 't':
		time_limit(argument, &want->start_service, &want->start);
		break;
	case 'v':
		verbose = true;
		break;
	case 'w':
		want->whole = strcmp(argument, "all") == 0
		    ? -2
		    : (long)decimal(argument);
		break;
	case 'x':
		want->extra = (long)decimal(argument);
		break;
	default:
		usage();
	}
}

int
main(int argc, char *argv[])
{
	struct limits want = { .orphan = 1,
		.stitched = 1,
		.start = -1,
		.dur = -1,
		.whole = -1,
		.extra = -1 };
	bool good;
	int c;

	while ((c = getopt_long(argc, argv, "v", options, NULL)) != -1)
		set_limit(&want, c, optarg);
	if (argc - optind != 2)
		usage();
	truth = json_array();
	spans = calloc(1, sizeof *spans);
	entries = calloc(1, sizeof *entries);
	clients = calloc(1, sizeof *clients);
	pairs = calloc(1, sizeof *pairs);
	if (!spans || !entries || !clients || !pairs)
		die("out of memory");
	read_pids(argv[optind + 1]);
	read_truth(argv[optind]);
	read_spans();
	build_trees();
	qsort(spans, nspans, sizeof *spans, by_id);
	match();
	good = report(&want);
	good = show_times(&want) && good;
	json_decref(truth);
	return good ? 0 : 1;
}
