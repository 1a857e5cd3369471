/* SPDX-License-Identifier: MIT */
#include "workload/gwf.h"

#include <stdlib.h>
#include <strings.h>

#include "base/mem.h"
#include "base/num.h"

/* The columns of the standard, in its order. */
static const struct name {
	const char *name;
	unsigned char field;
} names[] = {
	{ "JobID", JOBLOG_JOB },
	{ "SubmitTime", JOBLOG_SUBMIT },
	{ "WaitTime", JOBLOG_WAIT },
	{ "RunTime", JOBLOG_RUN },
	{ "NProcs", JOBLOG_PROCESSORS },
	{ "AverageCPUTimeUsed", JOBLOG_CPU_TIME },
	{ "UsedMemory", JOBLOG_MEMORY },
	{ "ReqNProcs", JOBLOG_REQUESTED_PROCESSORS },
	{ "ReqTime", JOBLOG_REQUESTED_TIME },
	{ "ReqMemory", JOBLOG_REQUESTED_MEMORY },
	{ "Status", JOBLOG_STATUS },
	{ "UserID", JOBLOG_USER },
	{ "GroupID", JOBLOG_GROUP },
	{ "ExecutableID", JOBLOG_EXECUTABLE },
	{ "QueueID", JOBLOG_QUEUE },
	{ "PartitionID", JOBLOG_PARTITION },
	{ "OrigSiteID", GWF_NONE },
	{ "LastRunSiteID", GWF_SITE },
	{ "JobStructure", GWF_NONE },
	{ "JobStructureParams", GWF_NONE },
	{ "UsedNetwork", GWF_NONE },
	{ "UsedLocalDiskSpace", GWF_NONE },
	{ "UsedResources", GWF_NONE },
	{ "ReqPlatform", GWF_NONE },
	{ "ReqNetwork", GWF_NONE },
	{ "ReqLocalDiskSpace", GWF_NONE },
	{ "ReqResources", GWF_NONE },
	{ "VOID", GWF_NONE },
	{ "ProjectID", GWF_NONE },
};

/* Those that it does not have. */
static const struct name others[] = {
	{ "WorkflowID", GWF_WORKFLOW },
	{ "Dependencies", GWF_DEPENDENCIES },
};

enum { STANDARD = sizeof(names) / sizeof(names[0]) };

static bool
is_name(struct str s, const char *name)
{
	return s.n == strlen(name) && strncasecmp(s.p, name, s.n) == 0;
}

/* Returns what a column of that name is; false if it is no name. */
static bool
find_name(struct str s, unsigned char *field)
{
	for (size_t i = 0; i < STANDARD; i++)
		if (is_name(s, names[i].name)) {
			*field = names[i].field;
			return true;
		}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (is_name(s, others[i].name)) {
			*field = others[i].field;
			return true;
		}
	return false;
}

/* Splits off the field before the next separator; it may be in quotes. */
static struct str
next_field(struct str *rest, char separator)
{
	struct str field;
	const char *end;

	*rest = separator == '\t' ? *rest : str_trim(*rest);
	if (rest->n > 1 && rest->p[0] == '"' &&
	    (end = memchr(rest->p + 1, '"', rest->n - 1)) != NULL) {
		field = (struct str){ rest->p + 1,
			(size_t)(end - rest->p) - 1 };
		*rest = str_skip(*rest, field.n + 2);
		end = memchr(rest->p, separator, rest->n);
	} else {
		end = memchr(rest->p, separator, rest->n);
		field = *rest;
		if (end != NULL)
			field.n = (size_t)(end - rest->p);
	}
	*rest = end == NULL ? (struct str){ NULL, 0 }
			    : str_skip(*rest, (size_t)(end - rest->p) + 1);
	return str_trim(field);
}

static size_t
split(char separator, struct str line, struct str *field)
{
	size_t n = 0;

	if (separator == ' ')
		return joblog_split(line, field, GWF_COLUMNS);
	while (line.p != NULL && n < GWF_COLUMNS)
		field[n++] = next_field(&line, separator);
	return n;
}

static bool
has(struct str line, char c)
{
	return memchr(line.p, c, line.n) != NULL;
}

/* Looks at the first line; tells whether it has the names of the columns. */
static bool
begin(struct gwf *g, struct str line)
{
	struct str field[GWF_COLUMNS];
	size_t n;

	g->begun = true;
	g->separator = has(line, '\t') ? '\t' : has(line, ',') ? ',' : ' ';
	n = split(g->separator, line, field);
	g->columns = n;
	for (size_t i = 0; i < n; i++)
		if (!find_name(field[i], &g->column[i])) {
			if (i > 0 && field[i].n > 0 && field[i].p[0] > '9') {
				g->column[i] = GWF_NONE;
				continue;
			}
			g->columns = STANDARD;
			for (size_t j = 0; j < STANDARD; j++)
				g->column[j] = names[j].field;
			return false;
		}
	return true;
}

/* Returns the key of a job: its workflow and a slash, then its number. */
static struct str
key_of(struct gwf *g, struct str workflow, struct str job)
{
	g->key = mem_grow(g->key, &g->key_cap, workflow.n + job.n + 1, 1);
	str_copy(str_copy(g->key, workflow), job);
	g->key[workflow.n + job.n] = '\0';
	return (struct str){ g->key, workflow.n + job.n };
}

static void
depend(struct gwf *g, struct bag *bag, struct str child, struct str workflow,
    struct str list)
{
	struct str parent;

	while (joblog_split(list, &parent, 1) == 1) {
		list = str_skip(list, (size_t)(parent.p - list.p) + parent.n);
		if (!str_is(parent, "-1"))
			bag_depend(bag, child, key_of(g, workflow, parent));
	}
}

/* Gives the job to the bag, and says what it depends on. */
static void
add(struct gwf *g, struct bag *bag, struct task *t, const struct fragment *f,
    const struct str *field)
{
	struct str workflow = field[GWF_WORKFLOW], job = field[JOBLOG_JOB];
	char *key = mem_alloc(workflow.n + 1 + job.n);
	struct str all = { key, workflow.n + 1 + job.n };
	struct str front = { key, workflow.n + 1 };

	if (workflow.n > 0)
		t->workflow = workflow;
	if (field[GWF_SITE].n > 0 && !str_is(field[GWF_SITE], "-1"))
		t->node = field[GWF_SITE];
	*str_copy(key, workflow) = '/';
	str_copy(key + front.n, job);
	bag_add(bag, t, all, f);
	depend(g, bag, all, front, field[GWF_DEPENDENCIES]);
	free(key);
}

/* Tells whether the last column is a list, which blanks do not end. */
static bool
ends_in_list(const struct gwf *g)
{
	return g->column[g->columns - 1] == GWF_DEPENDENCIES;
}

const char *
gwf_line(struct gwf *g, struct str line, struct bag *bag)
{
	struct str column[GWF_COLUMNS], field[GWF_FIELDS + 1] = { 0 };
	struct fragment f;
	struct task t;
	const char *why;
	size_t n;
	bool is;

	if (str_trim(line).n == 0 || line.p[0] == '#' || line.p[0] == ';')
		return NULL;
	if (!g->begun && begin(g, line))
		return NULL;
	n = split(g->separator, line, column);
	if (n + ends_in_list(g) < g->columns)
		return "it has too few fields";
	if (n >= g->columns && ends_in_list(g) && g->separator == ' ')
		column[g->columns - 1].n = (size_t)(line.p + line.n -
		    column[g->columns - 1].p);
	for (size_t i = 0; i < g->columns && i < n; i++)
		if (column[i].n > 0)
			field[g->column[i]] = column[i];
	if (field[JOBLOG_JOB].p == NULL)
		return "it has no JobID";
	why = joblog_task(&g->log, field, &t, &f, &is);
	if (why == NULL && is)
		add(g, bag, &t, &f, field);
	return why;
}

void
gwf_close(struct gwf *g)
{
	free(g->key);
	g->key = NULL;
}
