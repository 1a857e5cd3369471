/* SPDX-License-Identifier: MIT */
/*
 * tk-pids -- list the threads of services, with their addresses
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "cli/cli.h"
#include "pids/engine.h"
#include "pids/gather.h"
#include "pids/process.h"
#include "system/owner.h"

enum { CGROUP = 0x100, CLIENT, NETNS, TIMEOUT, TIMEOUT_MAX = 86400 };

static const struct cli_option options[] = {
	{ '6', "ipv6", NULL, "a second line with the IPv6 address" },
	{ CGROUP, "cgroup", NULL, "the operands are control groups" },
	{ CLIENT, "client", "NAME", "ask docker, or podman" },
	{ NETNS, "netns", NULL, "the operands are network namespaces" },
	{ 'o', "output", "FILE", "write the table here" },
	{ TIMEOUT, "timeout", "SECONDS", "give the client so long (30)" },
	{ 0, NULL, NULL, NULL },
};

/* What the operands are. */
enum kind { NETWORK, NAMED, GROUPS, SPACES };

static enum kind kind;
static bool both;
static const char *client, *file;
static unsigned seconds = 30;
static struct gather gather;

static void
read_options(void)
{
	bool groups = false, spaces = false;
	int c;

	while ((c = cli_getopt()) != -1)
		switch (c) {
		case '6':
			both = true;
			break;
		case CGROUP:
			groups = true;
			break;
		case CLIENT:
			if (strcmp(optarg, "docker") != 0 &&
			    strcmp(optarg, "podman") != 0)
				cli_usage("--client %s: not docker or podman",
				    optarg);
			client = optarg;
			break;
		case NETNS:
			spaces = true;
			break;
		case 'o':
			file = optarg;
			break;
		case TIMEOUT:
			seconds = (unsigned)cli_number("--timeout", 1,
			    TIMEOUT_MAX);
			break;
		}
	if (groups && spaces)
		cli_usage("--cgroup and --netns exclude each other");
	kind = groups ? GROUPS : spaces ? SPACES : NETWORK;
}

/* The name of a service is a column of the table. */
static void
check_name(struct str name, const char *operand)
{
	if (name.n == 0 && kind == GROUPS && *operand == '/')
		cli_usage("%s: the root of the groups is no service: name the "
			  "groups in it",
		    operand);
	if (!roster_takes(name))
		cli_usage("%s: the name %s", operand,
		    name.n == 0 ? "is empty" : "has white space");
}

/* Docker and Podman give no network another name; none is an option. */
static void
check_network(const char *name)
{
	static const char known[] = "0123456789_.-"
				    "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	if (name[strspn(name, known)] != '\0' || strchr("-._", *name) != NULL)
		cli_usage("%s: no name of a network, and not NAME=PID", name);
}

/* Checks that the operands fit together, and tells what they are. */
static void
check_operands(char *const *operand)
{
	if (*operand == NULL)
		cli_usage("no operand: of which services?");
	if (kind == NETWORK && strchr(*operand, '=') != NULL)
		kind = NAMED;
	for (size_t i = 0; operand[i] != NULL; i++)
		if (kind == GROUPS)
			check_name(gather_last(operand[i]), operand[i]);
		else if (kind == SPACES && strchr(operand[i], '/') != NULL)
			cli_usage("%s: not a name, but a path", operand[i]);
		else if (kind == SPACES)
			check_name(str_of(operand[i]), operand[i]);
		else if (kind == NETWORK)
			check_network(operand[i]);
	if (kind == NETWORK && operand[1] != NULL)
		cli_usage("%s: one network at a time", operand[1]);
	if (kind != NETWORK && client != NULL)
		cli_usage("--client is for a network");
}

static struct named
read_named(const char *operand)
{
	struct named named = { .name = str_of(operand) };
	size_t n = named.name.n;
	uint64_t pid;

	while (n > 0 && operand[n - 1] != '=')
		n--;
	if (n == 0)
		cli_usage("%s: not NAME=PID", operand);
	named.name.n = n - 1;
	check_name(named.name, operand);
	if (!num_u64(str_of(operand + n), &pid) || pid == 0 || pid > INT32_MAX)
		cli_usage("%s: %s is no process", operand, operand + n);
	named.pid = (int32_t)pid;
	return named;
}

static void
gather_operands(char *const *operand)
{
	struct named *named = NULL;
	size_t n = 0, cap = 0;

	for (; operand[n] != NULL; n++) {
		named = mem_grow(named, &cap, n + 1, sizeof(*named));
		named[n] = read_named(operand[n]);
	}
	gather_named(&gather, named, n);
	free(named);
}

static void
gather_network(const char *network)
{
	struct containers list = { 0 };

	if (engine_containers(client, network, seconds, &list, &gather.why) ==
	    0)
		gather_containers(&gather, &list);
	containers_free(&list);
}

/*
 * Some processes even root may not look at, where it was left only a part of
 * its rights.  That one of them is in a namespace is not likely then.
 */
static void
tell_refused(void)
{
	const char *why = strerror(gather.refused_err);
	const char *many = gather.refused == 1 ? "" : "es";

	if (kind == SPACES && geteuid() == 0)
		cli_note("%zu process%s could not be looked at: %s",
		    gather.refused, many, why);
	else
		cli_errx("%zu process%s could not be looked at: %s",
		    gather.refused, many, why);
}

/* Says what could not be found out. */
static void
tell(void)
{
	struct str rest = { gather.why.buf, gather.why.n }, line;
	bool found = false;

	while (str_line(&rest, &line))
		cli_errx("%.*s", (int)line.n, line.p);
	rest = (struct str){ gather.notes.buf, gather.notes.n };
	while (str_line(&rest, &line))
		cli_note("%.*s", (int)line.n, line.p);
	if (gather.refused > 0)
		tell_refused();
	if (gather.blind > 0)
		cli_errx("%zu thread%s in a network namespace that could not "
			 "be entered: %s",
		    gather.blind, gather.blind == 1 ? " is" : "s are",
		    strerror(gather.blind_err));
	for (size_t i = 0; i < roster_services(gather.roster); i++) {
		const char *name = roster_name(gather.roster, i);

		found = found || roster_count(gather.roster, i) > 0;
		if (roster_bare(gather.roster, i) > 0 && gather.blind == 0)
			cli_note("%s has no address but that of loopback: "
				 "its lines have none",
			    name);
	}
	if (found && process_renumbered())
		cli_note("these numbers are good in this container only, not "
			 "in a recording of the kernel's, nor for tk-krflow: "
			 "run it outside");
	if (!found && !cli_failed())
		cli_errx("no thread was found");
}

static void
put_table(void)
{
	struct owner owner;
	struct output out;
	int fd;

	if (file == NULL) {
		roster_put(gather.roster, cli_output(), both);
		return;
	}
	owner_find(&owner);
	fd = owner_create(&owner, AT_FDCWD, file, O_WRONLY);
	if (fd < 0) {
		cli_err("%s", file);
		return;
	}
	output_on(&out, fd, file);
	roster_put(gather.roster, &out, both);
	if (output_close(&out) < 0)
		cli_err("%s", file);
}

int
main(int argc, char *argv[])
{
	char **operand;

	signal(SIGCHLD, SIG_DFL); /* a parent may have ignored it */
	cli_start(argc, argv, "NETWORK | NAME ... | PATH ... | NAME=PID ...",
	    options);
	read_options();
	operand = cli_operands();
	check_operands(operand);
	gather_open(&gather);
	if (kind == GROUPS)
		gather_groups(&gather, operand);
	else if (kind == SPACES)
		gather_spaces(&gather, operand);
	else if (kind == NAMED)
		gather_operands(operand);
	else
		gather_network(*operand);
	tell();
	if (roster_total(gather.roster) > 0)
		put_table();
	gather_close(&gather);
	return cli_finish();
}
