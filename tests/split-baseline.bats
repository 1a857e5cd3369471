#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-split(1) --baseline: the columns of KernelOracle's older pipeline

load helper
load split

# as_model KIND ARGUMENT ...: the rows are what the other columns make them
as_model() {
	local kind=$1

	shift
	rm -rf plain ours
	tk-split -o plain "$@" 2>/dev/null
	tk-split -o ours "--baseline=$kind" "$@" 2>/dev/null
	python3 - "$kind" <<'END'
import csv, itertools, os, string, sys

diff = sys.argv[1] == "diff"
SIGNS = string.ascii_uppercase + string.ascii_lowercase + string.digits
CODES = ("".join(c) for n in (1, 2) for c in itertools.product(SIGNS, repeat=n))
codes = {}

def read(path):
    with open(path, newline="", encoding="latin-1") as f:
        return list(csv.reader(f))

def model(row):
    cell = dict(zip(head, row))
    name, pid = cell["task_name"], cell["pid"]
    if diff:
        if name not in codes:
            codes[name] = next(CODES)
        return [codes[name], cell["time_diff"], name, pid]
    return ["0", repr(float(cell["timestamp"])), name, pid]

for name in "train", "test_seen", "test_unseen", "all":
    path = f"plain/{name}.csv"
    there = os.path.exists(f"ours/{name}.csv")
    assert os.path.exists(path) == there, path
    if not there:
        continue
    head, *rows = read(path)
    want = [["task_code", "time", "name", "pid"], *map(model, rows)]
    got = read(f"ours/{name}.csv")
    for a, b in zip(want, got):
        assert a == b, (path, a, b)
    assert len(want) == len(got), path
END
}

@test "--baseline: the time itself, as a number is printed" {
	{
		switch 12.500000 a
		switch 100.000000 'b c'
		switch 100.000001 'd,"e"'
		switch 99.999990 null
	} >in.txt
	run -0 tk-split -o dataset -r 1 --baseline in.txt
	diff - dataset/all.csv <<'END'
task_code,time,name,pid
0,12.5,a,8
0,100.0,b c,8
0,100.000001,"d,""e""",8
0,99.99999,null,8
END
	[ "$(cat dataset/test_unseen.csv)" = task_code,time,name,pid ]
	tk-split -o other -r 1 --baseline=time --compat in.txt
	diff dataset/all.csv other/all.csv
}

@test "--baseline=diff: a character for each name, the same in all files" {
	mkdir raw
	for run in 0 1 2; do
		switch 12.500000 a
		switch 100.000000 b
		switch 99.000000 a
		switch 99.000001 "c$run"
	done >piece
	split -l 4 -d --additional-suffix=.txt piece raw/x_run0
	# Of three traces two train, in the order drawn.
	run -0 tk-split -o dataset --baseline=diff raw
	diff - dataset/train.csv <<'END'
task_code,time,name,pid
A,0.000000,a,8
B,87.500000,b,8
A,-1.000000,a,8
C,0.000001,c1,8
A,0.000000,a,8
B,87.500000,b,8
A,-1.000000,a,8
D,0.000001,c0,8
END
	diff - dataset/test_seen.csv <<'END'
task_code,time,name,pid
A,0.000000,a,8
B,87.500000,b,8
A,-1.000000,a,8
E,0.000001,c2,8
END
	cat dataset/train.csv <(tail -n +2 dataset/test_seen.csv) |
		cmp - dataset/all.csv
	tk-split -o dataset --compat --baseline=diff raw
	[ "$(sed -n 5p dataset/train.csv)" = C,0.000001000,c1,8 ]
}

@test "--baseline: codes of two characters when those of one are used up" {
	for ((i = 0; i < 70; i++)); do
		switch "$i.000000" "t$i"
	done >in.txt
	tk-split -o dataset -r 1 --baseline=diff in.txt
	[ "$(cut -d, -f1 dataset/train.csv | tail -n +2 | paste -sd ' ')" = \
		"$(echo {A..Z} {a..z} {0..9} AA AB AC AD AE AF AG AH)" ]
}

@test "--baseline: rows of all kinds, beside another implementation" {
	need_python
	zstdcat "$data/source/nasty/trace.default.txt.zst" >nasty.txt
	for kind in time diff; do
		as_model "$kind" "$raw"
		as_model "$kind" --compat "$raw"
		as_model "$kind" -s 3 -r 0.5 --no-unseen-split "$raw"
		# Nanoseconds, a trace that is no text, hostile names.
		as_model "$kind" -r 1 "$data/source/small/small.dat.zst"
		as_model "$kind" -r 1 --compat \
			"$data/source/small/small.dat.zst"
		as_model "$kind" -r 1 nasty.txt
		as_model "$kind" -r 1 --compat nasty.txt
	done
}

@test "--baseline: threads that read ahead change no byte" {
	need_python
	zcat "$raw/sysbench_threads_8t_run0.txt.gz" >long.txt
	[ "$(wc -c <long.txt)" -gt 1100000 ]
	for kind in time diff; do
		as_model "$kind" -r 1 long.txt
		as_model "$kind" -r 1 --compat long.txt
		tk-split -o packed -r 1 "--baseline=$kind" --compat \
			"$raw/sysbench_threads_8t_run0.txt.gz"
		cmp packed/all.csv ours/all.csv
	done
}

@test "--baseline: the switches of a stream" {
	need_python
	tk-parse "$data/source/small/small.dat.zst" >records
	for kind in time diff; do
		as_model "$kind" -r 1 records
		tk-split -o stdin -r 1 "--baseline=$kind" <records
		cmp stdin/all.csv ours/all.csv
		as_model "$kind" -r 1 -t sched_switch records
	done
	[ "$(jq -c .csv_columns stdin/dataset_meta.json)" = \
		'["task_code","time","name","pid"]' ]
	run -0 tk-split --verify stdin
}

@test "--baseline: the document tells the columns, --verify takes it" {
	run -0 tk-split -o dataset --baseline=diff "$raw"
	[ "$(jq -c .csv_columns dataset/dataset_meta.json)" = \
		'["task_code","time","name","pid"]' ]
	run -0 --separate-stderr tk-split --verify dataset
	[ "$stderr" = "tk-split: 4 of 4 files and 12 of 12 traces are as they \
were" ]
	tk-split -o dataset --baseline --compat "$raw"
	[ "$(jq -c .csv_columns dataset/dataset_meta.json)" = \
		'["task_code","time","name","pid"]' ]
	run -1 grep -c $'\r' dataset/all.csv
}

@test "--baseline: what is no switch is told" {
	run -2 --separate-stderr tk-split -o dataset --baseline=span "$raw"
	[ "${stderr_lines[0]}" = "tk-split: --baseline=span: neither time nor \
diff" ]
	run -2 --separate-stderr tk-split -o dataset --baseline= "$raw"
	run -2 --separate-stderr tk-split -o dataset --baseline \
		-t sched_wakeup "$raw"
	says "tk-split: the rows of --baseline are switches, not what -t names"
	run -1 --separate-stderr tk-split -o dataset --baseline \
		"$data/spans.jsonl"
	says "tk-split: no records of type sched_switch"
	run -0 --separate-stderr tk-split -o dataset -r 1 --baseline - <<'END'
{"type":"sched_switch","ts":1500000000,"cpu":0,"tid":1}
{"type":"sched_wakeup","ts":1500000000,"cpu":0,"tid":1,"pid":7}
{"type":"sched_switch","ts":1500000000,"cpu":0,"tid":1,"next_pid":7}
END
	grep -q ':1: a switch without next_pid: ' <<<"$stderr"
	diff - dataset/all.csv <<'END'
task_code,time,name,pid
0,1.5,,7
END
	[ "$(jq -c '[.type, .other_records, .bad]' \
		dataset/dataset_meta.json)" = '["sched_switch",1,1]' ]
}
