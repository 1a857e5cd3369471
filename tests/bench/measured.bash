# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# measured.bash -- what the benchmarks share: runs, and their figures
#
# Sets tests, and dir, a directory that goes away at the end.  A script that
# has more to put away then defines at_exit.

export LC_ALL=C
tests=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
dir=$(mktemp -d "${TMPDIR:-/tmp}/tracekit-bench.XXXXXX")
at_exit() {
	:
}
trap 'at_exit; rm -rf "$dir"' EXIT

# have PROGRAM: whether it is there
have() {
	command -v "$1" >/dev/null
}

# time_of NAME COMMAND ...: adds a run to what is known of it; its output
# goes nowhere
time_of() {
	local name=$1

	shift
	measure "$dir/$name.times" "$@" >/dev/null 2>"$dir/stderr" || {
		echo "bench: $*: status $?" >&2
		cat "$dir/stderr" >&2
		exit 1
	}
}

# timed NAME: whether it was run
timed() {
	[ -f "$dir/$1.times" ]
}

# least NAME COLUMN; most NAME COLUMN; median NAME COLUMN: of measure's output
least() {
	awk -v c="$2" '{ print $c }' "$dir/$1.times" | sort -g | sed -n 1p
}
most() {
	awk -v c="$2" '{ print $c }' "$dir/$1.times" | sort -g | sed -n '$p'
}
median() {
	awk -v c="$2" '{ print $c }' "$dir/$1.times" | sort -g |
		awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# divide A B [C]: A / B / C
divide() {
	awk -v a="$1" -v b="$2" -v c="${3:-1}" 'BEGIN { print a / b / c }'
}

# at_most WORDS VALUE LIMIT; at_least WORDS VALUE LIMIT: tells whether the
# value is within the limit; missed is 1 from then on where it is not
missed=0
at_most() {
	verdict "$1" "$2" "$3" "at most" 1
}
at_least() {
	verdict "$1" "$2" "$3" "at least" -1
}
verdict() {
	awk -v words="$1" -v value="$2" -v limit="$3" -v which="$4" \
		-v sign="$5" 'BEGIN {
		bad = sign * value > sign * limit
		printf "%-4s %s: %.2f, %s %.2f\n", bad ? "NO" : "ok",
		    words, value, which, limit
		exit bad
	}' || missed=1
}
