# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# capture.bash -- what the tests of tk-capture that record have in common
#
# Each runs in a folder of its own, with small programs in it whose exec is
# an event that nobody else makes; $one, $two and $three are how they are
# called, and execs shows them as ./one, ./two and ./three.  Whatever a
# recording starts has TK_MARK in its environment and so is found again.

load live/instance

capture_pids=()

# capture_setup: skips where nothing can be recorded
capture_setup() {
	local lacks name

	lacks=$(instance_lacks sched/sched_switch sched/sched_process_exec)
	[ -z "$lacks" ] || skip "$lacks"
	instance_find
	cd "$BATS_TEST_TMPDIR" || return
	export one=./one.$$ two=./two.$$ three=./three.$$
	for name in "$one" "$two" "$three"; do
		printf '#!/bin/sh\n' >"$name"
		chmod +x "$name"
	done
	mark=$BATS_TEST_NUMBER.$$.$RANDOM
	unset SUDO_UID SUDO_GID
}

# capture_teardown: ends what a test that failed may have left
capture_teardown() {
	local pid

	for pid in "${capture_pids[@]}"; do
		kill -KILL "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done
	[ -z "${mark-}" ] || left | while read -r pid; do
		kill -KILL "$pid" 2>/dev/null || :
	done
	[ -z "${instance-}" ] || instance_remove
	if [ -n "${full-}" ]; then
		umount "$full" 2>/dev/null || :
	fi
}

# needs PROGRAM ...: skips where one is missing
needs() {
	local name

	for name; do
		command -v "$name" >/dev/null || skip "$name is not installed"
	done
}

# capture OPTION ...: tk-capture, for a minute at most; its number goes into
# the file pids
capture() {
	# shellcheck disable=SC2016
	timeout -k 5 60 env --default-signal TK_MARK="$mark" \
		sh -c 'echo $$ >>pids; exec tk-capture "$@"' sh "$@" 3>&-
}

# begin OPTION ...: the same in the background; sets pid, and waits until it
# records
begin() {
	local try

	env --default-signal TK_MARK="$mark" tk-capture "$@" 3>&- &
	pid=$!
	capture_pids+=("$pid")
	echo "$pid" >>pids
	for ((try = 0; try < 200; try++)); do
		[ "$(tracing "$pid")" != 1 ] || return 0
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.05
	done
	fail "it does not begin to record"
}

# tracing PID: whether that one records, 1 or 0; nothing if it does not exist
tracing() {
	cat "$tracefs/instances/tk-capture.$1."*/tracing_on 2>/dev/null || :
}

# ended PID: waits for it, sets status
ended() {
	local try

	for ((try = 0; try < 400; try++)); do
		kill -0 "$1" 2>/dev/null || break
		sleep 0.05
	done
	! kill -0 "$1" 2>/dev/null || fail "it does not end"
	status=0
	wait "$1" || status=$?
}

# until_there FILE: waits until a file is there and not empty
until_there() {
	local try

	for ((try = 0; try < 200; try++)); do
		[ ! -s "$1" ] || return 0
		sleep 0.05
	done
	fail "no $1"
}

# left: the processes that a recording began and that still run
left() {
	grep -lzx "TK_MARK=$mark" /proc/[0-9]*/environ 2>/dev/null |
		cut -d / -f 3
}

# global: all settings and texts of the top buffer, and what is global.  Not
# free_buffer, which frees it when it is closed, nor what other tracers change
# at any time.
global() {
	local file

	find "$tracefs" "$tracefs/options" "$tracefs"/per_cpu/* -maxdepth 1 \
		-type f -perm -400 ! -name 'free_buffer' ! -name 'trace*' \
		! -name 'saved_*' ! -name 'available_filter_*' \
		! -name '*_profile' ! -name '*_functions' ! -name 'snapshot*' \
		! -name stats ! -name README | sort | while read -r file; do
		printf '%s: ' "$file"
		timeout 10 cat "$file" 2>&1 | cksum
	done
	for file in "$tracefs"/{trace_clock,trace_options,tracing_on} \
		"$tracefs"/{tracing_cpumask,tracing_thresh} \
		"$tracefs/saved_cmdlines_size" \
		/proc/sys/kernel/ftrace_enabled; do
		printf '%s: %s\n' "$file" "$(timeout 10 cat "$file" 2>&1)"
	done
	grep -H -v '^now ts' "$tracefs"/per_cpu/cpu*/stats || :
}

# nothing_left: no instance that is ours, no process
nothing_left() {
	local p try

	while read -r p; do
		[ "$(compgen -G "$tracefs/instances/tk-capture.$p.*")" = "" ] ||
			fail "an instance of $p is left"
	done <pids
	# One that was killed may take a moment to be gone.
	for ((try = 0; try < 100; try++)); do
		[ -n "$(left)" ] || return 0
		sleep 0.05
	done
	fail "processes are left: $(left)"
}

# execs FILE: the names of the programs that were executed, in order, but for
# those that others ran meanwhile
execs() {
	jq -r 'select(.type == "sched_process_exec") | .filename' "$1" |
		sed -n "s/\.$$\$//p"
}

# whole FILE: it is a stream of records up to its end
whole() {
	tail -n 1 "$1" | jq -e '.type == "end" and .bad == 0' >/dev/null ||
		fail "$1 has no end"
}

# tally FILE: for each CPU with any, its number, events and losses by records
tally() {
	awk '
	!/^{"type":"(trace|end)"/ {
		cpu = $0
		sub(/.*"cpu":/, "", cpu)
		cpu += 0
		cpus[cpu] = 1
		if (/^{"type":"lost"/) {
			count = $0
			sub(/.*"count":/, "", count)
			lost[cpu] += count + 0
		} else
			events[cpu]++
	}
	END {
		for (c in cpus)
			print c, events[c] + 0, lost[c] + 0
	}' "$1" | sort -n
}

# counted DOCUMENT: the same by what the kernel counted
counted() {
	jq -r '.stats[] | [.cpu, .read_events,
		.overrun + .dropped_events + .commit_overrun] |
		select(.[1] + .[2] > 0) | map(tostring) | join(" ")' "$1" |
		sort -n
}

# beside: records switches in a second instance at the same time, by nothing
# but the kernel's own files, as the truth to compare with
beside() {
	instance_new "tk-beside.$$.$BATS_TEST_NUMBER" 65536 sched/sched_switch
	echo 1 >"$instance/tracing_on"
}

# complete FILE: on each CPU the switches in it are, one by one, those of
# beside; which ends here
complete() {
	echo 0 >"$instance/tracing_on"
	[ "$(instance_count 'dropped events')" -eq 0 ] ||
		skip "the second recording has losses"
	rm -rf pages
	mkdir pages
	instance_drain pages
	instance_remove
	tk-parse pages/*.raw | switches >theirs
	switches <"$1" >ours
	[ -s ours ] || fail "no switches"
	awk '
	NR == FNR {
		n[$1]++
		at[$1, n[$1]] = $2
		key[$1, n[$1]] = $3 " " $4
		next
	}
	!($1 in i) {
		# The times of two instances differ by less than a switch takes.
		for (best = p = 1; p <= n[$1]; p++)
			if (away(p, $2) < away(best, $2))
				best = p
		i[$1] = best
	}
	key[$1, i[$1]] != $3 " " $4 {
		print "CPU " $1 ": " key[$1, i[$1]] " is " $3 " " $4
		exit bad = 1
	}
	{ i[$1]++ }
	function away(p, t) {
		return at[$1, p] > t ? at[$1, p] - t : t - at[$1, p]
	}
	END { exit bad }' theirs ours
}

# switches: of records, for each switch CPU, time, and the two threads
switches() {
	grep '^{"type":"sched_switch"' |
		jq -r '[.cpu, .ts, .prev_pid, .next_pid] | @tsv'
}
