#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The whole way on this machine's kernel: requests through two services,
# traced as they happen, against what the services logged
#
# Each test needs root, tracefs, network namespaces and nginx, and skips
# itself where one is missing; see live/chain.bash.

load helper
load live/chain
load live/proof

clients=3
each=20

setup() {
	local lacks

	lacks=$(chain_lacks)
	[ -z "$lacks" ] || skip "$lacks"
	chain_find_tracefs
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	# setup may have stopped before it knew
	[ -z "${tracefs-}" ] || chain_down
}

# follow [FILE]: tk-krflow with the threads and the gateway of the chain
follow() {
	tk-krflow -i "$chain_dir/pids.txt" -g "$chain_gateway" "$@"
}

# proves FILE: its spans are the requests that the services logged
proves() {
	chain_proves $((clients * each)) "$1"
}

@test "live: kept connections: the kernel's trace gives each request" {
	chain_up 8
	chain_trace
	chain_load "$clients" "$each"
	chain_trace_off
	follow "$instance/trace" >spans
	proves spans
}

@test "live: a connection for each call: the trace gives each request" {
	chain_up 0
	chain_trace
	chain_load "$clients" "$each"
	chain_trace_off
	follow "$instance/trace" >spans
	proves spans
}

@test "live: a request that comes line by line is one request" {
	clients=1
	chain_up 8
	chain_trace
	chain_load 1 "$each" printf
	chain_trace_off
	follow "$instance/trace" >spans
	proves spans
}

@test "live: trace-cmd's reports of the same trace give each request" {
	command -v trace-cmd >/dev/null || skip "trace-cmd is not installed"
	chain_up 8
	chain_trace
	chain_load "$clients" "$each"
	chain_trace_off
	trace-cmd extract -B "$chain" -o trace.dat >/dev/null 2>&1
	for option in -R -t '-R -t' ''; do
		echo "trace-cmd report $option"
		# shellcheck disable=SC2086
		trace-cmd report $option -i trace.dat 2>/dev/null |
			follow >spans
		proves spans
	done
}

@test "live: requests leave a running pipe as they end" {
	chain_up 8
	chain_trace
	mkfifo pipe
	follow <pipe >spans 3>&- &
	follower=$!
	timeout 100 cat "$instance/trace_pipe" >pipe 3>&- &
	reader=$!
	chain_pids+=("$reader" "$follower")
	chain_load "$clients" "$each"
	# The pipe is open: all are out but the last of each connection, whose
	# tree may not be final.
	enough=$((clients * (each - 1)))
	for _ in {1..100}; do
		roots=$(grep -c '"link":"root"' spans || true)
		[ "$roots" -lt "$enough" ] || break
		sleep 0.1
	done
	kill -0 "$reader"
	[ "$roots" -ge "$enough" ]
	chain_trace_off
	chain_drained
	kill "$reader"
	wait "$follower"
	proves spans
}
