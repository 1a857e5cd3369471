#!/bin/bash
# SPDX-License-Identifier: MIT
# split.sh -- how fast tk-split is, beside a plain loop in Python
#
#	RUNS=5 EVENTS=1800000 COPIES=10 tests/bench/split.sh
#
# A recording of the scheduler is made first, see recording.bash: of four
# events about half are switches.  The original, a program in Python, reads
# 79,000 of them a second by what is published; the loop beside which it is
# measured takes the lines through the same regular expression and makes the
# same cells, but writes nothing.

set -euo pipefail
# shellcheck source=measured.bash
. "$(dirname "$0")/measured.bash"
# shellcheck source=recording.bash
. "$(dirname "$0")/recording.bash"
# shellcheck source=../live/instance.bash
. "$tests/live/instance.bash"
runs=${RUNS:-5}
events=${EVENTS:-1800000}
copies=${COPIES:-10}
published=79000
at_exit() {
	instance_remove || :
}

# into_traces SIZE: the text as twelve traces of three categories, so that
# all four files have rows
into_traces() {
	local lines part category run

	lines=$(wc -l <"$dir/$1/trace.txt")
	mkdir "$dir/$1/raw"
	split -n l/12 "$dir/$1/trace.txt" "$dir/$1/part."
	set -- "$1" "$dir/$1"/part.*
	for category in a b c; do
		for run in 0 1 2 3; do
			part=$2
			mv "$part" "$dir/$1/raw/${category}_run$run.txt"
			set -- "$1" "${@:3}"
		done
	done
	rm "$dir/$1/trace.txt" "$dir/$1"/cpu*.raw
	rm -f "$dir/$1/trace.dat"
	echo "$lines" >"$dir/$1/lines"
}

# split_of NAME SIZE OPTION ...: a data set in a new directory: to remove an
# older one would be measured, too
split_of() {
	local name=$1 size=$2

	shift 2
	rm -rf "$dir/out"
	time_of "$name" tk-split "$@" -o "$dir/out" "$dir/$size/raw"
}

# row TITLE NAME ROWS
row() {
	if ! timed "$2"; then
		printf '%-28s %8s\n' "$1" '-'
		return
	fi
	awk -v title="$1" -v s="$(median "$2" 1)" -v rss="$(most "$2" 4)" \
		-v rows="$3" 'BEGIN {
		printf "%-28s %8.3f %12d %9.1f\n", title, s, rows / s,
		    rss / 1024
	}'
}


recording_make "$dir" "$events" "$copies"
into_traces one
into_traces ten
one=$(cat "$dir"/one/raw/*.txt | grep -c ' sched_switch: ')
ten=$(cat "$dir"/ten/raw/*.txt | grep -c ' sched_switch: ')
cat "$dir"/one/raw/*.txt >"$dir/one.txt"
for ((i = 0; i < runs; i++)); do
	time_of wc wc -l "$dir/one.txt"
	split_of exact one
	split_of compat one --compat
	rm -rf "$dir/copied"
	mkdir "$dir/copied"
	time_of cp cp "$dir"/out/{train,test_seen,test_unseen,all}.csv \
		"$dir/copied"
	# Its time does not vary by much, and is long.
	! have python3 || [ "$i" -ge 2 ] ||
		time_of loop "$tests/original.py" --loop "$dir/one.txt"
done
rm "$dir/one.txt"
split_of exact-ten ten
split_of compat-ten ten --compat

printf '%s\n%d switches of %d lines, in copies %d; medians of %d runs\n\n' \
	"$recording_how" "$one" "$(cat "$dir/one/lines")" "$ten" "$runs"
printf '%-28s %8s %12s %9s\n' '' s rows/s 'RSS MiB'
row 'wc -l of the text' wc "$one"
row 'cp of the files' cp "$one"
row 'Python, its loop alone' loop "$one"
row 'tk-split' exact "$one"
row "tk-split, $copies copies" exact-ten "$ten"
row 'tk-split --compat' compat "$one"
row "tk-split --compat, $copies copies" compat-ten "$ten"
echo
for which in exact compat; do
	rate=$(divide "$one" "$(median "$which" 1)")
	at_least "rows/s of tk-split ($which) / published" \
		"$(divide "$rate" "$published")" 40
	! timed loop || at_least "rows/s of tk-split ($which) / of the loop" \
		"$(divide "$rate" "$(divide "$one" "$(median loop 1)")")" 8
	at_most "MiB resident, $which" \
		"$(divide "$(most "$which" 4)" 1024)" 16
	at_most "MiB resident, $which, $copies copies" \
		"$(divide "$(most "$which-ten" 4)" 1024)" 16
done
exit "$missed"
