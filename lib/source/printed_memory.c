/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

#define UNMAPPED                                                               \
	"total_vm=0x{total_vm:x} flags=0x{flags:x} len=0x{length:x} "          \
	"lo=0x{low_limit:x} hi=0x{high_limit:x} mask=0x{align_mask:x} "        \
	"ofs=0x{align_offset:x}"
#define ALLOCATED                                                              \
	"bytes_req={bytes_req:d} bytes_alloc={bytes_alloc:d} "                 \
	"gfp_flags={gfp_flags:gfp} node={node:d} accounted="

#define RECLAIMED                                                              \
	"nid={nid:d} nr_scanned={nr_scanned:u64} "                             \
	"nr_reclaimed={nr_reclaimed:u64} nr_dirty={nr_dirty:u64} "             \
	"nr_writeback={nr_writeback:u64} "                                     \
	"nr_congested={nr_congested:u64} "                                     \
	"nr_immediate={nr_immediate:u64} "                                     \
	"nr_activate_anon={nr_activate0:u32} "                                 \
	"nr_activate_file={nr_activate1:u32} "                                 \
	"nr_ref_keep={nr_ref_keep:u64} "                                       \
	"nr_unmap_fail={nr_unmap_fail:u64}"

/* Events of memory. */
const struct printed printed_memory[] = {
	{ "mm_compaction_begin",
	    "zone_start=0x{zone_start:x} migrate_pfn=0x{migrate_pfn:x} "
	    "free_pfn=0x{free_pfn:x} zone_end=0x{zone_end:x}, "
	    "mode={sync:sync}" },
	{ "mm_compaction_defer_compaction mm_compaction_defer_reset "
	  "mm_compaction_deferred",
	    "node={nid:d} zone={idx:zone} order={order:d} "
	    "order_failed={order_failed:d} consider={considered:d} "
	    "limit={:v}"
	    "\nnid idx order considered order_failed" },
	{ "mm_compaction_end",
	    "zone_start=0x{zone_start:x} migrate_pfn=0x{migrate_pfn:x} "
	    "free_pfn=0x{free_pfn:x} zone_end=0x{zone_end:x}, "
	    "mode={sync:sync} status={status:compact_result}" },
	{ "mm_compaction_fast_isolate_freepages "
	  "mm_compaction_isolate_freepages mm_compaction_isolate_migratepages",
	    "range=(0x{start_pfn:x} ~ 0x{end_pfn:x}) "
	    "nr_scanned={nr_scanned:d} nr_taken={nr_taken:d}" },
	{ "mm_compaction_finished mm_compaction_suitable",
	    "node={nid:d} zone={idx:zone} order={order:d} "
	    "ret={ret:compact_result}" },
	{ "mm_compaction_kcompactd_wake mm_compaction_wakeup_kcompactd",
	    "nid={nid:d} order={order:d} "
	    "classzone_idx={highest_zoneidx:zone}" },
	{ "mm_compaction_try_to_compact_pages",
	    "order={order:d} gfp_mask={gfp_mask:gfp} priority={prio:d}" },
	{ "damon_aggregated",
	    "target_id={target_id:d} nr_regions={nr_regions:d} "
	    "{start:d}-{end:d}: {nr_accesses:d} {age:d}" },
	{ "damos_before_apply",
	    "ctx_idx={context_idx:d} scheme_idx={scheme_idx:d} "
	    "target_idx={target_idx:d} nr_regions={nr_regions:d} "
	    "{start:d}-{end:d}: {nr_accesses:d} {age:d}"
	    "\ncontext_idx scheme_idx target_idx start end nr_accesses age "
	    "nr_regions" },
	{ "damos_esz",
	    "ctx_idx={context_idx:d} scheme_idx={scheme_idx:d} esz={esz:d}" },
	{ "mm_collapse_huge_page",
	    "mm={mm:p}, isolated={isolated:d}, status={status:i}" },
	{ "mm_collapse_huge_page_isolate",
	    "scan_pfn=0x{pfn:x}, none_or_zero={none_or_zero:d}, "
	    "referenced={referenced:d}, status={status:i}" },
	{ "mm_collapse_huge_page_swapin",
	    "mm={mm:p}, swapped_in={swapped_in:d}, "
	    "referenced={referenced:d}, ret={ret:d}" },
	{ "mm_khugepaged_collapse_file",
	    "mm={mm:p}, hpage_pfn=0x{hpfn:x}, index={index:u64}, "
	    "addr={addr:X}, is_shmem={is_shmem:b}, filename={filename:s}, "
	    "nr={nr:d}, result={result:i}" },
	{ "mm_khugepaged_scan_file",
	    "mm={mm:p}, scan_pfn=0x{pfn:x}, filename={filename:s}, "
	    "present={present:d}, swap={swap:d}, result={result:i}" },
	{ "mm_khugepaged_scan_pmd",
	    "mm={mm:p}, scan_pfn=0x{pfn:x}, referenced={referenced:d}, "
	    "none_or_zero={none_or_zero:d}, status={status:i}, "
	    "unmapped={unmapped:d}" },
	{ "hugetlbfs_alloc_inode",
	    "dev {dev:dev} ino {ino:d} dir {dir:d} mode 0{mode:O}" },
	{ "hugetlbfs_evict_inode hugetlbfs_free_inode",
	    "dev {dev:dev} ino {ino:d} mode 0{mode:O} size {size:d} nlink "
	    "{nlink:d} seals {seals:d} blocks {blocks:d}" },
	{ "hugetlbfs_fallocate",
	    "dev {dev:dev} ino {ino:d} mode 0{mode:O} offset {offset:d} "
	    "len {len:d} size {size:d} ret {ret:d}" },
	{ "hugetlbfs_setattr",
	    "dev {dev:dev} ino {ino:d} name {d_name:s} valid {ia_valid:x} "
	    "mode 0{ia_mode:O} old_size {old_size:d} size {ia_size:d}" },
	{ "mm_page_alloc",
	    "page={:w} pfn=0x{pfn:x} order={order:u32} "
	    "migratetype={migratetype:d} gfp_flags={gfp_flags:gfp}"
	    "\npfn order gfp_flags migratetype" },
	{ "mm_page_alloc_extfrag",
	    "page={:w} pfn=0x{pfn:x} alloc_order={alloc_order:d} "
	    "fallback_order={fallback_order:d} pageblock_order={:v} "
	    "alloc_migratetype={alloc_migratetype:d} "
	    "fallback_migratetype={fallback_migratetype:d} "
	    "fragmenting={:v} change_ownership={change_ownership:d}" },
	{ "mm_page_alloc_zone_locked",
	    "page={:w} pfn=0x{pfn:x} order={order:d} "
	    "migratetype={migratetype:d} percpu_refill={percpu_refill:d}" },
	{ "mm_page_free", "page={:w} pfn=0x{pfn:x} order={order:u32}" },
	{ "mm_page_free_batched", "page={:w} pfn=0x{pfn:x} order=0" },
	{ "mm_page_pcpu_drain",
	    "page={:w} pfn=0x{pfn:x} order={order:u32} "
	    "migratetype={migratetype:d}" },
	{ "mm_setup_per_zone_lowmem_reserve",
	    "node_id={node_id:d} zone name={name:v} upper_zone "
	    "name={upper_name:v} lowmem_reserve_pages={lowmem_reserve:d}" },
	{ "mm_setup_per_zone_wmarks",
	    "node_id={node_id:d} zone name={name:v} watermark "
	    "min={watermark_min:d} low={watermark_low:d} "
	    "high={watermark_high:d} promo={watermark_promo:d}" },
	{ "rss_stat",
	    "mm_id={mm_id:d} curr={curr:u32} type={member:rss} "
	    "size={size:d}B" },
	{ "kmalloc", "call_site={call_site:F} ptr={ptr:p} " ALLOCATED "{:v}" },
	{ "kmalloc",
	    "({:v}) call_site={call_site:F} ptr={ptr:p} " ALLOCATED "{:v}" },
	{ "kmem_cache_alloc",
	    "call_site={call_site:F} ptr={ptr:p} name={name:v} " ALLOCATED
	    "{accounted:b}" },
	{ "kmem_cache_alloc",
	    "({:v}) call_site={call_site:F} ptr={ptr:p} "
	    "name={name:v} " ALLOCATED "{accounted:b}" },
	{ "kfree", "call_site={call_site:F} ptr={ptr:p}" },
	{ "kfree", "({:v}) call_site={call_site:F} ptr={ptr:p}" },
	{ "kmem_cache_free",
	    "call_site={call_site:F} ptr={ptr:p} name={name:v}" },
	{ "kmem_cache_free",
	    "({:v}) call_site={call_site:F} ptr={ptr:p} name={name:v}" },
	{ "ksm_advisor",
	    "ksm scan time {scan_time:d} pages_to_scan {pages_to_scan:d} "
	    "cpu percent {cpu_percent:d}" },
	{ "ksm_enter ksm_exit", "mm {mm:p}" },
	{ "ksm_merge_one_page",
	    "ksm pfn {pfn:d} rmap_item {rmap_item:p} mm {mm:p} error "
	    "{err:d}" },
	{ "ksm_merge_with_ksm_page",
	    "ksm pfn {pfn:d} rmap_item {rmap_item:p} mm {mm:p} "
	    "error {err:d}" },
	{ "ksm_merge_with_ksm_page",
	    "pfn {pfn:d} rmap_item {rmap_item:p} mm {mm:p} error {err:d}" },
	{ "ksm_remove_ksm_page", "pfn {pfn:d}" },
	{ "ksm_remove_rmap_item",
	    "pfn {pfn:d} rmap_item {rmap_item:p} mm {mm:p}" },
	{ "ksm_start_scan ksm_stop_scan",
	    "seq {seq:d} rmap size {rmap_entries:u32}" },
	{ "ma_op ma_read",
	    "{fn:t}\tNode: {node:p} ({min:d} {max:d}) range: "
	    "{index:d}-{last:d}"
	    "\nfn min max index last node" },
	{ "ma_write",
	    "{fn:t}\tNode {node:p} ({min:d} {max:d}) "
	    "range:{index:d}-{last:d} piv ({piv:d}) val {val:p}"
	    "\nfn min max index last piv val node" },
	{ "count_memcg_events mod_memcg_lruvec_state mod_memcg_state",
	    "memcg_id={id:d} item={item:d} val={val:d}" },
	{ "memcg_flush_stats",
	    "memcg_id={id:d} stats_updates={stats_updates:d} "
	    "force={force:b} needs_flush={needs_flush:b}" },
	{ "mm_migrate_pages",
	    "nr_succeeded={succeeded:d} nr_failed={failed:d} "
	    "nr_thp_succeeded={thp_succeeded:d} "
	    "nr_thp_failed={thp_failed:d} nr_thp_split={thp_split:d} "
	    "nr_split={large_folio_split:d} mode={mode:migrate_mode} "
	    "reason={reason:migrate_reason}" },
	{ "mm_migrate_pages_start",
	    "mode={mode:migrate_mode} reason={reason:migrate_reason}" },
	{ "remove_migration_pte set_migration_pte",
	    "addr={addr:X}, pte={pte:X} order={order:d}" },
	{ "exit_mmap", "mt_mod {mt:p}, DESTROY" },
	{ "vm_unmapped_area", "addr=0x{addr:x} err=0 " UNMAPPED },
	{ "vm_unmapped_area", "addr=0x0 err={addr:u64} " UNMAPPED },
	{ "mmap_lock_acquire_returned",
	    "mm={mm:p} memcg_id={memcg_id:d} write={write:b} "
	    "success={success:b}" },
	{ "mmap_lock_released mmap_lock_start_locking",
	    "mm={mm:p} memcg_id={memcg_id:d} write={write:b}" },
	{ "compact_retry",
	    "order={order:d} priority={priority:compact_priority} "
	    "compaction_result={result:progress} retries={retries:d} "
	    "max_retries={max_retries:d} should_retry={ret:b}" },
	{ "mark_victim",
	    "pid={pid:d} comm={comm:c} total-vm={total_vm:d}kB "
	    "anon-rss={anon_rss:d}kB file-rss:{file_rss:d}kB "
	    "shmem-rss:{shmem_rss:d}kB uid={uid:d} pgtables={pgtables:d}kB "
	    "oom_score_adj={oom_score_adj:d}" },
	{ "oom_score_adj_update",
	    "pid={pid:d} comm={comm:c} oom_score_adj={oom_score_adj:d}" },
	{ "reclaim_retry_zone",
	    "node={node:d} zone={zone_idx:zone} order={order:d} "
	    "reclaimable={reclaimable:d} available={available:d} "
	    "min_wmark={min_wmark:d} "
	    "no_progress_loops={no_progress_loops:d} "
	    "wmark_check={wmark_check:b}" },
	{ "test_pages_isolated",
	    "start_pfn=0x{start_pfn:x} end_pfn=0x{end_pfn:x} "
	    "fin_pfn=0x{fin_pfn:x} ret={:v}" },
	{ "page_pool_release",
	    "page_pool={pool:p} inflight={inflight:d} hold={hold:d} "
	    "release={release:d} cnt={cnt:d}" },
	{ "page_pool_state_hold",
	    "page_pool={pool:p} netmem={netmem:a} is_net_iov={:v}, "
	    "pfn=0x{pfn:x} hold={hold:d}"
	    "\npool netmem hold pfn" },
	{ "page_pool_state_release",
	    "page_pool={pool:p} netmem={netmem:a} is_net_iov={:v} "
	    "pfn=0x{pfn:x} release={release:d}"
	    "\npool netmem release pfn" },
	{ "page_pool_update_nid",
	    "page_pool={pool:p} pool_nid={pool_nid:d} new_nid={new_nid:d}" },
	{ "mm_lru_activate", "folio={folio:p} pfn=0x{pfn:x}" },
	{ "mm_lru_insertion",
	    "folio={folio:p} pfn=0x{pfn:x} lru={lru:d} flags=0x{flags:x}" },
	{ "mm_lru_insertion",
	    "folio={folio:p} pfn=0x{pfn:x} lru={lru:d} flags={:v}" },
	{ "percpu_alloc_percpu",
	    "call_site={call_site:F} reserved={reserved:b} "
	    "is_atomic={is_atomic:b} size={size:d} align={align:d} "
	    "base_addr={base_addr:p} off={off:d} ptr={ptr:p} "
	    "bytes_alloc={bytes_alloc:d} gfp_flags={gfp_flags:gfp}" },
	{ "percpu_alloc_percpu_fail",
	    "reserved={reserved:b} is_atomic={is_atomic:b} size={size:d} "
	    "align={align:d}" },
	{ "swiotlb_bounced",
	    "dev_name: {dev_name:v} dma_mask={dma_mask:X} "
	    "dev_addr={dev_addr:X} size={size:d} {force:force}" },
	{ "remove_migration_pmd set_migration_pmd",
	    "addr={addr:X}, pmd={pmd:X}" },
	{ "tlb_flush",
	    "pages:{pages:u64} reason:{:v} ({reason:d})"
	    "\nreason pages" },
	{ "tlb_flush",
	    "pages={pages:u64} reason={:v} ({reason:d})"
	    "\nreason pages" },
	{ "alloc_vmap_area",
	    "va_start: {addr:d} size={size:d} align={align:d} "
	    "vstart=0x{vstart:x} vend=0x{vend:x} failed={failed:d}" },
	{ "free_vmap_area_noflush",
	    "va_start=0x{va_start:x} nr_lazy={nr_lazy:d} "
	    "nr_lazy_max={nr_lazy_max:d}" },
	{ "purge_vmap_area_lazy",
	    "start=0x{start:x} end=0x{end:x} num_purged={npurged:d}" },
	{ "mm_shrink_slab_end",
	    "{shrink:f} {shr:p}: nid: {nid:d} unused scan count "
	    "{unused_scan:d} new scan count {new_scan:d} total_scan "
	    "{total_scan:d} last shrinker return val {retval:d}"
	    "\nshr nid shrink unused_scan new_scan retval total_scan" },
	{ "mm_shrink_slab_start",
	    "{shrink:f} {shr:p}: nid: {nid:d} objects to shrink "
	    "{nr_objects_to_shrink:d} gfp_flags {gfp_flags:gfp} cache "
	    "items {cache_items:u64} delta {delta:u64} total_scan "
	    "{total_scan:u64} priority {priority:d}"
	    "\nshr shrink nid nr_objects_to_shrink gfp_flags cache_items "
	    "delta total_scan priority" },
	{ "mm_vmscan_direct_reclaim_begin mm_vmscan_memcg_reclaim_begin "
	  "mm_vmscan_memcg_softlimit_reclaim_begin",
	    "order={order:d} gfp_flags={gfp_flags:gfp}" },
	{ "mm_vmscan_lru_isolate",
	    "classzone={highest_zoneidx:d} order={order:d} "
	    "nr_requested={nr_requested:d} nr_scanned={nr_scanned:d} "
	    "nr_skipped={nr_skipped:d} nr_taken={nr_taken:d} "
	    "lru={lru:lru_list}" },
	{ "mm_vmscan_lru_shrink_active",
	    "nid={nid:d} nr_taken={nr_taken:u64} nr_active={nr_active:u64} "
	    "nr_deactivated={nr_deactivated:u64} "
	    "nr_referenced={nr_referenced:u64} priority={priority:d} "
	    "flags={reclaim_flags:reclaim}" },
	{ "mm_vmscan_lru_shrink_inactive",
	    RECLAIMED " priority={priority:d} flags={reclaim_flags:reclaim}" },
	{ "mm_vmscan_node_reclaim_begin mm_vmscan_wakeup_kswapd",
	    "nid={nid:d} order={order:d} gfp_flags={gfp_flags:gfp}" },
	{ "mm_vmscan_reclaim_pages", RECLAIMED },
	{ "mm_vmscan_throttled",
	    "nid={nid:d} usec_timeout={usec_timeout:d} "
	    "usect_delayed={usec_delayed:d} reason={reason:throttle}" },
	{ "mm_vmscan_write_folio",
	    "page={:w} pfn=0x{pfn:x} flags={reclaim_flags:reclaim}" },
	{ NULL, NULL },
};
