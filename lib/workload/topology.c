/* SPDX-License-Identifier: MIT */
#include "workload/topology.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <jansson.h>

#include "base/mem.h"

int
host_compare(const struct host *x, const struct host *y)
{
	if (x->cores != y->cores)
		return x->cores < y->cores ? -1 : 1;
	if (x->mhz < y->mhz || x->mhz > y->mhz)
		return x->mhz < y->mhz ? -1 : 1;
	return (x->mem_mb > y->mem_mb) - (x->mem_mb < y->mem_mb);
}

static int
by_size(const void *a, const void *b)
{
	return host_compare(a, b);
}

void
topology_add(struct topology *t, const struct host *h)
{
	t->host = mem_grow(t->host, &t->cap, t->n + 1, sizeof(*t->host));
	t->host[t->n++] = *h;
}

void
topology_group(struct topology *t)
{
	size_t kept = 0;

	if (t->n > 0)
		qsort(t->host, t->n, sizeof(*t->host), by_size);
	for (size_t i = 0; i < t->n; i++)
		if (kept > 0 &&
		    host_compare(&t->host[kept - 1], &t->host[i]) == 0)
			t->host[kept - 1].count += t->host[i].count;
		else
			t->host[kept++] = t->host[i];
	t->n = kept;
}

void
topology_free(struct topology *t)
{
	free(t->host);
	*t = (struct topology){ 0 };
}

/* A quantity with its unit, to a thousandth where that is needed. */
static json_t *
quantity(double v, const char *unit)
{
	char text[64];
	int n = snprintf(text, sizeof(text) / 2, "%.3f", v);

	while (text[n - 1] == '0')
		n--;
	n -= text[n - 1] == '.';
	snprintf(text + n, sizeof(text) - (size_t)n, " %s", unit);
	return json_string(text);
}

static json_t *
power(const struct power_model *m, enum topology_dialect dialect)
{
	const char *type = dialect == TOPOLOGY_SDK ? "type" : "modelType";
	json_t *p = json_pack("{s:s}", type, m->type);

	/* OpenDC reads power first and then does not look at it. */
	if (dialect != TOPOLOGY_SDK)
		json_object_set_new(p, "power", quantity(m->max, "W"));
	json_object_set_new(p, "idlePower", quantity(m->idle, "W"));
	json_object_set_new(p, "maxPower", quantity(m->max, "W"));
	if (strcmp(m->type, "mse") == 0)
		json_object_set_new(p, "calibrationFactor",
		    json_real(rint(m->r * 1e6) / 1e6));
	return p;
}

static json_t *
host(const struct host *h, size_t number, enum topology_dialect dialect)
{
	char name[32];
	json_t *o;

	snprintf(name, sizeof(name), "H%02zu", number);
	o = json_pack("{s:s, s:I, s:{s:i, s:o}, s:{s:o}}", "name", name,
	    "count", (json_int_t)h->count, "cpu", "coreCount", (int)h->cores,
	    "coreSpeed", quantity(h->mhz, "MHz"), "memory",
	    dialect == TOPOLOGY_SDK ? "size" : "memorySize",
	    quantity((double)h->mem_mb, "MiB"));
	if (h->power.type != NULL)
		json_object_set_new(o,
		    dialect == TOPOLOGY_RUNNER_V1 ? "powerModel"
						  : "cpuPowerModel",
		    power(&h->power, dialect));
	return o;
}

/* Writes a document and frees it. */
static void
put(struct output *out, json_t *doc)
{
	char *text = json_dumps(doc, JSON_INDENT(2) | JSON_REAL_PRECISION(7));

	output_text(out, text);
	output_byte(out, '\n');
	free(text);
	json_decref(doc);
}

void
topology_put(const struct topology *t, enum topology_dialect dialect,
    struct output *out)
{
	json_t *hosts;

	json_set_alloc_funcs(mem_alloc, free);
	hosts = json_array();
	for (size_t i = 0; i < t->n; i++)
		json_array_append_new(hosts, host(&t->host[i], i + 1, dialect));
	put(out,
	    json_pack("{s:[{s:s, s:o}]}", "clusters", "name", "C01", "hosts",
		hosts));
}

bool
experiment_put(struct output *out, const char *name, const char *workload,
    const char *topology)
{
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = json_pack("{s:s, s:s, s:[{s:s}], s:[{s:s, s:s}], s:[{s:i, s:n}]}",
	    "name", name, "outputFolder", "output", "topologies", "pathToFile",
	    topology, "workloads", "pathToFile", workload, "type",
	    "ComputeWorkload", "exportModels", "exportInterval", 60,
	    "printFrequency");
	if (doc == NULL)
		return false;
	put(out, doc);
	return true;
}
