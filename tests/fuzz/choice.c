/* SPDX-License-Identifier: MIT */
/*
 * choice: of any words, filters and tables, what is chosen is there, and once
 *
 * The first byte of a line tells what it is: e words, f a filter, p a preset,
 * P ids; everything else is a row of a table of threads.
 */
#include "tracefs/choice.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "tracefs/threads.h"

/* A tracefs and a procfs in one, each part behind its parents. */
static const char *const folders[] = { "", "events", "events/sched",
	"events/sched/sched_switch", "events/sched/sched_wakeup",
	"events/sched/sched_wakeup_new", "events/sched/sched_migrate_task",
	"events/irq", "events/irq/sched_switch", "7", "7/task", "7/task/7",
	"7/task/9", "9" };

enum { FOLDERS = sizeof(folders) / sizeof(*folders), EVENTS = 5 };

static char dir[64];

static const char *
in(const char *folder, const char *file)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s/%s", dir, folder, file);
	return path;
}

static void
remove_folders(void)
{
	for (size_t i = FOLDERS; i > 0; i--) {
		unlink(in(folders[i - 1], "enable"));
		unlink(in(folders[i - 1], "status"));
		rmdir(in(folders[i - 1], ""));
	}
}

/* Makes them; they go when the fuzzer ends. */
static void
make_folders(void)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(dir, sizeof(dir), "%.30s/tk-fuzz-choice-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	CHECK(mkdtemp(dir) != NULL);
	atexit(remove_folders);
	for (size_t i = 1; i < FOLDERS; i++) {
		FILE *f;

		CHECK(mkdir(in(folders[i], ""), 0700) == 0);
		if (folders[i][0] != 'e' && strlen(folders[i]) > 1)
			continue;
		f = fopen(in(folders[i],
			      folders[i][0] == 'e' ? "enable" : "status"),
		    "w");
		CHECK(f != NULL);
		fprintf(f, "Tgid:\t7\n");
		fclose(f);
	}
}

static void
check_choice(const struct choice *c, const char *why)
{
	CHECK((why == NULL) == (c->word == NULL));
	CHECK(c->like == NULL || why != NULL);
	CHECK(c->n <= EVENTS && c->absent_n == 0);
	for (size_t i = 0; i < c->n; i++) {
		const struct choice_event *e = &c->event[i];
		char folder[128];

		snprintf(folder, sizeof(folder), "events/%s/%s", e->system,
		    e->name);
		CHECK(access(in(folder, "enable"), F_OK) == 0);
		CHECK(e->filter == NULL || e->filter[0] != '\0');
		for (size_t j = 0; j < i; j++)
			CHECK(strcmp(e->name, c->event[j].name) != 0 ||
			    strcmp(e->system, c->event[j].system) != 0);
	}
}

/* What is chosen names itself, and stays the only one of its name. */
static void
check_names(struct choice *c)
{
	size_t n = c->n;

	for (size_t i = 0; i < n; i++) {
		char word[128];

		snprintf(word, sizeof(word), "%s:%s", c->event[i].system,
		    c->event[i].name);
		CHECK(choice_words(c, str_of(word)) == NULL && c->n == n);
	}
}

static void
check_threads(struct threads *t, size_t right)
{
	threads_end(t);
	CHECK(t->n <= 2 && (t->n > 0 || t->gone == right));
	for (size_t i = 0; i < t->n; i++)
		CHECK(t->id[i] == 7 || t->id[i] == 9);
	CHECK(t->n < 2 || t->id[0] < t->id[1]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size }, line, word;
	struct threads listed, rows;
	struct choice c;
	size_t ids = 0;

	if (dir[0] == '\0')
		make_folders();
	CHECK(choice_open(&c, dir) == 0);
	threads_open(&listed, dir);
	threads_open(&rows, dir);
	while (str_line(&rest, &line)) {
		char kind = line.n > 0 ? line.p[0] : ' ';
		struct str s = line.n > 0 ? str_skip(line, 1) : line;

		if (kind == 'e')
			check_choice(&c, choice_words(&c, s));
		else if (kind == 'f')
			check_choice(&c, choice_filter(&c, s));
		else if (kind == 'p')
			check_choice(&c, choice_preset(&c, s));
		else if (kind == 'P')
			threads_add(&listed, s, &word);
		else if (threads_add_row(&rows, line) == NULL)
			ids += str_trim(line).n > 0 &&
			    str_trim(line).p[0] != '#';
	}
	check_names(&c);
	check_threads(&listed, listed.gone);
	CHECK(rows.n + rows.gone == ids);
	check_threads(&rows, ids);
	threads_close(&listed);
	threads_close(&rows);
	choice_close(&c);
	return 0;
}
