/* SPDX-License-Identifier: MIT */
#include "source/rules.h"

struct rule {
	const char *key;
	enum what what;
};

static const struct rule enter_rules[] = {
	{ "__syscall_nr", SIGNED },
	{ NULL, ARGUMENT },
};
static const struct rule futex_rules[] = {
	{ "__syscall_nr", SIGNED },
	{ "op", FUTEX },
	{ NULL, ARGUMENT },
};
static const struct rule exit_rules[] = {
	{ "ret", SIGNED },
	{ "__syscall_nr", SIGNED },
	{ NULL, LOOKS },
};
static const struct rule sched_rules[] = {
	{ "prev_state", STATE },
	{ "prio", SIGNED32 },
	{ "prev_prio", SIGNED32 },
	{ "next_prio", SIGNED32 },
	{ "oldprio", SIGNED32 },
	{ "newprio", SIGNED32 },
	{ "group_dead", BOOLEAN },
	{ NULL, LOOKS },
};
static const struct rule socket_rules[] = {
	{ "family", SYMBOL },
	{ "protocol", SYMBOL },
	{ "oldstate", SYMBOL },
	{ "newstate", SYMBOL },
	{ "state", SYMBOL },
	{ "saddr", ADDRESS },
	{ "daddr", ADDRESS },
	{ "saddr_v6", ADDRESS },
	{ "daddr_v6", ADDRESS },
	{ "sock_cookie", HEX },
	{ NULL, LOOKS },
};
static const struct rule segment_rules[] = {
	{ "fin", BOOLEAN },
	{ "syn", BOOLEAN },
	{ "rst", BOOLEAN },
	{ "psh", BOOLEAN },
	{ "ack", BOOLEAN },
	{ NULL, LOOKS },
};
static const struct rule deliver_rules[] = {
	{ "sa_handler", HEX },
	{ "sa_flags", HEX },
	{ NULL, LOOKS },
};
static const struct rule irq_rules[] = {
	{ "ret", SYMBOL },
	{ NULL, LOOKS },
};
static const struct rule task_rules[] = {
	{ "clone_flags", HEX },
	{ NULL, LOOKS },
};
static const struct rule inode_rules[] = {
	{ "ino", HEX },
	{ "i_ino", HEX },
	{ "page", POINTER },
	{ NULL, LOOKS },
};
static const struct rule register_rules[] = {
	{ "msr", HEX },
	{ "val", HEX },
	{ NULL, LOOKS },
};
static const struct rule fpu_rules[] = {
	{ "xfeatures", HEX },
	{ "xcomp_bv", HEX },
	{ "load_fpu", BOOLEAN },
	{ NULL, LOOKS },
};
static const struct rule mode_rules[] = {
	{ "mode", OCTAL },
	{ NULL, LOOKS },
};
static const struct rule tree_rules[] = {
	{ "node", POINTER },
	{ "val", POINTER },
	{ NULL, LOOKS },
};
static const struct rule group_rules[] = {
	{ "group", POINTER },
	{ "parent", POINTER },
	{ NULL, LOOKS },
};
static const struct rule route_rules[] = {
	{ "saddr", ADDRESS },
	{ "daddr", ADDRESS },
	{ "src", ADDRESS },
	{ "dst", ADDRESS },
	{ "gw4", ADDRESS },
	{ "gw6", ADDRESS6 },
	{ NULL, LOOKS },
};
static const struct rule route6_rules[] = {
	{ "src", ADDRESS6 },
	{ "dst", ADDRESS6 },
	{ "gw", ADDRESS6 },
	{ NULL, LOOKS },
};
static const struct rule memory_rules[] = {
	{ "member", SYMBOL },
	{ NULL, LOOKS },
};
static const struct rule other_rules[] = { { NULL, LOOKS } };

/* The first whose name the event's begins with is it. */
static const struct canon_kind {
	const char *event;
	const struct rule *rules; /* that without a key is for all others */
} kinds[] = {
	{ "sys_enter_futex", futex_rules },
	{ "sys_enter_", enter_rules },
	{ "sys_exit_", exit_rules },
	{ "sched_", sched_rules },
	{ "tcp_ao_", segment_rules },
	{ "tcp_hash_", segment_rules },
	{ "tcp_", socket_rules },
	{ "inet_", socket_rules },
	{ "sock_", socket_rules },
	{ "sk_data_ready", socket_rules },
	{ "signal_deliver", deliver_rules },
	{ "irq_handler_exit", irq_rules },
	{ "task_newtask", task_rules },
	{ "mm_", inode_rules },
	{ "page_cache_", inode_rules },
	{ "fib6_", route6_rules },
	{ "fib_", route_rules },
	{ "icmp_", route_rules },
	{ "rss_stat", memory_rules },
	{ "rdpmc", register_rules },
	{ "write_msr", register_rules },
	{ "read_msr", register_rules },
	{ "x86_fpu_", fpu_rules },
	{ "ext4_fallocate_", other_rules },
	{ "ext4_punch_hole", other_rules },
	{ "ext4_zero_range", other_rules },
	{ "ext4_", mode_rules },
	{ "writeback_", mode_rules },
	{ "sb_", mode_rules },
	{ "ma_", tree_rules },
	{ "tmigr_", group_rules },
	{ "", other_rules },
};

const struct canon_kind *
rules_for(struct str event)
{
	const struct canon_kind *kind = kinds;

	while (!str_starts(event, kind->event))
		kind++;
	return kind;
}

enum what
rules_what(const struct canon_kind *kind, struct str key)
{
	const struct rule *rule = kind->rules;

	while (rule->key != NULL && !str_is(key, rule->key))
		rule++;
	return rule->what;
}
