#!/bin/bash
# SPDX-License-Identifier: MIT
# energy.sh -- how fast tk-energy adds up recordings, beside jq and Python
#
#	RUNS=3 SAMPLES=10000000 tests/bench/energy.sh
#
# Sixteen zones are sampled each millisecond.  The programs take turns, RUNS
# times (3), and the best time of each counts.  The input comes from memory.
# jq and Python, which are slow, add up a tenth of the samples: energies by
# zone, and no more.

set -euo pipefail
# shellcheck source=measured.bash
. "$(dirname "$0")/measured.bash"
runs=${RUNS:-3}
samples=${SAMPLES:-10000000}
few=$((samples / 10))

prepare() {
	samples "$samples" >"$dir/all.jsonl"
	samples "$few" >"$dir/few.jsonl"
	cat >"$dir/sum.py" <<-'END'
	import json, sys
	zones = {}
	for line in open(sys.argv[1]):
	    record = json.loads(line)
	    if record["type"] == "energy" and record["delta_uj"] is not None:
	        zone = record["zone"]
	        zones[zone] = zones.get(zone, 0) + record["delta_uj"]
	print(sum(zones.values()))
	END
	cat >"$dir/sum.jq" <<-'END'
	reduce (inputs | select(.type == "energy" and .delta_uj != null)) as $r
	    ({}; .[$r.zone] += $r.delta_uj) | add
	END
}

# check: all agree about the energy
check() {
	local is other

	is=$(tk-energy sum -f csv "$dir/few.jsonl" | tail -n 1 | cut -d, -f6)
	for other in "$@"; do
		if [ "$other" != "$is" ]; then
			echo "bench: $is uJ, but another program has $other" >&2
			exit 1
		fi
	done
}

take_turns() {
	local i

	for ((i = 0; i < runs; i++)); do
		time_of all tk-energy sum "$dir/all.jsonl"
		time_of few tk-energy sum "$dir/few.jsonl"
		time_of window tk-energy sum --window 1s "$dir/all.jsonl"
		! have python3 ||
			time_of python python3 "$dir/sum.py" "$dir/few.jsonl"
		! have jq || time_of jq jq -n -f "$dir/sum.jq" "$dir/few.jsonl"
	done
}

# row TITLE NAME SAMPLES
row() {
	timed "$2" || return 0
	awk -v title="$1" -v s="$(least "$2" 1)" -v rss="$(most "$2" 4)" \
		-v n="$3" 'BEGIN {
		printf "%-30s %10d %8.3f %11.0f %9.1f\n", title, n, s, n / s,
		    rss / 1024
	}'
}

prepare
set --
! have python3 || set -- "$(python3 "$dir/sum.py" "$dir/few.jsonl")"
! have jq || set -- "$@" "$(jq -n -f "$dir/sum.jq" "$dir/few.jsonl")"
check "$@"
take_turns

printf 'best of %d runs in turns; %d bytes a sample\n\n' "$runs" \
	$(($(wc -c <"$dir/all.jsonl") / samples))
printf '%-30s %10s %8s %11s %9s\n' '' samples s samples/s 'RSS MiB'
row 'tk-energy sum' all "$samples"
row 'tk-energy sum, a tenth' few "$few"
row 'tk-energy sum --window 1s' window "$samples"
row 'json.loads in Python' python "$few"
row 'jq' jq "$few"
echo
at_least "samples a second, in millions" \
	"$(divide "$samples" "$(least all 1)" 1e6)" 5
at_most "MiB resident" "$(divide "$(most all 4)" 1024)" 4
at_most "memory for all / for a tenth of them" \
	"$(divide "$(most all 4)" "$(most few 4)")" 1.25
exit "$missed"
