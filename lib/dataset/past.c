/* SPDX-License-Identifier: MIT */
#include "dataset/past.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/mem.h"
#include "dataset/naming.h"
#include "source/tree.h"

/* A trace takes about 600 bytes; what is read takes many times as much. */
enum { DOCUMENT_MAX = 64 << 20 };

json_t *
past_load(const char *path, const char **why)
{
	/* A pipe must not keep us waiting. */
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	json_t *doc = NULL;
	struct stat st;
	FILE *from;

	json_set_alloc_funcs(mem_alloc, free);
	*why = "it is no JSON";
	if (fd < 0 || fstat(fd, &st) < 0 || (from = fdopen(fd, "r")) == NULL) {
		*why = strerror(errno);
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > DOCUMENT_MAX)
		*why = "it is no file, or too large";
	else
		doc = json_loadf(from, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL,
		    NULL);
	fclose(from);
	return doc;
}

/* Returns the name of a file that the document tells of, or NULL. */
static const char *
name_of(const json_t *doc, size_t i)
{
	static const char *const usual[] = { "train.csv", "test_seen.csv",
		"test_unseen.csv", "all.csv", NULL };
	const json_t *files = json_object_get(doc, "files");

	/* The original's documents do not tell. */
	if (files == NULL)
		return usual[i];
	return json_string_value(
	    json_object_get(json_array_get(files, i), "name"));
}

char **
past_files(const char *dir)
{
	char *path = tree_path(dir, "dataset_meta.json");
	const char *why, *name;
	json_t *doc = past_load(path, &why);
	char **list = NULL;
	size_t n = 0, cap = 0;

	list = mem_grow(list, &cap, 1, sizeof(*list));
	if (json_is_integer(json_object_get(doc, "num_traces")))
		for (size_t i = 0; (name = name_of(doc, i)) != NULL; i++) {
			if (!naming_is_file(name))
				continue;
			list = mem_grow(list, &cap, n + 2, sizeof(*list));
			list[n++] = mem_dup(name, strlen(name));
		}
	json_decref(doc);
	free(path);
	return list;
}
