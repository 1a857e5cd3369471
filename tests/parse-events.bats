#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse: events of every type give the same records from the text of tracefs
# and of trace-cmd report as from the binary trace
#
# source/all has three events at most of each of 312 types of Linux 6.18: their
# data, taken from the ring buffers of one recording; the lines that tracefs
# printed for the very same events; and trace-cmd's reports of that data.

load helper
load parse

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	unpack source/all/trace.dat
	tk-parse trace.dat | plain >truth
}

# plain: records of events, with numbers as strings, so that none is rounded
plain() {
	events | sed -E -e ':more' -e 's/(":)(-?[0-9]+)([,}])/\1"#\2"\3/' \
		-e 'tmore'
}

# differs FILE [JQ-OPTION ...]: where the records of that text differ from the
# truth
differs() {
	unpack "source/all/$1"
	tk-parse "$1" 2>notes | plain >got
	[ "$(wc -l <got)" -eq 636 ]
	jq -rn --slurpfile truth truth --slurpfile text got "${@:2}" \
		-f "$tools/agree.jq" | LC_ALL=C sort -u
}

# Fields that the print fmt of an event does not print, or not as they are:
# in milliseconds, or as bits that letters stand for.
cat_unprinted() {
	cat <<-'END'
		exit_mmap mm absent
		ext4_mballoc_alloc buddy absent
		fib6_table_lookup rt_type absent
		inet_sock_set_state skaddr absent
		mm_lru_insertion arg_flags absent
		neigh_cleanup_and_release lladdr_len absent
		neigh_event_send_done lladdr_len absent
		neigh_update lladdr_len absent
		neigh_update_done lladdr_len absent
		sk_data_ready skaddr absent
		sock_recv_length ret absent
		tcp_cong_state_set skaddr absent
		tcp_destroy_sock skaddr absent
		tcp_probe dport absent
		tcp_probe sport absent
		tcp_rcv_space_adjust skaddr absent
		tcp_receive_reset skaddr absent
		timer_start now absent
		udp_fail_queue_rcv_skb dport absent
		udp_fail_queue_rcv_skb sport absent
		wbt_stat rtime absent
		wbt_stat wtime absent
	END
}

# Times that are printed in milliseconds.
cat_times() {
	cat <<-'END'
		jbd2_checkpoint_stats chp_time absent
		jbd2_run_stats flushing absent
		jbd2_run_stats locked absent
		jbd2_run_stats logging absent
		jbd2_run_stats request_delay absent
		jbd2_run_stats running absent
		jbd2_run_stats wait absent
	END
}

# Names whose numbers change with the kernel, and arrays of which only the
# bytes that are used are printed.
cat_names() {
	cat <<-'END'
		kfree_skb reason other
		tcp_send_reset reason other
		neigh_cleanup_and_release lladdr other
		neigh_event_send_done lladdr other
		neigh_update lladdr other
		neigh_update new_lladdr other
		neigh_update_done lladdr other
	END
}

# Text of which the trace has the address.
cat_strings() {
	printf '%s other\n' 'rcu_utilization s' 'wbt_step msg'
}

# What libtraceevent prints otherwise than the kernel: the first name of a set
# whose numbers it does not know, for 0; bits of the field that the print fmt
# leaves out, as flags.
cat_library() {
	printf '%s\n' 'sb_clear_inode_writeback state other' \
		'timer_start arg_flags absent'
}

# Bytes that report -R takes for a string, and prints up to the first zero.
cat_unknown() {
	cat <<-'END'
		fib6_table_lookup gw unknown
		fib6_table_lookup src unknown
		fib_table_lookup gw4 unknown
		fib_table_lookup gw6 unknown
		fib_table_lookup src unknown
		inet_sk_error_report daddr_v6 unknown
		inet_sk_error_report saddr_v6 unknown
		inet_sock_set_state daddr unknown
		inet_sock_set_state daddr_v6 unknown
		inet_sock_set_state saddr_v6 unknown
		neigh_cleanup_and_release primary_key6 unknown
		neigh_create primary_key6 unknown
		neigh_event_send_done primary_key6 unknown
		neigh_update lladdr unknown
		neigh_update primary_key6 unknown
		neigh_update_done primary_key6 unknown
		tcp_cong_state_set daddr_v6 unknown
		tcp_cong_state_set saddr_v6 unknown
		tcp_destroy_sock daddr_v6 unknown
		tcp_destroy_sock saddr_v6 unknown
		tcp_rcv_space_adjust daddr_v6 unknown
		tcp_rcv_space_adjust saddr_v6 unknown
		tcp_receive_reset daddr_v6 unknown
		tcp_receive_reset saddr_v6 unknown
	END
}

@test "every type: the binary trace has 312 of them" {
	[ "$(jq -r .type truth | sort -u | wc -l)" -eq 312 ]
	[ "$(wc -l <truth)" -eq 636 ]
}

@test "every type: the text of tracefs" {
	differs trace.txt --arg hashed yes >got.differs
	diff <({ cat_unprinted; cat_times; cat_names; cat_strings; } |
		LC_ALL=C sort) got.differs
}

@test "every type: trace-cmd report" {
	differs report.default.txt >got.differs
	diff <({ cat_unprinted; cat_times; cat_names; cat_library
		# Its own layouts print less of these.
		printf '%s\n' 'hrtimer_start mode absent' \
			'hrtimer_start was_armed absent' \
			'sched_switch prev_state other'
	} | LC_ALL=C sort) got.differs
	jq -r 'select(.type == "sched_switch") | .prev_state' truth >states
	grep -qx Z states
	grep -q 'may have printed the state X as Z and Z as X' notes
}

@test "every type: trace-cmd report -N" {
	differs report.N.txt >got.differs
	diff <({ cat_unprinted; cat_names; cat_library; } |
		LC_ALL=C sort) got.differs
}

@test "every type: trace-cmd report -R" {
	differs report.R.txt >got.differs
	diff <(cat_unknown) got.differs
}
