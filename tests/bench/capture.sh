#!/bin/bash
# SPDX-License-Identifier: MIT
# capture.sh -- how fast tk-capture is, beside other programs in the same run
#
#	RUNS=5 ROUNDS=70000 SECONDS_LONG=5 BUFFER=131072 tests/bench/capture.sh
#
# Three questions, RUNS times each; the median counts:
#
# Does it keep up?  storm makes ROUNDS switches there and back a second on
# each CPU, which is more than three events each, while text goes to tk-parse
# through a pipe, with 4 MB of buffer for each CPU.  Storm, tk-capture and
# tk-parse share the CPUs.  The rate is that of the CPU with the fewest
# events, over the whole time of the recording; of losses all runs count.
#
# How fast is a full buffer emptied?  storm fills BUFFER KB of each CPU, of
# which --last then writes all: from the end of the command to that of
# tk-capture.  What the buffer held is in the number of events, what was
# overwritten is not.  Beside it, on the same load in an instance of the same
# size: cat of the kernel's own text, and trace-cmd extract.
#
# What does it cost the load?  The time of hackbench, alone and recorded.

set -euo pipefail
# shellcheck source=measured.bash
. "$(dirname "$0")/measured.bash"
# shellcheck source=../live/instance.bash
. "$tests/live/instance.bash"
runs=${RUNS:-5}
rounds=${ROUNDS:-70000}
long=${SECONDS_LONG:-5}
buffer=${BUFFER:-131072}
events='sched/sched_switch sched/sched_wakeup sched/sched_wakeup_new
	sched/sched_migrate_task'
at_exit() {
	instance_remove || :
}

# capture ARGUMENT ...: tk-capture, whose document is $dir/about
capture() {
	tk-capture --metadata "$dir/about" "$@" 2>"$dir/stderr" || {
		echo "bench: tk-capture $*: status $?" >&2
		cat "$dir/stderr" >&2
		exit 1
	}
}

# keep_up: adds to keep.times the rate of the slowest CPU, all that was lost,
# and how many events tk-parse did not get
keep_up() {
	local end

	end=$(capture -b 4096 -- storm "$rounds" "$long" |
		tk-parse 2>/dev/null | tail -n 1)
	jq -r --argjson last "$end" '
		(.end_time - .start_time) as $s
		| (.stats | map(.read_events)) as $read
		| "\(($read | min) / $s) \(.lost) \(($read | add)
			- $last.records)"' "$dir/about" >>"$dir/keep.times"
}

# fill: the command that fills the buffer, and notes when it had ended
fill() {
	# A round is four events of about 60 bytes: six for each KB are more
	# than it holds.  So many in a second are as fast as they go.
	# shellcheck disable=SC2016
	printf '%s\n' sh -c 'storm "$0" 1 && date +%s.%N >"$1"' \
		$((buffer * 6)) "$dir/ended"
}

# rate NAME EVENTS SECONDS: adds to what is known of it
rate() {
	awk -v n="$2" -v s="$3" 'BEGIN { print s, n / s, n }' \
		>>"$dir/$1.times"
}

# drain NAME ARGUMENT ...: empties a full buffer to there
drain() {
	local name=$1 command ended count

	shift
	mapfile -t command < <(fill)
	capture --last 3600 -b "$buffer" "$@" -- "${command[@]}" >/dev/null
	ended=$(date +%s.%N)
	count=$(jq '.stats | map(.read_events) | add' "$dir/about")
	rate "$name" "$count" \
		"$(awk -v a="$(cat "$dir/ended")" -v b="$ended" \
			'BEGIN { print b - a }')"
	rm -rf "$dir/pages"
}

# others: the same load by the kernel's own means, and by trace-cmd
others() {
	local command count

	# shellcheck disable=SC2086
	instance_new "tk-bench$$" "$buffer" $events
	echo overwrite >"$instance/trace_options"
	mapfile -t command < <(fill)
	echo 1 >"$instance/tracing_on"
	"${command[@]}"
	echo 0 >"$instance/tracing_on"
	count=$(instance_count entries)
	measure "$dir/time" cat "$instance/trace" >/dev/null
	rate cat "$count" "$(cut -d ' ' -f 1 "$dir/time")"
	rm "$dir/time"
	if have trace-cmd && measure "$dir/time" trace-cmd extract \
		-B "tk-bench$$" -o "$dir/trace.dat" >"$dir/stderr" 2>&1; then
		rate extract "$count" "$(cut -d ' ' -f 1 "$dir/time")"
	fi
	rm -f "$dir/time" "$dir/trace.dat"
	instance_remove
}

# cost: the time of hackbench alone, and recorded
cost() {
	local load=(hackbench 20 4000)

	measure "$dir/alone.times" "${load[@]}"
	capture -F raw -o "$dir/pages/" -- \
		measure "$dir/with-raw.times" "${load[@]}"
	rm -rf "$dir/pages"
	capture -- measure "$dir/with-text.times" "${load[@]}" >/dev/null
}

take_turns() {
	local i

	for ((i = 0; i < runs; i++)); do
		keep_up
		drain raw -F raw -o "$dir/pages/"
		drain text
		drain records -F records
		others
		cost
	done
}

# row TITLE NAME
row() {
	if ! timed "$2"; then
		printf '%-36s %8s\n' "$1" '-'
		return
	fi
	awk -v title="$1" -v s="$(median "$2" 1)" -v rate="$(median "$2" 2)" \
		-v n="$(median "$2" 3)" 'BEGIN {
		printf "%-36s %8.3f %10d %12d\n", title, s, n, rate
	}'
}

# cost_row TITLE NAME
cost_row() {
	awk -v title="$1" -v s="$(median "$2" 1)" \
		-v alone="$(median alone 1)" 'BEGIN {
		printf "%-36s %8.3f %9.1f%%\n", title, s, (s / alone - 1) * 100
	}'
}

table() {
	printf '%s CPUs, load before %s; medians of %s runs in turns\n\n' \
		"$(nproc)" "$load_before" "$runs"
	printf '%-36s %8s %10s %12s\n' "a full buffer, $buffer KB a CPU" \
		s events events/s
	row "raw pages, files on $(stat -f -c %T "$dir")" raw
	row 'text, to /dev/null' text
	row 'records, to /dev/null' records
	row "cat trace, to /dev/null" cat
	row "trace-cmd extract, to a file" extract
	echo
	printf '%-36s %8s %10s\n' hackbench s more
	cost_row alone alone
	cost_row 'recorded, raw pages' with-raw
	cost_row 'recorded, text to /dev/null' with-text
	echo
}

lacks=
# shellcheck disable=SC2086
lacks=$(instance_lacks $events)
have jq || lacks='jq is not installed'
have tk-capture || lacks='tk-capture is not built'
[ -z "$lacks" ] || {
	echo "nothing is measured: $lacks"
	exit 0
}
load_before=$(cut -d ' ' -f 1 /proc/loadavg)
take_turns
table
at_least 'events/s of the CPU that had fewest, text into tk-parse' \
	"$(median keep 1)" 200000
at_most 'events lost meanwhile, in all runs' \
	"$(awk '{ n += $2 } END { print n }' "$dir/keep.times")" 0
at_most 'events that tk-parse did not get' "$(most keep 3)" 0
at_least 'events/s of a full buffer to raw pages' "$(median raw 2)" 15000000
at_least 'events/s of a full buffer to text' "$(median text 2)" 4000000
exit "$missed"
