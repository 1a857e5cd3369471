#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-load(1): processes work as long as they should, and none stays

load helper

setup() {
	dir=$BATS_TEST_TMPDIR/files
	mkdir "$dir"
}

teardown() {
	[ -n "${pid-}" ] || return 0
	kill -KILL "$pid" 2>/dev/null || :
	wait "$pid" 2>/dev/null || :
}

# begin OPTION ...: begins a tk-load that does not end by itself
begin() {
	# What a shell begins in the background ignores ^C otherwise.
	env --default-signal tk-load -d 600 "$@" >out 3>&- &
	pid=$!
}

# workers N: waits until it has N processes; sets workers to them
workers() {
	local try

	for ((try = 0; try < 500; try++)); do
		mapfile -t workers < <(ps -o pid= --ppid "$pid" | tr -d ' ')
		[ "${#workers[@]}" -ne "$1" ] || return 0
		sleep 0.02
	done
	fail "${#workers[@]} processes"
}

# gone PID ...: waits until none of them is there, or waits only for init
gone() {
	local try list

	list=$(IFS=,; echo "$*")
	for ((try = 0; try < 500; try++)); do
		ps -o stat= -p "$list" | grep -q '^[^Z]' || return 0
		sleep 0.02
	done
	fail "left: $(ps -p "$list")"
}

@test "each process does the units that it is told to do" {
	for kind in cpu io; do
		run -0 --separate-stderr tk-load $kind -p 3 -n 7 -v
		is "process 1: 7 units
process 2: 7 units
process 3: 7 units"
		[ "$stderr" = "" ]
	done
}

@test "it is quiet unless asked" {
	run -0 tk-load cpu -p 2 -n 1
	is ""
}

@test "the time ends it, and what comes first ends it" {
	for kind in cpu io; do
		run -0 timeout 60 tk-load $kind -d 0.1
		run -0 timeout 60 tk-load $kind -d 0.1 -n 1000000000000
		run -0 timeout 60 tk-load $kind -d 600 -n 1 -v -p 1
		is "process 1: 1 units"
	done
}

@test "there are as many processes as it is told, four if not told" {
	cd "$BATS_TEST_TMPDIR"
	begin cpu
	workers 4
	kill "$pid"
	wait "$pid" || :
	begin cpu -p 7
	workers 7
}

@test "a process of cpu computes all the time" {
	cd "$BATS_TEST_TMPDIR"
	begin cpu -p 1
	workers 1
	for ((try = 0; try < 500; try++)); do
		read -r -a stat <"/proc/${workers[0]}/stat"
		[ "${stat[2]}" = R ] # it never sleeps once it works
		[ "${stat[13]}" -lt 5 ] || return 0
		sleep 0.02
	done
	fail "it took ${stat[13]} ticks"
}

@test "its processes end with it, whatever ends it" {
	cd "$BATS_TEST_TMPDIR"
	for kind in cpu io; do
		for signal in INT TERM HUP QUIT KILL; do
			begin "$kind" -p 3 --dir "$dir"
			workers 3
			kill "-$signal" "$pid"
			status=0
			wait "$pid" || status=$?
			[ "$status" -eq $((128 + $(kill -l "$signal"))) ]
			gone "${workers[@]}"
			[ -z "$(ls -A "$dir")" ]
		done
	done
}

@test "io has its files in the folder, which is empty all the same" {
	cd "$BATS_TEST_TMPDIR"
	begin io -p 2 --dir "$dir"
	workers 2
	for worker in "${workers[@]}"; do
		for ((try = 0; try < 500; try++)); do
			ls -l "/proc/$worker/fd" >files.txt
			! grep -q " $dir/.* (deleted)$" files.txt || break
			sleep 0.02
		done
		grep " $dir/.* (deleted)$" files.txt
	done
	[ -z "$(ls -A "$dir")" ]
}

@test "io writes eight blocks of 4 KiB a unit, syncs and reads them" {
	command -v strace >/dev/null || skip "without strace"
	cd "$BATS_TEST_TMPDIR"
	strace -f -o calls -e trace=pwrite64,fsync,pread64 \
		tk-load io -p 1 -n 5 --dir "$dir" || skip "strace may not trace"
	[ "$(grep -c 'pwrite64(.* = 4096$' calls)" -eq 40 ]
	[ "$(grep -c 'fsync(.* = 0$' calls)" -eq 5 ]
	[ "$(grep -c 'pread64(.* = 4096$' calls)" -eq 40 ]
}

@test "the files are in TMPDIR if no folder is named" {
	TMPDIR=/nonexistent run -1 --separate-stderr tk-load io -n 1
	is ""
	[ "$stderr" = "tk-load: /nonexistent: No such file or directory" ]
	TMPDIR=/nonexistent run -0 tk-load io -n 1 --dir "$dir"
	TMPDIR=/nonexistent run -0 tk-load cpu -n 1
}

@test "a file that cannot be written is told once, the status is 1" {
	run -1 --separate-stderr bash -c 'trap "" XFSZ; ulimit -f 1
		exec tk-load io -p 3 -n 100 --dir "$1"' - "$dir"
	[ "$stderr" = "tk-load: $dir: File too large" ]
	[ -z "$(ls -A "$dir")" ]
}

@test "a process that was killed is told, the others go on" {
	cd "$BATS_TEST_TMPDIR"
	tk-load cpu -p 2 -d 2 -v >out 2>err 3>&- &
	pid=$!
	workers 2
	kill -KILL "${workers[0]}"
	status=0
	wait "$pid" || status=$?
	[ "$status" -eq 1 ]
	[ "$(cat err)" = "tk-load: process 1 was killed" ]
	grep -qx 'process 2: [1-9][0-9]* units' out
}

@test "a command line that makes no sense is refused" {
	for wrong in "" "cpu io" "disk" "cpu -p 0" "cpu -p 4097" "cpu -p x" \
		"cpu -n 0" "cpu -d 0" "cpu -d -1" "cpu -d 1e3" "cpu -d 0.0" \
		"cpu -d 1000001" "cpu -d 1000000.1" \
		"cpu -d 9223372036854775807"; do
		# shellcheck disable=SC2086
		run -2 --separate-stderr timeout 20 tk-load $wrong
		is "" || fail "$wrong"
		[[ ${stderr_lines[1]} == "usage: tk-load "* ]]
	done
}
