/* SPDX-License-Identifier: MIT */
#include "workload/nodenames.h"

#include <stdlib.h>

#include "base/mem.h"
#include "workload/runfolder.h"

/* How a node may be named: as it says, by its folder, by the path of that. */
enum naming { BY_ITSELF, BY_FOLDER, BY_PATH };

static struct str
name_of(const struct assembled_node *node, enum naming naming)
{
	struct str name;

	if (naming == BY_ITSELF && node->meta.name != NULL)
		return str_of(node->meta.name);
	name = str_of(node->folder);
	if (naming != BY_PATH)
		name.p = runfolder_name(node->folder, &name.n);
	return name;
}

static bool
is_alone(const struct assembled *a, enum naming naming)
{
	struct intern *names = intern_new();
	bool alone;

	for (size_t i = 0; i < a->nodes; i++)
		intern_id(names, name_of(&a->node[i], naming));
	alone = intern_count(names) == a->nodes;
	intern_free(names);
	return alone;
}

char **
nodenames(const struct assembled *a)
{
	enum naming naming = BY_ITSELF;
	char **names = mem_alloc((a->nodes + 1) * sizeof(*names));

	while (naming != BY_PATH && !is_alone(a, naming))
		naming++;
	for (size_t i = 0; i < a->nodes; i++) {
		struct str name = name_of(&a->node[i], naming);

		names[i] = mem_dup(name.p, name.n);
	}
	return names;
}

void
nodenames_free(char **names)
{
	for (size_t i = 0; names[i] != NULL; i++)
		free(names[i]);
	free(names);
}
