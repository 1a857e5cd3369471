/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

#define BDI "bdi {name:v}: "
#define LOCK "dev={s_dev:dev} ino=0x{i_ino:x} "

/* Events of files, their pages and their write-back. */
const struct printed printed_files[] = {
	{ "break_lease_block break_lease_noblock break_lease_unblock "
	  "generic_delete_lease time_out_leases",
	    "fl={fl:p} " LOCK "fl_blocker={blocker:p} fl_owner={owner:a} "
	    "fl_flags={flags:lock_flags} fl_type={type:lock_type} "
	    "fl_break_time={break_time:d} "
	    "fl_downgrade_time={downgrade_time:d}"
	    "\nfl i_ino s_dev blocker owner flags type break_time "
	    "downgrade_time" },
	{ "fcntl_setlk flock_lock_inode locks_remove_posix posix_lock_inode",
	    "fl={fl:p} " LOCK
	    "fl_blocker={blocker:p} fl_owner={owner:a} fl_pid={pid:d} "
	    "fl_flags={flags:lock_flags} fl_type={type:lock_type} "
	    "fl_start={fl_start:d} fl_end={fl_end:d} ret={ret:d}"
	    "\nfl i_ino s_dev blocker owner pid flags type fl_start fl_end "
	    "ret" },
	{ "generic_add_lease",
	    LOCK "wcount={wcount:d} rcount={rcount:d} icount={icount:d} "
		 "fl_owner={owner:a} fl_flags={flags:lock_flags} "
		 "fl_type={type:lock_type}"
		 "\ni_ino wcount rcount icount s_dev owner flags type" },
	{ "leases_conflict",
	    "conflict {conflict:b}: lease={lease:p} "
	    "fl_flags={l_fl_flags:lock_flags} "
	    "fl_type={l_fl_type:lock_type}; breaker={breaker:p} "
	    "fl_flags={b_fl_flags:lock_flags} fl_type={b_fl_type:lock_type}"
	    "\nlease breaker l_fl_flags b_fl_flags l_fl_type b_fl_type "
	    "conflict" },
	{ "locks_get_lock_context",
	    LOCK "type={type:lock_type} ctx={ctx:p}"
		 "\ni_ino s_dev type ctx" },
	{ "file_check_and_advance_wb_err",
	    "file={file:p} " LOCK "old=0x{old:x} new=0x{new:x}"
	    "\nfile i_ino s_dev old new" },
	{ "filemap_set_wb_err",
	    LOCK "errseq=0x{errseq:x}"
		 "\ni_ino s_dev errseq" },
	{ "mm_filemap_add_to_page_cache mm_filemap_delete_from_page_cache",
	    "dev {s_dev:dev} ino {i_ino:X} pfn=0x{pfn:x} ofs={index:page} "
	    "order={order:d}"
	    "\npfn i_ino index s_dev order" },
	{ "mm_filemap_fault",
	    "dev={s_dev:dev} ino={i_ino:X} ofs={index:page}"
	    "\ni_ino s_dev index" },
	{ "mm_filemap_get_pages mm_filemap_map_pages",
	    "dev={s_dev:dev} ino={i_ino:X} "
	    "ofs={index:page}-{last_index:page}"
	    "\ni_ino s_dev index last_index" },
	{ "dax_insert_pfn_mkwrite dax_insert_pfn_mkwrite_no_entry "
	  "dax_load_hole dax_pte_fault dax_pte_fault_done",
	    "dev {dev:dev} ino {ino:x} {:v} {flags:fault} address "
	    "{address:x} pgoff {pgoff:x} {result:fault_result}"
	    "\nino address pgoff dev flags result" },
	{ "dax_pmd_fault dax_pmd_fault_done",
	    "dev {dev:dev} ino {ino:x} {:v} {flags:fault} address "
	    "{address:x} vm_start {vm_start:x} vm_end {vm_end:x} pgoff "
	    "{pgoff:x} max_pgoff {max_pgoff:x} {result:fault_result}"
	    "\nino vm_start vm_end address pgoff max_pgoff dev flags result" },
	{ "dax_pmd_load_hole dax_pmd_load_hole_fallback",
	    "dev {dev:dev} ino {ino:x} {:v} address {address:x} zero_folio "
	    "{zero_folio:p} radix_entry {radix_entry:p}"
	    "\nino address zero_folio radix_entry dev" },
	{ "dax_writeback_one",
	    "dev {dev:dev} ino {ino:x} pgoff {pgoff:x} pglen {pglen:x}"
	    "\nino pgoff pglen dev" },
	{ "dax_writeback_range dax_writeback_range_done",
	    "dev {dev:dev} ino {ino:x} pgoff {start_index:x}-{end_index:x}"
	    "\nino start_index end_index dev" },
	{ "fuse_request_end",
	    "connection {connection:d} req {unique:d} len {len:d} error "
	    "{error:d}" },
	{ "fuse_request_send",
	    "connection {connection:d} req {unique:d} opcode {opcode:d} "
	    "({:v}) len {len:d}" },
	{ "iomap_add_to_ioend",
	    "dev {dev:dev} ino 0x{ino:x} bdev {bdev:dev} pos 0x{pos:x} "
	    "dirty len 0x{dirty_len:x} addr 0x{addr:x} offset 0x{offset:x64} "
	    "length 0x{length:x} type {:v} (0x{type:x}) flags {:v} "
	    "(0x{flags:x})"
	    "\ndev ino pos dirty_len addr offset length type flags bdev" },
	{ "iomap_dio_complete",
	    "dev {dev:dev} ino 0x{ino:x} size 0x{isize:x64} offset 0x{pos:x64} "
	    "flags {ki_flags:kiocb} aio {aio:b} error {error:d} ret {ret:d}" },
	{ "iomap_dio_invalidate_fail iomap_dio_rw_queued "
	  "iomap_invalidate_folio iomap_release_folio iomap_writeback_folio "
	  "iomap_zero_iter",
	    "dev {dev:dev} ino 0x{ino:x} size 0x{size:x64} offset "
	    "0x{offset:x64} length 0x{length:x}" },
	{ "iomap_dio_rw_begin",
	    "dev {dev:dev} ino 0x{ino:x} size 0x{isize:x64} offset 0x{pos:x64} "
	    "length 0x{count:x} done_before 0x{done_before:x} flags "
	    "{ki_flags:kiocb} dio_flags {dio_flags:dio} aio {aio:b}" },
	{ "iomap_iter",
	    "dev {dev:dev} ino 0x{ino:x} pos 0x{pos:x64} length 0x{length:x} "
	    "status {status:d} flags {:v} (0x{flags:x}) ops {ops:f} caller "
	    "{caller:F}" },
	{ "iomap_iter_dstmap iomap_iter_srcmap",
	    "dev {dev:dev} ino 0x{ino:x} bdev {bdev:dev} addr 0x{addr:x} "
	    "offset 0x{offset:x64} length 0x{length:x} type {:v} "
	    "(0x{type:x}) flags {:v} (0x{flags:x})"
	    "\ndev ino addr offset length type flags bdev" },
	{ "iomap_readahead iomap_readpage",
	    "dev {dev:dev} ino 0x{ino:x} nr_pages {nr_pages:d}" },
	{ "page_cache_async_ra page_cache_sync_ra",
	    "dev={s_dev:dev} ino={i_ino:X} index={index:d} "
	    "req_count={req_count:d} order={order:d} size={size:d} "
	    "async_size={async_size:d} ra_pages={ra_pages:d} "
	    "mmap_miss={mmap_miss:d} prev_pos={prev_pos:d}"
	    "\ni_ino s_dev index order size async_size ra_pages mmap_miss "
	    "prev_pos req_count" },
	{ "page_cache_ra_order",
	    "dev={s_dev:dev} ino={i_ino:X} index={index:d} order={order:d} "
	    "size={size:d} async_size={async_size:d} ra_pages={ra_pages:d}"
	    "\ni_ino s_dev index order size async_size ra_pages" },
	{ "page_cache_ra_unbounded",
	    "dev={s_dev:dev} ino={i_ino:X} index={index:d} "
	    "nr_to_read={nr_to_read:d} lookahead_size={lookahead_size:d}"
	    "\ni_ino s_dev index nr_to_read lookahead_size" },
	{ "balance_dirty_pages",
	    "bdi {bdi:v}: limit={limit:d} setpoint={setpoint:d} "
	    "dirty={dirty:d} wb_setpoint={wb_setpoint:d} "
	    "wb_dirty={wb_dirty:d} dirty_ratelimit={dirty_ratelimit:d} "
	    "task_ratelimit={task_ratelimit:d} dirtied={dirtied:d} "
	    "dirtied_pause={dirtied_pause:d} paused={paused:d} "
	    "pause={pause:d} period={period:d} think={think:d} "
	    "cgroup_ino={cgroup_ino:d}" },
	{ "bdi_dirty_ratelimit",
	    "bdi {bdi:v}: write_bw={write_bw:d} awrite_bw={avg_write_bw:d} "
	    "dirty_rate={dirty_rate:d} dirty_ratelimit={dirty_ratelimit:d} "
	    "task_ratelimit={task_ratelimit:d} "
	    "balanced_dirty_ratelimit={balanced_dirty_ratelimit:d} "
	    "cgroup_ino={cgroup_ino:d}" },
	{ "flush_foreign",
	    BDI "cgroup_ino={cgroup_ino:d} frn_bdi_id={frn_bdi_id:d} "
		"frn_memcg_id={frn_memcg_id:d}" },
	{ "folio_wait_writeback writeback_dirty_folio",
	    BDI "ino={ino:d} index={index:d}" },
	{ "global_dirty_state",
	    "dirty={nr_dirty:d} writeback={nr_writeback:d} "
	    "bg_thresh={background_thresh:d} thresh={dirty_thresh:d} "
	    "limit={dirty_limit:d} dirtied={nr_dirtied:d} "
	    "written={nr_written:d}" },
	{ "inode_foreign_history",
	    BDI "ino={ino:d} cgroup_ino={cgroup_ino:d} history=0x{history:x}" },
	{ "inode_switch_wbs",
	    BDI "ino={ino:d} old_cgroup_ino={old_cgroup_ino:d} "
		"new_cgroup_ino={new_cgroup_ino:d}" },
	{ "inode_switch_wbs_queue",
	    BDI "old_cgroup_ino={old_cgroup_ino:d} "
		"new_cgroup_ino={new_cgroup_ino:d} count={count:d}" },
	{ "sb_clear_inode_writeback sb_mark_inode_writeback "
	  "writeback_dirty_inode_enqueue writeback_lazytime "
	  "writeback_lazytime_iput",
	    "dev {dev:dev} ino {ino:d} dirtied {dirtied_when:d} state "
	    "{state:inode} mode 0{mode:O}"
	    "\ndev ino state mode dirtied_when" },
	{ "track_foreign_dirty",
	    "bdi {name:v}[{bdi_id:d}]: ino={ino:d} memcg_id={memcg_id:d} "
	    "cgroup_ino={cgroup_ino:d} page_cgroup_ino={page_cgroup_ino:d}" },
	{ "wbc_writepage",
	    BDI "towrt={nr_to_write:d} skip={pages_skipped:d} "
		"mode={sync_mode:d} kupd={for_kupdate:d} "
		"bgrd={for_background:d} cyclic={range_cyclic:d} "
		"start=0x{range_start:x64} end=0x{range_end:x64} "
		"cgroup_ino={cgroup_ino:d}" },
	{ "writeback_bdi_register", "bdi {name:v}" },
	{ "writeback_exec writeback_queue writeback_start writeback_wait "
	  "writeback_written",
	    BDI "sb_dev {sb_dev:dev} nr_pages={nr_pages:d} "
		"sync_mode={sync_mode:d} kupdate={for_kupdate:d} "
		"range_cyclic={range_cyclic:d} background={for_background:d} "
		"reason={reason:writeback_reason} cgroup_ino={cgroup_ino:d}"
		"\nname nr_pages sb_dev sync_mode for_kupdate range_cyclic "
		"for_background reason cgroup_ino" },
	{ "writeback_pages_written", "{pages:d}" },
	{ "writeback_queue_io",
	    BDI "older={older:d} age={age:d} enqueue={moved:d} "
		"reason={reason:writeback_reason} cgroup_ino={cgroup_ino:d}" },
	{ "writeback_sb_inodes_requeue",
	    BDI "ino={ino:d} state={state:inode} dirtied_when={dirtied_when:d} "
		"age={:v} cgroup_ino={cgroup_ino:d}" },
	{ "writeback_single_inode writeback_single_inode_start",
	    BDI "ino={ino:d} state={state:inode} dirtied_when={dirtied_when:d} "
		"age={:v} index={writeback_index:d} to_write={nr_to_write:d} "
		"wrote={wrote:d} cgroup_ino={cgroup_ino:d}" },
	{ "writeback_wake_background", BDI "cgroup_ino={cgroup_ino:d}" },
	{ "writeback_write_inode writeback_write_inode_start",
	    BDI
	    "ino={ino:d} sync_mode={sync_mode:d} cgroup_ino={cgroup_ino:d}" },
	{ "writeback_dirty_inode writeback_dirty_inode_start "
	  "writeback_mark_inode_dirty",
	    BDI "ino={ino:d} state={state:no_inode} flags=0x{flags:x}" },
	{ "writeback_dirty_inode writeback_dirty_inode_start "
	  "writeback_mark_inode_dirty",
	    BDI "ino={ino:d} state={state:inode} flags={flags:inode}" },
	{ NULL, NULL },
};
