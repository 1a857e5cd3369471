#!/bin/bash
# SPDX-License-Identifier: MIT
# energy.sh -- what it costs to sample counters, and to add up recordings
#
#	RUNS=3 SAMPLES=10000000 tests/bench/energy.sh
#
# First, sixteen counters that powercap moves are sampled a thousand times, a
# millisecond apart, by tk-energy, by cat(1) in a loop, and by the plainest
# script in Python.  Then recordings are added up, beside jq and Python.
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

# play: sixteen counters that move each millisecond, in $dir/tree
play() {
	local zones=() i

	for ((i = 0; i < 16; i++)); do
		zones+=("z$i,name=package-$i,range=262143328850,unit=61035,\
add=800:900,mode=444")
	done
	powercap -t 300 "$dir/tree" "$dir/truth" "${zones[@]}" &
	player=$!
	while [ ! -e "$dir/truth" ]; do sleep 0.05; done
	cat >"$dir/cat.sh" <<-'END'
	for ((i = 0; i < 1000; i++)); do
		cat "$1"/*/energy_uj
		sleep 0.001
	done
	END
	cat >"$dir/sample.py" <<-'END'
	import glob, sys, time
	paths = sorted(glob.glob(sys.argv[1] + "/*/energy_uj"))
	for i in range(1000):
	    time.sleep(0.001)
	    now = time.time()
	    for path in paths:
	        with open(path) as counter:
	            print(now, path, int(counter.read()))
	END
}

at_exit() {
	[ -z "${player-}" ] || kill "$player"
}

# off FILE: how many ms the time from the first reading to the end of the last
# is away from a second
off() {
	sed -nE 's/^\{"type":"energy.*"ts":([0-9]+).*/\1/p' "$1" |
		awk 'NR == 1 { first = $1 } { last = $1 }
			END { ms = (last - first) / 1e6 - 1000
			print ms < 0 ? -ms : ms }'
}

# sample: each a thousand times, in turns
sample() {
	local i

	for ((i = 0; i < runs; i++)); do
		rm -f "$dir/ts.jsonl"
		time_of ts tk-energy ts -i 0.001 -n 1000 -o "$dir/ts.jsonl" \
			--root "$dir/tree"
		tail -n 1 "$dir/ts.jsonl" |
			sed 's/.*"late":\([0-9]*\).*/\1/' >>"$dir/late"
		off "$dir/ts.jsonl" >>"$dir/off"
		time_of cat bash "$dir/cat.sh" "$dir/tree"
		! have python3 ||
			time_of script python3 "$dir/sample.py" "$dir/tree"
	done
	kill "$player"
	wait "$player" || :
	player=
}

# cost TITLE NAME: a row of what a thousand ticks took
cost() {
	timed "$2" || return 0
	awk -v title="$1" -v s="$(least "$2" 1)" -v rss="$(most "$2" 4)" \
		-v cpu="$(cpu_of "$2")" 'BEGIN {
		printf "%-30s %8.4f %8.2f %% %9.1f\n", title, s, cpu,
		    rss / 1024
	}'
}

# cpu_of NAME: the least percentage of a core that a run took
cpu_of() {
	awk '{ p = $5 / $1 * 100; if (NR == 1 || p < least) least = p }
		END { print least }' "$dir/$1.times"
}

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

play
sample
printf 'best of %d runs in turns; 16 counters, 1000 times, each ms\n\n' "$runs"
printf '%-30s %8s %10s %9s\n' '' s 'of a core' 'RSS MiB'
cost 'tk-energy ts -i 0.001 -n 1000' ts
cost 'cat in a loop' cat
cost 'a script in Python' script
echo
at_most "ms from one second, first reading to last" "$(sort -n "$dir/off" |
	head -n 1)" 2
at_most "ticks late" "$(sort -n "$dir/late" | head -n 1)" 0
at_most "percent of a core" "$(cpu_of ts)" 2
at_most "MiB resident" "$(divide "$(most ts 4)" 1024)" 4
echo

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
