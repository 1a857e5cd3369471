#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# However a recording ends, nothing of it stays in the kernel, and what was
# recorded is kept
#
# Each test needs root and tracefs, and skips itself where one is missing.

# Shells that are recorded expand their variables themselves.
# shellcheck disable=SC2016

load helper
load capture

setup() {
	capture_setup
	global >before
}

teardown() {
	capture_teardown
}

# untouched: nothing is left, and what is not ours is as it was
untouched() {
	nothing_left
	diff before <(global)
}

exec_event=sched:sched_process_exec

@test "after a normal end nothing is left, whatever the form" {
	for name in t.txt t.jsonl t.dat t/; do
		run -0 --separate-stderr capture -o $name -- "$one"
		[ "$stderr" = "" ]
		[ -s "${name%/}.json" ]
		untouched
	done
}

@test "INT, TERM, HUP and QUIT end the command and keep what was recorded" {
	for signal in INT TERM HUP QUIT; do
		begin -e $exec_event -o t.jsonl -- \
			sh -c '$one; echo >started; sleep 600; $two'
		until_there started
		kill -$signal "$pid"
		ended "$pid"
		[ "$status" -eq 143 ]
		[ "$(execs t.jsonl)" = ./one ]
		whole t.jsonl
		[ "$(jq .signal t.jsonl.json)" = 15 ]
		untouched
		rm started
	done
}

@test "without a command a signal is how it ends, and the status is 0" {
	for signal in INT TERM HUP QUIT; do
		begin -e $exec_event -o t.jsonl
		"$one"
		kill -$signal "$pid"
		ended "$pid"
		[ "$status" -eq 0 ]
		[ "$(execs t.jsonl)" = ./one ]
		whole t.jsonl
		[ "$(jq .command t.jsonl.json)" = null ]
		untouched
	done
}

@test "a signal that was ignored from the start, as by nohup, stays ignored" {
	(
		trap '' HUP
		exec tk-capture -e $exec_event -o t.jsonl 3>&-
	) &
	pid=$!
	capture_pids+=("$pid")
	echo "$pid" >>pids
	until [ "$(tracing "$pid")" = 1 ]; do sleep 0.05; done
	kill -HUP "$pid"
	"$one"
	kill -TERM "$pid"
	ended "$pid"
	[ "$status" -eq 0 ]
	[ "$(execs t.jsonl)" = ./one ]
}

@test "a time limit ends the whole group, those who ignore TERM too: 124" {
	run -124 --separate-stderr capture -e $exec_event -o t.jsonl \
		--timeout 0.5 -- sh -c 'trap "" TERM
			(trap "" TERM HUP; sleep 601) & $one; sleep 600; $two'
	says "tk-capture: the command was ended at its time limit"
	[ "$(execs t.jsonl)" = ./one ]
	[ "$(jq .timed_out t.jsonl.json)" = true ]
	whole t.jsonl
	untouched
}

@test "a command that is not there is 127, one that is no program 126" {
	echo text >plain
	run -127 --separate-stderr capture -F records -- tk-no-such
	says "tk-capture: tk-no-such: cannot be started: No such file or\
 directory"
	[ "$output" = "" ]
	run -127 --separate-stderr capture -F records -- ./no-such
	says "tk-capture: ./no-such: cannot be started: No such file or\
 directory"
	run -126 --separate-stderr capture -F records -- ./plain
	says "tk-capture: ./plain: cannot be started: Permission denied"
	for name in t.dat t/ t.jsonl; do
		run -126 capture -o $name -- ./plain
		run -127 capture -o $name -- tk-no-such
	done
	[ ! -e t.dat ]
	untouched
}

@test "the status is that of the command, or 128 and its signal" {
	run -7 capture -F records -o t -- sh -c 'exit 7'
	[ "$(jq -c '[.exit_status, .signal]' t.json)" = '[7,null]' ]
	run -137 capture -F records -o t -- sh -c 'kill -KILL $$'
	[ "$(jq -c '[.exit_status, .signal]' t.json)" = '[137,9]' ]
	untouched
}

@test "what was closed is closed for the command, too" {
	see='for fd in 0 1 2; do
		[ -e /proc/$$/fd/$fd ] && echo $fd
	done >fds; :'
	capture -e $exec_event -o t.jsonl -- sh -c "$see"
	[ "$(tr '\n' ' ' <fds)" = "0 1 2 " ]
	capture -e $exec_event -o t.jsonl -- sh -c "$see" <&-
	grep -qx 2 fds
	! grep -qx 0 fds || return 1
	capture -e $exec_event -o t.jsonl -- sh -c "$see" 2>&-
	grep -qx 0 fds
	! grep -qx 2 fds || return 1
	whole t.jsonl
	untouched
}

@test "a reader that goes away ends it without a word, the command too" {
	for form in records text; do
		capture -F $form -- sh -c 'while :; do /bin/true; done' \
			2>said | head -n 1 >line
		[ "${PIPESTATUS[0]}" -eq 141 ]
		[ "$(wc -l <line)" -eq 1 ]
		[ ! -s said ]
		untouched
	done
}

@test "an output that takes nothing is told, the status is 1" {
	into_full() { capture "$@" >/dev/full; }
	run -1 --separate-stderr into_full -F records -- sleep 600
	says "tk-capture: standard output: cannot be written: No space left on\
 device"
	run -1 --separate-stderr capture -o /dev/full -F records \
		--metadata /dev/null -- sh -c 'while :; do /bin/true; done'
	says "tk-capture: /dev/full: cannot be written: No space left on device"
	untouched
}

@test "a disk that is full ends it, and is told, whatever the form" {
	full=$PWD/full
	mkdir "$full"
	for name in t.jsonl t.dat t/ t.txt; do
		mount -t tmpfs -o size=256k none "$full" ||
			skip "no file system can be mounted"
		run -1 --separate-stderr capture -o "full/$name" \
			--metadata doc.json -- \
			sh -c 'hackbench 4 100000; sleep 600'
		grep -q "^tk-capture: .*: No space left on device$" \
			<<<"$stderr" || fail "$name: $stderr"
		[ ! -e full/t.dat ]
		[ "$(find full -name '.*')" = "" ]
		untouched
		umount "$full"
	done
	full=
}

@test "two at once: each has its own, and one ends without the other" {
	begin -e $exec_event -o a.jsonl
	first=$pid
	begin -e $exec_event -o b.jsonl
	second=$pid
	"$one"
	kill -INT "$first"
	ended "$first"
	[ "$status" -eq 0 ]
	[ "$(tracing "$first")" = "" ]
	run -0 tracing "$second"
	is 1
	"$two"
	kill -INT "$second"
	ended "$second"
	run -0 execs a.jsonl
	is ./one
	run -0 execs b.jsonl
	is $'./one\n./two'
	untouched
}

# Others who record here at the same time remove what a dead run left, too.
@test "after KILL the kernel frees the buffer, and the next run the rest" {
	begin -o live.jsonl
	live=$pid
	begin -o dead.jsonl -- sleep 600
	dead=$pid
	kill -KILL "$pid"
	wait "$pid" || :
	state=$(tracing "$dead"
		cat "$tracefs/instances/tk-capture.$dead."*/buffer_total*_kb \
			2>/dev/null) || :
	state=${state//$'\n'/ }
	# What the kernel keeps of a buffer is a few pages.
	[[ $state == "" || $state =~ ^0\ [0-9]{1,3}$ ]] || fail "$state"
	run -0 --separate-stderr capture --clean
	[ "$output" = "" ]
	[ "$(tracing "$live")" = 1 ]
	[ "$(compgen -G "$tracefs/instances/tk-capture.$dead.*")" = "" ]
	begin -o dead.jsonl
	dead=$pid
	kill -KILL "$pid"
	wait "$pid" || :
	run -0 capture -F records -o t -- true
	[ "$(compgen -G "$tracefs/instances/tk-capture.$dead.*")" = "" ]
	[ "$(tracing "$live")" = 1 ]
	kill -TERM "$live"
	ended "$live"
	# The command goes on, as it would without us.
	[ "$(left | wc -l)" -eq 1 ]
	kill "$(left)"
	untouched
}

@test "a reader that takes nothing loses events, not the command's time" {
	mkfifo fifo
	exec 4<>fifo
	begin -F records -b 64 -- hackbench 2 20000 >fifo 4>&-
	for ((try = 0; try < 400; try++)); do
		[ "$(tracing "$pid")" = 1 ] || break
		sleep 0.05
	done
	# It is over, and waits for us: two signals, and it waits no more.
	[ "$(tracing "$pid")" != 1 ]
	kill -INT "$pid"
	sleep 0.1
	kill -INT "$pid"
	ended "$pid"
	[ "$status" -gt 128 ]
	exec 4>&-
	untouched
}
