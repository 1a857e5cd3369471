/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

#define COMM_PID_PRIO "comm={comm:c} pid={pid:d} prio={prio:d}"
#define COOKED_PRIO "{comm:c}:{pid:d} [{prio:d}]"

#define SOCK "sk address = {sk:i}, family = {family:i} protocol = {protocol:i}"
#define SOCK_DONE SOCK ", length = {ret:d}, error = 0, flags = {flags:i}"
#define SOCK_FAILED SOCK ", length = 0, error = {ret:d}, flags = {flags:i}"

#define SKB "skbaddr={skbaddr:w}"
#define SKB_DROPPED                                                            \
	" protocol={protocol:d} location={location:s} reason: {reason:w}"
#define CSD "func={func:s}, csd={csd:w}"
#define ICMP                                                                   \
	"icmp_send: type={type:d}, code={code:d}. From {saddr:s}:{sport:d} "   \
	"to {daddr:s}:{dport:d} ulen={ulen:d} skbaddr={skbaddr:w}"
#define MSR "{msr:i}, value {val:i}"
#define FPU                                                                    \
	"x86/fpu: {fpu:w} load: {load_fpu:i} xfeatures: {xfeatures:i} "        \
	"xcomp_bv: {xcomp_bv:i}"

/* Several layouts of an event stand together, the likeliest first. */
const struct printed printed[] = {
	{ "sched_switch",
	    "prev_comm={prev_comm:c} prev_pid={prev_pid:d} "
	    "prev_prio={prev_prio:d} prev_state={prev_state:z} ==> "
	    "next_comm={next_comm:c} next_pid={next_pid:d} "
	    "next_prio={next_prio:d}" },
	{ "sched_switch",
	    "prev_comm={prev_comm:c} prev_pid={prev_pid:d} "
	    "prev_prio={prev_prio:d} prev_state={prev_state:z} "
	    "next_comm={next_comm:c} next_pid={next_pid:d} "
	    "next_prio={next_prio:d}" },
	{ "sched_switch",
	    "{prev_comm:c}:{prev_pid:d} [{prev_prio:d}] {prev_state:Z} ==> "
	    "{next_comm:c}:{next_pid:d} [{next_prio:d}]" },
	{ "sched_wakeup", COMM_PID_PRIO " target_cpu={target_cpu:d}" },
	{ "sched_wakeup", COOKED_PRIO " CPU:{target_cpu:d}" },
	{ "sched_wakeup",
	    COMM_PID_PRIO " success={success:d} target_cpu={target_cpu:d}" },
	{ "sched_wakeup",
	    COOKED_PRIO " success={success:d} CPU:{target_cpu:d}" },
	{ "sched_wakeup_new", COMM_PID_PRIO " target_cpu={target_cpu:d}" },
	{ "sched_wakeup_new", COOKED_PRIO " CPU:{target_cpu:d}" },
	{ "sched_wakeup_new",
	    COMM_PID_PRIO " success={success:d} target_cpu={target_cpu:d}" },
	{ "sched_wakeup_new",
	    COOKED_PRIO " success={success:d} CPU:{target_cpu:d}" },
	{ "sched_waking", COMM_PID_PRIO " target_cpu={target_cpu:d}" },
	{ "sched_waking", COOKED_PRIO " CPU:{target_cpu:d}" },
	{ "sched_waking",
	    COMM_PID_PRIO " success={success:d} target_cpu={target_cpu:d}" },
	{ "sched_migrate_task",
	    COMM_PID_PRIO " orig_cpu={orig_cpu:d} dest_cpu={dest_cpu:d}" },
	{ "sched_process_fork",
	    "comm={parent_comm:c} pid={parent_pid:d} "
	    "child_comm={child_comm:c} child_pid={child_pid:d}" },
	{ "sched_process_fork",
	    "parent_comm={parent_comm:c} parent_pid={parent_pid:d} "
	    "child_comm={child_comm:c} child_pid={child_pid:d}" },
	{ "sched_process_exit", COMM_PID_PRIO " group_dead={group_dead:w}" },
	{ "sched_process_exit", COMM_PID_PRIO },
	{ "sched_process_free", COMM_PID_PRIO },
	{ "sched_process_wait", COMM_PID_PRIO },
	{ "sched_wait_task", COMM_PID_PRIO },
	{ "sched_process_exec",
	    "filename={filename:s} pid={pid:d} old_pid={old_pid:d}" },
	{ "sched_stat_runtime",
	    "comm={comm:c} pid={pid:d} runtime={runtime:d} [ns]" },
	{ "sched_stat_runtime",
	    "comm={comm:c} pid={pid:d} runtime={runtime:d} [ns] "
	    "vruntime={vruntime:d} [ns]" },
	{ "sched_stat_runtime",
	    "comm={comm:c} pid={pid:d} runtime={runtime:d}" },
	{ "sched_pi_setprio",
	    "comm={comm:c} pid={pid:d} oldprio={oldprio:d} "
	    "newprio={newprio:d}" },
	{ "task_newtask",
	    "pid={pid:d} comm={comm:c} clone_flags={clone_flags:w} "
	    "oom_score_adj={oom_score_adj:d}" },
	{ "task_rename",
	    "pid={pid:d} oldcomm={oldcomm:c} newcomm={newcomm:c} "
	    "oom_score_adj={oom_score_adj:d}" },
	{ "softirq_entry", "vec={vec:d} [action={:i}]" },
	{ "softirq_exit", "vec={vec:d} [action={:i}]" },
	{ "softirq_raise", "vec={vec:d} [action={:i}]" },
	{ "timer_start",
	    "timer={timer:w} function={function:w} expires={expires:d} "
	    "[timeout={:d}] bucket_expiry={bucket_expiry:d} cpu={:d} idx={:d} "
	    "flags={flags:s}" },
	{ "signal_generate",
	    "sig={sig:d} errno={errno:d} code={code:d} comm={comm:c} "
	    "pid={pid:d} grp={group:d} res={result:d}" },
	{ "sock_send_length", SOCK_DONE },
	{ "sock_send_length", SOCK_FAILED },
	{ "sock_recv_length", SOCK_DONE },
	{ "sock_recv_length", SOCK_FAILED },
	{ "kfree_skb", SKB " rx_sk={rx_sk:w}" SKB_DROPPED },
	{ "kfree_skb", SKB SKB_DROPPED },
	{ "csd_function_entry", CSD },
	{ "csd_function_exit", CSD },
	{ "icmp_send", ICMP },
	{ "rss_stat",
	    "mm_id={mm_id:d} curr={curr:d} type={member:i} size={size:d}B" },
	{ "read_msr", MSR },
	{ "read_msr", MSR " #GP" },
	{ "write_msr", MSR },
	{ "write_msr", MSR " #GP" },
	{ "rdpmc", MSR },
	{ "rdpmc", MSR " #GP" },
	{ "x86_fpu_before_save", FPU },
	{ "x86_fpu_after_save", FPU },
	{ "x86_fpu_before_restore", FPU },
	{ "x86_fpu_after_restore", FPU },
	{ "x86_fpu_regs_activated", FPU },
	{ "x86_fpu_regs_deactivated", FPU },
	{ "x86_fpu_init_state", FPU },
	{ "x86_fpu_dropped", FPU },
	{ "x86_fpu_copy_src", FPU },
	{ "x86_fpu_copy_dst", FPU },
	{ "x86_fpu_xstate_check_failed", FPU },
};

static_assert(sizeof(printed) / sizeof(printed[0]) == PRINTED,
    "PRINTED says how many there are");
