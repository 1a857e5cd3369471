#!/bin/bash
# SPDX-License-Identifier: MIT
# parse.sh -- how fast tk-parse is, beside other programs in the same run
#
#	RUNS=5 EVENTS=1000000 COPIES=10 tests/bench/parse.sh
#
# The recording is made first, see recording.bash.  The programs then take
# turns, RUNS times, and the median counts.  What is COPIES times as long is
# read once: it shows that memory does not grow, and time not faster than the
# input.  The input comes from memory, the output goes to /dev/null.
#
# perf records a load of its own, as many rounds of hackbench.

set -euo pipefail
# shellcheck source=measured.bash
. "$(dirname "$0")/measured.bash"
# shellcheck source=recording.bash
. "$(dirname "$0")/recording.bash"
# shellcheck source=../live/instance.bash
. "$tests/live/instance.bash"
runs=${RUNS:-5}
events=${EVENTS:-1000000}
copies=${COPIES:-10}
at_exit() {
	instance_remove || :
}

# fit_disk: fewer copies where there is no room for them
fit_disk() {
	local room

	# Of an event 150 bytes of text, 2 x 60 of pages; and the first twice.
	room=$(df --output=avail -B1 "$dir" | tail -n 1)
	room=$((room / (events * 300) - 2))
	[ "$room" -lt "$copies" ] || return 0
	copies=$((room > 1 ? room : 1))
	echo "bench: room for $copies copies only" >&2
}

# perf_record: leaves perf.data, or perf_lacks says why not
perf_record() {
	local list

	perf_lacks=
	have perf || { perf_lacks='is not installed'; return; }
	[ "$recording_rounds" -gt 0 ] ||
		{ perf_lacks='needs the same load, recorded now'; return; }
	# shellcheck disable=SC2086
	list=$(printf '%s,' $recording_events | tr / :)
	# shellcheck disable=SC2016
	perf record -q -a -m 8M -e "${list%,}" -o "$dir/perf.data" -- sh -c '
		for i in $(seq "$0"); do hackbench 10 2000; done' \
		"$recording_rounds" >"$dir/stderr" 2>&1 ||
		perf_lacks="cannot record: $(head -n 1 "$dir/stderr")"
	[ -z "$perf_lacks" ] || { rm -f "$dir/perf.data"; return; }
	perf_events=$(perf script -i "$dir/perf.data" 2>/dev/null | wc -l)
	perf_bytes=$(wc -c <"$dir/perf.data")
}

# parse WHAT SIZE: tk-parse of a form, with all of its arguments
parse() {
	case $1 in
	text) echo "$dir/$2/trace.txt" ;;
	dat) echo "$dir/$2/trace.dat" ;;
	raw)
		printf '%s\n' --formats "$recording_formats"
		printf '%s\n' "$dir/$2"/cpu*.raw | sort -V
		;;
	esac
}

# forms: those that tk-parse can be given
forms() {
	! have tk-parse || echo text raw
	{ ! have tk-parse || [ ! -f "$dir/one/trace.dat" ]; } || echo dat
}

take_turns() {
	local i form arguments

	for ((i = 0; i < runs; i++)); do
		time_of wc wc -l "$dir/one/trace.txt"
		[ ! -f "$dir/one/trace.dat" ] || ! have trace-cmd ||
			time_of report trace-cmd report -i "$dir/one/trace.dat"
		[ ! -f "$dir/perf.data" ] ||
			time_of perf perf script -i "$dir/perf.data"
		for form in $(forms); do
			mapfile -t arguments < <(parse "$form" one)
			time_of "$form" tk-parse "${arguments[@]}"
		done
	done
	for form in $(forms); do
		mapfile -t arguments < <(parse "$form" ten)
		time_of "$form-ten" tk-parse "${arguments[@]}"
	done
}

# bytes_of FILE ...: in all
bytes_of() {
	{ cat "$@" 2>/dev/null || :; } | wc -c
}

# row TITLE NAME EVENTS BYTES
row() {
	if ! timed "$2"; then
		printf '%-28s %8s\n' "$1" '-'
		return
	fi
	awk -v title="$1" -v s="$(median "$2" 1)" -v rss="$(most "$2" 4)" \
		-v events="$3" -v bytes="$4" -v peer="$peer" 'BEGIN {
		printf "%-28s %8.3f %12d %8.0f %8s %9.1f\n", title, s,
		    events / s, bytes / s / 1e6,
		    (peer > 0 ? sprintf("%.2f", events / s / peer) : "-"),
		    rss / 1024
	}'
}

# rows_of FORM: of both lengths
rows_of() {
	local one ten pattern=trace.$1

	case $1 in
	text) pattern=trace.txt ;;
	raw) pattern='cpu*.raw' ;;
	esac
	# shellcheck disable=SC2086
	{
		one=$(bytes_of "$dir"/one/$pattern)
		ten=$(bytes_of "$dir"/ten/$pattern)
	}
	row "tk-parse, $1" "$1" "$(events_in "$1" one)" "$one"
	row "tk-parse, $1, $copies copies" "$1-ten" \
		"$(events_in "$1" ten)" "$ten"
}

# events_in FORM SIZE: what its recorder counted
events_in() {
	if [ "$1" = dat ] && [ "$recording_rounds" -eq 0 ]; then
		echo "$dat_events"
	elif [ "$2" = one ]; then
		echo "$one_events"
	else
		echo "$ten_events"
	fi
}

# complete FORM: whether tk-parse gives a record for each event
complete() {
	local arguments want got

	mapfile -t arguments < <(parse "$1" one)
	want=$(events_in "$1" one)
	got=$(tk-parse "${arguments[@]}" | tail -n 1)
	case $got in
	*'"records":'"$want",*) echo "ok   $1: $want records" ;;
	*)
		echo "NO   $1: $want events, but $got"
		status=1
		;;
	esac
}

# bounds FORM TIMES: what is to be reached
bounds() {
	local rate

	rate=$(divide "$(events_in "$1" one)" "$(median "$1" 1)")
	[ "$peer" = 0 ] || at_least "events/s of $1 / of trace-cmd report" \
		"$(divide "$rate" "$peer")" "$2"
	at_most "MiB resident, $1" "$(divide "$(most "$1" 4)" 1024)" 16
	at_most "MiB resident, $1, $copies copies" \
		"$(divide "$(most "$1-ten" 4)" 1024)" 16
}

# count: how many events there are, by their lines in the kernel's text
count() {
	one_events=$(grep -vc '^#' "$dir/one/trace.txt")
	ten_events=$(grep -vc '^#' "$dir/ten/trace.txt")
	dat_events=0
	[ ! -f "$dir/one/trace.dat" ] || ! have trace-cmd ||
		dat_events=$(trace-cmd report -i "$dir/one/trace.dat" \
			2>/dev/null | grep -c ': *sched_')
}

# table: all figures
table() {
	local form

	peer=0
	# Of a short file it is the start that takes the time.
	! timed report || [ "$recording_rounds" -eq 0 ] ||
		peer=$(divide "$dat_events" "$(median report 1)")
	printf '%s\n%d events, in %d copies %d; medians of %d runs in turns\n' \
		"$recording_how" "$one_events" "$copies" "$ten_events" "$runs"
	echo
	printf '%-28s %8s %12s %8s %8s %9s\n' \
		'' s events/s MB/s 'x report' 'RSS MiB'
	row 'wc -l' wc "$one_events" "$(bytes_of "$dir/one/trace.txt")"
	row 'trace-cmd report' report "$dat_events" \
		"$(bytes_of "$dir/one/trace.dat")"
	row 'perf script' perf "${perf_events:-0}" "${perf_bytes:-0}"
	for form in text dat raw; do
		rows_of "$form"
	done
	[ -z "$perf_lacks" ] || printf '\nperf %s\n' "$perf_lacks"
}

fit_disk
recording_make "$dir" "$events" "$copies"
count
perf_record
take_turns
table
have tk-parse || {
	echo
	echo 'tk-parse is not built'
	exit 0
}
echo
status=0
for form in $(forms); do
	complete "$form"
	bounds "$form" "$([ "$form" = text ] && echo 10 || echo 12)"
done
at_least "MB/s of text" "$(divide "$(bytes_of "$dir/one/trace.txt")" \
	"$(median text 1)" 1e6)" 800
[ "$missed" -eq 0 ] || status=1
exit $status
