#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# tk-split(1): data sets of other events than switches, and of streams of them

load helper
load split

# wakeup TIME COMM: the same of a wakeup
wakeup() {
	line "$1" sched_wakeup "comm=$2 pid=8 prio=120 target_cpu=001"
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
		jq -r 'select(.type == "sched_wakeup") |
			[.ts, .cpu, .comm, .pid] | join(",")' >want
	python3 -c '' || skip "python3 is missing"
	python3 - <<'END' | diff want -
import csv
rows = open("dataset/all.csv", newline="", encoding="utf-8")
for r in csv.DictReader(rows):
    print(r["ts"], r["cpu"], r["comm"], r["pid"], sep=",")
END
	[ "$(column workload_type dataset/all.csv | sort -u)" = small ]
}

# unfold: joins lines of JSON of which all but the last end in a comma
unfold() {
	sed ':a; /,$/ { N; s/\n//; ba }'
}

# stream ID CATEGORY N: a stream of N records, e of which n counts from 1
stream() {
	printf '{"type":"trace","trace_id":"%s","category":"%s"}\n' "$1" "$2"
	for ((i = 1; i <= $3; i++)); do
		printf '{"type":"e","ts":%d,"n":%d}\n' "$((i * 10))" "$i"
	done
	printf '{"type":"end","records":%d,"lost":0,"lost_marks":0,"bad":0}\n' \
		"$3"
}

@test "where no trace is left to test with, each gives its last rows" {
	told="tk-split: no trace is left to test with: test_seen.csv has the \
last rows of each that trains"
	# floor(3 * 0.7) = 2, floor(9 * 0.7) = 6, floor(0.7) = 0
	traces a_run0=3 b_run0=9 c_run0=1
	run -0 --separate-stderr tk-split -o dataset --no-unseen-split \
		-r 0.7 -t sched_wakeup raw
	says "$told"
	[ "$(column trace_id dataset/train.csv | uniq -c |
		awk '{ print $1 $2 }' | paste -sd ' ')" = "2a_run0 6b_run0" ]
	[ "$(column comm dataset/test_seen.csv | paste -sd ' ')" = \
		"t2 t6 t7 t8 t0" ]
	[ "$(meta '[.train_events, .test_seen_events]')" = "[8,5]" ]
	[ "$(meta '.traces | map([.rows, .test_seen_rows])')" = \
		"[[3,1],[9,3],[1,1]]" ]
	# The switch in each is no row, but its first event.
	[ "$(meta '.files[].first' | paste -sd ' ')" = \
		"500000000 500000000 null 500000000" ]
	{
		stream a x 3
		stream b y 9
		stream c z 1
	} >in
	run -0 --separate-stderr tk-split -o dataset --no-unseen-split \
		-r 0.7 in
	says "$told"
	[ "$(column trace_id dataset/train.csv | uniq -c |
		awk '{ print $1 $2 }' | paste -sd ' ')" = "2a 6b" ]
	[ "$(column n dataset/test_seen.csv | paste -sd ' ')" = "3 7 8 9 1" ]
	# A category that is held out is not touched: three are enough for it.
	run -0 --separate-stderr tk-split -o dataset -r 0.7 in
	says "$told"
	[ "$(column category dataset/test_unseen.csv | uniq)" = z ]
	[ "$(meta '[.train_events, .test_seen_events, .test_unseen_events]')" \
		= "[8,4,1]" ]
	# With a second trace of a category there is one to test with.
	stream d y 5 >>in
	run -0 --separate-stderr tk-split -o dataset -r 0.7 in
	run -1 grep 'no trace is left' <<<"$stderr"
	# Requests are not torn.
	printf '{"type":"span","trace":%d}\n' 1 1 1 >in
	run -0 --separate-stderr tk-split -o dataset -r 0.5 in
	says "tk-split: test_seen.csv is empty: no category has groups left \
beside those that train"
	[ "$(meta .train_events)" = 3 ]
}

@test "switches of a stream: the last rows, too, of all with --compat" {
	for i in 1 2 3 4 5; do switch "$i.000000" "t$i"; done >a
	for i in 1 2; do switch "$i.000000" "u$i"; done >b
	# floor(5 * 0.5) = 2 and floor(2 * 0.5) = 1; floor(7 * 0.5) = 3
	run -0 --separate-stderr tk-split -o dataset -r 0.5 <(cat a) <(cat b)
	[ "$(column task_name dataset/train.csv | paste -sd ' ')" = "t1 t2 u1" ]
	cat a >in
	run -0 --separate-stderr tk-split -o dataset -r 0.5 - <in
	[ "$(column task_name dataset/train.csv | paste -sd ' ')" = "t1 t2" ]
	[ "$(column time_diff dataset/test_seen.csv | head -n 1)" = 1.000000 ]
	run -0 --separate-stderr tk-split --compat -o dataset -r 0.5 - <in
	says "tk-split: no trace is left to test with: test_seen.csv has the \
last rows of what would train"
	[ "$(wc -l <dataset/train.csv)" -eq 3 ]
}

@test "switches that name their own trace: time_diff and names are its own" {
	unfold >in <<'END'
{"type":"trace","trace_id":"s","workload_type":"w"}
{"type":"sched_switch","ts":1000000000,"next_pid":1}
{"type":"sched_switch","ts":1100000000,"next_pid":2,"trace_id":"a"}
{"type":"sched_switch","ts":1200000000,"next_pid":3,"trace_id":"b\\\\,\u00e9",
"workload_type":"v"}
{"type":"sched_switch","ts":1300000000,"next_pid":4,"trace_id":"a",
"workload_type":"\n"}
{"type":"sched_switch","ts":1400000000,"next_pid":5,"trace_id":"s"}
{"type":"sched_switch","next_pid":5,"trace_id":"a"}
{"type":"sched_switch","ts":1500000000,"next_pid":6,"trace_id":null,
"workload_type":7}
{"type":"sched_switch","ts":1600000000,"next_pid":7,"trace_id":9}
{"type":"sched_switch","ts":1700000000,"next_pid":8}
{"type":"trace","trace_id":"a"}
{"type":"sched_switch","ts":1800000000,"next_pid":9}
{"type":"trace"}
{"type":"sched_switch","ts":1900000000,"next_pid":10,"trace_id":"a"}
{"type":"sched_switch","ts":2000000000,"next_pid":11}
END
	run -0 --separate-stderr tk-split -o dataset -r 1 in
	diff <(tail -n +2 dataset/all.csv) - <<'END'
1.000000000,0.000000000,,1,,,,w,s
1.100000000,0.000000000,,2,,,,w,a
1.200000000,0.000000000,,3,,,,v,"b\,é"
1.300000000,0.200000000,,4,,,,"
",a
1.400000000,0.400000000,,5,,,,w,s
1.500000000,0.100000000,,6,,,,7,s
1.600000000,0.000000000,,7,,,,w,9
1.700000000,0.200000000,,8,,,,w,s
1.800000000,0.000000000,,9,,,,,a
1.900000000,0.000000000,,10,,,,,a
2.000000000,0.000000000,,11,,,,,
END
	[ "$(meta '[.num_traces, .bad]')" = "[5,1]" ]
	# In lines of JSON names stay as they were written.
	tk-split -o dataset -r 1 -f jsonl in 2>/dev/null
	diff <(sed -n 3,4p dataset/all.jsonl) <(unfold <<'END'
{"type":"sched_switch","timestamp":1.200000000,"time_diff":0.000000000,"pid":3,
"workload_type":"v","trace_id":"b\\\\,é"}
{"type":"sched_switch","timestamp":1.300000000,"time_diff":0.200000000,"pid":4,
"workload_type":"\n","trace_id":"a"}
END
	)
	# The differences of the original, and of the baseline, are the same.
	jq -c 'del(.workload_type) + if .ts then {cpu: 0, prev_comm: "p",
		prev_pid: 1, prev_prio: 1, prev_state: "S", next_comm: "n",
		next_prio: 1} else {} end' in >full
	tk-split -o dataset -r 1 --compat full 2>/dev/null
	[ "$(column time_diff dataset/all.csv | tr '\n' ' ')" = "0.000000000 \
0.000000000 0.000000000 0.200000000 0.400000000 0.100000000 0.000000000 \
0.200000000 0.000000000 0.000000000 0.000000000 " ]
}

@test "a switch that lacks what a row needs is bad, the first one, too" {
	cat >in <<'END'
{"type":"sched_switch","ts":1000}
{"type":"sched_switch","ts":2000,"next_pid":1}
{"type":"sched_switch","next_pid":2}
{"type":"sched_switch","ts":5000,"next_pid":3}
END
	run -0 --separate-stderr tk-split -o dataset -r 1 in
	[ "$(grep -c '^tk-split: in:' <<<"$stderr")" -eq 2 ]
	grep -q '^tk-split: in:1: a switch without next_pid: ' <<<"$stderr"
	grep -q '^tk-split: in:3: a switch without a time: ' <<<"$stderr"
	[ "$(tail -n +2 dataset/all.csv)" = "0.000002000,0.000000000,,1,,,,,
0.000005000,0.000003000,,3,,,,," ]
	[ "$(meta '[.total_events, .bad, .num_traces, .csv_columns[1]]')" = \
		'[2,2,1,"time_diff"]' ]
	# Where all are, there is no data set.
	head -n 1 in >none
	run -1 --separate-stderr tk-split -o other -r 1 none
	says "tk-split: no records"
	[ ! -e other ]
}

@test "--compat of a stream: switches that are no rows, or two, are counted" {
	unfold >in <<'END'
{"type":"trace","trace_id":"t\r\n,x"}
{"type":"sched_switch","ts":1000000000,"cpu":2,"prev_comm":"a","prev_pid":1,
"prev_prio":120,"prev_state":"S","next_comm":"b","next_pid":2,"next_prio":120}
{"type":"sched_switch","ts":2000000000,"cpu":2,"next_comm":"c","next_pid":3}
{"type":"sched_switch","ts":3000000000,"cpu":2,"prev_comm":"a","prev_pid":1,
"prev_prio":120,"prev_state":"S",
"next_comm":"TWO","next_pid":5,"next_prio":120}
{"type":"sched_switch","ts":4000000000,"cpu":2,"next_comm":"c","next_pid":3}
END
	two='d next_pid=4 next_prio=1\\n[003] 3.5: sched_switch: prev_comm=a '
	two+='prev_pid=1 prev_prio=1 prev_state=R ==> next_comm=e'
	sed -i "s/TWO/$two/" in
	run -0 --separate-stderr tk-split --compat -o dataset -r 0.7 \
		--window 2 in
	says "tk-split: 2 switches are no rows: the original does not read them"
	# floor(3 * 0.7) = 2 of three rows train, and are one window.
	[ "$(meta '[.total_events, .train_events, .test_seen_events]')" = \
		"[3,2,1]" ]
	printf '%s,,"t\r\n,x"\r\n' 1.000000,0.000000000,b,2,002,S,a \
		3.000000,2.000000000,d,4,002,S,a >want
	tail -n +2 dataset/train.csv | cmp - want
	printf '%s,,"t\r\n,x"\r\n' 3.500000,0.500000000,e,5,003,R,a >want
	tail -n +2 dataset/test_seen.csv | cmp - want
	grep -Eq '^train.csv +2 +1 +1 +[0-9]+ +1$' <<<"$stderr"
	# Of files the same is said.
	switch 1.000000 b >f.txt
	switch 2.000000 '' >>f.txt
	run -0 --separate-stderr tk-split --compat -o dataset f.txt
	says "tk-split: 1 switches are no rows: the original does not read them"
}

@test "the traces of streams are told in the document, not those of spans" {
	{
		echo '{"type":"trace","trace_id":"x","workload_type":"w",' \
			'"category":"c"}'
		echo '{"type":"f","ts":4}'
		echo '{"type":"e","ts":10}'
		echo '{"type":"lost","ts":10,"cpu":0,"count":7}'
		echo '{"type":"e","ts":20}'
		echo nonsense
		echo '{"type":"end","records":3,"lost":7,"lost_marks":1,' \
			'"bad":2}'
		echo '{"type":"trace"}'
		echo '{"type":"e","ts":30}'
	} >in
	run -0 --separate-stderr tk-split -o dataset -r 1 -t e in
	diff <(meta '.traces[]') <(unfold <<'END'
{"trace_id":"x","workload_type":"w","category":"c","set":"train","rows":2,
"first":4,"last":20,"lost":7,"lost_marks":1,"bad":3,"cut_short":false}
{"trace_id":null,"workload_type":null,"category":"unknown","set":"train",
"rows":1,"first":30,"last":30,"lost":0,"lost_marks":0,"bad":0,"cut_short":true}
END
	)
	sum=$(sha256sum <in | cut -c -64)
	[ "$(meta .inputs)" = '[{"path":"in","sha256":"'"$sum"'"}]' ]
	[ "$(meta '.files[0] | [.first, .last, .lost, .bad]')" = "[4,30,7,3]" ]
	# They are not told one by one in messages.
	says "tk-split: 7 events were lost in 1 places"
	says "tk-split: the input was cut short: a trace has no end record"
	[ "$(head -n 1 dataset/all.csv)" = ts,workload_type,trace_id,category ]
	# What came of another type before the usual one is no trace.
	{
		stream a x 2
		echo '{"type":"trace","trace_id":"s"}'
		printf '{"type":"sched_switch","ts":%d,"next_pid":1}\n' \
			1000 2000
	} >in
	run -0 --separate-stderr tk-split -o dataset -r 1 in
	[ "$(meta '.traces | map([.trace_id, .rows])')" = '[["s",2]]' ]
	run -0 --separate-stderr tk-split -o dataset "$data/spans.jsonl"
	[ "$(meta 'has("traces")')" = false ]
	[ "$(meta '.inputs | length')" = 1 ]
}

@test "-c: the field of a request's root, of a trace's first record, its own" {
	printf '{"type":"span","trace":%d,"parent":%s,"zone":"%s"}\n' \
		1 null north 1 1 south 2 1 south 2 null south 3 null north \
		4 null east 4 4 north >in
	run -0 --separate-stderr tk-split -o dataset -c zone in
	[ "$(meta .categories)" = '["east","north","south"]' ]
	[ "$(awk -F, 'NR > 1 { print $1 "=" $NF }' dataset/all.csv | sort -u |
		paste -sd ' ')" = "1=north 2=south 3=north 4=east" ]
	{
		echo '{"type":"trace","trace_id":"a","host":"h1"}'
		printf '{"type":"e","n":%d%s}\n' 1 '' 2 ',"host":"h2"' \
			3 ',"host":"h3"'
		echo '{"type":"trace","trace_id":"b","host":"h1"}'
		echo '{"type":"e","n":4}'
		echo '{"type":"trace","trace_id":"c"}'
		echo '{"type":"e","n":5}'
	} >in
	run -0 --separate-stderr tk-split -o dataset --category host in
	[ "$(meta '.traces | map([.trace_id, .category])')" = \
		'[["a","h2"],["b","h1"],["c","unknown"]]' ]
	# The document beside a stream tells it where the stream does not.
	echo '{"host":"h9"}' >in.json
	run -0 --separate-stderr tk-split -o dataset --category host in
	[ "$(meta '.traces | map(.category)')" = '["h2","h1","h9"]' ]
	# Switches of a stream have a row of other columns, but fields as well.
	printf '{"type":"sched_switch","ts":%d,"cpu":%d,"next_pid":1}\n' \
		1000 3 2000 4 >in
	rm in.json
	run -0 --separate-stderr tk-split -o dataset -c cpu in
	[ "$(meta .categories)" = '["3"]' ]
}

@test "-c: of traces in files, what the document beside each has" {
	traces a_run0=2 b_run0=1 c_run0=3 d_run0=1
	told a_run0 '{host: "h1", size: 4}'
	told b_run0 '{host: "h1", category: "x"}'
	told c_run0 '{host: "h2", size: 4}'
	for type in sched_switch sched_wakeup; do
		run -0 --separate-stderr tk-split -o dataset -t "$type" \
			-c host raw
		[ "$(meta '.traces | map(.category)')" = \
			'["h1","h1","h2","unknown"]' ]
		says "tk-split: no document tells the category of d_run0 \
(unknown)"
		run -0 --separate-stderr tk-split -o dataset -t "$type" \
			-c size raw
		[ "$(meta '.traces | map(.category)')" = \
			'["4","unknown","4","unknown"]' ]
		run -0 --separate-stderr tk-split -o dataset -t "$type" \
			-c workload_type raw
		[ "$(meta '.traces | map(.category)')" = '["a","b","c","d"]' ]
		run -1 grep 'no document' <<<"$stderr"
	done
}

@test "-c: a decimal of a document is the same number, a boolean a word" {
	# Of 15 digits the first three would be one.
	local number=(1795191015.3674867 1795191015.3674871 1795191015.36749
		0.1 1.50 -2.5e-7 12345678901234567 true false)

	for i in "${!number[@]}"; do
		traces "t${i}_run0=1"
		echo "{\"at\":${number[i]}}" >"raw/t${i}_run0.json"
	done
	run -0 --separate-stderr tk-split -o dataset -c at raw
	[ "$(meta '.categories | length')" = "${#number[@]}" ]
	for i in "${!number[@]}"; do
		[ "$(meta ".traces[$i].category | fromjson == ${number[i]}")" \
			= true ]
	done
	[ "$(meta '.traces | map(.category) | .[3:]')" = \
		'["0.1","1.5","-2.5e-7","12345678901234567","true","false"]' ]
}

@test "-c: a field that nobody has is warned of, with --compat it is refused" {
	run -0 --separate-stderr tk-split -o dataset -c zone "$data/spans.jsonl"
	says "tk-split: nothing tells zone: all are of the category unknown"
	[ "$(meta .categories)" = '["unknown"]' ]
	run -0 --separate-stderr tk-split -o dataset -c zone "$raw"
	says "tk-split: nothing tells zone: all are of the category unknown"
	run -0 --separate-stderr tk-split -o dataset -c link "$data/spans.jsonl"
	run -1 grep 'nothing tells' <<<"$stderr"
	run -2 --separate-stderr tk-split --compat -c zone "$raw"
	says "tk-split: --compat and -c: either or"
}
