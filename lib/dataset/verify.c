/* SPDX-License-Identifier: MIT */
#include "dataset/verify.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <jansson.h>

#include "base/mem.h"
#include "dataset/digest.h"
#include "dataset/naming.h"
#include "dataset/past.h"

struct verify {
	struct output *out;
	const char *source;    /* what the rows were read from */
	size_t files, sources; /* that are as they were */
	bool bad;
};

/* Tells of a path, whose name may be anything, in one line. */
static void
tell(struct verify *v, const char *path, const char *what)
{
	output_in_line(v->out, str_of(path));
	output_printf(v->out, ": %s\n", what);
}

static void
tell_bad(struct verify *v, const char *path, const char *what)
{
	tell(v, path, what);
	v->bad = true;
}

/* Returns "DIR/NAME", to be freed. */
static char *
join(const char *dir, const char *name)
{
	size_t n = strlen(dir) + strlen(name) + 2;
	char *path = mem_alloc(n);

	snprintf(path, n, "%s/%s", dir, name);
	return path;
}

/* Tells whether a value is a digest. */
static bool
is_digest(const json_t *value)
{
	const char *text = json_string_value(value);

	return text != NULL && strlen(text) == DIGEST_TEXT - 1 &&
	    strspn(text, "0123456789abcdef") == DIGEST_TEXT - 1;
}

static bool
is_file(const json_t *entry, const char *name)
{
	const char *has = json_string_value(json_object_get(entry, "name"));

	return has != NULL && strcmp(has, name) == 0 &&
	    is_digest(json_object_get(entry, "sha256"));
}

/* Tells whether those are the files of a data set of folds, or of none. */
static bool
are_files(const json_t *files, size_t folds, bool json)
{
	struct split *split = split_new();
	char name[NAMING_MAX];
	bool good;

	if (folds > 0)
		split_into(split, folds);
	good = json_array_size(files) == split_sets(split) + 1;
	for (size_t i = 0; good && i <= split_sets(split); i++) {
		naming_file(split, i, json, name);
		good = is_file(json_array_get(files, i), name);
	}
	split_free(split);
	return good;
}

/* The same, of CSV or of lines of JSON. */
static bool
fit(const json_t *files, bool json)
{
	size_t folds = json_array_size(files) - 2;

	return are_files(files, 0, json) ||
	    (folds >= 2 && folds <= SPLIT_FOLDS &&
		are_files(files, folds, json));
}

/* Tells whether that is a trace, or an input, that can be checked. */
static bool
is_source(const json_t *entry)
{
	const json_t *paths = json_object_get(entry, "paths");
	const json_t *digest = json_object_get(entry, "sha256");

	for (size_t i = 0; i < json_array_size(paths); i++)
		if (!json_is_string(json_array_get(paths, i)))
			return false;
	return json_is_string(json_object_get(entry, "path")) &&
	    (paths == NULL || json_array_size(paths) > 0) &&
	    (json_is_null(digest) || is_digest(digest));
}

/* Returns what the rows were read from; NULL where that is not told. */
static const json_t *
sources(const json_t *doc)
{
	const json_t *inputs = json_object_get(doc, "inputs");

	return inputs != NULL ? inputs : json_object_get(doc, "traces");
}

/* Returns NULL, or a phrase that says why the document is of no use. */
static const char *
check(const json_t *doc)
{
	static const char damaged[] = "it is damaged";
	const json_t *files = json_object_get(doc, "files");
	const json_t *traces = json_object_get(doc, "traces");
	const json_t *n = json_object_get(doc, "num_traces");

	if (!json_is_object(doc) || !json_is_integer(n))
		return "it does not describe a data set";
	if (files == NULL)
		return "it tells no SHA-256: an older tk-split made it, or "
		       "--compat";
	if (!fit(files, false) && !fit(files, true))
		return damaged;
	if (traces != NULL &&
	    (json_int_t)json_array_size(traces) != json_integer_value(n))
		return damaged;
	traces = sources(doc);
	if (traces != NULL && !json_is_array(traces))
		return damaged;
	for (size_t i = 0; i < json_array_size(traces); i++)
		if (!is_source(json_array_get(traces, i)))
			return damaged;
	return NULL;
}

/* Compares what is in files with a digest; tells of it as path. */
static bool
same(struct verify *v, const char *path, const char *const *files,
    const json_t *digest)
{
	const char *was = json_string_value(digest);
	char is[DIGEST_TEXT], text[256];

	if (digest_files(files, is) < 0) {
		tell_bad(v, path,
		    errno == EINVAL ? "it is no regular file"
				    : strerror(errno));
		return false;
	}
	if (strcmp(is, was) == 0)
		return true;
	snprintf(text, sizeof(text), "it differs: its SHA-256 is %s, was %s",
	    is, was);
	tell_bad(v, path, text);
	return false;
}

static void
check_file(struct verify *v, const char *dir, const json_t *entry)
{
	char *path = join(dir,
	    json_string_value(json_object_get(entry, "name")));
	const char *const files[] = { path, NULL };

	v->files += same(v, path, files, json_object_get(entry, "sha256"));
	free(path);
}

/* Returns a path that leads nowhere, or NULL. */
static const char *
gone(const char *const *path)
{
	for (; *path != NULL; path++)
		if (access(*path, F_OK) < 0 &&
		    (errno == ENOENT || errno == ENOTDIR))
			return *path;
	return NULL;
}

static void
check_source(struct verify *v, const json_t *entry)
{
	const json_t *paths = json_object_get(entry, "paths");
	const json_t *digest = json_object_get(entry, "sha256");
	const char *path = json_string_value(json_object_get(entry, "path"));
	size_t n = json_array_size(paths);
	const char **files = mem_alloc((n + 2) * sizeof(*files));

	files[0] = path;
	for (size_t i = 0; i < n; i++)
		files[i] = json_string_value(json_array_get(paths, i));
	files[n > 0 ? n : 1] = NULL;
	if (json_is_null(digest))
		tell(v, path, "its SHA-256 is not known");
	else if (gone(files) != NULL)
		tell(v, gone(files),
		    *v->source == 't' ? "the trace is no longer there"
				      : "the input is no longer there");
	else
		v->sources += same(v, path, files, digest);
	free(files);
}

bool
verify_set(const char *dir, struct output *out)
{
	char *path = join(dir, "dataset_meta.json");
	struct verify v = { .out = out };
	const json_t *list, *files;
	const char *why;
	json_t *doc;

	json_set_alloc_funcs(mem_alloc, free);
	doc = past_load(path, &why);
	if (doc != NULL)
		why = check(doc);
	if (doc == NULL || why != NULL) {
		tell_bad(&v, path, why);
	} else {
		files = json_object_get(doc, "files");
		for (size_t i = 0; i < json_array_size(files); i++)
			check_file(&v, dir, json_array_get(files, i));
		v.source = json_object_get(doc, "inputs") != NULL ? "inputs"
								  : "traces";
		list = sources(doc);
		for (size_t i = 0; i < json_array_size(list); i++)
			check_source(&v, json_array_get(list, i));
		output_printf(out,
		    "%zu of %zu files and %zu of %zu %s are as they were\n",
		    v.files, json_array_size(files), v.sources,
		    json_array_size(list), v.source);
	}
	json_decref(doc);
	free(path);
	return !v.bad;
}
