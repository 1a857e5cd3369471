/* SPDX-License-Identifier: MIT */
/* zone: what zones are, which make up the whole, and how they are called */
#include "energy/zone.h"

#include <stdlib.h>

#include "base/mem.h"
#include "point.h"
#include "zones.h"

static struct zones zs;

/* Adds a zone of a flat tree; a range, if it is not 0. */
static struct zone *
add(const char *id, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "/sys/class/powercap/%s/energy_uj", id);
	return zone_add(&zs, path, name);
}

/*
 * Asserts what a zone is: "+" of the sum, "=" recorded, "-" left out, then its
 * role, as in "+package".
 */
static void
is(const char *label, const char *want)
{
	const struct zone *z = zone_labelled(&zs, label);
	const char *use = z->summed ? "+" : z->left_out ? "-" : "=";

	if (*want == *use && strcmp(want + 1, zone_role_word(z->role)) == 0)
		return;
	fprintf(stderr, "%s is %s%s, not %s\n", label, use,
	    zone_role_word(z->role), want);
	abort();
}

/* Asserts the labels of all zones, in their order. */
static void
labels_are(const char *want)
{
	struct output out = { 0 };

	output_in_memory(&out);
	for (size_t i = 0; i < zs.n; i++) {
		output_text(&out, zs.zone[i].label);
		output_text(&out, i + 1 < zs.n ? " " : "");
	}
	wrote(&out, want);
	output_close(&out);
}

static void
a_client_is_its_package_and_its_memory(void)
{
	add("intel-rapl:0:1", "uncore");
	add("intel-rapl:0", "package-0");
	add("intel-rapl-mmio:0", "package-0");
	add("intel-rapl:1", "psys");
	add("intel-rapl:0:2", "dram");
	add("intel-rapl-mmio:0:0", "dram");
	add("intel-rapl:0:0", "core");
	zone_choose(&zs, false);
	labels_are("intel-rapl:0 intel-rapl:0:0 intel-rapl:0:1 "
		   "intel-rapl:0:2 intel-rapl:1 intel-rapl-mmio:0 "
		   "intel-rapl-mmio:0:0");
	is("intel-rapl:0", "+package");
	is("intel-rapl:0:0", "-part");
	is("intel-rapl:0:1", "-part");
	is("intel-rapl:0:2", "+dram");
	is("intel-rapl:1", "=psys");
	is("intel-rapl-mmio:0", "-twin");
	is("intel-rapl-mmio:0:0", "-twin");
	assert(zone_labelled(&zs, "intel-rapl:0:0")->of ==
	    zone_labelled(&zs, "intel-rapl:0"));
	assert(zone_labelled(&zs, "intel-rapl-mmio:0:0")->of ==
	    zone_labelled(&zs, "intel-rapl:0:2"));
	/* Chosen again: all that is left out is recorded, and not summed. */
	zone_choose(&zs, true);
	is("intel-rapl:0", "+package");
	is("intel-rapl:0:0", "=part");
	is("intel-rapl-mmio:0", "=twin");
	zones_free(&zs);
	assert(zs.n == 0 && zs.zone == NULL);
}

/* Each socket has a core and a dram, at numbers of its own. */
static void
two_sockets_add_up(void)
{
	add("intel-rapl:0", "package-0");
	add("intel-rapl:1", "package-1");
	add("intel-rapl:0:0", "dram");
	add("intel-rapl:1:0", "dram");
	add("intel-rapl:1:1", "core");
	add("intel-rapl-mmio:0", "package-1");
	add("intel-rapl-mmio:0:0", "dram");
	zone_choose(&zs, false);
	is("intel-rapl:1", "+package");
	is("intel-rapl:0:0", "+dram");
	is("intel-rapl:1:0", "+dram");
	is("intel-rapl:1:1", "-part");
	assert(zone_labelled(&zs, "intel-rapl-mmio:0:0")->of ==
	    zone_labelled(&zs, "intel-rapl:1:0"));
	zones_free(&zs);
}

static void
mmio_alone_is_what_its_name_says(void)
{
	add("intel-rapl:0", "package-0");
	add("intel-rapl-mmio:0", "package-0");
	add("intel-rapl-mmio:0:0", "dram");
	add("intel-rapl-mmio:0:1", "core");
	add("intel-rapl-mmio:1", "package-1");
	zone_choose(&zs, false);
	is("intel-rapl-mmio:0", "-twin");
	is("intel-rapl-mmio:0:0", "+dram");
	is("intel-rapl-mmio:0:1", "-part");
	is("intel-rapl-mmio:1", "+package");
	zones_free(&zs);
}

static void
dies_count_apart_unless_they_mirror(void)
{
	for (int mirrors = 0; mirrors < 2; mirrors++) {
		struct zone *z;

		add("intel-rapl:0", "package-0-die-0");
		z = add("intel-rapl:1", "package-0-die-1");
		z->mirrors = mirrors != 0;
		add("intel-rapl:1:0", "core");
		z = add("intel-rapl:2", "package-1-die-0");
		/* It is the first of its own socket. */
		z->mirrors = mirrors != 0;
		zone_choose(&zs, false);
		is("intel-rapl:0", "+package");
		is("intel-rapl:1", mirrors ? "-mirror" : "+package");
		is("intel-rapl:1:0", "-part");
		is("intel-rapl:2", "+package");
		zones_free(&zs);
	}
}

static void
the_first_die_is_the_lowest_of_the_socket(void)
{
	add("intel-rapl:0", "package-0-die-a");
	add("intel-rapl:1", "package-0-die-2");
	add("intel-rapl:2", "package-0-die-1");
	add("intel-rapl:3", "package-0");
	add("intel-rapl:4", "package-1-die-0");
	add("intel-rapl:5", "package-1-die--1");
	zone_locate(&zs);
	assert(zone_first_die(&zs, &zs.zone[0]) == NULL);
	assert(zone_first_die(&zs, &zs.zone[1]) == &zs.zone[2]);
	assert(zone_first_die(&zs, &zs.zone[2]) == NULL);
	assert(zone_first_die(&zs, &zs.zone[3]) == NULL);
	assert(zone_first_die(&zs, &zs.zone[4]) == NULL);
	assert(zone_first_die(&zs, &zs.zone[5]) == NULL);
	zone_choose(&zs, false);
	is("intel-rapl:0", "=other");
	is("intel-rapl:5", "=other");
	zones_free(&zs);
}

static void
numbers_are_hexadecimal(void)
{
	add("intel-rapl:10", "package-16");
	add("intel-rapl:0:a", "x");
	add("intel-rapl:0:10", "x");
	add("intel-rapl:0:9", "x");
	add("intel-rapl:0", "package-0");
	add("intel-rapl:0:b", "dram");
	add("intel-rapl:0:b:0", "dram");
	add("intel-rapl:a", "package-10");
	zone_choose(&zs, false);
	labels_are("intel-rapl:0 intel-rapl:0:9 intel-rapl:0:a "
		   "intel-rapl:0:b intel-rapl:0:b:0 intel-rapl:0:10 "
		   "intel-rapl:a intel-rapl:10");
	is("intel-rapl:0:b", "+dram");
	/* A part of the memory is not the memory once more. */
	is("intel-rapl:0:b:0", "-part");
	is("intel-rapl:10", "+package");
	zones_free(&zs);
}

/* 1: is not above 10:0, nor is the tree of another machine. */
static void
a_part_is_summed_if_nothing_counts_it_twice(void)
{
	add("intel-rapl:1", "package-1");
	add("intel-rapl:10:0", "core");
	zone_add(&zs, "/other/intel-rapl:1:0/energy_uj", "core");
	zone_add(&zs, "/other/intel-rapl:1:0:0/energy_uj", "half");
	zone_choose(&zs, false);
	is("intel-rapl:10:0", "+part");
	is("intel-rapl:1:0", "+part");
	is("intel-rapl:1:0:0", "-part");
	zones_free(&zs);
}

/* What is in a board may be a package; if it is none, packages hold it. */
static void
a_board_holds_what_its_names_say(void)
{
	for (int packages = 0; packages < 2; packages++) {
		add("intel-rapl:1", "psys");
		add("intel-rapl:1:0", packages ? "package-0" : "dram");
		add("intel-rapl:1:1", "core");
		add("intel-rapl:1:1:0", "x");
		zone_choose(&zs, false);
		is("intel-rapl:1", "=psys");
		is("intel-rapl:1:0", packages ? "+package" : "+dram");
		is("intel-rapl:1:1", packages ? "=other" : "+other");
		is("intel-rapl:1:1:0", "-part");
		zones_free(&zs);
	}
}

static void
what_is_no_number_of_a_zone_is_in_no_zone(void)
{
	add("intel-rapl", "x");
	add("intel-rapl:0", "package-0");
	add("intel-rapl:0:0x1", "core");
	add("intel-rapl:0:", "core");
	add("intel-rapl:0:0:0:0:0:0:0:0:0", "core");
	add("intel-rapl:1:1", "core");
	zone_choose(&zs, false);
	is("intel-rapl:0:0x1", "=other");
	is("intel-rapl:0:", "=other");
	is("intel-rapl:0:0:0:0:0:0:0:0:0", "=other");
	is("intel-rapl:1:1", "+part");
	assert(zone_labelled(&zs, "intel-rapl:1:1")->of == NULL);
	zones_free(&zs);
}

static void
nested_trees_are_as_flat_ones(void)
{
	const char *top = "/d/intel-rapl/intel-rapl:0/energy_uj";
	struct zone *z;

	zone_add(&zs, "/d/intel-rapl/intel-rapl:0/intel-rapl:0:0/energy_uj",
	    "core");
	zone_add(&zs, top, "package-0");
	/* Flat by a link, but in the same tree. */
	z = zone_add(&zs, "/c/intel-rapl:0:1/energy_uj", "uncore");
	top = "/d/intel-rapl/intel-rapl:0/intel-rapl:0:1/energy_uj";
	z->real = strdup(top);
	zone_add(&zs, "/d/intel-rapl-mmio/intel-rapl-mmio:0/energy_uj",
	    "package-0");
	zone_choose(&zs, false);
	is("intel-rapl:0", "+package");
	is("intel-rapl:0:0", "-part");
	is("intel-rapl:0:1", "-part");
	is("intel-rapl-mmio:0", "-twin");
	zones_free(&zs);
}

static void
named_zones_are_recorded_in_their_order(void)
{
	zone_name(&zs, add("intel-rapl:0:0", "core"));
	add("intel-rapl:0:1", "uncore");
	zone_name(&zs, add("intel-rapl:0", "package-0"));
	zone_choose(&zs, false);
	labels_are("intel-rapl:0:0 intel-rapl:0 intel-rapl:0:1");
	is("intel-rapl:0:0", "=part");
	is("intel-rapl:0:1", "-part");
	zones_free(&zs);
}

static void
shares_and_files_add_up_only_without_a_host(void)
{
	static const char *const names[] = { NULL, "psys", "soc", "package-0",
		"dram" };

	for (size_t i = 0; i < 5; i++) {
		zone_add(&zs, "/v/scaphandre/vm1/intel-rapl:0/energy_uj", NULL);
		zone_add(&zs, "/v/scaphandre/vm2/intel-rapl:0/energy_uj", "x");
		zone_add(&zs, "/tmp/x/a", NULL);
		if (names[i] != NULL)
			add("intel-rapl:0", names[i]);
		zone_choose(&zs, false);
		is("vm1", i < 3 ? "+share" : "=share");
		is("vm2", i < 3 ? "+share" : "=share");
		is("x", i < 3 ? "+file" : "=file");
		zones_free(&zs);
	}
}

static void
what_is_not_known_is_summed_without_packages(void)
{
	for (int packages = 0; packages < 2; packages++) {
		add("dtpm:0", "soc");
		add("dtpm:0:0", "cpu0");
		add("dtpm:1", "package-0");
		add("intel-rapl:5", "package-0-diet");
		if (packages)
			add("intel-rapl:0", "package-0");
		zone_choose(&zs, false);
		is("dtpm:0", packages ? "-other" : "+other");
		is("dtpm:0:0", "-part");
		is("dtpm:1", packages ? "-other" : "+other");
		is("intel-rapl:5", packages ? "=other" : "+other");
		zones_free(&zs);
	}
}

/* Without a name, a zone of the kernel is still in another one. */
static void
a_zone_without_a_name_is_not_counted_twice(void)
{
	add("intel-rapl:0", NULL);
	add("intel-rapl:0:0", NULL);
	add("intel-rapl:1", NULL);
	zone_choose(&zs, false);
	is("intel-rapl:0", "+file");
	is("intel-rapl:0:0", "-part");
	is("intel-rapl:1", "+file");
	zones_free(&zs);
}

/* Asserts the labels of paths, which have blanks between them. */
static void
labels(const char *want, const char *paths)
{
	for (size_t n; *paths != '\0'; paths += n + (paths[n] == ' ')) {
		char *path = mem_dup(paths, n = strcspn(paths, " "));

		zone_name(&zs, zone_add(&zs, path, NULL));
		free(path);
	}
	zone_choose(&zs, false);
	labels_are(want);
	zones_free(&zs);
}

static void
labels_are_those_of_the_original(void)
{
	labels("VM intel-rapl:0 x y",
	    "/var/lib/libvirt/scaphandre/VM/intel-rapl:0/energy_uj "
	    "/sys/class/powercap/intel-rapl:0/energy_uj "
	    "/tmp/x/a "
	    "./y/./energy_uj");
	/* A machine without a name; scaphandre above all, and above nothing. */
	labels("intel-rapl:0", "/v/scaphandre//intel-rapl:0/energy_uj");
	labels("a scaphandre",
	    "scaphandre/a/scaphandre/b/energy_uj "
	    "/v/scaphandre/energy_uj");
	labels("energy_uj a",
	    "energy_uj "
	    "/a");
}

static void
labels_are_unique(void)
{
	labels("a/z b/z y",
	    "/t/a/z/energy_uj "
	    "/t/b/z/energy_uj "
	    "/t/a/y/energy_uj");
	labels("p/a/z q/a/z b/z",
	    "/p/a/z/energy_uj "
	    "/q/a/z/energy_uj "
	    "/q/b/z/energy_uj");
	labels("z a/z",
	    "z/energy_uj "
	    "/a/z/energy_uj");
	/* What is before does not help. */
	labels("x/a x/b",
	    "/tmp/x/a "
	    "/tmp/x/b");
	labels("VM/intel-rapl:0 VM/intel-rapl:1",
	    "/scaphandre/VM/intel-rapl:0/energy_uj "
	    "/scaphandre/VM/intel-rapl:1/energy_uj");
	/* Nothing does; and the number is taken. */
	labels("z z#3 z#2",
	    "/z/energy_uj "
	    "z//energy_uj "
	    "/z#2/energy_uj");
}

static void
a_line_says_why(void)
{
	struct output out = { 0 };

	output_in_memory(&out);
	add("dtpm:0", "soc");
	add("intel-rapl:0", "package-0-die-0");
	add("intel-rapl:0:0", "co\033[2J\n\xc2\x9bre\xff\xc3\xa9");
	add("intel-rapl:1", "psys");
	add("intel-rapl:2", "package-0-die-1")->mirrors = true;
	add("intel-rapl-mmio:0", "package-0-die-0");
	zone_add(&zs, "/scaphandre/vm/intel-rapl:0/energy_uj", NULL);
	zone_name(&zs, add("intel-rapl:0:1", "uncore"));
	zone_add(&zs, "/tmp/x/a", NULL);
	zone_choose(&zs, false);
	zone_explain(&zs, &out);
	wrote(&out,
	    "intel-rapl:0:1 (uncore) is not summed: it is part of "
	    "intel-rapl:0 (package-0-die-0)\n"
	    "vm is not summed: it is a virtual machine's share of the rest\n"
	    "dtpm:0 (soc) is left out: the packages may hold it\n"
	    "intel-rapl:0:0 (co\\x1b[2J\\x0a\\xc2\\x9bre\\xff\xc3\xa9) is "
	    "left out: it is part of intel-rapl:0 (package-0-die-0)\n"
	    "intel-rapl:1 (psys) is not summed: it holds the packages\n"
	    "intel-rapl:2 (package-0-die-1) is left out: it shows the counter "
	    "of intel-rapl:0 (package-0-die-0)\n"
	    "intel-rapl-mmio:0 (package-0-die-0) is left out: it is the same "
	    "as intel-rapl:0 (package-0-die-0)\n"
	    "x is not summed: it has no name, and may be part of the rest\n");
	output_close(&out);
	zones_free(&zs);
}

/*
 * AMD's unit of 2^-16 J wraps after 2^32 * 15258 nJ / 400 W = 163.83 s, a
 * range that is no 32 bits of a unit after 1000001 uJ / 400 W = 2.5 ms.
 */
static void
the_list_is_a_table(void)
{
	struct output out = { 0 };
	struct zone *z;

	output_in_memory(&out);
	z = add("intel-rapl:0", "package-0");
	z->has_range = true;
	z->range_uj = 65532610987;
	z = add("intel-rapl:0:0", "c\xc3\xb6re\t");
	z->has_range = true;
	z->range_uj = 1000000000;
	z = add("intel-rapl:1", "psys");
	z->has_range = true;
	z->range_uj = 4294967295000000;
	zone_add(&zs, "/tmp/x/a", NULL);
	zone_choose(&zs, false);
	zone_list(&zs, &out);
	wrote(&out,
	    "ZONE            NAME       ROLE             RANGE_UJ     UNIT_NJ"
	    "  WRAP_AT_400W  USE       PATH\n"
	    "intel-rapl:0    package-0  package       65532610987       15258"
	    "         163.8  summed    "
	    "/sys/class/powercap/intel-rapl:0/energy_uj\n"
	    "intel-rapl:0:0  c\xc3\xb6re\\x09   part           1000000000"
	    "           -           2.5  left-out  "
	    "/sys/class/powercap/intel-rapl:0:0/energy_uj\n"
	    "intel-rapl:1    psys       psys     4294967295000000  1000000000"
	    "    10737418.2  recorded  "
	    "/sys/class/powercap/intel-rapl:1/energy_uj\n"
	    "x               -          file                    -           -"
	    "             -  recorded  /tmp/x/a\n");
	zones_free(&zs);
	zone_choose(&zs, false);
	zone_explain(&zs, &out);
	wrote(&out, "");
	zone_list(&zs, &out);
	wrote(&out,
	    "ZONE  NAME  ROLE  RANGE_UJ  UNIT_NJ  WRAP_AT_400W  USE  PATH\n");
	output_close(&out);
	zones_free(&zs);
}

/* The same whatever the order is in which a folder tells its entries. */
static void
the_order_of_finding_does_not_matter(void)
{
	static const char *const ids[] = { "intel-rapl:0", "intel-rapl:0:0",
		"intel-rapl:0:a", "intel-rapl:1", "intel-rapl-mmio:0", "zzz",
		"intel-rapl", ":", "intel-rapl:0:", "intel-rapl:0x1",
		"intel-rapl:0:0:0:0:0:0:0:0:0", "dtpm:0" };
	static const char *const names[] = { "package-0", "core", "dram",
		"psys", "package-0", "a", "b", "c", "d", "e", "f", "g" };
	enum { IDS = sizeof(ids) / sizeof(*ids) };
	struct output first = { 0 }, out = { 0 };

	output_in_memory(&first);
	output_in_memory(&out);
	for (size_t step = 1; step < IDS; step++) {
		if (step % 2 == 0 || step % 3 == 0)
			continue;
		for (size_t i = 0; i < IDS; i++)
			add(ids[i * step % IDS], names[i * step % IDS]);
		zone_choose(&zs, false);
		out.n = 0;
		zone_list(&zs, &out);
		zone_explain(&zs, &out);
		zones_free(&zs);
		if (step == 1)
			output_put(&first, out.buf, out.n);
		assert(
		    out.n == first.n && memcmp(out.buf, first.buf, out.n) == 0);
	}
	output_close(&first);
	output_close(&out);
}

int
main(void)
{
	a_client_is_its_package_and_its_memory();
	two_sockets_add_up();
	mmio_alone_is_what_its_name_says();
	dies_count_apart_unless_they_mirror();
	the_first_die_is_the_lowest_of_the_socket();
	numbers_are_hexadecimal();
	a_part_is_summed_if_nothing_counts_it_twice();
	a_board_holds_what_its_names_say();
	what_is_no_number_of_a_zone_is_in_no_zone();
	nested_trees_are_as_flat_ones();
	named_zones_are_recorded_in_their_order();
	shares_and_files_add_up_only_without_a_host();
	what_is_not_known_is_summed_without_packages();
	a_zone_without_a_name_is_not_counted_twice();
	labels_are_those_of_the_original();
	labels_are_unique();
	a_line_says_why();
	the_list_is_a_table();
	the_order_of_finding_does_not_matter();
	return 0;
}
