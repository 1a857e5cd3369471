/* SPDX-License-Identifier: MIT */
/* survey: trees that look like machines, and what is found in them */
#include "energy/survey.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#include "folder.h"
#include "point.h"
#include "zones.h"

enum { PATH = 1024, NOBODY = 54321 };

static char dir[] = "/tmp/tk-survey-XXXXXX";

static struct zones zs;
static struct output text_of_zones;

/* Returns a path below the test's folder, good until the next but three. */
static const char *at(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

static const char *
at(const char *fmt, ...)
{
	static char path[4][PATH];
	static unsigned next;
	char *p = path[next++ % 4];
	int n = snprintf(p, PATH, "%s/", dir);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(p + n, PATH - (size_t)n, fmt, ap);
	va_end(ap);
	return p;
}

static void
put(const char *path, const char *bytes)
{
	FILE *f;

	folder_make("", path);
	f = fopen(path, "w");
	assert(f != NULL);
	fputs(bytes, f);
	fclose(f);
}

/* Makes a zone; what is NULL is not there. */
static void
zone(const char *folder, const char *name, const char *value, const char *range)
{
	char path[PATH];

	snprintf(path, sizeof(path), "%s/energy_uj", folder);
	put(path, value);
	snprintf(path, sizeof(path), "%s/name", folder);
	if (name != NULL)
		put(path, name);
	snprintf(path, sizeof(path), "%s/max_energy_range_uj", folder);
	if (range != NULL)
		put(path, range);
}

static void
link_to(const char *target, const char *path)
{
	assert(symlink(target, path) == 0);
}

/* Asserts each zone: label, role, + summed, = recorded or - left out. */
static void
zones_are(const char *want)
{
	struct output *out = &text_of_zones;

	zone_choose(&zs, false);
	for (size_t i = 0; i < zs.n; i++) {
		const struct zone *z = &zs.zone[i];

		output_printf(out, "%s%s%s%s", i > 0 ? " " : "", z->label,
		    z->summed         ? "+"
			: z->left_out ? "-"
				      : "=",
		    zone_role_word(z->role));
	}
	wrote(out, want);
}

/* Makes what /sys has of a client: a real tree, and a folder of links. */
static void
make_client(void)
{
	static const char *const zones[][3] = {
		{ "intel-rapl:0", "package-0\n", "" },
		{ "intel-rapl:0:0", "core\n", "intel-rapl:0/" },
		{ "intel-rapl:0:1", "uncore\n", "intel-rapl:0/" },
		{ "intel-rapl:0:2", "dram\n", "intel-rapl:0/" },
		{ "intel-rapl:1", "psys\n", "" },
	};
	const char *top = "sys/devices/virtual/powercap";
	char path[PATH];

	put(at("sys/class/powercap/x"), "");
	for (size_t i = 0; i < 5; i++) {
		snprintf(path, sizeof(path), "%s/intel-rapl/%s%s", top,
		    zones[i][2], zones[i][0]);
		zone(at("%s", path), zones[i][1], "123456\n", "262143328850\n");
		link_to(at("sys/class/powercap"), at("%s/subsystem", path));
		link_to("..", at("%s/device", path));
		put(at("%s/power/control", path), "auto\n");
		put(at("%s/enabled", path), "1\n");
		link_to(at("%s", path),
		    at("sys/class/powercap/%s", zones[i][0]));
	}
	zone(at("%s/intel-rapl-mmio/intel-rapl-mmio:0", top), "package-0\n",
	    "123456\n", "262143328850\n");
	link_to(at("%s/intel-rapl-mmio/intel-rapl-mmio:0", top),
	    at("sys/class/powercap/intel-rapl-mmio:0"));
	link_to(at("%s/intel-rapl", top), at("sys/class/powercap/intel-rapl"));
	/* A zone of power alone. */
	put(at("%s/dtpm/dtpm:0/power_uw", top), "5\n");
	link_to(at("%s/dtpm/dtpm:0", top), at("sys/class/powercap/dtpm:0"));
	link_to("nowhere", at("sys/class/powercap/broken"));
	link_to("x", at("sys/class/powercap/file"));
}

static const char client[] = "intel-rapl:0+package intel-rapl:0:0-part "
			     "intel-rapl:0:1-part intel-rapl:0:2+dram "
			     "intel-rapl:1=psys intel-rapl-mmio:0-twin";

static void
a_client_is_found_once(void)
{
	const struct zone *z;

	assert(survey_root(&zs, at("sys/class/powercap")) == 6);
	assert(zs.shut == 0);
	zones_are(client);
	z = zone_labelled(&zs, "intel-rapl:0:2");
	assert(strcmp(z->path,
		   at("sys/class/powercap/intel-rapl:0:2/energy_uj")) == 0);
	assert(strcmp(z->name, "dram") == 0 && !z->written_raw);
	assert(z->has_value && z->value_uj == 123456 && z->error == 0);
	assert(z->has_range && z->range_uj == 262143328850);
	/* Again, and by the real tree. */
	assert(survey_root(&zs, at("sys/class/powercap/")) == 0);
	assert(survey_root(&zs, at("sys/devices")) == 0);
	zones_are(client);
	zones_free(&zs);
	/* The real tree alone says the same. */
	assert(survey_root(&zs, at("sys/devices")) == 6);
	zones_are(client);
	zones_free(&zs);
}

static void
zones_are_named(void)
{
	const char *core = "sys/devices/virtual/powercap/intel-rapl/"
			   "intel-rapl:0/intel-rapl:0:0/energy_uj";

	/* By a folder, by a file, and the same by its real path. */
	assert(survey_named(&zs, at("sys/class/powercap/intel-rapl:1/")) == 1);
	assert(survey_named(&zs, at("%s", core)) == 1);
	assert(survey_named(&zs,
		   at("sys/class/powercap/intel-rapl:0:0/energy_uj")) == 0);
	zones_are("intel-rapl:1=psys intel-rapl:0:0+part");
	/* It is part of what is named by the other path. */
	assert(survey_named(&zs,
		   at("sys/class/powercap/intel-rapl:0/energy_uj")) == 1);
	zones_are("intel-rapl:1=psys intel-rapl:0:0=part "
		  "intel-rapl:0+package");
	zones_free(&zs);
	/* A folder of zones: they are found, not named. */
	assert(survey_named(&zs, at("sys/class/powercap")) == 6);
	assert(survey_named(&zs, at("sys/class/powercap")) == 0);
	zones_are(client);
	assert(survey_named(&zs, at("sys/class/powercap/intel-rapl:1")) == 0);
	zone_choose(&zs, false);
	assert(strcmp(zs.zone[0].label, "intel-rapl:1") == 0);
	zones_free(&zs);
	/* Without its folder in the path. */
	assert(chdir(at("sys/class/powercap/intel-rapl:0")) == 0);
	assert(survey_named(&zs, "energy_uj") == 1);
	assert(survey_named(&zs, ".") == 0);
	assert(survey_named(&zs, "intel-rapl:0:2/../energy_uj") == 0);
	zones_are("intel-rapl:0+package");
	zones_free(&zs);
	assert(chdir("/") == 0);
}

static void
what_is_not_there_is_an_error(void)
{
	put(at("empty/folder/file"), "");
	assert(survey_root(&zs, at("none")) == -1 && errno == ENOENT);
	assert(survey_root(&zs, at("empty/folder/file")) == -1);
	assert(errno == ENOTDIR);
	assert(survey_root(&zs, at("empty")) == 0);
	assert(survey_named(&zs, at("empty")) == -1 && errno == ENODATA);
	assert(survey_named(&zs, at("none")) == -1 && errno == ENOENT);
	assert(survey_named(&zs, "") == -1 && errno == ENOENT);
	assert(zs.n == 0);
	survey_mirrors(&zs, 1000);
	zones_are("");
	zones_free(&zs);
}

/* Writes the file that was empty. */
static int file_to_write;

static void
write_now(int number)
{
	assert(number == SIGALRM && write(file_to_write, "77", 2) == 2);
}

/* The time is over before the first pause is, and the signal comes in it. */
static void
a_file_that_is_being_written_is_read_again(void)
{
	const struct itimerval soon = { .it_value.tv_usec = 500 };

	zone(at("written"), NULL, "", NULL);
	file_to_write = open(at("written/energy_uj"), O_WRONLY);
	assert(file_to_write >= 0);
	assert(signal(SIGALRM, write_now) != SIG_ERR);
	assert(setitimer(ITIMER_REAL, &soon, NULL) == 0);
	assert(survey_named(&zs, at("written")) == 1);
	assert(zs.zone[0].has_value && zs.zone[0].value_uj == 77);
	assert(zs.zone[0].written_raw && zs.zone[0].error == 0);
	close(file_to_write);
	zones_free(&zs);
}

static void
children_are_hexadecimal(void)
{
	zone(at("hex/intel-rapl:0"), "package-0\n", "1\n", "100\n");
	for (unsigned i = 0; i < 0x11; i++)
		zone(at("hex/intel-rapl:0:%x", i),
		    i < 0x10 ? "core\n" : "dram\n", "1\n", "100\n");
	assert(survey_root(&zs, at("hex")) == 0x12);
	zone_choose(&zs, false);
	for (unsigned i = 0; i < 0x11; i++) {
		char label[32];

		snprintf(label, sizeof(label), "intel-rapl:0:%x", i);
		assert(strcmp(zs.zone[i + 1].label, label) == 0);
	}
	assert(zone_labelled(&zs, "intel-rapl:0:a")->role == ZONE_PART);
	assert(zone_labelled(&zs, "intel-rapl:0:10")->role == ZONE_DRAM);
	zones_free(&zs);
}

/* An empty machine's name stands for a path with two slashes. */
static void
scaphandre_is_a_tree_of_virtual_machines(void)
{
	zone(at("scaphandre/vm1/intel-rapl:0"), NULL, "5000", NULL);
	zone(at("scaphandre/vm2/intel-rapl:0"), NULL, "", NULL);
	zone(at("scaphandre/intel-rapl:0"), NULL, "7", NULL);
	put(at("scaphandre/vm1/intel-rapl:0:0/x"), "");
	unlink(at("scaphandre/vm1/intel-rapl:0:0/x"));
	assert(survey_root(&zs, at("scaphandre")) == 3 && zs.shut == 0);
	zones_are("intel-rapl:0+share vm1+share vm2+share");
	assert(zone_labelled(&zs, "vm1")->value_uj == 5000 &&
	    zone_labelled(&zs, "vm1")->written_raw);
	assert(zone_labelled(&zs, "vm1")->virtual &&
	    !zone_labelled(&zs, "vm1")->has_range);
	assert(!zone_labelled(&zs, "vm2")->has_value &&
	    zone_labelled(&zs, "vm2")->error == ENODATA);
	zones_free(&zs);
	assert(
	    survey_named(&zs, at("scaphandre//intel-rapl:0/energy_uj")) == 1);
	assert(survey_named(&zs, at("scaphandre/vm1")) == 1);
	assert(survey_root(&zs, at("sys/class/powercap")) == 6);
	zone_choose(&zs, false);
	assert(!zone_labelled(&zs, "vm1")->summed &&
	    !zone_labelled(&zs, "vm1")->left_out);
	zones_free(&zs);
}

static void
files_of_any_name_are_zones(void)
{
	put(at("files/a"), " 12 \n\n");
	put(at("files/b"), "18446744073709551615");
	put(at("files/name"), "package-0\n");
	assert(survey_named(&zs, at("files/a")) == 1);
	assert(survey_named(&zs, at("files/b")) == 1);
	assert(survey_named(&zs, at("files//a")) == 0);
	zones_are("files/a+file files/b+file");
	assert(zone_labelled(&zs, "files/a")->value_uj == 12);
	assert(!zone_labelled(&zs, "files/a")->written_raw &&
	    zone_labelled(&zs, "files/b")->written_raw);
	assert(zone_labelled(&zs, "files/b")->value_uj == UINT64_MAX);
	zones_free(&zs);
}

static void
equal_names_get_their_folders(void)
{
	zone(at("two/a/z"), NULL, "1\n", NULL);
	zone(at("two/b/z"), NULL, "1\n", NULL);
	link_to("a", at("two/c"));
	assert(survey_root(&zs, at("two")) == 2);
	zones_are("a/z+file b/z+file");
	zones_free(&zs);
}

static void
what_is_no_number_is_told(void)
{
	static const char *const bad[] = { "-1\n", "1 2\n", "0x10\n", "\n",
		"18446744073709551616\n", "1.5\n", "abc", "+1\n" };
	char blanks[200];

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		zone(at("bad/z%zu", i), "x", bad[i], bad[i]);
	memset(blanks, ' ', sizeof(blanks));
	blanks[0] = '1';
	blanks[sizeof(blanks) - 1] = '\0';
	zone(at("bad/zlong"), "x", blanks, "0\n");
	assert(survey_root(&zs, at("bad")) == 9);
	for (size_t i = 0; i < zs.n; i++) {
		assert(!zs.zone[i].has_value && zs.zone[i].error == EINVAL);
		assert(!zs.zone[i].has_range);
	}
	zones_free(&zs);
}

static void
names_may_be_anything(void)
{
	char name[5000];
	const struct zone *z;

	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = '\0';
	zone(at("odd/a"), name, "1\n", NULL);
	zone(at("odd/b"), "\n\n", "1\n", NULL);
	zone(at("odd/c"), "", "1\n", NULL);
	zone(at("odd/d\033[2J\n\xff"), "pack\033]0;\a\nage-0\n", "1\n", NULL);
	zone(at("odd/e"), NULL, "1\n", NULL);
	assert(mkdir(at("odd/e/name"), 0777) == 0);
	assert(mkfifo(at("odd/e/max_energy_range_uj"), 0666) == 0);
	zone(at("odd/f"), NULL, "1\n", NULL);
	link_to("/etc/hostname", at("odd/f/name"));
	zone(at("odd/g"), "name\n", "1\n", NULL);
	assert(truncate(at("odd/g/name"), 0) == 0);
	assert(truncate(at("odd/g/name"), 9) == 0);
	assert(survey_root(&zs, at("odd")) == 7);
	zone_choose(&zs, false);
	z = zone_labelled(&zs, "a");
	assert(
	    strlen(z->name) > 100 && strspn(z->name, "x") == strlen(z->name));
	assert(zone_labelled(&zs, "b")->name == NULL &&
	    zone_labelled(&zs, "c")->name == NULL);
	assert(zone_labelled(&zs, "e")->name == NULL &&
	    !zone_labelled(&zs, "e")->has_range);
	assert(zone_labelled(&zs, "f")->name == NULL &&
	    zone_labelled(&zs, "g")->name == NULL);
	assert(strcmp(zone_labelled(&zs, "d\033[2J\n\xff")->name,
		   "pack\033]0;\a\nage-0") == 0);
	zone_list(&zs, &text_of_zones);
	zone_explain(&zs, &text_of_zones);
	assert(memchr(text_of_zones.buf, '\033', text_of_zones.n) == NULL);
	text_of_zones.n = 0;
	zones_free(&zs);
}

/* Folders that lead back, counters that are none, and depth. */
static void
a_walk_ends(void)
{
	zone(at("deep/1/2/3/4/5/6/7/8"), NULL, "1\n", NULL);
	zone(at("deep/1/2/3/4/5/6/7/8/9"), NULL, "1\n", NULL);
	link_to("..", at("deep/1/up"));
	link_to("../../../../deep", at("deep/1/2/3/top"));
	link_to(".", at("deep/self"));
	link_to("/etc/hostname", at("deep/1/energy_uj"));
	assert(mkdir(at("deep/1/2/energy_uj"), 0777) == 0);
	assert(mkfifo(at("deep/1/2/3/energy_uj"), 0666) == 0);
	assert(survey_root(&zs, at("deep")) == 2);
	zones_are("3+file 8+file");
	assert(zone_labelled(&zs, "3")->error == ENODATA);
	zones_free(&zs);
	/* What is named is followed. */
	assert(survey_named(&zs, at("deep/1/energy_uj")) == 1);
	assert(zs.zone[0].error == EINVAL);
	zones_free(&zs);
}

static void
put_dies(const char *first, const char *second, const char *range)
{
	zone(at("amd/intel-rapl:0"), "package-0-die-0\n", first, range);
	zone(at("amd/intel-rapl:1"), "package-0-die-1\n", second, range);
	zone(at("amd/intel-rapl:1:0"), "core\n", "5\n", range);
	assert(survey_root(&zs, at("amd")) == 3);
	survey_mirrors(&zs, 1000);
}

static void
dies_that_mirror_are_told_apart(void)
{
	const char *mirrored = "intel-rapl:0+package intel-rapl:1-mirror "
			       "intel-rapl:1:0-part";
	const char *own = "intel-rapl:0+package intel-rapl:1+package "
			  "intel-rapl:1:0-part";

	put_dies("65000000000\n", "65000000000\n", "65532610987\n");
	zones_are(mirrored);
	zones_free(&zs);
	/* A ms at 1000 W is a J. */
	put_dies("65000000000\n", "65001000000\n", "65532610987\n");
	zones_are(mirrored);
	zones_free(&zs);
	/* One is round already: 500000 uJ on. */
	put_dies("65532510987\n", "400000\n", "65532610987\n");
	zones_are(mirrored);
	zones_free(&zs);
	/* Where the range is not known, it may not have gone round. */
	put_dies("65532510987\n", "400000\n", "0\n");
	zones_are(own);
	zones_free(&zs);
	put_dies("65000000000\n", "25000000000\n", "65532610987\n");
	zones_are(own);
	zones_free(&zs);
	put_dies("65000000000\n", "\n", "65532610987\n");
	zones_are(own);
	zones_free(&zs);
}

static void
dies_of_other_ranges_are_their_own(void)
{
	put_dies("7\n", "7\n", "65532610987\n");
	zones_free(&zs);
	put(at("amd/intel-rapl:1/max_energy_range_uj"), "262143328850\n");
	assert(survey_root(&zs, at("amd")) == 3);
	survey_mirrors(&zs, 1000);
	zones_are("intel-rapl:0+package intel-rapl:1+package "
		  "intel-rapl:1:0-part");
	zones_free(&zs);
}

/* Tells whether what was written has a text in it, and how many lines. */
static bool
says(const char *what)
{
	return memmem(text_of_zones.buf, text_of_zones.n, what, strlen(what)) !=
	    NULL;
}

static void
advice_is_of_the_error(void)
{
	struct output *out = &text_of_zones;

	survey_advice("/none/x\033", ENOENT, out);
	wrote(out, "/none/x\\x1b: No such file or directory\n");
	put(at("advice/empty"), "");
	survey_advice(at("advice/empty"), ENODATA, out);
	assert(says("advice/empty: an empty file\n"));
	out->n = 0;
	assert(mkfifo(at("advice/fifo"), 0600) == 0);
	survey_advice(at("advice/fifo"), ENODATA, out);
	assert(says("advice/fifo: a FIFO, in which there is nothing\n"));
	out->n = 0;
	survey_advice(at("advice"), ENODATA, out);
	assert(
	    says("/advice: a folder without an energy_uj, and none is below"));
	out->n = 0;
	survey_advice("/x", EIO, out);
	wrote(out, "/x: Input/output error\n");
	survey_advice("/x", EINVAL, out);
	wrote(out, "/x: no number of microjoules\n");
}

static void
advise_on_one_file(void)
{
	struct output *out = &text_of_zones;
	char program[PATH] = "", want[PATH + 64];

	survey_advice(at("closed/intel-rapl:0/energy_uj"), EACCES, out);
	assert(readlink("/proc/self/exe", program, PATH - 1) > 0);
	assert(says(at("closed/intel-rapl:0/energy_uj: Permission denied: ")));
	assert(says("mode 0400, owner ") && says("CVE-2020-8694"));
	assert(says("Linux 5.10") && says("only root"));
	assert(says("&& chmod g+r /") && says("setfacl -m u:"));
	snprintf(want, sizeof(want), "setcap cap_dac_read_search=ep %s\n",
	    program);
	assert(says(want) && out->buf[out->n - 1] == '\n');
	out->n = 0;
	/* That is not why a file of a virtual machine is closed. */
	survey_advice(at("scaphandre/vm1/intel-rapl:0/energy_uj"), EPERM, out);
	assert(says("mode 06") && !says("CVE") && says("setfacl"));
	out->n = 0;
	/* Nor is one to be given to a shell that it could harm. */
	survey_advice(at("odd/d\033[2J\n\xff/energy_uj"), EACCES, out);
	put(at("odd/-x"), "");
	assert(says("d\\x1b[2J\\x0a\\xff/energy_uj") && says("g+r FILE"));
	out->n = 0;
	assert(chdir(at("odd")) == 0);
	survey_advice("-x", EACCES, out);
	assert(says("g+r FILE") && !says(" -x") && chdir("/") == 0);
	out->n = 0;
}

static void
a_closed_file_is_a_zone(void)
{
	zone(at("closed/intel-rapl:0"), "package-0\n", "1\n", "100\n");
	zone(at("closed/intel-rapl:1"), "package-1\n", "1\n", "100\n");
	put(at("closed/shut/x"), "");
	assert(chmod(at("closed/intel-rapl:0/energy_uj"), 0400) == 0);
	assert(chmod(at("closed/shut"), 0700) == 0);
	advise_on_one_file();
	survey_advice(at("closed/shut"), EACCES, &text_of_zones);
	assert(says("closed/shut: Permission denied: mode 0700, owner "));
	assert(says("&& chmod g+rx /") && says(":rx /") && !says("CVE"));
	text_of_zones.n = 0;
	if (geteuid() != 0) {
		puts("survey: it needs root to be another user: skipped");
		return;
	}
	assert(chmod(dir, 0755) == 0 && seteuid(NOBODY) == 0);
	assert(survey_root(&zs, at("closed")) == 2);
	zones_are("intel-rapl:0+package intel-rapl:1+package");
	assert(!zs.zone[0].has_value && zs.zone[0].error == EACCES);
	assert(zs.zone[0].has_range && zs.zone[1].has_value);
	assert(zs.shut == 1 && zs.shut_error == EACCES);
	assert(strcmp(zs.shut_path, at("closed/shut")) == 0);
	zones_free(&zs);
	assert(survey_root(&zs, at("closed/shut")) == -1 && errno == EACCES);
	assert(survey_named(&zs, at("closed/shut/x")) == -1);
	assert(errno == EACCES);
	survey_advice(at("closed/shut/x"), EACCES, &text_of_zones);
	assert(says("closed/shut/x: Permission denied: a folder above it"));
	text_of_zones.n = 0;
	zones_free(&zs);
	assert(seteuid(0) == 0);
}

int
main(void)
{
	char command[64];

	umask(022);
	assert(mkdtemp(dir) != NULL);
	output_in_memory(&text_of_zones);
	make_client();
	a_client_is_found_once();
	zones_are_named();
	what_is_not_there_is_an_error();
	children_are_hexadecimal();
	a_file_that_is_being_written_is_read_again();
	scaphandre_is_a_tree_of_virtual_machines();
	files_of_any_name_are_zones();
	equal_names_get_their_folders();
	what_is_no_number_is_told();
	names_may_be_anything();
	a_walk_ends();
	dies_that_mirror_are_told_apart();
	dies_of_other_ranges_are_their_own();
	advice_is_of_the_error();
	a_closed_file_is_a_zone();
	output_close(&text_of_zones);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	return system(command) == 0 ? 0 : 1;
}
