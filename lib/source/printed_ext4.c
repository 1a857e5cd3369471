/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

#define INODE "dev {dev:dev} ino {ino:d}"

/* Events of file systems ext4 and erofs, and the journal. */
const struct printed printed_ext4[] = {
	{ "erofs_fill_inode",
	    "dev = ({dev:dev}), nid = {nid:d}, blkaddr {blkaddr:d} ofs "
	    "{ofs:d}" },
	{ "erofs_lookup",
	    "dev = ({dev:dev}), pnid = {nid:d}, name:{name:v}, "
	    "flags:{flags:X}" },
	{ "erofs_map_blocks_enter",
	    "dev = ({dev:dev}), nid = {nid:d}, la {la:d} llen {llen:d} "
	    "flags {flags:erofs_map}" },
	{ "erofs_map_blocks_exit",
	    "dev = ({dev:dev}), nid = {nid:d}, flags {flags:erofs_map} la "
	    "{la:d} pa {pa:d} llen {llen:d} plen {plen:d} mflags "
	    "{mflags:erofs_mapped} ret {ret:d}" },
	{ "erofs_read_folio",
	    "dev = ({dev:dev}), nid = {nid:d}, {dir:file_or_dir}, index = "
	    "{index:d}, uptodate = {uptodate:d} raw = {raw:b}" },
	{ "erofs_readahead",
	    "dev = ({dev:dev}), nid = {nid:d}, start = {start:d} nrpage = "
	    "{nrpage:d} raw = {raw:b}" },
	{ "ext4_alloc_da_blocks",
	    INODE " reserved_data_blocks {data_blocks:d}" },
	{ "ext4_allocate_blocks",
	    INODE " flags {flags:ext4_hint} len {len:d} block {block:d} lblk "
		  "{logical:d} goal {goal:d} lleft {lleft:d} lright {lright:d} "
		  "pleft {pleft:d} pright {pright:d}"
		  "\ndev ino block len logical lleft lright goal pleft pright "
		  "flags" },
	{ "ext4_allocate_inode", INODE " dir {dir:d} mode 0{mode:O}" },
	{ "ext4_begin_ordered_truncate", INODE " new_size {new_size:d}" },
	{ "ext4_collapse_range ext4_insert_range",
	    INODE " offset {offset:d} len {len:d}" },
	{ "ext4_da_release_space",
	    INODE
	    " mode 0{mode:o} i_blocks {i_blocks:d} freed_blocks "
	    "{freed_blocks:d} reserved_data_blocks {reserved_data_blocks:d}"
	    "\ndev ino i_blocks freed_blocks reserved_data_blocks mode" },
	{ "ext4_da_reserve_space",
	    INODE
	    " mode 0{mode:o} i_blocks {i_blocks:d} reserve_blocks "
	    "{reserve_blocks:d}reserved_data_blocks "
	    "{reserved_data_blocks:d}"
	    "\ndev ino i_blocks reserve_blocks reserved_data_blocks mode" },
	{ "ext4_da_update_reserve_space",
	    INODE
	    " mode 0{mode:o} i_blocks {i_blocks:d} used_blocks "
	    "{used_blocks:d} reserved_data_blocks {reserved_data_blocks:d} "
	    "quota_claim {quota_claim:d}"
	    "\ndev ino i_blocks used_blocks reserved_data_blocks "
	    "quota_claim mode" },
	{ "ext4_da_write_begin ext4_write_begin",
	    INODE " pos {pos:d} len {len:d}" },
	{ "ext4_da_write_end ext4_journalled_write_end ext4_write_end",
	    INODE " pos {pos:d} len {len:d} copied {copied:d}" },
	{ "ext4_da_write_folios_end",
	    INODE " start_pos 0x{start_pos:x64} next_pos 0x{next_pos:x64} "
		  "nr_to_write {nr_to_write:d} ret {ret:d}" },
	{ "ext4_da_write_folios_start",
	    INODE " start_pos 0x{start_pos:x64} next_pos 0x{next_pos:x64} "
		  "nr_to_write {nr_to_write:d} sync_mode {sync_mode:d}" },
	{ "ext4_da_write_pages_extent",
	    INODE " lblk {lblk:d} len {len:d} flags {flags:ext4_mapped}" },
	{ "ext4_discard_blocks", "dev {dev:dev} blk {blk:d} count {count:d}" },
	{ "ext4_discard_preallocations", INODE " len: {len:d}" },
	{ "ext4_drop_inode", INODE " drop {drop:d}" },
	{ "ext4_error", "dev {dev:dev} function {function:t} line {line:d}" },
	{ "ext4_es_cache_extent ext4_es_find_extent_range_exit "
	  "ext4_es_insert_extent",
	    INODE
	    " es [{lblk:d}/{len:d}) mapped {pblk:d} status {status:extent}" },
	{ "ext4_es_find_extent_range_enter ext4_es_lookup_extent_enter",
	    INODE " lblk {lblk:d}" },
	{ "ext4_es_insert_delayed_extent",
	    INODE
	    " es [{lblk:d}/{len:d}) mapped {pblk:d} status {status:extent} "
	    "allocated {lclu_allocated:b} {end_allocated:b}" },
	{ "ext4_es_remove_extent", INODE " es [{lblk:d}/{len:d})" },
	{ "ext4_es_shrink",
	    "dev {dev:dev} nr_shrunk {nr_shrunk:d}, scan_time "
	    "{scan_time:d} nr_skipped {nr_skipped:d} retried {retried:d}" },
	{ "ext4_es_shrink_count ext4_es_shrink_scan_enter",
	    "dev {dev:dev} nr_to_scan {nr_to_scan:d} cache_cnt "
	    "{cache_cnt:d}" },
	{ "ext4_es_shrink_scan_exit",
	    "dev {dev:dev} nr_shrunk {nr_shrunk:d} cache_cnt {cache_cnt:d}" },
	{ "ext4_evict_inode", INODE " nlink {nlink:d}" },
	{ "ext4_ext_convert_to_initialized_enter",
	    INODE " m_lblk {m_lblk:d} m_len {m_len:d} u_lblk {u_lblk:d} u_len "
		  "{u_len:d} u_pblk {u_pblk:d}" },
	{ "ext4_ext_convert_to_initialized_fastpath",
	    INODE
	    " m_lblk {m_lblk:d} m_len {m_len:d} u_lblk {u_lblk:d} u_len "
	    "{u_len:d} u_pblk {u_pblk:d} i_lblk {i_lblk:d} i_len {i_len:d} "
	    "i_pblk {i_pblk:d}" },
	{ "ext4_ext_handle_unwritten_extents",
	    INODE " m_lblk {lblk:d} m_pblk {pblk:d} m_len {len:d} flags "
		  "{flags:ext4_get_block} allocated {allocated:u32} newblock "
		  "{newblk:d}"
		  "\ndev ino flags lblk pblk len allocated newblk" },
	{ "ext4_ext_load_extent",
	    INODE " lblk {lblk:d} pblk {pblk:d}"
		  "\ndev ino pblk lblk" },
	{ "ext4_ext_map_blocks_enter ext4_ind_map_blocks_enter",
	    INODE " lblk {lblk:d} len {len:d} flags {flags:ext4_get_block}" },
	{ "ext4_ext_map_blocks_exit ext4_ind_map_blocks_exit",
	    INODE
	    " flags {flags:ext4_get_block} lblk {lblk:d} pblk {pblk:d} len "
	    "{len:d} mflags {mflags:ext4_mapped} ret {ret:d}"
	    "\ndev ino flags pblk lblk len mflags ret" },
	{ "ext4_ext_remove_space",
	    INODE " since {start:d} end {end:d} depth {depth:d}" },
	{ "ext4_ext_remove_space_done",
	    INODE " since {start:d} end {end:d} depth {depth:d} partial [pclu "
		  "{pc_pclu:u64} lblk {pc_lblk:d} state {pc_state:d}] "
		  "remaining_entries {eh_entries:d}" },
	{ "ext4_ext_rm_idx", INODE " index_pblk {pblk:d}" },
	{ "ext4_ext_rm_leaf",
	    INODE
	    " start_lblk {start:d} last_extent [{ee_lblk:d}({ee_pblk:d}), "
	    "{ee_len:s32}]partial [pclu {pc_pclu:u64} lblk {pc_lblk:d} "
	    "state {pc_state:d}]" },
	{ "ext4_ext_show_extent",
	    INODE " lblk {lblk:d} pblk {pblk:d} len {len:d}"
		  "\ndev ino pblk lblk len" },
	{ "ext4_fallocate_enter ext4_punch_hole ext4_zero_range",
	    INODE " offset {offset:d} len {len:d} mode {mode:fallocate}" },
	{ "ext4_fallocate_exit",
	    INODE " pos {pos:d} blocks {blocks:d} ret {ret:d}" },
	{ "ext4_fc_cleanup",
	    "dev {dev:dev}, j_fc_off {j_fc_off:d}, full {full:d}, tid "
	    "{tid:d}" },
	{ "ext4_fc_commit_start", "dev {dev:dev} tid {tid:d}" },
	{ "ext4_fc_commit_stop",
	    "dev {dev:dev} nblks {nblks:d}, reason {reason:d}, fc = "
	    "{num_fc:d}, ineligible = {num_fc_ineligible:d}, agg_nblks "
	    "{nblks_agg:d}, tid {tid:d}" },
	{ "ext4_fc_replay",
	    "dev {dev:dev}: tag {tag:d}, ino {ino:d}, data1 {priv1:d}, "
	    "data2 {priv2:d}" },
	{ "ext4_fc_replay_scan", "dev {dev:dev} error {error:d}, off {off:d}" },
	{ "ext4_fc_track_create ext4_fc_track_link ext4_fc_track_unlink",
	    "dev {dev:dev}, t_tid {t_tid:d}, ino {i_ino:d}, i_sync_tid "
	    "{i_sync_tid:d}, error {error:d}" },
	{ "ext4_fc_track_inode",
	    "dev {dev:dev}, t_tid {t_tid:d}, inode {i_ino:d}, i_sync_tid "
	    "{i_sync_tid:d}, error {error:d}" },
	{ "ext4_fc_track_range",
	    "dev {dev:dev}, t_tid {t_tid:d}, inode {i_ino:d}, i_sync_tid "
	    "{i_sync_tid:d}, error {error:d}, start {start:d}, end {end:d}"
	    "\ndev t_tid i_ino i_sync_tid start end error" },
	{ "ext4_forget",
	    INODE " mode 0{mode:o} is_metadata {is_metadata:d} block {block:d}"
		  "\ndev ino block is_metadata mode" },
	{ "ext4_free_blocks",
	    INODE " mode 0{mode:O} block {block:d} count {count:d} flags "
		  "{flags:ext4_free}"
		  "\ndev ino block count flags mode" },
	{ "ext4_free_inode",
	    INODE " mode 0{mode:o} uid {uid:d} gid {gid:d} blocks {blocks:d}"
		  "\ndev ino uid gid blocks mode" },
	{ "ext4_fsmap_high_key ext4_fsmap_low_key ext4_fsmap_mapping",
	    "dev {dev:dev} keydev {keydev:dev} agno {agno:d} bno {bno:d} "
	    "len {len:d} owner {owner:u64}" },
	{ "ext4_get_implied_cluster_alloc_exit",
	    "dev {dev:dev} m_lblk {lblk:d} m_pblk {pblk:d} m_len {len:d} "
	    "m_flags {flags:ext4_mapped} ret {ret:d}"
	    "\ndev flags lblk pblk len ret" },
	{ "ext4_getfsmap_high_key ext4_getfsmap_low_key ext4_getfsmap_mapping",
	    "dev {dev:dev} keydev {keydev:dev} block {block:d} len {len:d} "
	    "owner {owner:u64} flags 0x{flags:x}" },
	{ "ext4_invalidate_folio ext4_journalled_invalidate_folio",
	    INODE
	    " folio_index {index:d} offset {offset:d} length {length:d}" },
	{ "ext4_journal_start_inode",
	    "dev {dev:dev} blocks {blocks:d}, rsv_blocks {rsv_blocks:d}, "
	    "revoke_creds {revoke_creds:d}, type {type:d}, ino {ino:d}, "
	    "caller {ip:F}"
	    "\nino dev ip blocks rsv_blocks revoke_creds type" },
	{ "ext4_journal_start_reserved",
	    "dev {dev:dev} blocks, {blocks:d} caller {ip:F}"
	    "\ndev ip blocks" },
	{ "ext4_journal_start_sb",
	    "dev {dev:dev} blocks {blocks:d}, rsv_blocks {rsv_blocks:d}, "
	    "revoke_creds {revoke_creds:d}, type {type:d}, caller {ip:F}"
	    "\ndev ip blocks rsv_blocks revoke_creds type" },
	{ "ext4_lazy_itable_init ext4_load_inode_bitmap ext4_mb_bitmap_load "
	  "ext4_mb_buddy_bitmap_load",
	    "dev {dev:dev} group {group:d}" },
	{ "ext4_load_inode", "dev {dev:dev} ino {ino:u64}" },
	{ "ext4_mark_inode_dirty", INODE " caller {ip:F}" },
	{ "ext4_mb_discard_preallocations", "dev {dev:dev} needed {needed:d}" },
	{ "ext4_mb_new_group_pa ext4_mb_new_inode_pa",
	    INODE " pstart {pa_pstart:d} len {pa_len:d} lstart {pa_lstart:d}"
		  "\ndev ino pa_pstart pa_lstart pa_len" },
	{ "ext4_mb_release_group_pa",
	    "dev {dev:dev} pstart {pa_pstart:d} len {pa_len:d}" },
	{ "ext4_mb_release_inode_pa",
	    INODE " block {block:d} count {count:d}" },
	{ "ext4_mballoc_alloc",
	    "dev {dev:dev} inode {ino:d} orig "
	    "{orig_group:d}/{orig_start:d}/{orig_len:s32}@{orig_logical:d} "
	    "goal "
	    "{goal_group:d}/{goal_start:d}/{goal_len:s32}@{goal_logical:d} "
	    "result "
	    "{result_group:d}/{result_start:d}/{result_len:s32}@{result_log"
	    "ical:d} blks {found:d} grps {groups:d} cr {cr:ext4_criteria} "
	    "flags {flags:ext4_hint} tail {tail:d} broken {:v}"
	    "\ndev ino orig_logical orig_start orig_group orig_len "
	    "goal_logical goal_start goal_group goal_len result_logical "
	    "result_start result_group result_len found groups flags tail "
	    "cr" },
	{ "ext4_mballoc_discard ext4_mballoc_free",
	    "dev {dev:dev} inode {ino:d} extent "
	    "{result_group:d}/{result_start:d}/{result_len:d}"
	    "\ndev ino result_start result_group result_len" },
	{ "ext4_mballoc_prealloc",
	    "dev {dev:dev} inode {ino:d} orig "
	    "{orig_group:d}/{orig_start:d}/{orig_len:s32}@{orig_logical:d} "
	    "result "
	    "{result_group:d}/{result_start:d}/{result_len:s32}@{result_log"
	    "ical:d}"
	    "\ndev ino orig_logical orig_start orig_group orig_len "
	    "result_logical result_start result_group result_len" },
	{ "ext4_nfs_commit_metadata jbd2_submit_inode_data", INODE },
	{ "ext4_other_inode_update_time",
	    "dev {dev:dev} orig_ino {orig_ino:d} ino {ino:d} mode "
	    "0{mode:o} uid {uid:d} gid {gid:d}"
	    "\ndev ino orig_ino uid gid mode" },
	{ "ext4_prefetch_bitmaps",
	    "dev {dev:dev} group {group:d} next {next:d} ios {ios:d}" },
	{ "ext4_read_block_bitmap_load",
	    "dev {dev:dev} group {group:d} prefetch {prefetch:b}" },
	{ "ext4_read_folio ext4_release_folio",
	    INODE " folio_index {index:d}" },
	{ "ext4_remove_blocks",
	    INODE
	    " extent [{ee_lblk:d}({ee_pblk:d}), {ee_len:d}]from {from:d} "
	    "to {to:d} partial [pclu {pc_pclu:u64} lblk {pc_lblk:d} state "
	    "{pc_state:d}]"
	    "\ndev ino from to ee_pblk ee_lblk ee_len pc_pclu pc_lblk "
	    "pc_state" },
	{ "ext4_request_blocks",
	    INODE
	    " flags {flags:ext4_hint} len {len:d} lblk {logical:d} goal "
	    "{goal:d} lleft {lleft:d} lright {lright:d} pleft {pleft:d} "
	    "pright {pright:d}"
	    "\ndev ino len logical lleft lright goal pleft pright flags" },
	{ "ext4_request_inode", "dev {dev:dev} dir {dir:d} mode 0{mode:O}" },
	{ "ext4_shutdown", "dev {dev:dev} flags {flags:d}" },
	{ "ext4_sync_file_enter",
	    INODE " parent {parent:d} datasync {datasync:d}" },
	{ "ext4_sync_file_exit ext4_unlink_exit", INODE " ret {ret:d}" },
	{ "ext4_sync_fs", "dev {dev:dev} wait {wait:d}" },
	{ "ext4_trim_all_free ext4_trim_extent",
	    "dev {dev_major:d},{dev_minor:d} group {group:d}, start "
	    "{start:d}, len {len:d}" },
	{ "ext4_truncate_enter ext4_truncate_exit",
	    INODE " blocks {blocks:d}" },
	{ "ext4_unlink_enter",
	    INODE " size {size:d} parent {parent:d}"
		  "\ndev ino parent size" },
	{ "ext4_update_sb", "dev {dev:dev} fsblk {fsblk:d} flags {flags:d}" },
	{ "ext4_writepages",
	    INODE
	    " nr_to_write {nr_to_write:d} pages_skipped {pages_skipped:d} "
	    "range_start {range_start:d} range_end {range_end:d} sync_mode "
	    "{sync_mode:d} for_kupdate {for_kupdate:d} range_cyclic "
	    "{range_cyclic:d} writeback_index {writeback_index:d}"
	    "\ndev ino nr_to_write pages_skipped range_start range_end "
	    "writeback_index sync_mode for_kupdate range_cyclic" },
	{ "ext4_writepages_result",
	    INODE " ret {ret:d} pages_written {pages_written:d} pages_skipped "
		  "{pages_skipped:d} sync_mode {sync_mode:d} writeback_index "
		  "{writeback_index:d}"
		  "\ndev ino ret pages_written pages_skipped writeback_index "
		  "sync_mode" },
	{ "ext4_es_lookup_extent_exit",
	    INODE " found {found:d} [{lblk:d}/{len:d}) {pblk:d} {status:extent}"
		  "\ndev ino lblk len pblk status found" },
	{ "jbd2_checkpoint", "dev {dev:dev} result {result:d}" },
	{ "jbd2_checkpoint_stats",
	    "dev {dev:dev} tid {tid:d} chp_time {:v} forced_to_close "
	    "{forced_to_close:d} written {written:d} dropped {dropped:d}" },
	{ "jbd2_commit_flushing jbd2_commit_locking jbd2_commit_logging "
	  "jbd2_drop_transaction jbd2_start_commit",
	    "dev {dev:dev} transaction {transaction:d} sync {sync_commit:d}"
	    "\ndev sync_commit transaction" },
	{ "jbd2_end_commit",
	    "dev {dev:dev} transaction {transaction:d} sync "
	    "{sync_commit:d} head {head:d}"
	    "\ndev sync_commit transaction head" },
	{ "jbd2_handle_extend",
	    "dev {dev:dev} tid {tid:d} type {type:d} line_no {line_no:d} "
	    "buffer_credits {buffer_credits:d} requested_blocks "
	    "{requested_blocks:d}" },
	{ "jbd2_handle_restart jbd2_handle_start",
	    "dev {dev:dev} tid {tid:d} type {type:d} line_no {line_no:d} "
	    "requested_blocks {requested_blocks:d}" },
	{ "jbd2_handle_stats",
	    "dev {dev:dev} tid {tid:d} type {type:d} line_no {line_no:d} "
	    "interval {interval:d} sync {sync:d} requested_blocks "
	    "{requested_blocks:d} dirtied_blocks {dirtied_blocks:d}" },
	{ "jbd2_lock_buffer_stall", "dev {dev:dev} stall_ms {stall_ms:d}" },
	{ "jbd2_run_stats",
	    "dev {dev:dev} tid {tid:d} wait {:v} request_delay {:v} "
	    "running {:v} locked {:v} flushing {:v} logging {:v} "
	    "handle_count {handle_count:d} blocks {blocks:d} blocks_logged "
	    "{blocks_logged:d}" },
	{ "jbd2_shrink_checkpoint_list",
	    "dev {dev:dev} shrink transaction "
	    "{first_tid:d}-{tid:d}({last_tid:d}) freed {nr_freed:d} next "
	    "transaction {next_tid:d}" },
	{ "jbd2_shrink_count jbd2_shrink_scan_enter",
	    "dev {dev:dev} nr_to_scan {nr_to_scan:d} count {count:d}" },
	{ "jbd2_shrink_scan_exit",
	    "dev {dev:dev} nr_to_scan {nr_to_scan:d} nr_shrunk "
	    "{nr_shrunk:d} count {count:d}" },
	{ "jbd2_update_log_tail",
	    "dev {dev:dev} from {tail_sequence:d} to {first_tid:d} offset "
	    "{block_nr:d} freed {freed:d}" },
	{ "jbd2_write_superblock",
	    "dev {dev:dev} write_flags {write_flags:X}" },
	{ NULL, NULL },
};
