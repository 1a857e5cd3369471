/* SPDX-License-Identifier: MIT */
/* choice: words, presets and filters, by a folder that is made for it */
#include "tracefs/choice.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"

static char dir[] = "/tmp/tk-choice-XXXXXX";

static const char *const there[] = { "sched/sched_switch", "sched/sched_wakeup",
	"sched/sched_wakeup_new", "sched/sched_migrate_task",
	"irq/irq_handler_entry", "irq/irq_handler_exit",
	"syscalls/sys_enter_read", "syscalls/sys_exit_read",
	"vendor/sched_switch" };

enum { THERE = sizeof(there) / sizeof(*there) };

/* What has no enable file, as those of ftrace, cannot be recorded. */
static void
make(const char *path)
{
	folder_make(dir, path);
}

static void
make_all(void)
{
	char text[256];

	for (int i = 0; i < THERE; i++) {
		snprintf(text, sizeof(text), "events/%s/enable", there[i]);
		make(text);
		snprintf(text, sizeof(text), "events/%.*s/enable",
		    (int)(strchr(there[i], '/') - there[i]), there[i]);
		make(text);
	}
	make("events/ftrace/print/format");
	make("events/enable");
	make("kernel/secret/enable");
}

/* Tells whether that is chosen: names with a blank between them. */
static bool
holds(const struct choice *c, const char *want)
{
	char got[1024] = "";

	for (size_t i = 0; i < c->n; i++) {
		size_t n = strlen(got);

		snprintf(got + n, sizeof(got) - n, "%s%s:%s%s%s",
		    i > 0 ? " " : "", c->event[i].system, c->event[i].name,
		    c->event[i].filter != NULL ? "?" : "",
		    c->event[i].filter != NULL ? c->event[i].filter : "");
	}
	if (strcmp(got, want) != 0)
		fprintf(stderr, "got %s\n", got);
	return strcmp(got, want) == 0;
}

/* Tells whether words alone choose that. */
static bool
choose(const char *words, const char *want)
{
	struct choice c;
	bool right;

	assert(choice_open(&c, dir) == 0);
	assert(choice_words(&c, str_of(words)) == NULL && c.word == NULL);
	right = holds(&c, want);
	choice_close(&c);
	return right;
}

static void
words_name_events_and_systems(void)
{
	const char *irq = "irq:irq_handler_entry irq:irq_handler_exit";

	assert(choose("sched_wakeup", "sched:sched_wakeup"));
	assert(choose("sched:sched_wakeup", "sched:sched_wakeup"));
	assert(choose("sched/sched_wakeup", "sched:sched_wakeup"));
	assert(choose("irq", irq) && choose("irq:*", irq));
	assert(choose("irq:", irq) && choose("irq*", irq));
	assert(choose("*exit*", "irq:irq_handler_exit syscalls:sys_exit_read"));
	assert(choose("sched:sched_wak*",
	    "sched:sched_wakeup sched:sched_wakeup_new"));
	assert(
	    choose("sched_switch", "sched:sched_switch vendor:sched_switch"));
	assert(choose("v*:sched_*", "vendor:sched_switch"));
	assert(choose("sched_m?grate_tas[k]", "sched:sched_migrate_task"));
	/* As they are given, and once. */
	assert(choose("sys_exit_read, irq_handler_exit,irq,sys_*_read",
	    "syscalls:sys_exit_read irq:irq_handler_exit "
	    "irq:irq_handler_entry syscalls:sys_enter_read"));
}

static void
all_names_everything(void)
{
	struct choice c;

	assert(choice_open(&c, dir) == 0);
	assert(choice_words(&c, str_of("all")) == NULL && c.n == THERE);
	choice_close(&c);
}

/* Tells whether a word is refused, with that suggestion (NULL: with none). */
static bool
refuses(const char *words, const char *word, const char *like)
{
	struct choice c;
	bool right;

	assert(choice_open(&c, dir) == 0);
	right = choice_words(&c, str_of(words)) != NULL && c.n == 0 &&
	    strcmp(c.word, word) == 0 && (c.like == NULL) == (like == NULL) &&
	    (like == NULL || strcmp(c.like, like) == 0);
	if (!right)
		fprintf(stderr, "%s: %s\n", c.word, c.like);
	choice_close(&c);
	return right;
}

static void
a_word_that_names_nothing_is_told(void)
{
	assert(refuses("shed_wakeup", "shed_wakeup", "sched:sched_wakeup"));
	assert(refuses("SCHED_WAKEUP_NEW", "SCHED_WAKEUP_NEW",
	    "sched:sched_wakeup_new"));
	assert(refuses("migrate", "migrate", "sched:sched_migrate_task"));
	assert(refuses("shed", "shed", "sched"));
	assert(refuses("vendor:sched_swich", "vendor:sched_swich",
	    "vendor:sched_switch"));
	assert(refuses("irq:sched_wakeup", "irq:sched_wakeup",
	    "sched:sched_wakeup"));
	assert(refuses("zebra", "zebra", NULL));
	assert(refuses("zebra*", "zebra*", NULL));
	assert(refuses("print", "print", NULL));
	assert(refuses("ftrace:print", "ftrace:print", NULL));
	assert(refuses("", "", NULL) && refuses(",irq", "", NULL));
	assert(refuses(":", ":", NULL));
	assert(refuses("irq:a:b", "irq:a:b", NULL));
}

static void
no_word_leaves_the_folder(void)
{
	assert(refuses("..", "..", NULL));
	assert(refuses("../kernel/secret", "../kernel/secret", NULL));
	assert(refuses("..:kernel", "..:kernel", NULL));
	assert(refuses("../secret", "../secret", NULL));
	assert(refuses("irq/../irq", "irq/../irq", NULL));
	assert(refuses("/etc", "/etc", NULL));
}

static void
a_filter_is_for_the_words_before_it(void)
{
	struct choice c;

	assert(choice_open(&c, dir) == 0);
	assert(choice_filter(&c, str_of("a == 1")) != NULL);
	assert(choice_words(&c, str_of("sched_wakeup,irq")) == NULL);
	assert(choice_filter(&c, str_of(" irq > 3 ")) == NULL);
	assert(choice_words(&c, str_of("sched:sched_wakeup*")) == NULL);
	assert(choice_filter(&c, str_of("pid == 1 || pid == 2")) == NULL);
	assert(choice_filter(&c, str_of("prio < 9")) == NULL);
	assert(choice_words(&c, str_of("sys_enter_read,irq_handler_exit")) ==
	    NULL);
	assert(choice_filter(&c, str_of(" ")) != NULL);
	assert(holds(&c,
	    "sched:sched_wakeup?(pid == 1 || pid == 2)&&(prio < 9) "
	    "irq:irq_handler_entry?irq > 3 irq:irq_handler_exit?irq > 3 "
	    "sched:sched_wakeup_new?(pid == 1 || pid == 2)&&(prio < 9) "
	    "syscalls:sys_enter_read"));
	choice_close(&c);
}

static void
presets_have_what_they_must(void)
{
	struct choice c;

	assert(choice_open(&c, dir) == 0);
	assert(strcmp(choice_preset_name(0), "sched") == 0);
	assert(choice_preset(&c, str_of("sched")) == NULL);
	assert(holds(&c,
	    "sched:sched_switch sched:sched_wakeup sched:sched_wakeup_new "
	    "sched:sched_migrate_task"));
	assert(c.absent_n == 0);
	/* Its fields differ from one event to the next. */
	assert(choice_filter(&c, str_of("pid == 1")) != NULL);
	assert(choice_preset(&c, str_of("krflow")) != NULL);
	assert(strcmp(c.word, "sched:sched_process_fork") == 0);
	assert(choice_preset(&c, str_of("no")) != NULL);
	assert(strcmp(c.word, "no") == 0);
	choice_close(&c);
}

/* A folder with all that krflow must have, and one that it may have. */
static void
presets_tell_what_they_go_without(void)
{
	static const char *const more[] = { "sched/sched_process_fork",
		"sched/sched_process_exit", "sock/inet_sock_set_state",
		"tcp/tcp_probe", "tcp/tcp_rcv_space_adjust",
		"sched/sched_waking" };
	static const char *const call[] = { "sendto", "recvfrom", "sendmsg",
		"recvmsg", "read", "write", "readv" };
	char text[256];
	struct choice c;

	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++) {
		snprintf(text, sizeof(text), "events/%s/enable", more[i]);
		make(text);
	}
	make("events/sock/enable");
	make("events/tcp/enable");
	for (size_t i = 0; i < 2 * sizeof(call) / sizeof(*call); i++) {
		snprintf(text, sizeof(text), "events/syscalls/sys_%s_%s/enable",
		    i % 2 == 0 ? "enter" : "exit", call[i / 2]);
		make(text);
	}
	assert(choice_open(&c, dir) == 0);
	assert(choice_preset(&c, str_of("krflow")) == NULL);
	assert(c.n == 6 + 2 * 7 && c.absent_n == 2);
	assert(strcmp(c.absent[0], "syscalls:sys_enter_writev") == 0);
	assert(strcmp(c.absent[1], "syscalls:sys_exit_writev") == 0);
	assert(choice_preset(&c, str_of("krflow-rich")) == NULL);
	assert(c.n == 6 + 2 * 7 + 1 && c.absent_n == 2 + 2 * 6 + 3);
	choice_close(&c);
}

static void
the_real_kernel_has_the_default(void)
{
	struct choice c;

	if (access("/sys/kernel/tracing/events/sched", R_OK) != 0) {
		puts("choice: tracefs is not there: its part is skipped");
		return;
	}
	assert(choice_open(&c, "/sys/kernel/tracing") == 0);
	assert(choice_preset(&c, str_of("sched")) == NULL && c.n == 4);
	assert(choice_words(&c, str_of("ftrace:print")) != NULL);
	choice_close(&c);
}

int
main(void)
{
	struct choice c;
	char command[64];

	assert(mkdtemp(dir) != NULL);
	assert(choice_open(&c, dir) < 0);
	choice_close(&c);
	make_all();
	words_name_events_and_systems();
	all_names_everything();
	a_word_that_names_nothing_is_told();
	no_word_leaves_the_folder();
	a_filter_is_for_the_words_before_it();
	presets_have_what_they_must();
	presets_tell_what_they_go_without();
	the_real_kernel_has_the_default();
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command) == 0 ? 0 : 1;
}
