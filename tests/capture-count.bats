#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# Every event that the kernel counted is in the recording, or told to be lost
#
# Each test needs root and tracefs, and skips itself where one is missing.

load helper
load capture

setup() {
	capture_setup
}

teardown() {
	capture_teardown
}

# at_ease OPTION ...: records hackbench; sets status
at_ease() {
	status=0
	capture "$@" -- hackbench 4 2000 2>said || status=$?
}

# in_haste OPTION ...: the same while nobody reads the buffer, which for -b 64
# is too small by far; sets status
in_haste() {
	rm -f go over
	mkfifo go
	begin "$@" -- sh -c 'read x <go; hackbench 4 500; echo >over' 2>said
	kill -STOP "$pid"
	echo >go
	until_there over
	kill -CONT "$pid"
	ended "$pid"
}

# balances HOW OPTION ...: records in each form; by CPU, events and losses in
# the trace are what the kernel says it has written
balances() {
	local name

	for name in t.jsonl t.txt t.dat t/; do
		"$@" -o $name --metadata doc.json
		[ "$status" -eq 0 ]
		tk-parse $name >records 2>told
		whole records
		[ "$(jq .lost doc.json)" -eq "$(counted doc.json |
			awk '{ n += $3 } END { print n + 0 }')" ]
		counted doc.json >want
		tally records >got
		diff want got || fail $name
		rm -rf $name
	done
}

@test "what hackbench does is there, every event of it, in each form" {
	balances at_ease
	[ "$(jq .lost doc.json)" -eq 0 ]
	[ ! -s said ]
}

@test "what hackbench does is there as another instance has it" {
	beside
	run -0 capture -o t.jsonl -- hackbench 4 500
	complete t.jsonl
}

@test "with 64 KB much is lost, and events and losses are what was written" {
	balances in_haste -b 64
	[ "$(jq .lost doc.json)" -gt 0 ]
}

@test "with --overwrite the oldest is lost, and the sum is right as well" {
	balances in_haste -b 64 --overwrite
	[ "$(jq .lost doc.json)" -gt 0 ]
	[ "$(jq .overwrite doc.json)" = true ]
}

@test "losses are told at the end, by CPU, with what helps" {
	in_haste -b 64 -o t.jsonl
	stderr=$(cat said)
	lost=$(jq .lost t.jsonl.json)
	events=$(jq .event_count t.jsonl.json)
	says "tk-capture: $lost of $((lost + events)) events lost: use a\
 larger buffer (-b, now 64 KB), or record fewer events"
	while read -r cpu read n; do
		[ "$n" -eq 0 ] || says "tk-capture: CPU $cpu: $n lost, $read\
 read"
	done < <(counted t.jsonl.json)
}

@test "--strict makes losses status 3, and a command's own status goes first" {
	in_haste --strict -b 64 -o t.jsonl
	[ "$status" -eq 3 ]
	in_haste -b 64 -o t.jsonl
	[ "$status" -eq 0 ]
	run -0 capture --strict -o t.jsonl -- "$one"
	run -5 capture --strict -o t.jsonl -- sh -c 'exit 5'
}

# On one CPU neither of the two can go on before the other one ran.
@test "every event of perf bench sched pipe is there" {
	needs perf taskset
	perf bench sched pipe -l 1 >/dev/null 2>&1 ||
		skip "perf has no bench sched pipe"
	cpu=$(taskset -cp $$)
	cpu=${cpu##* }
	cpu=${cpu%%[-,]*}
	beside
	run -0 capture -o t.jsonl -- \
		taskset -c "$cpu" perf bench sched pipe -l 20000
	[ "$(jq .lost t.jsonl.json)" -eq 0 ]
	complete t.jsonl
	jq -r "select(.cpu == $cpu) | if .type == \"sched_switch\" then
		[0, .prev_pid, .prev_state, .next_pid, .next_comm]
		else [1, .pid] end | @tsv" t.jsonl >events
	# The two that got the CPU most often are the two of the pipe.
	awk '$1 == 0 && /perf|sched-pipe/ { n[$4]++ }
		END { for (p in n) print n[p], p }' events | sort -rn |
		head -n 2 >two
	awk '$1 < 20000 { bad = 1 } END { exit bad || NR != 2 }' two ||
		fail "$(cat two)"
	# Who slept runs again only after a wakeup.
	awk 'NR == FNR { two[$2] = 1; next }
		$1 == 1 { awake[$2] = 1; woken += $2 in two }
		$1 == 0 && ($4 in slept) && !($4 in awake) { bad++ }
		$1 == 0 { delete slept[$4] }
		$1 == 0 && ($2 in two) && $3 == "S" {
			slept[$2] = 1
			delete awake[$2]
			sleeps++
		}
		END {
			print sleeps + 0, woken + 0, bad + 0
			exit bad > 0 || sleeps < 20000 || woken < sleeps - 2
		}' two events
}

@test "tk-load is recorded: each of its processes gets the processor" {
	beside
	run -0 capture -o t.jsonl -- tk-load cpu -p 3 -n 20
	complete t.jsonl
	[ "$(jq -r 'select(.type == "sched_switch" and .next_comm == "tk-load")
		| .next_pid' t.jsonl | sort -u | wc -l)" -ge 3 ]
}

@test "sysbench is recorded: each of its threads gets the processor" {
	needs sysbench
	beside
	run -0 capture -o t.jsonl -- \
		sysbench threads --threads=4 --events=200 --time=0 run
	complete t.jsonl
	[ "$(jq -r 'select(.type == "sched_switch" and
		.next_comm == "sysbench") | .next_pid' t.jsonl |
		sort -u | wc -l)" -ge 4 ]
}

# fields FILE: what its records tell but for flags, of which trace-cmd prints
# those that its version knows, and task, which text cannot give of every name
fields() {
	jq -cS 'select(.type | . != "trace" and . != "end") |
		del(.task, .flags)' "$1"
}

@test "a trace.dat is to trace-cmd report what it is to tk-parse" {
	needs trace-cmd
	for pack in '' --zstd; do
		# shellcheck disable=SC2086
		run -0 capture $pack -o t.dat -- hackbench 2 200
		tk-parse t.dat >ours
		trace-cmd report -R -t t.dat 2>/dev/null >printed
		[ "$(grep -c '\[00[0-9]\]' printed)" -eq \
			"$(jq .event_count t.dat.json)" ]
		tk-parse printed >theirs
		diff <(fields ours) <(fields theirs) | head -n 20
		cmp <(fields ours) <(fields theirs)
	done
	[ "$(od -An -tx1 -N 10 t.dat | tr -d ' ')" = 17084474726163696e67 ]
}
