#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# The whole way with programs of our own: services in network namespaces,
# listed by tk-pids, recorded by tk-capture while clients send requests, and
# each request as tk-krflow finds it, against what the services logged
#
# Each test needs root, tracefs, network namespaces and the services, and
# skips itself where one is missing; see live/shop.bash and live/chain.bash.

load helper
load live/instance
load live/chain
load live/proof
load live/shop

clients=4
each=50

setup() {
	local lacks

	# shellcheck disable=SC2086
	lacks=$(instance_lacks $chain_events)
	[ -z "$lacks" ] || skip "$lacks"
	instance_find
	[ -x "$TK_BIN/tk-capture" ] || skip "tk-capture was not built"
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() {
	[ -n "${tracefs-}" ] || return 0
	shop_down
	chain_down
	run ! grep -E "^($shop|$chain)-" <(ip netns list)
}

# shop_starts: our own services, and their table pids.txt
shop_starts() {
	local lacks

	lacks=$(shop_lacks)
	[ -z "$lacks" ] || skip "$lacks"
	shop_up
	shop_table pids.txt
	shop_client "$clients" "$each" run
}

# captured ARGUMENT ...: tk-capture of the services' threads, and of what
# they fork, around the clients; fails where events were lost
captured() {
	timeout 100 tk-capture --strict --pids pids.txt "$@" \
		-- "${shop_command[@]}"
}

# follow [FILE]: the spans of a trace of our own services
follow() {
	tk-krflow -i pids.txt -g "$shop_gateway" "$@"
}

# proves FILE ...: the spans are the requests that the services logged, all
# of them, each with its thread, its peer and its parent, and nothing else
proves() {
	local n=$((clients * each)) spans

	[ -f truth.jsonl ] || shop_close run truth.jsonl
	# Of each user's request frontend, auth, backend and Redis have one.
	[ "$(shop_logged truth.jsonl | wc -l)" -eq $((4 * n)) ]
	for spans; do
		diff -u --label logged <(shop_logged truth.jsonl) \
			--label found <(shop_spans "$spans")
		score --correct 1 --whole all --extra 0 truth.jsonl pids.txt \
			<"$spans"
		[ "$(grep -c '"link":"root"' "$spans")" -eq "$n" ]
		tail -n 1 "$spans" | jq -e '.type == "end" and .lost == 0 and
			.lost_marks == 0 and .bad == 0'
	done
}

# linked FILE: the spans of one recording, as those of another one of the same
# requests must be: all but the times, in the order of the roots
linked() {
	jq -c 'select(.type == "span")
		| [.trace, .service, .tid, .local, .peer, .link]' "$1" | sort
}

@test "live capture: records, into tk-krflow as they come" {
	set -o pipefail
	shop_starts
	captured --preset krflow -F records | follow >spans
	proves spans
}

@test "live capture: text, into tk-krflow as it comes" {
	set -o pipefail
	shop_starts
	captured --preset krflow | follow >spans
	proves spans
}

@test "live capture: the events of krflow-rich" {
	set -o pipefail
	shop_starts
	captured --preset krflow-rich -F records | follow >spans
	proves spans
}

# Three recordings of the same requests, at the same time.
@test "live capture: trace.dat, raw pages and text give the same spans" {
	shop_starts
	record=(timeout 100 tk-capture --strict --pids pids.txt
		--preset krflow)
	"${record[@]}" -o trace.dat -- "${record[@]}" -o pages/ -- \
		"${record[@]}" -o trace.txt -- "${shop_command[@]}"
	for from in trace.dat pages trace.txt; do
		[ "$(jq .lost "$from.json")" -eq 0 ]
		follow "$from" >"spans-$from"
	done
	proves spans-trace.dat spans-pages spans-trace.txt
	for from in pages trace.txt; do
		diff <(linked spans-trace.dat) <(linked "spans-$from")
	done
	rm pages.json
	tk-parse trace.dat | follow >spans-records
	diff <(grep '"type":"span"' spans-trace.dat) \
		<(grep '"type":"span"' spans-records)
}

# chain_starts: edge and origin, and their table pids.txt
chain_starts() {
	local lacks

	lacks=$(chain_lacks)
	[ -z "$lacks" ] || skip "$lacks"
	chain_up 8
	tk-pids --netns -o pids.txt "$chain-edge" "$chain-origin"
}

# The command ends when the requests are seen at the other end of the pipe,
# all but the last of each connection, whose tree may not be final.
@test "live capture: nginx: requests come out while it still records" {
	set -o pipefail
	chain_starts
	export chain chain_dir
	export -f chain_client chain_load chain_logged
	# shellcheck disable=SC2016
	timeout 100 tk-capture --strict --pids pids.txt --preset krflow \
		-F records -- bash -c '
		chain_load "$1" "$2" || exit
		for _ in {1..100}; do
			roots=$(grep -c "\"link\":\"root\"" spans)
			[ "$roots" -lt $(($1 * ($2 - 1))) ] || exit 0
			sleep 0.1
		done
		exit 1' load "$clients" "$each" |
		tk-krflow -i pids.txt -g "$chain_gateway" >spans
	chain_proves $((clients * each)) spans "$chain-"
}
