/* SPDX-License-Identifier: MIT */
#include "source/names.h"

#define STR(z)                                                                 \
	{                                                                      \
		(z), sizeof(z) - 1                                             \
	}

/*
 * Names by their length, in order, with a blank between: which fields have a
 * type with a '*' in every format of events/syscalls that has them (Linux
 * 6.18, x86-64) ...
 */
static const struct str arguments[] = {
	[2] = STR("ru tp tv tz"),
	[3] = STR("act buf exp ids inp msg ptr req tsp tvp uss uts utx vec"),
	[4] = STR("_key argp argv buff cpup ctxp envp head info iocb list lvec "
		  "mmsg msgp name nset oact oset otmr outp path rlim rmtp rqtp "
		  "rseq rvec tbuf tloc ubuf ufds uiov uoss uset usig utmr"),
	[5] = STR("_type cstat egidp euidp event infop nmask nodep nodes pages "
		  "param rgidp ruidp sgidp suidp times tsops txc_p uaddr uargs "
		  "uattr uinfo uname utime value"),
	[6] = STR("_value buffer dirent events handle iocbpp mnt_id off_in "
		  "optval ovalue params result status tidptr u_attr u_name "
		  "uaddr2 ufattr unused uthese utimes"),
	[7] = STR("len_ptr mnt_ids newname off_out oldname put_old setting "
		  "shmaddr sigmask special statbuf umyaddr unewset waiters"),
	[8] = STR("_fs_name _payload dev_name dir_name filename head_ptr "
		  "interval new_rlim new_root old_rlim pathname u_mqstat "
		  "usockvec"),
	[9] = STR("attr_uptr grouplist new_nodes old_nodes rule_attr stat_addr "
		  "u_msg_ptr u_omqstat user_mask uservaddr usockaddr"),
	[10] = STR("u_msg_prio"),
	[11] = STR("cstat_range new_setting old_setting specialfile "
		   "to_pathname"),
	[12] = STR("_description child_tidptr"),
	[13] = STR("_callout_info from_pathname parent_tidptr u_abs_timeout "
		   "upeer_addrlen user_mask_ptr usockaddr_len"),
	[14] = STR("u_notification upeer_sockaddr"),
	[16] = STR("created_timer_id timer_event_spec"),
};

/* ... in some of them only ... */
static const struct {
	const char *call, *key;
} some_arguments[] = {
	{ "epoll_pwait2", "timeout" },
	{ "futex_wait", "timeout" },
	{ "futex_waitv", "timeout" },
	{ "get_mempolicy", "policy" },
	{ "getsockopt", "optlen" },
	{ "io_getevents", "timeout" },
	{ "io_pgetevents", "timeout" },
	{ "io_uring_register", "arg" },
	{ "landlock_create_ruleset", "attr" },
	{ "lsm_get_self_attr", "ctx" },
	{ "lsm_get_self_attr", "size" },
	{ "lsm_list_modules", "size" },
	{ "lsm_set_self_attr", "ctx" },
	{ "mount", "data" },
	{ "mount", "type" },
	{ "openat2", "how" },
	{ "pipe", "fildes" },
	{ "pipe2", "fildes" },
	{ "pselect6", "sig" },
	{ "quotactl", "addr" },
	{ "quotactl_fd", "addr" },
	{ "reboot", "arg" },
	{ "recvfrom", "addr" },
	{ "recvfrom", "addr_len" },
	{ "recvmmsg", "timeout" },
	{ "semtimedop", "timeout" },
	{ "sendfile64", "offset" },
	{ "sendto", "addr" },
};

/* ... in nearly all formats of other events that have them ... */
static const struct str pointers[] = {
	[2] = STR("cb fn mm mt sk tp wq xa"),
	[3] = STR("csd ctx fpu fun lip ops ptr req rxq shr skb txq"),
	[4] = STR("cred leaf link napi ocqe pool tctx work wtag"),
	[5] = STR("alarm child folio lease qdisc rx_sk timer"),
	[6] = STR("buffer intent shrink skaddr worker"),
	[7] = STR("blocker breaker buf_ops handler hrtimer skbaddr tasklet"),
	[8] = STR("callback callsite function ksm_page location skb_addr"),
	[9] = STR("allocator base_addr lock_addr rmap_item target_ns "
		  "virt_addr"),
	[10] = STR("capable_ns target_req zero_folio"),
	[11] = STR("normal_work radix_entry"),
	[12] = STR("ordered_func"),
};

/* ... and which are char[] in all of them. */
static const struct str texts[] = {
	[3] = STR("bdi cmd"),
	[4] = STR("name path rwbs"),
	[5] = STR("fname label pname"),
	[6] = STR("br_dev cgroup d_name device driver fru_id interp op_str "
		  "tclass"),
	[7] = STR("devname"),
	[8] = STR("dev_name dst_path filename fru_text scontext sec_type "
		  "src_name tcontext timeline"),
	[9] = STR("workqueue"),
	[10] = STR("bpf_string upper_name"),
	[11] = STR("target_name"),
	[12] = STR("thermal_zone"),
	[13] = STR("driver_detail"),
};

/*
 * What the events of sockets print for numbers of Linux: families (socket.h),
 * protocols (in.h) and states of TCP (tcp_states.h); what irq_handler_exit
 * does, and rss_stat (mm_types_task.h); and what libtraceevent prints for the
 * op of a futex (futex.h).
 */
static const struct {
	const char *name;
	unsigned number;
} symbols[] = {
	{ "AF_INET", 2 },
	{ "AF_INET6", 10 },
	{ "IPPROTO_TCP", 6 },
	{ "IPPROTO_UDP", 17 },
	{ "IPPROTO_SCTP", 132 },
	{ "IPPROTO_MPTCP", 262 },
	{ "TCP_ESTABLISHED", 1 },
	{ "TCP_SYN_SENT", 2 },
	{ "TCP_SYN_RECV", 3 },
	{ "TCP_FIN_WAIT1", 4 },
	{ "TCP_FIN_WAIT2", 5 },
	{ "TCP_TIME_WAIT", 6 },
	{ "TCP_CLOSE", 7 },
	{ "TCP_CLOSE_WAIT", 8 },
	{ "TCP_LAST_ACK", 9 },
	{ "TCP_LISTEN", 10 },
	{ "TCP_CLOSING", 11 },
	{ "TCP_NEW_SYN_RECV", 12 },
	{ "UNKNOWN", 0 },
	{ "handled", 1 },
	{ "unhandled", 0 },
	{ "MM_FILEPAGES", 0 },
	{ "MM_ANONPAGES", 1 },
	{ "MM_SWAPENTS", 2 },
	{ "MM_SHMEMPAGES", 3 },
	{ "FUTEX_WAIT", 0 },
	{ "FUTEX_WAKE", 1 },
	{ "FUTEX_FD", 2 },
	{ "FUTEX_REQUEUE", 3 },
	{ "FUTEX_CMP_REQUEUE", 4 },
	{ "FUTEX_WAKE_OP", 5 },
	{ "FUTEX_LOCK_PI", 6 },
	{ "FUTEX_UNLOCK_PI", 7 },
	{ "FUTEX_TRYLOCK_PI", 8 },
	{ "FUTEX_WAIT_BITSET", 9 },
	{ "FUTEX_WAKE_BITSET", 10 },
	{ "FUTEX_WAIT_REQUEUE_PI", 11 },
	{ "FUTEX_CMP_REQUEUE_PI", 12 },
	{ "FUTEX_LOCK_PI2", 13 },
	{ "FUTEX_PRIVATE_FLAG", 128 },
	{ "FUTEX_CLOCK_REALTIME", 256 },
};

/* Looks for a name in the table, of which the longest has max bytes. */
static bool
has(const struct str *table, size_t max, struct str key)
{
	size_t step = key.n + 1, low = 0, high;

	if (key.n > max || table[key.n].p == NULL)
		return false;
	high = (table[key.n].n + 1) / step;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int c = memcmp(table[key.n].p + middle * step, key.p, key.n);

		if (c == 0)
			return true;
		if (c < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

bool
names_is_pointer_argument(struct str event, struct str key)
{
	size_t n = sizeof(some_arguments) / sizeof(some_arguments[0]);
	size_t max = sizeof(arguments) / sizeof(arguments[0]) - 1;

	if (has(arguments, max, key))
		return true;
	event = str_skip(event, strlen("sys_enter_"));
	for (size_t i = 0; i < n; i++)
		if (str_is(key, some_arguments[i].key) &&
		    str_is(event, some_arguments[i].call))
			return true;
	return false;
}

bool
names_is_pointer(struct str key)
{
	return has(pointers, sizeof(pointers) / sizeof(pointers[0]) - 1, key);
}

bool
names_is_text(struct str key)
{
	if (key.n >= 4 && memcmp(key.p + key.n - 4, "comm", 4) == 0)
		return true;
	return has(texts, sizeof(texts) / sizeof(texts[0]) - 1, key);
}

bool
names_number(struct str name, uint64_t *number)
{
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		if (!str_is(name, symbols[i].name))
			continue;
		*number = symbols[i].number;
		return true;
	}
	return false;
}
