#!/bin/bash
# SPDX-License-Identifier: MIT
# krflow.sh -- how fast tk-krflow is, beside other programs in the same run
#
# The programs take turns, RUNS times (7), and the best time of each counts:
# what else the machine does can only make it longer.  The input comes from
# memory, the output goes to /dev/null.

set -euo pipefail
# shellcheck source=measured.bash
. "$(dirname "$0")/measured.bash"
recording=$tests/data/flow/load32
gateway=172.24.0.1
copies=10
runs=${RUNS:-7}

# prepare: the report once, and so often one after the other in time
prepare() {
	local length i

	zstd -dcq "$recording/report.txt.zst" >"$dir/one.txt"
	length=$(awk '{ t = substr($3, 1, index($3, ".")) + 0 }
		NR == 1 { first = t }
		END { printf "%d", t - first + 2 }' "$dir/one.txt")
	for ((i = 0; i < copies; i++)); do
		awk -v seconds=$((i * length)) -f "$tests/bench/shift.awk" \
			"$dir/one.txt"
	done >"$dir/ten.txt"
	zstd -dcq "$recording/trace.dat.zst" >"$dir/trace.dat"
}

# requests FILE: how many are found in it
requests() {
	tk-krflow -i "$recording/pids.txt" -g $gateway "$1" |
		tail -n 1 | sed 's/.*"traces":\([0-9]*\).*/\1/'
}

take_turns() {
	local i

	for ((i = 0; i < runs; i++)); do
		time_of wc wc -l "$dir/one.txt"
		# shellcheck disable=SC2016
		time_of awk awk '{n[$4]++}' "$dir/one.txt"
		time_of one tk-krflow -i "$recording/pids.txt" -g $gateway \
			"$dir/one.txt"
		time_of ten tk-krflow -i "$recording/pids.txt" -g $gateway \
			"$dir/ten.txt"
		! have trace-cmd ||
			time_of report trace-cmd report -R -i "$dir/trace.dat"
	done
}

# row TITLE NAME FACTOR: a line of the table; the input is FACTOR reports
row() {
	timed "$2" || return 0
	awk -v title="$1" -v s="$(least "$2" 1)" -v rss="$(most "$2" 4)" \
		-v lines="$lines" -v bytes="$bytes" -v factor="$3" \
		-v awk="$(least awk 1)" 'BEGIN {
		printf "%-24s %8.3f %12d %8.0f %8.2f %9.1f\n", title, s,
		    factor * lines / s, factor * bytes / s / 1e6,
		    factor * awk / s, rss / 1024
	}'
}

prepare
lines=$(wc -l <"$dir/one.txt")
bytes=$(wc -c <"$dir/one.txt")
one=$(requests "$dir/one.txt")
ten=$(requests "$dir/ten.txt")
if [ "$ten" -ne $((copies * one)) ]; then
	echo "bench: $one requests, but $ten in $copies copies" >&2
	exit 1
fi
take_turns

printf 'load32: %d lines, %.1f MB; best of %d runs in turns; awk is %s\n\n' \
	"$lines" "$(divide "$bytes" 1e6)" "$runs" \
	"$(basename "$(readlink -f "$(command -v awk)")")"
printf '%-24s %8s %12s %8s %8s %9s\n' '' s lines/s MB/s 'x awk' 'RSS MiB'
row 'wc -l' wc 1
row "awk '{n[\$4]++}'" awk 1
row 'trace-cmd report -R' report 1
row 'tk-krflow' one 1
row "tk-krflow, $copies copies" ten $copies
echo
at_most "time of tk-krflow / time of awk" \
	"$(divide "$(least one 1)" "$(least awk 1)")" 1
at_most "time of $copies copies / $copies times that of one" \
	"$(divide "$(least ten 1)" "$(least one 1)" $copies)" 1.05
at_most "MiB resident, one copy" "$(divide "$(most one 4)" 1024)" 16
at_most "MiB resident, $copies copies" "$(divide "$(most ten 4)" 1024)" 16
exit "$missed"
