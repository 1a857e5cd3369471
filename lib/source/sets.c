/* SPDX-License-Identifier: MIT */
#include "source/sets.h"

#include "base/num.h"

static const struct set sets[] = {
	{ "alarm", SET_ONE,
	    "0=REALTIME,1=BOOTTIME,3=REALTIME Freezer,4=BOOTTIME Freezer" },
	{ "begin", SET_BOOLEAN, "1=begin,0=end" },
	{ "below", SET_BOOLEAN, "1=below,0=above" },
	{ "clock", SET_ONE,
	    "0=CLOCK_REALTIME,1=CLOCK_MONOTONIC,7=CLOCK_BOOTTIME,"
	    "11=CLOCK_TAI" },
	{ "compact_priority", SET_ONE,
	    "0=COMPACT_PRIO_SYNC_FULL,1=COMPACT_PRIO_SYNC_LIGHT,"
	    "2=COMPACT_PRIO_ASYNC" },
	{ "compact_result", SET_ONE,
	    "1=skipped,2=deferred,4=continue,8=success,6=partial_skipped,"
	    "5=complete,3=no_suitable_page,0=not_suitable_zone,"
	    "7=contended" },
	{ "ctime", SET_FLAGS, "0x80000000=Q" },
	{ "dio", SET_FLAGS,
	    "1=DIO_FORCE_WAIT,2=DIO_OVERWRITE_ONLY,4=DIO_PARTIAL" },
	{ "dma_attrs", SET_FLAGS,
	    "2=WEAK_ORDERING,4=WRITE_COMBINE,0x10=NO_KERNEL_MAPPING,"
	    "0x20=SKIP_CPU_SYNC,0x40=FORCE_CONTIGUOUS,"
	    "0x80=ALLOC_SINGLE_PAGES,0x100=NO_WARN,0x200=PRIVILEGED,"
	    "0x400=MMIO,0x800=CACHE_CLEAN" },
	{ "dma_direction", SET_ONE,
	    "0=BIDIRECTIONAL,1=TO_DEVICE,2=FROM_DEVICE,3=NONE" },
	{ "erofs_map", SET_FLAGS, "1=FIEMAP,2=READMORE,4=FINDTAIL,0=NULL" },
	{ "erofs_mapped", SET_LETTERS, "1=M,2=I,4=E,8=F,0x11=R,0x20=P" },
	{ "error_detector", SET_ONE, "0=kfence,1=kasan,2=warning" },
	{ "ext4_criteria", SET_ONE,
	    "0=CR_POWER2_ALIGNED,1=CR_GOAL_LEN_FAST,2=CR_BEST_AVAIL_LEN,"
	    "3=CR_GOAL_LEN_SLOW,4=CR_ANY_FREE" },
	{ "ext4_free", SET_FLAGS,
	    "1=METADATA,2=FORGET,4=VALIDATED,8=NO_QUOTA,0x10=1ST_CLUSTER,"
	    "0x20=LAST_CLUSTER" },
	{ "ext4_get_block", SET_FLAGS,
	    "1=CREATE,2=UNWRIT,4=DELALLOC,8=PRE_IO,0x10=CONVERT,"
	    "0x20=METADATA_NOFAIL,0x40=NO_NORMALIZE,"
	    "0x100=CONVERT_UNWRITTEN,0x200=ZERO,0x400=IO_SUBMIT,"
	    "0x40000000=EX_NOCACHE" },
	{ "ext4_hint", SET_FLAGS,
	    "1=HINT_MERGE,8=HINT_FIRST,0x20=HINT_DATA,"
	    "0x40=HINT_NOPREALLOC,0x80=HINT_GRP_ALLOC,"
	    "0x100=HINT_GOAL_ONLY,0x200=HINT_TRY_GOAL,"
	    "0x400=DELALLOC_RESV,0x800=STREAM_ALLOC,0x1000=USE_ROOT_BLKS,"
	    "0x2000=USE_RESV,0x4000=STRICT_CHECK" },
	{ "ext4_mapped", SET_LETTERS, "0x20=N,0x10=M,0x800=U,0x200=B" },
	{ "extent", SET_LETTERS, "1=W,2=U,4=D,8=H,0x10=R" },
	{ "fallocate", SET_FLAGS,
	    "1=KEEP_SIZE,2=PUNCH_HOLE,8=COLLAPSE_RANGE,0x10=ZERO_RANGE,"
	    "0x80=WRITE_ZEROES" },
	{ "family", SET_ONE, "2=AF_INET,10=AF_INET6" },
	{ "fault", SET_FLAGS,
	    "1=WRITE,2=MKWRITE,4=ALLOW_RETRY,8=RETRY_NOWAIT,"
	    "0x10=KILLABLE,0x20=TRIED,0x40=USER,0x80=REMOTE,"
	    "0x100=INSTRUCTION,0x200=INTERRUPTIBLE,0x1000=VMA_LOCK" },
	{ "fault_at", SET_ONE, "1= #GP,0=" },
	{ "fault_result", SET_FLAGS,
	    "1=OOM,2=SIGBUS,4=MAJOR,0x10=HWPOISON,0x20=HWPOISON_LARGE,"
	    "0x40=SIGSEGV,0x100=NOPAGE,0x200=LOCKED,0x400=RETRY,"
	    "0x800=FALLBACK,0x1000=DONE_COW,0x2000=NEEDDSYNC,"
	    "0x4000=COMPLETED" },
	{ "file_or_dir", SET_ONE, "0=FILE,1=DIR" },
	{ "force", SET_BOOLEAN, "1=FORCE,0=NORMAL" },
	{ "fuse", SET_ONE,
	    "1=FUSE_LOOKUP,2=FUSE_FORGET,3=FUSE_GETATTR,4=FUSE_SETATTR,"
	    "5=FUSE_READLINK,6=FUSE_SYMLINK,8=FUSE_MKNOD,9=FUSE_MKDIR,"
	    "10=FUSE_UNLINK,11=FUSE_RMDIR,12=FUSE_RENAME,13=FUSE_LINK,"
	    "14=FUSE_OPEN,15=FUSE_READ,16=FUSE_WRITE,17=FUSE_STATFS,"
	    "18=FUSE_RELEASE,20=FUSE_FSYNC,21=FUSE_SETXATTR,"
	    "22=FUSE_GETXATTR,23=FUSE_LISTXATTR,24=FUSE_REMOVEXATTR,"
	    "25=FUSE_FLUSH,26=FUSE_INIT,27=FUSE_OPENDIR,28=FUSE_READDIR,"
	    "29=FUSE_RELEASEDIR,30=FUSE_FSYNCDIR,31=FUSE_GETLK,"
	    "32=FUSE_SETLK,33=FUSE_SETLKW,34=FUSE_ACCESS,35=FUSE_CREATE,"
	    "36=FUSE_INTERRUPT,37=FUSE_BMAP,38=FUSE_DESTROY,"
	    "39=FUSE_IOCTL,40=FUSE_POLL,41=FUSE_NOTIFY_REPLY,"
	    "42=FUSE_BATCH_FORGET,43=FUSE_FALLOCATE,44=FUSE_READDIRPLUS,"
	    "45=FUSE_RENAME2,46=FUSE_LSEEK,47=FUSE_COPY_FILE_RANGE,"
	    "48=FUSE_SETUPMAPPING,49=FUSE_REMOVEMAPPING,50=FUSE_SYNCFS,"
	    "51=FUSE_TMPFILE,52=FUSE_STATX,4096=CUSE_INIT" },
	{ "gfp", SET_FLAGS,
	    "0xcc0=GFP_KERNEL,0x400cc0=GFP_KERNEL_ACCOUNT,"
	    "0x100cca=GFP_HIGHUSER_MOVABLE,0x820=GFP_ATOMIC,"
	    "0x2800=GFP_NOWAIT,0xc40=GFP_NOFS,0x100cc0=GFP_USER,"
	    "0x100=__GFP_ZERO,0x2000=__GFP_NOWARN,0x40000=__GFP_COMP,"
	    "0x10000=__GFP_NORETRY,0x80000=__GFP_NOMEMALLOC,"
	    "0x1c24ca=GFP_TRANSHUGE,0x1c20ca=GFP_TRANSHUGE_LIGHT,"
	    "0x100cc2=GFP_HIGHUSER,0xc00=GFP_NOIO,1=GFP_DMA,4=GFP_DMA32,"
	    "0=none,0xc00=__GFP_RECLAIM,1=__GFP_DMA,2=__GFP_HIGHMEM,"
	    "4=__GFP_DMA32,8=__GFP_MOVABLE,0x10=__GFP_RECLAIMABLE,"
	    "0x20=__GFP_HIGH,0x40=__GFP_IO,0x80=__GFP_FS,"
	    "0x400=__GFP_DIRECT_RECLAIM,0x800=__GFP_KSWAPD_RECLAIM,"
	    "0x1000=__GFP_WRITE,0x4000=__GFP_RETRY_MAYFAIL,"
	    "0x8000=__GFP_NOFAIL,0x20000=__GFP_MEMALLOC,"
	    "0x100000=__GFP_HARDWALL,0x200000=__GFP_THISNODE,"
	    "0x400000=__GFP_ACCOUNT,0x800000=__GFP_ZEROTAGS,"
	    "0x1000000=__GFP_NO_OBJ_EXT" },
	{ "grow", SET_BOOLEAN, "1=grow,0=shrink" },
	{ "handled", SET_ONE, "1=handled,0=unhandled" },
	{ "hashed", SET_ONE, "1=hashed,0=normal" },
	{ "hrtimer", SET_FLAGS, "0=ABS,1=REL,2=PINNED,4=SOFT,8=HARD" },
	{ "inode", SET_FLAGS,
	    "0x10=I_DIRTY_SYNC,0x20=I_DIRTY_DATASYNC,0x40=I_DIRTY_PAGES,"
	    "1=I_NEW,0x80=I_WILL_FREE,0x100=I_FREEING,0x200=I_CLEAR,"
	    "2=I_SYNC,0x1000=I_DIRTY_TIME,0x400=I_REFERENCED,"
	    "0x800=I_LINKABLE,0x2000=I_WB_SWITCH,0x4000=I_OVL_INUSE,"
	    "0x8000=I_CREATING,0x10000=I_DONTCACHE,0x20000=I_SYNC_QUEUED,"
	    "0x40000=I_PINNING_NETFS_WB,4=I_LRU_ISOLATING" },
	{ "ioclass", SET_ONE, "0=none,1=rt,2=be,3=idle,7=invalid" },
	{ "iomap_flags", SET_FLAGS,
	    "1=NEW,2=DIRTY,4=SHARED,8=MERGED,0x10=BH,0x20=XATTR,"
	    "0x40=BOUNDARY,0x80=ANON_WRITE,0x100=ATOMIC_BIO,"
	    "0x1000=PRIVATE,0x4000=SIZE_CHANGED,0x8000=STALE" },
	{ "iomap_op", SET_FLAGS,
	    "1=WRITE,2=ZERO,4=REPORT,8=FAULT,0x10=DIRECT,0x20=NOWAIT,"
	    "0x40=OVERWRITE_ONLY,0x80=UNSHARE,0x100=DAX,0x200=ATOMIC,"
	    "0x400=DONTCACHE" },
	{ "iomap_type", SET_ONE,
	    "0=HOLE,1=DELALLOC,2=MAPPED,3=UNWRITTEN,4=INLINE" },
	{ "kiocb", SET_FLAGS,
	    "1=HIPRI,2=DSYNC,4=SYNC,8=NOWAIT,0x10=APPEND,0x40=ATOMIC,"
	    "0x80=DONTCACHE,0x10000=EVENTFD,0x20000=DIRECT,0x40000=WRITE,"
	    "0x80000=WAITQ,0x100000=NOIO,0x200000=ALLOC_CACHE,"
	    "0x400000=CALLER_COMP,0x800000=AIO_RW,"
	    "0x1000000=AIO_HAS_METADATA" },
	{ "lock", SET_FLAGS,
	    "1=SPIN,2=READ,4=WRITE,8=RT,0x10=PERCPU,0x20=MUTEX" },
	{ "lock_flags", SET_FLAGS,
	    "1=FL_POSIX,2=FL_FLOCK,4=FL_DELEG,8=FL_ACCESS,0x10=FL_EXISTS,"
	    "0x20=FL_LEASE,0x40=FL_CLOSE,0x80=FL_SLEEP,"
	    "0x100=FL_DOWNGRADE_PENDING,0x200=FL_UNLOCK_PENDING,"
	    "0x400=FL_OFDLCK,0x1000=FL_RECLAIM" },
	{ "lock_type", SET_ONE, "0=F_RDLCK,1=F_WRLCK,2=F_UNLCK" },
	{ "lru_list", SET_ONE,
	    "0=inactive_anon,1=active_anon,2=inactive_file,3=active_file,"
	    "4=unevictable" },
	{ "migrate_mode", SET_ONE,
	    "0=MIGRATE_ASYNC,1=MIGRATE_SYNC_LIGHT,2=MIGRATE_SYNC" },
	{ "migrate_reason", SET_ONE,
	    "0=compaction,1=memory_failure,2=memory_hotplug,"
	    "3=syscall_or_cpuset,4=mempolicy_mbind,5=numa_misplaced,"
	    "6=contig_range,7=longterm_pin,8=demotion,9=damon" },
	{ "mptcp_mapping", SET_ONE,
	    "0=MAPPING_OK,1=MAPPING_INVALID,2=MAPPING_EMPTY,"
	    "3=MAPPING_DATA_FIN,4=MAPPING_DUMMY" },
	{ "neighbour", SET_ONE,
	    "1=incomplete,2=reachable,4=stale,8=delay,16=probe,32=failed,"
	    "64=noarp,128=permanent" },
	{ "no_inode", SET_ONE, "0=I_DIRTY_SYNC" },
	{ "numa_skip", SET_ONE,
	    "0=unsuitable,1=shared_ro,2=inaccessible,3=scan_delay,"
	    "4=pid_inactive,5=ignore_pid_inactive,6=seq_completed" },
	{ "pm_qos_action", SET_ONE, "0=ADD_REQ,1=UPDATE_REQ,2=REMOVE_REQ" },
	{ "pm_qos_type", SET_ONE,
	    "1=DEV_PM_QOS_RESUME_LATENCY,5=DEV_PM_QOS_FLAGS" },
	{ "progress", SET_ONE, "1=failed,2=withdrawn,3=progress" },
	{ "protocol", SET_ONE,
	    "6=IPPROTO_TCP,17=IPPROTO_UDP,132=IPPROTO_SCTP,"
	    "262=IPPROTO_MPTCP" },
	{ "reclaim", SET_FLAGS,
	    "1=RECLAIM_WB_ANON,2=RECLAIM_WB_FILE,0x10=RECLAIM_WB_MIXED,"
	    "4=RECLAIM_WB_SYNC,8=RECLAIM_WB_ASYNC,0=RECLAIM_WB_NONE" },
	{ "rpm", SET_ONE,
	    "-1=RPM_INVALID,0=RPM_ACTIVE,1=RPM_RESUMING,2=RPM_SUSPENDED,"
	    "3=RPM_SUSPENDING" },
	{ "rss", SET_ONE,
	    "0=MM_FILEPAGES,1=MM_ANONPAGES,2=MM_SWAPENTS,3=MM_SHMEMPAGES" },
	{ "sk_mem", SET_ONE, "0=SK_MEM_SEND,1=SK_MEM_RECV" },
	{ "softirq", SET_ONE,
	    "0=HI,1=TIMER,2=NET_TX,3=NET_RX,4=BLOCK,5=IRQ_POLL,6=TASKLET,"
	    "7=SCHED,8=HRTIMER,9=RCU" },
	{ "sync", SET_BOOLEAN, "1=sync,0=async" },
	{ "tcp_state", SET_ONE,
	    "1=TCP_ESTABLISHED,2=TCP_SYN_SENT,3=TCP_SYN_RECV,"
	    "4=TCP_FIN_WAIT1,5=TCP_FIN_WAIT2,6=TCP_TIME_WAIT,7=TCP_CLOSE,"
	    "8=TCP_CLOSE_WAIT,9=TCP_LAST_ACK,10=TCP_LISTEN,"
	    "11=TCP_CLOSING,12=TCP_NEW_SYN_RECV,0=UNKNOWN" },
	{ "throttle", SET_FLAGS,
	    "1=VMSCAN_THROTTLE_WRITEBACK,2=VMSCAN_THROTTLE_ISOLATED,"
	    "4=VMSCAN_THROTTLE_NOPROGRESS,8=VMSCAN_THROTTLE_CONGESTED,"
	    "0=VMSCAN_THROTTLE_NONE" },
	{ "tick_dependency", SET_ONE,
	    "0=NONE,1=POSIX_TIMER,2=PERF_EVENTS,4=SCHED,8=CLOCK_UNSTABLE,"
	    "16=RCU,32=RCU_EXP" },
	{ "timer_flags", SET_FLAGS,
	    "0x40000=M,0x80000=D,0x100000=P,0x200000=I" },
	{ "trip", SET_ONE, "3=CRITICAL,2=HOT,1=PASSIVE,0=ACTIVE" },
	{ "truncated", SET_BOOLEAN, "1= [TRUNCATED],0=" },
	{ "vsock_op", SET_ONE,
	    "0=INVALID,1=REQUEST,2=RESPONSE,3=RST,4=SHUTDOWN,5=RW,"
	    "6=CREDIT_UPDATE,7=CREDIT_REQUEST" },
	{ "vsock_type", SET_ONE, "1=STREAM,2=SEQPACKET" },
	{ "writeback_reason", SET_ONE,
	    "0=background,1=vmscan,2=sync,3=periodic,4=laptop_timer,"
	    "5=fs_free_space,6=forker_thread,7=foreign_flush" },
	{ "xdp_action", SET_ONE, "0=ABORTED,1=DROP,2=PASS,3=TX,4=REDIRECT" },
	{ "xdp_memory", SET_ONE,
	    "0=PAGE_SHARED,1=PAGE_ORDER0,2=PAGE_POOL,3=XSK_BUFF_POOL" },
	{ "zone", SET_ONE, "0=DMA,1=DMA32,2=Normal,3=Movable" },
};

const struct set *
sets_find(struct str name)
{
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if (str_is(name, sets[i].name))
			return &sets[i];
	return NULL;
}

/* Reads a number: decimal, with or without a minus, or after 0x. */
static bool
read_number(struct str s, int64_t *out)
{
	uint64_t v;

	if (!str_starts(s, "0x"))
		return num_s64(s, out);
	if (!num_hex(s, &v))
		return false;
	*out = (int64_t)v;
	return true;
}

/* Finds the number of one name. */
static bool
find(const struct set *set, struct str name, int64_t *out)
{
	const char *p = set->names;

	for (;;) {
		const char *equals = strchr(p, '=');
		size_t n = strcspn(equals + 1, ",");

		if (n == name.n && memcmp(equals + 1, name.p, n) == 0)
			return read_number((struct str){ p,
					       (size_t)(equals - p) },
			    out);
		if (equals[1 + n] == '\0')
			return false;
		p = equals + 1 + n + 1;
	}
}

/* Adds up names with bars between; none adds nothing. */
static bool
add_flags(const struct set *set, struct str rest, int64_t *out)
{
	for (*out = 0;;) {
		struct str name = rest;
		int64_t one = 0;

		for (name.n = 0; name.n < rest.n; name.n++)
			if (rest.p[name.n] == '|' || rest.p[name.n] == ':')
				break;
		rest = str_skip(rest, name.n);
		name = str_trim(name);
		if (name.n > 0 && !find(set, name, &one) &&
		    !read_number(name, &one))
			return false;
		*out |= one;
		if (rest.n == 0)
			return true;
		rest = str_skip(rest, 1);
	}
}

/* Adds up letters; what has none stands behind them as a number. */
static bool
add_letters(const struct set *set, struct str rest, int64_t *out)
{
	int64_t one;

	*out = 0;
	for (; rest.n > 0; rest = str_skip(rest, 1)) {
		struct str letter = { rest.p, 1 };

		if (rest.p[0] == ' ')
			continue;
		if (!find(set, letter, &one)) {
			if (!read_number(rest, &one))
				return false;
			rest = str_skip(rest, rest.n - 1);
		}
		*out |= one;
	}
	return true;
}

bool
sets_number(const struct set *set, struct str text, int64_t *out)
{
	switch (set->kind) {
	case SET_FLAGS:
		return add_flags(set, text, out);
	case SET_LETTERS:
		return add_letters(set, text, out);
	default:
		if (find(set, text, out))
			return true;
		text = str_trim(text);
		return find(set, text, out) || read_number(text, out);
	}
}
