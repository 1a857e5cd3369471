#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-parse on a pipe that stays open: what has come leaves before the input
# ends, whatever its form

load helper

source=$data/source

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkfifo pipe
}

teardown() {
	[ -z "${parser-}" ] || kill "$parser" 2>/dev/null || true
}

# feed COMMAND ...: runs tk-parse with the given arguments on a pipe, of which
# the end for writing is 4
feed() {
	tk-parse "$@" <pipe >records 3>&- &
	parser=$!
	exec 4>pipe
}

# leaves: waits for a record of an event, while the pipe is open
leaves() {
	for _ in {1..100}; do
		! grep -q '"type":"sched_' records || break
		sleep 0.1
	done
	kill -0 "$parser"
	grep -q '"type":"sched_' records
	! grep -q '"type":"end"' records
}

# ends N: closes the pipe; there are N events then
ends() {
	exec 4>&-
	wait "$parser"
	parser=
	[ "$(grep -c '"type":"sched_' records)" -eq "$1" ]
	tail -n 1 records | grep -q '^{"type":"end"'
}

@test "first: text leaves as it comes" {
	feed
	zstd -dcq "$source/small/trace.default.txt.zst" >trace
	head -n 50 trace >&4
	leaves
	tail -n +51 trace >&4
	ends "$(grep -vc '^#' trace)"
}

@test "first: a report of trace-cmd leaves as it comes" {
	feed
	zstd -dcq "$source/small/report.default.txt.zst" >report
	head -n 50 report >&4
	leaves
	tail -n +51 report >&4
	ends "$(grep -c ': *sched_' report)"
}

@test "first: pages of a ring buffer leave as they come" {
	feed --formats "$source/formats"
	zstd -dcq "$source/small/cpu0.raw.zst" >cpu0.raw
	head -c 8192 cpu0.raw >&4
	leaves
	tail -c +8193 cpu0.raw >&4
	ends "$(awk '/^entries:/ { print $2 }' "$source/small/stats.cpu0.txt")"
}

@test "first: a reader that wants no more ends it quietly" {
	zstd -dcq "$source/small/small.dat.zst" >small.dat
	bash -c 'set -o pipefail; tk-parse small.dat 2>stderr | head -n 2' \
		>records || true
	[ "$(wc -l <records)" -eq 2 ]
	[ ! -s stderr ]
}
