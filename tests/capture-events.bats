#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# What is recorded, and where it and what the command prints go
#
# Each test needs root and tracefs, and skips itself where one is missing.

# Shells that are recorded expand their variables themselves.
# shellcheck disable=SC2016

load helper
load capture

exec_event=sched:sched_process_exec

setup() {
	capture_setup
}

teardown() {
	capture_teardown
}

# types FILE: the types of its events, each once
types() {
	jq -r 'select(.type | . != "trace" and . != "end" and . != "lost")
		| .type' "$1" | sort -u | tr '\n' ' '
}

# events FILE: what the document says that was recorded
events() {
	jq -r '.events | sort | join(" ")' "$1"
}

@test "without options it is the scheduler's four events" {
	run -0 --separate-stderr capture -o t.jsonl -- hackbench 2 100
	[ "$stderr" = "" ]
	[ "$(events t.jsonl.json)" = "sched:sched_migrate_task\
 sched:sched_switch sched:sched_wakeup sched:sched_wakeup_new" ]
	[[ "$(types t.jsonl)" == *"sched_switch sched_wakeup sched_wakeup_new\
 "* ]]
}

@test "-e takes names, system:name and patterns, and no event twice" {
	run -0 capture -e 'sched_process_e*,sched:sched_switch' \
		-e sched_switch -o t.jsonl -- "$one"
	[ "$(types t.jsonl)" = "sched_process_exec sched_process_exit\
 sched_switch " ]
	[ "$(events t.jsonl.json)" = "sched:sched_process_exec\
 sched:sched_process_exit sched:sched_switch" ]
	run -0 capture -e 'sched:*' -o t.jsonl -- "$one"
	diff <(jq -r '.events[]' t.jsonl.json | sort) \
		<(grep '^sched:' "$tracefs/available_events" | sort)
}

@test "an event that is not there is wrong usage, and the right one is told" {
	run -2 --separate-stderr capture -e sched_swich -- true
	says "tk-capture: --event sched_swich: sched_swich: this kernel has no\
 such event; is it sched:sched_switch?"
	run -2 --separate-stderr capture -e sched_switch,qqqq -- true
	says "tk-capture: --event sched_switch,qqqq: qqqq: this kernel has no\
 such event"
	run -2 --separate-stderr capture --preset qqqq -- true
	says "tk-capture: --preset qqqq: qqqq: there is no such preset"
	run -2 --separate-stderr capture -f 'pid > 0' -- true
	nothing_left
}

@test "-f records only events for which it holds, of the -e before it" {
	run -0 capture -e sched_process_exec -f 'filename ~ "./t*"' \
		-e sched_process_exit -o t.jsonl -- \
		sh -c '$one; $two; $three'
	[ "$(execs t.jsonl)" = $'./two\n./three' ]
	[ "$(jq -s 'map(select(.type == "sched_process_exec")) | length' \
		t.jsonl)" -eq 2 ]
	[ "$(grep -c '"type":"sched_process_exit"' t.jsonl)" -ge 4 ]
	[ "$(jq -c .filters t.jsonl.json)" = \
		'{"sched:sched_process_exec":"filename ~ \"./t*\""}' ]
}

@test "a filter that the kernel does not take is told, and nothing is made" {
	run -1 --separate-stderr capture -e sched_switch -f 'nope > 3' \
		-o t.jsonl -- true
	[[ $stderr == "tk-capture: events/sched/sched_switch/filter: the\
 kernel refuses it: "* ]]
	[ ! -e t.jsonl ]
	[ ! -e t.jsonl.json ]
	nothing_left
}

@test "the presets of requests have the events that their page lists" {
	[ -d "$tracefs/events/syscalls/sys_enter_sendto" ] ||
		skip "this kernel has no events of system calls"
	for preset in krflow krflow-rich; do
		capture --preset $preset -o t.jsonl -- \
			sh -c 'cat plain' >out 2>err || :
		events t.jsonl.json | tr ' ' '\n' | sed 's/.*://' >got
		for name in sched_switch inet_sock_set_state tcp_probe \
			sys_{enter,exit}_{sendto,recvfrom,sendmsg,recvmsg}; do
			grep -qx "$name" got || fail "$preset: $name"
		done
	done
	for name in sched_waking sys_{enter,exit}_{futex,accept4,connect}; do
		grep -qx "$name" got || grep -q "no event .*$name" err ||
			fail "$name"
	done
	run -0 capture --preset krflow -e sched_process_exec -o t.jsonl -- true
	[[ "$(events t.jsonl.json)" == *sched:sched_process_exec* ]]
}

@test "-P records only a process and what it starts, from then on" {
	mkfifo go
	sh -c 'read x <go; $one; $two; exec sleep 600' 3>&- &
	shell=$!
	capture_pids+=("$shell")
	begin -P "$shell" -e sched_process_exec,sched_process_fork -o t.jsonl
	"$three"
	echo >go
	until [ "$(cat /proc/$shell/comm)" = sleep ]; do sleep 0.05; done
	kill -INT "$pid"
	ended "$pid"
	[ "$(execs t.jsonl)" = $'./one\n./two' ]
	# Each that comes is the shell itself or one that it forked.
	jq -s -e --argjson shell "$shell" 'map(select(.type |
			startswith("sched_process"))) as $all
		| (($all | map(select(.type == "sched_process_fork") |
			.child_pid)) + [$shell]) as $known
		| $all | all(.tid as $tid | $known | index($tid) != null)' \
		t.jsonl
}

@test "--pids takes the threads of a table, and some may be gone" {
	mkfifo go
	sh -c 'read x <go; $one; exec sleep 600' 3>&- &
	shell=$!
	capture_pids+=("$shell")
	printf '4194000\tgone\t10.0.0.1\tx\n%s\tweb\t10.0.0.2\ty\n' \
		"$shell" >table
	begin --pids table -e sched_process_exec -o t.jsonl
	"$three"
	echo >go
	until [ "$(cat /proc/$shell/comm)" = sleep ]; do sleep 0.05; done
	kill -INT "$pid"
	ended "$pid"
	[ "$(execs t.jsonl)" = ./one ]
	printf '4194000\tgone\t10.0.0.1\tx\n' >table
	run -2 --separate-stderr capture --pids table -- true
	says "tk-capture: none of the threads of -P and --pids is running"
	echo what >table
	run -2 --separate-stderr capture --pids table -- true
	grep -q '^tk-capture: --pids table: line 1: ' <<<"$stderr"
	run -2 --separate-stderr capture --pids none -- true
	says "tk-capture: --pids none: No such file or directory"
}

@test "-c records on these CPUs only" {
	[ "$(nproc)" -gt 1 ] || skip "there is one CPU only"
	run -0 capture -c 0 -o t.jsonl -- hackbench 2 300
	[ "$(tally t.jsonl | wc -l)" -eq 1 ]
	[[ "$(tally t.jsonl)" == "0 "* ]]
	run -2 --separate-stderr capture -c 0-x -- true
	says "tk-capture: --cpu 0-x: is no list of CPUs"
}

@test "-C mono: times are those of CLOCK_MONOTONIC" {
	needs python3
	clock='import time; print(time.clock_gettime_ns(time.CLOCK_MONOTONIC))'
	before=$(python3 -c "$clock")
	run -0 capture -o t.jsonl -- hackbench 1 50
	after=$(python3 -c "$clock")
	jq -s -e --argjson a "$before" --argjson b "$after" \
		'map(select(.ts) | .ts) | min >= $a and max <= $b and
			length > 0' t.jsonl
	[ "$(jq -r .clock t.jsonl.json)" = mono ]
}

@test "-C counter: each event has its number, and other clocks are taken too" {
	run -0 capture -C counter -o t.jsonl -- hackbench 1 50
	jq -r 'select(.ts) | .ts' t.jsonl | awk '
		NR == 1 { first = $1 }
		NR > 1 && $1 <= last { exit bad = 1 }
		{ last = $1 }
		END { exit bad || NR == 0 || last - first > 100 * NR }'
	for clock in $(tr -d '[]' <"$tracefs/trace_clock"); do
		run -0 --separate-stderr capture -C "$clock" -o t.jsonl -- true
		[ "$(sed -n 1p t.jsonl | jq -r .clock)" = "$clock" ]
		whole t.jsonl
	done
	run -1 --separate-stderr capture -C sundial -F records -- true
	says "tk-capture: trace_clock: the kernel refuses it: Invalid argument;\
 the clocks of this kernel: $(tr -d '[]' <"$tracefs/trace_clock")"
}

@test "-d records for so long, and a command that still runs is waited for" {
	run -0 --separate-stderr capture -d 0.2 -F records
	[ "$stderr" = "" ]
	[ "$(tail -n 1 <<<"$output" | jq .bad)" = 0 ]
	run -4 capture -d 1 -e $exec_event -o t.jsonl -- \
		sh -c '$one; sleep 2; $two; echo >over; exit 4'
	[ "$(execs t.jsonl)" = ./one ]
	[ -e over ]
	for wrong in 0 -1 x 1e3 ''; do
		run -2 --separate-stderr capture -d "$wrong"
		says "tk-capture: --duration $wrong: is no time in seconds"
	done
}

@test "what the command prints never gets into the trace" {
	run -0 --separate-stderr capture -F records -e $exec_event -- \
		sh -c '$one; echo out; echo err >&2; $two'
	execs /dev/stdin <<<"$output" | tr '\n' ' ' >got
	[ "$(cat got)" = "./one ./two " ]
	[ "$stderr" = $'out\nerr' ]
	run -0 --separate-stderr capture -F records --command-output said -- \
		sh -c 'echo out; echo err >&2'
	[ "$stderr" = err ]
	[ "$(cat said)" = out ]
	run -0 --separate-stderr capture -o t.jsonl -- \
		sh -c 'echo out; echo err >&2'
	[ "$output" = out ]
	[ "$stderr" = err ]
}

@test "the command reads our standard input, and its words are not split" {
	run -0 --separate-stderr bash -c 'echo "two  words" |
		tk-capture -F records --command-output said -- \
			sh -c "read -r x; echo \"\$x\"; echo \"\$1\"" \
				sh "a  b"' 3>&-
	[ "$(cat said)" = $'two  words\na  b' ]
}

@test "it is live: events are in the pipe while the command still runs" {
	mkfifo go
	# The command waits for what comes out of its own trace.
	capture -F records -e $exec_event -- sh -c '$one; read x <go' |
		{
			grep -q -m 1 '"filename":"./one'
			echo >go
			cat >rest
		}
	[ -s rest ]
}

@test "raw: a folder that tk-parse reads, and one with something in it stays" {
	run -0 capture -e $exec_event -o t/ -- sh -c '$one; $two'
	tk-parse t >records
	[ "$(execs records)" = $'./one\n./two' ]
	[ -s t/events/header_page ]
	[ -s t/events/sched/sched_process_exec/format ]
	find t -type f -exec cksum {} + | sort >was
	run -1 --separate-stderr capture -o t/ -- true
	says "tk-capture: t/: cannot be made: File exists"
	diff was <(find t -type f -exec cksum {} + | sort)
	mkdir empty
	run -0 capture -o empty/ -- true
	run -0 capture -F raw -o other -- true
	[ -d other/per_cpu ]
}

@test "text: the kernel's lines, with nanoseconds, as trace-cmd has them" {
	run -0 --separate-stderr capture -e $exec_event \
		-f "filename == \"$one\"" -- "$one"
	[[ ${lines[0]} == cpus=[0-9]* ]]
	local task='^ *[^ ].*-[0-9]+ +\[[0-9]{3}\] [^ ]{5} +' \
		time='[0-9]+\.[0-9]{9}: sched_process_exec: +' \
		fields="filename=\\./one\\.$$ pid=[0-9]+ old_pid=[0-9]+\$"
	[[ ${lines[1]} =~ $task$time$fields ]]
	printf '%s\n' "$output" >text
	tk-parse text >records
	[ "$(execs records)" = ./one ]
	needs trace-cmd
	run -0 capture -e $exec_event -f "filename == \"$one\"" \
		-o t.dat -- "$one"
	# Numbers, and how wide they are, differ from run to run; trace-cmd has
	# no flags here, and learns names afterwards.
	shape() { sed 's/[0-9][0-9]*/0/g; s/  */ /g; s/.* 0\.0: //'; }
	diff <(sed -n 2p text | shape) \
		<(trace-cmd report -N -t t.dat 2>/dev/null | sed -n 2p | shape)
}

@test "the document has what is known of the recording" {
	run -0 capture --overwrite -b 2048 -e sched_switch -f 'prev_pid > 0' \
		--metadata doc.json -o t.jsonl -- sh -c 'exit 0' 'a b' $'\xff'
	[ ! -e t.jsonl.json ]
	run -0 jq -c '[.command, .exit_status, .signal, .timed_out, .clock,
		.overwrite, .events, .filters, .buffer_size_kb, .hostname,
		.kernel, .num_cpus, .architecture, .lost,
		(.stats | length), (.topology | length), .tracer,
		.versions.tracekit]' doc.json
	cpus=("$tracefs"/per_cpu/cpu*)
	version=$(sed -n 's/^VERSION = //p' "$root/Makefile")
	want=$(
		printf '[["sh","-c","exit 0","a b","\\\\xff"],0,null,false,'
		printf '"mono",true,["sched:sched_switch"],'
		printf '{"sched:sched_switch":"prev_pid > 0"},2048,'
		printf '"%s","%s",%s,"%s",0,' "$(uname -n)" "$(uname -r)" \
			"$(getconf _NPROCESSORS_ONLN)" "$(uname -m)"
		printf '%s,%s,"tk-capture %s","%s"]' "${#cpus[@]}" \
			"$(getconf _NPROCESSORS_ONLN)" "$version" "$version"
	)
	is "$want"
	[ "$(jq .event_count doc.json)" -eq \
		"$(grep -c '"type":"sched_switch"' t.jsonl)" ]
	[ "$(jq .sched_switch_events doc.json)" -eq "$(jq .event_count\
 doc.json)" ]
}

@test "without root it says what to type, and the status is 1" {
	needs setpriv
	setpriv --reuid 65534 --regid 65534 --clear-groups \
		test -x "$TK_BIN/tk-capture" ||
		skip "another user may not run what was built here"
	run -1 --separate-stderr setpriv --reuid 65534 --regid 65534 \
		--clear-groups tk-capture -- true 3>&-
	[ "$output" = "" ]
	[[ $stderr == "tk-capture: "*"recording needs root: put sudo before\
 the command"* ]]
}
