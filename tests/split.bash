# SPDX-License-Identifier: MIT
# shellcheck shell=bash
# split.bash -- what the tests of tk-split share; loaded after helper

# shellcheck disable=SC2034
raw=$data/dataset

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export SOURCE_DATE_EPOCH=1000000000
}

# need_python: skips where another implementation cannot run
need_python() {
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' ||
		skip "python3 is missing, or older than 3.9"
}

# meta FILTER [DIR]: what dataset_meta.json says
meta() {
	jq -c "$1" "${2:-dataset}/dataset_meta.json"
}

# column NAME FILE: the cells of a column; none may hold a comma or a newline
column() {
	awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++)
		if ($i == name) at = i; next } { print $at }' "$2"
}

# line TIME EVENT BODY: a line of the kernel's text
line() {
	printf '%16s-%-7d [001] d..2. %s: %s: %s\n' x 7 "$1" "$2" "$3"
}

# switch TIME NEXT [PREV]: the same of a switch
switch() {
	line "$1" sched_switch "prev_comm=${3-x} prev_pid=7 prev_prio=120 \
prev_state=S ==> next_comm=$2 next_pid=8 next_prio=120"
}
