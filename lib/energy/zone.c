/* SPDX-License-Identifier: MIT */
#include "energy/zone.h"

#include <stdlib.h>

#include "base/mem.h"
#include "energy/alias.h"

static const char *const roles[ZONE_ROLES] = {
	[ZONE_PACKAGE] = "package",
	[ZONE_DRAM] = "dram",
	[ZONE_PSYS] = "psys",
	[ZONE_PART] = "part",
	[ZONE_TWIN] = "twin",
	[ZONE_MIRROR] = "mirror",
	[ZONE_SHARE] = "share",
	[ZONE_FILE] = "file",
	[ZONE_OTHER] = "other",
};

const char *
zone_role_word(enum zone_role role)
{
	return roles[role];
}

struct zone *
zone_add(struct zones *zs, const char *path, const char *name)
{
	struct str folder = alias_folder(path);
	struct zone *z;

	zs->zone = mem_grow(zs->zone, &zs->cap, zs->n + 1, sizeof(*zs->zone));
	z = &zs->zone[zs->n];
	*z = (struct zone){
		.id = mem_dup(folder.p, folder.n),
		.name = name != NULL ? mem_dup(name, strlen(name)) : NULL,
		.path = mem_dup(path, strlen(path)),
		.virtual = alias_is_virtual(path),
		.order = zs->orders++,
	};
	zs->n++;
	return z;
}

void
zone_name(struct zones *zs, struct zone *z)
{
	z->named = true;
	z->order = zs->orders++;
}

void
zones_free(struct zones *zs)
{
	for (size_t i = 0; i < zs->n; i++) {
		free(zs->zone[i].label);
		free(zs->zone[i].id);
		free(zs->zone[i].name);
		free(zs->zone[i].path);
		free(zs->zone[i].real);
	}
	free(zs->zone);
	free(zs->shut_path);
	*zs = (struct zones){ 0 };
}

static bool
is_named(const struct zone *z, const char *name)
{
	return z->name != NULL && strcmp(z->name, name) == 0;
}

static bool
same_name(const struct zone *a, const struct zone *b)
{
	return a->name != NULL && b->name != NULL &&
	    strcmp(a->name, b->name) == 0;
}

/*
 * Returns what is before the folders of the zone's control type: zones of one
 * tree have that in common, whether they lie flat or in each other.
 */
static struct str
tree_of(const char *path, struct str type)
{
	const char *first = NULL, *end;

	for (const char *p = path; (end = strchr(p, '/')) != NULL; p = end) {
		bool is = strncmp(p, type.p, type.n) == 0 &&
		    (p[type.n] == ':' || p[type.n] == '/');

		if (!is)
			first = NULL;
		else if (first == NULL)
			first = p;
		end += strspn(end, "/");
	}
	return (struct str){ path, first != NULL ? (size_t)(first - path) : 0 };
}

void
zone_locate(struct zones *zs)
{
	for (size_t i = 0; i < zs->n; i++) {
		struct zone *z = &zs->zone[i];

		powercap_read(&z->place, str_of(z->id));
		z->tree = tree_of(z->real != NULL ? z->real : z->path,
		    z->place.type);
	}
}

/* Returns the nearest zone that z is in, or NULL. */
static const struct zone *
find_above(const struct zones *zs, const struct zone *z)
{
	const struct zone *above = NULL;

	for (size_t i = 0; z->place.n > 1 && i < zs->n; i++) {
		const struct zone *other = &zs->zone[i];

		if (powercap_is_in(&z->place, &other->place) &&
		    str_eq(z->tree, other->tree) &&
		    (above == NULL || other->place.n > above->place.n))
			above = other;
	}
	return above;
}

/* Returns the zone that z of the mmio interface shows once more, or NULL. */
static const struct zone *
find_twin(const struct zones *zs, const struct zone *z)
{
	const struct zone *in, *other_in;

	if (!str_is(z->place.type, "intel-rapl-mmio"))
		return NULL;
	in = find_above(zs, z);
	for (size_t i = 0; i < zs->n; i++) {
		const struct zone *other = &zs->zone[i];

		if (!str_is(other->place.type, "intel-rapl") ||
		    !str_eq(z->tree, other->tree) || !same_name(z, other))
			continue;
		other_in = find_above(zs, other);
		/* Each package has a dram. */
		if (in == NULL || other_in == NULL || same_name(in, other_in))
			return other;
	}
	return NULL;
}

const struct zone *
zone_first_die(const struct zones *zs, const struct zone *z)
{
	const struct zone *first = NULL;
	uint64_t package, other_package;
	int64_t die, other_die, lowest;

	if (z->name == NULL ||
	    !powercap_package(str_of(z->name), &package, &die) || die < 0)
		return NULL;
	lowest = z->place.n == 1 ? die : -1;
	for (size_t i = 0; i < zs->n; i++) {
		const struct zone *other = &zs->zone[i];

		if (other->name == NULL || other->place.n != 1 ||
		    !str_eq(z->place.type, other->place.type) ||
		    !str_eq(z->tree, other->tree) ||
		    !powercap_package(str_of(other->name), &other_package,
			&other_die))
			continue;
		if (other_package == package && other_die >= 0 &&
		    other_die < lowest) {
			first = other;
			lowest = other_die;
		}
	}
	return first;
}

/* Returns what a zone is by itself. */
static enum zone_role
role_of_name(const struct zone *z)
{
	uint64_t package;
	int64_t die;

	if (z->virtual)
		return ZONE_SHARE;
	if (z->name == NULL)
		return ZONE_FILE;
	if (str_is(z->place.type, "dtpm"))
		return ZONE_OTHER;
	if (is_named(z, "dram"))
		return ZONE_DRAM;
	if (powercap_package(str_of(z->name), &package, &die))
		return ZONE_PACKAGE;
	if (is_named(z, "psys"))
		return ZONE_PSYS;
	return z->place.n > 1 ? ZONE_PART : ZONE_OTHER;
}

/* Says what a zone is, when it is known of those that it is in. */
static void
settle(const struct zones *zs, struct zone *z)
{
	const struct zone *above = find_above(zs, z);

	if ((z->of = find_twin(zs, z)) != NULL) {
		z->role = ZONE_TWIN;
	} else if (z->mirrors && (z->of = zone_first_die(zs, z)) != NULL) {
		z->role = ZONE_MIRROR;
	} else if (above == NULL) {
		z->role = role_of_name(z);
	} else if (above->role == ZONE_PSYS) {
		/* Of the board, and not of a package. */
		z->role = role_of_name(z);
		if (z->role == ZONE_PART)
			z->role = ZONE_OTHER;
	} else if (is_named(z, "dram") &&
	    (above->role == ZONE_PACKAGE || above->role == ZONE_TWIN)) {
		z->role = ZONE_DRAM;
	} else {
		z->role = ZONE_PART;
		z->of = above;
	}
}

static bool
has_role(const struct zones *zs, enum zone_role role)
{
	for (size_t i = 0; i < zs->n; i++)
		if (zs->zone[i].role == role)
			return true;
	return false;
}

/* Says which zones make up the whole, and which need not be recorded. */
static void
sum(const struct zones *zs, bool all)
{
	const bool packages = has_role(zs, ZONE_PACKAGE);
	const bool host = packages || has_role(zs, ZONE_DRAM);
	const bool summed[ZONE_ROLES] = {
		[ZONE_PACKAGE] = true,
		[ZONE_DRAM] = true,
		[ZONE_PART] = true,
		[ZONE_SHARE] = !host,
		[ZONE_FILE] = !host,
		[ZONE_OTHER] = !packages,
	};

	for (size_t i = 0; i < zs->n; i++) {
		struct zone *z = &zs->zone[i];
		bool again = z->of != NULL || str_is(z->place.type, "dtpm");

		z->summed = summed[z->role] && z->of == NULL;
		z->left_out = again && !z->summed && !z->named && !all;
	}
}

static int
compare(const void *a, const void *b)
{
	const struct zone *x = a, *y = b;
	int order = (int)y->named - (int)x->named;

	if (order == 0 && x->named)
		return (x->order > y->order) - (x->order < y->order);
	if (order == 0)
		order = str_compare(x->tree, y->tree);
	if (order == 0)
		order = powercap_compare(&x->place, &y->place);
	if (order == 0)
		order = strcmp(x->path, y->path);
	return order != 0 ? order
			  : (x->order > y->order) - (x->order < y->order);
}

static void
give_labels(const struct zones *zs)
{
	const char **path = mem_alloc(zs->n * sizeof(*path));
	char **label = mem_alloc(zs->n * sizeof(*label));

	for (size_t i = 0; i < zs->n; i++)
		path[i] = zs->zone[i].path;
	alias_all(path, zs->n, label);
	for (size_t i = 0; i < zs->n; i++) {
		free(zs->zone[i].label);
		zs->zone[i].label = label[i];
	}
	free(path);
	free(label);
}

void
zone_choose(struct zones *zs, bool all)
{
	zone_locate(zs);
	if (zs->n > 0)
		qsort(zs->zone, zs->n, sizeof(*zs->zone), compare);
	/* From the top: what a zone is depends on the one that it is in. */
	for (unsigned n = 0; n <= POWERCAP_DEEP; n++)
		for (size_t i = 0; i < zs->n; i++)
			if (zs->zone[i].place.n == n)
				settle(zs, &zs->zone[i]);
	sum(zs, all);
	give_labels(zs);
}
