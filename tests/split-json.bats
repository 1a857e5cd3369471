#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-split(1) -f jsonl: lines of JSON, with what the rows of CSV have

load helper
load split

# unfold: joins lines of JSON of which all but the last end in a comma
unfold() {
	sed ':a; /,$/ { N; s/\n//; ba }'
}

# same: compares the lines in json with the rows in csv, both of switches
same() {
	need_python
	python3 - <<'END'
import csv, json, re
def raw(s):
    return re.sub(rb"\\(x[0-9a-f]{2}|\\)", lambda m: b"\\"
        if m[1] == b"\\" else bytes([int(m[1][1:], 16)]), s.encode())
for name in ("train", "test_seen", "test_unseen", "all"):
    rows = csv.DictReader(open(f"csv/{name}.csv", newline="",
        encoding="latin-1"))
    with open(f"json/{name}.jsonl", "rb") as f:
        lines = f.read().split(b"\n")
    assert lines.pop() == b""
    rows = list(rows)
    assert len(rows) == len(lines), name
    for row, line in zip(rows, lines):
        record = json.loads(line, parse_float=str, parse_int=str)
        assert record.pop("type") == "sched_switch"
        for key in ("task_name", "prev_comm"):
            if key in record:
                record[key] = raw(record[key]).decode("latin-1")
        # A NUL is \x00 in CSV; what is absent is empty there, as "" is.
        record = {k: v.replace("\0", r"\x00")
            for k, v in record.items() if v != ""}
        assert record == {k: v for k, v in row.items() if v != ""}, line
END
}

# make_both ARGUMENT ...: a data set in csv, and the same in json
make_both() {
	tk-split -o csv "$@"
	tk-split -f jsonl -o json "$@"
}

@test "-f jsonl: a switch is an object of the nine columns" {
	mkdir raw
	{
		switch 1.500000 'say "x"'
		switch 1.250000 $'\xff\\' ''
	} >raw/w_run0.txt
	run -0 tk-split -f jsonl -r 1 -o dataset raw
	diff dataset/all.jsonl <(unfold <<'END'
{"type":"sched_switch","timestamp":1.500000,"time_diff":0.000000,
"task_name":"say \"x\"","pid":8,"cpu":1,"prev_state":"S","prev_comm":"x",
"workload_type":"w","trace_id":"w_run0"}
{"type":"sched_switch","timestamp":1.250000,"time_diff":-0.250000,
"task_name":"\\xff\\\\","pid":8,"cpu":1,"prev_state":"S","prev_comm":"",
"workload_type":"w","trace_id":"w_run0"}
END
	)
	cmp dataset/all.jsonl dataset/train.jsonl
	# What a record does not tell is absent; times of ns have nine places.
	{
		echo '{"type":"sched_switch","ts":1000000001,"next_pid":7}'
		echo '{"type":"sched_switch","ts":1000000003,"next_pid":"7x"}'
	} >in
	tk-split -f jsonl -r 1 -o dataset - <in
	diff dataset/all.jsonl <(unfold <<'END'
{"type":"sched_switch","timestamp":1.000000001,"time_diff":0.000000000,
"pid":7}
{"type":"sched_switch","timestamp":1.000000003,"time_diff":0.000000002,
"pid":"7x"}
END
	)
	[ "$(meta '.csv_columns | length')" = 9 ]
	[ "$(wc -c <dataset/test_seen.jsonl)" -eq 0 ]
	[ "$(meta '.files | map(.name)')" = '["train.jsonl",'`
		`'"test_seen.jsonl","test_unseen.jsonl","all.jsonl"]' ]
}

@test "-f jsonl: the same values as in CSV, of a collection of traces" {
	make_both "$raw" 2>/dev/null
	same
	make_both -r 0.5 -s 7 --no-unseen-split "$raw" 2>/dev/null
	same
	run -0 --separate-stderr tk-split --verify json
	says "tk-split: 4 of 4 files and 12 of 12 traces are as they were"
	echo >>json/train.jsonl
	run -1 --separate-stderr tk-split --verify json
	grep -q '^tk-split: json/train.jsonl: it differs: ' <<<"$stderr"
}

@test "-f jsonl: the same values, whatever the names are, and valid JSON" {
	zstdcat "$data/source/nasty/trace.default.txt.zst" >in.txt
	make_both in.txt
	same
	tk-split -o csv - <in.txt
	tk-split -f jsonl -o json - <in.txt
	same
	jq -e . json/all.jsonl >/dev/null
}

@test "-f jsonl: the same values where threads read ahead" {
	mkdir raw
	for ((i = 0; i < 2000; i++)); do
		switch "$((i / 100)).$((100000 + i % 100 * 9))" "t\"$i" "p,$i"
	done >piece
	for ((i = 0; i < 20; i++)); do cat piece; done >raw/a_run0.txt
	cp piece raw/b_run0.txt
	make_both raw
	same
	make_both "$data"/source/small/small.dat.zst
	same
}

@test "-f jsonl: the last rows, where no trace is left to test with" {
	mkdir raw
	# Quotes in odd numbers do not make two lines one.
	for ((i = 1; i < 9; i++)); do switch "$i.000000" 'a"b'; done \
		>raw/a_run0.txt
	run -0 --separate-stderr tk-split -f jsonl -o dataset -r 0.6 raw
	says "tk-split: no trace is left to test with: test_seen.jsonl has the \
last rows of each that trains"
	# floor(8 * 0.6) = 4
	[ "$(jq .timestamp dataset/train.jsonl | paste -sd ' ')" = "1 2 3 4" ]
	[ "$(jq .timestamp dataset/test_seen.jsonl | paste -sd ' ')" = \
		"5 6 7 8" ]
	make_both -r 0.6 raw
	same
}

@test "-f jsonl: records stay as they are, with what they lack" {
	{
		printf '%s\n' '{"type":"trace","trace_id":"x\\",'`
			`'"workload_type":"w\"","category":"c"}' \
			'{"type":"e","a":1.50,"b":[1,2],"s":"\u00e9\n,\"\\xff"}'
		echo ' { "category":"mine" ,"trace_id":null,"type":"e" } '
		printf '{"type":"e","workload_type":"own","a":"}"}\r\n'
		echo '{"type":"trace"}'
		echo '{"type":"e","a":null}'
	} >in
	run -0 --separate-stderr tk-split -f jsonl -r 1 -o dataset in
	{
		printf '%s' '{"type":"e","a":1.50,"b":[1,2],"s":"\u00e9\n,\"' \
			'\\xff","workload_type":"w\"","trace_id":"x\\",' \
			'"category":"c"}'
		echo
		printf '%s\n' '{ "category":"mine" ,"trace_id":null,'`
			`'"type":"e" ,"workload_type":"w\""}' \
			'{"type":"e","workload_type":"own","a":"}",'`
			`'"trace_id":"x\\","category":"c"}' \
			'{"type":"e","a":null,"category":"unknown"}'
	} >want
	diff <(sort want) <(sort dataset/all.jsonl)
	[ "$(meta .csv_columns)" = \
		'["a","b","s","workload_type","trace_id","category"]' ]
	# Rows whose columns come late do not change those before.
	tk-split -f jsonl -o dataset "$data/spans.jsonl"
	grep '"type":"span"' "$data/spans.jsonl" | sort >want
	sed 's/,"category":"[a-z]*"}$/}/' dataset/all.jsonl | sort |
		diff want -
}

@test "-f jsonl: events of text as their records, in the same sets" {
	need_python
	make_both -t sched_wakeup "$raw" 2>/dev/null
	python3 - <<'END'
import csv, json
for name in ("train", "test_seen", "test_unseen"):
    rows = list(csv.DictReader(open(f"csv/{name}.csv", newline="")))
    lines = [json.loads(l, parse_int=str) for l in open(f"json/{name}.jsonl")]
    assert [dict(r, type="sched_wakeup") for r in rows] == lines
END
	tk-parse -e sched_wakeup "$raw"/io_mixed_run0.txt.gz |
		grep '"type":"sched_wakeup"' >want
	grep '"trace_id":"io_mixed_run0"' json/all.jsonl |
		sed 's/,"workload_type":.*/}/' | diff want -
}

@test "-f: csv is the usual one; another format, or --compat, is refused" {
	tk-split -o want "$data/spans.jsonl"
	tk-split -f csv -o dataset "$data/spans.jsonl"
	cmp want/all.csv dataset/all.csv
	for format in '' xml json JSONL; do
		run -2 --separate-stderr tk-split -f "$format" -o new "$raw"
		says "tk-split: -f $format: neither csv nor jsonl"
	done
	run -2 --separate-stderr tk-split --compat -f jsonl -o new "$raw"
	says "tk-split: --compat and -f jsonl: either or"
	[ ! -e new ]
}

@test "-f: no file of an earlier data set of the other format stays" {
	tk-split -o dataset "$data/spans.jsonl"
	tk-split --output-format jsonl -o dataset "$data/spans.jsonl"
	[ "$(cd dataset && echo *)" = "all.jsonl dataset_meta.json \
test_seen.jsonl test_unseen.jsonl train.jsonl" ]
	tk-split -o dataset "$data/spans.jsonl"
	[ "$(cd dataset && echo *)" = "all.csv dataset_meta.json \
test_seen.csv test_unseen.csv train.csv" ]
	# What is of no data set is left alone.
	mkdir mine
	echo text >mine/train.jsonl
	tk-split -o mine "$data/spans.jsonl"
	[ "$(cat mine/train.jsonl)" = text ]
}
