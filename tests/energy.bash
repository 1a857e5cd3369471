# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# energy.bash -- what the tests of tk-energy that read live counters share
#
# powercap plays a tree of counters and notes what it did; a sampler is put
# onto its CPU, so that no read falls into a write: see tests/tools/powercap.c.

energy_pids=()

# energy_cpu: the first CPU that we may use
energy_cpu() {
	sed -n 's/^Cpus_allowed_list:[[:blank:]]*\([0-9]*\).*/\1/p' \
		/proc/self/status
}

# counters TRUTH ARGUMENT ...: plays in the background, in the folder tree;
# sets counters_pid, and waits until all is there.  Options of powercap may
# stand before the zones.
counters() {
	local truth=$1 try options=()

	shift
	while [[ ${1-} == -* ]]; do
		options+=("$1" "$2")
		shift 2
	done
	rm -f "$truth"
	# Should a test end without an end, it ends on its own.
	powercap -t 120 "${options[@]}" tree "$truth" "$@" 3>&- &
	counters_pid=$!
	energy_pids+=("$counters_pid")
	for ((try = 0; try < 200; try++)); do
		[ ! -e "$truth" ] || return 0
		kill -0 "$counters_pid" 2>/dev/null || break
		sleep 0.05
	done
	fail "powercap does not play"
}

# counters_end: ends what counters began last, so that its truth is whole
counters_end() {
	kill "$counters_pid"
	wait "$counters_pid"
}

# energy_teardown: ends what a test that failed may have left
energy_teardown() {
	local pid

	for pid in "${energy_pids[@]}"; do
		kill "$pid" 2>/dev/null || :
		wait "$pid" 2>/dev/null || :
	done
}

# energy ARGUMENT ...: tk-energy, on the CPU of powercap, a minute at most
energy() {
	timeout -k 5 60 taskset -c "$(energy_cpu)" tk-energy "$@"
}

# happened TRUTH PATH EVENT: how often
happened() {
	awk -F '\t' -v path="$2" -v event="$3" '
		$2 == path && $3 == event { n++ }
		END { print n + 0 }' "$1"
}

# as_counted TRUTH PATH [UNIT] <RECORDS: compares the records of one zone
# with what powercap noted.  Each value is one that was shown, in that order,
# and each delta is what was counted meanwhile: the sum to the uJ, since the
# first value or the last record that has no delta but a value.  UNIT, in nJ,
# is that of the zone, where it has one.  Prints how many deltas, uJ and wraps
# there were.
as_counted() {
	jq -r 'select(.type == "energy_zone" or .type == "energy") |
		[.type, .counter_uj, .delta_uj, .status] |
		map(. // "-" | tostring) | join("\t")' |
		awk -F '\t' -v path="$2" -v unit="${3:-1000}" \
			-f "$root/tests/tools/counted.awk" "$1" -
}
