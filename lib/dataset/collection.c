/* SPDX-License-Identifier: MIT */
#include "dataset/collection.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/intern.h"
#include "base/mem.h"
#include "dataset/folder.h"
#include "source/event.h"
#include "source/metadata.h"
#include "source/path.h"
#include "source/tree.h"

/* How many of the first bytes may be blank. */
enum { BEGINNING = 64 };

static int
by_name_of_trace(const void *a, const void *b)
{
	const struct collected *x = a, *y = b;

	return folder_order(x->path, y->path);
}

/* Adds an item to a list that a NULL ends. */
static void
append(char ***list, size_t *n, size_t *cap, char *item)
{
	*list = mem_grow(*list, cap, *n + 2, sizeof(**list));
	(*list)[(*n)++] = item;
	(*list)[*n] = NULL;
}

char **
collection_operands(char **operands)
{
	size_t n = 0, cap = 0;
	char **all = mem_grow(NULL, &cap, 1, sizeof(*all));

	for (; *operands != NULL; operands++) {
		char **list = NULL;

		if (folder_is(*operands) && !folder_is_tree(*operands))
			list = folder_list(*operands);
		if (list == NULL)
			append(&all, &n, &cap, *operands);
		for (char **file = list; file != NULL && *file != NULL; file++)
			append(&all, &n, &cap, *file);
		free(list);
	}
	return all;
}

/* What a file holds, as its first bytes tell. */
enum content { NOTHING, TRACE, RECORDS, UNREADABLE };

static enum content
look(const char *path)
{
	enum content content = NOTHING;
	struct input in;
	struct stat st;
	struct str s;

	if (strcmp(path, "-") == 0 || stat(path, &st) < 0 ||
	    !S_ISREG(st.st_mode) || input_open(&in, path) < 0)
		return UNREADABLE;
	s = input_beginning(&in, BEGINNING);
	while (s.n > 0 && (str_is_blank(*s.p) || *s.p == '\n'))
		s = str_skip(s, 1);
	if (s.n > 0)
		content = *s.p == '{' ? RECORDS : TRACE;
	if (in.why != NULL)
		content = UNREADABLE;
	input_close(&in);
	return content;
}

char *
collection_usual(const char *dir)
{
	char *path = tree_path(dir, "raw");
	struct stat st;

	if (stat(path, &st) == 0)
		return path;
	free(path);
	return NULL;
}

bool
collection_suits(char **operands)
{
	bool any = false;

	for (; *operands != NULL; operands++) {
		enum content content = TRACE;

		if (!folder_is(*operands))
			content = look(*operands);
		else if (!folder_is_tree(*operands))
			return false;
		if (content == RECORDS || content == UNREADABLE)
			return false;
		any = any || content == TRACE;
	}
	return any;
}

/* Tells whether a file is raw pages, which are read with their neighbours. */
static bool
holds_pages(const char *path, collection_raw *is_raw, void *arg)
{
	struct input in;
	bool raw;

	if (input_open(&in, path) < 0)
		return false;
	raw = is_raw(&in, arg);
	input_close(&in);
	return raw;
}

static char *
copy(const char *z)
{
	return mem_dup(z != NULL ? z : "", z != NULL ? strlen(z) : 0);
}

/*
 * Names a trace as the original does: by its file, and only what a document
 * does not tell otherwise where there is none.
 */
static void
name_as_original(struct collected *t, const struct metadata *m)
{
	struct str name = folder_name(t->path);
	const char *dot = memrchr(name.p, '.', name.n);

	if (dot != NULL && dot > name.p)
		name.n = (size_t)(dot - name.p);
	t->trace_id = tree_is_file(t->path) ? copy(m->trace_id)
					    : mem_dup(name.p, name.n);
	t->workload = copy(m->workload_type);
	t->category = m->told_category
	    ? copy(m->category)
	    : mem_dup(t->workload, path_last_of(str_of(t->workload), "_"));
	if (m->beside && !m->told_workload) {
		free(t->workload);
		t->workload = copy(t->trace_id);
	}
	if (m->beside && !m->told_category) {
		free(t->category);
		t->category = copy("unknown");
	}
}

/* Names a trace by the document beside it, or its name. */
static const char *
name_trace(struct collected *t, bool compat, char **where)
{
	struct metadata m;
	const char *why = metadata_read(&m, t->path, where);

	t->inferred = !m.told_category;
	if (compat) {
		name_as_original(t, &m);
	} else {
		t->trace_id = copy(m.trace_id);
		t->workload = copy(m.workload_type);
		t->category = copy(m.category);
	}
	metadata_free(&m);
	return why;
}

/* Makes a trace of an operand, or adds it to the last one. */
static void
add_operand(struct collection *c, char *operand, bool joins)
{
	struct collected *t;
	size_t n = 0, cap = 0;

	if (joins) {
		t = &c->trace[c->n - 1];
		while (t->files[n] != NULL)
			n++;
		cap = n + 1;
		append(&t->files, &n, &cap, mem_dup(operand, strlen(operand)));
		return;
	}
	c->trace = mem_grow(c->trace, &c->cap, c->n + 1, sizeof(*c->trace));
	t = &c->trace[c->n++];
	t->first = t->last = -1;
	if (!folder_is(operand) || !tree_files(operand, &t->files))
		append(&t->files, &n, &cap, mem_dup(operand, strlen(operand)));
	t->path = t->files[0];
}

/*
 * Takes for each trace whose category is not told that of another run of its
 * workload, if that is.
 */
static void
infer(struct collection *c)
{
	struct intern *workloads = intern_new();
	const char **told = NULL;
	size_t cap = 0;

	for (size_t i = 0; i < c->n; i++) {
		size_t id = intern_id(workloads, str_of(c->trace[i].workload));

		told = mem_grow(told, &cap, id + 1, sizeof(*told));
		if (!c->trace[i].inferred && told[id] == NULL)
			told[id] = c->trace[i].category;
	}
	for (size_t i = 0; i < c->n; i++) {
		struct collected *t = &c->trace[i];
		size_t id = intern_id(workloads, str_of(t->workload));

		if (!t->inferred || told[id] == NULL)
			continue;
		free(t->category);
		t->category = copy(told[id]);
	}
	free(told);
	intern_free(workloads);
}

/* Returns the paths of two traces, to be freed. */
static char *
both(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b);
	char *text = mem_alloc(n + m + 3);

	memcpy(text, a, n);
	memcpy(text + n, ", ", 2);
	memcpy(text + n + 2, b, m);
	return text;
}

static const char *
check_names(const struct collection *c, char **where)
{
	struct intern *ids = intern_new();
	const char *why = NULL;

	for (size_t i = 0; i < c->n && why == NULL; i++) {
		struct str id = str_of(c->trace[i].trace_id);
		size_t had;

		if (intern_find(ids, id, &had)) {
			why = "two traces of the same trace_id";
			*where = both(c->trace[had].path, c->trace[i].path);
		}
		intern_id(ids, id);
	}
	intern_free(ids);
	return why;
}

const char *
collection_make(struct collection *c, char **operands, bool compat,
    collection_raw *is_raw, void *arg, char **where)
{
	const char *why = NULL;
	bool was_raw = false;

	*c = (struct collection){ .n = 0 };
	*where = NULL;
	for (; *operands != NULL; operands++) {
		bool raw = !folder_is(*operands) &&
		    holds_pages(*operands, is_raw, arg);

		add_operand(c, *operands, raw && was_raw);
		was_raw = raw;
	}
	qsort(c->trace, c->n, sizeof(*c->trace), by_name_of_trace);
	for (size_t i = 0; i < c->n && why == NULL; i++)
		why = name_trace(&c->trace[i], compat, where);
	if (why != NULL)
		return why;
	if (!compat)
		infer(c);
	return check_names(c, where);
}

void
collection_categorize(struct collection *c, const char *key)
{
	for (size_t i = 0; i < c->n; i++) {
		struct collected *t = &c->trace[i];
		char *told;

		if (strcmp(key, "workload_type") == 0)
			told = copy(t->workload);
		else if (strcmp(key, "trace_id") == 0)
			told = copy(t->trace_id);
		else
			told = metadata_value(t->path, key);
		if (told != NULL && *told == '\0') {
			free(told);
			told = NULL;
		}
		free(t->category);
		t->inferred = told == NULL;
		t->category = told != NULL ? told : copy("unknown");
	}
}

void
collection_free(struct collection *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct collected *t = &c->trace[i];

		char **file = t->files;

		while (file != NULL && *file != NULL)
			free(*file++);
		free(t->files);
		free(t->trace_id);
		free(t->workload);
		free(t->category);
	}
	free(c->trace);
	*c = (struct collection){ .n = 0 };
}

static char *
copy_known(struct str s)
{
	return s.p != NULL ? mem_dup(s.p, s.n) : NULL;
}

struct collected *
collection_add(struct collection *c, struct str trace_id, struct str workload)
{
	struct collected *t;

	c->trace = mem_grow(c->trace, &c->cap, c->n + 1, sizeof(*c->trace));
	t = &c->trace[c->n++];
	t->trace_id = copy_known(trace_id);
	t->workload = copy_known(workload);
	t->first = t->last = -1;
	return t;
}

void
collection_count(struct collected *t, const struct event_counts *n)
{
	t->lost += n->lost;
	t->lost_marks += n->lost_marks;
	t->bad += n->bad;
	t->cut_short |= n->cut_short;
	if (n->first >= 0 && t->first < 0)
		t->first = n->first;
	if (n->last >= 0)
		t->last = n->last;
}

size_t
collection_inferred(const struct collection *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->trace[i].inferred;
	return n;
}
