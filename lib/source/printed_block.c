/* SPDX-License-Identifier: MIT */
#include "source/printed.h"

#define REQUEST "{dev:dev} {rwbs:v} "

/* Events of block devices. */
const struct printed printed_block[] = {
	{ "blk_zone_append_update_request_bio block_io_done block_io_start "
	  "block_rq_insert block_rq_issue block_rq_merge",
	    REQUEST "{bytes:d} ({cmd:v}) {sector:d} + {nr_sector:d} "
		    "{ioprio:ioprio} [{comm:c}]"
		    "\ndev sector nr_sector bytes ioprio rwbs comm cmd" },
	{ "blk_zone_wplug_bio disk_zone_wplug_add_bio",
	    "{dev:dev} zone {zno:d}, BIO {sector:d} + {nr_sectors:d}" },
	{ "blkdev_zone_mgmt",
	    REQUEST "{sector:d} + {nr_sectors:d}"
		    "\ndev sector nr_sectors rwbs" },
	{ "block_bio_backmerge block_bio_frontmerge block_bio_queue "
	  "block_getrq",
	    REQUEST "{sector:d} + {nr_sector:d} [{comm:c}]"
		    "\ndev sector nr_sector rwbs comm" },
	{ "block_bio_complete",
	    REQUEST "{sector:d} + {nr_sector:d} [{error:d}]"
		    "\ndev sector nr_sector error rwbs" },
	{ "block_bio_remap",
	    REQUEST
	    "{sector:d} + {nr_sector:d} <- ({old_dev:dev}) {old_sector:d}"
	    "\ndev sector nr_sector old_dev old_sector rwbs" },
	{ "block_dirty_buffer block_touch_buffer",
	    "{dev:dev} sector={sector:d} size={size:d}" },
	{ "block_plug", "[{comm:c}]" },
	{ "block_rq_complete block_rq_error",
	    REQUEST "({cmd:v}) {sector:d} + {nr_sector:d} {ioprio:ioprio} "
		    "[{error:d}]"
		    "\ndev sector nr_sector error ioprio rwbs cmd" },
	{ "block_rq_remap",
	    REQUEST
	    "{sector:d} + {nr_sector:d} <- ({old_dev:dev}) {old_sector:d} "
	    "{nr_bios:d}"
	    "\ndev sector nr_sector old_dev old_sector nr_bios rwbs" },
	{ "block_rq_requeue",
	    REQUEST
	    "({cmd:v}) {sector:d} + {nr_sector:d} {ioprio:ioprio} [{:v}]"
	    "\ndev sector nr_sector ioprio rwbs cmd" },
	{ "block_split",
	    REQUEST "{sector:d} / {new_sector:d} [{comm:c}]"
		    "\ndev sector new_sector rwbs comm" },
	{ "block_unplug",
	    "[{comm:c}] {nr_rq:d}"
	    "\nnr_rq comm" },
	{ "iocost_inuse_adjust iocost_inuse_shortage iocost_inuse_transfer",
	    "[{devname:v}:{cgroup:v}] now={now:d} "
	    "inuse={old_inuse:d}->{new_inuse:d} "
	    "hw_inuse={old_hweight_inuse:d}->{new_hweight_inuse:d}" },
	{ "iocost_ioc_vrate_adj",
	    "[{devname:v}] vrate={old_vrate:d}->{new_vrate:d} "
	    "busy={busy_level:d} "
	    "missed_ppm={read_missed_ppm:d}:{write_missed_ppm:d} "
	    "rq_wait_pct={rq_wait_pct:d} lagging={nr_lagging:d} "
	    "shortages={nr_shortages:d}" },
	{ "iocost_iocg_activate iocost_iocg_idle",
	    "[{devname:v}:{cgroup:v}] now={now:d}:{vnow:d} vrate={vrate:d} "
	    "period={last_period:d}->{cur_period:d} vtime={vtime:d} "
	    "weight={inuse:d}/{weight:d} "
	    "hweight={hweight_inuse:d}/{hweight_active:d}"
	    "\ndevname cgroup now vnow vrate last_period cur_period vtime "
	    "weight inuse hweight_active hweight_inuse" },
	{ "iocost_iocg_forgive_debt",
	    "[{devname:v}:{cgroup:v}] now={now:d}:{vnow:d} "
	    "usage={usage_pct:d} debt={old_debt:d}->{new_debt:d} "
	    "delay={old_delay:d}->{new_delay:d}" },
	{ "kyber_adjust", "{dev:dev} {domain:v} {depth:d}" },
	{ "kyber_latency",
	    "{dev:dev} {domain:v} {type:v} p{percentile:d} "
	    "{numerator:d}/{denominator:d} samples={samples:d}" },
	{ "kyber_throttled", "{dev:dev} {domain:v}" },
	{ "wbt_lat", "{name:v}: latency {lat:d}us" },
	{ "wbt_stat",
	    "{name:v}: rmean={rmean:s64}, rmin={rmin:d}, rmax={rmax:d}, "
	    "rsamples={rnr_samples:s64}, wmean={wmean:s64}, wmin={wmin:d}, "
	    "wmax={wmax:d}, wsamples={wnr_samples:s64}" },
	{ "wbt_step",
	    "{name:v}: {msg:t}: step={step:d}, window={window:d}us, "
	    "background={bg:d}, normal={normal:d}, max={max:d}" },
	{ "wbt_timer",
	    "{name:v}: status={status:d}, step={step:d}, "
	    "inflight={inflight:d}" },
	{ NULL, NULL },
};
