#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-split(1): data sets of other events than switches, and of streams of them

load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	export SOURCE_DATE_EPOCH=1000000000
	raw=$data/dataset
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

# wakeup TIME COMM: the same of a wakeup
wakeup() {
	line "$1" sched_wakeup "comm=$2 pid=8 prio=120 target_cpu=001"
}

# switch TIME NEXT [PREV]: the same of a switch
switch() {
	line "$1" sched_switch "prev_comm=${3-x} prev_pid=7 prev_prio=120 \
prev_state=S ==> next_comm=$2 next_pid=8 next_prio=120"
}

# traces NAME=ROWS ...: files raw/NAME.txt with a switch, and so many wakeups
traces() {
	local spec i

	mkdir -p raw
	for spec; do
		switch 0.500000 s >"raw/${spec%=*}.txt"
		for ((i = 0; i < ${spec#*=}; i++)); do
			wakeup "$((i + 1)).000000" "t$i"
		done >>"raw/${spec%=*}.txt"
	done
}

# told NAME FILTER: a document beside a trace, made by jq
told() {
	jq -n "$2" >"raw/$1.json"
}

@test "-t of traces in files: the traces and their sets are the same" {
	for options in "" "-s 7" "-r 0.5 -s 3" "--no-unseen-split"; do
		# shellcheck disable=SC2086
		tk-split -o want $options "$raw" 2>/dev/null
		# shellcheck disable=SC2086
		run -0 --separate-stderr tk-split -o dataset $options \
			-t sched_wakeup "$raw"
		[ "$(meta .type)" = '"sched_wakeup"' ]
		# Files, times, losses, categories, sets: but for the rows.
		diff <(meta '.traces[] | del(.rows)' want) \
			<(meta '.traces[] | del(.rows)')
		[ "$(meta '[.categories, .unseen_category, .num_traces]')" = \
			"$(meta '[.categories, .unseen_category, .num_traces]' \
				want)" ]
		for set in train test_seen test_unseen; do
			column trace_id "dataset/$set.csv" | uniq >got
			column trace_id "want/$set.csv" | uniq | diff - got
		done
	done
	meta '.traces[] | [.trace_id, .rows]' | while read -r trace; do
		name=$(jq -r '.[0]' <<<"$trace")
		[ "$(zgrep -c ' sched_wakeup: ' "$raw/$name.txt.gz")" = \
			"$(jq '.[1]' <<<"$trace")" ]
	done
	run -0 --separate-stderr tk-split --verify dataset
	says "tk-split: 4 of 4 files and 12 of 12 traces are as they were"
}

@test "-t of traces in files: its own columns, then what the trace is called" {
	traces a_run0=2 b_run0=1
	told b_run0 '{trace_id: "B,", workload_name: "w", category: "c"}'
	run -0 tk-split -o dataset -r 1 -t sched_wakeup raw
	diff dataset/all.csv - <<'END'
ts,cpu,task,tid,flags,comm,pid,prio,target_cpu,workload_type,trace_id,category
1000000000,1,x,7,d..2.,t0,8,120,1,a,a_run0,a
2000000000,1,x,7,d..2.,t1,8,120,1,a,a_run0,a
1000000000,1,x,7,d..2.,t0,8,120,1,w,"B,",c
END
	# The switch of each is left out, but its time is the trace's first.
	[ "$(meta '[.other_records, .traces[0].first, .traces[0].last]')" = \
		"[2,500000000,2000000000]" ]
}

@test "-t of traces in files: what is wrong with them is refused, or told" {
	traces a_run0=2 b_run0=1
	cp -r raw twice
	cp raw/a_run0.txt twice/a_run0.dat
	run -1 --separate-stderr tk-split -o dataset -t sched_wakeup twice
	says "tk-split: twice/a_run0.dat, twice/a_run0.txt: two traces of the \
same trace_id"
	echo '{"category":' >raw/b_run0.json
	run -1 --separate-stderr tk-split -o dataset -t sched_wakeup raw
	says "tk-split: raw/b_run0.json: it is no JSON"
	[ ! -e dataset ]
	rm raw/b_run0.json
	{
		echo 'CPU:1 [LOST 7 EVENTS]'
		echo nonsense
	} >>raw/b_run0.txt
	run -0 --separate-stderr tk-split -o dataset -t sched_wakeup raw
	says "tk-split: raw/b_run0.txt: 7 events were lost in 1 places"
	says "tk-split: no document tells the category of a_run0 (a), \
b_run0 (b)"
	[ "$(meta '.traces[1] | [.trace_id, .lost, .lost_marks, .bad]')" = \
		'["b_run0",7,1,1]' ]
	[ "$(meta '[.lost, .bad]')" = '[7,1]' ]
	run -1 --separate-stderr tk-split -o dataset -t sched_waking raw
	says "tk-split: no records of type sched_waking"
}

@test "-t of traces in files: binary ones, whose formats tell more" {
	cp "$data/source/small/small.dat.zst" .
	run -0 tk-split -o dataset -r 1 -t sched_wakeup small.dat.zst
	tk-parse -e sched_wakeup small.dat.zst |
		jq -r 'select(.type == "sched_wakeup") | [.ts, .cpu, .comm, .pid]
			| join(",")' >want
	python3 -c '' || skip "python3 is missing"
	python3 - <<'END' | diff want -
import csv
rows = open("dataset/all.csv", newline="", encoding="utf-8")
for r in csv.DictReader(rows):
    print(r["ts"], r["cpu"], r["comm"], r["pid"], sep=",")
END
	[ "$(column workload_type dataset/all.csv | sort -u)" = small ]
}
