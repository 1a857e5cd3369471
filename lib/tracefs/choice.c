/* SPDX-License-Identifier: MIT */
#include "tracefs/choice.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <tracefs.h>

#include "base/mem.h"
#include "tracefs/similar.h"

/* An event of this kernel's. */
struct known {
	char *system, *name;
	size_t at; /* its place in the choice, SIZE_MAX if not chosen */
};

struct preset {
	const char *name;
	const char *const *must; /* NULL-terminated, as the next one */
	const char *const *may;
};

static const char *const sched[] = { "sched:sched_switch", "sched:sched_wakeup",
	"sched:sched_wakeup_new", "sched:sched_migrate_task", NULL };

#define CALL(name) "syscalls:sys_enter_" name, "syscalls:sys_exit_" name

/* The events that KRTrace follows; its record line had no vectors. */
static const char *const krflow[] = { "sched:sched_switch",
	"sched:sched_process_fork", "sched:sched_process_exit",
	"sock:inet_sock_set_state", "tcp:tcp_probe", "tcp:tcp_rcv_space_adjust",
	CALL("sendto"), CALL("recvfrom"), CALL("sendmsg"), CALL("recvmsg"),
	CALL("read"), CALL("write"), NULL };
static const char *const vectors[] = { CALL("readv"), CALL("writev"), NULL };
static const char *const rich[] = { CALL("readv"), CALL("writev"),
	CALL("sendmmsg"), CALL("recvmmsg"), CALL("accept4"), CALL("connect"),
	CALL("close"), CALL("futex"), "sched:sched_waking",
	"sock:sock_send_length", "sock:sock_recv_length",
	"tcp:tcp_destroy_sock", NULL };
static const char *const nothing[] = { NULL };

static const struct preset presets[] = {
	{ "sched", sched, nothing },
	{ "krflow", krflow, vectors },
	{ "krflow-rich", krflow, rich },
};

enum { PRESETS = sizeof(presets) / sizeof(*presets) };

static int
compare(const void *a, const void *b)
{
	const struct known *x = a, *y = b;
	int order = strcmp(x->system, y->system);

	return order != 0 ? order : strcmp(x->name, y->name);
}

static void
take_system(struct choice *c, const char *tracing, const char *system)
{
	char **names = tracefs_system_events(tracing, system);

	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		c->known = mem_grow(c->known, &c->known_cap, c->known_n + 1,
		    sizeof(*c->known));
		c->known[c->known_n++] = (struct known){
			.system = mem_dup(system, strlen(system)),
			.name = mem_dup(names[i], strlen(names[i])),
			.at = SIZE_MAX,
		};
	}
	tracefs_list_free(names);
}

int
choice_open(struct choice *c, const char *tracing)
{
	char **systems;

	*c = (struct choice){ 0 };
	errno = ENOENT;
	systems = tracefs_event_systems(tracing);
	for (size_t i = 0; systems != NULL && systems[i] != NULL; i++)
		take_system(c, tracing, systems[i]);
	tracefs_list_free(systems);
	if (c->known_n == 0)
		return -1;
	/* A folder of tracefs is in no order. */
	qsort(c->known, c->known_n, sizeof(*c->known), compare);
	return 0;
}

/* Notes the word that is wrong, and returns why. */
static const char *
blame(struct choice *c, struct str word, const char *why)
{
	free(c->word);
	c->word = mem_dup(word.n > 0 ? word.p : "", word.n);
	return why;
}

static void
clear_blame(struct choice *c)
{
	free(c->word);
	free(c->like);
	c->word = c->like = NULL;
}

/* Chooses an event, if it is not chosen yet. */
static void
add(struct choice *c, struct known *x)
{
	if (x->at != SIZE_MAX)
		return;
	c->event = mem_grow(c->event, &c->cap, c->n + 1, sizeof(*c->event));
	c->event[c->n] = (struct choice_event){ x->system, x->name, NULL };
	x->at = c->n++;
}

static void
name(struct choice *c, struct known *x)
{
	add(c, x);
	c->named = mem_grow(c->named, &c->named_cap, c->named_n + 1,
	    sizeof(*c->named));
	c->named[c->named_n++] = x->at;
}

/*
 * Cuts a word, of which text is a copy, in two; *event is NULL where there is
 * nothing that does so.
 */
static void
cut(char *text, const char **system, const char **event)
{
	char *at = strpbrk(text, ":/");

	*system = text;
	*event = at != NULL ? at + 1 : NULL;
	if (at != NULL)
		*at = '\0';
}

static bool
matches(const char *pattern, const char *text)
{
	return pattern[0] == '\0' || fnmatch(pattern, text, 0) == 0;
}

/* Tells whether an event is meant; see cut. */
static bool
is_meant(const struct known *x, const char *system, const char *event)
{
	if (event != NULL)
		return matches(system, x->system) && matches(event, x->name);
	return matches(system, x->system) || matches(system, x->name);
}

static char *
join(const char *system, const char *event)
{
	size_t n = strlen(system) + strlen(event) + 2;
	char *text = mem_alloc(n);

	snprintf(text, n, "%s:%s", system, event);
	return text;
}

/*
 * Finds what may have been meant by a word that named nothing.  Of names that
 * are as near, the one in the system that was named is the better one.
 */
static void
suggest(struct choice *c, const char *system, const char *event)
{
	const char *want = event != NULL ? event : system;
	const struct known *best = NULL;
	size_t least = SIZE_MAX;
	bool whole = false;

	if (strpbrk(want, "*?[") != NULL)
		return;
	for (size_t i = 0; i < c->known_n; i++) {
		const struct known *x = &c->known[i];
		size_t far = similar_distance(want, x->name);
		size_t of_system = similar_distance(system, x->system);

		if (far < SIZE_MAX)
			far = 2 * far +
			    (event != NULL && strcmp(system, x->system) != 0);
		if (event == NULL && of_system < SIZE_MAX &&
		    2 * of_system <= far && 2 * of_system < least) {
			least = 2 * of_system;
			best = x;
			whole = true;
		} else if (far < least) {
			least = far;
			best = x;
			whole = false;
		}
	}
	if (best != NULL)
		c->like = whole ? mem_dup(best->system, strlen(best->system))
				: join(best->system, best->name);
}

/* Names what one word means. */
static const char *
take_word(struct choice *c, struct str word)
{
	const char *system, *event;
	size_t before = c->named_n;
	char *text;

	if (word.n == 0 || memchr(word.p, '\0', word.n) != NULL)
		return blame(c, word, "no name of an event");
	text = str_is(word, "all") ? mem_dup("*", 1) : mem_dup(word.p, word.n);
	cut(text, &system, &event);
	if ((event != NULL && strpbrk(event, ":/") != NULL) ||
	    (event != NULL && system[0] == '\0' && event[0] == '\0')) {
		free(text);
		return blame(c, word, "no name of an event");
	}
	for (size_t i = 0; i < c->known_n; i++)
		if (is_meant(&c->known[i], system, event))
			name(c, &c->known[i]);
	if (c->named_n == before)
		suggest(c, system, event);
	free(text);
	return c->named_n > before
	    ? NULL
	    : blame(c, word, "this kernel has no such event");
}

const char *
choice_words(struct choice *c, struct str words)
{
	const char *why = NULL;
	bool more = true;

	clear_blame(c);
	c->named_n = 0;
	free(c->filter);
	c->filter = NULL;
	while (more && why == NULL) {
		const char *comma = memchr(words.p, ',', words.n);
		struct str word = words;

		more = comma != NULL;
		if (more)
			word.n = (size_t)(comma - words.p);
		words = str_skip(words, word.n + more);
		why = take_word(c, str_trim(word));
	}
	return why;
}

/* Adds an event of a preset, and tells whether the kernel has it. */
static bool
take_exact(struct choice *c, const char *word)
{
	for (size_t i = 0; i < c->known_n; i++) {
		struct known *x = &c->known[i];
		size_t n = strlen(x->system);

		if (strncmp(word, x->system, n) == 0 && word[n] == ':' &&
		    strcmp(word + n + 1, x->name) == 0) {
			add(c, x);
			return true;
		}
	}
	return false;
}

static void
note_absent(struct choice *c, const char *word)
{
	for (size_t i = 0; i < c->absent_n; i++)
		if (strcmp(c->absent[i], word) == 0)
			return;
	c->absent = mem_grow(c->absent, &c->absent_cap, c->absent_n + 1,
	    sizeof(*c->absent));
	c->absent[c->absent_n++] = word;
}

const char *
choice_preset(struct choice *c, struct str word)
{
	const struct preset *p = presets;

	clear_blame(c);
	c->named_n = 0;
	while (p < presets + PRESETS && !str_is(word, p->name))
		p++;
	if (p == presets + PRESETS)
		return blame(c, word, "there is no such preset");
	for (size_t i = 0; p->must[i] != NULL; i++)
		if (!take_exact(c, p->must[i]))
			return blame(c, str_of(p->must[i]),
			    "this kernel has no such event");
	for (size_t i = 0; p->may[i] != NULL; i++)
		if (!take_exact(c, p->may[i]))
			note_absent(c, p->may[i]);
	return NULL;
}

const char *
choice_preset_name(size_t i)
{
	return i < PRESETS ? presets[i].name : NULL;
}

/* Returns a, or both where there is a first, to be freed; a is freed. */
static char *
both(char *a, struct str b)
{
	size_t n = b.n + 8 + (a != NULL ? strlen(a) : 0);
	char *text;

	if (a == NULL)
		return mem_dup(b.p, b.n);
	text = mem_alloc(n);
	snprintf(text, n, "(%s)&&(%.*s)", a, (int)b.n, b.p);
	free(a);
	return text;
}

const char *
choice_filter(struct choice *c, struct str filter)
{
	clear_blame(c);
	filter = str_trim(filter);
	if (filter.n == 0 || filter.n > INT32_MAX / 4 ||
	    memchr(filter.p, '\0', filter.n) != NULL)
		return blame(c, filter, "no filter");
	if (c->named_n == 0)
		return blame(c, filter, "a filter without events before it");
	c->filter = both(c->filter, filter);
	for (size_t i = 0; i < c->named_n; i++) {
		struct choice_event *e = &c->event[c->named[i]];

		free(e->filter);
		e->filter = mem_dup(c->filter, strlen(c->filter));
	}
	return NULL;
}

void
choice_close(struct choice *c)
{
	clear_blame(c);
	for (size_t i = 0; i < c->n; i++)
		free(c->event[i].filter);
	for (size_t i = 0; i < c->known_n; i++) {
		free(c->known[i].system);
		free(c->known[i].name);
	}
	free(c->event);
	free(c->absent);
	free(c->known);
	free(c->named);
	free(c->filter);
	*c = (struct choice){ 0 };
}
