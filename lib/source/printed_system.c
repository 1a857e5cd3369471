/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

/* Events of interrupts, power and all else. */
const struct printed printed_system[] = {
	{ "amd_pstate_epp_perf",
	    "cpu{cpu_id:d}: "
	    "[{min_perf:d}<->{max_perf:d}]/{highest_perf:d}, epp={epp:d}, "
	    "boost={boost:b}, changed={changed:b}"
	    "\ncpu_id highest_perf epp min_perf max_perf boost changed" },
	{ "amd_pstate_perf",
	    "amd_min_perf={min_perf:d} amd_des_perf={target_perf:d} "
	    "amd_max_perf={capacity:d} freq={freq:d} mperf={mperf:d} "
	    "aperf={aperf:d} tsc={tsc:d} cpu_id={cpu_id:d} "
	    "fast_switch={fast_switch:b}" },
	{ "selinux_audited",
	    "requested=0x{requested:x} denied=0x{denied:x} "
	    "audited=0x{audited:x} result={result:d} scontext={scontext:v} "
	    "tcontext={tcontext:v} tclass={tclass:v}" },
	{ "bpf_test_finish", "bpf_test_finish with err={err:d}" },
	{ "bpf_trigger_tp", "nonce {nonce:d}" },
	{ "initcall_start", "func={func:F}" },
	{ "initcall_finish", "func={func:F} ret={ret:d}" },
	{ "mei_pci_cfg_read",
	    "[{dev:v}] pci cfg read {reg:v}:[{offs:x}] = {val:x}" },
	{ "mei_reg_read", "[{dev:v}] read {reg:v}:[{offs:x}] = {val:x}" },
	{ "mei_reg_write", "[{dev:v}] write {reg:v}[{offs:x}] = {val:x}" },
	{ "bpf_trace_printk", "{bpf_string:s}" },
	{ "cap_capable",
	    "cred {cred:p}, target_ns {target_ns:p}, capable_ns "
	    "{capable_ns:p}, cap {cap:d}, ret {ret:d}" },
	{ "cgroup_attach_task cgroup_transfer_tasks",
	    "dst_root={dst_root:d} dst_id={dst_id:d} "
	    "dst_level={dst_level:d} dst_path={dst_path:s} pid={pid:d} "
	    "comm={comm:c}"
	    "\ndst_root dst_level dst_id pid dst_path comm" },
	{ "cgroup_freeze cgroup_mkdir cgroup_release cgroup_rename "
	  "cgroup_rmdir cgroup_unfreeze",
	    "root={root:d} id={id:d} level={level:d} path={path:s}"
	    "\nroot level id path" },
	{ "cgroup_notify_frozen cgroup_notify_populated",
	    "root={root:d} id={id:d} level={level:d} path={path:s} "
	    "val={val:d}"
	    "\nroot level id path val" },
	{ "cgroup_rstat_lock_contended cgroup_rstat_locked "
	  "cgroup_rstat_unlock",
	    "root={root:d} id={id:d} level={level:d} cpu={cpu:d} lock "
	    "contended:{contended:b}"
	    "\nroot level id cpu contended" },
	{ "clk_disable clk_disable_complete clk_enable clk_enable_complete "
	  "clk_prepare clk_prepare_complete clk_unprepare "
	  "clk_unprepare_complete",
	    "{name:v}" },
	{ "clk_rate_request_done clk_rate_request_start",
	    "{name:v} min {min:d} max {max:d}, parent {pname:v} ({prate:d})"
	    "\nname pname min max prate" },
	{ "clk_set_duty_cycle clk_set_duty_cycle_complete",
	    "{name:v} {num:d}/{den:d}" },
	{ "clk_set_max_rate clk_set_min_rate clk_set_rate "
	  "clk_set_rate_complete",
	    "{name:v} {rate:d}" },
	{ "clk_set_parent clk_set_parent_complete", "{name:v} {pname:v}" },
	{ "clk_set_phase clk_set_phase_complete", "{name:v} {phase:d}" },
	{ "clk_set_rate_range", "{name:v} min {min:d} max {max:d}" },
	{ "cpuhp_enter cpuhp_multi_enter",
	    "cpu: {cpu:d} target: {target:d} step: {idx:d} ({fun:f})" },
	{ "cpuhp_exit",
	    "cpu: {cpu:d}  state: {state:s32} step: {idx:s32} ret: {ret:d}" },
	{ "csd_function_entry csd_function_exit",
	    "func={func:f}, csd={csd:p}" },
	{ "csd_queue_cpu",
	    "cpu={cpu:d} callsite={callsite:f} func={func:f} csd={csd:p}" },
	{ "devres_log",
	    "{devname:v} {op:t} {node:p} {name:v} ({size:d} bytes)" },
	{ "dma_alloc dma_alloc_pages dma_alloc_sgt_err",
	    "{device:v} dir={dir:dma_direction} dma_addr={dma_addr:X} "
	    "size={size:d} virt_addr={virt_addr:p} flags={flags:gfp} "
	    "attrs={attrs:dma_attrs}"
	    "\ndevice virt_addr dma_addr size flags dir attrs" },
	{ "dma_alloc_sgt",
	    "{device:v} dir={dir:dma_direction} dma_addr={dma_addr:x} "
	    "size={size:d} phys_addrs={phys_addrs:array} flags={flags:gfp} "
	    "attrs={attrs:dma_attrs}"
	    "\ndevice phys_addrs dma_addr size dir flags attrs" },
	{ "dma_free dma_free_pages",
	    "{device:v} dir={dir:dma_direction} dma_addr={dma_addr:X} "
	    "size={size:d} virt_addr={virt_addr:p} attrs={attrs:dma_attrs}"
	    "\ndevice virt_addr dma_addr size dir attrs" },
	{ "dma_free_sgt",
	    "{device:v} dir={dir:dma_direction} dma_addr={dma_addr:x} "
	    "size={size:d} phys_addrs={phys_addrs:array}"
	    "\ndevice phys_addrs dma_addr size dir" },
	{ "dma_map_phys",
	    "{device:v} dir={dir:dma_direction} dma_addr={dma_addr:X} "
	    "size={size:d} phys_addr={phys_addr:X} attrs={attrs:dma_attrs}"
	    "\ndevice phys_addr dma_addr size dir attrs" },
	{ "dma_map_sg",
	    "{device:v} dir={dir:dma_direction} nents={:v}/{full_nents:d} "
	    "ents={:v}/{full_ents:d}{truncated:truncated} "
	    "dma_addrs={dma_addrs:array} sizes={lengths:array32} "
	    "phys_addrs={phys_addrs:array} attrs={attrs:dma_attrs}"
	    "\ndevice full_nents full_ents truncated phys_addrs dma_addrs "
	    "lengths dir attrs" },
	{ "dma_map_sg_err",
	    "{device:v} dir={dir:dma_direction} "
	    "dma_addrs={phys_addrs:array} err={err:d} "
	    "attrs={attrs:dma_attrs}"
	    "\ndevice phys_addrs err dir attrs" },
	{ "dma_sync_sg_for_cpu dma_sync_sg_for_device",
	    "{device:v} dir={dir:dma_direction} "
	    "dma_addrs={dma_addrs:array} sizes={lengths:array32}"
	    "\ndevice dma_addrs lengths dir" },
	{ "dma_sync_single_for_cpu dma_sync_single_for_device",
	    "{device:v} dir={dir:dma_direction} dma_addr={dma_addr:X} "
	    "size={size:d}"
	    "\ndevice dma_addr size dir" },
	{ "dma_unmap_phys",
	    "{device:v} dir={dir:dma_direction} dma_addr={addr:X} "
	    "size={size:d} attrs={attrs:dma_attrs}"
	    "\ndevice addr size dir attrs" },
	{ "dma_unmap_sg",
	    "{device:v} dir={dir:dma_direction} phys_addrs={addrs:array} "
	    "attrs={attrs:dma_attrs}"
	    "\ndevice addrs dir attrs" },
	{ "error_report_end", "[{error_detector:error_detector}] {id:X}" },
	{ "page_fault_kernel page_fault_user",
	    "address={address:F} ip={ip:F} error_code=0x{error_code:x}" },
	{ "io_uring_complete",
	    "ring {ctx:p}, req {req:p}, user_data 0x{user_data:x}, result "
	    "{res:d}, cflags 0x{cflags:x} extra1 {extra1:d} extra2 "
	    "{extra2:d}" },
	{ "io_uring_cqe_overflow",
	    "ring {ctx:p}, user_data 0x{user_data:x}, res {res:d}, cflags "
	    "0x{cflags:x}, overflow_cqe {ocqe:p}" },
	{ "io_uring_cqring_wait", "ring {ctx:p}, min_events {min_events:d}" },
	{ "io_uring_create",
	    "ring {ctx:p}, fd {fd:d} sq size {sq_entries:u32}, cq size "
	    "{cq_entries:u32}, flags 0x{flags:x}"
	    "\nfd ctx sq_entries cq_entries flags" },
	{ "io_uring_defer",
	    "ring {ctx:p}, request {req:p}, user_data 0x{data:x}, opcode "
	    "{op_str:v}" },
	{ "io_uring_fail_link",
	    "ring {ctx:p}, request {req:p}, user_data 0x{user_data:x}, "
	    "opcode {op_str:v}, link {link:p}"
	    "\nctx req user_data link op_str" },
	{ "io_uring_file_get",
	    "ring {ctx:p}, req {req:p}, user_data 0x{user_data:x}, fd "
	    "{fd:d}" },
	{ "io_uring_link",
	    "ring {ctx:p}, request {req:p} linked after {target_req:p}" },
	{ "io_uring_local_work_run",
	    "ring {ctx:p}, count {count:d}, loops {loops:d}" },
	{ "io_uring_poll_arm",
	    "ring {ctx:p}, req {req:p}, user_data 0x{user_data:x}, opcode "
	    "{op_str:v}, mask 0x{mask:x32}, events 0x{events:x32}"
	    "\nctx req user_data mask events op_str" },
	{ "io_uring_queue_async_work",
	    "ring {ctx:p}, request {req:p}, user_data 0x{user_data:x}, "
	    "opcode {op_str:v}, flags 0x{flags:x}, {rw:hashed} queue, work "
	    "{work:p}"
	    "\nctx req user_data flags work rw op_str" },
	{ "io_uring_register",
	    "ring {ctx:p}, opcode {opcode:u32}, nr_user_files "
	    "{nr_files:u32}, nr_user_bufs {nr_bufs:u32}, ret {ret:d}" },
	{ "io_uring_req_failed",
	    "ring {ctx:p}, req {req:p}, user_data 0x{user_data:x}, opcode "
	    "{op_str:v}, flags 0x{flags:x}, prio={ioprio:d}, off={off:d}, "
	    "addr={addr:d}, len={len:d}, rw_flags=0x{op_flags:x}, "
	    "buf_index={buf_index:d}, personality={personality:d}, "
	    "file_index={file_index:u32}, pad=0x{pad1:x}, addr3={addr3:X}, "
	    "error={error:d}"
	    "\nctx req user_data flags ioprio off addr len op_flags "
	    "buf_index personality file_index pad1 addr3 error op_str" },
	{ "io_uring_short_write",
	    "ring {ctx:p}, fpos {fpos:u64}, wanted {wanted:u64}, got "
	    "{got:u64}" },
	{ "io_uring_submit_req",
	    "ring {ctx:p}, req {req:p}, user_data 0x{user_data:x}, opcode "
	    "{op_str:v}, flags 0x{flags:x}, sq_thread {sq_thread:b}"
	    "\nctx req user_data flags sq_thread op_str" },
	{ "io_uring_task_add",
	    "ring {ctx:p}, req {req:p}, user_data 0x{user_data:x}, opcode "
	    "{op_str:v}, mask {mask:X32}"
	    "\nctx req user_data mask op_str" },
	{ "io_uring_task_work_run", "tctx {tctx:p}, count {count:d}" },
	{ "add_device_to_group remove_device_from_group",
	    "IOMMU: groupID={gid:d} device={device:v}" },
	{ "attach_device_to_domain", "IOMMU: device={device:v}" },
	{ "io_page_fault",
	    "IOMMU:{driver:v} {device:v} iova=0x{iova:x} "
	    "flags=0x{flags:x32}"
	    "\ndevice driver iova flags" },
	{ "map",
	    "IOMMU: iova=0x{iova:x} - 0x{:v} paddr=0x{paddr:x} "
	    "size={size:d}" },
	{ "unmap",
	    "IOMMU: iova=0x{iova:x} - 0x{:v} size={size:d} "
	    "unmapped_size={unmapped_size:d}" },
	{ "ipi_send_cpu",
	    "cpu={cpu:d} callsite={callsite:f} callback={callback:f}" },
	{ "ipi_send_cpumask",
	    "cpumask={cpumask:v} callsite={callsite:f} "
	    "callback={callback:f}" },
	{ "irq_handler_exit", "irq={irq:d} ret={ret:handled}" },
	{ "softirq_entry softirq_exit softirq_raise",
	    "vec={vec:d} [action={:v}]" },
	{ "tasklet_entry tasklet_exit",
	    "tasklet={tasklet:f} function={func:f}" },
	{ "irq_matrix_alloc irq_matrix_alloc_managed irq_matrix_assign "
	  "irq_matrix_free irq_matrix_remove_managed "
	  "irq_matrix_reserve_managed",
	    "bit={bit:d} cpu={cpu:d} online={online:b} avl={available:d} "
	    "alloc={allocated:d} managed={managed:d} "
	    "online_maps={online_maps:d} global_avl={global_available:d}, "
	    "global_rsvd={global_reserved:d}, "
	    "total_alloc={total_allocated:d}" },
	{ "irq_matrix_assign_system",
	    "bit={bit:d} online_maps={online_maps:u32} "
	    "global_avl={global_available:d}, "
	    "global_rsvd={global_reserved:d}, "
	    "total_alloc={total_allocated:d}" },
	{ "irq_matrix_offline irq_matrix_online irq_matrix_remove_reserved "
	  "irq_matrix_reserve",
	    "online_maps={online_maps:u32} "
	    "global_avl={global_available:d}, "
	    "global_rsvd={global_reserved:d}, "
	    "total_alloc={total_allocated:d}" },
	{ "vector_activate vector_deactivate",
	    "irq={irq:d} is_managed={is_managed:b} "
	    "can_reserve={can_reserve:b} reserve={reserve:b}" },
	{ "vector_alloc",
	    "irq={irq:d} vector={vector:d} reserved={reserved:b} "
	    "ret={ret:d}" },
	{ "vector_config",
	    "irq={irq:d} vector={vector:d} cpu={cpu:d} "
	    "apicdest=0x{apicdest:x}" },
	{ "vector_free_moved",
	    "irq={irq:d} cpu={cpu:d} vector={vector:d} "
	    "is_managed={is_managed:b}" },
	{ "vector_setup", "irq={irq:d} is_legacy={is_legacy:b} ret={ret:d}" },
	{ "vector_teardown",
	    "irq={irq:d} is_managed={is_managed:b} "
	    "has_reserved={has_reserved:b}" },
	{ "contention_begin", "{lock_addr:p} (flags={flags:lock})" },
	{ "contention_end", "{lock_addr:p} (ret={ret:d})" },
	{ "rdpmc read_msr write_msr",
	    "{msr:X}, value {val:X}{failed:fault_at}" },
	{ "nmi_handler",
	    "{handler:f}() delta_ns: {delta_ns:d} handled: {handled:d}" },
	{ "notifier_register notifier_run notifier_unregister", "{cb:f}" },
	{ "cpu_frequency_limits",
	    "min={min_freq:d} max={max_freq:d} cpu_id={cpu_id:d}" },
	{ "cpu_idle_miss",
	    "cpu_id={cpu_id:d} state={state:d} type={below:below}" },
	{ "dev_pm_qos_add_request dev_pm_qos_remove_request "
	  "dev_pm_qos_update_request",
	    "device={name:v} type={type:pm_qos_type} "
	    "new_value={new_value:d}" },
	{ "guest_halt_poll_ns",
	    "halt_poll_ns {new:d} ({grow:grow} {old:d})"
	    "\ngrow new old" },
	{ "pm_qos_add_request pm_qos_remove_request pm_qos_update_request",
	    "CPU_DMA_LATENCY value={value:d}" },
	{ "pm_qos_update_flags",
	    "action={action:pm_qos_action} prev_value=0x{prev_value:x32} "
	    "curr_value=0x{curr_value:x32}" },
	{ "pm_qos_update_target",
	    "action={action:pm_qos_action} prev_value={prev_value:d} "
	    "curr_value={curr_value:d}" },
	{ "pstate_sample",
	    "core_busy={core_busy:d} scaled={scaled_busy:d} from={from:d} "
	    "to={to:d} mperf={mperf:d} aperf={aperf:d} tsc={tsc:d} "
	    "freq={freq:d} io_boost={io_boost:d}" },
	{ "suspend_resume", "{action:t}[{val:s32}] {start:begin}" },
	{ "wakeup_source_activate wakeup_source_deactivate",
	    "{name:v} state=0x{state:x}" },
	{ "console", "{msg:s}" },
	{ "sys_enter", "NR {id:d} ({args:array})" },
	{ "sys_exit", "NR {id:d} = {ret:d}" },
	{ "rcu_stall_warning", "{rcuname:t} {msg:s}" },
	{ "rcu_utilization", "{s:t}" },
	{ "rpm_idle rpm_resume rpm_suspend rpm_usage",
	    "{name:v} flags-{flags:X32} cnt-{usage_count:d} "
	    "dep-{disable_depth:d} auto-{runtime_auto:d} "
	    "p-{request_pending:d} irq-{irq_safe:d} child-{child_count:d}" },
	{ "rpm_return_int",
	    "{ip:F}:{name:v} ret={ret:d}"
	    "\nname ip ret" },
	{ "rpm_status", "{name:v} status={status:rpm}" },
	{ "signal_deliver",
	    "sig={sig:d} errno={errno:d} code={code:d} "
	    "sa_handler={sa_handler:X} sa_flags={sa_flags:X}" },
	{ "task_prctl_unknown",
	    "option={option:d} arg2={arg2:u64} arg3={arg3:u64} "
	    "arg4={arg4:u64} arg5={arg5:u64}" },
	{ "thermal_zone_trip",
	    "thermal_zone={thermal_zone:v} id={id:d} trip={trip:d} "
	    "trip_type={trip_type:trip}" },
	{ "sys_enter_futex", "\nuaddr op val utime uaddr2 val3" },
	{ "emulate_vsyscall", "nr = {nr:d}" },
	{ "watchdog_ping watchdog_start watchdog_stop",
	    "watchdog{id:d} err={err:d}" },
	{ "watchdog_set_timeout",
	    "watchdog{id:d} timeout={timeout:d} err={err:d}" },
	{ "workqueue_activate_work",
	    "work struct {work:p} function={function:f}" },
	{ "workqueue_execute_end workqueue_execute_start",
	    "work struct {work:p}: function {function:f}" },
	{ "workqueue_queue_work",
	    "work struct={work:p} function={function:f} "
	    "workqueue={workqueue:v} req_cpu={req_cpu:d} cpu={cpu:d}" },
	{ "x86_fpu_after_save x86_fpu_before_save x86_fpu_copy_dst "
	  "x86_fpu_dropped x86_fpu_regs_activated x86_fpu_regs_deactivated "
	  "x86_fpu_xstate_check_failed",
	    "x86/fpu: {fpu:p} load: {load_fpu:b} xfeatures: {xfeatures:X} "
	    "xcomp_bv: {xcomp_bv:X}" },
	{ NULL, NULL },
};
