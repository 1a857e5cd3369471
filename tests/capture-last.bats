#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The flight recorder keeps the last seconds, and nothing else
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

# span FILE: the first and the last time of its events
span() {
	jq -s 'map(select(.ts and .type != "lost") | .ts) | max - min' "$1"
}

@test "--last keeps the last seconds: what was before them is not there" {
	for form in jsonl dat; do
		run -0 --separate-stderr capture --last 1 -e $exec_event \
			-o t.$form -- sh -c '$one; sleep 2; $two'
		[ "$stderr" = "" ]
		tk-parse t.$form >records
		[ "$(execs records)" = ./two ]
		run -0 --separate-stderr capture --last 600 -e $exec_event \
			-o t.$form -- sh -c '$one; sleep 1; $two'
		tk-parse t.$form >records
		[ "$(execs records)" = $'./one\n./two' ]
	done
	nothing_left
}

@test "--last keeps no more than so many seconds, and of each CPU all" {
	beside
	run -0 --separate-stderr capture --last 0.5 -b 65536 -o t.jsonl -- \
		tk-load cpu -p 8 -d 2
	[ "$stderr" = "" ]
	whole t.jsonl
	[ "$(span t.jsonl)" -le 500000000 ]
	complete t.jsonl
	[ "$(jq .lost t.jsonl.json)" -eq 0 ]
}

@test "a ring that is too small is told, and clips all CPUs to what is whole" {
	beside
	run -0 --separate-stderr capture --last 600 -b 64 -o t.jsonl -- \
		hackbench 4 2000
	[[ $stderr == *"the buffer held no more than the last "*" s: use a\
 larger one (-b, now 64 KB)"* ]]
	whole t.jsonl
	complete t.jsonl
	# No CPU begins before another one's ring does.
	[ "$(jq '[.stats[].overrun] | add' t.jsonl.json)" -gt 0 ]
	[ "$(jq .lost t.jsonl.json)" -eq 0 ]
}

@test "USR1 ends the recording, and the command goes on" {
	mkfifo go
	begin --last 600 -e $exec_event -o t.jsonl -- \
		sh -c '$one; echo >started; read x <go; $two; exit 3'
	until_there started
	kill -USR1 "$pid"
	for ((try = 0; try < 200; try++)); do
		[ "$(tracing "$pid")" = 1 ] || break
		sleep 0.05
	done
	[ "$(tracing "$pid")" = 0 ]
	echo >go
	ended "$pid"
	[ "$status" -eq 3 ]
	[ "$(execs t.jsonl)" = ./one ]
	whole t.jsonl
	nothing_left
}

@test "USR1 is nothing to a recording that is no flight recorder" {
	begin -e $exec_event -o t.jsonl
	kill -USR1 "$pid"
	"$one"
	kill -INT "$pid"
	ended "$pid"
	[ "$(execs t.jsonl)" = ./one ]
}

@test "--until ends at the event, with it, live or as a flight recorder" {
	for last in '' '--last 600'; do
		# shellcheck disable=SC2086
		run -0 --separate-stderr capture $last -e $exec_event \
			--until 'sched_process_exec:filename == "'"$two"'"' \
			-o t.jsonl -- sh -c '$one; $two; sleep 0.5; $three'
		[ "$stderr" = "" ]
		[ "$(execs t.jsonl)" = $'./one\n./two' ]
		whole t.jsonl
		nothing_left
	done
}

@test "--until takes system:name, and without a filter the first one counts" {
	run -0 --separate-stderr capture -e $exec_event \
		--until sched:sched_process_exec -o t.jsonl -- \
		sh -c '$one; sleep 0.5; $two'
	whole t.jsonl
	run -0 execs t.jsonl
	[[ $output != *two* ]]
	[ "$(jq .event_count t.jsonl.json)" -ge 1 ]
}

@test "--until says what is wrong with its event or filter" {
	run -2 --separate-stderr capture --until sched_swich -- true
	says "tk-capture: --until sched_swich: sched_swich: this kernel has no\
 such event; is it sched:sched_switch?"
	run -1 --separate-stderr capture -F records \
		--until 'sched_switch:prev_pid ==' -- true
	[[ $stderr == "tk-capture: events/sched/sched_switch/trigger: the\
 kernel refuses it: "* ]]
	nothing_left
}

@test "what a flight recorder writes over is a loss to no reader" {
	for name in t.jsonl t.txt t.dat t/; do
		run -0 --separate-stderr capture --last 600 -b 64 -o $name -- \
			hackbench 4 2000
		json=${name%/}.json
		[ "$(jq '[.stats[].overrun] | add > 0' "$json")" = true ]
		[ "$(jq '.lost == 0 and .last_seconds == 600' "$json")" = true ]
		run -0 --separate-stderr tk-parse --strict $name
		[ "$(jq .lost <<<"${lines[-1]}")" -eq 0 ] || fail $name
		[ "$(jq .records <<<"${lines[-1]}")" -eq \
			"$(jq .event_count "$json")" ] || fail $name
		[ "$(jq '.end_time - .start_time < 60' "$json")" = true ]
	done
}

@test "USR1 twice is USR1 once: nothing is thrown away" {
	begin --last 600 -b 65536 -o t.jsonl -- \
		sh -c 'hackbench 4 1000; echo >over; sleep 3'
	until_there over
	kill -USR1 "$pid"
	kill -USR1 "$pid"
	ended "$pid"
	[ "$status" -eq 0 ]
	whole t.jsonl
	[ "$(jq .event_count t.jsonl.json)" -eq "$(($(wc -l <t.jsonl) - 2))" ]
}
