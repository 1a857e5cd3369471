/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

#define COMM_PID_PRIO "comm={comm:c} pid={pid:d} prio={prio:d}"
#define COOKED_PRIO "{comm:c}:{pid:d} [{prio:d}]"

/* Events of the scheduler and of tasks, which are the most frequent. */
static const struct printed printed_tasks[] = {
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
	{ "sched_stat_wait sched_stat_sleep sched_stat_iowait "
	  "sched_stat_blocked",
	    "comm={comm:c} pid={pid:d} delay={delay:d} [ns]" },
	{ "sched_stat_wait sched_stat_sleep sched_stat_iowait "
	  "sched_stat_blocked",
	    "comm={comm:c} pid={pid:d} delay={delay:d}" },
	{ "sched_pi_setprio",
	    "comm={comm:c} pid={pid:d} oldprio={oldprio:d} "
	    "newprio={newprio:d}" },
	{ "sched_prepare_exec",
	    "interp={interp:s} filename={filename:s} pid={pid:d} "
	    "comm={comm:c}" },
	{ "sched_kthread_stop sched_process_hang",
	    "comm={comm:c} pid={pid:d}" },
	{ "sched_kthread_work_execute_end sched_kthread_work_execute_start",
	    "work struct {work:p}: function {function:f}" },
	{ "sched_kthread_work_queue_work",
	    "work struct={work:p} function={function:f} worker={worker:p}" },
	{ "sched_skip_cpuset_numa",
	    "comm={comm:c} pid={pid:d} tgid={tgid:d} ngid={ngid:d} "
	    "mem_nodes_allowed={:v}" },
	{ "sched_skip_vma_numa",
	    "numa_scan_offset={numa_scan_offset:X} vm_start={vm_start:X} "
	    "vm_end={vm_end:X} reason={reason:numa_skip}" },
	{ "task_newtask",
	    "pid={pid:d} comm={comm:c} clone_flags={clone_flags:w} "
	    "oom_score_adj={oom_score_adj:d}" },
	{ "task_rename",
	    "pid={pid:d} oldcomm={oldcomm:c} newcomm={newcomm:c} "
	    "oom_score_adj={oom_score_adj:d}" },
	{ "signal_generate",
	    "sig={sig:d} errno={errno:d} code={code:d} comm={comm:c} "
	    "pid={pid:d} grp={group:d} res={result:d}" },
	{ NULL, NULL },
};

const struct printed *const printed[] = { printed_tasks, printed_block,
	printed_ext4, printed_files, printed_memory, printed_net,
	printed_system, printed_time, NULL };
