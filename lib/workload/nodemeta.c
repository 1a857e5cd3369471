/* SPDX-License-Identifier: MIT */
#include "workload/nodemeta.h"

#include <stdlib.h>

#include <jansson.h>

#include "base/mem.h"

/* A number above 0 and up to most, or 0. */
static double
number(const json_t *node, const char *key, double most)
{
	double v = json_number_value(json_object_get(node, key));

	return v > 0 && v <= most ? v : 0;
}

static char *
name_of(const json_t *node)
{
	const json_t *name = json_object_get(node, "node_id");

	if (json_string_length(name) == 0)
		name = json_object_get(node, "node");
	if (json_string_length(name) == 0)
		return NULL;
	return mem_dup(json_string_value(name), json_string_length(name));
}

const char *
nodemeta_read(struct nodemeta *m, struct str text)
{
	const json_t *node;
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = json_loadb(text.n > 0 ? text.p : "", text.n, 0, NULL);
	node = json_is_array(doc) ? json_array_get(doc, 0) : doc;
	if (!json_is_object(node)) {
		json_decref(doc);
		return doc == NULL ? "no JSON" : "no description of a node";
	}
	if (m->name == NULL)
		m->name = name_of(node);
	if (m->cores == 0)
		m->cores = (int32_t)number(node, "cpu_cores",
		    NODEMETA_CORES_MAX);
	if (m->mhz <= 0)
		m->mhz = number(node, "cpu_freq_mhz", NODEMETA_MHZ_MAX);
	if (m->mem_mb == 0)
		m->mem_mb = (int64_t)number(node, "mem_mb", 1e12);
	json_decref(doc);
	return NULL;
}

void
nodemeta_close(struct nodemeta *m)
{
	free(m->name);
	*m = (struct nodemeta){ 0 };
}
