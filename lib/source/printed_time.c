/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

/* Events of timers and of time stamps. */
const struct printed printed_time[] = {
	{ "alarmtimer_cancel alarmtimer_fired alarmtimer_start",
	    "alarmtimer:{alarm:p} type:{alarm_type:alarm} "
	    "expires:{expires:s64} now:{now:s64}" },
	{ "hrtimer_setup",
	    "hrtimer={hrtimer:p} clockid={clockid:clock} "
	    "mode={mode:hrtimer}" },
	{ "tick_stop",
	    "success={success:d} dependency={dependency:tick_dependency}" },
	{ "timer_base_idle", "is_idle={is_idle:b} cpu={cpu:u32}" },
	{ "timer_expire_entry",
	    "timer={timer:p} function={function:f} now={now:d} "
	    "baseclk={baseclk:d}"
	    "\ntimer now function baseclk" },
	{ "hrtimer_expire_entry",
	    "hrtimer={hrtimer:p} function={function:f} now={now:s64}"
	    "\nhrtimer now function" },
	{ "hrtimer_expire_entry",
	    "hrtimer={hrtimer:p} now={now:s64} function={function:f}" },
	{ "hrtimer_start",
	    "hrtimer={hrtimer:p} function={function:f} expires={expires:s64} "
	    "softexpires={softexpires:s64} mode={mode:hrtimer} "
	    "was_armed={was_armed:b}" },
	{ "hrtimer_start",
	    "hrtimer={hrtimer:p} function={function:f} expires={expires:s64} "
	    "softexpires={softexpires:s64} mode={mode:hrtimer}" },
	{ "hrtimer_start",
	    "hrtimer={hrtimer:p} function={function:f} expires={expires:s64} "
	    "softexpires={softexpires:s64}" },
	{ "itimer_state",
	    "which={which:d} expires={expires:d} it_value={value_sec:d}.{:d} "
	    "it_interval={interval_sec:d}.{:d}" },
	{ "timer_start",
	    "timer=0x{timer:p} function={function:f} expires={expires:d} "
	    "[timeout={:d}] bucket_expiry={bucket_expiry:d} cpu={:d} "
	    "idx={:d} flags={:v}" },
	{ "timer_start",
	    "timer={timer:p} function={function:f} expires={expires:d} "
	    "[timeout={:d}] bucket_expiry={bucket_expiry:d} "
	    "cpu={flags:timer}" },
	{ "tmigr_connect_child_parent",
	    "group={child:p} groupmask={groupmask:x} parent={parent:p} "
	    "lvl={lvl:u32} numa={numa_node:u32} "
	    "num_children={num_children:u32}"
	    "\nchild parent lvl numa_node num_children groupmask" },
	{ "tmigr_connect_cpu_parent",
	    "cpu={cpu:u32} groupmask={groupmask:x} parent={parent:p} "
	    "lvl={lvl:u32} numa={numa_node:u32} "
	    "num_children={num_children:u32}"
	    "\nparent cpu lvl numa_node num_children groupmask" },
	{ "tmigr_cpu_active tmigr_cpu_new_timer tmigr_cpu_offline "
	  "tmigr_cpu_online tmigr_handle_remote_cpu",
	    "cpu={cpu:u32} parent={parent:p} wakeup={wakeup:d}"
	    "\nwakeup parent cpu" },
	{ "tmigr_cpu_idle tmigr_cpu_new_timer_idle",
	    "cpu={cpu:u32} parent={parent:p} nextevt={nextevt:d} "
	    "wakeup={wakeup:d}"
	    "\nnextevt wakeup parent cpu" },
	{ "tmigr_group_set",
	    "group={group:p} lvl={lvl:u32} numa={numa_node:u32}" },
	{ "tmigr_group_set_cpu_active tmigr_group_set_cpu_inactive",
	    "group={group:p} lvl={lvl:u32} numa={numa_node:u32} "
	    "active={active:x} migrator={migrator:x} parent={parent:p} "
	    "childmask={childmask:X}"
	    "\ngroup parent lvl numa_node childmask active migrator" },
	{ "tmigr_handle_remote", "group={group:p} lvl={lvl:u32}" },
	{ "tmigr_update_events",
	    "child={child:p} group={group:p} group_lvl={group_lvl:u32} "
	    "child_active={child_active:x} group_active={group_active:x} "
	    "nextevt={nextevt:d} next_expiry={group_next_expiry:d} "
	    "child_evt_expiry={child_evt_expiry:d} "
	    "child_evtcpu={child_evtcpu:u32}"
	    "\nchild group nextevt group_next_expiry child_evt_expiry "
	    "group_lvl child_evtcpu child_active group_active" },
	{ "ctime_xchg_skip inode_set_ctime_to_ts",
	    "ino={dev:dev}:{ino:u64}:{gen:d} ctime={ctime_s:d}.{ctime_ns:d}"
	    "\ndev ino ctime_s ctime_ns gen" },
	{ "fill_mg_cmtime",
	    "ino={dev:dev}:{ino:u64}:{gen:d} "
	    "ctime={ctime_s:d}.{ctime_ns:d} mtime={mtime_s:d}.{mtime_ns:d}"
	    "\ndev ino ctime_s mtime_s ctime_ns mtime_ns gen" },
	{ "ctime_ns_xchg",
	    "ino={dev:dev}:{ino:d}:{gen:d} old={old:ctime} new={new:d} "
	    "cur={cur:ctime}" },
	{ NULL, NULL },
};
